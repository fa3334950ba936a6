// psi(x) = (log Gamma)'(x) for two doubles. With X = x + 7/2, the asymptotic series about X (DLMF 5.11.2, 5.11.8, h = 1/2) and the
// recurrence (DLMF 5.5.2),
//
//   psi(x) = log X + w G(w) - 1/x - Q(x),   w = 1/X^2,   Q = 1/(x+1) + 1/(x+2) + 1/(x+3) = (3 x^2 + 12 x + 11)/((x+1) (x+2) (x+3))
//
// G is a minimax polynomial of degree 9 for all x >= 0, i.e. w <= 4/49 (2^-57 absolutely). Each part keeps the order of its arguments,
// and so does the sum. Error in ulps of max(1, |value|): <= 2.9 for x > 0, <= 3.4 below. ns a row on Node 20 and 26: 3.9, 3.5; below 0:
// 12.4, 11.6. Horner's scheme in place of Estrin's: 4.1, 3.7.

import { constant } from "./constant";
import { binade, binadeIndex, centres, FIRST, fold, inverses, minusLargePart, smallPart } from "./log";
import { tenTerms } from "./tenTerms";

const ONE = memory.data<f64>([1]);
const TWO = memory.data<f64>([2]);
const THREE = memory.data<f64>([3]);
const SHIFT = memory.data<f64>([3.5]);
const G = memory.data<f64>([
  0.041666666666662196,
  -0.007291666663024989,
  0.0038442451403457654,
  -0.004134010880460376,
  0.0075540807838708,
  -0.020796155064890708,
  0.07540048700235706,
  -0.29076060888028266,
  0.893526424100116,
  -1.4464170821488551
]);

/** High word of Infinity; FIRST is that of 2^-1022. */
const LAST: i32 = 0x7ff00000;

// @ts-ignore: decorator
@inline export function digamma(x: v128): v128 {
  if (<u32>(i32x4.extract_lane(x, 1) - FIRST) >= <u32>(LAST - FIRST)) return special(x);
  if (<u32>(i32x4.extract_lane(x, 3) - FIRST) >= <u32>(LAST - FIRST)) return special(x);
  return sum(x, f64x2.div(constant(ONE), x), x, false);
}

/** log X + w G(w) - Q(x) - pole, and less `rest` where that is given. */
// @ts-ignore: decorator
@inline function sum(x: v128, pole: v128, rest: v128, reflected: bool): v128 {
  const X = f64x2.add(x, constant(SHIFT));
  const i = i32x4.extract_lane(X, 1) - FIRST;
  const j = i32x4.extract_lane(X, 3) - FIRST;
  const t = fold(X);
  const k = binadeIndex(t);
  const r = f64x2.mul(f64x2.sub(i32x4.sub(X, binade(t)), centres(i, j)), inverses(i, j));
  const large = minusLargePart(k, i, j);
  const u = f64x2.div(constant(ONE), X);
  const w = f64x2.mul(u, u);
  // Q = (3 + 2/(m^2 - 1))/m, m = x + 2: every operation keeps the order.
  const m = f64x2.add(x, constant(TWO));
  const Q = f64x2.div(f64x2.add(constant(THREE), f64x2.div(constant(TWO), f64x2.sub(f64x2.mul(m, m), constant(ONE)))), m);
  const lack = f64x2.sub(x, f64x2.sub(X, constant(SHIFT)));
  const small = f64x2.add(f64x2.add(smallPart(k, r), f64x2.mul(u, lack)), f64x2.mul(w, tenTerms(G, w)));
  const top = f64x2.add(large, pole);
  const late = f64x2.sub(small, lost(large, pole, top));
  if (!reflected) return f64x2.sub(f64x2.sub(late, Q), top);
  const more = f64x2.add(rest, Q);
  const all = f64x2.add(top, more);
  return f64x2.sub(f64x2.sub(f64x2.sub(late, lost(rest, Q, more)), lost(top, more, all)), all);
}

/** a + b - sum, exactly (Knuth). */
// @ts-ignore: decorator
@inline function lost(a: v128, b: v128, sum: v128): v128 {
  const part = f64x2.sub(sum, a);
  return f64x2.add(f64x2.sub(a, f64x2.sub(sum, part)), f64x2.sub(b, part));
}

/** pi cot(pi r) = 1/r - r C(r^2): C, minimax of degree 14 for |r| <= 1/2, highest power first (2^-55 absolutely). */
const COTANGENT = memory.data<f64>([
  16.176777618916375, -14.29983778359192, 11.546667516042275, -1.4878740526611203, 2.8617360576986335, 1.8505395314139625,
  2.0184805330610933, 1.9984040755335402, 2.0002231284298695, 2.0004879206456754, 2.0019892672097765, 2.008154710462722, 2.0346861239856096,
  2.1646464674222194, 3.289868133696453,
]);

/** The upper 26 bits: products of two such numbers are exact. */
const HEAD: i64 = -1 << 27;

/**
 * Any x. Below 0, psi(-y) = psi(1 + y) + pi cot(pi y) (DLMF 5.5.4) and psi(1 + y) = psi(y) + 1/y: the pole term is that of the nearest
 * integer, in two parts, since the zeros of psi near -n lie where it is log n. At the poles NaN, at 0 the limit of that sign.
 */
function special(x: v128): v128 {
  const zero = f64x2.splat(0);
  const negative = f64x2.lt(x, zero);
  const size = f64x2.abs(x);
  // Past 2^52 all are integers; there and at Infinity or NaN the sums below need a number.
  const y = v128.bitselect(size, f64x2.splat(1), f64x2.lt(size, f64x2.splat(Infinity)));
  const r = v128.bitselect(f64x2.sub(f64x2.nearest(y), y), y, negative);
  const pole = f64x2.div(f64x2.splat(1), r);
  const poleHead = v128.and(pole, i64x2.splat(HEAD));
  const head = v128.and(r, i64x2.splat(HEAD));
  const product = f64x2.sub(f64x2.sub(f64x2.splat(1), f64x2.mul(poleHead, head)), f64x2.mul(poleHead, f64x2.sub(r, head)));
  const remainder = f64x2.div(f64x2.sub(product, f64x2.mul(f64x2.sub(pole, poleHead), r)), r);
  const z = f64x2.mul(r, r);
  let cotangent = constant(COTANGENT);
  for (let q: usize = 8; q < 120; q += 8) cotangent = f64x2.add(f64x2.mul(cotangent, z), constant(COTANGENT + q));
  const reflection = f64x2.sub(remainder, f64x2.mul(r, cotangent));
  // 1/r overflows below 2^-1024, and above it psi(r) = -1/r.
  const tiny = f64x2.lt(f64x2.abs(r), f64x2.splat(1e-290));
  const below = sum(y, v128.bitselect(zero, pole, tiny), v128.bitselect(zero, reflection, tiny), true);
  const above = sum(y, pole, zero, false);
  const value = v128.bitselect(below, above, negative);
  const near = v128.bitselect(f64x2.neg(f64x2.div(f64x2.splat(1), x)), value, f64x2.lt(size, f64x2.splat(1e-290)));
  const integer = v128.and(negative, f64x2.eq(f64x2.nearest(x), x));
  const finite = v128.bitselect(f64x2.splat(NaN), near, integer);
  return v128.bitselect(finite, v128.bitselect(x, f64x2.splat(NaN), f64x2.gt(x, zero)), f64x2.lt(size, f64x2.splat(Infinity)));
}
