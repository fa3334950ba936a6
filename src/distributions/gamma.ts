import { nonexistent } from "../likelihood/model.ts";
import { logGap, mean } from "../likelihood/statistics.ts";
import { log, log1p } from "../math/elementary.ts";
import { lgamma } from "../math/gamma.ts";
import { gammaP, gammaQuantile, logGammaP, logGammaQ } from "../math/incompleteGamma.ts";
import { logProduct } from "../math/logarithms.ts";
import { digamma, logMinusDigamma, logMinusDigammaDerivative, trigamma } from "../math/polygamma.ts";
import { deviance, HALF_LOG_2PI, stirlingError } from "../math/stirling.ts";
import { type Family, positive } from "./family.ts";

/**
 * Gamma with density rate^shape / Gamma(shape) x^(shape - 1) e^(-rate x), x > 0. The data enter through mean(x) and
 * gap = log(mean(x)) - mean(log x) alone; the shape solves log(shape) - digamma(shape) = gap, and rate = shape / mean(x).
 * Newton from Minka's start (2002, Estimating a Gamma distribution). No maximum where all x are equal (shape → ∞).
 */
export const gamma: Family = {
  name: "gamma",
  parameters: [
    { name: "shape", domain: "positive" },
    { name: "rate", domain: "positive" },
  ],
  support: positive,
  density: "rate^shape / Gamma(shape) x^(shape-1) e^(-rate x), x > 0",
  source: "Minka (2002), Estimating a Gamma distribution; Johnson, Kotz & Balakrishnan (1994), ch. 17",
  existence: "not if all values are equal",
  model(sample, fixed) {
    const average = mean(sample);
    const gap = logGap(sample);
    const n = sample.weight;
    if (gap <= 0 && fixed[0] === undefined) {
      return nonexistent("All values are equal: the likelihood grows without bound as shape → ∞ at a constant mean.");
    }
    const guess = fixed[0] ?? (3 - gap + Math.sqrt((gap - 3) * (gap - 3) + 24 * gap)) / (12 * gap);
    return {
      origin: [0, 0],
      unit: [guess, guess / average],
      start: [1, 1],
      evaluate([s, r]) {
        const shape = guess * s!;
        const rate = guess * r!;
        // log(rate mean / shape), to its last digit near the maximum, where it is 0.
        const tilt = log1p((r! - s!) / s!);
        const value = shape * (tilt - gap) + (shape - rate) + 0.5 * log(shape) - HALF_LOG_2PI - stirlingError(shape) + gap - log(average);
        return {
          value: n * value,
          score: [n * guess * (tilt + logMinusDigamma(shape) - gap), n * guess * (shape / rate - 1)],
          information: [
            [n * guess * guess * trigamma(shape), (-n * guess * guess) / rate],
            [(-n * guess * guess) / rate, (n * guess * guess * shape) / (rate * rate)],
          ],
        };
      },
      // The determinant trigamma(a) a - 1 is 1/(2a) for a large shape: taken as a difference it loses log10(a) digits.
      covariance([s, r]) {
        const shape = guess * s!;
        const variance = 1 / (-n * guess * guess * logMinusDigammaDerivative(shape));
        const slope = r! / s!;
        return [
          [variance, slope * variance],
          [slope * variance, (r! * r!) / (n * shape) + slope * slope * variance],
        ];
      },
    };
  },
  logPdf(x, [shape, rate]) {
    const y = rate! * x;
    if (!(x > 0) || y === Infinity) return -Infinity;
    if (y < 1e-300) return shape! * log(rate!) + (shape! - 1) * log(x) - lgamma(shape!);
    // Loader's saddle-point form: the textbook one cancels where the shape is large.
    return 0.5 * log(shape!) - HALF_LOG_2PI - stirlingError(shape!) - deviance(shape!, y) - log(x);
  },
  score: (x, [shape, rate]) => [log(rate! * x) - digamma(shape!), shape! / rate! - x],
  cdf: (x, [shape, rate]) => (x <= 0 ? 0 : gammaP(shape!, rate! * x)),
  logCdf: (x, [shape, rate]) => (x <= 0 ? -Infinity : logGammaP(shape!, rate! * x, logProduct(rate!, x))),
  logSf: (x, [shape, rate]) => (x <= 0 ? 0 : logGammaQ(shape!, rate! * x, logProduct(rate!, x))),
  quantile: (p, [shape, rate]) => gammaQuantile(p, shape!) / rate!,
  mean: ([shape, rate]) => shape! / rate!,
  variance: ([shape, rate]) => shape! / (rate! * rate!),
  random: ([shape, rate], random) => random.gamma(shape!) / rate!,
};
