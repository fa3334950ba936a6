import { locationScale } from "../likelihood/locationScale.ts";
import { logisticSums } from "../likelihood/standardSums.ts";
import { exp, log, log1p } from "../math/elementary.ts";
import { log1pexp } from "../math/logarithms.ts";
import { type Family, real } from "./family.ts";

/**
 * Logistic with density e^(-z) / (scale (1 + e^(-z))²), z = (x - location) / scale. The log-likelihood is concave in
 * (location / scale, 1 / scale): one maximum, unless all x are equal. Johnson, Kotz & Balakrishnan (1995), ch. 23.
 */
export const logistic: Family = {
  name: "logistic",
  parameters: [
    { name: "location", domain: "real", shifts: true },
    { name: "scale", domain: "positive" },
  ],
  support: real,
  density: "e^(-z) / (scale (1 + e^(-z))²), z = (x - location) / scale",
  source: "Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 23; Burridge (1981) for concavity",
  existence: "not if all values are equal",
  model: locationScale({ kernel: "logistic", quartiles: [-1.0986122886681098, 0, 1.0986122886681098], sums: logisticSums }),
  logPdf(x, [location, scale]) {
    const z = Math.abs(x - location!) / scale!;
    return -z - log(scale!) - 2 * log1p(exp(-z));
  },
  score(x, [location, scale]) {
    const z = (x - location!) / scale!;
    const psi = tanhHalf(z);
    return [psi / scale!, (z * psi - 1) / scale!];
  },
  slide: (x, [location, scale]) => [1, (x - location!) / scale!],
  cdf(x, [location, scale]) {
    const z = (x - location!) / scale!;
    return z < 0 ? exp(z) / (1 + exp(z)) : 1 / (1 + exp(-z));
  },
  logCdf: (x, [location, scale]) => 0 - log1pexp((location! - x) / scale!),
  logSf: (x, [location, scale]) => 0 - log1pexp((x - location!) / scale!),
  quantile: (p, [location, scale]) => location! + scale! * (log(p) - log1p(-p)),
  mean: ([location]) => location!,
  variance: ([, scale]) => (Math.PI * Math.PI * scale! * scale!) / 3,
  random: ([location, scale], random) => {
    const u = random.uniform();
    return location! + scale! * (log(u) - log1p(-u));
  },
};

function tanhHalf(z: number): number {
  const u = exp(-Math.abs(z));
  return (Math.sign(z) * (1 - u)) / (1 + u);
}
