/** The logit and its inverse, both tails kept, and the open unit interval's doubles. */
import { exp, log, log1p } from "./elementary.ts";

/** log(x / (1 - x)) for 0 <= x <= 1, with relative accuracy beside 1/2, too. */
export function logit(x: number): number {
  // 1 - x is exact from 1/2 on, 1 - 2x from 1/4 to 1.
  if (x > 0.5) return -logit(1 - x);
  return x > 0.25 ? -log1p((1 - 2 * x) / x) : log(x) - log1p(-x);
}

/** 1 / (1 + e^-y). */
export function expit(y: number): number {
  const u = exp(-Math.abs(y));
  return y < 0 ? u / (1 + u) : 1 / (1 + u);
}

/** The nearest double strictly between 0 and 1: a variate closer to an end has none. */
export function insideUnit(x: number): number {
  return Math.min(Math.max(x, Number.MIN_VALUE), 1 - Number.EPSILON / 2);
}
