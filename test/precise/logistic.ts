// log1pexp, expit and logit to about 30 digits.

import { add, divide, multiply, pair, plain, type Scaled, scale, scaled, twoSum } from "./arithmetic.ts";
import { expOf, log, log1p, logOf } from "./elementary.ts";

/** Past it, e^-|x| is negligible beside 1. */
const DEEP = 80;

export function log1pexp(x: number): Scaled {
  if (x < -DEEP) return expOf(pair(x));
  if (x > DEEP) return scaled(pair(x));
  // log1p takes one double: log(1 + e) = log(1 + e.high) + log(1 + e.low/(1 + e.high)), of the smaller of e^x and e^-x.
  const small = plain(expOf(pair(-Math.abs(x))));
  const rest = divide(pair(small.low), add(pair(1), pair(small.high)));
  const logarithm = add(add(log1p(small.high), rest), scale(multiply(rest, rest), -0.5));
  return scaled(add(pair(Math.max(x, 0)), logarithm));
}

export function expit(x: number): Scaled {
  if (x < -DEEP) return expOf(pair(x));
  if (x > DEEP) return scaled(pair(1));
  const small = plain(expOf(pair(-Math.abs(x))));
  return scaled(divide(x < 0 ? small : pair(1), add(pair(1), small)));
}

/** 2 artanh(2p - 1) by its series around 1/2; elsewhere log p - log(1 - p). */
export function logit(p: number): Scaled {
  if (Math.abs(p - 0.5) > 0.15) {
    const { high, low } = p < 2 ** -1000 ? log(p) : logOf(pair(p));
    return scaled(add(pair(high, low), scale(logOf(twoSum(1, -p)), -1)));
  }
  const z = pair(2 * p - 1);
  const z2 = multiply(z, z);
  let sum = pair(0);
  for (let n = 59; n >= 1; n -= 2) sum = add(divide(pair(1), pair(n)), multiply(z2, sum));
  return scaled(scale(multiply(z, sum), 2));
}
