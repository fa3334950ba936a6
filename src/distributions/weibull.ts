import { locationScale } from "../likelihood/locationScale.ts";
import { gumbelSums } from "../likelihood/standardSums.ts";
import { exp, expm1, log1p, pow } from "../math/elementary.ts";
import { lgamma } from "../math/gamma.ts";
import { log1mexpexp, logRatio } from "../math/logarithms.ts";
import { extremeValueEdf } from "../math/stephens.ts";
import { type Family, positive } from "./family.ts";

/**
 * Weibull with density (k/s) (x/s)^(k-1) e^(-(x/s)^k), k = shape, s = scale, x > 0: -log x is Gumbel with location -log s and scale 1/k.
 * One maximum, unless all x are equal (k → ∞). Weibull (1951); Johnson, Kotz & Balakrishnan (1994), ch. 21.
 */
export const weibull: Family = {
  name: "weibull",
  parameters: [
    { name: "shape", domain: "positive" },
    { name: "scale", domain: "positive" },
  ],
  support: positive,
  density: "(shape/scale) (x/scale)^(shape-1) e^(-(x/scale)^shape), x > 0",
  source: "Weibull (1951), J. Appl. Mech. 18; Johnson, Kotz & Balakrishnan (1994), ch. 21",
  existence: "not if all values are equal",
  contains: {
    exponential: { held: { shape: 1 }, at: ([rate], { shape }) => [shape!, 1 / rate!] },
    rayleigh: { held: { shape: 2 }, at: ([sigma], { shape }) => [shape!, Math.SQRT2 * sigma!] },
  },
  edf: extremeValueEdf,
  // The kernel's z is -shape log(x/scale): Gumbel quartiles.
  model: locationScale({
    kernel: "gumbel",
    ofLog: -1,
    quartiles: [-0.32663425997828094, 0.36651292058166435, 1.2458993237072384],
    sums: gumbelSums,
    steep: true,
  }),
  logPdf(x, [shape, scale]) {
    if (!(x > 0)) return -Infinity;
    const z = shape! * logRatio(x, scale!);
    const u = exp(z);
    return u === Infinity ? -Infinity : logRatio(shape!, x) + z - u;
  },
  score(x, [shape, scale]) {
    const distance = logRatio(x, scale!);
    const excess = expm1(shape! * distance);
    return [1 / shape! - distance * excess, (shape! / scale!) * excess];
  },
  slide: (x, [shape, scale]) => [(-x * logRatio(x, scale!)) / shape!, x / scale!],
  cdf: (x, [shape, scale]) => (x <= 0 ? 0 : -expm1(-pow(x / scale!, shape!))),
  logCdf: (x, [shape, scale]) => (x <= 0 ? -Infinity : log1mexpexp(shape! * logRatio(x, scale!))),
  logSf: (x, [shape, scale]) => (x <= 0 ? 0 : 0 - exp(shape! * logRatio(x, scale!))),
  quantile: (p, [shape, scale]) => scale! * pow(-log1p(-p), 1 / shape!),
  mean: ([shape, scale]) => scale! * exp(lgamma(1 + 1 / shape!)),
  variance([shape, scale]) {
    const first = lgamma(1 + 1 / shape!);
    return scale! * scale! * exp(2 * first) * expm1(lgamma(1 + 2 / shape!) - 2 * first);
  },
  random: ([shape, scale], random) => scale! * pow(random.exponential(), 1 / shape!),
};
