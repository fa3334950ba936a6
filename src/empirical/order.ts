import type { Empirical } from "./empirical.ts";

/** Places in ascending order, each once, with their weights. */
export interface Places {
  readonly at: Float64Array;
  readonly weight: Float64Array;
}

/** Different values up to which rows are put together before they are sorted: a comparison costs what looking a value up does. */
const FEW = 4096;

/** Values in ascending order, each once, with the sums of their weights; those of weight 0 are left out. */
export function merged(values: ArrayLike<number>, weights: ArrayLike<number>): Places {
  const few = weightByValue(values, weights);
  if (few) {
    const at = Float64Array.from(few.keys()).sort();
    return { at, weight: at.map((value) => few.get(value)!) };
  }
  const order = Uint32Array.from({ length: values.length }, (_, i) => i)
    .filter((i) => weights[i]! > 0)
    .sort((i, j) => values[i]! - values[j]!);
  return tied(
    Float64Array.from(order, (i) => values[i]!),
    Float64Array.from(order, (i) => weights[i]!),
  );
}

/** Undefined where there are many different values. */
function weightByValue(values: ArrayLike<number>, weights: ArrayLike<number>): Map<number, number> | undefined {
  const sums = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    if (!(weights[i]! > 0)) continue;
    const before = sums.get(values[i]!);
    if (before === undefined && sums.size === FEW) return undefined;
    sums.set(values[i]!, (before ?? 0) + weights[i]!);
  }
  return sums;
}

/** Ascending values, each once, with how many there are of it, or with the sum of their weights. */
export function tied(values: Float64Array, weights?: Float64Array): Places {
  const [at, weight] = [new Float64Array(values.length), new Float64Array(values.length)];
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (count === 0 || at[count - 1] !== values[i]) at[count++] = values[i]!;
    weight[count - 1]! += weights ? weights[i]! : 1;
  }
  return { at: at.subarray(0, count), weight: weight.subarray(0, count) };
}

export function runningSum(weight: Float64Array): Float64Array {
  let sum = 0;
  return weight.map((own) => {
    sum += own;
    return sum;
  });
}

/** Weight of the places that end before x (with `orAt`, at or before it). */
export function weightBelow({ to, cumulative }: Pick<Empirical, "to" | "cumulative">, x: number, orAt = false): number {
  const count = countBelow(to, x, orAt);
  return count === 0 ? 0 : cumulative[count - 1]!;
}

/** How many of the ascending values lie below x (with `orAt`, at or below it). */
export function countBelow(values: Float64Array, x: number, orAt = false): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < x || (orAt && values[middle] === x)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first place at which the weight reaches a share p of the total, as its upper end; the largest place if none does. */
export function quantileOf({ to, cumulative, total }: Pick<Empirical, "to" | "cumulative" | "total">, p: number): number {
  return to[Math.min(to.length - 1, countBelow(cumulative, p * total))]!;
}
