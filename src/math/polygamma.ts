/**
 * ψ = (log Γ)', ψ', ψ'', their differences, and log x - ψ(x).
 * 1 <= x <= 2: ψ(x) = (x - x0) g(x), x0 the zero as two doubles, g by interpolation at Chebyshev nodes, degree 21, 2^-53.6.
 * Elsewhere below 10 the recurrences ψ(x+1) = ψ(x) + 1/x (DLMF 5.5.2), above it the asymptotic series,
 * for x < 0 reflection (DLMF 5.5.4, 5.15.6).
 * Measured for x > 0: digamma 2.6, trigamma 2.6, tetragamma 3.1, logMinusDigamma 3.2, its derivative 2.8 ulp;
 * digammaDifference 10 (where the two arguments are far apart), trigammaDifference 2.7 ulp.
 */
import { log } from "./elementary.ts";
import { log1pmx } from "./logarithms.ts";
import { polynomial } from "./polynomial.ts";
import { ASYMPTOTIC, logMinusPsi, psi1Difference, psi1MinusReciprocal, psi2, psiDifference } from "./stirling.ts";
import { cospi, sinpi } from "./trig.ts";

const PI = 3.141592653589793;
const ZERO_MINUS_1 = 0.46163214496836236;
const ZERO_LOW = -1.5522348162858677e-17;
/** ψ(1 + w)/(1 + w - x0) in w - ½. */
const QUOTIENT = new Float64Array([
  0.951055876031833, -0.4236274212814605, 0.2405424842407742, -0.14840492305390884, 0.09498872445494122, -0.061922133273064534,
  0.04076083381242074, -0.02697579675613825, 0.0179072524394512, -0.011908218001568644, 0.007926944646403797, -0.005279964873257405,
  0.003519006401502276, -0.002345267632540769, 0.0015566317474486838, -0.0010376374098418604, 0.0007233266279287554, -0.0004821990530566789,
  0.0002272331660987376, -0.00015148586836773365, 0.00025968482126430747, -0.00017312261802727394,
]);

/** ψ(1 + w) for w in [0, 1]. */
const digamma1p = (w: number): number => (w - ZERO_MINUS_1 - ZERO_LOW) * polynomial(QUOTIENT, w - 0.5);

/** ψ(x); NaN at the poles -1, -2, ..., -Infinity at +0. */
export function digamma(x: number): number {
  if (x >= ASYMPTOTIC) return x === Infinity ? x : log(x) - logMinusPsi(x);
  if (x >= 2) {
    // Σ 1/(x-i) as one fraction: a division costs more than the products that replace it.
    const n = Math.floor(x) - 1;
    let denominator = x - 1;
    let numerator = 1;
    for (let i = 2; i <= n; i++) {
      numerator = numerator * (x - i) + denominator;
      denominator *= x - i;
    }
    return digamma1p(x - n - 1) + numerator / denominator;
  }
  if (x >= 1) return digamma1p(x - 1);
  if (x >= 0) return digamma1p(x) - 1 / x;
  if (x === Math.floor(x) || x !== x) return NaN;
  return digamma(1 - x) - (PI * cospi(x)) / sinpi(x);
}

/** ψ'(x); +Infinity at the poles. */
export function trigamma(x: number): number {
  if (x < 0) {
    const s = sinpi(x) / PI;
    return 1 / (s * s) - trigamma(1 - x);
  }
  let sum = 0;
  let z = x;
  for (; z < ASYMPTOTIC; z++) sum += 1 / (z * z);
  return 1 / z + (psi1MinusReciprocal(z) + sum);
}

/** ψ''(x), x > 0. */
export function tetragamma(x: number): number {
  let sum = 0;
  let z = x;
  for (; z < ASYMPTOTIC; z++) sum += 2 / (z * z * z);
  return psi2(z) - sum;
}

/** log x - ψ(x) > 0 with relative accuracy, x > 0: f(x) - f(x+1) = 1/x - log(1 + 1/x). */
export function logMinusDigamma(x: number): number {
  // 1/x overflows before log x - ψ(x) = 1/x + log x + γ + ... does.
  if (x < 1e-300) return 1 / x;
  let sum = 0;
  let z = x;
  for (; z < ASYMPTOTIC; z++) sum -= log1pmx(1 / z);
  return sum + logMinusPsi(z);
}

/** Its derivative 1/x - ψ'(x) < 0, likewise: f'(x) - f'(x+1) = -1/(x² (x+1)). */
export function logMinusDigammaDerivative(x: number): number {
  let sum = 0;
  let z = x;
  for (; z < ASYMPTOTIC; z++) sum += 1 / (z * z * (z + 1));
  return -sum - psi1MinusReciprocal(z);
}

/** Where a difference cancels nothing the functions themselves are closer than the recurrence. */
const far = (x: number, d: number): boolean => !(Math.abs(d) <= 0.5 * x);

/** ψ(x + d) - ψ(x) for x, x + d > 0, with full relative accuracy in d. */
export function digammaDifference(x: number, d: number): number {
  if (far(x, d)) return digamma(x + d) - digamma(x);
  let sum = 0;
  let z = x;
  for (const end = Math.max(ASYMPTOTIC, ASYMPTOTIC - d); z < end; z++) sum += 1 / (z * (z + d));
  return sum * d + psiDifference(z, d);
}

/** ψ'(x + d) - ψ'(x) for x, x + d > 0, with full relative accuracy in d. */
export function trigammaDifference(x: number, d: number): number {
  if (far(x, d)) return trigamma(x + d) - trigamma(x);
  let sum = 0;
  let z = x;
  for (const end = Math.max(ASYMPTOTIC, ASYMPTOTIC - d); z < end; z++) {
    const product = z * (z + d);
    sum += (2 * z + d) / (product * product);
  }
  return psi1Difference(z, d) - sum * d;
}
