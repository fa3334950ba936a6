import { locationScale } from "../likelihood/locationScale.ts";
import { gumbelSums } from "../likelihood/standardSums.ts";
import { exp, expm1, log } from "../math/elementary.ts";
import { lgamma } from "../math/gamma.ts";
import { log1mexp, logRatio } from "../math/logarithms.ts";
import { extremeValueEdf } from "../math/stephens.ts";
import { type Family, positive } from "./family.ts";

/**
 * Fréchet (inverse Weibull) with density (k/s) (x/s)^(-k-1) e^(-(x/s)^(-k)), k = shape, s = scale, x > 0: log x is Gumbel with location
 * log s and scale 1/k. One maximum, unless all x are equal (k → ∞). Fréchet (1927); Johnson, Kotz & Balakrishnan (1995), ch. 22.
 */
export const frechet: Family = {
  name: "frechet",
  parameters: [
    { name: "shape", domain: "positive" },
    { name: "scale", domain: "positive" },
  ],
  support: positive,
  density: "(shape/scale) (x/scale)^(-shape-1) e^(-(x/scale)^(-shape)), x > 0",
  source: "Fréchet (1927), Ann. Soc. Polon. Math. 6; Johnson, Kotz & Balakrishnan (1995), ch. 22",
  existence: "not if all values are equal",
  edf: extremeValueEdf,
  // The kernel's z is shape log(x/scale): Gumbel quartiles.
  model: locationScale({
    kernel: "gumbel",
    ofLog: 1,
    quartiles: [-0.32663425997828094, 0.36651292058166435, 1.2458993237072384],
    sums: gumbelSums,
    steep: true,
  }),
  logPdf(x, [shape, scale]) {
    if (!(x > 0) || x === Infinity) return -Infinity;
    const z = shape! * logRatio(x, scale!);
    const u = exp(-z);
    return u === Infinity ? -Infinity : log(shape!) - log(x) - z - u;
  },
  score(x, [shape, scale]) {
    const distance = logRatio(x, scale!);
    const excess = expm1(-shape! * distance);
    return [1 / shape! + distance * excess, (-shape! / scale!) * excess];
  },
  slide: (x, [shape, scale]) => [(-x * logRatio(x, scale!)) / shape!, x / scale!],
  cdf: (x, [shape, scale]) => (x <= 0 ? 0 : exp(-exp(-shape! * logRatio(x, scale!)))),
  logCdf: (x, [shape, scale]) => (x <= 0 ? -Infinity : -exp(-shape! * logRatio(x, scale!))),
  logSf(x, [shape, scale]) {
    if (x <= 0) return 0;
    const z = shape! * logRatio(x, scale!);
    return z > 40 ? -z : log1mexp(-exp(-z));
  },
  quantile: (p, [shape, scale]) => scale! * exp(-log(-log(p)) / shape!),
  mean: ([shape, scale]) => (shape! > 1 ? scale! * exp(lgamma(1 - 1 / shape!)) : Infinity),
  variance([shape, scale]) {
    if (!(shape! > 2)) return Infinity;
    const first = lgamma(1 - 1 / shape!);
    return scale! * scale! * exp(2 * first) * expm1(lgamma(1 - 2 / shape!) - 2 * first);
  },
  random: ([shape, scale], random) => Math.min(scale! * exp(-log(random.exponential()) / shape!), Number.MAX_VALUE),
};
