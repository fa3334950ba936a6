import { mass } from "../likelihood/mass.ts";
import { boundary } from "../likelihood/model.ts";
import { expm1, log, log1p } from "../math/elementary.ts";
import { log1mexp } from "../math/logarithms.ts";
import { counts, type Family, holds } from "./family.ts";

/**
 * Geometric: failures before the first success, mass prob (1 - prob)^x, x = 0, 1, …: the maximum is prob = 1 / (1 + mean(x)). All zeros
 * put it on the boundary, prob = 1. Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 5.
 */
export const geometric: Family = {
  name: "geometric",
  parameters: [{ name: "prob", domain: "unit" }],
  support: counts,
  density: "prob (1 - prob)^x, x = 0, 1, …",
  source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 5",
  existence: "on the boundary prob = 1 if every value is 0",
  model: mass(
    (x, [prob]) => ({
      value: logMass(x, prob!),
      score: score(x, prob!),
      information: [[1 / (prob! * prob!) + x / ((1 - prob!) * (1 - prob!))]],
    }),
    ({ mean }, fixed) =>
      mean === 0 && fixed[0] === undefined
        ? boundary("All values are 0: prob = 1.", [1], 0)
        : { unit: [1], start: [1 / (1 + (mean || 1))] },
  ),
  logPdf: (x, [prob]) => (holds(counts, x) ? logMass(x, prob!) : -Infinity),
  score: (x, [prob]) => score(x, prob!),
  slide: (x, [prob]) => [-(x + 1) / prob!],
  cdf: (x, [prob]) => (x < 0 ? 0 : -expm1((Math.floor(x) + 1) * log1p(-prob!))),
  logCdf: (x, [prob]) => (x < 0 ? -Infinity : log1mexp((Math.floor(x) + 1) * log1p(-prob!))),
  logSf: (x, [prob]) => (x < 0 ? 0 : (Math.floor(x) + 1) * log1p(-prob!)),
  quantile(p, [prob]) {
    if (p === 1) return Number.POSITIVE_INFINITY;
    const x = Math.max(0, Math.ceil(log1p(-p) / log1p(-prob!) - 1));
    // The ceiling of a rounded quotient may be one off on either side.
    const reaches = (k: number) => -expm1((k + 1) * log1p(-prob!)) >= p;
    return x > 0 && reaches(x - 1) ? x - 1 : reaches(x) ? x : x + 1;
  },
  mean: ([prob]) => (1 - prob!) / prob!,
  variance: ([prob]) => (1 - prob!) / (prob! * prob!),
  random: ([prob], random) => Math.floor(-random.exponential() / log1p(-prob!)),
};

function logMass(x: number, prob: number): number {
  return log(prob) + (x === 0 ? 0 : x * log1p(-prob));
}

function score(x: number, prob: number): number[] {
  return [1 / prob - x / (1 - prob)];
}
