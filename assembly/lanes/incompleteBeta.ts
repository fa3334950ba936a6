// I = I_x(a, b), 1 - I, their logarithms and their slopes in a and b, all from one of the tails (tail.ts). y = 1 - x is carried in two
// doubles, n = a + b, and 1 - I = I_y(b, a) mirrors everything, so let x be on the lower side of the mean: n x <= a. With T of gammaPeak.ts
//
//   W = x^a y^b/B(a, b) = ab/n T(a) T(b)/T(n) exp(a log(nx/a) + b log(ny/b)),  the exponent in two doubles (longLog.ts)
//
//   a < 1, x <= 1/2, bx <= 0.4   (or mirrored)   a series with 1 - I by expm1: betaNearZero.ts
//   else I = W ∫ exp(-a u - n log(1 + x (exp(-u) - 1))) du over u >= 0: exp(-u) is the ratio of odds t/(1-t) to that of x
//   below a = 12 that integral is taken at a + m, and I = W/a S(a) with S(a) = 1 + n x/(a+1) S(a+1)           (DLMF 8.17.20)
//
// The integrand falls from 1 to exp(-38), where the range is cut; 32 Gauss-Legendre points give 7e-18 in the value and 1e-16 in the means of
// log t and log(1 - t), which are the slopes: ∂ log I/∂a = mean of log t - ψ(a) + ψ(n). S is differentiated step by step
// (R. J. Boik & J. F. Robison-Cox, J. Stat. Softw. 3(1), 1998, do so with a continued fraction).
//
// Error <= 11 ulp of the value (slopes 15), in both tails down to the least double, for a, b in [1e-6, 1e5], 0 <= x <= 1.
// ns a row, Node 20 and 26: 210, 195 (betaNearZero.ts), 800, 800 (a, b < 12), 750, 730 (above).

import { betaNearZero } from "./betaNearZero";
import { add, low, multiply, quickSum, twoSum } from "./doubleDouble";
import { expm1Excess, log1pExcess } from "./excess";
import { exp } from "./exp";
import { gammaPeak, peakSlope } from "./gammaPeak";
import { GAUSS_LEGENDRE, GAUSS_LEGENDRE_END } from "./gaussLegendre";
import { logRatio, powerExcess, scaleOf } from "./longLog";
import { expm1Of, log1pOf, logOf } from "./scalar";
import { logProbability, logSlope1, logSlope2, probability, setLimit, setTail } from "./tail";
import { CUT, fallingLength } from "./tailRange";

const INTEGRAL_FROM: f64 = 12;

/** Means of -log(t/x) and of -log((1-t)/y) under the last integrand. */
let meanT: f64 = 0;
let meanRest: f64 = 0;

/** A step of n log(1 + y (exp(u) - 1)) = CUT + b u from above. */
// @ts-ignore: decorator
@inline function shorter(length: f64, y: f64, b: f64, n: f64): f64 {
  return min(length, log1pOf(expm1Of((CUT + b * length) / n) / y));
}

/** ∫ exp(-gap u - n g(u)) du,  g = log(y + x exp(-u)) + x u = log(x + y exp(u)) - y u: by the smaller of x and y nothing is lost. */
function integral(x: f64, y: f64, b: f64, n: f64, gap: f64): f64 {
  let length = fallingLength(gap, n * x * y);
  if (length > 0.5) length = shorter(shorter(length, y, b, n), y, b, n);
  const scale = f64x2.splat(min(x, y));
  const span = f64x2.splat(length);
  const sign = f64x2.splat(x <= 0.5 ? -1 : 1);
  const slope = f64x2.splat(-gap);
  const count = f64x2.splat(n);
  const x2 = f64x2.splat(x);
  const y2 = f64x2.splat(y);
  let sum = f64x2.splat(0);
  let sumT = f64x2.splat(0);
  let sumRest = f64x2.splat(0);
  for (let q = GAUSS_LEGENDRE; q < GAUSS_LEGENDRE_END; q += 32) {
    const u = f64x2.mul(span, v128.load(q));
    const v = f64x2.mul(u, sign);
    const excess = expm1Excess(v);
    const g = f64x2.add(log1pExcess(f64x2.mul(scale, f64x2.add(v, excess))), f64x2.mul(scale, excess));
    const phi = f64x2.sub(f64x2.mul(slope, u), f64x2.mul(count, g));
    const mass = f64x2.mul(v128.load(q, 16), exp(phi));
    sum = f64x2.add(sum, mass);
    sumT = f64x2.add(sumT, f64x2.mul(mass, f64x2.add(g, f64x2.mul(y2, u))));
    sumRest = f64x2.add(sumRest, f64x2.mul(mass, f64x2.sub(g, f64x2.mul(x2, u))));
  }
  const total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  meanT = (f64x2.extract_lane(sumT, 0) + f64x2.extract_lane(sumT, 1)) / total;
  meanRest = (f64x2.extract_lane(sumRest, 0) + f64x2.extract_lane(sumRest, 1)) / total;
  return length * total;
}

