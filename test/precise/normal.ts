// The error function and the normal distribution to about 30 digits.
//
// erfcx: from a continued fraction at 12 (DLMF 7.9.2) down to 0 in steps of 1/8 by Taylor's series, whose coefficients follow from
// f' = 2 x f - 2/sqrt(pi); going down, errors die out. The same series serve all arguments between; past 12 the fraction does.
// erf near 0: DLMF 7.6.2. The rest by definition, quantiles by Halley's method on these.

import { add, type DoubleDouble, divide, multiply, pair, plain, type Scaled, scale, scaled, twoProduct, twoSum } from "./arithmetic.ts";
import { expOf, logOf } from "./elementary.ts";

const PI = pair(3.141592653589793, 1.2246467991473532e-16);
const SQRT_PI = root(PI);
const SQRT_HALF = root(pair(0.5));
const TWO_OVER_SQRT_PI = divide(pair(2), SQRT_PI);
const SQRT_TWO_OVER_PI = root(divide(pair(2), PI));
const LAST = 12;
const TERMS = 28;
const RECIPROCALS = Array.from({ length: 2 * TERMS }, (_, n) => divide(pair(1), pair(n)));

/** Taylor's coefficients of erfcx at k/8. */
const SERIES = seriesOfErfcx();

function seriesOfErfcx(): DoubleDouble[][] {
  const series: DoubleDouble[][] = [];
  let value = fraction(pair(LAST));
  for (let k = 8 * LAST; k >= 0; k--) {
    series[k] = coefficients(k / 8, value);
    value = horner(series[k]!, pair(-1 / 8));
  }
  return series;
}

/** a' n-th: (n + 1) a_(n+1) = 2 x a_n + 2 a_(n-1), less 2/sqrt(pi) at n = 0. */
function coefficients(x: number, value: DoubleDouble): DoubleDouble[] {
  const a = [value, add(scale(multiply(value, pair(x)), 2), scale(TWO_OVER_SQRT_PI, -1))];
  for (let n = 1; n < TERMS; n++) a.push(scale(multiply(add(multiply(a[n]!, pair(x)), a[n - 1]!), RECIPROCALS[n + 1]!), 2));
  return a;
}

function horner(a: readonly DoubleDouble[], x: DoubleDouble): DoubleDouble {
  return a.reduceRight((sum, coefficient) => add(multiply(sum, x), coefficient));
}

/** sqrt(pi) erfcx(x) = 1/(x + (1/2)/(x + (2/2)/(x + ...))), from behind; x >= 12. */
function fraction(x: DoubleDouble): DoubleDouble {
  let sum = x;
  for (let n = Math.ceil(24 + 3500 / (x.high * x.high)); n >= 1; n--) sum = add(x, divide(pair(n / 2), sum));
  return divide(pair(1), multiply(SQRT_PI, sum));
}

function root(a: DoubleDouble): DoubleDouble {
  const r = Math.sqrt(a.high);
  const rest = add(a, scale(twoProduct(r, r), -1));
  const once = add(pair(r), divide(rest, pair(2 * r)));
  return add(once, divide(add(a, scale(multiply(once, once), -1)), pair(2 * r)));
}

/** erfcx of x >= 0. */
function erfcxOf(x: DoubleDouble): DoubleDouble {
  if (x.high > LAST) return fraction(x);
  const k = Math.round(8 * x.high);
  return horner(SERIES[k]!, add(x, pair(-k / 8)));
}

const times = (a: Scaled, b: DoubleDouble): Scaled => ({ ...multiply(a, b), binary: a.binary });
const minus = (a: Scaled): Scaled => ({ ...scale(a, -1), binary: a.binary });
const nothing = (x: number): Scaled => scaled(pair(x));

/** exp(factor x^2). */
const expSquare = (x: number, factor: number): Scaled => expOf(scale(twoProduct(x, x), factor));

export function erf(x: number): Scaled {
  if (x < 0) return minus(erf(-x));
  if (x >= 0.5) return scaled(x > 27 ? pair(1) : add(pair(1), scale(plain(erfc(x)), -1)));
  if (x < 2 ** -200) return { ...scale(multiply(pair(x * 2 ** 100), TWO_OVER_SQRT_PI), 1), binary: -100 };
  return scaled(multiply(TWO_OVER_SQRT_PI, erfSum(pair(x))));
}

