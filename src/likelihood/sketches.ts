import type { Sample } from "../wasm/sample.ts";

/** Values on which starts are looked for. */
const POINTS = 256;

/** Rows that are all taken, with their weights. */
const FEW = 256;

/** A column in small: values in increasing order, and weights that sum to 1. */
export interface Sketch {
  readonly values: Float64Array;
  /** Weighted mean of a function of the values. */
  mean(of: (value: number) => number): number;
}

/** The column itself where it is short, else quantiles; `map` is applied to each value once. */
export function sketchOf(sample: Sample, map: (x: number) => number = (x) => x): Sketch {
  const { weights } = sample;
  if (weights && sample.rows <= FEW) {
    const order = Array.from(weights.keys()).sort((i, j) => sample.values[i]! - sample.values[j]!);
    const shares = order.map((i) => weights[i]! / sample.weight);
    return over(
      Float64Array.from(order, (i) => map(sample.values[i]!)),
      (i) => shares[i]!,
    );
  }
  const every = sample.rows <= FEW ? 1 : Math.ceil(sample.sketch.length / POINTS);
  const values = sample.sketch.filter((_, i) => i % every === 0).map(map);
  return over(values, () => 1 / values.length);
}

function over(values: Float64Array, share: (i: number) => number): Sketch {
  return {
    values,
    mean(of) {
      let sum = 0;
      for (let i = 0; i < values.length; i++) sum += share(i) * of(values[i]!);
      return sum;
    },
  };
}
