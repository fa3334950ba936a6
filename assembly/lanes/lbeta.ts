// log B(a, b) for a, b > 0, two at a time. With p <= q the two, s = p + q, and lgamma(x) = X (log X - 1) + log(2 pi)/2 + H/X - log P(x),
// X = x + 7/2, of lgamma.ts, the large terms of lgamma(p) + lgamma(q) - lgamma(s) cancel on paper:
//
//   log B = p log(X_p/X_s) - X_q log(X_s/X_q) + log F + log(2 pi)/2 - 7/2 + H_p/X_p + H_q/X_q - H_s/X_s
//   F     = X_p^(7/2) P(s)/(P(p) P(q))
//
// Error <= 8.9 ulp of max(1, |value|), from the roundings of F; <= 3 where a and b are large. ns a row on Node 20 and 26: 12.0, 11.4.
//
// The first two terms are negative and as large as the result or smaller. F is 1/p at most, and 2^-120 at least.

import { constant } from "./constant";
import { log, logOfNormal } from "./log";
import { lgamma, lgammaFactor, tail } from "./lgamma";
import { log1p } from "./log1p";

const SHIFT = memory.data<f64>([3.5]);
// log(2 pi)/2 - 7/2.
const CONSTANT = memory.data<f64>([-2.5810614667953274]);
// 2^-900 and 2^240.
const LEAST = memory.data<f64>([1.1830521861667747e-271]);
const MOST = memory.data<f64>([1.7668470647783843e72]);

// @ts-ignore: decorator
@inline export function lbeta(a: v128, b: v128): v128 {
  const p = f64x2.pmin(a, b);
  const q = f64x2.pmax(a, b);
  const s = f64x2.add(a, b);
  if (i64x2.bitmask(v128.or(f64x2.lt(p, constant(LEAST)), f64x2.gt(q, constant(MOST))))) return special(p, q, s);
  return ordinary(p, q, s);
}

// @ts-ignore: decorator
@inline function ordinary(p: v128, q: v128, s: v128): v128 {
  const Xp = f64x2.add(p, constant(SHIFT));
  const Xq = f64x2.add(q, constant(SHIFT));
  const Xs = f64x2.add(s, constant(SHIFT));
  const t = f64x2.div(p, Xq);
  const power = f64x2.mul(f64x2.mul(Xp, f64x2.mul(Xp, Xp)), f64x2.sqrt(Xp));
  const F = f64x2.mul(f64x2.div(power, lgammaFactor(p)), f64x2.div(lgammaFactor(s), lgammaFactor(q)));
  const tails = f64x2.add(tail(Xp), f64x2.sub(tail(Xq), tail(Xs)));
  const rest = f64x2.add(f64x2.add(tails, constant(CONSTANT)), logOfNormal(F));
  const large = f64x2.sub(f64x2.mul(p, logOfNormal(f64x2.div(Xp, Xs))), f64x2.mul(Xq, log1p(t)));
  return f64x2.add(large, rest);
}

/**
 * Any p <= q. B(p, q) = (1 + p/q)/p to 270 digits where p is below 2^-900; past 2^240, q^-p Gamma(p) for p below 2^100 and else the two
 * large terms alone. Infinity at p = 0, -Infinity at q = Infinity, NaN below 0.
 */
function special(p: v128, q: v128, s: v128): v128 {
  const zero = f64x2.splat(0);
  const infinity = f64x2.splat(Infinity);
  const tiny = f64x2.sub(log1p(f64x2.div(p, q)), log(p));
  const far = f64x2.sub(lgamma(p), f64x2.mul(p, log(q)));
  const small = f64x2.splat(8.673617379884035e-19);
  const P = f64x2.mul(p, small);
  const Q = f64x2.mul(q, small);
  const both = f64x2.sub(f64x2.mul(P, log(f64x2.div(P, f64x2.add(P, Q)))), f64x2.mul(Q, log1p(f64x2.div(P, Q))));
  const huge = v128.bitselect(f64x2.div(both, small), far, f64x2.gt(p, f64x2.splat(1.2676506002282294e30)));
  const isTiny = f64x2.lt(p, constant(LEAST));
  const isHuge = f64x2.gt(q, constant(MOST));
  const one = f64x2.splat(1);
  const inside = v128.not(v128.or(isTiny, isHuge));
  const middle = ordinary(v128.bitselect(p, one, inside), v128.bitselect(q, one, inside), v128.bitselect(s, f64x2.splat(2), inside));
  const finite = v128.bitselect(middle, v128.bitselect(tiny, huge, isTiny), inside);
  const limited = v128.bitselect(f64x2.neg(infinity), finite, f64x2.eq(q, infinity));
  const value = v128.bitselect(infinity, limited, f64x2.eq(p, zero));
  return v128.bitselect(f64x2.splat(NaN), value, v128.or(f64x2.lt(p, zero), f64x2.ne(s, s)));
}
