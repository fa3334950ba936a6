import { boundary, nonexistent } from "../likelihood/model.ts";
import { meanLogRatio } from "../likelihood/statistics.ts";
import { exp, expm1, log, log1p, pow } from "../math/elementary.ts";
import { logOneMinusExp, logRatio } from "../math/logarithms.ts";
import { type Family, positive } from "./family.ts";

/**
 * Pareto (type I) with density shape scale^shape x^(-shape-1), x >= scale. The likelihood increases with the scale up to the smallest
 * observation, where it jumps to 0: scale = min(x), on the boundary of what the data allow, so curvature gives no standard error
 * (min(x) - scale is of order 1/n). Given the scale, shape = 1 / mean(log(x/scale)), with standard error shape / sqrt(n). No maximum where
 * all x equal the scale. Arnold (2015), Pareto Distributions, ch. 5.
 */
export const pareto: Family = {
  name: "pareto",
  parameters: [
    { name: "scale", domain: "positive", rough: "lower" },
    { name: "shape", domain: "positive" },
  ],
  support: positive,
  density: "shape scale^shape x^(-shape-1), x >= scale",
  source: "Arnold (2015), Pareto Distributions, ch. 5; Johnson, Kotz & Balakrishnan (1994), ch. 20",
  existence: "not if all values are equal; the maximum in scale lies at the smallest observation",
  model(sample, fixed) {
    const { min } = sample.extent;
    const scale = fixed[0] ?? min;
    if (scale > min)
      return nonexistent(`The fixed scale ${scale} leaves out observations (from ${min}): the likelihood is 0.`, undefined, -Infinity);
    // log(x/scale) is small where the data are narrow: by its mean over the smallest value, not as a difference of logarithms.
    const excess = Math.max(0, meanLogRatio(sample, min)) + logRatio(min, scale);
    const n = sample.weight;
    if (excess === 0 && fixed[1] === undefined) {
      return nonexistent("All values equal the scale: the likelihood grows without bound as shape → ∞.");
    }
    const guess = fixed[1] ?? 1 / excess;
    const constant = -log(scale) - excess;
    if (fixed[0] === undefined) {
      const logLik = n * (log(guess) - guess * excess + constant);
      return boundary("The maximum in scale lies at the smallest observation.", [scale, guess], logLik);
    }
    return {
      origin: [0, 0],
      unit: [scale, guess],
      start: [1, 1],
      evaluate([, s]) {
        const shape = guess * s!;
        return {
          value: n * (log(shape) - shape * excess + constant),
          // The scale is fixed: its derivatives are not asked for.
          score: [0, n * (1 / s! - guess * excess)],
          information: [
            [1, 0],
            [0, n / (s! * s!)],
          ],
        };
      },
    };
  },
  logPdf: (x, [scale, shape]) => (x < scale! ? -Infinity : log(shape!) - log(x) - shape! * logRatio(x, scale!)),
  score: (x, [scale, shape]) => [shape! / scale!, 1 / shape! - logRatio(x, scale!)],
  slide: (x, [scale, shape]) => [x / scale!, (-x * excessOf(x, scale!)) / shape!],
  cdf: (x, [scale, shape]) => (x <= scale! ? 0 : -expm1(-shape! * excessOf(x, scale!))),
  logCdf: (x, [scale, shape]) => (x <= scale! ? -Infinity : logOneMinusExp(shape!, excessOf(x, scale!))),
  logSf: (x, [scale, shape]) => (x <= scale! ? 0 : -shape! * excessOf(x, scale!)),
  quantile: (p, [scale, shape]) => scale! * exp(-log1p(-p) / shape!),
  mean: ([scale, shape]) => (shape! > 1 ? (shape! * scale!) / (shape! - 1) : Number.POSITIVE_INFINITY),
  variance: ([scale, shape]) =>
    shape! > 2 ? (scale! * scale! * shape!) / ((shape! - 1) * (shape! - 1) * (shape! - 2)) : Number.POSITIVE_INFINITY,
  random: ([scale, shape], random) => scale! * pow(random.uniform(), -1 / shape!),
};

/** log(x / scale), to its last digit beside the scale, where x - scale is exact. */
function excessOf(x: number, scale: number): number {
  return x < 2 * scale ? log1p((x - scale) / scale) : logRatio(x, scale);
}
