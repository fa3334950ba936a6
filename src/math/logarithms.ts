/**
 * Logarithms of sums and differences that lose nothing.
 * M. Mächler, "Accurately computing log(1 - exp(-|a|))", 2012 (vignette of the R package Rmpfr).
 */
import { low, twoProduct } from "./doubleDouble.ts";
import { exp, expm1, log, log1p, logParts } from "./elementary.ts";
import { polynomial } from "./polynomial.ts";

/** (artanh(s)/s - 1)/s² as a polynomial in s² on s² <= 1/9; relative error 2^-54, degree 10, Chebyshev nodes. */
const ARTANH = new Float64Array([
  0.3333333333333333, 0.1999999999999976, 0.14285714285800877, 0.11111111099014737, 0.09090909955527261, 0.07692271746289105,
  0.06667594476950635, 0.05867070005446695, 0.05423153071310009, 0.03743548293126407, 0.07820074944803705,
]);

/** artanh(s)/s - 1 for |s| <= 1/3. */
export function artanhExcess(s: number): number {
  const s2 = s * s;
  return s2 * polynomial(ARTANH, s2);
}

/**
 * log(1 + x) - x. With s = x/(2 + x): log(1 + x) = 2 artanh s and x = s (2 + x), hence
 * log(1 + x) - x = 2 s (artanh(s)/s - 1) - s x, where nothing cancels for x in [-1/2, 1].
 */
export function log1pmx(x: number): number {
  if (x < -0.5 || !(x <= 1)) return x === Infinity ? -x : log1p(x) - x;
  const s = x / (2 + x);
  return s * (2 * artanhExcess(s) - x);
}

/** log(x / y) for x, y > 0, also where the quotient overflows or is subnormal. */
export function logRatio(x: number, y: number): number {
  const ratio = x / y;
  return ratio > 1e-300 && ratio < 1e300 ? log(ratio) : log(x) - log(y);
}

/** log(1 + exp(x)), the softplus. */
export function log1pexp(x: number): number {
  return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

/** log(1 - exp(x)) for x <= 0. */
export function log1mexp(x: number): number {
  return x > -0.6931471805599453 ? log(-expm1(x)) : log1p(-exp(x));
}

/** log(1 - exp(-exp(x))). */
export function log1mexpexp(x: number): number {
  // log(1 - exp(-y)) = log y - y/2 + …
  return x < -37 ? x : log1mexp(-exp(x));
}

/** log(x y) for x, y > 0, also where the product overflows or is subnormal. */
export function logProduct(x: number, y: number): number {
  const product = x * y;
  return product > 1e-300 && product < 1e300 ? log(product) : log(x) + log(y);
}

/** log(1 - exp(-x y)) for x, y > 0. */
export function logOneMinusExp(x: number, y: number): number {
  return x * y > 1e-300 ? log1mexp(-x * y) : logProduct(x, y);
}

/** log(exp(a) + exp(b)). */
export function logaddexp(a: number, b: number): number {
  if (a === b) return a + 0.6931471805599453;
  const largest = a > b ? a : b;
  const gap = a > b ? b - a : a - b;
  return gap === gap ? largest + log1p(exp(gap)) : NaN;
}

/** log(e^a + v (e^b - e^a)), 0 <= v <= 1, from logarithms in any order. */
export function logMix(a: number, b: number, v: number): number {
  if (a === b) return a;
  return a > b ? a + log1p(v * expm1(b - a)) : b + log(v + (1 - v) * exp(a - b));
}

/** log(exp(a) - exp(b)) for a >= b. */
export function logsubexp(a: number, b: number): number {
  return b === -Infinity ? a : a + log1mexp(b - a);
}

/** log(x) times a constant in two parts; powers of the base give whole numbers. */
function scaledLog(x: number, high: number, rest: number): number {
  if (!(x > 0 && x < Infinity)) return log(x);
  const leading = logParts(x, 0);
  const tail = low[0]!;
  const product = twoProduct(leading, high);
  return product + (low[0]! + leading * rest + tail * high);
}

export function log2(x: number): number {
  return scaledLog(x, 1.4426950408889634, 2.0355273740931033e-17);
}

export function log10(x: number): number {
  return scaledLog(x, 0.4342944819032518, 1.098319650216765e-17);
}
