/**
 * log |Γ| and log B.
 * |x - 2| <= ½: log Γ(2 + z) = z G(z), G by interpolation at Chebyshev nodes, degree 18, relative error 2^-53.7.
 * 0 < x < 10: recurrence to that interval. x >= 10: Stirling's series. x < 0: Γ(x) Γ(1 - x) = π / sin πx (DLMF 5.5.3).
 * Measured: lgamma 4.2 ulp for x > 0, 1.4e-15 of max(1, |value|) for x < 0; lbeta 6e-16, lgammaDifference 8e-16 likewise.
 */
import { low } from "./doubleDouble.ts";
import { log, log1p, logParts } from "./elementary.ts";
import { log1pmx } from "./logarithms.ts";
import { polynomial } from "./polynomial.ts";
import { ASYMPTOTIC, binet, binetDifference, HALF_LOG_2PI, stirlingError } from "./stirling.ts";
import { sinpi } from "./trig.ts";

const G = new Float64Array([
  0.42278433509846713, 0.32246703342411326, -0.0673523010531981, 0.02058080842778038, -0.0073855510286719986, 0.002890510331034267,
  -0.0011927539118428156, 0.0005096695154115458, -0.00022315475400520507, 9.945767355819498e-5, -4.49263133791557e-5, 2.0505590755833454e-5,
  -9.438715099211532e-6, 4.38470440459836e-6, -2.0439048107029907e-6, 9.200527894968101e-7, -4.3252393445604814e-7, 2.78740805211359e-7,
  -1.3219945666117874e-7,
]);
const LOG_PI = 1.1447298858494002;

/** log Γ(2 + z), |z| <= ½. */
const lgamma2p = (z: number): number => z * polynomial(G, z);

/** log Γ(1 + x) with relative accuracy about 0, for x > -1. */
export function lgamma1p(x: number): number {
  return Math.abs(x) <= 0.5 ? lgamma2p(x) - log1p(x) : x < 1.5 && x > 0 ? lgamma2p(x - 1) : lgamma(1 + x);
}

/** log |Γ(x)|; +Infinity at the poles 0, -1, -2, ... */
export function lgamma(x: number): number {
  if (x >= ASYMPTOTIC) {
    const h = logParts(x, 0);
    // Above 2.6e305 log Γ overflows, and an infinite x has no log parts.
    return x > 2.6e305 ? Infinity : (x - 0.5) * (h - 1) + ((x - 0.5) * low[0]! + (HALF_LOG_2PI - 0.5) + binet(x));
  }
  if (x >= 2.5) {
    const n = Math.round(x) - 2;
    let product = x - 1;
    for (let i = 2; i <= n; i++) product *= x - i;
    return lgamma2p(x - n - 2) + log(product);
  }
  if (x >= 1.5) return lgamma2p(x - 2);
  if (x >= 0.5) return lgamma2p(x - 1) - log(x);
  if (x > -0.5) return lgamma2p(x) - log1p(x) - log(Math.abs(x));
  if (x !== x) return x;
  if (x === Math.floor(x)) return Infinity;
  return LOG_PI - log(Math.abs(sinpi(x))) - lgamma(1 - x);
}

/** log Γ(x + d) - log Γ(x) for x, x + d > 0: full relative accuracy in d however large x is. */
export function lgammaDifference(x: number, d: number): number {
  if (!(Math.abs(d) <= 0.5 * x)) return lgamma(x + d) - lgamma(x);
  // Γ(z + 1) = z Γ(z): below the asymptotic range the ratios (z + d)/z multiply up as 1 + excess.
  let excess = 0;
  let z = x;
  for (const end = Math.max(ASYMPTOTIC, ASYMPTOTIC - d); z < end; z++) {
    const ratio = d / z;
    excess += ratio + excess * ratio;
  }
  const r = d / z;
  const logRatio = log1p(r);
  return z * log1pmx(r) - 0.5 * logRatio + d * (log(z) + logRatio) + binetDifference(z, d) - log1p(excess);
}

/** log B(a, b) = log Γ(a) + log Γ(b) - log Γ(a + b) for a, b > 0. */
export function lbeta(a: number, b: number): number {
  const p = Math.min(a, b);
  const q = Math.max(a, b);
  if (p === 0) return Infinity;
  if (p < ASYMPTOTIC) return p < 0.5 ? lgamma1p(p) - lgammaDifference(q, p) - log(p) : lgamma(p) - lgammaDifference(q, p);
  // Stirling's series for all three: (p - ½) log(p/(p+q)) + q log(q/(p+q)) - ½ log q, of one sign.
  const errors = stirlingError(p) + stirlingError(q) - stirlingError(p + q);
  const r = p / q;
  return HALF_LOG_2PI + errors - 0.5 * log(q) - (p - 0.5) * (log1p(r) - log(r)) - q * log1p(r);
}
