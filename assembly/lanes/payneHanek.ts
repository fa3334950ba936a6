// The angle of a large x modulo the circle (Payne and Hanek, SIGNUM Newsletter 18, 1983): x = m 2^e, and of 1/(2 pi) only the bits that
// a fraction of a turn needs take part in the product; those above them give whole turns. 128 bits of the fraction are kept, of which
// the worst double, 6381956970095103 * 2^797, has the first 62 in common with a multiple of a quarter turn.
// With sin.ts, 15 ns a row.

import { TURNS } from "./payneHanekTable";

/** 2 pi in two parts, the first of 26 bits. */
const TURN_1: f64 = 6.283185243606567;
const TURN_2: f64 = 6.357301909411278e-8;

/**
 * r and l with x = k pi/64 + r + l modulo 2 pi, |r| <= pi/128, for 2^16 <= x < Infinity. k takes the last seven bits of l, which lie
 * 2^-99 under r.
 */
// @ts-ignore: decorator
@inline export function farAngle(x: f64): v128 {
  const bits = reinterpret<u64>(x);
  const m = (bits & 0x000fffffffffffff) | 0x0010000000000000;
  // The table starts with 64 zeros, so that no e is too small.
  const start = <i32>(bits >> 52) - 1075 + 64;
  const at = TURNS + (<usize>(start >> 6) << 3);
  const shift = <u64>(start & 63);
  const w0 = window(at, shift);
  const w1 = window(at + 8, shift);
  const w2 = window(at + 16, shift);
  const carry = upper(m, w2);
  const low = m * w1 + carry;
  const high = m * w0 + upper(m, w1) + u64(low < carry);
  const k = (high + ((<u64>1) << 56)) >> 57;
  // The fraction of a turn less k/128: a signed number of 128 bits, then its size.
  const rest = <i64>(high - (k << 57));
  const sign = <u64>(rest >> 63);
  const b = (low ^ sign) - sign;
  const a = (<u64>rest ^ sign) + (sign & u64(b == 0));
  const t1 = <f64>(a >> 32) * 2.3283064365386963e-10;
  const t2 = <f64>(a & 0xffffffff) * 5.421010862427522e-20;
  const t3 = <f64>(b >> 32) * 1.262177448353619e-29;
  const t4 = <f64>(b & 0xffffffff) * 2.938735877055719e-39;
  const s = t2 + t3;
  const f = t1 + s;
  const g = t1 - f + s + (t2 - s + t3 + t4);
  // (f + g) 2 pi, f in two halves.
  const f1 = reinterpret<f64>(reinterpret<u64>(f) & 0xfffffffff8000000);
  const f2 = f - f1;
  const turned = f1 * TURN_1;
  const tail = f2 * TURN_1 + f * TURN_2 + g * 6.283185307179586;
  const r = turned + tail;
  const l = turned - r + tail;
  return f64x2.replace_lane(f64x2.splat(copysign<f64>(r, <f64>rest)), 1, tagged(rest < 0 ? -l : l, k));
}

// @ts-ignore: decorator
@inline function tagged(l: f64, k: u64): f64 {
  return reinterpret<f64>((reinterpret<u64>(l) & ~(<u64>127)) | k);
}

/** 64 bits of the table from a bit on. */
// @ts-ignore: decorator
@inline function window(at: usize, shift: u64): u64 {
  return (load<u64>(at) << shift) | ((load<u64>(at, 8) >> 1) >> (63 - shift));
}

/** The upper half of m w, m < 2^53. */
// @ts-ignore: decorator
@inline function upper(m: u64, w: u64): u64 {
  const m0 = m & 0xffffffff;
  const m1 = m >> 32;
  const w0 = w & 0xffffffff;
  const w1 = w >> 32;
  const middle = m1 * w0 + ((m0 * w0) >> 32);
  const other = m0 * w1 + (middle & 0xffffffff);
  return m1 * w1 + (middle >> 32) + (other >> 32);
}
