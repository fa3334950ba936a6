// log(x) for two doubles, by a table of centres (Tang, ACM TOMS 16, 1990) that are accurate in Gal's sense (1986):
//
//   x = 2^k z,  z in [0.6875, 1.375),   c the centre of z's cell,  r = (z - c)/c,  |r| <= 2^-9
//   log x = k ln2 + log c + log1p(r)
//
// 1/c and log c are doubles to some 2^-58 and 2^-65, log c a multiple of 2^-42 like the first part of ln2, so k ln2 + log c is exact.
// The three cells beside 1 share c = 1 (|r| <= 2^-8): there log x = log1p(z - 1) without any cancellation, and past them the result is
// at least twice r. log1p(r) is a minimax polynomial of degree 6, r - r^2/2 kept: 0.18 ulp at 2^-8. Error <= 0.85 ulp.
//
// 2 atanh((z - c)/(z + c)) has fewer terms, but its division and its sum round twice at the size of r: up to 1.5 ulp beside 1.

import { constant } from "./constant";
import { LOG_CENTRES, LOG_ROWS } from "./logTable";

// Added to the high words: z starts at 0.6875 (sixteen units above, as FIRST asks), and the bias of the exponent goes.
const FOLD = memory.data<u64>([0xc019fff000000000]);
const EXPONENT = memory.data<u64>([0xfff0000000000000]);
// ln2 = LN2_HIGH - LN2_EXCESS. The first part is a multiple of 2^-42, rounded up: a positive excess keeps the sign of log1p(-0).
const LN2_HIGH = memory.data<f64>([0.6931471805601177]);
const LN2_EXCESS = memory.data<f64>([1.7239444525614835e-13]);
const C2 = memory.data<f64>([-0.5]);
const C3 = memory.data<f64>([0.33333333331877879]);
const C4 = memory.data<f64>([-0.24999999998344446]);
const C5 = memory.data<f64>([0.20000305906238208]);
const C6 = memory.data<f64>([-0.16666962343481295]);

/**
 * High words: of Infinity, and of 2^-1022 plus sixteen units. A row is ordinary in between; the difference to the first also names its
 * cell, which moves the cells up by 2^-16: log x = 2^-8, where the last place doubles, then lies in the cell of c = 1. Unmoved, the
 * error is 1.03 ulp there. Compared as integers, one row after the other: 0.15 ns a row under a comparison of vectors.
 */
export const FIRST: i32 = 0x00100010;
const LAST: i32 = 0x7ff00000;

// @ts-ignore: decorator
@inline export function log(x: v128): v128 {
  const i = i32x4.extract_lane(x, 1) - FIRST;
  if (<u32>i >= <u32>(LAST - FIRST)) return special(x);
  const j = i32x4.extract_lane(x, 3) - FIRST;
  if (<u32>j >= <u32>(LAST - FIRST)) return special(x);
  return ordinary(x, i, j);
}

/** log(x) of positive, finite, normal doubles, without a branch. */
// @ts-ignore: decorator
@inline export function logOfNormal(x: v128): v128 {
  return ordinary(x, i32x4.extract_lane(x, 1) - FIRST, i32x4.extract_lane(x, 3) - FIRST);
}

/** The same of two doubles in memory at `at`: their high words are loaded, which spares the extraction from a vector. */
// @ts-ignore: decorator
@inline export function logOfStored(at: usize): v128 {
  return ordinary(v128.load(at), load<i32>(at, 4) - FIRST, load<i32>(at, 12) - FIRST);
}

// @ts-ignore: decorator
@inline function ordinary(x: v128, i: i32, j: i32): v128 {
  const t = fold(x);
  const r = f64x2.mul(f64x2.sub(i32x4.sub(x, binade(t)), centres(i, j)), inverses(i, j));
  return collect(binadeIndex(t), r, i, j);
}

