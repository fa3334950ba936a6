// log I0, A = I1/I0 and A' to about 28 digits: the power series up to 40 (DLMF 10.25.2), beyond it the asymptotic series whose
// coefficients follow from A' = 1 - A/x - A^2.

import { add, type DoubleDouble, divide, multiply, pair, plain, type Scaled, scale, scaled } from "./arithmetic.ts";
import { log, logOf } from "./elementary.ts";

const LIMIT = 40;
const ORDER = 60;

/** A = a0 + a1/x + a2/x^2 + ...: 2 a(n+1) = (n - 1) a(n) - sum of a(i) a(n+1-i), i from 1 to n. */
const A: DoubleDouble[] = [pair(1), pair(-0.5)];
for (let n = 1; n < ORDER; n++) {
  let sum = scale(A[n]!, n - 1);
  for (let i = 1; i <= n; i++) sum = add(sum, scale(multiply(A[i]!, A[n + 1 - i]!), -1));
  A.push(scale(sum, 0.5));
}

/** Terms of log I0 - x + log(2 pi x)/2, and of A', in 1/x. */
const LOG = A.map((a, n) => (n < 2 ? pair(0) : divide(a, pair(1 - n))));
const SLOPE = A.map((a, n) => multiply(a, pair(-n)));

const HALF_LOG_2PI = scale(logOf(pair(6.283185307179586, 2.4492935982947064e-16)), 0.5);

/** Sum of c[n] t^(n - from), n >= from. */
function series(c: readonly DoubleDouble[], from: number, t: DoubleDouble): DoubleDouble {
  let sum = pair(0);
  for (let n = ORDER; n >= from; n--) sum = add(c[n]!, multiply(t, sum));
  return sum;
}

/** Sum of y^k/(k! (k + order)!) from k = first on, y = x^2/4. */
function powerSeries(x: number, order: number, first: number): DoubleDouble {
  const y = scale(multiply(pair(x), pair(x)), 0.25);
  let term = first === 0 ? pair(1) : y;
  let sum = term;
  for (let k = first + 1; term.high > 1e-36 * sum.high; k++) {
    term = divide(multiply(term, y), pair(k * (k + order)));
    sum = add(sum, term);
  }
  return sum;
}

/** Below, only the first terms of the series are not 0. */
const TINY = 2 ** -60;

export function logBesselI0(x: number): Scaled {
  const size = Math.abs(x);
  if (size < TINY) {
    const { high, low } = multiply(pair(size * 2 ** 500), pair(size * 2 ** 500));
    return { high: 0.25 * high, low: 0.25 * low, binary: -1000 };
  }
  if (size > LIMIT) {
    const t = divide(pair(1), pair(size));
    const rest = add(HALF_LOG_2PI, add(scale(log(size), 0.5), scale(multiply(t, series(LOG, 2, t)), -1)));
    return scaled(add(pair(size), scale(rest, -1)));
  }
  if (size > 1) return scaled(logOf(powerSeries(size, 0, 0)));
  // 2 artanh(w/(2 + w)) of w = I0 - 1 <= 0.27.
  const w = powerSeries(size, 0, 1);
  const z = divide(w, add(pair(2), w));
  const z2 = multiply(z, z);
  let sum = pair(0);
  for (let n = 41; n >= 1; n -= 2) sum = add(divide(pair(1), pair(n)), multiply(z2, sum));
  return scaled(scale(multiply(z, sum), 2));
}

export function besselRatio(x: number): Scaled {
  const size = Math.abs(x);
  const { high, low, binary } = size < TINY ? { ...pair(size / 2 ** -900 / 2), binary: -900 } : scaled(ratio(size));
  return { high: Math.sign(x) * high, low: Math.sign(x) * low, binary };
}

function ratio(x: number): DoubleDouble {
  if (x > LIMIT) return series(A, 0, divide(pair(1), pair(x)));
  return multiply(pair(x / 2), divide(powerSeries(x, 1, 0), powerSeries(x, 0, 0)));
}

export function besselRatioSlope(x: number): Scaled {
  const size = Math.abs(x);
  if (size < TINY) return scaled(pair(0.5));
  if (size > LIMIT) {
    // t of size near 1, the square of its power of two kept apart.
    const binary = Math.floor(Math.log2(size));
    const half = Math.trunc(binary / 2);
    const t = divide(pair(1), pair(size * 2 ** -half * 2 ** (half - binary)));
    return { ...multiply(multiply(t, t), series(SLOPE, 1, plain({ ...t, binary: -binary }))), binary: -2 * binary };
  }
  const a = ratio(size);
  const quotient = divide(a, pair(size));
  return scaled(add(pair(1), scale(add(quotient, multiply(a, a)), -1)));
}
