// P(a, x), Q(a, x), logarithms and slopes in a to some 2^-80:
//   x < max(a + 1, 1.5)   the series of P (DLMF 8.11.4), differentiated
//   otherwise             the continued fraction of Q (DLMF 8.9.2, even part), differentiated
//   a >= 1000             the tail's integral in t itself, 48 Gauss-Legendre points from 1 to exp(-54)

import { add, type DoubleDouble, divide, multiply, pair, type Scaled, scale, twoSum } from "./arithmetic.ts";
import { expOf, logOf } from "./elementary.ts";
import { binet, digamma, HALF_LOG_2PI, lgamma } from "./factorials.ts";
import { gaussLegendre } from "./gaussLegendre.ts";
import { continuedFraction, type Jet } from "./jet.ts";
import { logProbability, logSlope, probability, slope, type Tail } from "./tail.ts";

const ONE = pair(1);
const LARGE = 1000;
const CUT = 54;
const { nodes, weights } = gaussLegendre(48);

/** log(x^a exp(-x)/Γ(a+1)) and its slope. */
function exponent(a: number, x: number, slopes: boolean): Jet {
  const logX = logOf(pair(x));
  const next = twoSum(a, 1);
  const value = add(multiply(logX, pair(a)), scale(add(lgamma(next), pair(x)), -1));
  return slopes ? [value, add(logX, scale(digamma(next), -1))] : [value];
}

function series(a: number, x: number, slopes: boolean): Jet {
  let term = ONE;
  let sum = ONE;
  let harmonic = pair(0);
  let slope = pair(0);
  for (let n = 1; term.high > 1e-33 * sum.high; n++) {
    const q = divide(ONE, twoSum(a, n));
    term = multiply(term, multiply(q, pair(x)));
    sum = add(sum, term);
    if (!slopes) continue;
    harmonic = add(harmonic, q);
    slope = add(slope, scale(multiply(term, harmonic), -1));
  }
  return slopes ? [sum, slope] : [sum];
}

/** Q exp(-exponent). */
function fraction(a: number, x: number, slopes: boolean): Jet {
  const jet = (value: DoubleDouble, derivative: number): Jet => (slopes ? [value, pair(derivative)] : [value]);
  const gap = twoSum(x, -a);
  return continuedFraction(jet(pair(a), 1), jet(add(gap, ONE), -1), (n) => ({
    a: jet(multiply(twoSum(a, -n), pair(n)), n),
    b: jet(add(gap, pair(2 * n + 1)), -1),
  }));
}

/** a large: the tail from x away from a. */
function integral(a: number, x: number, slopes: boolean): Tail {
  const upper = x >= a;
  const sign = upper ? 1 : -1;
  const gap = twoSum(x, -a);
  const log = (r: number) => Math.log1p(r) - r;
  let length = (2 * CUT) / (Math.abs(gap.high) / x + Math.sqrt((gap.high / x) ** 2 + (2 * CUT * a) / x / x));
  for (let i = 0; i < 6; i++) {
    length = Math.min(length, upper ? Infinity : 0.999 * x);
    const value = a * log((sign * length) / x) - (length * sign * gap.high) / x + CUT;
    length += (value * (x + sign * length)) / (sign * gap.high + length);
  }
  if (!upper) length = Math.min(length, x);
  let sum = pair(0);
  let moment = pair(0);
  nodes.forEach((node, i) => {
    const s = multiply(node, pair(sign * length));
    const t = add(pair(x), s);
    const ratio = logOf(divide(t, pair(x)));
    const e = expOf(add(multiply(ratio, pair(a)), scale(s, -1)));
    const mass = multiply(weights[i]!, divide(scale(e, 2 ** e.binary), t));
    sum = add(sum, mass);
    if (slopes) moment = add(moment, multiply(mass, ratio));
  });
  const toMean = logOf(divide(pair(x), pair(a)));
  const root = add(scale(logOf(pair(a)), 0.5), HALF_LOG_2PI);
  const value = add(multiply(toMean, pair(a)), scale(add(gap, add(binet(pair(a)), root)), -1));
  const width = multiply(pair(length), pair(a));
  const factor = multiply(sum, width);
  if (!slopes) return { upper, exponent: [value], factor: [factor] };
  const slope = add(logOf(pair(x)), scale(digamma(pair(a)), -1));
  return { upper, exponent: [value, slope], factor: [factor, multiply(moment, width)] };
}

function tail(a: number, x: number, slopes = false): Tail {
  if (a >= LARGE) return integral(a, x, slopes);
  const upper = x >= Math.max(a + 1, 1.5);
  return { upper, exponent: exponent(a, x, slopes), factor: (upper ? fraction : series)(a, x, slopes) };
}

export const gammaP = (a: number, x: number): Scaled => probability(tail(a, x), false);
export const gammaQ = (a: number, x: number): Scaled => probability(tail(a, x), true);
export const logGammaP = (a: number, x: number): Scaled => logProbability(tail(a, x), false);
export const logGammaQ = (a: number, x: number): Scaled => logProbability(tail(a, x), true);
export const gammaPShape = (a: number, x: number): Scaled => slope(tail(a, x, true), 0);
export const logGammaPShape = (a: number, x: number): Scaled => logSlope(tail(a, x, true), false, 0);
export const logGammaQShape = (a: number, x: number): Scaled => logSlope(tail(a, x, true), true, 0);
