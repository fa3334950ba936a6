import { log } from "../math/elementary.ts";
import { cholesky } from "../math/symmetric.ts";
import { apply, conjugate, entry, identity, inverseLower, product } from "../math/triangle.ts";
import type { Matrix, View } from "../wasm/matrix.ts";
import type { Extent } from "../wasm/sample.ts";
import { nonexistent, type Verdict } from "./model.ts";
import { powerOfTwo } from "./statistics.ts";

/** Where the rows lie: in z = (x - center) / unit, their mean, covariance (divisor n) and its Cholesky factor. */
export interface RowMoments {
  readonly center: Float64Array;
  /** Powers of two. */
  readonly unit: Float64Array;
  readonly mean: readonly number[];
  /** d x d, row-major. */
  readonly covariance: Float64Array;
  /** L with covariance = L Lᵀ. */
  readonly factor: Float64Array;
}

/** Part of a column's variance that the columns before it leave, below which a second pass is worth its price. */
const CLEAR = 1e-4;

/** Smallest pivot of rows that are white already. */
const WHITE = 0.01;

/** A pivot that a single Cholesky factorisation tells from 0. */
const SHIFT = 1e-13;

/** Passes after which a factor that still changes is rounding. */
const PASSES = 8;

const EPSILON = 2.220446049250313e-16;

/** Where the rows of several groups lie: each about a mean of its own, all with one covariance. */
export interface GroupMoments extends Pick<RowMoments, "unit" | "covariance" | "factor"> {
  /** By group: in z = (x - center) / unit, its mean. */
  readonly centers: readonly Float64Array[];
  readonly means: readonly (readonly number[])[];
}

/** Mean and covariance of the rows. Text, where the covariance is singular: why. */
export function rowMoments(matrix: Matrix): RowMoments | string {
  const found = groupMoments([matrix]);
  if (typeof found === "string") return found;
  const { centers, means, ...shared } = found;
  return { ...shared, center: centers[0]!, mean: means[0]! };
}

/**
 * Means of the groups and the covariance of the rows about them, centred first. Where columns are nearly collinear, the rows are multiplied by
 * the inverse of the factor found and summed again, so that the last pivots have the digits of an orthogonal factorisation of the rows (shifted
 * Cholesky QR: Fukaya et al. 2020, SIAM J. Sci. Comput. 42, A477). Text, where the covariance is singular: why.
 */
export function groupMoments(groups: readonly Matrix[]): GroupMoments | string {
  const { dimension: d, names } = groups[0]!;
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  const weight = groups.reduce((sum, group) => sum + group.weight, 0);
  const centers = groups.map(centerOf);
  const reach = names.map((_, j) => Math.max(...groups.map(({ columns }, g) => reachOf(columns[j]!.extent, centers[g]![j]!))));
  const constant = reach.findIndex((size) => !(size > 0));
  if (constant >= 0) return `column ${JSON.stringify(names[constant])} is constant${groups.length > 1 ? " within every class" : ""}`;
  if (rows - groups.length < d) return inPlane(rows, groups.length, d);
  const unit = Float64Array.from(reach, powerOfTwo);
  const size = names.map((_, j) => Math.max(...groups.map(({ columns }) => reachOf(columns[j]!.extent, 0))) / unit[j]!);
  let factor = identity(d);
  let suspect = 0;
  for (let pass = 0; pass < PASSES; pass++) {
    const inverse = inverseLower(factor, d);
    const noise = size.map((_, i) => size.reduce((sum, own, k) => sum + EPSILON * own * Math.abs(inverse[i * d + k]!), 0));
    suspect = noise.indexOf(Math.max(...noise));
    if (noise[suspect]! > 0.1) break;
    const spread = new Float64Array(d * d);
    const shifts = groups.map((group, g) => {
      const sums = group.crossProducts(viewOf({ center: centers[g]!, unit }, inverse, new Float64Array(d)));
      const shift = Array.from({ length: d }, (_, i) => sums[entry(i + 1, 0)]! / sums[0]!);
      const share = group.weight / weight;
      for (let i = 0; i < d; i++) {
        for (let j = 0; j < d; j++) spread[i * d + j]! += share * (sums[entry(i + 1, j + 1)]! / sums[0]! - shift[i]! * shift[j]!);
      }
      return shift;
    });
    const means = shifts.map((shift) => apply(factor, shift, d));
    const step = factorOf(spread, d);
    const off = shifts.some((shift) => shift.some((m, i) => !(m * m < spread[i * d + i]!)));
    if (!off && step.pivot > (pass === 0 ? CLEAR : WHITE)) {
      const covariance = pass === 0 ? spread : conjugate(factor, spread, d);
      return { centers, unit, means, covariance, factor: product(factor, step.factor, d) };
    }
    // Weights may put a mean far from the plain one.
    if (off) for (const [g, mean] of means.entries()) for (const [j, m] of mean.entries()) centers[g]![j]! += unit[j]! * m;
    factor = product(factor, step.factor, d);
  }
  return `column ${JSON.stringify(names[suspect])} is a linear combination of the columns before it`;
}

