// Both tails of a distribution to 30 digits from one of them, exp(E) f: the values, their logarithms, the slopes of these.

import { add, type DoubleDouble, divide, multiply, pair, plain, type Scaled, scale, scaled } from "./arithmetic.ts";
import { expOf, logOf } from "./elementary.ts";
import type { Jet } from "./jet.ts";

export interface Tail {
  readonly upper: boolean;
  /** With its slopes. */
  readonly exponent: Jet;
  readonly factor: Jet;
}

const ONE = pair(1);
const ZERO: Scaled = { high: 0, low: 0, binary: 0 };

/** The tail itself; by: a factor. */
function size({ exponent, factor }: Tail, by: DoubleDouble = ONE): Scaled {
  if (exponent[0]!.high < -1e4) return ZERO;
  const e = expOf(exponent[0]!);
  const value = multiply(e, multiply(factor[0]!, by));
  // Below half the smallest double a difference to 0 would be 0 times 2^1100.
  return e.binary + Math.log2(Math.abs(value.high)) < -1080 ? ZERO : { ...value, binary: e.binary };
}

/** The other tail. Where the one is below 2^-200, 1. */
function complement(tail: Tail): DoubleDouble {
  const known = size(tail);
  return known.binary < -200 ? ONE : add(ONE, scale(plain(known), -1));
}

/** log(1 - p), p <= 1/2. */
function log1m(p: Scaled): Scaled {
  if (p.high * 2 ** Math.max(p.binary, -900) > 2 ** -30) return scaled(logOf(add(ONE, scale(plain(p), -1))));
  if (p.binary < -200) return { high: -p.high, low: -p.low, binary: p.binary };
  const q = plain(p);
  const third = add(pair(0.5), multiply(q, add(divide(ONE, pair(3)), scale(q, 0.25))));
  return scaled(scale(multiply(q, add(ONE, multiply(q, third))), -1));
}

const isSmall = (p: Scaled) => p.high * 2 ** Math.max(p.binary, -900) <= 0.5;

export function probability(tail: Tail, upper: boolean): Scaled {
  return tail.upper === upper ? size(tail) : scaled(complement(tail));
}

export function logProbability(tail: Tail, upper: boolean): Scaled {
  const known = size(tail);
  if (tail.upper !== upper) return isSmall(known) ? log1m(known) : scaled(logOf(complement(tail)));
  if (!isSmall(known)) return log1m(scaled(complement(tail)));
  return scaled(add(tail.exponent[0]!, logOf(tail.factor[0]!)));
}

/** Slope of the tail's logarithm in the index-th parameter. */
const slopeOf = ({ exponent, factor }: Tail, index: number): DoubleDouble =>
  add(exponent[index + 1]!, divide(factor[index + 1]!, factor[0]!));

export function logSlope(tail: Tail, upper: boolean, index: number): Scaled {
  const slope = slopeOf(tail, index);
  return tail.upper === upper ? scaled(slope) : size(tail, scale(divide(slope, complement(tail)), -1));
}

/** Slope of the lower tail. */
export function slope(tail: Tail, index: number): Scaled {
  return size(tail, scale(slopeOf(tail, index), tail.upper ? -1 : 1));
}
