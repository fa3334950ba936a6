// log to some 2^-80 absolute, and a log(x/a) - (x - a) to 2^-55, for powers whose exponent counts in hundreds: exp(E) is as accurate as E
// is absolutely (C. Loader, "Fast and accurate computation of binomial probabilities", 2000, has this deviance in one double).
//
//   z = 2^k t,  c short,  r = c t - 1 exactly,  |r| <= 2^-7,   log z = k ln2 - log c + log1p(r),   both constants in two parts
//   log1p(r) - r = r^2 (-1/2 + r (1/3 - r (1/4 - ...))),  the last bracket in one double
//
// Where x is within a/128 of a, r = (x - a)/a and nothing is taken away from it: a may there be as large as a double can.

import { add, divide, low, multiply, quickSum, twoSum, upperHalf } from "./doubleDouble";
import { LOG_CELLS } from "./logCells";

// A multiple of 2^-42, so that its product with k is exact.
const LN2_HIGH: f64 = 0.6931471805598903;
const LN2_LOW: f64 = 5.497923018708371e-14;
const SCALE: f64 = 1.6069380442589903e60;
const NEAR: f64 = 0.0078125;
const HUGE: f64 = 3.273390607896142e150;
const TINY: f64 = 3.054936363499605e-151;
const UP: f64 = 4.149515568880993e180;
const DOWN: f64 = 2.409919865102884e-181;

/** log(x/a) of the last `powerExcess`, in one double. */
export let logRatio: f64 = 0;

/** log(1 + r) - r at r + s, |r| <= 2^-7. */
function log1pExcess(r: f64, s: f64): f64 {
  const q = r * (0.25 - r * (0.2 - r * (1.0 / 6 - r * (1.0 / 7 - r * (0.125 - r * (1.0 / 9 - r * (0.1 - r * (1.0 / 11))))))));
  const third = quickSum(1.0 / 3, -q);
  const cubic = multiply(third, low + 1.850371707708594e-17, r, s);
  const cubicRest = low;
  const bracket = quickSum(-0.5, cubic);
  const bracketRest = low + cubicRest;
  const square = multiply(r, s, r, s);
  return multiply(square, low, bracket, bracketRest);
}

/** log(x/a) for x + x2 > 0 and a > 0, of any size. */
export function longLogRatio(x: f64, x2: f64, a: f64): f64 {
  let k: i32 = 0;
  if (x > HUGE || x < TINY) {
    const by = x > 1 ? DOWN : UP;
    k = x > 1 ? 600 : -600;
    x *= by;
    x2 *= by;
  }
  if (a > HUGE || a < TINY) {
    k += a > 1 ? -600 : 600;
    a *= a > 1 ? DOWN : UP;
  }
  const t = divide(x, x2, a, 0);
  const t2 = low;
  const bits = reinterpret<i64>(t);
  const cell = <usize>(bits >>> 45) & 127;
  const binary = <i32>(bits >>> 52) - 1023 + <i32>(cell >> 6);
  const by = reinterpret<f64>(<i64>(1023 - binary) << 52);
  const z = t * by;
  const row = LOG_CELLS + cell * 24;
  const c = load<f64>(row);
  const z1 = upperHalf(z);
  const r = twoSum(z1 * c - 1, (z - z1) * c);
  const s = low + t2 * by * c;
  const n = <f64>(k + binary);
  const high = twoSum(n * LN2_HIGH, load<f64>(row + 8));
  const rest = low + (load<f64>(row + 16) + n * LN2_LOW);
  const excess = log1pExcess(r, s);
  const excessRest = low;
  const near = twoSum(r, excess);
  return add(high, rest, near, low + s + excessRest);
}

/** What to multiply an x by before it is in two parts: below 1e-270 the second would be rounded like a subnormal. A power of two. */
export function scaleOf(x: f64): f64 {
  return x < 1e-270 ? SCALE : 1;
}

/** a log(x/a) - e for a > 0 and x = a + e + e2 > 0 of which x + x2 is a multiple: never positive, and 0 at e = 0. */
export function powerExcess(a: f64, x: f64, x2: f64, multiple: f64, e: f64, e2: f64): f64 {
  if (abs(e) < NEAR * a) {
    const r = divide(e, e2, a, 0);
    const s = low;
    const excess = log1pExcess(r, s);
    logRatio = r + excess;
    return multiply(excess, low, a, 0);
  }
  const ratio = longLogRatio(x, x2, a * multiple);
  logRatio = ratio;
  const power = multiply(ratio, low, a, 0);
  return add(power, low, -e, -e2);
}
