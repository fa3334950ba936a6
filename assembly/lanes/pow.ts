// pow(x, y) = x^y for two doubles each, as exp(y log x) with log x and the product in two parts (Gal and Bachelis, ACM TOMS 17, 1991;
// the splits that need no FMA are those of Arm's optimized routines, 2018):
//
//   x = 2^k z,  z in [0.7057, 1.4114),   r = z/c - 1, exact in two parts as 1/c has nine bits,   |r| <= 0.0053
//   log x = k ln2 + log c + r - r^2/2 + r^3 p(r)
//
// The first four terms are kept to the last bit, p's error is 2^-69 of the sum: y log x has 2^-58 of error at 745. Special values are
// those of C's pow, with x < 0 allowed where y is an integer. Error <= 0.65 ulp, 0.79 where the result is subnormal.
// 5.5 ns a row on Node 20, 5.4 on Node 26; 35 ns where |y log x| > 640, which goes row by row.

import { constant } from "./constant";
import { expOfSumFar, expOfSumNear, isNear } from "./expOfSum";
import { binade, binadeIndex } from "./log";
import { POW_ROWS } from "./powTable";

/** High word of 0.7057, where the first cell starts; 1 lies inside of a cell, which has c = 1. */
const START: i32 = 0x3fe69555;
const START_BITS = memory.data<u64>([0x3fe6955500000000]);
// High words of 2^-1022 and Infinity.
const FIRST: i32 = 0x00100000;
const LAST: i32 = 0x7ff00000;
// ln2 in two parts, the first a multiple of 2^-42 like log c: k ln2 + log c is exact.
const LN2_HIGH = memory.data<f64>([0.6931471805598903]);
const LN2_LOW = memory.data<f64>([5.497923018708371e-14]);
const ONE = memory.data<f64>([1]);
const MINUS_HALF = memory.data<f64>([-0.5]);
// Interpolation at Chebyshev nodes on [-0.0048, 0.0053].
const P0 = memory.data<f64>([0.33333333333333337]);
const P1 = memory.data<f64>([-0.24999999999998382]);
const P2 = memory.data<f64>([0.19999999996206405]);
const P3 = memory.data<f64>([-0.16666667010810812]);
const P4 = memory.data<f64>([0.142861234607607]);
const P5 = memory.data<f64>([-0.12486383692828117]);
// The upper 21 and 26 bits of a mantissa; half a unit of the former.
const UPPER_21 = memory.data<u64>([0xffffffff00000000]);
const HALF_21 = memory.data<u64>([0x80000000]);
const UPPER_26 = memory.data<u64>([0xfffffffff8000000]);

// @ts-ignore: decorator
@inline export function pow(x: v128, y: v128): v128 {
  const i = i32x4.extract_lane(x, 1);
  if (<u32>(i - FIRST) >= <u32>(LAST - FIRST)) return special(x, y);
  const j = i32x4.extract_lane(x, 3);
  if (<u32>(j - FIRST) >= <u32>(LAST - FIRST)) return special(x, y);
  return evaluate(x, f64x2.splat(0), y, false);
}

/** Rows that are zero, negative, subnormal, infinite or NaN, or whose result may be. */
function special(x: v128, y: v128): v128 {
  const first = specialRow(f64x2.extract_lane(x, 0), f64x2.extract_lane(y, 0));
  return f64x2.replace_lane(f64x2.splat(first), 1, specialRow(f64x2.extract_lane(x, 1), f64x2.extract_lane(y, 1)));
}

