// sin and cos to about 30 digits: x less a multiple of pi/2 in integers, pi by Machin's formula, then Taylor's series.

import { add, type DoubleDouble, divide, multiply, pair, type Scaled, scale } from "./arithmetic.ts";

/** Bits after the point of x = 2^971 m: the fraction of the quotient has 200 good ones. */
const LONG = 1280n;
/** Bits after the point of the remainder. */
const SHORT = 256n;

const QUARTER = 2n * (4n * arccot(5n) - arccot(239n));

/** arctan(1/n) 2^LONG. */
function arccot(n: bigint): bigint {
  let power = (1n << (LONG + 32n)) / n;
  let sum = power;
  for (let k = 3n; power !== 0n; k += 2n) {
    power = -power / (n * n);
    sum += power / k;
  }
  return sum >> 32n;
}

/** Of 1/n!, n even (cos) and odd (sin), after the first. */
const terms = (first: number) =>
  Array.from({ length: 14 }, (_, i) => {
    let t = pair(1);
    for (let k = 2; k <= first + 2 * i; k++) t = divide(t, pair(k));
    return i % 2 === 0 ? scale(t, -1) : t;
  });
const COS = terms(2);
const SIN = terms(3);

/** Taylor's series in r^2, |r| <= pi/4: 1 + r^2 (c0 + r^2 (c1 + ...)). */
function series(r2: DoubleDouble, coefficients: readonly DoubleDouble[]): DoubleDouble {
  let sum = pair(0);
  for (let i = coefficients.length - 1; i >= 0; i--) sum = multiply(r2, add(coefficients[i]!, sum));
  return add(pair(1), sum);
}

const view = new DataView(new ArrayBuffer(8));

/** |x| = k pi/2 + r: k modulo 4. */
function reduce(x: number): [k: number, r: DoubleDouble] {
  if (x < 0.785) return [0, pair(x)];
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const e = Number(bits >> 52n) - 1075;
  const m = (bits & 0xfffffffffffffn) | 0x10000000000000n;
  // As many bits of pi as x needs: short integers for small x.
  const point = SHORT + BigInt(Math.max(0, e));
  const quarter = QUARTER >> (LONG - point);
  const whole = e + Number(point);
  const scaled = m << BigInt(whole);
  const k = (2n * scaled + quarter) / (2n * quarter);
  const rest = (scaled - k * quarter) >> (point - SHORT);
  const high = Number(rest);
  const low = Number(rest - BigInt(high));
  return [Number(k & 3n), pair(high * 2 ** -Number(SHORT), low * 2 ** -Number(SHORT))];
}

/** sin(r + k pi/2). */
function turned(k: number, r: DoubleDouble): DoubleDouble {
  const r2 = multiply(r, r);
  const y = k & 1 ? series(r2, COS) : multiply(r, series(r2, SIN));
  return k & 2 ? scale(y, -1) : y;
}

export function sin(x: number): Scaled {
  // Below, sin(x) = x to 33 digits, and the products here would underflow.
  if (Math.abs(x) < 2 ** -110) return { ...pair(x), binary: 0 };
  const [k, r] = reduce(Math.abs(x));
  return { ...scale(turned(k, r), Math.sign(x)), binary: 0 };
}

export function cos(x: number): Scaled {
  const [k, r] = reduce(Math.abs(x));
  return { ...turned(k + 1, r), binary: 0 };
}
