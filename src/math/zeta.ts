/**
 * Sums of powers and their derivatives in the exponent by the Euler–Maclaurin formula (DLMF 25.11.28), after direct summation up to
 * x >= 12 + 2 s, where ten terms leave less than 2^-54; for a large s the direct sum ends before:
 *
 *   Σ_{k>=0} (x + k)^-s = x^-s (x/(s-1) + 1/2 + Σ B_2j/(2j)! (s)_{2j-1} x^(1-2j))
 *
 * Measured against 40 digits, 1.001 <= s <= 60, 1 <= a <= 1e12: zetaSum 6e-16, its derivatives 2e-15, powerSum 8e-16, relative.
 */
import { exp, expm1, log, log1p } from "./elementary.ts";
import { EULER_MACLAURIN } from "./stirling.ts";

/** A function of s with two derivatives. */
export interface Jet {
  readonly value: number;
  readonly first: number;
  readonly second: number;
}

/** Where the formula takes over. */
const asymptotic = (s: number): number => 12 + 2 * s;

/** a^s ζ(s, a) = Σ_{k>=0} (1 + k/a)^-s, s > 1, a > 0, and its derivatives in s. */
export function zetaSum(s: number, a: number): Jet {
  let value = 0;
  let first = 0;
  let second = 0;
  const end = asymptotic(s);
  let k = 0;
  for (; a + k < end; k++) {
    const l = log1p(k / a);
    const term = exp(-s * l);
    value += term;
    first -= l * term;
    second += l * l * term;
    if (k > 0 && l * l * term < 1e-18 * second) return { value, first, second };
  }
  const l = log1p(k / a);
  const power = exp(-s * l);
  const { value: c, first: d, second: e } = remainder(s, a + k);
  return {
    value: value + power * c,
    first: first + power * (d - l * c),
    second: second + power * (e - 2 * l * d + l * l * c),
  };
}

/** The factor of x^-s in the formula, and its derivatives in s. */
function remainder(s: number, x: number): Jet {
  const integral = x / (s - 1);
  const { value, first, second } = corrections(s, x);
  return {
    value: integral + 0.5 + value,
    first: first - integral / (s - 1),
    second: second + (2 * integral) / (s - 1) / (s - 1),
  };
}

/** Σ B_2j/(2j)! (s)_{2j-1} x^(1-2j). */
function corrections(s: number, x: number): Jet {
  let value = 0;
  let first = 0;
  let second = 0;
  // (s)_{2j-1} x^(1-2j), and its logarithm's derivatives.
  let product = s / x;
  let slope = 1 / s;
  let bend = -1 / (s * s);
  EULER_MACLAURIN.forEach((b, j) => {
    const term = b * product;
    value += term;
    first += term * slope;
    second += term * (slope * slope + bend);
    for (const factor of [s + 2 * j + 1, s + 2 * j + 2]) {
      product *= factor / x;
      slope += 1 / factor;
      bend -= 1 / (factor * factor);
    }
  });
  return { value, first, second };
}

/** Σ_{j=1}^k j^-s for a whole k >= 1, s > 1: where most of ζ(s) lies beyond k, a difference of zetas would cancel. */
export function powerSum(s: number, k: number): number {
  const end = Math.min(k, Math.ceil(asymptotic(s)) - 1);
  let sum = 0;
  for (let j = 1; j <= end; j++) {
    const term = exp(-s * log(j));
    sum += term;
    if (term < 1e-19) return sum;
  }
  if (end === k) return sum;
  const x = end + 1;
  const l = log(k / x);
  const atX = exp(-s * log(x));
  const atK = exp(-s * log(k));
  const integral = (atX * x * -expm1((1 - s) * l)) / (s - 1);
  return sum + integral + 0.5 * (atX + atK) + atX * corrections(s, x).value - atK * corrections(s, k).value;
}