/** exp(-x^2) sum of 2^n x^(2n+1)/(1 3 5 ... (2n+1)), |x| < 0.75. */
function erfSum(x: DoubleDouble): DoubleDouble {
  const square = multiply(x, x);
  let sum = pair(1);
  for (let n = TERMS - 1; n >= 1; n--) sum = add(pair(1), multiply(scale(multiply(square, sum), 2), RECIPROCALS[2 * n + 1]!));
  return multiply(multiply(x, plain(expOf(scale(square, -1)))), sum);
}

export function erfc(x: number): Scaled {
  if (x >= 0) return x > 30 ? nothing(0) : times(expSquare(x, -1), erfcxOf(pair(x)));
  return scaled(x < -27 ? pair(2) : add(pair(2), scale(plain(erfc(-x)), -1)));
}

export function erfcx(x: number): Scaled {
  if (x > 2 ** 60) return { ...divide(pair(1), multiply(SQRT_PI, pair(x * 2 ** -600))), binary: -600 };
  if (x >= 0) return scaled(erfcxOf(pair(x)));
  const e = expSquare(x, 1);
  if (x < -9) return { ...e, binary: e.binary + 1 };
  return scaled(add(scale(plain(e), 2), scale(erfcxOf(pair(-x)), -1)));
}

/** exp(x^2/2) Φ(-x), x >= 0. */
const halfErfcx = (x: DoubleDouble): DoubleDouble => scale(erfcxOf(multiply(x, SQRT_HALF)), 0.5);

/** Φ(-x), x >= 0. */
const upperTail = (x: number): Scaled => times(expSquare(x, -0.5), halfErfcx(pair(x)));

export function logNormalCdf(x: number): Scaled {
  if (x <= 0) return scaled(add(scale(twoProduct(x, x), -0.5), logOfMills(pair(-x))));
  if (x > 40) return nothing(0);
  const q = upperTail(x);
  const size = q.high * 2 ** Math.max(q.binary, -200);
  if (size > 2 ** -20) return scaled(logOf(add(pair(1), scale(plain(q), -1))));
  const small = scale(q, 2 ** Math.max(q.binary, -200));
  return minus(
    times(
      q,
      horner(
        [1, 2, 3, 4, 5, 6].map((n) => RECIPROCALS[n]!),
        small,
      ),
    ),
  );
}

/** log of exp(x^2/2) Φ(-x), x >= 0: past 2^60 of 1/(x sqrt(2 pi)). */
function logOfMills(x: DoubleDouble): DoubleDouble {
  return x.high < 2 ** 60 ? logOf(halfErfcx(x)) : scale(add(logOf(x), scale(logOf(scale(PI, 2)), 0.5)), -1);
}

/** φ(x)/Φ(x) + x for x < 0: by subtraction, below -50 by its series in 1/x^2, which follows from D' + 1 = D (D + t), t = -x. */
function excessOfMills(t: number): DoubleDouble {
  if (t < 50) return add(divide(SQRT_TWO_OVER_PI, erfcxOf(multiply(pair(t), SQRT_HALF))), pair(-t));
  const inverse = divide(pair(1), pair(t));
  return multiply(inverse, horner(EXCESS, multiply(inverse, inverse)));
}

const EXCESS = excessSeries(18);

function excessSeries(length: number): DoubleDouble[] {
  const d = [pair(1)];
  for (let k = 1; k < length; k++) {
    let sum = multiply(pair(1 - 2 * k), d[k - 1]!);
    for (let i = 0; i < k; i++) sum = add(sum, scale(multiply(d[i]!, d[k - 1 - i]!), -1));
    d.push(sum);
  }
  return d;
}

export function inverseMills(x: number): Scaled {
  if (x < 0) return scaled(add(pair(-x), excessOfMills(-x)));
  if (x > 45) return nothing(0);
  const density = times(expSquare(x, -0.5), scale(SQRT_TWO_OVER_PI, 0.5));
  const q = upperTail(x);
  const rest = add(pair(1), scale(q, -(2 ** Math.max(q.binary, -200))));
  return { ...divide(density, rest), binary: density.binary };
}

export function inverseMillsSlope(x: number): Scaled {
  const h = inverseMills(x);
  if (x >= 0) return minus(times(h, add(pair(x), scale(h, 2 ** Math.max(h.binary, -200)))));
  if (x > -1e8) return minus(times(h, excessOfMills(-x)));
  const square = divide(pair(1), pair(x));
  return scaled(add(pair(-1), multiply(square, square)));
}

