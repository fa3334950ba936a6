// log1p(x) = log(1 + x) for two doubles. 1 + x is split into u, its rounding, and l = x - (u - 1), what u lost (exact below 2^53);
// then the table and polynomial of log.ts, with l added where it weighs (Tang, ACM TOMS 16, 1990):
//
//   u = 2^k z,   r = ((z - c) + 2^-k l)/c,   log1p(x) = k ln2 + log c + log1p(r)
//
// Beside 0, k = 0, c = 1 and r = (u - 1) + l = x exactly: no threshold and no second formula. Error <= 0.9 ulp.

import { constant } from "./constant";
import { binade, binadeIndex, centres, collect, FIRST, fold, inverses, log } from "./log";

const ONE = memory.data<f64>([1]);

/** High word of 2^60. From there on log1p(x) = log(x); below FIRST, x is at most -1 or NaN. */
const LAST: i32 = 0x43b00000;

// @ts-ignore: decorator
@inline export function log1p(x: v128): v128 {
  const u = f64x2.add(x, constant(ONE));
  const i = i32x4.extract_lane(u, 1) - FIRST;
  if (<u32>i >= <u32>(LAST - FIRST)) return special(x);
  const j = i32x4.extract_lane(u, 3) - FIRST;
  if (<u32>j >= <u32>(LAST - FIRST)) return special(x);
  return near(x, u, i, j);
}

/** Any x. log gives NaN below -1, -Infinity at -1, and Infinity. */
function special(x: v128): v128 {
  const u = f64x2.add(x, f64x2.splat(1));
  const low = near(x, u, i32x4.extract_lane(u, 1) - FIRST, i32x4.extract_lane(u, 3) - FIRST);
  const inside = v128.and(f64x2.gt(u, f64x2.splat(0)), f64x2.lt(u, f64x2.splat(1152921504606846976)));
  return v128.bitselect(low, log(u), inside);
}

// @ts-ignore: decorator
@inline export function near(x: v128, u: v128, i: i32, j: i32): v128 {
  const t = fold(u);
  const e = binade(t);
  const lost = f64x2.mul(f64x2.sub(x, f64x2.sub(u, constant(ONE))), i32x4.sub(constant(ONE), e));
  // Subtracted from the lost part, not the other way round: -0 stays -0.
  const r = f64x2.mul(f64x2.sub(lost, f64x2.sub(centres(i, j), i32x4.sub(u, e))), inverses(i, j));
  return collect(binadeIndex(t), r, i, j);
}
