import { exp, expm1, log, log1p } from "../math/elementary.ts";
import { Accumulator } from "../math/sum.ts";

/** The distances of Kolmogorov and Smirnov, of Cramér and von Mises, and of Anderson and Darling. */
export interface EdfStatistics {
  /** D = sup |F_n - F|. */
  readonly ks: number;
  /** W² = n ∫ (F_n - F)² dF. */
  readonly cvm: number;
  /** A² = n ∫ (F_n - F)² / (F (1 - F)) dF. */
  readonly ad: number;
}

/** Logarithms of both tails of what the sample is held against. */
export interface LogTails {
  logCdf(x: number): number;
  logSf(x: number): number;
}

/** Both tails as probabilities, each with its digits. */
export function probabilities(lower: number, upper: number): readonly [cdf: number, sf: number] {
  return lower < upper ? [exp(lower), -expm1(lower)] : [-expm1(upper), exp(upper)];
}

/**
 * The three distances of sorted values from a continuous distribution, in one pass. Row i counts `weights[i]` times: a value that
 * counts w times at the ranks a + 1 … a + w adds w (u - (2a + w)/2n)² + w³/12n² to W² and -((2a + w) w log u + (2(n - a) - w) w log(1 - u))/n
 * to A² + n, which for w = 1 are the sums of the textbooks (Stephens 1974, J. Amer. Statist. Assoc. 69).
 */
export function edf(x: Float64Array, weights: ArrayLike<number> | undefined, tails: LogTails): EdfStatistics {
  let n = x.length;
  if (weights) {
    n = 0;
    for (let i = 0; i < weights.length; i++) n += weights[i]!;
  }
  const [square, logs] = [new Accumulator(), new Accumulator()];
  let ks = 0;
  let before = 0;
  for (let i = 0; i < x.length; i++) {
    const w = weights ? weights[i]! : 1;
    const [lower, upper] = [tails.logCdf(x[i]!), tails.logSf(x[i]!)];
    const u = lower < upper ? exp(lower) : -expm1(upper);
    const after = before + w;
    const distance = Math.max(after / n - u, u - before / n);
    if (distance > ks) ks = distance;
    const gap = u - (before + after) / (2 * n);
    square.add(w * (gap * gap + (w * w) / (12 * n * n)));
    logs.add(w * ((before + after) * lower + (2 * n - before - after) * upper));
    before = after;
  }
  return { ks, cvm: square.sum, ad: -(n + logs.sum / n) };
}

/** A step function from 0 up, as survival estimates are: `after[i]` is its value from `at[i]` on. */
export interface Steps {
  readonly at: Float64Array;
  readonly after: Float64Array;
  /** The function is known up to here; Infinity where it reaches 1. */
  readonly until: number;
}

/**
 * The same distances of a step function that estimates a distribution function, up to where it is known: with the product-limit estimate those
 * of Koziol & Green (1976, Biometrika 63) and its kin, without censoring the statistics above. `n` is the number of rows behind it.
 */
export function stepDistances({ at, after, until }: Steps, n: number, tails: LogTails): EdfStatistics {
  let ks = 0;
  const [square, weighted] = [new Accumulator(), new Accumulator()];
  let [c, h, s] = [0, 0, 1];
  const piece = (x: number) => {
    const [cdf, sf] = x === Number.POSITIVE_INFINITY ? [1, 0] : probabilities(tails.logCdf(x), tails.logSf(x));
    ks = Math.max(ks, Math.abs(c - h), Math.abs(c - cdf));
    square.add(cubicBetween(c, h, cdf));
    weighted.add(weightedBetween(c, [h, s], [cdf, sf]));
    [h, s] = [cdf, sf];
  };
  for (let i = 0; i < at.length; i++) {
    piece(at[i]!);
    c = after[i]!;
  }
  piece(until);
  return { ks, cvm: n * square.sum, ad: n * weighted.sum };
}

/** ∫ (c - h)² dh from a to b. */
export function cubicBetween(c: number, a: number, b: number): number {
  const [p, q] = [a - c, b - c];
  return ((b - a) * (p * p + p * q + q * q)) / 3;
}

type Both = readonly [cdf: number, sf: number];

/** ∫ (c - h)² / (h (1 - h)) dh from a to b: c² log h - (1 - c)² log(1 - h) - h; both ends with their complements. */
export function weightedBetween(c: number, [a, aRest]: Both, [b, bRest]: Both): number {
  const width = aRest < a ? aRest - bRest : b - a;
  if (!(width > 0)) return 0;
  const low = c === 0 ? 0 : c * c * (width < a ? log1p(width / a) : log(b / a));
  const high = c === 1 ? 0 : (1 - c) * (1 - c) * -(width < aRest ? log1p(-width / aRest) : log(Math.max(bRest, Number.MIN_VALUE) / aRest));
  return Math.max(0, low + high - width);
}
