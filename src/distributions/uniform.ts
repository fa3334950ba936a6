import { boundary, nonexistent } from "../likelihood/model.ts";
import { log, log1p } from "../math/elementary.ts";
import { logRatio } from "../math/logarithms.ts";
import { type Family, real } from "./family.ts";

/**
 * Uniform with density 1 / (max - min) on [min, max]. The likelihood (max - min)^(-n) has no stationary point: its maximum lies at the
 * smallest and the largest observation, on the boundary of what the data allow, so standard errors from curvature do not exist
 * (max(x) - max is of order 1/n, not 1/sqrt(n)). No maximum where all x are equal. Johnson, Kotz & Balakrishnan (1995), ch. 26.
 */
export const uniform: Family = {
  name: "uniform",
  parameters: [
    { name: "min", domain: "real", shifts: true, rough: "lower" },
    { name: "max", domain: "real", shifts: true, rough: "upper", above: "min" },
  ],
  support: real,
  density: "1 / (max - min), min <= x <= max",
  source: "Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 26",
  existence: "not if all values are equal; the maximum lies at the extreme observations",
  model(sample, fixed) {
    const low = fixed[0] ?? sample.extent.min;
    const high = fixed[1] ?? sample.extent.max;
    if (low > sample.extent.min || high < sample.extent.max) {
      return nonexistent(
        `The fixed bounds leave out observations (from ${sample.extent.min} to ${sample.extent.max}): the likelihood is 0.`,
        undefined,
        -Infinity,
      );
    }
    if (low === high) return nonexistent("All values are equal: the likelihood grows without bound as max - min → 0.");
    // Halved first, so that the width of a column that spans all doubles does not overflow.
    const logWidth = log(high / 2 - low / 2) + log(2);
    return boundary("The maximum lies at the smallest and the largest observation.", [low, high], -sample.weight * logWidth);
  },
  logPdf: (x, [min, max]) => (x < min! || x > max! ? -Infinity : -log(max! - min!)),
  score: (_, [min, max]) => [1 / (max! - min!), -1 / (max! - min!)],
  cdf: (x, [min, max]) => Math.min(1, Math.max(0, (x - min!) / (max! - min!))),
  logCdf: (x, [min, max]) => logShare(x - min!, max! - x, max! - min!),
  logSf: (x, [min, max]) => logShare(max! - x, x - min!, max! - min!),
  quantile: (p, [min, max]) => min! + p * (max! - min!),
  mean: ([min, max]) => min! / 2 + max! / 2,
  variance: ([min, max]) => ((max! - min!) * (max! - min!)) / 12,
  random: ([min, max], random) => min! + (max! - min!) * random.uniform(),
};

/** logRatio(part, width) from the part and the rest, the smaller of which is exact. */
function logShare(part: number, rest: number, width: number): number {
  if (part <= 0 || rest <= 0) return part <= 0 ? -Infinity : 0;
  return rest < part ? log1p(-rest / width) : logRatio(part, width);
}
