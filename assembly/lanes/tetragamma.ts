// psi''(x) for two doubles, x >= 0; NaN below. As in trigamma.ts: with X = x + 7/2 (DLMF 5.15.9, 5.11.8 and 5.15.5),
//
//   -psi''(x) = 2/x^3 + 2/m^3 + 4 m (1 + 4g) g^2 + w + w^2 G(w),   w = 1/X^2,   m = x + 2,   g = 1/(m^2 - 1)
//
// G is a minimax polynomial of degree 9 for all x >= 0, i.e. w <= 4/49 (2^-53 of psi''). Error <= 5.2 ulp.
// ns a row on Node 20 and 26: 2.7, 2.7.

import { constant } from "./constant";
import { tenTerms } from "./tenTerms";

const ONE = memory.data<f64>([1]);
const TWO = memory.data<f64>([2]);
const EIGHT = memory.data<f64>([8]);
const SHIFT = memory.data<f64>([3.5]);
// 2^100: from there only w remains, and m g^2 would be NaN at Infinity.
const LIMIT = memory.data<f64>([1.2676506002282294e30]);
const SIGN = memory.data<u64>([0x8000000000000000]);
const G = memory.data<f64>([
  -0.24999999999987496,
  0.1458333331161248,
  -0.16145825184270923,
  0.2976431402080395,
  -0.8305707797200427,
  3.229640564309566,
  -15.500928161267865,
  74.6213529873794,
  -273.27827398195916,
  510.22891114624053
]);

// @ts-ignore: decorator
@inline export function tetragamma(x: v128): v128 {
  const u = f64x2.div(constant(ONE), f64x2.add(x, constant(SHIFT)));
  const w = f64x2.mul(u, u);
  const m = f64x2.add(x, constant(TWO));
  const g = f64x2.div(constant(ONE), f64x2.sub(f64x2.mul(m, m), constant(ONE)));
  const n = f64x2.div(constant(ONE), m);
  const around = f64x2.mul(f64x2.mul(m, f64x2.mul(g, g)), f64x2.add(constant(TWO), f64x2.mul(constant(EIGHT), g)));
  const near = f64x2.add(f64x2.mul(n, f64x2.mul(n, n)), around);
  const q = f64x2.div(constant(ONE), x);
  const first = f64x2.mul(q, f64x2.mul(q, q));
  const three = v128.and(f64x2.add(first, near), f64x2.lt(x, constant(LIMIT)));
  const series = f64x2.add(w, f64x2.mul(f64x2.mul(w, w), tenTerms(G, w)));
  const value = v128.xor(f64x2.add(series, f64x2.add(three, three)), constant(SIGN));
  return v128.or(value, f64x2.lt(x, f64x2.splat(0)));
}
