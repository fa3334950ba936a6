// erfcx(x) = exp(x^2) erfc(x) (DLMF 7.2.3, 7.6) for two doubles.
//
//   0 <= x <= 30   pieces, sixteen in a binade of x + 2
//   x > 30         1 / (sqrt(pi) (x + S(y)/(2 x))), y = 1/(2 x^2) (after DLMF 7.9.2), S of degree 4: 2^-61; keeps the order
//   x < 0          2 exp(x^2) - erfcx(-x) (DLMF 7.4.2); Infinity below -26.63
//
// Error <= 0.8, 1.5 and 1.9 ulp. ns a row on Node 20 and 26: 2.2 and 2.2 up to 30, 4.1 where both signs mix.

import { constant } from "./constant";
import { ERFCX_ROWS } from "./erfcxTable";
import { BACK_UP, expPlusSquare } from "./expSquare";
import { piece, ROW } from "./piece";

const TWO = memory.data<f64>([2]);
const LAST = memory.data<f64>([30]);
// High word of 2.0, without its last four digits.
const FIRST: i32 = 0x4000;

// @ts-ignore: decorator
@inline export function erfcx(x: v128): v128 {
  if (i64x2.bitmask(v128.and(f64x2.ge(x, f64x2.splat(0)), f64x2.le(x, constant(LAST)))) != 3) return any(x);
  return erfcxNear(x);
}

/** 0 <= x <= 30. */
// @ts-ignore: decorator
@inline export function erfcxNear(x: v128): v128 {
  const u = rowOf(x);
  return piece(x, addressOf(i32x4.extract_lane(u, 1)), addressOf(i32x4.extract_lane(u, 3)));
}

/** The row in the upper half of each lane. */
// @ts-ignore: decorator
@inline export function rowOf(x: v128): v128 {
  return f64x2.add(x, constant(TWO));
}

// @ts-ignore: decorator
@inline export function addressOf(row: i32): usize {
  return ERFCX_ROWS + ROW * <usize>((row >>> 16) - FIRST);
}

/** x >= 30. */
// @ts-ignore: decorator
@inline export function erfcxFar(x: v128): v128 {
  const half = f64x2.div(f64x2.splat(0.5), x);
  const y = f64x2.div(half, x);
  const high = f64x2.add(f64x2.splat(-73.9945770028043), f64x2.mul(y, f64x2.splat(694.800743960731)));
  const middle = f64x2.add(f64x2.splat(9.999998925878538), f64x2.mul(y, high));
  const s = f64x2.add(f64x2.splat(0.9999999999999992), f64x2.mul(y, f64x2.add(f64x2.splat(-1.999999999925467), f64x2.mul(y, middle))));
  return f64x2.div(f64x2.splat(0.5641895835477563), f64x2.add(x, f64x2.mul(half, s)));
}

function any(x: v128): v128 {
  // pmax and pmin leave NaN behind.
  const size = f64x2.pmax(f64x2.splat(0), f64x2.abs(x));
  const last = constant(LAST);
  let value = erfcxNear(f64x2.pmin(last, size));
  const far = f64x2.gt(size, last);
  if (v128.any_true(far)) value = v128.bitselect(erfcxFar(f64x2.pmax(last, size)), value, far);
  const e = expPlusSquare(f64x2.pmin(f64x2.splat(28), size));
  const reflected = f64x2.sub(f64x2.mul(f64x2.add(e, e), constant(BACK_UP)), value);
  value = v128.bitselect(reflected, value, f64x2.lt(x, f64x2.splat(0)));
  return v128.bitselect(x, value, f64x2.ne(x, x));
}
