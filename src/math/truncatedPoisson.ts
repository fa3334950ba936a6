/** The Poisson without its zeros, written with λ/(e^λ - 1), so that nothing cancels as λ → 0. */
import { exp, expm1, log, log1p } from "./elementary.ts";
import { lgamma } from "./gamma.ts";
import { polynomial } from "./polynomial.ts";
import type { Random } from "./random.ts";
import { findRoot } from "./roots.ts";
import { poissonLogMass } from "./saddlePoint.ts";
import { EULER_MACLAURIN } from "./stirling.ts";

/** log(λ^x / (x! (e^λ - 1))), x = 1, 2, … */
export function truncatedPoissonLogMass(x: number, lambda: number): number {
  if (lambda > 1) return poissonLogMass(x, lambda) - log1p(-exp(-lambda));
  return (x === 1 ? 0 : (x - 1) * log(lambda) - lgamma(x + 1)) + log(lambda / expm1(lambda));
}

/** d log((e^λ - 1)/λ) / dλ = 1/(1 - e^-λ) - 1/λ, from ½ to 1; its series is ½ + Σ B_2j/(2j)! λ^(2j-1). */
export function truncatedPoissonSlope(lambda: number): number {
  return lambda < 1 ? 0.5 + lambda * polynomial(EULER_MACLAURIN, lambda * lambda) : -1 / expm1(-lambda) - 1 / lambda;
}

const BEND = EULER_MACLAURIN.map((b, j) => (2 * j + 1) * b);

/** Its derivative. */
export function truncatedPoissonBend(lambda: number): number {
  if (lambda < 1) return polynomial(BEND, lambda * lambda);
  const gap = expm1(-lambda);
  return 1 / (lambda * lambda) - exp(-lambda) / (gap * gap);
}

/** The λ whose mean, λ/(1 - e^-λ), is this; 0 for 1. */
export function truncatedPoissonRate(mean: number): number {
  // Closer to 1 the difference to be solved for 0 is nothing but rounding.
  if (mean - 1 < 1e-12) return 2 * Math.max(0, mean - 1);
  return findRoot((lambda) => lambda + mean * expm1(-lambda), mean - 1, mean);
}

/** A variate: the first event of the process is known to come, and its time decides how many may follow. */
export function truncatedPoissonVariate(lambda: number, random: Random): number {
  const first = -log1p(random.uniform() * expm1(-lambda));
  return 1 + random.poisson(Math.max(0, lambda - first));
}
