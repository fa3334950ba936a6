import type { Sample } from "./sample.ts";

/** Distinct values in increasing order, with the weight of each. */
export interface Counts {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** A wider range of integers than this is counted by sorting. */
export const BINS = 32768;

/** Distinct values and their weights, or the index of the first value that is not a whole number. */
export function countsOf(sample: Sample): Counts | number {
  const { min, max } = sample.extent;
  if (!Number.isInteger(min) || max - min >= BINS) return bySorting(sample);
  sample.passes++;
  const { arena, kernels } = sample.engine;
  const bins = Math.floor(max - min) + 1;
  return arena.scope(() => {
    const address = arena.reserve(bins);
    arena.view(address, bins).fill(0);
    const fractions = kernels.histogram!(sample.x, sample.w ?? 0, sample.rows, min, address);
    if (fractions > 0) return firstFraction(sample.values);
    const filled = [...arena.view(address, bins).entries()].filter(([, weight]) => weight > 0);
    return {
      values: Float64Array.from(filled, ([bin]) => min + bin),
      weights: Float64Array.from(filled, ([, weight]) => weight),
    };
  });
}

function bySorting({ values, weights }: Sample): Counts | number {
  const fraction = firstFraction(values);
  if (fraction >= 0) return fraction;
  const order = weights ? Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!) : undefined;
  const sorted = order ? Float64Array.from(order, (i) => values[i]!) : values.slice().sort();
  const distinct: number[] = [];
  const totals: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) {
      distinct.push(sorted[i]!);
      totals.push(0);
    }
    totals[totals.length - 1]! += order ? weights![order[i]!]! : 1;
  }
  return { values: Float64Array.from(distinct), weights: Float64Array.from(totals) };
}

function firstFraction(values: Float64Array): number {
  return values.findIndex((value) => !Number.isInteger(value));
}
