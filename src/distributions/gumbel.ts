import { locationScale } from "../likelihood/locationScale.ts";
import { gumbelSums } from "../likelihood/standardSums.ts";
import { exp, log } from "../math/elementary.ts";
import { log1mexpexp } from "../math/logarithms.ts";
import { extremeValueEdf } from "../math/stephens.ts";
import { type Family, real } from "./family.ts";

const EULER = 0.5772156649015329;

/**
 * Gumbel (extreme value type I, for maxima) with density e^(-z - e^(-z)) / scale, z = (x - location) / scale. One maximum, unless all x
 * are equal. Gumbel (1958), Statistics of Extremes; Johnson, Kotz & Balakrishnan (1995), ch. 22.
 */
export const gumbel: Family = {
  name: "gumbel",
  parameters: [
    { name: "location", domain: "real", shifts: true },
    { name: "scale", domain: "positive" },
  ],
  support: real,
  density: "e^(-z - e^(-z)) / scale, z = (x - location) / scale",
  source: "Gumbel (1958), Statistics of Extremes; Johnson, Kotz & Balakrishnan (1995), ch. 22",
  existence: "not if all values are equal",
  edf: extremeValueEdf,
  // Quartiles of the standard Gumbel: -log(-log p).
  model: locationScale({
    kernel: "gumbel",
    quartiles: [-0.32663425997828094, 0.36651292058166435, 1.2458993237072384],
    sums: gumbelSums,
    steep: true,
  }),
  logPdf(x, [location, scale]) {
    const z = (x - location!) / scale!;
    const u = exp(-z);
    return u === Infinity ? -Infinity : -z - u - log(scale!);
  },
  score(x, [location, scale]) {
    const z = (x - location!) / scale!;
    const psi = 1 - exp(-z);
    return [psi / scale!, (z * psi - 1) / scale!];
  },
  slide: (x, [location, scale]) => [1, (x - location!) / scale!],
  cdf: (x, [location, scale]) => exp(-exp(-(x - location!) / scale!)),
  logCdf: (x, [location, scale]) => 0 - exp(-(x - location!) / scale!),
  logSf: (x, [location, scale]) => log1mexpexp(-(x - location!) / scale!),
  quantile: (p, [location, scale]) => location! - scale! * log(-log(p)),
  mean: ([location, scale]) => location! + EULER * scale!,
  variance: ([, scale]) => (Math.PI * Math.PI * scale! * scale!) / 6,
  random: ([location, scale], random) => location! - scale! * log(random.exponential()),
};
