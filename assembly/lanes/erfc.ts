// erfc(x) = 1 - erf(x) (DLMF 7.2.2) for two doubles.
//
//   |x| <= 2.125   pieces of width 1/8: no exp
//   x > 2.125      exp(-x^2) erfcx(x), rounded once below 2^-1022
//   x < -2.125     2 - erfc(-x)
//
// Error <= 0.95 ulp for |x| <= 1, 1.6 beyond. ns a row on Node 20 and 26: 2.0 and 2.1 up to 2.125, 5.7 and 5.0 beyond, 5.7 and 5.2 where
// both mix.

import { constant } from "./constant";
import { ERFC_ROWS } from "./erfcTable";
import { addressOf, rowOf } from "./erfcx";
import { BACK_DOWN, timesExpMinusSquare } from "./expSquare";
import { centres, head, piece, ROW, tail } from "./piece";

const LAST = memory.data<f64>([2.125]);
// 1.5 * 2^49 rounds to eighths; row 17 is that of 0.
const ROUND = memory.data<f64>([844424930131968 + 17 / 8]);

// @ts-ignore: decorator
@inline export function erfc(x: v128): v128 {
  if (i64x2.bitmask(f64x2.le(f64x2.abs(x), constant(LAST))) != 3) return any(x);
  return near(x);
}

// @ts-ignore: decorator
@inline function near(x: v128): v128 {
  const k = f64x2.add(x, constant(ROUND));
  return piece(x, ERFC_ROWS + ROW * <usize>i32x4.extract_lane(k, 0), ERFC_ROWS + ROW * <usize>i32x4.extract_lane(k, 2));
}

/** Each formula where a row asks for it; NaN asks for none. pmax and pmin leave NaN behind. */
function any(x: v128): v128 {
  const last = constant(LAST);
  let value = x;
  const middle = f64x2.le(f64x2.abs(x), last);
  if (v128.any_true(middle)) value = v128.bitselect(near(f64x2.pmax(f64x2.neg(last), f64x2.pmin(last, x))), value, middle);
  const size = f64x2.pmin(f64x2.splat(28), f64x2.abs(x));
  const u = rowOf(size);
  const a = addressOf(i32x4.extract_lane(u, 1));
  const b = addressOf(i32x4.extract_lane(u, 3));
  const away = timesExpMinusSquare(size, head(a, b), tail(f64x2.sub(size, centres(a, b)), a, b));
  const upper = f64x2.mul(away, constant(BACK_DOWN));
  const far = v128.bitselect(f64x2.sub(f64x2.splat(2), upper), upper, f64x2.lt(x, f64x2.splat(0)));
  return v128.bitselect(far, value, f64x2.gt(f64x2.abs(x), last));
}
