import { log } from "./elementary.ts";
import { logaddexp } from "./logarithms.ts";
import { normalQuantileOfLog } from "./normal.ts";
import type { Tails } from "./wholeValued.ts";

// Quantile residuals: P. K. Dunn & G. K. Smyth, J. Comput. Graph. Statist. 5 (1996), 236.

/** The normal quantile of a probability given by the logarithms of both its sides. */
export function quantileOf({ lower, upper }: Tails): number {
  return lower < upper ? normalQuantileOfLog(lower) : -normalQuantileOfLog(upper);
}

/** The normal quantile of F(y-) + v (F(y) - F(y-)), from the side where it is smaller. */
export function quantileBetween(below: Tails, here: Tails, v: number): number {
  if (here.lower < below.upper) return normalQuantileOfLog(mixed(below.lower, here.lower, v));
  return -normalQuantileOfLog(mixed(here.upper, below.upper, 1 - v));
}

/** log(e^a (1 - v) + e^b v). */
function mixed(a: number, b: number, v: number): number {
  return logaddexp(a + log(1 - v), b + log(v));
}
