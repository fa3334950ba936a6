import { chi } from "../likelihood/chi.ts";
import { log, log1p } from "../math/elementary.ts";
import { gammaQuantile } from "../math/incompleteGamma.ts";
import { logRatio } from "../math/logarithms.ts";
import { erf, erfc, logNormalUpper } from "../math/normal.ts";
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
  slide: (x, [sigma]) => [x / sigma!],
  cdf: (x, [sigma]) => (x <= 0 ? 0 : erf(x / sigma! / Math.SQRT2)),
  logCdf(x, [sigma]) {
    if (x <= 0) return -Infinity;
    const z = x / sigma! / Math.SQRT2;
    // erf z is 2z/√π to the last digit where z is tiny; z itself may underflow.
    if (z < 1e-9) return log(2) - HALF_LOG_2PI + logRatio(x, sigma!);
    return z < 0.5 ? log(erf(z)) : log1p(-erfc(z));
  },
  logSf(x, [sigma]) {
    const z = x / sigma!;
    return x <= 0 ? 0 : z < 0.7 ? log1p(-erf(z / Math.SQRT2)) : log(2) + logNormalUpper(z);
  },
  // Where erf is linear to the last digit, the square of the quantile would underflow before it does.
  quantile: (p, [sigma]) => sigma! * (p < 1e-10 ? p * Math.sqrt(Math.PI / 2) : Math.sqrt(2 * gammaQuantile(p, 0.5))),
  mean: ([sigma]) => sigma! * Math.sqrt(2 / Math.PI),
  variance: ([sigma]) => (1 - 2 / Math.PI) * sigma! * sigma!,
  random: ([sigma], random) => sigma! * Math.abs(random.normal()),
};
