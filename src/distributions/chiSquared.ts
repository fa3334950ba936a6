import { logGap, logMoments, mean } from "../likelihood/statistics.ts";
import { exp, log, log1p } from "../math/elementary.ts";
import { lgamma } from "../math/gamma.ts";
import { gammaP, gammaQuantile, logGammaP, logGammaQ } from "../math/incompleteGamma.ts";
import { digamma, logMinusDigamma, trigamma } from "../math/polygamma.ts";
import { deviance, HALF_LOG_2PI, stirlingError } from "../math/stirling.ts";
import { type Family, positive } from "./family.ts";

/**
 * Chi-squared with df degrees of freedom, density x^(df/2 - 1) e^(-x/2) / (2^(df/2) Gamma(df/2)), x > 0. The maximum solves
 * digamma(df/2) = mean(log(x/2)): there always is exactly one. Johnson, Kotz & Balakrishnan (1994), ch. 18.
 */
export const chiSquared: Family = {
  name: "chiSquared",
  parameters: [{ name: "df", domain: "positive" }],
  support: positive,
  density: "x^(df/2-1) e^(-x/2) / (2^(df/2) Gamma(df/2)), x > 0",
  source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 18",
  existence: "always",
  model(sample, [df]) {
    const n = sample.weight;
    const half = mean(sample) / 2;
    const gap = logGap(sample);
    const meanLog = logMoments(sample).mean;
    const center = meanLog - log(2);
    // Geometric mean of x/2.
    const geometric = gap < 600 ? half * exp(-gap) : exp(center);
    // Minka's start for the inverse of digamma.
    const guess = df ?? 2 * (center > -2.22 ? geometric + 0.5 : 1 / (-0.5772156649015329 - center));
    return {
      origin: [0],
      unit: [guess],
      start: [1],
      evaluate([t]) {
        const shape = 0.5 * guess * t!;
        // log(geometric / shape): exact where the shape is large, and the two nearly equal.
        const excess = (geometric - shape) / shape;
        const tilt = excess > -0.5 ? log1p(excess) : center - log(shape);
        const value = shape * tilt + (shape - half) + 0.5 * log(shape) - HALF_LOG_2PI - stirlingError(shape) - meanLog;
        return {
          value: n * value,
          score: [0.5 * n * guess * (tilt + logMinusDigamma(shape))],
          information: [[0.25 * n * guess * guess * trigamma(shape)]],
        };
      },
    };
  },
  logPdf(x, [df]) {
    const shape = 0.5 * df!;
    const y = 0.5 * x;
    if (!(x > 0) || x === Infinity) return -Infinity;
    if (y < 1e-300) return -shape * log(2) + (shape - 1) * log(x) - lgamma(shape);
    return 0.5 * log(shape) - HALF_LOG_2PI - stirlingError(shape) - deviance(shape, y) - log(x);
  },
  score: (x, [df]) => [0.5 * (log(x) - log(2) - digamma(0.5 * df!))],
  cdf: (x, [df]) => (x <= 0 ? 0 : x > 1e-300 ? gammaP(0.5 * df!, 0.5 * x) : exp(logGammaP(0.5 * df!, 0.5 * x, log(x) - log(2)))),
  logCdf: (x, [df]) => (x <= 0 ? -Infinity : logGammaP(0.5 * df!, 0.5 * x, log(x) - log(2))),
  logSf: (x, [df]) => (x <= 0 ? 0 : logGammaQ(0.5 * df!, 0.5 * x, log(x) - log(2))),
  quantile: (p, [df]) => 2 * gammaQuantile(p, 0.5 * df!),
  mean: ([df]) => df!,
  variance: ([df]) => 2 * df!,
  random: ([df], random) => 2 * random.gamma(0.5 * df!),
};
