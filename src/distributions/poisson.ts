import { poissonTerm } from "../likelihood/countTerms.ts";
import { mass } from "../likelihood/mass.ts";
import { boundary } from "../likelihood/model.ts";
import { gammaQ, logGammaP, logGammaQ } from "../math/incompleteGamma.ts";
import { smallestInteger } from "../math/roots.ts";
import { poissonLogMass } from "../math/saddlePoint.ts";
import { counts, type Family, holds } from "./family.ts";

/** Counts above it are taken as it: nothing of the distribution is left there, and infinity has no incomplete gamma function. */
const LARGEST = 1e300;

/**
 * Poisson with mass lambda^x e^(-lambda) / x!, x = 0, 1, …: the maximum is lambda = mean(x), with standard error sqrt(lambda / n). All
 * zeros put it on the boundary, lambda = 0. Log-mass in Loader's saddle-point form (2000, Fast and accurate computation of binomial
 * probabilities), which keeps its digits for large lambda. Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 4.
 */
export const poisson: Family = {
  name: "poisson",
  parameters: [{ name: "lambda", domain: "positive" }],
  support: counts,
  density: "lambda^x e^(-lambda) / x!, x = 0, 1, …",
  source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 4; Loader (2000)",
  existence: "on the boundary lambda = 0 if every value is 0",
  model: mass(poissonTerm, ({ mean }, fixed) =>
    mean === 0 && fixed[0] === undefined
      ? boundary("All values are 0: lambda = 0, where the mass of 0 is 1.", [0], 0)
      : { unit: [mean || 1], start: [1] },
  ),
  logPdf: (x, [lambda]) => (holds(counts, x) ? poissonLogMass(x, lambda!) : -Infinity),
  score: (x, [lambda]) => [x / lambda! - 1],
  cdf: (x, [lambda]) => (x < 0 ? 0 : gammaQ(Math.min(Math.floor(x), LARGEST) + 1, lambda!)),
  logCdf: (x, [lambda]) => (x < 0 ? -Infinity : logGammaQ(Math.min(Math.floor(x), LARGEST) + 1, lambda!)),
  logSf: (x, [lambda]) => (x < 0 ? 0 : x === Infinity ? -Infinity : logGammaP(Math.min(Math.floor(x), LARGEST) + 1, lambda!)),
  quantile: (p, [lambda]) =>
    p >= 1 ? Number.POSITIVE_INFINITY : smallestInteger((x) => gammaQ(x + 1, lambda!) >= p, Math.floor(lambda!), 0),
  mean: ([lambda]) => lambda!,
  variance: ([lambda]) => lambda!,
  random: ([lambda], random) => random.poisson(lambda!),
};
