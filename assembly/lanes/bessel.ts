// Of the modified Bessel functions I0 and I1, what the von Mises distribution asks for, two doubles at a time (DLMF 10.25, 10.40):
//
//   log I0(|x|),   A(x) = I1(x)/I0(x),   A'(x) = 1 - A/x - A^2
//
// Up to 64 a row is taken from its cell, an eighth of an octave, as F + u P(u)/Q(u), u = x - c: F carries the value, and what P/Q rounds
// weighs at most an eighth. P and Q are two lanes of one row, so both rows cost one division. Below 1, u = x^2. A' has a table of its
// own: 1 - A/x - A^2 cancels all digits at large x. Past 64 they are polynomials in 1/x.
// Interpolated to 2^-58, A' between 4 and 5.5 and beside 8 to 2^-53 (scripts/lanes/besselTables.py).
//
// Error of log I0 <= 1.5 ulp below 1, where x^2 is rounded, and 0.7 from there on; of A <= 0.9; of A' <= 1.6, past 64 <= 2.4.
// Node 20 / Node 26, ns a row: log I0 2.5 / 2.5 (past 64 3.5 / 3.5), A 2.6 / 2.5, A' 2.5 / 2.4 (past 64 3.6 / 2.9). 48 cells
// need degree 4; one cell of degree 7 would reach to 8 for A, and to 4 for A'.

import { LOG_I0_CELLS, RATIO_CELLS, SLOPE_CELLS } from "./besselTable";
import { constant } from "./constant";
import { log } from "./log";

const ONE = memory.data<f64>([1]);
const PAST = memory.data<f64>([64]);
/** High word of 1 less an eighth of an octave: cell 0 is below 1. */
const FIRST = memory.data<u64>([0x3fee000000000000]);

/** log I0(|x|). */
// @ts-ignore: decorator
@inline export function logBesselI0(x: v128): v128 {
  const size = f64x2.abs(x);
  if (i64x2.bitmask(f64x2.lt(size, constant(PAST))) != 3) return logBesselI0Far(size);
  return logBesselI0Near(size);
}

/** I1(x)/I0(x). */
// @ts-ignore: decorator
@inline export function besselRatio(x: v128): v128 {
  const size = f64x2.abs(x);
  const y = i64x2.bitmask(f64x2.lt(size, constant(PAST))) == 3 ? ratioNear(size) : ratioFar(size);
  return v128.xor(y, v128.xor(x, size));
}

/** The derivative of I1(x)/I0(x). */
// @ts-ignore: decorator
@inline export function besselRatioSlope(x: v128): v128 {
  const size = f64x2.abs(x);
  if (i64x2.bitmask(f64x2.lt(size, constant(PAST))) != 3) return slopeFar(size);
  return slopeNear(size);
}

// @ts-ignore: decorator
@inline function logBesselI0Near(x: v128): v128 {
  const small = f64x2.lt(x, constant(ONE));
  const v = f64x2.mul(x, v128.bitselect(x, constant(ONE), small));
  return cell(x, v, v128.bitselect(v, constant(ONE), small), LOG_I0_CELLS);
}

// @ts-ignore: decorator
@inline function ratioNear(x: v128): v128 {
  const m = v128.bitselect(x, constant(ONE), f64x2.lt(x, constant(ONE)));
  return cell(x, f64x2.mul(x, m), m, RATIO_CELLS);
}

// @ts-ignore: decorator
@inline function slopeNear(x: v128): v128 {
  const m = v128.bitselect(x, constant(ONE), f64x2.lt(x, constant(ONE)));
  return cell(x, f64x2.mul(x, m), constant(ONE), SLOPE_CELLS);
}

