import { log } from "../math/elementary.ts";
import type { Random } from "../math/random.ts";
import { cholesky } from "../math/symmetric.ts";
import { apply, inverseLower } from "../math/triangle.ts";

/** What distributions with elliptic contours share: a location, and a scale matrix by its Cholesky factor. */
export interface Ellipse {
  readonly dimension: number;
  readonly location: readonly number[];
  readonly scale: readonly (readonly number[])[];
  /** log of the root of the scale's determinant. */
  readonly logRoot: number;
  /** (x - location)' scale⁻¹ (x - location). */
  distance(row: ArrayLike<number>): number;
  /** location + spread L z with z standard normal. */
  draw(random: Random, spread: number): number[];
}

/** The ellipse of a location and a scale, or what is wrong with them. */
export function ellipse(location: unknown, scale: unknown, first: string, second: string): Ellipse | string {
  if (!isNumbers(location) || location.length === 0) return `${first} is no array of finite numbers; one per column is needed`;
  const d = location.length;
  if (!Array.isArray(scale) || scale.length !== d || !scale.every((row) => isNumbers(row) && row.length === d)) {
    return `${second} is no ${d} x ${d} matrix of finite numbers; an array of ${d} rows is needed`;
  }
  const full = Float64Array.from((scale as number[][]).flat());
  const roots = Float64Array.from({ length: d }, (_, i) => Math.sqrt(full[i * d + i]!));
  const root = (at: number) => [roots[Math.floor(at / d)]!, roots[at % d]!] as const;
  const correlation = full.map((value, at) => value / root(at)[0] / root(at)[1]);
  const skew = correlation.some((value, at) => !(Math.abs(value - correlation[(at % d) * d + Math.floor(at / d)]!) <= 1e-12));
  const factor = skew ? null : cholesky(correlation, d);
  if (!factor) return `${second} is not symmetric and positive definite`;
  const inverse = inverseLower(factor, d);
  return {
    dimension: d,
    location,
    scale: scale as number[][],
    logRoot: Array.from(roots, (own, i) => log(own) + log(factor[i * d + i]!)).reduce((sum, value) => sum + value, 0),
    distance(row) {
      const z = location.map((m, i) => (row[i]! - m) / roots[i]!);
      return apply(inverse, z, d).reduce((sum, y) => sum + y * y, 0);
    },
    draw(random, spread) {
      const z = location.map(() => random.normal());
      return apply(factor, z, d).map((y, i) => location[i]! + spread * roots[i]! * y);
    },
  };
}

/** Whether a value is an array of finite numbers. */
export function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "number" && Number.isFinite(entry));
}
