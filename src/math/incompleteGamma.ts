/**
 * The regularised incomplete gamma functions P(a, x) = γ(a, x)/Γ(a) and Q = 1 - P, their logarithms and inverses.
 * With D = x^a exp(-x)/Γ(a+1) = exp(-deviance(a, x) - μ(a))/√(2πa), which is free of cancellation for every a:
 *   x < 0.7 a        P = D Σ x^n/((a+1)...(a+n)) whatever a is: at most 110 terms    (DLMF 8.11.4)
 *   a >= 40          the smaller-looking tail by Gauss-Legendre quadrature (tail.ts): 3 µs, whatever a is
 *   x < a + 1        P = D Σ x^n/((a+1)...(a+n))                                   (DLMF 8.11.4)
 *   x >= a + 1       Q = a D /(x+1-a - 1(1-a)/(x+3-a - 2(2-a)/(x+5-a - ...)))      (DLMF 8.9.2, even part; Lentz 1976)
 *   a < 1, x < 1.1   P = x^a (1 + a Σ (-x)^n/(n!(a+n)))/Γ(a+1), Q from it with expm1  (DLMF 8.7.1)
 * Inverse: Newton for log x. P and Q are log-concave functions of log x, so an iterate beyond the root comes back once and
 * then converges from one side.
 * Measured, 1e-3 <= a <= 1e10: relative error 1.3e-15 max(1, |log result|), so 1e-14 at 1e-16 and 1.5e-13 at 1e-270;
 * logarithms 1e-15 of max(1, |log|); quantiles 4e-16, but 1e-13 for quantiles of 1e-245.
 */
import { exp, log } from "./elementary.ts";
import { lgamma, lgamma1p } from "./gamma.ts";
import { log1mexp, log1pmx } from "./logarithms.ts";
import { normalQuantileOfLog } from "./normal.ts";
import { deviance, stirlingError } from "./stirling.ts";
import { complementOfProduct, integrateTail, logProbability, probability, smallerSide, type Tail } from "./tail.ts";

const TWO_PI = 6.283185307179586;

const quadrature = (a: number, x: number): Tail => {
  const difference = x - a;
  const sign = difference < 0 ? -1 : 1;
  const tilt = (sign * difference) / x;
  // φ(s) = a log(1 ± s/x) ∓ s: the log of (x ± s)^a exp(-(x ± s)) relative to its value at x.
  const factor = integrateTail({
    value: (s) => a * log1pmx((sign * s) / x) - s * tilt,
    slope: (s) => -(sign * difference + s) / (x + sign * s),
    weight: (s) => 1 / (x + sign * s),
    curvature: a / x / x,
    end: sign < 0 ? x : Infinity,
  });
  return {
    upper: sign > 0,
    exponent: -deviance(a, x, difference),
    factor: factor * Math.sqrt(a / TWO_PI) * exp(-stirlingError(a)),
  };
};

/** D(a, x) = exp(exponent) * factor. */
const leading = (a: number, x: number): { exponent: number; factor: number } => ({
  exponent: -deviance(a, x) - stirlingError(a),
  factor: 1 / Math.sqrt(TWO_PI * a),
});

