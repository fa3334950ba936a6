import { chi } from "../likelihood/chi.ts";
import { log } from "../math/elementary.ts";
import { gammaQuantile } from "../math/incompleteGamma.ts";
import { erf } from "../math/normal.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import { type Family, nonNegative } from "./family.ts";

/**
 * Half-normal: the absolute value of a normal variable with mean 0, density sqrt(2/pi) / sigma e^(-x²/(2 sigma²)), x >= 0. The maximum is
 * sigma² = mean(x²), with standard error sigma / sqrt(2 n). No maximum where every x is 0. Johnson, Kotz & Balakrishnan (1994), ch. 13.
 */
export const halfNormal: Family = {
  name: "halfNormal",
  parameters: [{ name: "sigma", domain: "positive" }],
  support: nonNegative,
  density: "sqrt(2/pi) / sigma e^(-x²/(2 sigma²)), x >= 0",
  source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 13",
  existence: "not if every value is 0",
  model: chi(1),
  logPdf(x, [sigma]) {
    const z = x / sigma!;
    return x >= 0 ? log(2) - HALF_LOG_2PI - log(sigma!) - 0.5 * z * z : -Infinity;
  },
  score: (x, [sigma]) => [((x / sigma!) * (x / sigma!) - 1) / sigma!],
  cdf: (x, [sigma]) => (x <= 0 ? 0 : erf(x / sigma! / Math.SQRT2)),
  quantile: (p, [sigma]) => sigma! * Math.sqrt(2 * gammaQuantile(p, 0.5)),
  mean: ([sigma]) => sigma! * Math.sqrt(2 / Math.PI),
  variance: ([sigma]) => (1 - 2 / Math.PI) * sigma! * sigma!,
  random: ([sigma], random) => sigma! * Math.abs(random.normal()),
};
