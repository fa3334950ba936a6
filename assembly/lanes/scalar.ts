// The lanes for one row, which both halves of the vector hold: no second formula.

import { exp } from "./exp";
import { expm1 } from "./expm1";
import { log } from "./log";
import { log1p } from "./log1p";

export function expOf(x: f64): f64 {
  return f64x2.extract_lane(exp(f64x2.splat(x)), 0);
}

export function expm1Of(x: f64): f64 {
  return f64x2.extract_lane(expm1(f64x2.splat(x)), 0);
}

export function logOf(x: f64): f64 {
  return f64x2.extract_lane(log(f64x2.splat(x)), 0);
}

export function log1pOf(x: f64): f64 {
  return f64x2.extract_lane(log1p(f64x2.splat(x)), 0);
}
