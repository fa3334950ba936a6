// lgamma(x) = log |Gamma(x)| for two doubles. With X = x + 7/2 and log Gamma(x + 4) by Stirling's series about X (DLMF 5.11.8, h = 1/2),
//
//   lgamma(x) = X (log X - 1) + log(2 pi)/2 + H(1/X^2)/X - log P,   P = x (x+1) (x+2) (x+3)
//
// The series has even powers only; H is its minimax polynomial of degree 9 for all x >= 0, i.e. 1/X^2 <= 4/49 (2^-59 absolutely).
// Both logarithms come in two parts (log.ts); their large parts and the head of X (log X - 1) are added exactly. What is left is known
// to some 2^-58 before the last rounding, and beside the zeros 1 and 2 a series takes over.
//
// Error for x > 0: <= 1.3 ulp of max(1, |value|) and <= 2.5 ulp of the value; below 0 <= 3.5 ulp of max(1, |value|). ns a row on Node 20
// and 26: 6.2, 6.1 (P without its lower part: 0.3 to 0.6 less, and 2.2 ulp); below 0: 17.8.
//
// A sum of lgammas goes through lgammaTerm (3.2, 2.7; <= 3.2 ulp) and the product of lgammaFactors (0.3; <= 4.5 ulp), in a little over
// half the time: log P is taken once a tile. The other logarithm has X before it and stays in every row. Shifting by four is the least
// that a polynomial of degree 9 allows; P then needs two products and rounds six times.

import { constant } from "./constant";
import { binade, binadeIndex, centres, FIRST, fold, inverses, log, minusLargePart, smallPart } from "./log";
import { sinPi } from "./sinPi";
import { tenTerms } from "./tenTerms";

const ONE = memory.data<f64>([1]);
const MINUS_ONE = memory.data<f64>([-1]);
const TWO = memory.data<f64>([2]);
const THREE = memory.data<f64>([3]);
const SHIFT = memory.data<f64>([3.5]);
// log(2 pi)/2 in two parts, the first a multiple of 2^-8.
const CONSTANT_HIGH = memory.data<f64>([0.91796875]);
const CONSTANT_LOW = memory.data<f64>([0.0009697832046727417]);
/** The upper 21 bits of a double, and the upper 11. */
const HEAD = memory.data<u64>([0xffffffff00000000]);
const BEGIN = memory.data<u64>([0xfffffc0000000000]);
/** Where |lgamma| is smaller it is taken from the series about its zero. */
const SMALL = memory.data<f64>([0.015625]);
// Past 2^250 the factor is its value there, which is nothing beside X log X: it never overflows.
const FACTOR_LIMIT = memory.data<f64>([1.8092513943330656e75]);
const H = memory.data<f64>([
  -0.04166666666666653,
  0.002430555555428854,
  -0.0007688491710029882,
  0.0005905832405938491,
  -0.0008397793804305108,
  0.0019021137327416176,
  -0.005991375764274903,
  0.021314696650028137,
  -0.0634096801729916,
  0.10215256470455389
]);

/** High word of 2^1000: from there, and below 2^-1022, see `special`. */
const LAST: i32 = 0x7e700000;

// @ts-ignore: decorator
@inline export function lgamma(x: v128): v128 {
  const i = i32x4.extract_lane(x, 1) - FIRST;
  if (<u32>i >= <u32>(LAST - FIRST)) return special(x);
  const j = i32x4.extract_lane(x, 3) - FIRST;
  if (<u32>j >= <u32>(LAST - FIRST)) return special(x);
  return positive(x);
}

/** lgamma(x) + log lgammaFactor(x), for sums of lgamma that take one logarithm of the product of the factors; x > 0. */
// @ts-ignore: decorator
@inline export function lgammaTerm(x: v128): v128 {
  const X = f64x2.add(x, constant(SHIFT));
  const i = i32x4.extract_lane(X, 1) - FIRST;
  const j = i32x4.extract_lane(X, 3) - FIRST;
  const t = fold(X);
  const k = binadeIndex(t);
  const r = f64x2.mul(f64x2.sub(i32x4.sub(X, binade(t)), centres(i, j)), inverses(i, j));
  const logarithm = f64x2.add(f64x2.sub(constant(MINUS_ONE), minusLargePart(k, i, j)), smallPart(k, r));
  const rest = f64x2.add(constant(CONSTANT_HIGH), f64x2.add(constant(CONSTANT_LOW), tail(X)));
  return f64x2.add(f64x2.mul(X, logarithm), rest);
}

