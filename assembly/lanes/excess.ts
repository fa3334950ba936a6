// exp(u) - 1 - u and log(1 + z) - z for two doubles, relative to themselves: 2 ulp.
//
//   |u| <= 1/2   u^2 p(u), p of degree 11;   beyond, expm1(u) - u
//   -1/2 <= z <= 1   with s = z/(2 + z):  log(1 + z) - z = 2 (artanh s - s) - s z;   beyond, log1p(z) - z

import { constant } from "./constant";
import { expm1 } from "./expm1";
import { ARTANH_EXCESS, EXPM1_EXCESS } from "./excessSeries";
import { log1p } from "./log1p";

const HALF = memory.data<f64>([0.5]);
const ONE = memory.data<f64>([1]);
const TWO = memory.data<f64>([2]);

/** Horner's rule. Written out below: a loop of it is 4 % slower in the tails' integrals. */
// @ts-ignore: decorator
@inline function step(p: v128, x: v128, c: v128): v128 {
  return f64x2.add(f64x2.mul(p, x), c);
}

// @ts-ignore: decorator
@inline export function expm1Excess(u: v128): v128 {
  let p = v128.load(EXPM1_EXCESS);
  p = step(p, u, v128.load(EXPM1_EXCESS, 16));
  p = step(p, u, v128.load(EXPM1_EXCESS, 32));
  p = step(p, u, v128.load(EXPM1_EXCESS, 48));
  p = step(p, u, v128.load(EXPM1_EXCESS, 64));
  p = step(p, u, v128.load(EXPM1_EXCESS, 80));
  p = step(p, u, v128.load(EXPM1_EXCESS, 96));
  p = step(p, u, v128.load(EXPM1_EXCESS, 112));
  p = step(p, u, v128.load(EXPM1_EXCESS, 128));
  p = step(p, u, v128.load(EXPM1_EXCESS, 144));
  p = step(p, u, v128.load(EXPM1_EXCESS, 160));
  p = step(p, u, v128.load(EXPM1_EXCESS, 176));
  const near = f64x2.mul(f64x2.mul(u, u), p);
  const beyond = f64x2.gt(f64x2.abs(u), constant(HALF));
  if (!i64x2.bitmask(beyond)) return near;
  return v128.bitselect(f64x2.sub(expm1(u), u), near, beyond);
}

/** z >= -1/2. */
// @ts-ignore: decorator
@inline export function log1pExcess(z: v128): v128 {
  const s = f64x2.div(z, f64x2.add(z, constant(TWO)));
  const t = f64x2.mul(s, s);
  let p = v128.load(ARTANH_EXCESS);
  p = step(p, t, v128.load(ARTANH_EXCESS, 16));
  p = step(p, t, v128.load(ARTANH_EXCESS, 32));
  p = step(p, t, v128.load(ARTANH_EXCESS, 48));
  p = step(p, t, v128.load(ARTANH_EXCESS, 64));
  p = step(p, t, v128.load(ARTANH_EXCESS, 80));
  p = step(p, t, v128.load(ARTANH_EXCESS, 96));
  p = step(p, t, v128.load(ARTANH_EXCESS, 112));
  p = step(p, t, v128.load(ARTANH_EXCESS, 128));
  p = step(p, t, v128.load(ARTANH_EXCESS, 144));
  p = step(p, t, v128.load(ARTANH_EXCESS, 160));
  const atanh = f64x2.mul(t, p);
  const near = f64x2.mul(s, f64x2.sub(f64x2.add(atanh, atanh), z));
  const beyond = f64x2.gt(z, constant(ONE));
  if (!i64x2.bitmask(beyond)) return near;
  return v128.bitselect(f64x2.sub(log1p(z), z), near, beyond);
}
