import { irregularTail } from "../likelihood/irregular.ts";
import { boundary, type Fixed, type Model, nonexistent, type Verdict } from "../likelihood/model.ts";
import { paretoTail, tailPeaks, tamedScale, typicalOf } from "../likelihood/paretoTail.ts";
import { pullBack } from "../likelihood/pullBack.ts";
import { expm1, log, log1p } from "../math/elementary.ts";
import { log1mexp } from "../math/logarithms.ts";
import type { Sample } from "../wasm/sample.ts";
import { type Family, nonNegative } from "./family.ts";

const UNBOUNDED =
  "The likelihood grows without bound as shape → -∞ with the end of the support at the largest value; there is no maximum with shape > -1.";

/**
 * Generalised Pareto with density (1/scale) (1 + shape x/scale)^(-1/shape-1), x >= 0 and 1 + shape x/scale > 0; the exponential at shape 0.
 * For shape < -1 the likelihood is unbounded, so the estimate is the local maximum above. Every such maximum lies on the profile over
 * theta = shape/scale, in one dimension (Grimshaw 1993, Technometrics 35, 185); Newton goes on from there in both parameters. Below -1/2
 * the curvature gives no standard errors (Smith 1985, Biometrika 72, 67). Pickands (1975), Ann. Statist. 3, 119.
 */
export const generalizedPareto: Family = {
  name: "generalizedPareto",
  parameters: [
    { name: "scale", domain: "positive" },
    { name: "shape", domain: "real", usual: [-0.3, 1.5] },
  ],
  support: nonNegative,
  density: "(1/scale) (1 + shape x/scale)^(-1/shape-1), x >= 0, 1 + shape x/scale > 0",
  source: "Pickands (1975), Ann. Statist. 3, 119; Grimshaw (1993), Technometrics 35, 185; Smith (1985), Biometrika 72, 67",
  existence: "not where the likelihood has no local maximum with shape > -1; on the boundary, without standard errors, for shape <= -1/2",
  contains: {
    exponential: { held: { shape: 0 }, at: ([rate], { shape }) => [1 / rate!, shape!] },
  },
  irregular: ([, shape]) => irregularTail(shape!),
  unbounded: ([, shape], fixed, converged) => (fixed[1] !== undefined || (converged && shape! > -1) ? undefined : UNBOUNDED),
  model,
  logPdf(x, [scale, shape]) {
    if (!(x >= 0) || x === Infinity || 1 + shape! * (x / scale!) <= 0)
      return x >= 0 && shape === -1 && x === scale ? -log(scale!) : -Infinity;
    return -log(scale!) - (1 + shape!) * hazard(x, scale!, shape!);
  },
  score(x, [scale, shape]) {
    const y = x / scale!;
    const q = y / (1 + shape! * y);
    return [((1 + shape!) * q - 1) / scale!, minusSlope(y, shape!) - q];
  },
  slide(x, [scale, shape]) {
    const y = x / scale!;
    return [y, scale! * (1 + shape! * y) * minusSlope(y, shape!)];
  },
  cdf: (x, [scale, shape]) => (x <= 0 ? 0 : -expm1(-hazard(x, scale!, shape!))),
  logCdf(x, [scale, shape]) {
    if (x <= 0) return -Infinity;
    const beyond = hazard(x, scale!, shape!);
    // Beneath the normal doubles it is its own first term.
    return beyond < 1e-290 ? log(x) - log(scale!) : log1mexp(-beyond);
  },
  logSf: (x, [scale, shape]) => (x <= 0 ? 0 : -hazard(x, scale!, shape!)),
  quantile(p, [scale, shape]) {
    const e = -log1p(-p);
    if (shape === 0) return scale! * e;
    const z = shape! * e;
    if (Math.abs(z) < 1e-8) return scale! * e * (1 + z / 2);
    return p === 1 && shape! < 0 ? -scale! / shape! : (scale! * expm1(z)) / shape!;
  },
  mean: ([scale, shape]) => (shape! < 1 ? scale! / (1 - shape!) : Number.POSITIVE_INFINITY),
  variance([scale, shape]) {
    if (!(shape! < 0.5)) return Number.POSITIVE_INFINITY;
    const first = scale! / (1 - shape!);
    return (first * first) / (1 - 2 * shape!);
  },
  random([scale, shape], random) {
    const e = random.exponential();
    const z = shape! * e;
    return Math.abs(z) < 1e-8 ? scale! * e * (1 + z / 2) : (scale! * expm1(z)) / shape!;
  },
};