/** P for x <= 2^250, and P(2^250) past it: a positive double for every x > 0, between 2^-1020 and 2^1001 for x >= 2^-1022. */
// @ts-ignore: decorator
@inline export function lgammaFactor(x: v128): v128 {
  const z = f64x2.pmin(constant(FACTOR_LIMIT), x);
  const y = f64x2.mul(z, f64x2.add(z, constant(THREE)));
  return f64x2.mul(y, f64x2.add(y, constant(TWO)));
}

/** H(1/X^2)/X. */
// @ts-ignore: decorator
@inline export function tail(X: v128): v128 {
  const u = f64x2.div(constant(ONE), X);
  const w = f64x2.mul(u, u);
  return f64x2.mul(u, tenTerms(H, w));
}

/**
 * 2^-1022 <= x < 2^1000. P is made of z, the first eleven bits of x, in which it is exact between 1/4 and 2^10, and of the rest: it is
 * known to 2^-62.
 */
// @ts-ignore: decorator
@inline function positive(x: v128): v128 {
  const y = f64x2.pmin(constant(FACTOR_LIMIT), x);
  const z = v128.and(y, constant(BEGIN));
  const rest = f64x2.sub(y, z);
  const z3 = f64x2.add(z, constant(THREE));
  const a = f64x2.mul(z, z3);
  const b = f64x2.mul(rest, f64x2.add(z3, y));
  const a2 = f64x2.add(a, constant(TWO));
  const first = f64x2.mul(a, a2);
  const second = f64x2.mul(b, f64x2.add(f64x2.add(a2, a), b));
  const P = f64x2.add(first, second);
  const value = difference(x, P, f64x2.add(f64x2.sub(first, P), second));
  const small = f64x2.lt(f64x2.abs(value), constant(SMALL));
  if (i64x2.bitmask(small)) return v128.bitselect(besideZero(x), value, small);
  return value;
}

/** X (log X - 1) + log(2 pi)/2 + H/X - log(P + lostP) for 0 < x < 2^1000. */
// @ts-ignore: decorator
@inline function difference(x: v128, P: v128, lostP: v128): v128 {
  const X = f64x2.add(x, constant(SHIFT));
  const lost = f64x2.sub(x, f64x2.sub(X, constant(SHIFT)));
  const i = i32x4.extract_lane(X, 1) - FIRST;
  const j = i32x4.extract_lane(X, 3) - FIRST;
  const t = fold(X);
  const k = binadeIndex(t);
  const r = f64x2.mul(f64x2.sub(i32x4.sub(X, binade(t)), centres(i, j)), inverses(i, j));
  // log X - 1 = L + M, a head of some 20 bits and what remains.
  const large = f64x2.sub(constant(MINUS_ONE), minusLargePart(k, i, j));
  const L = v128.and(large, constant(HEAD));
  const M = f64x2.add(f64x2.sub(large, L), smallPart(k, r));
  const head = v128.and(X, constant(HEAD));
  const rest = f64x2.add(f64x2.sub(X, head), lost);
  const exact = f64x2.mul(head, L);
  const small = f64x2.add(f64x2.mul(head, M), f64x2.add(f64x2.mul(rest, f64x2.add(L, M)), lost));

  const iP = i32x4.extract_lane(P, 1) - FIRST;
  const jP = i32x4.extract_lane(P, 3) - FIRST;
  const tP = fold(P);
  const kP = binadeIndex(tP);
  const eP = binade(tP);
  const fine = f64x2.mul(lostP, i32x4.sub(constant(ONE), eP));
  const rP = f64x2.mul(f64x2.add(f64x2.sub(i32x4.sub(P, eP), centres(iP, jP)), fine), inverses(iP, jP));
  const minusLog = f64x2.add(minusLargePart(kP, iP, jP), constant(CONSTANT_HIGH));
  // Up to 2^11 the sum is exact; beyond, `exact` is the larger one and what the sum loses is exact (Dekker).
  const sum = f64x2.add(exact, minusLog);
  const missing = f64x2.add(f64x2.sub(exact, sum), minusLog);
  const end = f64x2.sub(f64x2.add(constant(CONSTANT_LOW), tail(X)), smallPart(kP, rP));
  return f64x2.add(sum, f64x2.add(f64x2.add(missing, small), end));
}

