import { framedJacobian, type LogFrame, logFrame } from "../likelihood/logFrame.ts";
import { boundary, type Evaluation, type Fixed, type Inner, type Model, nonexistent, type Verdict } from "../likelihood/model.ts";
import { lognormalOf, prentice } from "../likelihood/prentice.ts";
import { pullBack } from "../likelihood/pullBack.ts";
import { stacyCoordinates } from "../likelihood/stacyCoordinates.ts";
import { shapeAlone } from "../likelihood/stacyShape.ts";
import { type StacyStart, stacyStarts } from "../likelihood/stacyStarts.ts";
import { logMoments, meanLogRatio } from "../likelihood/statistics.ts";
import { exp, log, pow } from "../math/elementary.ts";
import { lgamma, lgamma1p, lgammaDifference } from "../math/gamma.ts";
import { gammaP, gammaQuantile, logGammaP, logGammaQ } from "../math/incompleteGamma.ts";
import { logRatio } from "../math/logarithms.ts";
import { digamma } from "../math/polygamma.ts";
import { deviance, HALF_LOG_2PI, stirlingError } from "../math/stirling.ts";
import type { Sample } from "../wasm/sample.ts";
import { type Family, positive } from "./family.ts";

/** Shapes that cannot be told from infinity, and from 0. */
const SHAPE_LIMIT = 1e8;
const SHAPE_LEAST = 1e-6;

/** Scales, in medians of x, below which their variance is no double. */
const SCALE_LEAST = 1e-100;

/**
 * Generalised gamma (Stacy) with density power / (scale Gamma(shape)) (x/scale)^(shape power - 1) e^(-(x/scale)^power), x > 0. Iterated in
 * Prentice's parameters, Q = 1/sqrt(shape), in which the ridge is straight and the likelihood goes on smoothly through Q = 0, the lognormal
 * (shape → ∞, power → 0). The other limit is a power function on (0, max(x)) (shape → 0, power → ∞). Whichever is higher than every
 * maximum inside is the answer. Stacy (1962), Ann. Math. Statist. 33, 1187; Prentice (1974), Biometrika 61, 539; Lawless (1980),
 * Technometrics 22, 409.
 */
