// exp, expm1, log and log1p to about 30 digits: what the lanes are measured against. A number is an unevaluated sum high + low
// (Dekker 1971; Knuth's two-sum), `binary` a power of two kept apart so that the smallest and largest results lose nothing.

export interface DoubleDouble {
  readonly high: number;
  readonly low: number;
}

export interface Scaled extends DoubleDouble {
  readonly binary: number;
}

// ln2 in four pieces of 33 bits: a product with an exponent is exact.
const LN2 = [0.6931471806019545, -4.200915072890502e-11, 2.094174429075368e-21, 1.9470450922716674e-31];

/** Below, expm1(x) = log1p(x) = x to 33 digits, and the products here would underflow. */
const TINY = 2 ** -110;

const pair = (high: number, low = 0): DoubleDouble => ({ high, low });

/** a + b exactly. */
function twoSum(a: number, b: number): DoubleDouble {
  const high = a + b;
  const part = high - a;
  return pair(high, a - (high - part) + (b - part));
}

/** a b exactly, for numbers below 2^970. */
function twoProduct(a: number, b: number): DoubleDouble {
  const [a1, a2] = halves(a);
  const [b1, b2] = halves(b);
  const high = a * b;
  return pair(high, a2 * b2 - (high - a1 * b1 - a2 * b1 - a1 * b2));
}

function halves(a: number): [number, number] {
  const c = 134217729 * a;
  const high = c - (c - a);
  return [high, a - high];
}

export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const s = twoSum(a.high, b.high);
  const t = twoSum(a.low, b.low);
  const u = twoSum(s.high, s.low + t.high);
  return twoSum(u.high, u.low + t.low);
}

export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const p = twoProduct(a.high, b.high);
  return twoSum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const q1 = a.high / b.high;
  const r1 = add(a, multiply(b, pair(-q1)));
  const q2 = r1.high / b.high;
  const r2 = add(r1, multiply(b, pair(-q2)));
  return add(twoSum(q1, q2), pair(r2.high / b.high));
}

const scale = (a: DoubleDouble, by: number): DoubleDouble => pair(a.high * by, a.low * by);
const timesLn2 = (k: number): DoubleDouble => LN2.reduce((sum, part) => add(sum, twoProduct(k, part)), pair(0));

/** expm1 of |x| < 0.4: Taylor at x/256, then eight times e <- 2e + e^2, which loses nothing at small x. */
function expm1Near(x: DoubleDouble): DoubleDouble {
  const y = scale(x, 1 / 256);
  let sum = pair(0);
  for (let n = 11; n >= 1; n--) sum = divide(multiply(y, add(pair(1), sum)), pair(n));
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

/** log of a normal sum. */
function logOf(x: DoubleDouble): DoubleDouble {
  const k = Math.round(Math.log2(x.high));
  // In two steps: 2^-1024 alone would be subnormal, 2^1024 infinite.
  const half = Math.trunc(-k / 2);
  const z = scale(scale(x, 2 ** half), 2 ** (-k - half));
  return add(timesLn2(k), log1pNear(add(z, pair(-1))));
}

export function exp(x: number): Scaled {
  const k = Math.round(x / Math.LN2);
  return { ...add(pair(1), expm1Near(add(pair(x), timesLn2(-k)))), binary: k };
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

/** |found - exact| in units of the last place of a double at `exact`. */
export function ulps(found: number, exact: Scaled): number {
  const size = Math.floor(Math.log2(Math.abs(exact.high)));
  const exponent = size + (2 ** size > Math.abs(exact.high) ? -1 : 0) + (2 ** (size + 1) <= Math.abs(exact.high) ? 1 : 0);
  const unit = Math.max(exponent + exact.binary, -1022) - 52 - exact.binary;
  const half = Math.trunc(-exact.binary / 2);
  const difference = found * 2 ** half * 2 ** (-exact.binary - half) - exact.high - exact.low;
  return Math.abs(difference) / 2 ** unit;
}