function centerOf({ columns, rows }: Matrix): Float64Array {
  return Float64Array.from(columns, ({ extent: { sum, min, max } }) => {
    if (min === max) return min;
    return Number.isFinite(sum) ? sum / rows : min / 2 + max / 2;
  });
}

/** The largest distance of a value from the center. */
function reachOf({ min, max }: Extent, center: number): number {
  return Math.max(max - center, center - min);
}

function inPlane(rows: number, groups: number, d: number): string {
  const about = groups > 1 ? ` about the means of ${groups} classes` : "";
  return `${rows} ${rows === 1 ? "row lies" : "rows lie"}${about} in a plane of fewer than ${d} dimensions`;
}

/** The verdict on rows without a covariance. */
export function singular(why: string): Verdict {
  return nonexistent(
    `${why[0]!.toUpperCase()}${why.slice(1)}: the likelihood grows without bound as the rows' spread across that plane → 0.`,
  );
}

/** log of the root of a covariance's determinant, in natural units. */
export function logRoot(factor: ArrayLike<number>, unit: ArrayLike<number>): number {
  const d = unit.length;
  return Array.from(unit, (own, i) => log(factor[i * d + i]!) + log(own)).reduce((sum, value) => sum + value, 0);
}

/** The rows as a kernel sees them through y = inverse z - shift. */
export function viewOf({ center, unit }: Pick<RowMoments, "center" | "unit">, inverse: ArrayLike<number>, shift: ArrayLike<number>): View {
  const d = unit.length;
  const whitening: number[] = [];
  for (let i = 0; i < d; i++) for (let k = 0; k <= i; k++) whitening.push(inverse[i * d + k]! / unit[k]!);
  return { center, shift, whitening };
}

/** Factor of a covariance, of one slightly enlarged where it has none, and its smallest pivot as a part of the variance. */
function factorOf(spread: Float64Array, d: number): { factor: Float64Array; pivot: number } {
  const sd = Float64Array.from({ length: d }, (_, i) => Math.sqrt(Math.max(spread[i * d + i]!, Number.MIN_VALUE)));
  const correlation = spread.map((value, at) => value / sd[Math.floor(at / d)]! / sd[at % d]!);
  for (let shift = 0; ; shift = Math.max(10 * shift, SHIFT * d)) {
    const factor = cholesky(
      correlation.map((value, at) => (at % (d + 1) === 0 ? 1 + shift : value)),
      d,
    );
    if (!factor) continue;
    const pivot = Math.min(...Array.from({ length: d }, (_, i) => factor[i * d + i]! ** 2));
    if (shift === 0 && pivot < SHIFT) continue;
    return { factor: factor.map((value, at) => value * sd[Math.floor(at / d)]!), pivot: shift > 0 ? 0 : pivot };
  }
}
