import { mass } from "../likelihood/mass.ts";
import { boundary } from "../likelihood/model.ts";
import { expm1 } from "../math/elementary.ts";
import { poissonTails } from "../math/saddlePoint.ts";
import {
  truncatedPoissonBend,
  truncatedPoissonLogMass,
  truncatedPoissonRate,
  truncatedPoissonSlope,
  truncatedPoissonVariate,
} from "../math/truncatedPoisson.ts";
import { truncatedAtZero, wholeValued } from "../math/wholeValued.ts";
import { type Family, holds, positiveCounts } from "./family.ts";

/**
 * Zero-truncated Poisson with mass lambda^x / (x! (e^lambda - 1)), x = 1, 2, …: the maximum solves lambda / (1 - e^(-lambda)) = mean(x),
 * lambda = m + W(-m e^(-m)) with Lambert's W. All ones put it on the boundary, lambda = 0. Johnson, Kemp & Kotz (2005), ch. 4.10.
 */
export const zeroTruncatedPoisson: Family = {
  name: "zeroTruncatedPoisson",
  parameters: [{ name: "lambda", domain: "positive" }],
  support: positiveCounts,
  density: "lambda^x / (x! (e^lambda - 1)), x = 1, 2, …",
  source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 4.10",
  existence: "on the boundary lambda = 0 if every value is 1",
  model: mass(
    (x, [lambda]) => ({
      value: truncatedPoissonLogMass(x, lambda!),
      score: score(x, lambda!),
      information: [[(x - 1) / lambda! / lambda! + truncatedPoissonBend(lambda!)]],
    }),
    ({ mean, max }, fixed) => {
      if (max === 1 && fixed[0] === undefined) return boundary("All values are 1: lambda = 0, where the mass of 1 is 1.", [0], 0);
      return { unit: [truncatedPoissonRate(mean) || 1], start: [1] };
    },
  ),
  logPdf: (x, [lambda]) => (holds(positiveCounts, x) ? truncatedPoissonLogMass(x, lambda!) : -Infinity),
  score: (x, [lambda]) => score(x, lambda!),
  ...wholeValued(1, (k, [lambda]) => truncatedAtZero(poissonTails(k, lambda!), -lambda!)),
  mean: ([lambda]) => lambda! / -expm1(-lambda!),
  variance: ([lambda]) => (lambda! / -expm1(-lambda!)) * lambda! * (1 - truncatedPoissonSlope(lambda!)),
  random: ([lambda], random) => truncatedPoissonVariate(lambda!, random),
};

function score(x: number, lambda: number): number[] {
  return [(x - 1) / lambda - truncatedPoissonSlope(lambda)];
}
