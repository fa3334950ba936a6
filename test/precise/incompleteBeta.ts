// I_x(a, b), 1 - I, logarithms and slopes in a and b to some 2^-80, by the continued fraction of the tail on x's side of the mean
// (DLMF 8.17.22) in x or in 1 - x, exact in two doubles, differentiated in both parameters.

import { add, type DoubleDouble, multiply, pair, type Scaled, scale, twoSum } from "./arithmetic.ts";
import { logOf } from "./elementary.ts";
import { digamma, lgamma } from "./factorials.ts";
import { constant, continuedFraction, type Jet, negative, product, quotient, shift, variable } from "./jet.ts";
import { logProbability, logSlope, probability, type Tail } from "./tail.ts";

/** log(x^a y^b/(a B(a, b))). */
function exponent(a: number, b: number, x: DoubleDouble, y: DoubleDouble, slopes: boolean): Jet {
  const n = twoSum(a, b);
  const [logX, logY] = [logOfSmall(x), logOfSmall(y)];
  const powers = add(multiply(logX, pair(a)), multiply(logY, pair(b)));
  const value = add(powers, add(lgamma(n), scale(add(lgamma(twoSum(a, 1)), lgamma(pair(b))), -1)));
  if (!slopes) return [value];
  const psi = digamma(n);
  return [value, add(logX, add(psi, scale(digamma(twoSum(a, 1)), -1))), add(logY, add(psi, scale(digamma(pair(b)), -1)))];
}

/** Also below 2^-900. */
function logOfSmall(x: DoubleDouble): DoubleDouble {
  if (x.high > 1e-200) return logOf(x);
  return add(logOf(scale(x, 2 ** 600)), scale(multiply(logOf(pair(2)), pair(600)), -1));
}

function fraction(a: number, b: number, x: DoubleDouble, slopes: boolean): Jet {
  const none = slopes ? 2 : 0;
  const at = slopes ? variable(pair(a), 0, none) : [pair(a)];
  const bt = slopes ? variable(pair(b), 1, none) : [pair(b)];
  const n = at.map((value, i) => add(value, bt[i]!));
  const xt = constant(x, none);
  const one = constant(pair(1), none);
  return continuedFraction(one, one, (k) => {
    const m = k >> 1;
    const below = product(shift(at, k - 1), shift(at, k));
    const above = k % 2 === 0 ? product(shift(bt, -m), constant(pair(m), none)) : negative(product(shift(at, m), shift(n, m)));
    return { a: product(quotient(above, below), xt), b: one };
  });
}

function tail(a: number, b: number, x: number, slopes = false): Tail {
  const y = twoSum(1, -x);
  const upper = x > (a + 1) / (a + b + 2);
  if (!upper) return { upper, exponent: exponent(a, b, pair(x), y, slopes), factor: fraction(a, b, pair(x), slopes) };
  const exchanged = ([value, second, first]: Jet): Jet => (slopes ? [value!, first!, second!] : [value!]);
  return { upper, exponent: exchanged(exponent(b, a, y, pair(x), slopes)), factor: exchanged(fraction(b, a, y, slopes)) };
}

type Beta = (a: number, b: number, x: number) => Scaled;
export const betaI: Beta = (a, b, x) => probability(tail(a, b, x), false);
export const betaIComplement: Beta = (a, b, x) => probability(tail(a, b, x), true);
export const logBetaI: Beta = (a, b, x) => logProbability(tail(a, b, x), false);
export const logBetaIComplement: Beta = (a, b, x) => logProbability(tail(a, b, x), true);
export const logBetaIShape1: Beta = (a, b, x) => logSlope(tail(a, b, x, true), false, 0);
export const logBetaIShape2: Beta = (a, b, x) => logSlope(tail(a, b, x, true), false, 1);
export const logBetaIComplementShape1: Beta = (a, b, x) => logSlope(tail(a, b, x, true), true, 0);
export const logBetaIComplementShape2: Beta = (a, b, x) => logSlope(tail(a, b, x, true), true, 1);