/** (F + u P(u)/Q(u)) times from the cell of x, u = v - c. Below 1, F is a power of two: multiplied apart it rounds only in the sum. */
// @ts-ignore: decorator
@inline function cell(x: v128, v: v128, times: v128, table: usize): v128 {
  const index = i32x4.max_s(i32x4.shr_s(i32x4.sub(x, constant(FIRST)), 17), i32x4.splat(0));
  const i = table + <usize>i32x4.extract_lane(index, 1) * 96;
  const j = table + <usize>i32x4.extract_lane(index, 3) * 96;
  const a = v128.load(i);
  const b = v128.load(j);
  const u = f64x2.sub(v, v128.shuffle<u64>(a, b, 0, 2));
  const p = quotientParts(i, v128.shuffle<u64>(u, u, 0, 0));
  const q = quotientParts(j, v128.shuffle<u64>(u, u, 1, 1));
  const quotient = f64x2.div(v128.shuffle<u64>(p, q, 0, 2), v128.shuffle<u64>(p, q, 1, 3));
  return f64x2.add(f64x2.mul(v128.shuffle<u64>(a, b, 1, 3), times), f64x2.mul(f64x2.mul(u, times), quotient));
}

/** P(u) and Q(u) of one row. */
// @ts-ignore: decorator
@inline function quotientParts(at: usize, u: v128): v128 {
  let s = f64x2.add(f64x2.mul(v128.load(at, 16), u), v128.load(at, 32));
  s = f64x2.add(f64x2.mul(s, u), v128.load(at, 48));
  s = f64x2.add(f64x2.mul(s, u), v128.load(at, 64));
  return f64x2.add(f64x2.mul(s, u), v128.load(at, 80));
}

// Past 64: both rows, or some of them; a row of x below 64, or 0 in its place.

function logBesselI0Far(x: v128): v128 {
  const inside = f64x2.lt(x, f64x2.splat(64));
  const t = f64x2.div(f64x2.splat(1), x);
  let s = polynomial(LOG_TAIL, 5, t);
  // Infinity less a finite number.
  const half = f64x2.mul(f64x2.splat(0.5), log(f64x2.pmin(x, f64x2.splat(1.7976931348623157e308))));
  s = f64x2.sub(x, f64x2.add(half, f64x2.sub(f64x2.splat(0.9189385332046727), f64x2.mul(t, s))));
  return i64x2.bitmask(inside) ? v128.bitselect(logBesselI0Near(v128.and(x, inside)), s, inside) : s;
}

function ratioFar(x: v128): v128 {
  const inside = f64x2.lt(x, f64x2.splat(64));
  const t = f64x2.div(f64x2.splat(1), x);
  const s = f64x2.sub(f64x2.splat(1), f64x2.mul(t, polynomial(RATIO_TAIL, 6, t)));
  return i64x2.bitmask(inside) ? v128.bitselect(ratioNear(v128.and(x, inside)), s, inside) : s;
}

function slopeFar(x: v128): v128 {
  const inside = f64x2.lt(x, f64x2.splat(64));
  const t = f64x2.div(f64x2.splat(1), x);
  // Neither x^2, which may overflow, nor t^2, which has the rounding of t twice.
  const s = f64x2.div(f64x2.div(polynomial(SLOPE_TAIL, 8, t), x), x);
  return i64x2.bitmask(inside) ? v128.bitselect(slopeNear(v128.and(x, inside)), s, inside) : s;
}

// In t = 1/x: (log I0 - x + log(2 pi x)/2)/t, (1 - A)/t, A'/t^2.
const LOG_TAIL = memory.data<f64>([
  0.12499999999998611, 0.06250000006375686, 0.06510411928463855, 0.10157532620708488, 0.20801271949209768, 0.6220681938698392,
]);
const RATIO_TAIL = memory.data<f64>([
  0.5000000000000004, 0.12499999999748199, 0.12500000256751803, 0.19531152109927397, 0.4064268421100955, 1.0316070575421097,
  3.9416228942463643,
]);
const SLOPE_TAIL = memory.data<f64>([
  0.5, 0.24999999999998596, 0.3750000000238729, 0.7812499844074927, 2.031255085971461, 6.286181891247887, 22.629814640345508,
  85.72141745308372, 608.3837289668647,
]);

// @ts-ignore: decorator
@inline function polynomial(coefficients: usize, degree: i32, t: v128): v128 {
  let s = v128.load_splat<u64>(coefficients + (<usize>degree << 3));
  for (let i = degree - 1; i >= 0; i--) s = f64x2.add(f64x2.mul(s, t), v128.load_splat<u64>(coefficients + (<usize>i << 3)));
  return s;
}
