import { mass } from "../likelihood/mass.ts";
import { boundary } from "../likelihood/model.ts";
import { log } from "../math/elementary.ts";
import { lbeta, lgamma1p, lgammaDifference } from "../math/gamma.ts";
import { log1mexp } from "../math/logarithms.ts";
import { digammaDifference, trigammaDifference } from "../math/polygamma.ts";
import { fromUpper, wholeValued } from "../math/wholeValued.ts";
import { type Family, holds, positiveCounts } from "./family.ts";

/**
 * Yule–Simon with mass rho B(x, rho + 1), x = 1, 2, …: a geometric whose success probability is e^(-W), W exponential with rate rho. The
 * log-likelihood is concave in log rho; all ones put the maximum on the boundary, rho = ∞. Simon (1955), Biometrika 42, 425.
 */
export const yuleSimon: Family = {
  name: "yuleSimon",
  parameters: [{ name: "rho", domain: "positive" }],
  support: positiveCounts,
  density: "rho B(x, rho + 1), x = 1, 2, …",
  source: "Simon (1955), Biometrika 42, 425; Johnson, Kemp & Kotz (2005), ch. 6.10.3",
  existence: "on the boundary rho = ∞ if every value is 1",
  model: mass(
    (x, [rho]) => ({
      value: logMass(x, rho!),
      score: score(x, rho!),
      information: [[1 / (rho! * rho!) + trigammaDifference(rho! + 1, x)]],
    }),
    ({ mean, max }, fixed) => {
      if (max === 1 && fixed[0] === undefined) {
        return boundary("All values are 1: the likelihood increases with rho; the limit has all mass on 1.", [Number.POSITIVE_INFINITY], 0);
      }
      return { unit: [1], start: [mean > 1 ? mean / (mean - 1) : 1] };
    },
  ),
  logPdf: (x, [rho]) => (holds(positiveCounts, x) ? logMass(x, rho!) : -Infinity),
  score: (x, [rho]) => score(x, rho!),
  ...wholeValued(1, (k, [rho]) => fromUpper(logUpper(k, rho!))),
  mean: ([rho]) => (rho! > 1 ? rho! / (rho! - 1) : Number.POSITIVE_INFINITY),
  variance: ([rho]) => (rho! > 2 ? (rho! / (rho! - 1)) * (rho! / (rho! - 1) / (rho! - 2)) : Number.POSITIVE_INFINITY),
  random([rho], random) {
    const w = random.exponential() / rho!;
    // Counts beyond the doubles are drawn as the largest.
    return Math.min(Number.MAX_VALUE, 1 + Math.floor(-random.exponential() / log1mexp(-w)));
  },
};

function logMass(x: number, rho: number): number {
  return log(rho) + lbeta(x, rho + 1);
}

function score(x: number, rho: number): number[] {
  return [1 / rho - digammaDifference(rho + 1, x)];
}

/** log(k B(k, rho + 1)), in the form whose parts do not cancel. */
function logUpper(k: number, rho: number): number {
  return rho < k ? lgamma1p(rho) - lgammaDifference(k + 1, rho) : log(k) + lbeta(k, rho + 1);
}
