// log of the standard normal distribution function, log Φ(x) (DLMF 7.2.2: Φ(x) = erfc(-x/sqrt(2))/2), for two doubles.
//
//   -8 <= x <= 4   pieces of width 1/8: neither exp nor log
//   x < -8         log(erfcx(-x/sqrt(2))/2) - x^2/2
//   x > 4          log1p(-q) = -(q + q^2/2 + q^3/3 + q^4/4), q = Φ(-x) = exp(-x^2/2) erfcx(x/sqrt(2))/2; -0 from 38.6 on
//
// Error <= 1.1, 1.1 and 3.2 ulp. ns a row on Node 20 and 26: 2.1 and 2.1; 7.7 and 8.0; 10.1 and 9.9.

import { constant } from "./constant";
import { addressOf, erfcxFar, erfcxNear, rowOf as erfcxRow } from "./erfcx";
import { BACK_DOWN, timesExpMinusHalfSquare } from "./expSquare";
import { log } from "./log";
import { LOG_NORMAL_CDF_ROWS } from "./logNormalCdfTable";
import { centres, head, piece, ROW, tail } from "./piece";

const TWO = memory.data<f64>([2]);
const SIX = memory.data<f64>([6]);
// 1.5 * 2^49 rounds to eighths; row 64 is that of 0.
const ROUND = memory.data<f64>([844424930131968 + 64 / 8]);
const SQRT_HALF = memory.data<f64>([0.7071067811865476]);
const HALF = memory.data<f64>([0.5]);

// @ts-ignore: decorator
@inline export function logNormalCdf(x: v128): v128 {
  if (i64x2.bitmask(inPieces(x)) != 3) return any(x);
  return near(x);
}

/** -8 <= x <= 4. */
// @ts-ignore: decorator
@inline export function inPieces(x: v128): v128 {
  return f64x2.le(f64x2.abs(f64x2.add(x, constant(TWO))), constant(SIX));
}

/** Offsets of the rows, k/8 from -64/8 on, in lanes 0 and 2 of i32. */
// @ts-ignore: decorator
@inline export function rowOf(x: v128): v128 {
  return f64x2.add(x, constant(ROUND));
}

// @ts-ignore: decorator
@inline function near(x: v128): v128 {
  const k = rowOf(x);
  return piece(x, LOG_NORMAL_CDF_ROWS + ROW * <usize>i32x4.extract_lane(k, 0), LOG_NORMAL_CDF_ROWS + ROW * <usize>i32x4.extract_lane(k, 2));
}

/** 2^512 2 Φ(-x), 4 <= x <= 39. */
// @ts-ignore: decorator
@inline function twiceUpper(x: v128): v128 {
  const y = f64x2.mul(x, constant(SQRT_HALF));
  const u = erfcxRow(y);
  const a = addressOf(i32x4.extract_lane(u, 1));
  const b = addressOf(i32x4.extract_lane(u, 3));
  return timesExpMinusHalfSquare(x, head(a, b), tail(f64x2.sub(y, centres(a, b)), a, b));
}

/** Each formula where a row asks for it; NaN asks for none. pmax and pmin leave NaN behind. */
function any(x: v128): v128 {
  const first = f64x2.splat(-8);
  const last = f64x2.splat(4);
  let value = x;
  const middle = inPieces(x);
  if (v128.any_true(middle)) value = v128.bitselect(near(clamped(x)), value, middle);
  const left = f64x2.lt(x, first);
  if (v128.any_true(left)) value = v128.bitselect(logOfLower(f64x2.pmax(f64x2.splat(8), f64x2.neg(x))), value, left);
  const right = f64x2.gt(x, last);
  if (v128.any_true(right)) value = v128.bitselect(logOfUpper(f64x2.pmin(f64x2.splat(39), f64x2.pmax(last, x))), value, right);
  return value;
}

// @ts-ignore: decorator
@inline export function clamped(x: v128): v128 {
  return f64x2.pmax(f64x2.splat(-8), f64x2.pmin(f64x2.splat(4), x));
}

/** log Φ(-t), t >= 8. */
// @ts-ignore: decorator
@inline function logOfLower(t: v128): v128 {
  const u = f64x2.mul(t, constant(SQRT_HALF));
  const end = f64x2.splat(30);
  let scaled = erfcxNear(f64x2.pmin(end, u));
  const far = f64x2.gt(u, end);
  if (v128.any_true(far)) scaled = v128.bitselect(erfcxFar(f64x2.pmax(end, u)), scaled, far);
  return f64x2.sub(log(f64x2.mul(scaled, constant(HALF))), f64x2.mul(f64x2.mul(t, constant(HALF)), t));
}

/** 4 <= x <= 39. The last product rounds the small q alone. */
// @ts-ignore: decorator
@inline function logOfUpper(x: v128): v128 {
  const q = f64x2.mul(f64x2.mul(twiceUpper(x), constant(HALF)), constant(BACK_DOWN));
  const series = f64x2.add(constant(HALF), f64x2.mul(q, f64x2.add(f64x2.splat(0.3333333333333333), f64x2.mul(q, f64x2.splat(0.25)))));
  return f64x2.neg(f64x2.add(q, f64x2.mul(f64x2.mul(q, q), series)));
}