/** lgamma(1 + d)/d for |d| < 0.0295 and lgamma(2 + d)/d for |d| < 0.0375, of degree 8: 2^-56 and 2^-63 relatively. Highest power first. */
const BESIDE_1 = memory.data<f64>([
  -0.11148991415878745, 0.12570588363241608, -0.14404981977371334, 0.16955704888712453, -0.2073855510353778, 0.27058080845875804,
  -0.4006856343865333, 0.8224670334241112, -0.5772156649015329,
]);
const BESIDE_2 = memory.data<f64>([
  -0.00022338224048563393, 0.0005099843411895492, -0.0011927535218349994, 0.002890509998681495, -0.007385551028943428, 0.020580808427914255,
  -0.06735230105319803, 0.3224670334241132, 0.42278433509846713,
]);

function besideZero(x: v128): v128 {
  const one = f64x2.lt(x, f64x2.splat(1.5));
  const d = f64x2.sub(x, v128.bitselect(f64x2.splat(1), f64x2.splat(2), one));
  let value = v128.bitselect(constant(BESIDE_1), constant(BESIDE_2), one);
  for (let q: usize = 8; q < 72; q += 8) {
    value = f64x2.add(f64x2.mul(value, d), v128.bitselect(constant(BESIDE_1 + q), constant(BESIDE_2 + q), one));
  }
  // lgamma(1) is 0, not -0.
  return f64x2.add(f64x2.mul(value, d), f64x2.splat(0));
}

const PI = 3.141592653589793;

/**
 * Any x. Below 0, Gamma(x) Gamma(1 - x) = pi/sin(pi x) (DLMF 5.5.3) turns P into (1-x) (2-x) (3-x) pi/|sin(pi x)| at -x, and the sign.
 * Beside 0, lgamma(x) = -log |x| - 0.58 x; past 2^1000 it is x (log x - 1) to 300 digits, and every x below -2^52 is a pole.
 */
function special(x: v128): v128 {
  const one = f64x2.splat(1);
  const size = f64x2.abs(x);
  const negative = f64x2.lt(x, f64x2.splat(0));
  const least = v128.bitselect(f64x2.splat(8.636168555094445e-78), f64x2.splat(2.2250738585072014e-308), negative);
  const most = v128.bitselect(f64x2.splat(4503599627370496), f64x2.splat(1.0715086071862673e301), negative);
  const middle = v128.and(f64x2.ge(size, least), f64x2.lt(size, most));
  const y = v128.bitselect(size, one, middle);
  const sine = f64x2.abs(sinPi(y));
  const pole = v128.and(negative, f64x2.eq(f64x2.nearest(x), x));
  const three = f64x2.mul(f64x2.mul(f64x2.add(y, one), f64x2.add(y, f64x2.splat(2))), f64x2.add(y, f64x2.splat(3)));
  const reflected = f64x2.div(f64x2.mul(three, f64x2.splat(PI)), v128.bitselect(one, sine, f64x2.eq(sine, f64x2.splat(0))));
  const above = positive(y);
  const below = f64x2.neg(difference(y, reflected, f64x2.splat(0)));
  // NaN and both infinities go through the logarithm, of one or the other side.
  const l = log(size);
  const far = f64x2.mul(size, f64x2.sub(l, one));
  const outer = v128.bitselect(far, f64x2.neg(l), f64x2.gt(size, one));
  const finite = v128.bitselect(v128.bitselect(below, above, negative), outer, middle);
  return v128.bitselect(f64x2.splat(Infinity), finite, pole);
}
