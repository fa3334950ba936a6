import { constant } from "./constant";

/** The polynomial of degree 9 with the ten coefficients at `c`, lowest first, by Estrin: shorter chains than Horner's. */
// @ts-ignore: decorator
@inline export function tenTerms(c: usize, w: v128): v128 {
  const w2 = f64x2.mul(w, w);
  const w4 = f64x2.mul(w2, w2);
  const a = f64x2.add(constant(c), f64x2.mul(w, constant(c + 8)));
  const b = f64x2.add(constant(c + 16), f64x2.mul(w, constant(c + 24)));
  const d = f64x2.add(constant(c + 32), f64x2.mul(w, constant(c + 40)));
  const e = f64x2.add(constant(c + 48), f64x2.mul(w, constant(c + 56)));
  const f = f64x2.add(constant(c + 64), f64x2.mul(w, constant(c + 72)));
  const low = f64x2.add(a, f64x2.mul(w2, b));
  const high = f64x2.add(f64x2.add(d, f64x2.mul(w2, e)), f64x2.mul(w4, f));
  return f64x2.add(low, f64x2.mul(w4, high));
}
