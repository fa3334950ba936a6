import { log, log1p } from "../math/elementary.ts";
import type { Sample } from "../wasm/sample.ts";
import { logGap, mean, meanLogOver, powerOfTwo } from "./statistics.ts";

// What a likelihood in 1/x needs of a column.

/** Beyond, the quotients of a pass leave the range of doubles. */
const FAR = 1e290;

/** Harmonic mean of a positive column, and by how much the arithmetic mean exceeds it: mean(x) mean(1/x) - 1, to its last digits. */
export interface Harmonic {
  readonly mean: number;
  /** Infinite beyond the range of doubles. */
  readonly excess: number;
}

export function harmonic(sample: Sample): Harmonic {
  return sample.keep("harmonic mean", () => {
    const center = mean(sample);
    const { min, max } = sample.extent;
    if (min === max) return { mean: min, excess: 0 };
    if (center / min > FAR) {
      const found = reciprocalsFrom(sample, 0).harmonicMean;
      return { mean: found, excess: center / found - 1 };
    }
    const excess = sample.totals("harmonicExcess", { center, scale: center })[1]! / sample.weight;
    return { mean: center / (1 + excess), excess };
  });
}

/** log(mean(1/x)) + mean(log x) >= 0: what `logGap` is for x, for 1/x. */
export function reciprocalGap(sample: Sample): number {
  return sample.keep("gap of 1/x", () => {
    const center = mean(sample);
    const { min, max } = sample.extent;
    const { mean: found, excess } = harmonic(sample);
    // Both are sums of non-negative terms, and the first is about twice the second.
    if (max - center < 0.25 * center && center - min < 0.25 * center) return log1p(excess) - logGap(sample);
    return meanLogOver(sample, found);
  });
}

/** Harmonic mean and mean logarithm of x - location, all positive. */
export function reciprocalsFrom(sample: Sample, location: number): { readonly harmonicMean: number; readonly meanLog: number } {
  return sample.keep(`reciprocals from ${location}`, () => {
    const { min, max } = sample.extent;
    const scale = powerOfTwo(Math.sqrt(min - location) * Math.sqrt(max - location));
    if (!(scale / (min - location) < FAR))
      throw new RangeError(`x spans from ${min} to ${max}, above ${location}; a factor of 1e580 is the most.`);
    const [logs, reciprocals] = sample.totals("reciprocals", { location, scale });
    return { harmonicMean: scale / (reciprocals! / sample.weight), meanLog: logs! / sample.weight + log(scale) };
  });
}
