import type { Design } from "../formula/design.ts";
import { entry } from "../math/triangle.ts";
import { widthOf } from "../regression/parts.ts";
import { type CountFindings, described } from "./countFit.ts";
import { type CountModel, countParts } from "./countModel.ts";
import { interceptOf } from "./vglmParts.ts";
import { type VglmFound, type VglmProblem, vglmSearch } from "./vglmSearch.ts";

/**
 * Zero-inflated counts of which row `only` alone is positive, where columns part it from the others: on one side of it the counts' mean may tend
 * to 0, on the other the inflation to 1. The likelihood then rises to that of the one count whose mean it is, which a search would creep up to.
 * Undefined where no such columns are found.
 */
export async function singleCount(model: CountModel, only: number): Promise<CountFindings | undefined> {
  const direction = partingOf(model, only);
  if (!direction) return undefined;
  const { data, family, names } = model;
  const parts = countParts(data, family);
  const width = direction.length;
  const terms: VglmProblem["terms"] = (_, etas, l, u, w) => {
    for (const column of [l, ...u, ...w]) column.fill(0);
    etas.forEach((eta, a) => {
      const own = w[entry(a, a)]!;
      for (let i = 0; i < l.length; i++) {
        l[i]! -= 0.5 * eta[i]! * eta[i]!;
        u[a]![i] = -eta[i]!;
        own[i] = 1;
      }
    });
  };
  // A parabola, for the columns that are combinations of others.
  const flat = await vglmSearch({ parts, width, columns: data.columns, terms, start: new Float64Array(width) });
  const { y, floor, weights } = data.columns;
  const value = -(weights ? weights[only]! : 1) * floor![only]!;
  const found: VglmFound = {
    ...flat,
    beta: Float64Array.from(direction, () => Number.NaN),
    peak: { ...flat.peak, decrement: 0, evaluation: { ...flat.peak.evaluation, value, score: new Float64Array(width) } },
    runaway: { direction, runs: Array.from(direction, (d) => d !== 0), bounded: true },
  };
  const which = [...names, "theta"].flatMap((name, k) => (direction[k] ? [`${name} to ${direction[k]! > 0 ? "+" : "-"}infinity`] : []));
  return {
    ...described(model, "inflated"),
    problem: { parts, width, columns: data.columns, terms, start: flat.beta },
    found,
    conclusion: {
      status: "nonexistent",
      reason: `Only one count is positive, and the columns part its row from the others: the likelihood rises to that of a mean of ${y![only]} for it alone, and certain zeros (${which.join(", ")}).`,
    },
  };
}

/** A direction in which the columns part the row from the others: one of the counts' mean, and one of the inflation. */
function partingOf({ data, family }: CountModel, only: number): Float64Array | undefined {
  const [count, zero] = data.designs as [Design, Design];
  const [base, level] = [interceptOf(count), interceptOf(zero)];
  if (base < 0 || level < 0) return undefined;
  for (const [u, low] of columnsOf(count)) {
    for (const [v, high] of columnsOf(zero)) {
      for (const [s, t] of [
        [1, 1],
        [1, -1],
        [-1, 1],
        [-1, -1],
      ] as const) {
        const gap = leastGap(low, high, s, t, only);
        if (gap === undefined) continue;
        const direction = new Float64Array(count.names.length + zero.names.length + family.own);
        // The mean of the one stays; its inflation falls by 1 where that of the others beyond rises by 1 at least.
        direction[u] = s;
        direction[base] = -s * low[only]!;
        const steep = (2 * t) / gap;
        direction[count.names.length + v] = steep;
        direction[count.names.length + level] = -steep * high[only]! - 1;
        if (family.own > 0) direction[direction.length - 1] = 1;
        return direction;
      }
    }
  }
  return undefined;
}

/** Of the rows whose mean does not tend to 0, how far they lie on the side where the inflation rises; undefined where one does not. */
function leastGap(low: Float64Array, high: Float64Array, s: number, t: number, only: number): number | undefined {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < low.length; i++) {
    if (i === only || s * (low[i]! - low[only]!) < 0) continue;
    const gap = t * (high[i]! - high[only]!);
    if (!(gap > 0)) return undefined;
    least = Math.min(least, gap);
  }
  return least === Number.POSITIVE_INFINITY ? 1 : least;
}

/** A design's columns of numbers, with their places. */
function columnsOf({ blocks }: Design): [place: number, values: Float64Array][] {
  const found: [number, Float64Array][] = [];
  let place = 0;
  for (const block of blocks) {
    if (block.kind === "column") found.push([place, block.values]);
    place += widthOf(block);
  }
  return found;
}
