import type { Chart } from "../math/charts.ts";
import type { Evaluation, Model } from "./model.ts";

/** A model in its free, unconstrained coordinates. */
export interface Coordinates {
  /** Indices of the free parameters. */
  readonly free: readonly number[];
  /** A caller's start, natural values by index, the model's where there is none; undefined if there is none at all. */
  start(given: readonly (number | undefined)[]): number[] | undefined;
  /** Whether no parameter has run away to the edge of its domain. */
  within(eta: readonly number[]): boolean;
  /** The free coordinates of standardised parameters. */
  eta(t: readonly number[]): number[];
  /** Standardised parameters, fixed ones included. */
  standardised(eta: readonly number[]): number[];
  /** Natural parameters, fixed ones included. */
  natural(eta: readonly number[]): number[];
  /** d theta / d eta of the free parameters: how errors in eta become errors in natural units. */
  slopes(eta: readonly number[]): number[];
  /** A single natural parameter from its eta, for intervals. */
  naturalOf(i: number, eta: number): number;
  /** The eta of a single natural parameter. */
  etaOf(i: number, theta: number): number;
  /** Chain rule: an evaluation in t becomes one in eta. */
  pull(evaluation: Evaluation, eta: readonly number[]): Evaluation;
}

/** The coordinates of a model whose parameters have these charts; `fixed` are natural values by index. */
export function coordinates(model: Model, charts: readonly Chart[], fixed: readonly (number | undefined)[]): Coordinates {
  const { origin, unit } = model;
  const free = charts.map((_, i) => i).filter((i) => fixed[i] === undefined);
  const standard = (theta: number, i: number) => (theta - origin[i]!) / unit[i]!;
  const constant = charts.map((_, i) => (fixed[i] === undefined ? undefined : standard(fixed[i]!, i)));
  const chart = (i: number) => charts[i]!;
  const standardised = (eta: readonly number[]) => {
    let next = 0;
    return constant.map((t, i) => t ?? chart(i).at(eta[next++]!)[0]);
  };
  return {
    free,
    start(given) {
      if (free.every((i) => given[i] === undefined)) return undefined;
      return free.map((i) => chart(i).toEta(given[i] === undefined ? model.start[i]! : standard(given[i]!, i)));
    },
    within: (eta) => free.every((i, at) => Math.abs(eta[at]!) <= chart(i).reach),
    eta: (t) => free.map((i) => chart(i).toEta(t[i]!)),
    standardised,
    natural: (eta) => standardised(eta).map((t, i) => fixed[i] ?? origin[i]! + unit[i]! * t),
    slopes: (eta) => free.map((i, at) => unit[i]! * chart(i).at(eta[at]!)[1]),
    naturalOf: (i, eta) => origin[i]! + unit[i]! * chart(i).at(eta)[0],
    etaOf: (i, theta) => chart(i).toEta(standard(theta, i)),
    pull(evaluation, eta) {
      const maps = free.map((i, at) => chart(i).at(eta[at]!));
      return {
        value: evaluation.value,
        score: free.map((i, at) => evaluation.score[i]! * maps[at]![1]),
        information: free.map((i, row) =>
          free.map((j, column) => {
            const bend = row === column ? evaluation.score[i]! * maps[row]![2] : 0;
            return evaluation.information[i]![j]! * maps[row]![1] * maps[column]![1] - bend;
          }),
        ),
      };
    },
  };
}
