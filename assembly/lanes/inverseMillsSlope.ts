// h'(x) = -h (x + h) in (-1, 0), the second derivative of log Φ, for two doubles; h and D = x + h as in inverseMills.ts.
//
//   -8 <= x <= 4   pieces of width 1/8. A product of h and D was 2.6 ns a row, 2.3 ulp off, and kept no order near 0
//   x < -8         -1 + (y + y^2 T(y)), y = 1/x^2, T of degree 10: 2^-55; every sum keeps the order of neighbours
//   x > 4          -h (x + h), rounded once below 2^-1022
//
// Error <= 1, 0.8 and 3.6 ulp. 2.1 ns a row on Node 20 and on 26 in the pieces, 7.2 where all mix.

import { constant } from "./constant";
import { BACK_DOWN } from "./expSquare";
import { inverseMillsAway, lower, polynomial, upper } from "./inverseMills";
import { INVERSE_MILLS_SLOPE_ROWS } from "./inverseMillsSlopeTable";
import { clamped, inPieces, rowOf } from "./logNormalCdf";
import { piece, ROW } from "./piece";

const T = memory.data<f64>([
  -5.99999999999985, 49.9999999976738, -517.9999939943087, 6353.99390785737, -89778.80198856237, 1434338.7401852307, -25430939.761893604,
  480450683.8522997, -8722438969.49577, 124451619805.88084, -955163278017.2828,
]);

// @ts-ignore: decorator
@inline export function inverseMillsSlope(x: v128): v128 {
  if (i64x2.bitmask(inPieces(x)) != 3) return any(x);
  return near(x);
}

// @ts-ignore: decorator
@inline function near(x: v128): v128 {
  const k = rowOf(x);
  return piece(
    x,
    INVERSE_MILLS_SLOPE_ROWS + ROW * <usize>i32x4.extract_lane(k, 0),
    INVERSE_MILLS_SLOPE_ROWS + ROW * <usize>i32x4.extract_lane(k, 2),
  );
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
    const sum = f64x2.add(y, f64x2.mul(f64x2.mul(y, y), polynomial(y, T, 10)));
    value = v128.bitselect(f64x2.sub(sum, f64x2.splat(1)), value, left);
  }
  const right = f64x2.gt(x, f64x2.splat(4));
  if (v128.any_true(right)) {
    const u = upper(x);
    const h = inverseMillsAway(u);
    const sum = f64x2.add(u, f64x2.mul(h, constant(BACK_DOWN)));
    value = v128.bitselect(f64x2.neg(f64x2.mul(f64x2.mul(h, sum), constant(BACK_DOWN))), value, right);
  }
  return value;
}
