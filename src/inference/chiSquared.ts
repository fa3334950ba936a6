import { gammaQ } from "../math/incompleteGamma.ts";
import { solvePositiveDefinite } from "../math/symmetric.ts";
import type { Matrix } from "./covariance.ts";

/** P(X > x) of a chi-squared variable; 0 degrees of freedom are a mass at 0. */
export function chiSquaredUpper(x: number, df: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (!(x > 0)) return 1;
  return df === 0 ? 0 : gammaQ(df / 2, x / 2);
}

/** The law of a likelihood ratio: chi-squared, or where the null hypothesis lies on one boundary, a mixture of two. */
export interface NullLaw {
  /** In words. */
  readonly text: string;
  /** P(T >= t). */
  upper(statistic: number): number;
}

/**
 * For `df` restrictions of which `onBoundary`, 0 or 1, put a parameter on the boundary of its domain: half the time the estimate lies there,
 * too, and the ratio has one degree of freedom less (Chernoff 1954, Ann. Math. Stat. 25, 573; Self & Liang 1987, JASA 82, 605, cases 5 and 6).
 */
export function nullLaw(df: number, onBoundary: number): NullLaw {
  if (onBoundary === 0) return { text: chiSquaredText(df), upper: (t) => chiSquaredUpper(t, df) };
  return {
    text: `½χ²${subscript(df - 1)} + ½χ²${subscript(df)}`,
    upper: (t) => 0.5 * chiSquaredUpper(t, df - 1) + 0.5 * chiSquaredUpper(t, df),
  };
}

export function chiSquaredText(df: number): string {
  return `chi-squared with ${df} df`;
}

function subscript(n: number): string {
  return [...String(n)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}

/** v' A^-1 v, or undefined where A is not positive definite. */
export function quadraticForm(matrix: Matrix, v: readonly number[]): number | undefined {
  const solved = solvePositiveDefinite(Float64Array.from(matrix.flat()), v, v.length);
  return solved ? v.reduce((sum, value, i) => sum + value * solved[i]!, 0) : undefined;
}
