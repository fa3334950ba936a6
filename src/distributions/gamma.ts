import { shapeAndRate } from "../likelihood/gammaShape.ts";
import { logGap, mean } from "../likelihood/statistics.ts";
import { log } from "../math/elementary.ts";
import { lgamma } from "../math/gamma.ts";

import { gammaP, gammaQuantile, logGammaP, logGammaQ } from "../math/incompleteGamma.ts";
import { logProduct } from "../math/logarithms.ts";
import { digamma } from "../math/polygamma.ts";

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
  contains: {
    exponential: { held: { shape: 1 }, at: ([rate], { shape }) => [shape!, rate!] },
    chiSquared: { held: { rate: 0.5 }, at: ([df], { rate }) => [df! / 2, rate!] },
  },
  model(sample, fixed) {
    const average = mean(sample);
    const gap = logGap(sample);
    return shapeAndRate({ n: sample.weight, mean: average, gap, carrier: gap - log(average) }, fixed);
  },
  logPdf(x, [shape, rate]) {
    const y = rate! * x;
    if (!(x > 0) || y === Infinity) return -Infinity;
    if (y < 1e-300) return shape! * log(rate!) + (shape! - 1) * log(x) - lgamma(shape!);
    // Loader's saddle-point form: the textbook one cancels where the shape is large.
    return 0.5 * log(shape!) - HALF_LOG_2PI - stirlingError(shape!) - deviance(shape!, y) - log(x);
  },
  score: (x, [shape, rate]) => [log(rate! * x) - digamma(shape!), shape! / rate! - x],
  slide: (x, [, rate]) => [undefined, -x / rate!],
  cdf: (x, [shape, rate]) => (x <= 0 ? 0 : gammaP(shape!, rate! * x)),
  logCdf: (x, [shape, rate]) => (x <= 0 ? -Infinity : logGammaP(shape!, rate! * x, logProduct(rate!, x))),
  logSf: (x, [shape, rate]) => (x <= 0 ? 0 : logGammaQ(shape!, rate! * x, logProduct(rate!, x))),
  quantile: (p, [shape, rate]) => gammaQuantile(p, shape!) / rate!,
  mean: ([shape, rate]) => shape! / rate!,
  variance: ([shape, rate]) => shape! / (rate! * rate!),
  random: ([shape, rate], random) => random.gamma(shape!) / rate!,
};