/** log(1 + shape x/scale)/shape = -log P(X > x); Infinity past the end of the support. */
function hazard(x: number, scale: number, shape: number): number {
  const y = x / scale;
  // 0 times an infinite y is not a number.
  if (shape === 0) return y;
  const z = shape * y;
  if (Math.abs(z) < 1e-8) return y * (1 - z / 2);
  if (z <= -1) return Infinity;
  // z may leave the range of doubles where its logarithm does not.
  return (z === Infinity && x < Infinity ? log(shape) + log(x) - log(scale) : log1p(z)) / shape;
}

/** Minus its derivative in the shape. */
function minusSlope(y: number, shape: number): number {
  const z = shape * y;
  if (Math.abs(z) > 0.01) return (log1p(z) - z / (1 + z)) / shape / shape;
  let sum = 0;
  for (let k = 12; k >= 2; k--) sum = (k - 1) / k - z * sum;
  return y * y * sum;
}

function model(sample: Sample, fixed: Fixed): Model | Verdict {
  const { max } = sample.extent;
  const [givenScale, givenShape] = fixed;
  if (max === 0 && !(givenScale !== undefined && givenShape !== undefined)) {
    if (givenScale === undefined) return nonexistent("All values are 0: the likelihood grows without bound as scale → 0.");
    return nonexistent("All values are 0: with the scale fixed the likelihood is the same for every shape.");
  }
  if (givenScale === undefined && givenShape !== undefined && givenShape <= -1) {
    if (givenShape < -1) return nonexistent("The shape is fixed below -1: the likelihood grows without bound at the end of the support.");
    return boundary("With shape = -1, uniform(0, scale), the maximum lies at the largest value.", [max, -1], -sample.weight * log(max));
  }
  const free = fixed.every((value) => value === undefined);
  const { peaks, onRows } = free ? tailPeaks(sample, Number.NEGATIVE_INFINITY) : { peaks: [], onRows: false };
  const unit = givenScale ?? peaks[0]?.scale ?? typicalOf(sample);
  const starts = peaks.length > 0 ? peaks.map(({ scale, shape }) => [scale / unit, shape]) : startsFrom(sample, fixed);
  const thin = sample.thin();
  const evaluateOn = (rows: Sample) => (t: readonly number[]) => {
    const scale = t[0]!;
    return pullBack(paretoTail(rows, unit * scale, t[1]!), {
      slopes: [
        [1 / scale, 0],
        [0, 1],
      ],
      bends: [
        [
          [-1 / (scale * scale), 0],
          [0, 0],
        ],
        [
          [0, 0],
          [0, 0],
        ],
      ],
    });
  };
  return {
    origin: [0, 0],
    unit: [unit, 1],
    start: starts[0]!,
    others: starts.slice(1),
    closed: true,
    evaluate: evaluateOn(sample),
    ...(thin !== sample && !onRows && { coarse: evaluateOn(thin) }),
    tame([scale, shape]) {
      if (givenScale === undefined) return [tamedScale(sample, unit * scale!, shape!) / unit, shape!];
      return [scale!, Math.max(shape!, (-0.999 * givenScale) / max)];
    },
    nearLimit: ([, shape]) => givenShape === undefined && shape! <= -1,
    settle([scale, shape], value, { coarse, converged }) {
      if (coarse || givenShape !== undefined) return undefined;
      if (!converged || shape! <= -1) return nonexistent(UNBOUNDED);
      const theta = [givenScale ?? unit * scale!, shape!];
      const reason = irregularTail(shape!);
      return reason === undefined ? undefined : boundary(reason, theta, value);
    },
  };
}

/** Starts where a parameter is fixed, or where the profile has no peak. */
function startsFrom(sample: Sample, [scale, shape]: Fixed): number[][] {
  if (scale === undefined) return [[1 + Math.abs(shape ?? 0), shape ?? -0.3]];
  return [0.1, 2, -0.4].map((start) => [1, Math.max(shape ?? start, shape ?? (-0.9 * scale) / sample.extent.max)]);
}
