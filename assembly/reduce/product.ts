// Sum of logarithms as the logarithm of a product: mantissas are multiplied, exponents are added as integers, and one logarithm is
// taken per tile. Exact in the exponents; a relative rounding of 2^-53 per factor, so n factors cost n 2^-53 absolutely, at worst.

import { constant } from "../lanes/constant";

const MANTISSA = memory.data<u64>([0x000fffffffffffff]);
const ONE = memory.data<f64>([1]);

/** The factor's mantissa in [1, 2). Factors are positive, finite and normal. */
// @ts-ignore: decorator
@inline export function mantissa(factor: v128): v128 {
  return v128.or(v128.and(factor, constant(MANTISSA)), constant(ONE));
}

/** The factor's biased exponent, as integers. */
// @ts-ignore: decorator
@inline export function exponent(factor: v128): v128 {
  return i64x2.shr_u(factor, 52);
}

/** ln 2 with its last 32 bits zero, so that its product with an exponent sum below 2^31 is exact, and the remainder. */
export const LN2_HIGH: f64 = 6.93147180369123816490e-1;
export const LN2_LOW: f64 = 1.90821492927058770002e-10;
