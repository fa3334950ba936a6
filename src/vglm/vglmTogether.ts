import { PartCoordinates } from "../regression/partCoordinates.ts";
import type { Part } from "../regression/parts.ts";
import type { VglmFound, VglmProblem } from "./vglmSearch.ts";

/** A likelihood of some of a model's predictors, and what its search found. */
export interface Piece {
  readonly found: VglmFound;
  readonly problem: Pick<VglmProblem, "parts" | "width">;
  /** Place of each of its predictors among all. */
  readonly places: readonly number[];
}

/** Searches over likelihoods that share no coefficient, as the one of their product. */
export function together(parts: readonly Part[], width: number, pieces: readonly Piece[]): VglmFound {
  const owner = new Int32Array(width);
  const local = new Int32Array(width);
  const moves = new Array(parts.length);
  pieces.forEach(({ found, problem, places }, p) => {
    places.forEach((place, a) => {
      moves[place] = found.coordinates.moves[a];
      parts[place]!.places.forEach((coefficient, j) => {
        owner[coefficient] = p;
        local[coefficient] = problem.parts[a]!.places[j]!;
      });
    });
  });
  const all = Array.from({ length: width }, (_, k) => k);
  const from = <T>(of: (found: VglmFound) => ArrayLike<T>): T[] => all.map((k) => of(pieces[owner[k]!]!.found)[local[k]!]!);
  const peaks = pieces.map(({ found }) => found.peak);
  const sum = (of: (found: VglmFound) => number) => pieces.reduce((total, { found }) => total + of(found), 0);
  const inverse = (i: number, j: number) => (owner[i] === owner[j] ? peaks[owner[i]!]!.factored.inverse(local[i]!, local[j]!) : 0);
  const solve = (b: ArrayLike<number>) => {
    const solved = pieces.map(({ found, problem }, p) => {
      const own = new Float64Array(problem.width);
      for (const k of all) if (owner[k] === p) own[local[k]!] = b[k]!;
      return found.peak.factored.solve(own);
    });
    return Float64Array.from(all, (k) => solved[owner[k]!]![local[k]!]!);
  };
  const away = pieces.filter(({ found }) => found.runaway);
  const runaway = away.length > 0 && {
    direction: Float64Array.from(from(({ runaway: one, beta }) => one?.direction ?? new Float64Array(beta.length))),
    runs: from(({ runaway: one, beta }) => one?.runs ?? Array.from(beta, () => false)),
    open: from(({ runaway: one, beta }) => one?.open ?? Array.from(beta, () => false)),
    bounded: away.every(({ found }) => found.runaway!.bounded),
  };
  const [first] = peaks;
  const score = Float64Array.from(from(({ peak }) => peak.evaluation.score));
  return {
    peak: {
      ...first!,
      beta: Float64Array.from(from(({ peak }) => peak.beta)),
      evaluation: { ...first!.evaluation, value: sum(({ peak }) => peak.evaluation.value), score },
      factored: {
        aliased: from(({ peak }) => peak.factored.aliased),
        smallest: Math.min(...peaks.map(({ factored }) => factored.smallest)),
        inverse,
        solve,
      },
      decrement: Math.hypot(...peaks.map(({ decrement }) => decrement)),
      iterations: Math.max(...peaks.map(({ iterations }) => iterations)),
      evaluations: sum(({ peak }) => peak.evaluations),
      end: peaks.find(({ end }) => end !== "decrement" && end !== "diverged")?.end ?? "decrement",
    },
    coordinates: new PartCoordinates(width, parts, moves),
    beta: Float64Array.from(from(({ beta }) => beta)),
    aliased: from(({ aliased }) => aliased),
    runaway: runaway || undefined,
    passes: sum(({ passes }) => passes),
    subsampleEvaluations: sum(({ subsampleEvaluations }) => subsampleEvaluations),
  };
}
