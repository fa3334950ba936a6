import { locationScale } from "../likelihood/locationScale.ts";
import { logisticSums } from "../likelihood/standardSums.ts";
import { exp, log, log1p, pow } from "../math/elementary.ts";
import { log1pexp, logRatio } from "../math/logarithms.ts";
import { sinpi } from "../math/trig.ts";
import { type Family, positive } from "./family.ts";

/**
 * Log-logistic (Fisk) with density (k/s) (x/s)^(k-1) / (1 + (x/s)^k)², k = shape, s = scale: log x is logistic with location log s and
 * scale 1/k. One maximum, unless all x are equal. Johnson, Kotz & Balakrishnan (1995), ch. 23.
 */
export const loglogistic: Family = {
  name: "loglogistic",
  parameters: [
    { name: "shape", domain: "positive" },
    { name: "scale", domain: "positive" },
  ],
  support: positive,
  density: "(shape/scale) (x/scale)^(shape-1) / (1 + (x/scale)^shape)², x > 0",
  source: "Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 23",
  existence: "not if all values are equal",
  model: locationScale({ kernel: "logistic", ofLog: 1, quartiles: [-1.0986122886681098, 0, 1.0986122886681098], sums: logisticSums }),
  logPdf(x, [shape, scale]) {
    if (!(x > 0)) return -Infinity;
    const z = Math.abs(shape! * logRatio(x, scale!));
    return log(shape!) - log(x) - z - 2 * log1p(exp(-z));
  },
  score(x, [shape, scale]) {
    const z = shape! * logRatio(x, scale!);
    const u = exp(-Math.abs(z));
    const psi = (Math.sign(z) * (1 - u)) / (1 + u);
    return [(1 - z * psi) / shape!, (shape! * psi) / scale!];
  },
  slide: (x, [shape, scale]) => [(-x * logRatio(x, scale!)) / shape!, x / scale!],
  cdf(x, [shape, scale]) {
    if (x <= 0) return 0;
    const z = shape! * logRatio(x, scale!);
    return z < 0 ? exp(z) / (1 + exp(z)) : 1 / (1 + exp(-z));
  },
  logCdf: (x, [shape, scale]) => (x <= 0 ? -Infinity : 0 - log1pexp(-shape! * logRatio(x, scale!))),
  logSf: (x, [shape, scale]) => (x <= 0 ? 0 : 0 - log1pexp(shape! * logRatio(x, scale!))),
  quantile: (p, [shape, scale]) => scale! * exp((log(p) - log1p(-p)) / shape!),
  mean: ([shape, scale]) => (shape! > 1 ? (scale! * Math.PI) / shape! / sinpi(1 / shape!) : Number.POSITIVE_INFINITY),
  variance([shape, scale]) {
    if (!(shape! > 2)) return Number.POSITIVE_INFINITY;
    const b = Math.PI / shape!;
    return scale! * scale! * ((2 * b) / sinpi(2 / shape!) - (b / sinpi(1 / shape!)) * (b / sinpi(1 / shape!)));
  },
  random: ([shape, scale], random) => {
    const u = random.uniform();
    return scale! * pow(u / (1 - u), 1 / shape!);
  },
};
