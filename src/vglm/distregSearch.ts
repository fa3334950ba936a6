import type { Design } from "../formula/design.ts";
import type { Part } from "../regression/parts.ts";
import { interceptOf } from "./vglmParts.ts";
import { type VglmFound, type VglmProblem, vglmSearch } from "./vglmSearch.ts";

/**
 * Looks for the maximum from what all rows have alike; where that ends nowhere, in stages: each parameter's columns alone first, then one after the
 * other in the order of what they are worth, each from where the last stage ended.
 */
export async function distregSearch(problem: VglmProblem): Promise<VglmFound> {
  const first = await vglmSearch(problem);
  if (isPeak(first) || first.runaway) return first;
  const order = await orderOf(problem);
  if (!order) return first;
  let passes = first.passes + order.passes;
  let start: Float64Array = Float64Array.from(problem.start);
  for (let count = 1; count < order.parts.length; count++) {
    const stage = reduced(problem, order.parts.slice(0, count), start);
    const found = await vglmSearch(stage.problem);
    passes += found.passes;
    if (!isPeak(found)) break;
    start = stage.whole(found.beta);
  }
  const last = await vglmSearch({ ...problem, start });
  passes += last.passes;
  const best = isPeak(last) || last.runaway ? last : first;
  return { ...best, passes };
}

/** Whether a search ended at a maximum. */
export function isPeak({ runaway, peak }: VglmFound): boolean {
  return !runaway && (peak.end === "decrement" || (peak.end === "step" && peak.decrement < 1e-5));
}

/** The parts that have columns, the most worth first; undefined where there is only one. */
async function orderOf(problem: VglmProblem): Promise<{ parts: number[]; passes: number } | undefined> {
  const wide = problem.parts.flatMap(({ design, offset }, a) =>
    design.names.length > 1 && !offset && interceptOf(design) >= 0 ? [a] : [],
  );
  if (wide.length < 2) return undefined;
  let passes = 0;
  const worth: number[] = [];
  for (const part of wide) {
    const { peak, passes: own } = await vglmSearch(reduced(problem, [part], problem.start).problem);
    passes += own;
    worth.push(Number.isFinite(peak.evaluation.value) ? peak.evaluation.value : Number.NEGATIVE_INFINITY);
  }
  const order = wide.map((_, k) => k).sort((j, k) => worth[k]! - worth[j]!);
  return { parts: order.map((k) => wide[k]!), passes };
}

/** The problem with columns in these parts only, and intercepts in the others that have one; and its coefficients among all. */
function reduced(
  problem: VglmProblem,
  released: readonly number[],
  from: ArrayLike<number>,
): { problem: VglmProblem; whole: (beta: Float64Array) => Float64Array } {
  const { rows } = problem.parts[0]!.design;
  const constant: Design = { rows, names: ["(Intercept)"], blocks: [{ kind: "intercept" }], assign: [0], terms: [] };
  const kept: number[] = [];
  const parts = problem.parts.map((part, a): Part => {
    const intercept = interceptOf(part.design);
    const held = !released.includes(a) && intercept >= 0 && !part.offset;
    const places = held ? [part.places[intercept]!] : [...part.places];
    const first = kept.length;
    kept.push(...places);
    return { ...part, ...(held && { design: constant }), places: Int32Array.from(places, (_, j) => first + j) };
  });
  return {
    problem: { ...problem, parts, width: kept.length, start: kept.map((place) => from[place]!) },
    whole(beta) {
      const all = new Float64Array(problem.width);
      kept.forEach((place, k) => {
        all[place] = beta[k]!;
      });
      return all;
    },
  };
}
