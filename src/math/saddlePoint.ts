import { log, log1p } from "./elementary.ts";
import { logGammaTails } from "./incompleteGamma.ts";
import { deviance, HALF_LOG_2PI, stirlingError } from "./stirling.ts";
import type { Tails } from "./wholeValued.ts";

/** log(lambda^x e^(-lambda) / x!) for whole x >= 0, lambda > 0, by Loader's saddle-point form (2000): no cancellation at large lambda. */
export function poissonLogMass(x: number, lambda: number): number {
  if (x === 0) return -lambda;
  return -stirlingError(x) - deviance(x, lambda) - HALF_LOG_2PI - 0.5 * log(x);
}

/** Counts above it are taken as it: nothing of a distribution is left there, and infinity has no incomplete gamma function. */
const LARGEST = 1e300;

/** log P(X <= k) and log P(X > k) of the Poisson, k = 0, 1, … */
export function poissonTails(k: number, lambda: number): Tails {
  const { p, q } = logGammaTails(Math.min(k, LARGEST) + 1, lambda);
  return { lower: q, upper: p };
}

/** log(C(n, x) p^x (1-p)^(n-x)) for whole 0 <= x <= n, 0 < p < 1, likewise. */
export function binomialLogMass(x: number, n: number, p: number): number {
  if (x === 0) return n * log1p(-p);
  if (x === n) return n * log(p);
  const gap = n * p - x;
  return (
    stirlingError(n) -
    stirlingError(x) -
    stirlingError(n - x) -
    deviance(x, n * p, gap) -
    deviance(n - x, n * (1 - p), -gap) -
    HALF_LOG_2PI +
    0.5 * log(n / x / (n - x))
  );
}
