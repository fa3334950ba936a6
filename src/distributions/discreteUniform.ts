import { boundary, nonexistent } from "../likelihood/model.ts";
import { log, log1p } from "../math/elementary.ts";
import { type Family, whole } from "./family.ts";

/**
 * Discrete uniform on the whole numbers from min to max, mass 1 / (max - min + 1). The likelihood has no stationary point: its maximum
 * lies at the smallest and the largest observation, on the boundary of what the data allow, so standard errors from curvature do not
 * exist. Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 6.10.1.
 */
export const discreteUniform: Family = {
  name: "discreteUniform",
  parameters: [
    { name: "min", domain: "whole" },
    { name: "max", domain: "whole", above: "min" },
  ],
  support: whole,
  density: "1 / (max - min + 1), x = min, …, max",
  source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 6.10.1",
  existence: "the maximum lies at the extreme observations",
  model(sample, fixed) {
    const { min, max } = sample.extent;
    const low = fixed[0] ?? min;
    const high = fixed[1] ?? max;
    if (low > min || high < max) {
      return nonexistent(`The fixed bounds leave out observations (from ${min} to ${max}): the likelihood is 0.`, undefined, -Infinity);
    }
    return boundary("The maximum lies at the smallest and the largest observation.", [low, high], -sample.weight * logCount(low, high));
  },
  logPdf: (x, [min, max]) => (Number.isInteger(x) && x >= min! && x <= max! ? -logCount(min!, max!) : -Infinity),
  score: (_, [min, max]) => [1 / (max! - min! + 1), -1 / (max! - min! + 1)],
  cdf: (x, [min, max]) => shareUpTo(Math.floor(x), min!, max!),
  logCdf: (x, [min, max]) => logShareUpTo(Math.floor(x), min!, max!),
  logSf: (x, [min, max]) => logShareUpTo(-Math.floor(x) - 1, -max!, -min!),
  quantile: (p, [min, max]) => {
    const count = max! - min! + 1;
    const k = Math.min(count, Math.max(1, Math.ceil(p * count)));
    // The product is rounded: its ceiling may be one off on either side.
    return min! - 1 + (k > 1 && (k - 1) / count >= p ? k - 1 : k < count && k / count < p ? k + 1 : k);
  },
  mean: ([min, max]) => min! / 2 + max! / 2,
  variance: ([min, max]) => ((max! - min!) * (max! - min! + 2)) / 12,
  random: ([min, max], random) => min! + Math.floor((max! - min! + 1) * random.uniform()),
};

/** log(max - min + 1), halved first, so that the width of a column that spans all doubles does not overflow. */
function logCount(min: number, max: number): number {
  const half = max / 2 - min / 2;
  return half < 1e15 ? log1p(2 * half) : log(half) + log(2);
}

/** P(X <= x) for a whole x. */
function shareUpTo(x: number, min: number, max: number): number {
  return Math.min(1, Math.max(0, (x - min + 1) / (max - min + 1)));
}

function logShareUpTo(x: number, min: number, max: number): number {
  const share = shareUpTo(x, min, max);
  return share < 0.5 ? log(share) : log1p(-shareUpTo(-x - 1, -max, -min));
}
