// log Φ(x), h(x) = φ(x)/Φ(x) and h'(x) = -h (x + h), for two doubles, from one erfcx: the lanes of these names are more exact, and with their
// tables a fifth of the module.
//
// From m = h(-|x|) = sqrt(2/π) / erfcx(|x|/√2) alone: below 0, h = m and log Φ = log φ - log m; above, Φ = 1 - q, q = φ/m, and
// log Φ = -q - q²/2 where q is small. h' loses x² ulps as x + h → 0; below -200 it is -1 + 1/x² - 6/x⁴, to 2^-52.

import { constant } from "../lanes/constant";
import { erfcx } from "../lanes/erfcx";
import { exp } from "../lanes/exp";
import { log } from "../lanes/log";

/** Where `normalRatios` leaves h' and log Φ. */
export const SLOPE = memory.data(16, 16);
export const LOG_PHI = memory.data(16, 16);

const ONE = memory.data<f64>([1]);
const MINUS_HALF = memory.data<f64>([-0.5]);
const HALF_LOG_2PI = memory.data<f64>([0.9189385332046728]);
const INVERSE_SQRT_2PI = memory.data<f64>([0.3989422804014327]);
const SQRT_2_BY_PI = memory.data<f64>([0.7978845608028654]);
const SQRT_HALF = memory.data<f64>([0.7071067811865476]);
// q³/3 of less than 2^-53 q.
const SMALL = memory.data<f64>([1.8e-8]);
const FAR = memory.data<f64>([-200]);

/** h(x). */
// @ts-ignore: decorator
@inline export function normalRatios(x: v128): v128 {
  const exponent = f64x2.mul(constant(MINUS_HALF), f64x2.mul(x, x));
  const m = f64x2.div(constant(SQRT_2_BY_PI), erfcx(f64x2.mul(constant(SQRT_HALF), f64x2.abs(x))));
  const density = f64x2.mul(constant(INVERSE_SQRT_2PI), exp(exponent));
  const q = f64x2.div(density, m);
  const upper = f64x2.sub(constant(ONE), q);
  const below = f64x2.lt(x, f64x2.splat(0));
  const logarithm = log(v128.bitselect(m, upper, below));
  const left = f64x2.sub(f64x2.sub(exponent, constant(HALF_LOG_2PI)), logarithm);
  const series = f64x2.sub(f64x2.mul(f64x2.mul(constant(MINUS_HALF), q), q), q);
  const right = v128.bitselect(series, logarithm, f64x2.lt(q, constant(SMALL)));
  v128.store(LOG_PHI, v128.bitselect(left, right, below));
  const h = v128.bitselect(m, f64x2.div(density, upper), below);
  const near = f64x2.neg(f64x2.mul(h, f64x2.add(x, h)));
  const y = f64x2.div(constant(ONE), f64x2.mul(x, x));
  const far = f64x2.sub(f64x2.mul(y, f64x2.sub(constant(ONE), f64x2.mul(f64x2.splat(6), y))), constant(ONE));
  v128.store(SLOPE, v128.bitselect(far, near, f64x2.lt(x, constant(FAR))));
  return h;
}
