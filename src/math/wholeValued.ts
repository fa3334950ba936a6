/**
 * Distribution functions of whole-valued variables from logarithms of their two tails, each with relative accuracy where it is the smaller.
 */
import { exp, expm1, log, log1p } from "./elementary.ts";
import { log1mexp, logaddexp, logsubexp } from "./logarithms.ts";
import { smallestInteger } from "./roots.ts";

/** log P(X <= k) and log P(X > k). */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

export const LOG_HALF = -0.6931471805599453;

/** From one tail: the other is its complement. */
export const fromLower = (lower: number): Tails => ({ lower, upper: log1mexp(Math.min(0, lower)) });
export const fromUpper = (upper: number): Tails => ({ lower: log1mexp(Math.min(0, upper)), upper });

/** X given X > 0, from X's tails and log P(X = 0). */
export function truncatedAtZero({ lower, upper }: Tails, logZero: number): Tails {
  const rest = log1mexp(logZero);
  const above = upper - rest;
  // P(0 < X <= k) as a difference loses P(X = 0), as a complement P(X > k); the smaller loss of the two.
  if (above < LOG_HALF || logZero > LOG_HALF) return fromUpper(above);
  return fromLower(logsubexp(lower, logZero) - rest);
}

/** X or, with probability pi, 0. */
export function inflatedAtZero({ lower, upper }: Tails, pi: number): Tails {
  const above = log1p(-pi) + upper;
  return above < LOG_HALF ? fromUpper(above) : fromLower(logaddexp(log(pi), log1p(-pi) + lower));
}

/**
 * The functions of a family whose values are whole numbers from `lowest` on, to `highest` where there is one, from its tails at a whole
 * number between them.
 */
export function wholeValued(
  lowest: number,
  tails: (k: number, theta: readonly number[]) => Tails,
  highest: (theta: readonly number[]) => number = () => Number.POSITIVE_INFINITY,
) {
  /** The last tails: both of a number are asked for, one after the other. */
  let last: { readonly k: number; readonly theta: readonly number[]; readonly tails: Tails } | undefined;
  const both = (k: number, theta: readonly number[]): Tails => {
    if (last?.k !== k || !theta.every((value, j) => value === last!.theta[j])) last = { k, theta: [...theta], tails: tails(k, theta) };
    return last.tails;
  };
  const at = (x: number, theta: readonly number[]): Tails => {
    if (x < lowest) return { lower: Number.NEGATIVE_INFINITY, upper: 0 };
    if (x >= highest(theta)) return { lower: 0, upper: Number.NEGATIVE_INFINITY };
    return both(Math.floor(x), theta);
  };
  const cdf = (x: number, theta: readonly number[]): number => {
    const { lower, upper } = at(x, theta);
    return lower < upper ? exp(lower) : -expm1(upper);
  };
  return {
    cdf,
    logCdf: (x: number, theta: readonly number[]) => at(x, theta).lower,
    logSf: (x: number, theta: readonly number[]) => at(x, theta).upper,
    quantile: (p: number, theta: readonly number[]) =>
      p >= 1 ? highest(theta) : smallestInteger((k) => cdf(k, theta) >= p, lowest, lowest, highest(theta)),
  };
}
