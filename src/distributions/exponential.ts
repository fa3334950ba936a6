import { nonexistent } from "../likelihood/model.ts";
import { mean } from "../likelihood/statistics.ts";
import { expm1, log, log1p } from "../math/elementary.ts";
import { logOneMinusExp } from "../math/logarithms.ts";
import { exponentialEdf } from "../math/stephens.ts";
import { type Family, nonNegative } from "./family.ts";

/**
 * Exponential with density rate e^(-rate x), x >= 0. The log-likelihood n log(rate) - rate sum(x) is concave in the rate and its
 * derivative n / rate - sum(x) is zero at rate = 1 / mean(x), with standard error rate / sqrt(n). No maximum where every x is 0.
 * Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 19.
 */
export const exponential: Family = {
  name: "exponential",
  parameters: [{ name: "rate", domain: "positive" }],
  support: nonNegative,
  density: "rate e^(-rate x), x >= 0",
  source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 19",
  existence: "not if every value is 0",
  edf: exponentialEdf,
  model(sample, fixed) {
    const average = mean(sample);
    const n = sample.weight;
    if (average === 0 && fixed[0] === undefined) return nonexistent("All values are 0: the likelihood grows without bound as rate → ∞.");
    const scale = average > 0 ? average : 1;
    const ratio = average / scale;
    return {
      origin: [0],
      unit: [1 / scale],
      start: [1],
      evaluate([rate]) {
        return {
          value: n * (log(rate!) - rate! * ratio - log(scale)),
          score: [n / rate! - n * ratio],
          information: [[n / (rate! * rate!)]],
        };
      },
    };
  },
  logPdf: (x, [rate]) => (x < 0 ? -Infinity : log(rate!) - rate! * x),
  score: (x, [rate]) => [1 / rate! - x],
  slide: (x, [rate]) => [-x / rate!],
  cdf: (x, [rate]) => (x <= 0 ? 0 : -expm1(-rate! * x)),
  logCdf: (x, [rate]) => (x <= 0 ? -Infinity : logOneMinusExp(rate!, x)),
  logSf: (x, [rate]) => (x <= 0 ? 0 : -rate! * x),
  quantile: (p, [rate]) => -log1p(-p) / rate!,
  mean: ([rate]) => 1 / rate!,
  variance: ([rate]) => 1 / (rate! * rate!),
  random: ([rate], random) => random.exponential() / rate!,
};
