import { exp, log } from "../math/elementary.ts";
import type { Constants, Sample } from "../wasm/sample.ts";
import { type End, type Evaluation, type Fixed, type Model, nonexistent, type Verdict } from "./model.ts";
import { logMoments, unitOf } from "./statistics.ts";

// Families with density f(z) / scale, z = (y - location) / scale, y the value or its logarithm, f known up to one shape. With
// psi = -d log f / dz, all first and second derivatives in location and scale are linear in five sums over the rows.

/** Weighted sums over the rows at one point, from a kernel's totals. */
export interface StandardSums {
  /** log f(z). */
  readonly value: number;
  readonly psi: number;
  readonly zPsi: number;
  /** psi' = d psi / dz. */
  readonly curvature: number;
  readonly zCurvature: number;
  readonly zzCurvature: number;
  /** z itself, where the kernel sums it: it spares a pass for the logarithms of the Jacobian. */
  readonly z?: number;
  /** Derivatives in the shape: of log f, its second, of psi, of z psi. */
  readonly shape?: readonly [first: number, second: number, psi: number, zPsi: number];
}

/** What a location-scale family adds to its kernel. */
export interface LocationScale {
  /** Export of the wasm module. */
  readonly kernel: string;
  /** Sums from the kernel's totals over weight n. */
  sums(totals: Float64Array, n: number, shape: number): StandardSums;
  /** Quartiles of f, for the start. */
  readonly quartiles: readonly [number, number, number];
  /** For log x: +1, or -1 where the kernel takes -log x. Parameters are then (shape, scale) = (1/s, e^location). */
  readonly ofLog?: 1 | -1;
  /** Start of the shape parameter, where the family has one. */
  readonly shapeStart?: number;
  /** With a fixed scale the likelihood may have several peaks: the start is the highest of a few. */
  readonly manyPeaks?: boolean;
  /** log f falls like -e^-z to the left: no start may have a row far out there. */
  readonly steep?: boolean;
  /** A verdict before any iteration. */
  exists?(sample: Sample, fixed: Fixed): Verdict | undefined;
  /** Largest shape before its limit should be looked at instead. */
  readonly shapeLimit?: number;
  /** Smallest shape with which a free location's likelihood is smooth. */
  readonly shapeFloor?: number;
  /** Other starts in (location, scale, shape) for a small sample: with a free shape the likelihood may have several peaks. */
  readonly others?: readonly (readonly number[])[];
  /** A verdict on where the iteration ended: theta, and its scale in units of the start's. */
  settle?(sample: Sample, fixed: Fixed, theta: readonly number[], relativeScale: number, value: number, end: End): Verdict | undefined;
}

/** Builds the model of a location-scale family. */
export function locationScale(family: LocationScale): (sample: Sample, fixed: Fixed) => Model | Verdict {
  const { shapeStart } = family;
  return (sample, fixed) => {
    const { min, max } = sample.extent;
    const placement = place(sample, family, fixed);
    if (min === max && fixed[family.ofLog ? 0 : 1] === undefined) {
      return nonexistent(`All values are equal: the likelihood grows without bound as the scale → 0${family.ofLog ? " (shape → ∞)" : ""}.`);
    }
    const verdict = family.exists?.(sample, fixed);
    if (verdict) return verdict;
    const { center, scale, logUnit } = placement;
    const evaluateOn = (rows: Sample) => (t: readonly number[]) => {
      const shape = t[2] ?? 1;
      const at = family.ofLog
        ? { unit: placement.unit, center, location: log(t[1]!), scale: (family.ofLog * scale) / t[0]! }
        : { center, location: scale * t[0]!, scale: scale * t[1]! };
      const sums = family.sums(
        rows.totals(family.kernel + (family.ofLog ? "OfLog" : ""), { ...at, shape } satisfies Constants),
        rows.weight,
        shape,
      );
      const combine = family.ofLog ? inShapeAndScale : inLocationAndScale;
      const jacobian = family.ofLog ? sumOfLogs(rows, sums, at, logUnit) : 0;
      return combine(sums, t, rows.weight, log(scale), jacobian, family.ofLog ?? 1);
    };
    const { shapeLimit: limit = Number.POSITIVE_INFINITY } = family;
    const smooth = fixed[0] !== undefined || fixed[2] !== undefined;
    const floor = smooth ? Number.NEGATIVE_INFINITY : (family.shapeFloor ?? Number.NEGATIVE_INFINITY);
    const thin = sample.thin();
    const dimension = shapeStart === undefined ? 2 : 3;
    const origin = family.ofLog ? [0, 0] : [center, 0, 0].slice(0, dimension);
    const unit = family.ofLog ? [1 / scale, exp(center - logUnit)] : [scale, scale, 1].slice(0, dimension);
    const start = [family.ofLog ? 1 : 0, 1, fixed[2] ?? shapeStart ?? 1].slice(0, dimension);
    if (family.manyPeaks && fixed[0] === undefined && fixed[1] !== undefined)
      start[0] = highest(thin, evaluateOn(thin), start, center, scale);
    return {
      origin,
      unit,
      start,
      evaluate: evaluateOn(sample),
      ...(thin !== sample && { coarse: evaluateOn(thin) }),
      ...(family.steep && { tame: (t) => tamed(t, sample, placement, family.ofLog, fixed) }),
      ...(family.others && fixed[2] === undefined && { others: family.others }),
      nearLimit: ([, , shape]) => shape !== undefined && (shape > limit || shape < floor),
      settle(t, value, end) {
        const theta = t.map((ti, i) => fixed[i] ?? origin[i]! + unit[i]! * ti);
        return family.settle?.(sample, fixed, theta, t[1]!, value, end);
      },
    };
  };
}

