import type { Evaluation } from "./model.ts";

/** A map u(t) at one point: du_k/dt_i as slopes[k][i], d²u_k/dt_i dt_j as bends[k][i][j]. */
export interface Jet {
  readonly slopes: readonly (readonly number[])[];
  readonly bends: readonly (readonly (readonly number[])[])[];
}

/** Chain rule: an evaluation in u becomes one in t. */
export function pullBack({ value, score, information }: Evaluation, { slopes, bends }: Jet): Evaluation {
  const p = slopes[0]!.length;
  const indices = Array.from({ length: p }, (_, i) => i);
  const sum = (term: (k: number) => number) => score.reduce((total, _, k) => total + term(k), 0);
  return {
    value,
    score: indices.map((i) => sum((k) => score[k]! * slopes[k]![i]!)),
    information: indices.map((i) =>
      indices.map((j) => sum((k) => slopes[k]![i]! * sum((l) => information[k]![l]! * slopes[l]![j]!) - score[k]! * bends[k]![i]![j]!)),
    ),
  };
}

/** What is outside the family's space, for an iteration to step back from. */
export function outside(p: number): Evaluation {
  const none = new Array<number>(p).fill(Number.NaN);
  return { value: Number.NEGATIVE_INFINITY, score: none, information: none.map(() => none) };
}
