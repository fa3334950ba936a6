import { gaussian } from "../likelihood/gaussian.ts";
import { exp, expm1, log } from "../math/elementary.ts";
import { logNormalCdf, logNormalUpper, normalCdf, normalQuantile } from "../math/normal.ts";
import { normalEdf } from "../math/stephens.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import { type Family, positive } from "./family.ts";

/**
 * Lognormal: log x is normal with mean meanlog and standard deviation sdlog. The maximum is the mean and the (1/n) standard deviation
 * of log x. No maximum where all x are equal. Johnson, Kotz & Balakrishnan (1994), ch. 14.
 */
export const lognormal: Family = {
  name: "lognormal",
  parameters: [
    { name: "meanlog", domain: "real" },
    { name: "sdlog", domain: "positive" },
  ],
  support: positive,
  density: "e^(-((log x - meanlog)/sdlog)²/2) / (x sdlog sqrt(2 pi)), x > 0",
  source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 14",
  existence: "not if all values are equal",
  edf: normalEdf,
  model: gaussian("log x", ["meanlog", "sdlog"]),
  logPdf(x, [meanlog, sdlog]) {
    if (!(x > 0)) return -Infinity;
    const z = (log(x) - meanlog!) / sdlog!;
    return -HALF_LOG_2PI - log(sdlog!) - log(x) - 0.5 * z * z;
  },
  score(x, [meanlog, sdlog]) {
    const z = (log(x) - meanlog!) / sdlog!;
    return [z / sdlog!, (z * z - 1) / sdlog!];
  },
  slide: (x, [meanlog, sdlog]) => [x, (x * (log(x) - meanlog!)) / sdlog!],
  cdf: (x, [meanlog, sdlog]) => (x <= 0 ? 0 : normalCdf((log(x) - meanlog!) / sdlog!)),
  logCdf: (x, [meanlog, sdlog]) => (x <= 0 ? -Infinity : logNormalCdf((log(x) - meanlog!) / sdlog!)),
  logSf: (x, [meanlog, sdlog]) => (x <= 0 ? 0 : logNormalUpper((log(x) - meanlog!) / sdlog!)),
  quantile: (p, [meanlog, sdlog]) => exp(meanlog! + sdlog! * normalQuantile(p)),
  mean: ([meanlog, sdlog]) => exp(meanlog! + (sdlog! * sdlog!) / 2),
  variance: ([meanlog, sdlog]) => expm1(sdlog! * sdlog!) * exp(2 * meanlog! + sdlog! * sdlog!),
  random: ([meanlog, sdlog], random) => exp(meanlog! + sdlog! * random.normal()),
};
