// psi'(x) for two doubles. With X = x + 7/2, the asymptotic series about X (DLMF 5.15.8 and 5.11.8, h = 1/2) and the recurrence
// (DLMF 5.15.5),
//
//   psi'(x) = 1/x^2 + 1/m^2 + 2 (m^2 + 1)/(m^2 - 1)^2 + 1/X + w G(w)/X,   w = 1/X^2,   m = x + 2
//
// G is a minimax polynomial of degree 9 for all x >= 0, i.e. w <= 4/49 (2^-56 of psi'). Error <= 3.3 ulp for x > 0, <= 2.2 below; the
// order of arguments is kept for x > 0. ns a row on Node 20 and 26: 2.3, 2.3; below 0: 7. All four terms of the recurrence as one
// fraction save two divisions and cost 5.6 ulp and the order.

import { constant } from "./constant";
import { tenTerms } from "./tenTerms";

const ONE = memory.data<f64>([1]);
const TWO = memory.data<f64>([2]);
const SHIFT = memory.data<f64>([3.5]);
const G = memory.data<f64>([
  -0.08333333333332,
  0.029166666649308972,
  -0.023065470503976344,
  0.0330720819806112,
  -0.07554203436694383,
  0.24963809113961238,
  -1.0580412716679928,
  4.688622797516892,
  -16.360673793087237,
  29.774963710518797
]);

/** High words of 2^-510, below which x^2 would be subnormal, and of Infinity. */
const FIRST: i32 = 0x20100000;
const LAST: i32 = 0x7ff00000;

// @ts-ignore: decorator
@inline export function trigamma(x: v128): v128 {
  if (<u32>(i32x4.extract_lane(x, 1) - FIRST) >= <u32>(LAST - FIRST)) return special(x);
  if (<u32>(i32x4.extract_lane(x, 3) - FIRST) >= <u32>(LAST - FIRST)) return special(x);
  return f64x2.add(f64x2.div(constant(ONE), f64x2.mul(x, x)), next(x));
}

/** psi'(x + 1). */
// @ts-ignore: decorator
@inline function next(x: v128): v128 {
  return f64x2.add(series(x), fraction(x));
}

// @ts-ignore: decorator
@inline function series(x: v128): v128 {
  const u = f64x2.div(constant(ONE), f64x2.add(x, constant(SHIFT)));
  const w = f64x2.mul(u, u);
  return f64x2.add(u, f64x2.mul(f64x2.mul(u, w), tenTerms(G, w)));
}

/** 1/m^2 + 2 (1 + 2g) g, g = 1/(m^2 - 1): every operation keeps the order. */
// @ts-ignore: decorator
@inline function fraction(x: v128): v128 {
  const m = f64x2.add(x, constant(TWO));
  const a = f64x2.mul(m, m);
  const g = f64x2.div(constant(ONE), f64x2.sub(a, constant(ONE)));
  const g2 = f64x2.add(g, g);
  return f64x2.add(f64x2.div(constant(ONE), a), f64x2.add(g2, f64x2.mul(g2, g2)));
}

/** (pi/sin(pi r))^2 = 1/r^2 + C(r^2): C, minimax of degree 15 for |r| <= 1/2, highest power first (2^-55 relatively). */
const COSECANT = memory.data<f64>([
  654.3085929161488, -685.1458728187035, 526.4668538556857, -138.1747936521554, 97.11388787886388, 32.13581112779048, 39.37828513035013,
  33.86004585457098, 30.01074688416566, 26.001056171058824, 22.00543312626352, 18.017901901938163, 14.057082993127375, 10.173430619797555,
  6.493939402266966, 3.289868133696453,
]);

/** Any x. Below 0, psi'(-y) = (pi/sin(pi y))^2 - psi'(1 + y) (DLMF 5.15.6); +Infinity at the poles. */
function special(x: v128): v128 {
  const one = f64x2.splat(1);
  const y = f64x2.abs(x);
  const r = f64x2.sub(y, f64x2.nearest(y));
  const z = f64x2.mul(r, r);
  let cosecant = constant(COSECANT);
  for (let q: usize = 8; q < 128; q += 8) cosecant = f64x2.add(f64x2.mul(cosecant, z), constant(COSECANT + q));
  const after = next(y);
  const reflected = f64x2.add(f64x2.div(one, z), f64x2.sub(cosecant, after));
  // Times 2^512, a square does not underflow.
  const up = f64x2.splat(1.3407807929942597e154);
  const scaled = f64x2.mul(y, up);
  const tiny = f64x2.mul(f64x2.mul(f64x2.div(one, f64x2.mul(scaled, scaled)), up), up);
  const square = v128.bitselect(tiny, f64x2.div(one, f64x2.mul(y, y)), f64x2.lt(y, f64x2.splat(1e-100)));
  const value = f64x2.add(square, after);
  return v128.bitselect(reflected, value, f64x2.lt(x, f64x2.splat(0)));
}
