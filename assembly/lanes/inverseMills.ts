// h(x) = φ(x)/Φ(x), the derivative of log Φ (the inverse of Mills' ratio at -x), for two doubles.
//
//   -8 <= x <= 4   pieces of width 1/8
//   x < -8         h = |x| + D,  D = (1 + V(y) y)/|x|,  y = 1/x^2 (Abramowitz & Stegun 26.2.12), V of degree 11: 2^-56
//   x > 4          h = φ(x)/(1 - Φ(-x)), rounded once below 2^-1022
//
// Error <= 1, 0.6 and 2.1 ulp. ns a row on Node 20 and 26: 2.1 and 2.2; 5.0 and 4.6; 6.3 and 6.1.

import { constant } from "./constant";
import { erfcxNear } from "./erfcx";
import { BACK_DOWN, timesExpMinusHalfSquare } from "./expSquare";
import { INVERSE_MILLS_ROWS } from "./inverseMillsTable";
import { clamped, inPieces, rowOf } from "./logNormalCdf";
import { piece, ROW } from "./piece";

const V = memory.data<f64>([
  -1.9999999999999996, 9.999999999989981, -73.99999996922516, 705.9999627531175, -8161.976545564429, 110401.20636773351,
  -1706277.3963472855, 29410306.24585549, -538086868.390395, 9340948454.574636, -125723887461.01158, 903614779210.2119,
]);

// @ts-ignore: decorator
@inline export function inverseMills(x: v128): v128 {
  if (i64x2.bitmask(inPieces(x)) != 3) return any(x);
  return near(x);
}

// @ts-ignore: decorator
@inline function near(x: v128): v128 {
  const k = rowOf(x);
  return piece(x, INVERSE_MILLS_ROWS + ROW * <usize>i32x4.extract_lane(k, 0), INVERSE_MILLS_ROWS + ROW * <usize>i32x4.extract_lane(k, 2));
}

/** |x|, at least 8 where x is not below. */
// @ts-ignore: decorator
@inline export function lower(x: v128): v128 {
  return f64x2.pmax(f64x2.splat(8), f64x2.neg(x));
}

/** x between 4 and 39, where h is 0. */
// @ts-ignore: decorator
@inline export function upper(x: v128): v128 {
  return f64x2.pmin(f64x2.splat(39), f64x2.pmax(f64x2.splat(4), x));
}

/** Horner's rule, coefficients from the constant on. */
// @ts-ignore: decorator
@inline export function polynomial(y: v128, coefficients: usize, degree: usize): v128 {
  let sum = v128.load64_splat(coefficients + 8 * degree);
  for (let i = degree; i > 0; i--) sum = f64x2.add(v128.load64_splat(coefficients + 8 * (i - 1)), f64x2.mul(y, sum));
  return sum;
}

/** 2^512 h(x), 4 <= x <= 39. */
// @ts-ignore: decorator
@inline export function inverseMillsAway(x: v128): v128 {
  const density = timesExpMinusHalfSquare(x, f64x2.splat(0.3989422804014327), f64x2.splat(-2.49232720083778e-17));
  // 1 - Φ(-x), with Φ(-x) = φ(x) erfcx(x/sqrt(2)) sqrt(pi/2) below 3.2e-5.
  const ratio = f64x2.mul(erfcxNear(f64x2.mul(x, f64x2.splat(0.7071067811865476))), f64x2.splat(1.2533141373155003));
  return f64x2.div(density, f64x2.sub(f64x2.splat(1), f64x2.mul(f64x2.mul(density, constant(BACK_DOWN)), ratio)));
}

/** Each formula where a row asks for it; NaN asks for none. */
function any(x: v128): v128 {
  let value = x;
  const middle = inPieces(x);
  if (v128.any_true(middle)) value = v128.bitselect(near(clamped(x)), value, middle);
  const left = f64x2.lt(x, f64x2.splat(-8));
  if (v128.any_true(left)) {
    const t = lower(x);
    const y = f64x2.div(f64x2.splat(1), f64x2.mul(t, t));
    const excess = f64x2.div(f64x2.add(f64x2.splat(1), f64x2.mul(y, polynomial(y, V, 11))), t);
    value = v128.bitselect(f64x2.add(t, excess), value, left);
  }
  const right = f64x2.gt(x, f64x2.splat(4));
  if (v128.any_true(right)) value = v128.bitselect(f64x2.mul(inverseMillsAway(upper(x)), constant(BACK_DOWN)), value, right);
  return value;
}
