import { chi } from "../likelihood/chi.ts";
import { expm1, log, log1p } from "../math/elementary.ts";
import { log1mexpexp, logRatio } from "../math/logarithms.ts";
import { type Family, positive } from "./family.ts";

/**
 * Rayleigh with density (x/sigma²) e^(-x²/(2 sigma²)), x > 0: the length of a vector of two normal components. The maximum is
 * sigma² = mean(x²)/2, with standard error sigma / (2 sqrt(n)). Rayleigh (1880); Johnson, Kotz & Balakrishnan (1994), ch. 18.
 */
export const rayleigh: Family = {
  name: "rayleigh",
  parameters: [{ name: "sigma", domain: "positive" }],
  support: positive,
  density: "(x/sigma²) e^(-x²/(2 sigma²)), x > 0",
  source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 18",
  existence: "always",
  model: chi(2),
  logPdf(x, [sigma]) {
    const z = x / sigma!;
    return x > 0 && z < Infinity ? log(z) - log(sigma!) - 0.5 * z * z : -Infinity;
  },
  score: (x, [sigma]) => [((x / sigma!) * (x / sigma!) - 2) / sigma!],
  slide: (x, [sigma]) => [x / sigma!],
  cdf: (x, [sigma]) => (x <= 0 ? 0 : -expm1(-0.5 * (x / sigma!) * (x / sigma!))),
  logCdf: (x, [sigma]) => (x <= 0 ? -Infinity : log1mexpexp(2 * logRatio(x, sigma!) - log(2))),
  logSf: (x, [sigma]) => (x <= 0 ? 0 : -0.5 * (x / sigma!) * (x / sigma!)),
  quantile: (p, [sigma]) => sigma! * Math.sqrt(-2 * log1p(-p)),
  mean: ([sigma]) => sigma! * Math.sqrt(Math.PI / 2),
  variance: ([sigma]) => (2 - Math.PI / 2) * sigma! * sigma!,
  random: ([sigma], random) => sigma! * Math.sqrt(2 * random.exponential()),
};