/** P. J. Acklam's rational start, 1.2e-9, and a step of Halley's method. */
export function normalQuantile(p: number): Scaled {
  if (p > 0.5) return minus(normalQuantile(1 - p));
  if (p >= 0.25) return scaled(centralQuantile(p - 0.5));
  return scaled(quantileOfLog(logOfSmall(p)));
}

function logOfSmall(p: number): DoubleDouble {
  return p < 2 ** -900 ? add(logOf(pair(p * 2 ** 200)), multiply(logOf(pair(2)), pair(-200))) : logOf(pair(p));
}

/** Φ^-1(1/2 + q), |q| <= 0.25. */
function centralQuantile(q: number): DoubleDouble {
  if (Math.abs(q) < 2 ** -60) return divide(pair(q), scale(SQRT_TWO_OVER_PI, 0.5));
  const z = pair(acklamCentral(q));
  const excess = add(scale(multiply(TWO_OVER_SQRT_PI, erfSum(multiply(z, SQRT_HALF))), 0.5), pair(-q));
  const density = times(expOf(scale(multiply(z, z), -0.5)), scale(SQRT_TWO_OVER_PI, 0.5));
  const step = divide(excess, plain(density));
  return add(z, scale(divide(step, add(pair(1), scale(multiply(step, z), 0.5))), -1));
}

/** Φ^-1(exp(logP)), logP <= -0.6. */
function quantileOfLog(logP: DoubleDouble): DoubleDouble {
  const r = Math.SQRT2 * Math.sqrt(-logP.high);
  // Past 100, z = -r (1 - log(r)/r^2 ...) is good to 1e-3.
  let t = pair(r > 100 ? r : -acklamTail(r));
  for (let steps = 0; steps < (logP.high < -50 ? 2 : 1); steps++) {
    const f = add(add(multiply(scale(t, -0.5), t), logOfMills(t)), scale(logP, -1));
    const h = divide(SQRT_TWO_OVER_PI, erfcxOf(multiply(t, SQRT_HALF)));
    const step = divide(f, h);
    // (log Φ)'' = -h (h - t); past 50 the difference from its series, before it loses its digits.
    const excess = t.high > 50 ? pair((1 - 2 / t.high / t.high) / t.high) : add(h, scale(t, -1));
    t = add(t, divide(step, add(pair(1), scale(multiply(step, excess), 0.5))));
  }
  return scale(t, -1);
}

export function normalQuantileOfLog(logP: number): Scaled {
  if (logP < -1.3) return scaled(quantileOfLog(pair(logP)));
  const e = plain(expOf(pair(logP)));
  if (logP > -0.3) return minus(scaled(quantileOfLog(logOf(complement(logP, e)))));
  // p - 1/2 = expm1(log 2p)/2; log 2p by log 2 in three parts.
  const log2P = add(add(twoSum(logP, LN2[0]!), pair(LN2[1]!)), pair(LN2[2]!));
  const q = Math.abs(log2P.high) < 1 / 8 ? scale(expm1Small(log2P), 0.5) : add(e, pair(-0.5));
  const near = centralQuantile(q.high);
  const density = times(expOf(scale(multiply(near, near), -0.5)), scale(SQRT_TWO_OVER_PI, 0.5));
  return scaled(add(near, divide(pair(q.low), plain(density))));
}

const LN2 = [0.6931471805599453, 2.3190468138462996e-17, 5.707708438416212e-34];
const FACTORIALS = Array.from({ length: 20 }, (_, n) => RECIPROCALS.slice(1, n + 2).reduce(multiply));

/** expm1 of |x| <= 1/8. */
const expm1Small = (x: DoubleDouble): DoubleDouble => multiply(x, horner(FACTORIALS, x));

/** 1 - exp(x), x < 0. */
const complement = (x: number, e: DoubleDouble): DoubleDouble => (x < -1 / 8 ? add(pair(1), scale(e, -1)) : scale(expm1Small(pair(x)), -1));

const A = [-3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1, 2.506628277459239];
const B = [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1, 1];
const C = [-7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783];
const D = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1];
const value = (c: readonly number[], x: number) => c.reduce((sum, a) => sum * x + a, 0);

const acklamCentral = (q: number): number => (q * value(A, q * q)) / value(B, q * q);
/** r = sqrt(-2 log p); above 0.02425 one step of Newton's method from the central formula's p. */
const acklamTail = (r: number): number => (r > 2.7274 ? value(C, r) / value(D, r) : acklamCentral(Math.exp((-r * r) / 2) - 0.5));
