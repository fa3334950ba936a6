import type { Predictor } from "../formula/predictors.ts";
import type { GroupMoments } from "../likelihood/rowMoments.ts";
import { log } from "../math/elementary.ts";
import { eigenSymmetric } from "../math/symmetric.ts";
import { apply, inverseLower } from "../math/triangle.ts";
import type { Scoring } from "./posterior.ts";

/** Where canonical variates end: those whose spread between the classes is less than this part of the first's (MASS's tolerance). */
const TOLERANCE = 1e-4;

/** Linear functions of a row whose differences are log odds of the classes. */
export interface LinearScores {
  /** The point that columns are taken from. */
  readonly center: readonly number[];
  /** Of each class, at the center. */
  readonly constants: readonly number[];
  /** Of each class, in units of the columns. */
  readonly slopes: readonly (readonly number[])[];
}

/** Canonical variates: directions in which the classes' means differ most, the spread within classes being 1 (Rao 1948). */
export interface Canonical {
  /** A row per column, and in it a number per variate. */
  readonly scaling: number[][];
  /** How much the means differ in each, as standard deviations between over within classes: MASS's `svd`. */
  readonly singularValues: number[];
}

/**
 * log p_k - |a_k|²/2 + y' a_k with y = L⁻¹(x - center) and a_k the class's mean likewise: the parts of the log-density that are quadratic in x
 * are those of every class, and never computed, so that rows far out keep the digits of their log odds. Fisher (1936), Annals of Eugenics 7, 179.
 */
export function linearScores(moments: GroupMoments, prior: readonly number[], center: readonly number[]): LinearScores {
  const { unit, factor } = moments;
  const d = unit.length;
  const inverse = inverseLower(factor, d);
  const whitened = whitenedMeans(moments, center, inverse);
  return {
    center,
    constants: whitened.map((a, k) => log(prior[k]!) - 0.5 * a.reduce((sum, value) => sum + value * value, 0)),
    slopes: whitened.map((a) => transposed(inverse, a, d)),
  };
}

export function linearScoring({ center, constants, slopes }: LinearScores, unit: Float64Array): Scoring {
  const d = unit.length;
  const flat = Float64Array.from(slopes.flat());
  return (columns) => {
    const values = columns.map((column) => (column as Predictor & { kind: "numbers" }).values);
    const z = new Float64Array(d);
    return (row, scores) => {
      for (let j = 0; j < d; j++) z[j] = (values[j]![row]! - center[j]!) / unit[j]!;
      for (let k = 0; k < scores.length; k++) {
        let score = constants[k]!;
        for (let j = 0; j < d; j++) score += flat[k * d + j]! * z[j]!;
        scores[k] = score;
      }
    };
  };
}

/** @param divisor - Of the squares between the classes: their number, or that less 1. */
export function canonical(moments: GroupMoments, prior: readonly number[], weight: number, divisor: number): Canonical {
  const { unit, factor } = moments;
  const d = unit.length;
  const inverse = inverseLower(factor, d);
  const about = centerOf(moments, prior);
  const whitened = whitenedMeans(moments, about, inverse);
  const between = new Float64Array(d * d);
  for (const [k, a] of whitened.entries()) {
    const share = (weight * prior[k]!) / divisor;
    for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) between[i * d + j]! += share * a[i]! * a[j]!;
  }
  const { values, vectors } = eigenSymmetric(between, d);
  const roots = Array.from(values, (value) => Math.sqrt(Math.max(0, value)));
  const kept = roots.filter((root, i) => i < prior.length - 1 && root > TOLERANCE * roots[0]!);
  const directions = kept.map((_, i) => {
    const direction = transposed(inverse, [...vectors.subarray(i * d, i * d + d)], d);
    // Either sign is right; one is chosen.
    const largest = direction.reduce((best, value, j) => (Math.abs(value) > Math.abs(direction[best]!) ? j : best), 0);
    return direction.map((value, j) => (Math.sign(direction[largest]!) * value) / unit[j]!);
  });
  return { scaling: Array.from(unit, (_, j) => directions.map((direction) => direction[j]!)), singularValues: kept };
}

/** The classes' mean at given shares, in natural units. */
export function centerOf({ centers, unit, means }: GroupMoments, shares: readonly number[]): number[] {
  return Array.from(unit, (own, j) => shares.reduce((sum, share, k) => sum + share * (centers[k]![j]! + own * means[k]![j]!), 0));
}

function whitenedMeans({ centers, unit, means }: GroupMoments, center: readonly number[], inverse: Float64Array): number[][] {
  return means.map((mean, k) =>
    apply(
      inverse,
      mean.map((m, j) => (centers[k]![j]! - center[j]!) / unit[j]! + m),
      unit.length,
    ),
  );
}

/** Aᵀ x. */
function transposed(a: ArrayLike<number>, x: readonly number[], d: number): number[] {
  return x.map((_, j) => x.reduce((sum, own, i) => sum + a[i * d + j]! * own, 0));
}
