// exp(high + low) for two doubles each, low beside high like a rounding error up to 2^-20 of it: exp.ts with low added to the remainder.

import { constant } from "./constant";
import { excess, power, remainder, rest, row, shiftedRow } from "./exp";

// Below exp(-640) a row would round differently here and in `expOfSumFar`, as in exp.ts.
const LIMIT = memory.data<f64>([640]);

/** Both rows may take `expOfSumNear`. NaN may not. */
// @ts-ignore: decorator
@inline export function isNear(high: v128): bool {
  return i64x2.bitmask(f64x2.le(f64x2.abs(high), constant(LIMIT))) == 3;
}

/** |high| <= 640. */
// @ts-ignore: decorator
@inline export function expOfSumNear(high: v128, low: v128): v128 {
  const shifted = shiftedRow(high);
  const r = f64x2.add(remainder(high, shifted), low);
  const a = row(i32x4.extract_lane(shifted, 0));
  const b = row(i32x4.extract_lane(shifted, 2));
  const s = power(a, b, shifted);
  return f64x2.add(s, f64x2.mul(s, excess(r, a, b)));
}

/** Any high, not NaN: the power is kept 2^512 away from where it belongs, the last product rounds once. */
// @ts-ignore: decorator
@inline export function expOfSumFar(high: v128, low: v128): v128 {
  const negative = i64x2.shr_s(high, 63);
  const y = f64x2.max(f64x2.splat(-750), f64x2.min(f64x2.splat(710), high));
  const shifted = shiftedRow(y);
  // Past 750 low may be large, infinite or NaN; exp is 0 or Infinity there.
  const r = f64x2.add(remainder(y, shifted), v128.and(low, f64x2.le(f64x2.abs(high), f64x2.splat(750))));
  const a = row(i32x4.extract_lane(shifted, 0));
  const b = row(i32x4.extract_lane(shifted, 2));
  const away = v128.bitselect(i64x2.splat(512 << 52), i64x2.splat(-512 << 52), negative);
  const back = v128.bitselect(f64x2.splat(7.458340731200207e-155), f64x2.splat(1.3407807929942597e154), negative);
  const s = i64x2.add(power(a, b, shifted), away);
  return f64x2.mul(f64x2.add(s, f64x2.mul(s, excess(r, a, b))), back);
}