export const generalizedGamma: Family = {
  name: "generalizedGamma",
  parameters: [
    { name: "scale", domain: "positive" },
    { name: "shape", domain: "positive", usual: [0.6, 2] },
    { name: "power", domain: "positive" },
  ],
  support: positive,
  density: "power / (scale Gamma(shape)) (x/scale)^(shape power - 1) e^(-(x/scale)^power), x > 0",
  source: "Stacy (1962), Ann. Math. Statist. 33, 1187; Prentice (1974), Biometrika 61, 539; Lawless (1980), Technometrics 22, 409",
  existence: "on the boundary shape = ∞ (lognormal) or shape = 0 (power function) where those are more likely; not if all values are equal",
  contains: {
    gamma: { held: { power: 1 }, at: ([shape, rate], { power }) => [1 / rate!, shape!, power!] },
    weibull: { held: { shape: 1 }, at: ([power, scale], { shape }) => [scale!, shape!, power!] },
    exponential: { held: { shape: 1, power: 1 }, at: ([rate], { shape, power }) => [1 / rate!, shape!, power!] },
    chiSquared: { held: { scale: 2, power: 1 }, at: ([df], { scale, power }) => [scale!, df! / 2, power!] },
    nakagami: { held: { power: 2 }, at: ([m, omega], { power }) => [Math.sqrt(omega! / m!), m!, power!] },
    rayleigh: { held: { shape: 1, power: 2 }, at: ([sigma], { shape, power }) => [Math.SQRT2 * sigma!, shape!, power!] },
    halfNormal: { held: { shape: 0.5, power: 2 }, at: ([sigma], { shape, power }) => [Math.SQRT2 * sigma!, shape!, power!] },
    maxwell: { held: { shape: 1.5, power: 2 }, at: ([a], { shape, power }) => [Math.SQRT2 * a!, shape!, power!] },
    // The limit of Prentice (1974), Biometrika 61, 539: power = 1 / (sd of the logarithms sqrt(shape)).
    lognormal: {
      held: { shape: Number.POSITIVE_INFINITY },
      at([meanlog, sdlog], { shape }) {
        const power = 1 / (sdlog! * Math.sqrt(shape!));
        return [exp(meanlog! - log(shape!) / power), shape!, power];
      },
    },
  },
  model,
  logPdf(x, [scale, shape, power]) {
    if (!(x > 0)) return -Infinity;
    const logY = power! * logRatio(x, scale!);
    const y = exp(logY);
    if (y === Infinity) return -Infinity;
    if (y < 1e-300) return log(power!) + shape! * logY - lgamma(shape!) - log(x);
    // Loader's saddle-point form, as for the gamma.
    return log(power!) + 0.5 * log(shape!) - HALF_LOG_2PI - stirlingError(shape!) - deviance(shape!, y) - log(x);
  },
  score(x, [scale, shape, power]) {
    const distance = logRatio(x, scale!);
    const logY = power! * distance;
    const excess = exp(logY) - shape!;
    return [(power! / scale!) * excess, logY - digamma(shape!), 1 / power! - distance * excess];
  },
  slide: (x, [scale, , power]) => [x / scale!, undefined, (-x * logRatio(x, scale!)) / power!],
  cdf: (x, [scale, shape, power]) => (x <= 0 ? 0 : gammaP(shape!, pow(x / scale!, power!))),
  logCdf(x, [scale, shape, power]) {
    if (x <= 0) return -Infinity;
    const logY = power! * logRatio(x, scale!);
    // P(a, y) = y^a / Gamma(a + 1) where y is tiny.
    return logY < -600 ? shape! * logY - lgamma1p(shape!) : logGammaP(shape!, exp(logY));
  },
  logSf: (x, [scale, shape, power]) => (x <= 0 ? 0 : logGammaQ(shape!, exp(power! * logRatio(x, scale!)))),
  quantile: (p, [scale, shape, power]) => scale! * pow(gammaQuantile(p, shape!), 1 / power!),
  mean: ([scale, shape, power]) => scale! * exp(lgammaDifference(shape!, 1 / power!)),
  variance([scale, shape, power]) {
    const first = exp(lgammaDifference(shape!, 1 / power!));
    return scale! * scale! * (exp(lgammaDifference(shape!, 2 / power!)) - first * first);
  },
  random: ([scale, shape, power], random) => scale! * pow(random.gamma(shape!), 1 / power!),
};

function model(sample: Sample, fixed: Fixed): Model | Verdict {
  const [givenScale, givenShape, givenPower] = fixed;
  const { min, max } = sample.extent;
  if (min === max && givenPower === undefined) return nonexistent("All values are equal: the likelihood grows without bound as power → ∞.");
  if (min === max && givenScale === undefined && givenShape === undefined) {
    return nonexistent("All values are equal: the likelihood grows without bound as shape → ∞ at a constant mean of x^power.");
  }
  if (givenScale !== undefined && givenPower !== undefined && givenShape === undefined) return shapeAlone(sample, givenScale, givenPower);
  const frame = logFrame(sample);
  const { scale: spread, typical } = frame;
  const free = fixed.every((value) => value === undefined);
  const given: Partial<StacyStart> = {
    ...(givenPower !== undefined && { power: givenPower * spread }),
    ...(givenShape !== undefined && { shape: givenShape }),
    ...(givenScale !== undefined && { ls: logRatio(givenScale, typical) / spread }),
  };
  const starts = stacyStarts(sample, frame, given);
  if (starts.length === 0) starts.push({ power: 1, shape: 1, ls: 0, ...given });
  const inside = (rows: Sample) => (point: readonly number[]) => {
    const found = prentice(rows, frame, point[0]!, exp(point[1]!), point[2]!);
    return { ...found, value: found.value + framedJacobian(rows, frame) };
  };
  const evaluateOn = (rows: Sample) => (t: readonly number[]) => inParameters(inside(rows), t, spread);
  const thin = sample.thin();
  const outer = starts.map(({ power, shape, ls }) => [exp(spread * ls), shape, power]);
  const on = stacyCoordinates(given);
  const evaluateIn = (rows: Sample) => (point: readonly number[]) => {
    const { at, jet } = on!.prentice(point);
    return jet ? pullBack(inside(rows)(at), jet) : inside(rows)(at);
  };
  const inner: Inner | undefined = on && {
    start: on.of(starts[0]!),
    others: starts.slice(1).map(on.of),
    evaluate: evaluateIn(sample),
    ...(thin !== sample && { coarse: evaluateIn(thin) }),
    standardised(point) {
      const [ls, logShape, logPower] = on.stacy(point);
      return [exp(spread * ls), exp(logShape), exp(logPower)];
    },
    slopes: (point) => on.slopes(point).map((row, i) => (i === 0 && givenScale === undefined ? row.map((slope) => spread * slope) : row)),
  };
  return {
    origin: [0, 0, 0],
    unit: [typical, 1, 1 / spread],
    start: outer[0]!,
    others: outer.slice(1),
    closed: true,
    evaluate: evaluateOn(sample),
    ...(thin !== sample && { coarse: evaluateOn(thin) }),
    ...(inner && { inner }),
    // Far beyond the lognormal, or close to the power function.
    nearLimit: ([, shape, power]) => givenShape === undefined && (shape! < SHAPE_LEAST || (free && !(power! > 0) && shape! < 4)),
    settle([scale, shape, power], value, { coarse, converged }) {
      if (coarse) {
        // The local maxima beside the power function move there as rows are added.
        if (!free || !(power! > 0 && shape! < 0.01) || powerLimit(thin, undefined).logLik! < value) return undefined;
        return powerLimit(sample, undefined);
      }
      if (converged && givenScale === undefined && scale! < SCALE_LEAST && shape! < SHAPE_LIMIT)
        return beyond(shape!, power! / spread, value);
      if (givenShape !== undefined || givenPower !== undefined || min === max) return undefined;
      const light = free && !(power! > 0 && shape! < SHAPE_LIMIT);
      const limit = light ? lognormalLimit(sample, frame) : undefined;
      const reached = limit?.logLik ?? (converged ? value : Number.NEGATIVE_INFINITY);
      const other = givenScale === undefined || givenScale >= max ? powerLimit(sample, givenScale) : undefined;
      return other && other.logLik! >= reached ? other : limit;
    },
  };
}