/** The tail below x <= a/n; `mirrored`: it is the upper one of the variable asked for, with its parameters exchanged. */
function below(a: f64, b: f64, x: f64, x2: f64, y: f64, y2: f64, delta: f64, delta2: f64, mirrored: bool): void {
  const n = twoSum(a, b);
  const n2 = low;
  const by = scaleOf(x);
  const nx = multiply(x * by, x2 * by, n, n2);
  const e1 = powerExcess(a, nx, low, by, delta, delta2);
  const e1Rest = low;
  let slopeA = logRatio;
  const ny = multiply(y, y2, n, n2);
  const e2 = powerExcess(b, ny, low, 1, -delta, -delta2);
  const e = add(e1, e1Rest, e2, low);
  const eRest = low;
  let slopeB = logRatio;
  const peakA = gammaPeak(a);
  slopeA += peakSlope;
  const peakB = gammaPeak(b);
  slopeB += peakSlope + 1 / b;
  const peakN = gammaPeak(n);
  const psiN = peakSlope + 1 / n;
  let factor = ((peakA * peakB) / peakN) * (b / n);
  let s: f64;
  let sA: f64;
  let sB: f64;
  const steps = ceil(max(0, INTEGRAL_FROM - a));
  const top = a + steps;
  const total = integral(x, y, b, n + steps, steps * y - delta);
  s = top * total;
  sA = total - s * meanT;
  sB = -s * meanRest;
  if (steps === 0) {
    slopeA += 1 / a - meanT;
    slopeB -= meanRest;
  } else {
    for (let k = steps - 1; k >= 0; k--) {
      const next = a + 1 + k;
      const r = ((n + k) * x) / next;
      sA = r * sA + ((x - r) / next) * s;
      sB = r * sB + (x / next) * s;
      s = 1 + r * s;
    }
    slopeA += sA / s;
    slopeB += sB / s;
  }
  factor *= s;
  slopeA -= psiN;
  slopeB -= psiN;
  setTail(mirrored, e, eRest, factor, mirrored ? slopeB : slopeA, mirrored ? slopeA : slopeB);
}

/** x = 0, or, mirrored, 1: log I falls like a log x, and its slope in b is ψ(n) - ψ(b). */
function atEnd(a: f64, b: f64, mirrored: bool): void {
  const n = a + b;
  gammaPeak(b);
  const psiB = peakSlope + 1 / b;
  gammaPeak(n);
  const slope = logOf(n / b) + (psiB - (peakSlope + 1 / n));
  setLimit(mirrored, 0, mirrored ? slope : -Infinity, mirrored ? -Infinity : slope);
}

/** Computes what tail.ts then answers. */
export function betaTails(a: f64, b: f64, x: f64): void {
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1 && a < Infinity && b < Infinity)) return setLimit(false, NaN, NaN, NaN);
  if (x === 0) return atEnd(a, b, false);
  if (x === 1) return atEnd(b, a, true);
  const y = quickSum(1, -x);
  const y2 = low;
  if (a < 1 && x <= 0.5 && b * x <= 0.4) return betaNearZero(a, b, x, 0, false);
  if (b < 1 && y <= 0.5 && a * y <= 0.4) return betaNearZero(b, a, y, y2, true);
  const p = multiply(x, 0, b, 0);
  const p2 = low;
  const q = multiply(y, y2, a, 0);
  const delta = add(p, p2, -q, -low);
  if (delta <= 0) below(a, b, x, 0, y, y2, delta, low, false);
  else below(b, a, y, y2, x, 0, -delta, -low, true);
}

/** I_x(a, b). */
export function betaI(a: f64, b: f64, x: f64): f64 {
  betaTails(a, b, x);
  return probability(false);
}

/** 1 - I_x(a, b). */
export function betaIComplement(a: f64, b: f64, x: f64): f64 {
  betaTails(a, b, x);
  return probability(true);
}

export function logBetaI(a: f64, b: f64, x: f64): f64 {
  betaTails(a, b, x);
  return logProbability(false);
}

export function logBetaIComplement(a: f64, b: f64, x: f64): f64 {
  betaTails(a, b, x);
  return logProbability(true);
}

/** ∂ log I/∂a. */
export function logBetaIShape1(a: f64, b: f64, x: f64): f64 {
  betaTails(a, b, x);
  return logSlope1(false);
}

/** ∂ log I/∂b. */
export function logBetaIShape2(a: f64, b: f64, x: f64): f64 {
  betaTails(a, b, x);
  return logSlope2(false);
}

/** ∂ log (1 - I)/∂a. */
export function logBetaIComplementShape1(a: f64, b: f64, x: f64): f64 {
  betaTails(a, b, x);
  return logSlope1(true);
}

/** ∂ log (1 - I)/∂b. */
export function logBetaIComplementShape2(a: f64, b: f64, x: f64): f64 {
  betaTails(a, b, x);
  return logSlope2(true);
}
