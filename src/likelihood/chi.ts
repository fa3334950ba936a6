import { log } from "../math/elementary.ts";
import { lgamma } from "../math/gamma.ts";
import type { Sample } from "../wasm/sample.ts";
import { type Fixed, type Model, nonexistent, type Verdict } from "./model.ts";
import { logMoments, secondMoments } from "./statistics.ts";

/**
 * x = scale sqrt(chi-squared with k degrees of freedom): half-normal (k = 1), Rayleigh (2), Maxwell (3), with log-density
 *
 *   (1 - k/2) log 2 - lgamma(k/2) + (k - 1) log x - k log scale - x²/(2 scale²)
 *
 * and so scale² = mean(x²) / k, with standard error scale / sqrt(2 k n). Johnson, Kotz & Balakrishnan (1994), ch. 18.
 */
export function chi(k: number): (sample: Sample, fixed: Fixed) => Model | Verdict {
  const constant = (1 - k / 2) * log(2) - lgamma(k / 2);
  return (sample, fixed) => {
    const { unit, second } = secondMoments(sample, 0);
    const n = sample.weight;
    if (second === 0 && fixed[0] === undefined)
      return nonexistent("All values are 0: the likelihood grows without bound as the scale → 0.");
    const scale = unit * Math.sqrt((second || 1) / k);
    const logs = k === 1 ? 0 : (k - 1) * logMoments(sample).mean;
    const square = second === 0 ? 0 : k;
    return {
      origin: [0],
      unit: [scale],
      start: [1],
      evaluate([s]) {
        const ratio = square / (s! * s!);
        return {
          value: n * (constant + logs - k * (log(s!) + log(scale)) - ratio / 2),
          score: [(n * (ratio - k)) / s!],
          information: [[(n * (3 * ratio - k)) / (s! * s!)]],
        };
      },
    };
  };
}
