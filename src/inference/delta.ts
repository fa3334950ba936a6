import { gradientOf } from "../math/jets.ts";
import { normalQuantile } from "../math/normal.ts";
import type { Matrix } from "./covariance.ts";

/** A function of estimates, its standard error and its Wald interval on the function's own scale. */
export interface Delta {
  readonly value: number;
  readonly standardError: number;
  readonly interval: [number, number];
}

/**
 * The delta method: the variance of f(theta) is g'Vg with g the gradient of f at the estimates. `standardErrors` are the roots of the
 * diagonal of V, which may have digits that V has not; parameters of standard error 0 are held.
 */
export function deltaMethod(
  f: (theta: readonly number[]) => number,
  theta: readonly number[],
  vcov: Matrix,
  standardErrors: readonly number[],
  level: number,
): Delta {
  const value = f(theta);
  const gradient = gradientOf(f, theta, standardErrors);
  // In standard errors and correlations: variances of 1e-310 have lost their digits.
  const pulls = gradient.map((slope, i) => (standardErrors[i] === 0 ? 0 : slope * standardErrors[i]!));
  const correlation = (i: number, j: number) => (i === j ? 1 : vcov[i]![j]! / standardErrors[i]! / standardErrors[j]!);
  const variance = pulls.reduce(
    (sum, a, i) => sum + pulls.reduce((inner, b, j) => inner + (a === 0 || b === 0 ? 0 : a * b * correlation(i, j)), 0),
    0,
  );
  const standardError = Math.sqrt(Math.max(0, variance));
  const reach = normalQuantile((1 + level) / 2) * standardError;
  return { value, standardError, interval: [value - reach, value + reach] };
}

/** @throws TypeError for what a caller's function returned, if it is not a number. */
export function numberOf(value: unknown, name: string): number {
  if (typeof value === "number") return value;
  throw new TypeError(`${name || "The function"} returned ${String(value)}; a number is needed.`);
}
