import { shapeAndRate } from "../likelihood/gammaShape.ts";
import { harmonic, reciprocalGap } from "../likelihood/reciprocals.ts";
import { logMoments } from "../likelihood/statistics.ts";
import { log } from "../math/elementary.ts";
import { lgamma } from "../math/gamma.ts";
import { gammaQ, gammaUpperQuantile, logGammaP, logGammaQ } from "../math/incompleteGamma.ts";
import { logRatio } from "../math/logarithms.ts";
import { digamma } from "../math/polygamma.ts";
import { deviance, HALF_LOG_2PI, stirlingError } from "../math/stirling.ts";
import { type Family, positive } from "./family.ts";

/**
 * Inverse gamma with density scale^shape / Gamma(shape) x^(-shape - 1) e^(-scale / x), x > 0: 1/x is gamma with rate = scale, and the
 * maximum is the gamma's for 1/x. No maximum where all x are equal (shape → ∞). Johnson, Kotz & Balakrishnan (1994), ch. 17.
 */
export const inverseGamma: Family = {
  name: "inverseGamma",
  parameters: [
    { name: "shape", domain: "positive" },
    { name: "scale", domain: "positive" },
  ],
  support: positive,
  density: "scale^shape / Gamma(shape) x^(-shape-1) e^(-scale/x), x > 0",
  source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 17; Minka (2002)",
  existence: "not if all values are equal",
  model(sample, fixed) {
    const carrier = -logMoments(sample).mean;
    return shapeAndRate({ n: sample.weight, mean: 1 / harmonic(sample).mean, gap: reciprocalGap(sample), carrier }, fixed);
  },
  logPdf(x, [shape, scale]) {
    const y = scale! / x;
    if (!(x > 0) || x === Infinity || y === Infinity) return -Infinity;
    if (y < 1e-300) return shape! * log(scale!) - (shape! + 1) * log(x) - lgamma(shape!);
    return 0.5 * log(shape!) - HALF_LOG_2PI - stirlingError(shape!) - deviance(shape!, y) - log(x);
  },
  score: (x, [shape, scale]) => [logRatio(scale!, x) - digamma(shape!), shape! / scale! - 1 / x],
  slide: (x, [, scale]) => [undefined, x / scale!],
  cdf: (x, [shape, scale]) => (x <= 0 ? 0 : x === Infinity ? 1 : gammaQ(shape!, scale! / x)),
  logCdf: (x, [shape, scale]) => (x <= 0 ? -Infinity : x === Infinity ? 0 : logGammaQ(shape!, scale! / x, logRatio(scale!, x))),
  logSf: (x, [shape, scale]) => (x <= 0 ? 0 : x === Infinity ? -Infinity : logGammaP(shape!, scale! / x, logRatio(scale!, x))),
  quantile: (p, [shape, scale]) => scale! / gammaUpperQuantile(p, shape!),
  mean: ([shape, scale]) => (shape! > 1 ? scale! / (shape! - 1) : Infinity),
  variance([shape, scale]) {
    const first = scale! / (shape! - 1);
    return shape! > 2 ? (first * first) / (shape! - 2) : Infinity;
  },
  random: ([shape, scale], random) => Math.min(scale! / random.gamma(shape!), Number.MAX_VALUE),
};
