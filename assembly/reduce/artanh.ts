import { constant } from "../lanes/constant";
import { log1p } from "../lanes/log1p";

// log(1 + z) = 2 artanh s with s = z/(2 + z), and what is left of it beyond the first term of its series: it keeps its digits through
// z = 0, where powers of z cancel in log(1 + z) - z + …

const ONE = memory.data<f64>([1]);
const TWO = memory.data<f64>([2]);
const THIRD = memory.data<f64>([0.33333333333333331]);
/** Interpolated at Chebyshev nodes on s² <= 1/9; relative error 2^-54. */
const C = memory.data<f64>([
  0.3333333333333333, 0.1999999999999976, 0.14285714285800877, 0.11111111099014737, 0.09090909955527261, 0.07692271746289105,
  0.06667594476950635, 0.05867070005446695, 0.05423153071310009, 0.03743548293126407, 0.07820074944803705,
]);

/** s = z/(2 + z). */
// @ts-ignore: decorator
@inline export function artanhArgument(z: v128): v128 {
  return f64x2.div(z, f64x2.add(constant(TWO), z));
}

/** (artanh(s)/s - 1)/s² for s = z/(2 + z), z > -1. */
// @ts-ignore: decorator
@inline export function artanhRest(z: v128, s: v128): v128 {
  const q = f64x2.mul(s, s);
  let p = constant(C + 80);
  for (let i = 72; i >= 0; i -= 8) p = f64x2.add(f64x2.mul(p, q), constant(C + i));
  const far = f64x2.gt(f64x2.abs(s), constant(THIRD));
  return v128.any_true(far) ? v128.bitselect(restFar(z, s, q), p, far) : p;
}

/** The same by the logarithm: |s| > 1/3 leaves it 25 ulp. */
function restFar(z: v128, s: v128, q: v128): v128 {
  const ratio = f64x2.div(log1p(z), f64x2.add(s, s));
  return f64x2.div(f64x2.sub(ratio, constant(ONE)), q);
}
