// P(a, x), Q(a, x) = 1 - P, their logarithms and their slopes in a, all from one of the tails (tail.ts). With the Poisson mass at its mean
// T(a) (gammaPeak.ts) and D = x^a exp(-x)/Γ(a + 1) = T(a) exp(a log(x/a) - (x - a)), the exponent in two doubles (longLog.ts):
//
//   x < 1/2, a < 1   P = exp(v) (1 + a Σ (-x)^n/(n! (a+n))),  v = a log x - log Γ(1 + a),  Q by expm1(v)          (DLMF 8.7.1)
//   x < a < 10       P = D Σ x^n/((a+1)...(a+n))                                                                 (DLMF 8.11.4)
//   x < a            P = a D ∫ exp(-a u + x (1 - exp(-u))) du,  t = x exp(-u) in the integral of t^(a-1) exp(-t)
//   x >= a           Q = a D ∫ exp( a u - x (exp(u) - 1)) du,   t = x exp(u)
//
// The integrands are entire and log-concave, from 1 down to exp(-38), where the range is cut: 32 Gauss-Legendre points give 1e-18 in the
// value and in the mean of u. All summands are positive. The slope of log Q in a is log(x/a) + (log a - ψ(a)) + mean of u, three
// positive numbers; of log P the same with -u; the series is differentiated term by term (R. J. Moore, AS 187, 1982).
//
// Error <= 12 ulp of the value in every function here, in both tails down to the least double, for a in [1e-10, 1e10], x >= 0.
// ns a row, Node 20 and 26: 115, 105 (x < 1/2, a < 1), 140, 130 (series), 330, 335 (integrals, a < 16), 250, 255 (a large).

import { low, multiply, twoSum } from "./doubleDouble";
import { expm1Excess } from "./excess";
import { exp } from "./exp";
import { gammaPeak, lgamma1p, peakSlope, psi1p } from "./gammaPeak";
import { GAUSS_LEGENDRE, GAUSS_LEGENDRE_END } from "./gaussLegendre";
import { longLogRatio, logRatio, powerExcess } from "./longLog";
import { expm1Of, expOf } from "./scalar";
import { logProbability, logSlope1, probability, probabilitySlope1, setComplement, setLimit, setTail } from "./tail";
import { fallingLength, risingLength } from "./tailRange";

// The median lies between a - 1/3 and a: the tail that is computed is at most a half, or hardly more.
const MEDIAN: f64 = 0.3333333333333333;
const SERIES_BELOW: f64 = 10;

/** Mean of u under the last integrand. */
let mean: f64 = 0;

/** ∫ exp(-gap u - x (exp(±u) - 1 ∓ u)) du over 0 <= u <= length. */
function integral(gap: f64, x: f64, length: f64, falling: bool): f64 {
  const slope = f64x2.splat(-gap);
  const scale = f64x2.splat(x);
  const span = f64x2.splat(falling ? -length : length);
  const sign = f64x2.splat(falling ? -1 : 1);
  let sum = f64x2.splat(0);
  let moment = f64x2.splat(0);
  for (let q = GAUSS_LEGENDRE; q < GAUSS_LEGENDRE_END; q += 32) {
    const v = f64x2.mul(span, v128.load(q));
    const u = f64x2.mul(v, sign);
    const phi = f64x2.sub(f64x2.mul(slope, u), f64x2.mul(scale, expm1Excess(v)));
    const mass = f64x2.mul(v128.load(q, 16), exp(phi));
    sum = f64x2.add(sum, mass);
    moment = f64x2.add(moment, f64x2.mul(mass, u));
  }
  const total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  mean = (f64x2.extract_lane(moment, 0) + f64x2.extract_lane(moment, 1)) / total;
  return length * total;
}

function integrateLower(a: f64, x: f64, peak: f64, e: f64, e2: f64): void {
  const total = integral(a - x, x, fallingLength(a - x, x), true);
  setTail(false, e, e2, peak * a * total, logRatio + (peakSlope + 1 / a) - mean, 0);
}

function integrateUpper(a: f64, x: f64, peak: f64, e: f64, e2: f64): void {
  const total = integral(x - a, x, risingLength(x - a, x, a), false);
  setTail(true, e, e2, peak * (a * total), logRatio + (peakSlope + 1 / a) + mean, 0);
}

function sumLower(a: f64, x: f64, peak: f64, e: f64, e2: f64): void {
  let sum: f64 = 1;
  let term: f64 = 1;
  let harmonic: f64 = 0;
  let slope: f64 = 0;
  for (let n: f64 = 1; term > 1e-18 * sum; n++) {
    // x/(a + n) divided, not x times the reciprocal below: one rounding less in each of the terms, 20 % less error.
    term *= x / (a + n);
    harmonic += 1 / (a + n);
    sum += term;
    slope -= term * harmonic;
  }
  setTail(false, e, e2, peak * sum, logRatio + peakSlope + slope / sum, 0);
}

function nearZero(a: f64, x: f64): void {
  let term: f64 = 1;
  let sum: f64 = 0;
  let slope: f64 = 0;
  for (let n: f64 = 1; abs(term) > 1e-18; n++) {
    term *= -x / n;
    const q = 1 / (a + n);
    sum += term * q;
    slope -= term * q * q;
  }
  const logX = longLogRatio(x, 0, 1);
  const power = multiply(logX, low, a, 0);
  const rest = low;
  const v = twoSum(power, -lgamma1p(a));
  const v2 = low + rest;
  const factor = 1 + a * sum;
  setTail(false, v, v2, factor, logX - psi1p + (sum + a * slope) / factor, 0);
  setComplement(-expm1Of(v) - expOf(v) * (v2 + a * sum));
}

/** Computes what tail.ts then answers. */
export function gammaTails(a: f64, x: f64): void {
  if (!(a > 0 && x >= 0 && a < Infinity)) return setLimit(false, NaN, NaN, NaN);
  if (x === 0) return setLimit(false, 0, -Infinity, 0);
  if (x === Infinity) return setLimit(true, 0, Infinity, 0);
  if (a < 1 && x < 0.5) return nearZero(a, x);
  const peak = gammaPeak(a);
  const e = twoSum(x, -a);
  const power = powerExcess(a, x, 0, 1, e, low);
  if (x >= a - MEDIAN) return integrateUpper(a, x, peak, power, low);
  if (a < SERIES_BELOW) return sumLower(a, x, peak, power, low);
  integrateLower(a, x, peak, power, low);
}

/** P(a, x). */
export function gammaP(a: f64, x: f64): f64 {
  gammaTails(a, x);
  return probability(false);
}

/** Q(a, x). */
export function gammaQ(a: f64, x: f64): f64 {
  gammaTails(a, x);
  return probability(true);
}

export function logGammaP(a: f64, x: f64): f64 {
  gammaTails(a, x);
  return logProbability(false);
}

export function logGammaQ(a: f64, x: f64): f64 {
  gammaTails(a, x);
  return logProbability(true);
}

/** ∂P/∂a. */
export function gammaPShape(a: f64, x: f64): f64 {
  gammaTails(a, x);
  return probabilitySlope1();
}

/** ∂ log P/∂a. */
export function logGammaPShape(a: f64, x: f64): f64 {
  gammaTails(a, x);
  return logSlope1(false);
}

/** ∂ log Q/∂a. */
export function logGammaQShape(a: f64, x: f64): f64 {
  gammaTails(a, x);
  return logSlope1(true);
}