/** Center and scale of y from the quartiles of a sketch matched with those of f; the center is near the data, so y - center is exact. */
function place(sample: Sample, family: LocationScale, fixed: Fixed) {
  const logs = family.ofLog !== undefined;
  const unit = logs ? unitOf(sample) : 1;
  const sketch = logs ? sample.sketch.map((x) => log(x * unit)) : sample.sketch;
  const at = (p: number) => sketch[Math.min(sketch.length - 1, Math.floor(p * sketch.length))]!;
  const [q1, q2, q3] = family.ofLog === -1 ? (family.quartiles.map((q) => -q).reverse() as [number, number, number]) : family.quartiles;
  let spread = (at(0.75) - at(0.25)) / (q3 - q1);
  if (!(spread > 0)) spread = (at(1) - at(0)) / (4 * (q3 - q1));
  if (!(spread > 0))
    spread = logs ? (log(sample.extent.max * unit) - log(sample.extent.min * unit)) / 16 : sample.extent.max / 16 - sample.extent.min / 16;
  if (family.ofLog && fixed[0] !== undefined) spread = 1 / fixed[0];
  if (!family.ofLog && fixed[1] !== undefined) spread = fixed[1];
  const scale = spread > 0 ? spread : 1;
  const logUnit = log(unit);
  const given = family.ofLog ? fixed[1] && log(fixed[1]) + logUnit : fixed[0];
  return { unit, logUnit, center: given ?? at(0.5) - scale * q2, scale };
}

/** The location, among 64 order statistics of the sketch, where the likelihood is highest. */
function highest(
  sample: Sample,
  evaluate: (t: readonly number[]) => Evaluation,
  start: readonly number[],
  center: number,
  scale: number,
): number {
  const { sketch } = sample;
  const count = Math.min(64, sketch.length);
  const locations = Array.from({ length: count }, (_, i) => (sketch[Math.floor(((i + 0.5) * sketch.length) / count)]! - center) / scale);
  const values = locations.map((location) => evaluate([location, ...start.slice(1)]).value);
  return locations[values.indexOf(Math.max(...values))]!;
}

/**
 * t, or with a scale so much wider (where that is fixed, a location so much lower) that the leftmost row is not further out than the
 * smallest of n is expected to be, and three units more.
 */
function tamed(
  t: readonly number[],
  sample: Sample,
  { center, scale, unit }: { center: number; scale: number; unit: number },
  ofLog: 1 | -1 | undefined,
  fixed: Fixed,
): readonly number[] {
  const reach = log(sample.rows) + 3;
  const { min, max } = sample.extent;
  if (!ofLog) {
    const lowest = (min - center) / scale;
    if ((lowest - t[0]!) / t[1]! >= -reach) return t;
    return fixed[1] === undefined ? [t[0]!, (t[0]! - lowest) / reach] : [lowest + reach * t[1]!, t[1]!];
  }
  // z = ± k (log x - center - log m) / scale: the leftmost row is the smallest, or the largest where the sign is minus.
  const lowest = (ofLog * (log((ofLog === 1 ? min : max) * unit) - center)) / scale;
  const location = (ofLog * log(t[1]!)) / scale;
  if (t[0]! * (lowest - location) >= -reach) return t;
  return fixed[0] === undefined ? [reach / (location - lowest), t[1]!] : [t[0]!, exp(ofLog * scale * (lowest + reach / t[0]!))];
}

/** Sum of log x over the rows: from the sum of z where the kernel has it, else by a pass of its own. */
function sumOfLogs(rows: Sample, sums: StandardSums, at: { center: number; location: number; scale: number }, logUnit: number): number {
  if (sums.z === undefined) return rows.weight * logMoments(rows).mean;
  return at.scale * sums.z + rows.weight * (at.center + at.location - logUnit);
}

/** Derivatives in t = (location, scale[, shape]) measured in the start's scale. */
function inLocationAndScale(sums: StandardSums, t: readonly number[], n: number, logScale: number, jacobian: number): Evaluation {
  const s = t[1]!;
  const value = sums.value - n * (log(s) + logScale) - jacobian;
  const score = [sums.psi / s, (sums.zPsi - n) / s];
  const cross = (sums.psi + sums.zCurvature) / (s * s);
  const information = [
    [sums.curvature / (s * s), cross],
    [cross, (2 * sums.zPsi + sums.zzCurvature - n) / (s * s)],
  ];
  if (sums.shape) {
    const [first, second, psi, zPsi] = sums.shape;
    score.push(first);
    information[0]!.push(-psi / s);
    information[1]!.push(-zPsi / s);
    information.push([-psi / s, -zPsi / s, -second]);
  }
  return { value, score, information };
}

/** Derivatives in t = (k, m) = (shape, scale) where z = ± k (log x - log m). */
function inShapeAndScale(
  sums: StandardSums,
  t: readonly number[],
  n: number,
  logScale: number,
  jacobian: number,
  sign: number,
): Evaluation {
  const [k, m] = t as [number, number];
  // In units of the start: shape = k / scale, so d/dk of z is z / k, and d/dm of z is -sign (k / scale) / m.
  const slope = (sign * k) / exp(logScale) / m;
  return {
    value: sums.value + n * (log(k) - logScale) - jacobian,
    score: [(n - sums.zPsi) / k, slope * sums.psi],
    information: [
      [(sums.zzCurvature + n) / (k * k), (-slope * (sums.psi + sums.zCurvature)) / k],
      [(-slope * (sums.psi + sums.zCurvature)) / k, (slope * sums.psi) / m + slope * slope * sums.curvature],
    ],
  };
}
