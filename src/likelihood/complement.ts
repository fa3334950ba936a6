import { log } from "../math/elementary.ts";
import { log1pmx } from "../math/logarithms.ts";
import type { Sample } from "../wasm/sample.ts";
import { mean, secondMoments } from "./statistics.ts";

/** Of a column between 0 and 1: mean(1 - x), and log(mean(1 - x)) - mean(log(1 - x)) >= 0, both to their last digits. */
export interface Complement {
  readonly mean: number;
  readonly gap: number;
}

export function complement(sample: Sample): Complement {
  return sample.keep("complement", () => {
    const center = mean(sample);
    const { min, max } = sample.extent;
    if (min === max) return { mean: 1 - min, gap: 0 };
    const near = 1 - center;
    const about = center > 0.5 ? secondMoments(sample, 1) : undefined;
    const average = about ? -about.unit * about.first : near;
    if (max - center < 0.25 * near && center - min < 0.25 * near) {
      // A sum of non-negative terms about the rounded mean, moved to the mean itself.
      const excess = sample.totals("logExcess", { center, scale: -near })[1]! / sample.weight;
      return { mean: average, gap: excess + log1pmx((average - near) / near) };
    }
    return { mean: average, gap: log(average) - sample.totals("shiftedLogs", { center: 1, scale: -1 })[0]! / sample.weight };
  });
}
