import { log } from "../math/elementary.ts";
import { lgamma } from "../math/gamma.ts";
import { digamma, trigamma } from "../math/polygamma.ts";
import type { Sample } from "../wasm/sample.ts";
import type { Model } from "./model.ts";
import { inverseDigamma } from "./stacyStarts.ts";
import { logMoments, unitOf } from "./statistics.ts";

/**
 * The generalised gamma's shape alone, scale and power fixed: digamma(shape) = mean of log((x/scale)^power). The log-likelihood is concave in
 * it, and the rest is a constant that may be large beside it.
 */
export function shapeAlone(sample: Sample, scale: number, power: number): Model {
  const n = sample.weight;
  const unit = unitOf(sample);
  const { mean } = logMoments(sample);
  const average = power * (mean - log(scale));
  // Kernel gumbel on minus its variate: the sum of (x/scale)^power.
  const total = sample.totals("gumbelOfLog", { unit, center: log(unit) + log(scale), scale: -1 / power })[2]!;
  const guess = inverseDigamma(average);
  return {
    origin: [0, 0, 0],
    unit: [scale, guess, 1],
    start: [1, 1, power],
    closed: true,
    evaluate(t) {
      const shape = guess * t[1]!;
      return {
        value: n * (log(power) - lgamma(shape) + shape * average - mean) - total,
        // Scale and power are fixed: their derivatives are not asked for.
        score: [0, n * guess * (average - digamma(shape)), 0],
        information: [
          [1, 0, 0],
          [0, n * guess * guess * trigamma(shape), 0],
          [0, 0, 1],
        ],
      };
    },
  };
}
