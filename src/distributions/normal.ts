import { gaussian } from "../likelihood/gaussian.ts";
import { log } from "../math/elementary.ts";
import { logNormalCdf, logNormalUpper, normalCdf, normalQuantile } from "../math/normal.ts";
import { normalEdf } from "../math/stephens.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import { type Family, real } from "./family.ts";

/**
 * Normal with density e^(-z²/2) / (sd sqrt(2 pi)), z = (x - mean) / sd. The maximum is mean = mean(x), sd = sqrt(sum((x - mean)²) / n)
 * (n, not n - 1), with standard errors sd / sqrt(n) and sd / sqrt(2n). No maximum where all x are equal.
 * Gauss (1809), Theoria motus; Johnson, Kotz & Balakrishnan (1994), ch. 13.
 */
export const normal: Family = {
  name: "normal",
  parameters: [
    { name: "mean", domain: "real", shifts: true },
    { name: "sd", domain: "positive" },
  ],
  support: real,
  density: "e^(-((x - mean)/sd)²/2) / (sd sqrt(2 pi))",
  source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 13",
  existence: "not if all values are equal",
  edf: normalEdf,
  model: gaussian("x", ["mean", "sd"]),
  logPdf(x, [mean, sd]) {
    const z = (x - mean!) / sd!;
    return -HALF_LOG_2PI - log(sd!) - 0.5 * z * z;
  },
  score(x, [mean, sd]) {
    const z = (x - mean!) / sd!;
    return [z / sd!, (z * z - 1) / sd!];
  },
  slide: (x, [mean, sd]) => [1, (x - mean!) / sd!],
  cdf: (x, [mean, sd]) => normalCdf((x - mean!) / sd!),
  logCdf: (x, [mean, sd]) => logNormalCdf((x - mean!) / sd!),
  logSf: (x, [mean, sd]) => logNormalUpper((x - mean!) / sd!),
  quantile: (p, [mean, sd]) => mean! + sd! * normalQuantile(p),
  mean: ([mean]) => mean!,
  variance: ([, sd]) => sd! * sd!,
  random: ([mean, sd], random) => mean! + sd! * random.normal(),
};
