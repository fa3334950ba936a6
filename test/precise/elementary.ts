// exp, expm1, log and log1p to about 30 digits; `…Of` take such a number.

import { add, type DoubleDouble, divide, multiply, pair, type Scaled, scale, twoProduct, twoSum } from "./arithmetic.ts";

// ln2 in four pieces of 33 bits: a product with an exponent is exact.
const LN2 = [0.6931471806019545, -4.200915072890502e-11, 2.094174429075368e-21, 1.9470450922716674e-31];

/** Below, expm1(x) = log1p(x) = x to 33 digits, and the products here would underflow. */
const TINY = 2 ** -110;

/** 1/n. */
const RECIPROCALS = Array.from({ length: 12 }, (_, n) => divide(pair(1), pair(n)));

const timesLn2 = (k: number): DoubleDouble => LN2.reduce((sum, part) => add(sum, twoProduct(k, part)), pair(0));

/** expm1 of |x| < 0.4: Taylor at x/256, then eight times e <- 2e + e^2, which loses nothing at small x. */
function expm1Near(x: DoubleDouble): DoubleDouble {
  const y = scale(x, 1 / 256);
  let sum = pair(0);
  for (let n = 11; n >= 1; n--) sum = multiply(multiply(y, add(pair(1), sum)), RECIPROCALS[n]!);
  for (let i = 0; i < 8; i++) sum = multiply(sum, add(pair(2), sum));
  return sum;
}

/** log1p of |x| < 0.5: the double result, improved by log(w) = (w - 1) - (w - 1)^2/2 for w = (1 + x) exp(-start) beside 1. */
function log1pNear(x: DoubleDouble): DoubleDouble {
  const start = Math.log1p(x.high);
  const e = expm1Near(pair(-start));
  const w = add(add(x, e), multiply(x, e));
  return add(pair(start), add(w, scale(multiply(w, w), -0.5)));
}

/** log of a positive sum above 2^-1000. */
export function logOf(x: DoubleDouble): DoubleDouble {
  const k = Math.round(Math.log2(x.high));
  // In two steps: 2^-1024 alone would be subnormal, 2^1024 infinite.
  const half = Math.trunc(-k / 2);
  const z = scale(scale(x, 2 ** half), 2 ** (-k - half));
  return add(timesLn2(k), log1pNear(add(z, pair(-1))));
}

export function exp(x: number): Scaled {
  return expOf(pair(x));
}

export function expOf(x: DoubleDouble): Scaled {
  const k = Math.round(x.high / Math.LN2);
  return { ...add(pair(1), expm1Near(add(x, timesLn2(-k)))), binary: k };
}

export function expm1(x: number): Scaled {
  if (Math.abs(x) < TINY) return { ...pair(x), binary: 0 };
  if (Math.abs(x) < 0.35) return { ...expm1Near(pair(x)), binary: 0 };
  const e = exp(x);
  if (x > 80) return e;
  return { ...add(scale(e, 2 ** Math.max(e.binary, -200)), pair(-1)), binary: 0 };
}

export function log(x: number): Scaled {
  if (x < 2 ** -1000) return { ...add(logOf(pair(x * 2 ** 80)), timesLn2(-80)), binary: 0 };
  return { ...logOf(pair(x)), binary: 0 };
}

export function log1p(x: number): Scaled {
  if (Math.abs(x) < TINY) return { ...pair(x), binary: 0 };
  return { ...(Math.abs(x) < 0.4 ? log1pNear(pair(x)) : logOf(twoSum(x, 1))), binary: 0 };
}
