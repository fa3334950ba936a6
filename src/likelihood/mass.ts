import type { Sample } from "../wasm/sample.ts";
import { type Collapsed, collapse } from "./collapse.ts";
import type { End, Evaluation, Fixed, Model, Verdict } from "./model.ts";

/** What the log-mass of one value contributes; theta holds natural parameters, then the family's constants. */
export type Term = (x: number, theta: readonly number[]) => Evaluation;

/** Units and starting values of the standardised parameters, and what else a model may say of its limits. */
export interface Placed {
  readonly unit: readonly number[];
  readonly start: readonly number[];
  readonly others?: readonly (readonly number[])[];
  nearLimit?(t: readonly number[]): boolean;
  settle?(t: readonly number[], value: number, end: End): Verdict | undefined;
}

/** Where to start, or why there is no maximum inside. */
export type Placement = (data: Collapsed, fixed: Fixed) => Placed | Verdict;

/**
 * A discrete family: the rows collapse to (value, count), or to (value, constant, count) where a constant comes one per row, and every
 * evaluation costs the number of distinct ones. `common` is what all rows contribute alike.
 */
export function mass(
  term: Term,
  place: Placement,
  common?: (theta: readonly number[]) => Evaluation,
): (sample: Sample, fixed: Fixed) => Model | Verdict {
  return (sample, fixed) => {
    const data = collapse(sample);
    const placed = place(data, fixed);
    if ("status" in placed) return placed;
    const { unit } = placed;
    return {
      ...placed,
      origin: unit.map(() => 0),
      evaluate(t) {
        const parameters = t.map((value, i) => value * unit[i]!);
        return total(term, data, [...parameters, ...(fixed.slice(unit.length) as number[])], unit, common?.(parameters));
      },
    };
  };
}

/** Sums of the terms and of n common ones, in standardised parameters. */
function total(term: Term, data: Collapsed, theta: number[], unit: readonly number[], common?: Evaluation): Evaluation {
  const { values, weights, column, n } = data;
  const p = unit.length;
  let value = 0;
  const score = new Array<number>(p).fill(0);
  const information = unit.map(() => new Array<number>(p).fill(0));
  const add = (weight: number, one: Evaluation) => {
    value += weight * one.value;
    for (let i = 0; i < p; i++) {
      score[i]! += weight * one.score[i]!;
      for (let j = 0; j < p; j++) information[i]![j]! += weight * one.information[i]![j]!;
    }
  };
  for (let row = 0; row < values.length; row++) {
    if (column) theta[p] = column[row]!;
    add(weights[row]!, term(values[row]!, theta));
  }
  if (common) add(n, common);
  return {
    value,
    score: score.map((sum, i) => sum * unit[i]!),
    information: information.map((sums, i) => sums.map((sum, j) => sum * unit[i]! * unit[j]!)),
  };
}
