// expm1(x) = exp(x) - 1 for two doubles. The reduction and the table of exp.ts, with the one subtracted from the power before the
// small term is added (Tang, ACM TOMS 18, 1992):
//
//   expm1(x) = (s - 1) + s p,   s = 2^(k/256);   for |x| <= 0.0095:  k = 0, s = 1, and expm1(x) = p(x)
//
// so the result is never smaller than seven times r and r's rounding counts an eighth. p is a minimax polynomial of degree 6 on
// |r| <= 0.0095 (0.05 ulp). Error <= 0.85 ulp.

import { constant } from "./constant";
import { exp, power, remainder, rest, row, shiftedRow } from "./exp";

const ONE = memory.data<f64>([1]);
const NEAR_ZERO = memory.data<f64>([0.0095]);
// From 2^53 = exp(36.74) on, s - 1 is rounded.
const LIMIT = memory.data<f64>([36.7]);
const C2 = memory.data<f64>([0.5]);
const C3 = memory.data<f64>([0.1666666666659705]);
const C4 = memory.data<f64>([0.0416666666663638]);
const C5 = memory.data<f64>([0.008333358264737172]);
const C6 = memory.data<f64>([0.0013888913259685741]);

// @ts-ignore: decorator
@inline export function expm1(x: v128): v128 {
  const size = f64x2.abs(x);
  if (i64x2.bitmask(f64x2.gt(size, constant(LIMIT)))) return far(x);
  return combine(x, size, false);
}

/** Any x. Past 38, exp(x) - 1 rounds like exp(x); below -36.7, adding -1 rounds once. Between, see `combine`. */
function far(x: v128): v128 {
  const y = exp(x);
  const small = combine(x, f64x2.abs(x), false);
  const large = combine(x, f64x2.abs(x), true);
  const past = v128.bitselect(y, f64x2.sub(y, f64x2.splat(1)), f64x2.gt(x, f64x2.splat(38)));
  const upper = v128.bitselect(large, past, v128.and(f64x2.gt(x, f64x2.splat(36.7)), f64x2.le(x, f64x2.splat(38))));
  return v128.bitselect(small, upper, f64x2.le(f64x2.abs(x), f64x2.splat(36.7)));
}

/** `large`: s is 2^50 or more. Only the recovery of what s - 1 lost differs: exact either way, where it is used. */
// @ts-ignore: decorator
@inline function combine(x: v128, size: v128, large: bool): v128 {
  const shifted = shiftedRow(v128.and(x, f64x2.gt(size, constant(NEAR_ZERO))));
  const r = remainder(x, shifted);
  const a = row(i32x4.extract_lane(shifted, 0));
  const b = row(i32x4.extract_lane(shifted, 2));
  const s = power(a, b, shifted);
  const r2 = f64x2.mul(r, r);
  const q = f64x2.add(
    f64x2.add(constant(C2), f64x2.mul(r, constant(C3))),
    f64x2.mul(r2, f64x2.add(f64x2.add(constant(C4), f64x2.mul(r, constant(C5))), f64x2.mul(r2, constant(C6)))),
  );
  const p = f64x2.add(f64x2.add(rest(a, b), r), f64x2.mul(r2, q));
  const less = f64x2.sub(s, constant(ONE));
  const lost = large ? f64x2.sub(f64x2.sub(s, less), constant(ONE)) : f64x2.sub(s, f64x2.add(less, constant(ONE)));
  const sum = f64x2.add(less, f64x2.add(f64x2.mul(s, p), lost));
  // The sign bit of x: the sums above turn -0 into 0.
  return v128.or(sum, v128.xor(x, size));
}
