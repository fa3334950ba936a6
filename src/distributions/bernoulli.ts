import { mass } from "../likelihood/mass.ts";
import { boundary } from "../likelihood/model.ts";
import { log, log1p } from "../math/elementary.ts";
import { type Family, holds, zeroOrOne } from "./family.ts";

/**
 * Bernoulli: mass prob at 1 and 1 - prob at 0. The maximum is the share of ones, on the boundary where all values are the same.
 * Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 3.
 */
export const bernoulli: Family = {
  name: "bernoulli",
  parameters: [{ name: "prob", domain: "unit" }],
  support: zeroOrOne,
  density: "prob^x (1 - prob)^(1-x), x = 0, 1",
  source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 3",
  existence: "on the boundary prob = 0 or 1 if all values are the same",
  model: mass(
    (x, [prob]) => ({
      value: logMass(x, prob!),
      score: score(x, prob!),
      information: [[x === 1 ? 1 / (prob! * prob!) : 1 / ((1 - prob!) * (1 - prob!))]],
    }),
    ({ mean }, fixed) =>
      (mean === 0 || mean === 1) && fixed[0] === undefined
        ? boundary(`All values are ${mean}: prob = ${mean}.`, [mean], 0)
        : { unit: [1], start: [mean > 0 && mean < 1 ? mean : 0.5] },
  ),
  logPdf: (x, [prob]) => (holds(zeroOrOne, x) ? logMass(x, prob!) : -Infinity),
  score: (x, [prob]) => score(x, prob!),
  slide: (x, [prob]) => [(1 - x) / (1 - prob!)],
  cdf: (x, [prob]) => (x < 0 ? 0 : x < 1 ? 1 - prob! : 1),
  logCdf: (x, [prob]) => (x < 0 ? -Infinity : x < 1 ? log1p(-prob!) : 0),
  logSf: (x, [prob]) => (x < 0 ? 0 : x < 1 ? log(prob!) : -Infinity),
  quantile: (p, [prob]) => (p <= 1 - prob! ? 0 : 1),
  mean: ([prob]) => prob!,
  variance: ([prob]) => prob! * (1 - prob!),
  random: ([prob], random) => (random.uniform() < prob! ? 1 : 0),
};

function logMass(x: number, prob: number): number {
  return x === 1 ? log(prob) : log1p(-prob);
}

function score(x: number, prob: number): number[] {
  return [x === 1 ? 1 / prob : -1 / (1 - prob)];
}