/** Any x: subnormals are scaled, then NaN, negative numbers, zeros and Infinity take their values. */
function special(x: v128): v128 {
  const subnormal = f64x2.lt(f64x2.abs(x), f64x2.splat(2.2250738585072014e-308));
  const y = v128.bitselect(f64x2.mul(x, f64x2.splat(18014398509481984)), x, subnormal);
  const i = i32x4.extract_lane(y, 1) - FIRST;
  const j = i32x4.extract_lane(y, 3) - FIRST;
  const t = fold(y);
  const k = f64x2.sub(binadeIndex(t), v128.and(f64x2.splat(54), subnormal));
  const r = f64x2.mul(f64x2.sub(i32x4.sub(y, binade(t)), centres(i, j)), inverses(i, j));
  const finite = collect(k, r, i, j);
  const ordinary = v128.and(f64x2.gt(x, f64x2.splat(0)), f64x2.lt(x, f64x2.splat(Infinity)));
  // sqrt is NaN for NaN and below 0, Infinity at Infinity; at the zeros the log is -Infinity.
  const limit = v128.bitselect(f64x2.splat(-Infinity), f64x2.sqrt(x), f64x2.eq(x, f64x2.splat(0)));
  return v128.bitselect(finite, limit, ordinary);
}

// In the following, i and j are the high words of the two rows minus FIRST: bits 12 to 19 choose the cell.

/** k in the upper twelve bits, as a signed integer. */
// @ts-ignore: decorator
@inline export function fold(x: v128): v128 {
  return i32x4.add(x, constant(FOLD));
}

/** What to subtract from the bits of x to get z, and from the bits of 1 to get 2^-k. */
// @ts-ignore: decorator
@inline export function binade(t: v128): v128 {
  return v128.and(t, constant(EXPONENT));
}

/** k as doubles: through 32-bit integers, 2 % under the detour by 2^52 + k. */
// @ts-ignore: decorator
@inline export function binadeIndex(t: v128): v128 {
  return f64x2.convert_low_i32x4_s(i32x4.shr_s(v128.shuffle<i32>(t, t, 1, 3, 1, 3), 20));
}

// @ts-ignore: decorator
@inline export function centres(i: i32, j: i32): v128 {
  return v128.load_lane<u64>((<usize>j >>> 9) & 0x7f8, v128.load_zero<u64>((<usize>i >>> 9) & 0x7f8, LOG_CENTRES), 1, LOG_CENTRES);
}

// @ts-ignore: decorator
@inline export function inverses(i: i32, j: i32): v128 {
  return v128.shuffle<u64>(row(i), row(j), 0, 2);
}

// @ts-ignore: decorator
@inline function row(i: i32): v128 {
  return v128.load((<usize>i >>> 8) & 0xff0, LOG_ROWS);
}

/**
 * k ln2 + log c + log1p(r). The order keeps -0, and beside 1 only the last addition rounds at the size of the result: adding r^2/2 to r
 * before the rest is 3 % faster and 1.13 ulp off.
 */
// @ts-ignore: decorator
@inline export function collect(k: v128, r: v128, i: i32, j: i32): v128 {
  return f64x2.sub(smallPart(k, r), minusLargePart(k, i, j));
}

/** -(k ln2 + log c), exactly a multiple of 2^-42. */
// @ts-ignore: decorator
@inline export function minusLargePart(k: v128, i: i32, j: i32): v128 {
  return f64x2.sub(v128.shuffle<u64>(row(i), row(j), 1, 3), f64x2.mul(k, constant(LN2_HIGH)));
}

/** log1p(r) and what the first part of ln2 lacks: at most 2^-8, to some 2^-61. */
// @ts-ignore: decorator
@inline export function smallPart(k: v128, r: v128): v128 {
  const linear = f64x2.sub(r, f64x2.mul(k, constant(LN2_EXCESS)));
  const r2 = f64x2.mul(r, r);
  const q = f64x2.add(
    f64x2.add(constant(C2), f64x2.mul(r, constant(C3))),
    f64x2.mul(r2, f64x2.add(f64x2.add(constant(C4), f64x2.mul(r, constant(C5))), f64x2.mul(r2, constant(C6)))),
  );
  return f64x2.add(linear, f64x2.mul(r2, q));
}
