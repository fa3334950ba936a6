import { exp } from "../math/elementary.ts";

// Derivatives of log P(a < X <= b) in the parameters. A parameter moves a value at x with speed v(x) (`slide` of a family), so that
//
//   d log P / d theta = (v(a) f(a) - v(b) f(b)) / P
//
// exactly. Where the interval is narrow this cancels, to 2^-53 v f/P, and the mean of the rows' score over the interval, which it is as
// well, is better: by a quadrature, whose error shows in how far it is from the difference, as the difference's own is known.

/** A distribution at given parameters, with derivatives. */
export interface Scored {
  logPdf(x: number): number;
  /** Derivatives of log f(x). */
  score(x: number): readonly number[];
  /** Speeds at x, undefined where they have no closed form. */
  slide?(x: number): readonly (number | undefined)[];
}

/** Digits that the difference may lose before the mean is asked for. */
const NARROW = 64;
/** Error of the difference by its two terms: logarithms of densities to some ulp. */
const ROUNDING = 1e-14;
/** Gauss–Legendre, six points: for an interval of 1/64 of the distribution's scale. */
const ABSCISSAE = [
  -0.9324695142031521, -0.6612093864662645, -0.2386191860831969, 0.2386191860831969, 0.6612093864662645, 0.9324695142031521,
];
const WEIGHTS = [0.1713244923791704, 0.3607615730481386, 0.467913934572691, 0.467913934572691, 0.3607615730481386, 0.1713244923791704];

/**
 * Adds `weight` times the derivatives of log P(a < X <= b), of which `logP` is the value, to `sums`; nothing to those of parameters that do
 * not say how they move values. An end may be infinite.
 */
export function addIntervalScore(at: Scored, a: number, b: number, whole: boolean, logP: number, weight: number, sums: Float64Array): void {
  if (!at.slide || weight === 0) return;
  const [from, to] = whole ? [Math.floor(a), Math.floor(b)] : [a, b];
  const shareOf = (x: number) => (Number.isFinite(x) ? exp(at.logPdf(x) - logP) : 0);
  const [first, last] = [shareOf(from), shareOf(to)];
  const [slow, fast] = [first > 0 ? at.slide(from) : undefined, last > 0 ? at.slide(to) : undefined];
  const known = slow ?? fast;
  if (!known) return;
  let mean: readonly number[] | undefined;
  for (let i = 0; i < known.length; i++) {
    if (known[i] === undefined) continue;
    const [lower, upper] = [slow ? slow[i]! * first : 0, fast ? fast[i]! * last : 0];
    const difference = lower - upper;
    const lost = Math.abs(lower) + Math.abs(upper);
    if (slow && fast && !whole && lost > NARROW * Math.abs(difference)) {
      mean ??= meanScore(at, from, to);
      if (Math.abs(mean[i]! - difference) <= ROUNDING * lost) {
        sums[i]! += weight * mean[i]!;
        continue;
      }
    }
    sums[i]! += weight * difference;
  }
}

/** The mean of the score over an interval. */
function meanScore(at: Scored, a: number, b: number): number[] {
  const middle = a / 2 + b / 2;
  const half = b / 2 - a / 2;
  const top = at.logPdf(middle);
  let total = 0;
  let sums: number[] = [];
  for (let k = 0; k < ABSCISSAE.length; k++) {
    const x = middle + half * ABSCISSAE[k]!;
    const share = WEIGHTS[k]! * exp(at.logPdf(x) - top);
    total += share;
    const score = at.score(x);
    sums = score.map((value, i) => (sums[i] ?? 0) + share * value);
  }
  return sums.map((sum) => sum / total);
}
