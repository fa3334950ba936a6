import { chi } from "../likelihood/chi.ts";
import { log } from "../math/elementary.ts";
import { gammaP, gammaQuantile, logGammaP, logGammaQ } from "../math/incompleteGamma.ts";
import { logRatio } from "../math/logarithms.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import { type Family, positive } from "./family.ts";

/**
 * Maxwell–Boltzmann with density sqrt(2/pi) (x²/a³) e^(-x²/(2 a²)), x > 0: the length of a vector of three normal components. The maximum
 * is a² = mean(x²)/3, with standard error a / sqrt(6 n). Maxwell (1860); Johnson, Kotz & Balakrishnan (1994), ch. 18.
 */
export const maxwell: Family = {
  name: "maxwell",
  parameters: [{ name: "a", domain: "positive" }],
  support: positive,
  density: "sqrt(2/pi) (x²/a³) e^(-x²/(2 a²)), x > 0",
  source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 18",
  existence: "always",
  model: chi(3),
  logPdf(x, [a]) {
    const z = x / a!;
    return x > 0 && z < Infinity ? log(2) - HALF_LOG_2PI + 2 * log(z) - log(a!) - 0.5 * z * z : -Infinity;
  },
  score: (x, [a]) => [((x / a!) * (x / a!) - 3) / a!],
  slide: (x, [a]) => [x / a!],
  cdf: (x, [a]) => (x <= 0 ? 0 : gammaP(1.5, 0.5 * (x / a!) * (x / a!))),
  logCdf: (x, [a]) => (x <= 0 ? -Infinity : logGammaP(1.5, 0.5 * (x / a!) * (x / a!), 2 * logRatio(x, a!) - log(2))),
  logSf: (x, [a]) => (x <= 0 ? 0 : logGammaQ(1.5, 0.5 * (x / a!) * (x / a!))),
  quantile: (p, [a]) => a! * Math.sqrt(2 * gammaQuantile(p, 1.5)),
  mean: ([a]) => 2 * a! * Math.sqrt(2 / Math.PI),
  variance: ([a]) => (3 - 8 / Math.PI) * a! * a!,
  random: ([a], random) => a! * Math.sqrt(2 * random.gamma(1.5)),
};
