// Where the integral of a tail is cut: the u at which the logarithm of its integrand has fallen from 0 by CUT, exp(-38) = 3e-17. Longer by a
// tenth or two does no harm to the quadrature, so bounds from above will do.

import { log1pOf } from "./scalar";

export const CUT: f64 = 38;

/** gap u + x (exp(-u) - 1 + u) >= gap u + x u^2/(2 + u): where that is CUT. Without overflow for a gap of any size. */
export function fallingLength(gap: f64, x: f64): f64 {
  const a = gap + x;
  const b = (CUT - 2 * gap) / a;
  const root = sqrt(b * b + (8 * CUT) / a);
  return b > 0 ? 0.5 * (b + root) : (4 * CUT) / a / (root - b);
}

/** gap u + x u^2/2 = CUT, then for long ranges a step of x (exp(u) - 1) = CUT + a u from above; gap = x - a. */
export function risingLength(gap: f64, x: f64, a: f64): f64 {
  const p = gap / x;
  const length = (2 * CUT) / x / (p + sqrt(p * p + (2 * CUT) / x));
  return length > 0.5 ? min(length, log1pOf((CUT + a * length) / x)) : length;
}
