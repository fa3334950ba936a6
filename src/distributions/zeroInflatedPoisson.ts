import { inflated, poissonTerm } from "../likelihood/countTerms.ts";
import { mass } from "../likelihood/mass.ts";
import { boundary } from "../likelihood/model.ts";
import { onlyZeros, zeroInflatedPoissonMaximum } from "../likelihood/zeroInflation.ts";
import { poissonTails } from "../math/saddlePoint.ts";
import { inflatedAtZero, wholeValued } from "../math/wholeValued.ts";
import { counts, type Family, holds } from "./family.ts";

/**
 * Zero-inflated Poisson: 0 with probability pi, else Poisson; mass pi [x = 0] + (1 - pi) lambda^x e^(-lambda) / x!. The maximum has the
 * truncated Poisson's lambda of the positive values and pi = 1 - (share of positive values) / (1 - e^(-lambda)). Where that is not
 * positive, there are fewer zeros than a Poisson has: the maximum lies on the boundary pi = 0. Lambert (1992), Technometrics 34, 1.
 */
export const zeroInflatedPoisson: Family = {
  name: "zeroInflatedPoisson",
  parameters: [
    { name: "lambda", domain: "positive" },
    { name: "pi", domain: "unit" },
  ],
  support: counts,
  density: "pi [x = 0] + (1 - pi) lambda^x e^(-lambda) / x!, x = 0, 1, …",
  source: "Lambert (1992), Technometrics 34, 1; Johnson, Kemp & Kotz (2005), ch. 4.10 and 8.2",
  existence: "on the boundary pi = 0 (Poisson) if there are no more zeros than a Poisson has",
  contains: {
    poisson: { held: { pi: 0 }, at: ([lambda], { pi }) => [lambda!, pi!] },
  },
  model: mass(inflated(poissonTerm), (data, fixed) => {
    if (data.max === 0) return onlyZeros(fixed, 0) ?? { unit: [1, 1], start: [1, 0.5] };
    const { lambda, pi, logLik } = zeroInflatedPoissonMaximum(data, fixed[0], fixed[1]);
    if (pi === 0) return boundary("There are no more zeros than a Poisson has: pi = 0, the limit is poisson(lambda).", [lambda, 0], logLik);
    return { unit: [lambda, 1], start: [1, pi] };
  }),
  logPdf: (x, theta) => (holds(counts, x) ? term(x, theta).value : -Infinity),
  score: (x, theta) => [...term(x, theta).score],
  ...wholeValued(0, (k, [lambda, pi]) => inflatedAtZero(poissonTails(k, lambda!), pi!)),
  mean: ([lambda, pi]) => (1 - pi!) * lambda!,
  variance: ([lambda, pi]) => (1 - pi!) * lambda! * (1 + pi! * lambda!),
  random: ([lambda, pi], random) => (random.uniform() < pi! ? 0 : random.poisson(lambda!)),
};

const term = inflated(poissonTerm);