/** A maximum whose scale is too small for doubles. */
function beyond(shape: number, power: number, value: number): Verdict {
  return boundary(
    `The maximum lies close to the lognormal, shape = ${shape} and power = ${power}, with a scale too small for doubles.`,
    [0, shape, power],
    value,
  );
}

function lognormalLimit(sample: Sample, frame: LogFrame): Verdict {
  const { m, s, value } = lognormalOf(sample, frame);
  const center = log(frame.typical) + frame.scale * m;
  return boundary(
    `The likelihood increases with shape as power → 0; the limit is lognormal(meanlog = ${center}, sdlog = ${frame.scale * s}).`,
    [0, Infinity, 0],
    value + framedJacobian(sample, frame),
  );
}

/** Density d/scale (x/scale)^(d-1) up to the scale, the largest value where that is free. */
function powerLimit(sample: Sample, fixedScale: number | undefined): Verdict {
  const scale = fixedScale ?? sample.extent.max;
  const excess = -meanLogRatio(sample, scale);
  const d = 1 / excess;
  return boundary(
    `The likelihood increases as power → ∞ and shape → 0; the limit is a power function with density d/scale (x/scale)^(d-1), x < scale, d = ${d}.`,
    [scale, 0, Infinity],
    sample.weight * (log(d) - d * excess - logMoments(sample).mean),
  );
}

/** Derivatives in t = (scale, shape, power) in units, from those in (m, log s, Q). */
function inParameters(evaluate: (point: readonly number[]) => Evaluation, t: readonly number[], spread: number): Evaluation {
  const [scale, k, power] = t as [number, number, number];
  const logK = log(k);
  const Q = 1 / Math.sqrt(k);
  const none = [0, 0, 0];
  return pullBack(evaluate([log(scale) / spread + logK / power, -0.5 * logK - log(power), Q]), {
    slopes: [
      [1 / (spread * scale), 1 / (k * power), -logK / (power * power)],
      [0, -0.5 / k, -1 / power],
      [0, (-0.5 * Q) / k, 0],
    ],
    bends: [
      [
        [-1 / (spread * scale * scale), 0, 0],
        [0, -1 / (k * k * power), -1 / (k * power * power)],
        [0, -1 / (k * power * power), (2 * logK) / (power * power * power)],
      ],
      [none, [0, 0.5 / (k * k), 0], [0, 0, 1 / (power * power)]],
      [none, [0, (0.75 * Q) / (k * k), 0], none],
    ],
  });
}
