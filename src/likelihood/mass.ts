import type { Sample } from "../wasm/sample.ts";
import type { Evaluation, Fixed, Model, Verdict } from "./model.ts";

/** What the log-mass of one value contributes, in natural parameters. */
export type Term = (x: number, theta: readonly number[]) => Evaluation;

/** A discrete column after counting: distinct values with their weights, and the moments of the whole. */
export interface Collapsed {
  readonly n: number;
  readonly mean: number;
  /** 1/n variance. */
  readonly variance: number;
  readonly max: number;
  /** Log-likelihood of any mass function. */
  logLik(logMass: (x: number) => number): number;
}

/** Units and starting values of the standardised parameters, or why there is no maximum inside. */
export type Placement = (data: Collapsed, fixed: Fixed) => { unit: readonly number[]; start: readonly number[] } | Verdict;

/**
 * A discrete family: the rows collapse to (value, count), and every evaluation costs the number of distinct values.
 */
export function mass(term: Term, place: Placement): (sample: Sample, fixed: Fixed) => Model | Verdict {
  return (sample, fixed) => {
    const { counts } = sample;
    if (typeof counts === "number") throw new RangeError(`x[${counts}] is ${sample.values[counts]}; whole numbers are needed.`);
    const { values, weights } = counts;
    const weighted = (f: (x: number) => number) => values.reduce((sum, x, i) => sum + weights[i]! * f(x), 0);
    const n = sample.weight;
    const mean = weighted((x) => x) / n;
    const placed = place(
      { n, mean, variance: weighted((x) => (x - mean) * (x - mean)) / n, max: sample.extent.max, logLik: weighted },
      fixed,
    );
    if ("status" in placed) return placed;
    const { unit, start } = placed;
    return {
      origin: unit.map(() => 0),
      unit,
      start,
      evaluate(t) {
        const theta = t.map((value, i) => value * unit[i]!);
        let value = 0;
        const score = unit.map(() => 0);
        const information = unit.map(() => unit.map(() => 0));
        values.forEach((x, row) => {
          const weight = weights[row]!;
          const one = term(x, theta);
          value += weight * one.value;
          score.forEach((_, i) => {
            score[i]! += weight * one.score[i]! * unit[i]!;
            for (let j = 0; j < score.length; j++) information[i]![j]! += weight * one.information[i]![j]! * unit[i]! * unit[j]!;
          });
        });
        return { value, score, information };
      },
    };
  };
}