const tail = (a: number, x: number): Tail => {
  if (x === 0) return { upper: false, exponent: 0, factor: 0 };
  if (x === Infinity) return { upper: true, exponent: 0, factor: 0 };
  if (a >= 40 && !(x < 0.7 * a)) return quadrature(a, x);
  if (a < 1 && x < 1.1) {
    let sum = 0;
    let term = 1;
    for (let n = 1; n < 30; n++) {
      term *= -x / n;
      sum += term / (a + n);
      if (Math.abs(term) < 1e-17 * Math.abs(sum)) break;
    }
    const v = a * log(x) - lgamma1p(a);
    const q = complementOfProduct(v, a * sum);
    return q < 0.3 ? { upper: true, exponent: 0, factor: q } : { upper: false, exponent: v, factor: 1 + a * sum };
  }
  const { exponent, factor } = leading(a, x);
  if (x < a + 1) {
    let sum = 1;
    let term = 1;
    for (let n = 1; term > 1e-17 * sum; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return { upper: false, exponent, factor: factor * sum };
  }
  let b = x + 1 - a;
  let d = 1 / b;
  let c = 1e300;
  let f = d;
  for (let n = 1; n < 1000; n++) {
    const an = n * (a - n);
    b += 2;
    d = 1 / (b + an * d);
    c = b + an / c;
    f *= c * d;
    if (Math.abs(c * d - 1) < 2e-16) break;
  }
  return { upper: true, exponent, factor: factor * a * f };
};

/** P(a, x): the distribution function of a gamma variable with shape a and rate 1; NaN unless a > 0 and x >= 0. */
export function gammaP(a: number, x: number): number {
  return a > 0 && x >= 0 ? probability(tail(a, x), false) : NaN;
}

/** Q(a, x) = 1 - P(a, x). */
export function gammaQ(a: number, x: number): number {
  return a > 0 && x >= 0 ? probability(tail(a, x), true) : NaN;
}

/** `logX`, where given, is log x known where x itself underflows. */
export function logGammaP(a: number, x: number, logX?: number): number {
  return a > 0 && x >= 0 ? logProbability(tailOf(a, x, logX), false) : NaN;
}

export function logGammaQ(a: number, x: number, logX?: number): number {
  return a > 0 && x >= 0 ? logProbability(tailOf(a, x, logX), true) : NaN;
}

/** log P and log Q, one from the other. */
export function logGammaTails(a: number, x: number): { readonly p: number; readonly q: number } {
  if (!(a > 0 && x >= 0)) return { p: NaN, q: NaN };
  const found = tail(a, x);
  return { p: logProbability(found, false), q: logProbability(found, true) };
}

const tailOf = (a: number, x: number, logX: number | undefined): Tail =>
  logX === undefined || x > 1e-300 ? tail(a, x) : { upper: false, exponent: a * logX - lgamma(a + 1), factor: 1 };

/** Wilson & Hilferty (1931) where its cube is positive and a is not small, else the first term of the series at 0 or ∞. */
const start = (a: number, logP: number, upper: boolean): number => {
  const z = upper ? -normalQuantileOfLog(logP) : normalQuantileOfLog(logP);
  const root = 1 - 1 / (9 * a) + z / (3 * Math.sqrt(a));
  if (a >= 1 && root > 0.2) return a * root * root * root;
  const logLower = upper ? log(-Math.min(-1e-300, Math.max(-1, exp(logP) - 1))) : logP;
  const power = (logLower + lgamma1p(a)) / a;
  if (!upper || a >= 1) return exp(power);
  const t = -logP - lgamma(a);
  return Math.max(exp(power), t > 1 ? t + (a - 1) * log(t) : 0);
};

const quantile = (p: number, a: number, side: boolean): number => {
  if (!(p >= 0 && p <= 1 && a > 0)) return NaN;
  if (p === 0 || p === 1) return (p === 0) === side ? Infinity : 0;
  const { logP, upper } = smallerSide(p, side);
  let x = start(a, logP, upper);
  for (let i = 0; i < 100; i++) {
    // There P is x^a / Γ(a + 1), and x may underflow.
    if (!(x > 1e-307)) return exp(((upper ? log1mexp(logP) : logP) + lgamma1p(a)) / a);
    const log1 = logProbability(tail(a, x), upper);
    const { exponent, factor } = leading(a, x);
    // d log P/d log x = a D/P.
    const slope = a * factor * exp(exponent - log1);
    const f = upper ? log1 - logP : logP - log1;
    // To the right log Q falls like -x: a step of more than 1 there would have to be walked back unit by unit.
    const step = Math.min(f / slope, 1);
    x *= exp(step);
    if (Math.abs(step) < 3e-16 || (i > 8 && Math.abs(step) < 1e-14)) break;
  }
  return x;
};

/** The x with P(a, x) = p. */
export function gammaQuantile(p: number, a: number): number {
  return quantile(p, a, false);
}

/** The x with Q(a, x) = q. */
export function gammaUpperQuantile(q: number, a: number): number {
  return quantile(q, a, true);
}