function specialRow(x: f64, y: f64): f64 {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return NaN;
  const size = abs<f64>(x);
  if (abs<f64>(y) == Infinity) return size == 1 ? 1 : size > 1 == y > 0 ? Infinity : 0;
  const odd = trunc<f64>(y) == y && trunc<f64>(0.5 * y) != 0.5 * y;
  if (size == 0 || size == Infinity) {
    const limit: f64 = (size == 0) == y < 0 ? Infinity : 0;
    return odd ? copysign<f64>(limit, x) : limit;
  }
  if (x < 0 && trunc<f64>(y) != y) return NaN;
  const subnormal = size < 2.2250738585072014e-308;
  const normal = f64x2.splat(subnormal ? size * 18014398509481984 : size);
  const result = f64x2.extract_lane(evaluate(normal, f64x2.splat(subnormal ? 54 : 0), f64x2.splat(y), true), 0);
  return x < 0 && odd ? -result : result;
}

/** (x 2^-shift)^y of positive, finite, normal x and finite y; `far`: even where y log x is outside of +-640. */
// @ts-ignore: decorator
@inline function evaluate(x: v128, shift: v128, y: v128, far: bool): v128 {
  const t = i32x4.sub(x, constant(START_BITS));
  const z = i32x4.sub(x, binade(t));
  const k = f64x2.sub(binadeIndex(t), shift);
  const i = at(i32x4.extract_lane(x, 1));
  const j = at(i32x4.extract_lane(x, 3));
  const a = v128.load(i, POW_ROWS);
  const b = v128.load(j, POW_ROWS);
  const inverse = v128.shuffle<u64>(a, b, 0, 2);
  const rest = v128.load_lane<u64>(j, v128.load_zero<u64>(i, POW_ROWS + 16), 1, POW_ROWS + 16);

  const z1 = v128.and(i64x2.add(z, constant(HALF_21)), constant(UPPER_21));
  const r1 = f64x2.sub(f64x2.mul(z1, inverse), constant(ONE));
  const r2 = f64x2.mul(f64x2.sub(z, z1), inverse);
  const r = f64x2.add(r1, r2);
  const large = f64x2.add(f64x2.mul(k, constant(LN2_HIGH)), v128.shuffle<u64>(a, b, 1, 3));
  const linear = f64x2.add(large, r);
  const half = f64x2.mul(r1, constant(MINUS_HALF));
  const square = f64x2.mul(r1, half);
  const sum = f64x2.add(linear, square);
  const rr = f64x2.mul(r, r);
  const p = f64x2.add(
    f64x2.add(constant(P0), f64x2.mul(r, constant(P1))),
    f64x2.mul(
      rr,
      f64x2.add(
        f64x2.add(constant(P2), f64x2.mul(r, constant(P3))),
        f64x2.mul(rr, f64x2.add(constant(P4), f64x2.mul(r, constant(P5)))),
      ),
    ),
  );
  // What the sums lost, and the small terms; -r^2/2 less its square of r1: -r2 (r + r1)/2.
  const lost = f64x2.add(
    f64x2.add(f64x2.add(f64x2.mul(k, constant(LN2_LOW)), rest), f64x2.add(f64x2.sub(large, linear), r)),
    f64x2.add(
      f64x2.add(f64x2.add(f64x2.sub(r1, r), r2), f64x2.mul(r2, f64x2.add(f64x2.mul(r, constant(MINUS_HALF)), half))),
      f64x2.add(f64x2.sub(linear, sum), square),
    ),
  );
  const low = f64x2.add(lost, f64x2.mul(f64x2.mul(r, rr), p));
  const log = f64x2.add(sum, low);

  const log1 = v128.and(log, constant(UPPER_26));
  const log2 = f64x2.add(f64x2.sub(log, log1), f64x2.add(f64x2.sub(sum, log), low));
  const y1 = v128.and(y, constant(UPPER_26));
  const product = f64x2.mul(y1, log1);
  const tail = f64x2.add(f64x2.mul(f64x2.sub(y, y1), log1), f64x2.mul(y, log2));
  if (far) return expOfSumFar(product, tail);
  return isNear(product) ? expOfSumNear(product, tail) : special(x, y);
}

/** Offset of the row of z. */
// @ts-ignore: decorator
@inline function at(high: i32): usize {
  return (<usize>(high - START) >>> 8) & 0xfe0;
}
