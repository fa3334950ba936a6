import { poissonTerm } from "../likelihood/countTerms.ts";
import { mass } from "../likelihood/mass.ts";
import { boundary } from "../likelihood/model.ts";
import { poissonLogMass, poissonTails } from "../math/saddlePoint.ts";
import { wholeValued } from "../math/wholeValued.ts";
import { counts, type Family, holds } from "./family.ts";

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
  slide: () => [1],
  ...wholeValued(0, (k, [lambda]) => poissonTails(k, lambda!)),
  mean: ([lambda]) => lambda!,
  variance: ([lambda]) => lambda!,
  random: ([lambda], random) => random.poisson(lambda!),
};
