// exp(-x^2) and its like with the square in two parts: x = h + l, h the upper 26 bits of x,
//
//   x^2 = h^2 + l (x + h),   h^2 exact;  the second part, below 2^-25 x^2, joins exp's remainder r.
//
// The result is kept 2^512 away from where it belongs: a product with it rounds once, to a subnormal too.

import { constant } from "./constant";
import { excess, power, remainder, row, shiftedRow } from "./exp";

const UPPER = memory.data<u64>([0xfffffffff8000000]);
const AWAY = memory.data<u64>([512 << 52]);

/** 2^-512: what exp(-x^2) and exp(-x^2/2) are to be multiplied by. */
export const BACK_DOWN = memory.data<f64>([7.458340731200207e-155]);
/** 2^512: what exp(x^2) is to be multiplied by. */
export const BACK_UP = memory.data<f64>([1.3407807929942597e154]);

const MINUS_ONE = memory.data<f64>([-1]);
const MINUS_HALF = memory.data<f64>([-0.5]);

/** 2^512 exp(-x^2) (head + tail), 0 <= x <= 28; rounded once but for a small part where the tail is small. */
// @ts-ignore: decorator
@inline export function timesExpMinusSquare(x: v128, head: v128, tail: v128): v128 {
  const h = v128.and(x, constant(UPPER));
  const square = f64x2.mul(f64x2.mul(h, h), constant(MINUS_ONE));
  return timesExpAway(square, f64x2.mul(f64x2.sub(h, x), f64x2.add(x, h)), head, tail);
}

/** 2^512 exp(-x^2/2) (head + tail), 0 <= x <= 39. */
// @ts-ignore: decorator
@inline export function timesExpMinusHalfSquare(x: v128, head: v128, tail: v128): v128 {
  const h = v128.and(x, constant(UPPER));
  const square = f64x2.mul(f64x2.mul(h, h), constant(MINUS_HALF));
  const low = f64x2.mul(f64x2.mul(f64x2.sub(x, h), f64x2.add(x, h)), constant(MINUS_HALF));
  return timesExpAway(square, low, head, tail);
}

/** 2^-512 exp(x^2), 0 <= x <= 28. */
// @ts-ignore: decorator
@inline export function expPlusSquare(x: v128): v128 {
  const h = v128.and(x, constant(UPPER));
  const square = f64x2.mul(h, h);
  const shifted = shiftedRow(square);
  const a = row(i32x4.extract_lane(shifted, 0));
  const b = row(i32x4.extract_lane(shifted, 2));
  const r = f64x2.add(remainder(square, shifted), f64x2.mul(f64x2.sub(x, h), f64x2.add(x, h)));
  const s = i64x2.sub(power(a, b, shifted), constant(AWAY));
  return f64x2.add(s, f64x2.mul(s, excess(r, a, b)));
}

/** 2^512 exp(x + low) (head + tail). */
// @ts-ignore: decorator
@inline function timesExpAway(x: v128, low: v128, head: v128, tail: v128): v128 {
  const shifted = shiftedRow(x);
  const a = row(i32x4.extract_lane(shifted, 0));
  const b = row(i32x4.extract_lane(shifted, 2));
  const p = excess(f64x2.add(remainder(x, shifted), low), a, b);
  const s = i64x2.add(power(a, b, shifted), constant(AWAY));
  return f64x2.add(f64x2.mul(s, head), f64x2.mul(s, f64x2.add(tail, f64x2.mul(f64x2.add(head, tail), p))));
}
