import { boundary, type Fixed, type Model, nonexistent, type Verdict } from "../likelihood/model.ts";
import { exponentialLimit, paretoTail, tailPeaks, tamedScale, typicalOf } from "../likelihood/paretoTail.ts";
import { pullBack } from "../likelihood/pullBack.ts";
import { exp, expm1, log, log1p } from "../math/elementary.ts";
import { log1mexp, logRatio } from "../math/logarithms.ts";
import type { Sample } from "../wasm/sample.ts";
import { type Family, nonNegative } from "./family.ts";

/** Shapes that cannot be told from infinity: the log-likelihoods differ by n / shape². */
const SHAPE_LIMIT = 1e7;

/**
 * Lomax (Pareto II) with density (shape/scale) (1 + x/scale)^(-shape-1), x >= 0: a generalised Pareto with shape parameter 1/shape and scale
 * scale/shape, in which the likelihood goes on smoothly through the exponential, shape = scale = ∞. That limit is the answer where it lies
 * higher than every maximum inside, as it does near it if the coefficient of variation is not above 1. Lomax (1954), JASA 49, 847.
 */
export const lomax: Family = {
  name: "lomax",
  parameters: [
    { name: "shape", domain: "positive" },
    { name: "scale", domain: "positive" },
  ],
  support: nonNegative,
  density: "(shape/scale) (1 + x/scale)^(-shape-1), x >= 0",
  source: "Lomax (1954), JASA 49, 847; Arnold (2015), Pareto Distributions, ch. 5",
  existence: "on the boundary shape = scale = ∞ (exponential) where the tail is not heavier; not if too many values are 0",
  contains: {
    exponential: { held: { shape: Number.POSITIVE_INFINITY }, at: ([rate], { shape }) => [shape!, shape! / rate!] },
  },
  model,
  logPdf: (x, [shape, scale]) => (x >= 0 && x < Infinity ? log(shape!) - log(scale!) - (shape! + 1) * logOnePlus(x, scale!) : -Infinity),
  score(x, [shape, scale]) {
    const y = x / scale!;
    const g = y > 1 ? 1 / (1 + 1 / y) : y / (1 + y);
    return [1 / shape! - logOnePlus(x, scale!), ((shape! + 1) * g - 1) / scale!];
  },
  slide: (x, [shape, scale]) => [(-(x + scale!) * logOnePlus(x, scale!)) / shape!, x / scale!],
  cdf: (x, [shape, scale]) => (x <= 0 ? 0 : -expm1(-shape! * logOnePlus(x, scale!))),
  logCdf(x, [shape, scale]) {
    if (x <= 0) return -Infinity;
    const hazard = shape! * logOnePlus(x, scale!);
    // Beneath the normal doubles it is its own first term.
    return hazard < 1e-290 ? log(shape!) + log(x) - log(scale!) : log1mexp(-hazard);
  },
  logSf: (x, [shape, scale]) => (x <= 0 ? 0 : -shape! * logOnePlus(x, scale!)),
  quantile: (p, [shape, scale]) => scale! * expm1(-log1p(-p) / shape!),
  mean: ([shape, scale]) => (shape! > 1 ? scale! / (shape! - 1) : Number.POSITIVE_INFINITY),
  variance: ([shape, scale]) =>
    shape! > 2 ? (scale! / (shape! - 1)) * (scale! / (shape! - 1)) * (shape! / (shape! - 2)) : Number.POSITIVE_INFINITY,
  random: ([shape, scale], random) => scale! * expm1(random.exponential() / shape!),
};

/** log(1 + x/scale), also where the quotient leaves the range of doubles. */
function logOnePlus(x: number, scale: number): number {
  const y = x / scale;
  return y < 1e300 ? log1p(y) : logRatio(x, scale);
}

function model(sample: Sample, fixed: Fixed): Model | Verdict {
  const [givenShape, givenScale] = fixed;
  if (sample.extent.max === 0 && (givenShape === undefined || givenScale === undefined)) {
    return nonexistent("All values are 0: the likelihood grows without bound as scale → 0 (with the scale fixed, as shape → ∞).");
  }
  const free = givenShape === undefined && givenScale === undefined;
  const limit = free ? exponentialLimit(sample) : undefined;
  const verdict = () =>
    boundary(
      `The tail is not heavier than exponential: the likelihood increases with shape and scale; the limit is exponential(rate = ${1 / limit!.scale}).`,
      [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
      limit!.logLik,
    );
  const peaks = free ? tailPeaks(sample, 0).peaks : [];
  const unit = typicalOf(sample);
  const evaluateOn = (rows: Sample) => (t: readonly number[]) => inShapeAndScale(rows, t[0]!, t[1]!, unit);
  const inside = (rows: Sample) => (point: readonly number[]) => paretoTail(rows, unit * exp(point[0]!), point[1]!);
  const thin = sample.thin();
  const starts = (peaks.length > 0 ? peaks : [{ scale: unit, shape: 0.5 }]).map(({ scale, shape }) => [logRatio(scale, unit), shape]);
  const shape = givenShape ?? 2;
  return {
    origin: [0, 0],
    unit: [1, unit],
    start: [shape, givenScale === undefined ? shape : 1],
    closed: true,
    evaluate: evaluateOn(sample),
    ...(thin !== sample && { coarse: evaluateOn(thin) }),
    ...(free && {
      inner: {
        start: starts[0]!,
        others: starts.slice(1),
        evaluate: inside(sample),
        ...(thin !== sample && { coarse: inside(thin) }),
        tame: ([size, tail]) => [logRatio(tamedScale(sample, unit * exp(size!), tail!), unit), tail!],
        standardised: ([size, tail]) => [1 / tail!, exp(size!) / tail!],
        slopes: ([, tail]) => [
          [0, -1 / tail!],
          [1, -1 / tail!],
        ],
      },
    }),
    nearLimit: ([a]) => free && a! > -2 && a! < 0,
    settle([a], value, { coarse, converged }) {
      if (!free) return converged || coarse ? undefined : nonexistent(ZEROS);
      if (coarse) return undefined;
      const beyond = !(a! > 0 && a! < SHAPE_LIMIT);
      if (beyond || (converged && limit!.logLik >= value)) return verdict();
      return converged ? undefined : nonexistent(ZEROS);
    },
  };
}

const ZEROS = "Values are 0: the likelihood grows without bound as scale → 0; there is no maximum elsewhere.";

/** Derivatives in the family's own parameters, scale in units. */
function inShapeAndScale(rows: Sample, shape: number, scale: number, unit: number) {
  const tail = 1 / shape;
  return pullBack(paretoTail(rows, unit * scale * tail, tail), {
    slopes: [
      [-tail, 1 / scale],
      [-tail * tail, 0],
    ],
    bends: [
      [
        [tail * tail, 0],
        [0, -1 / (scale * scale)],
      ],
      [
        [2 * tail * tail * tail, 0],
        [0, 0],
      ],
    ],
  });
}
