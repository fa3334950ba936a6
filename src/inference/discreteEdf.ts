import { exp } from "../math/elementary.ts";
import { Accumulator } from "../math/sum.ts";
import { cubicBetween, type EdfStatistics, type LogTails, probabilities, weightedBetween } from "./edf.ts";
import { tailBlocks } from "./tailBlocks.ts";

/** Distinct values in increasing order, and how often each occurs. */
export interface Tally {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

/** A distribution on whole numbers. */
export interface WholeTails extends LogTails {
  logPdf(x: number): number;
  readonly lower: number;
  readonly upper: number;
}

/** Whole numbers without a row that are summed one by one from either end of a stretch of them, at least and at most. */
const LEAST = 8;
const MOST = 4096;
/** Mass of a whole number against the nearer tail, in logarithms, below which the sum is an integral to half of that: 1 %. */
const FINE = -4.605170185988091;

/**
 * The distances of counts from a distribution on whole numbers: D over the whole numbers (Conover 1972; Arnold & Emerson 2011, R Journal 3(2)),
 * W² = n Σ p_k (F_n - F)², A² = n Σ p_k (F_n - F)² / (F (1 - F)) with F_n and F at k (Choulakian, Lockhart & Stephens 1994, Canad. J.
 * Statist. 22). Where no row lies and the masses are small
 * against the tails, the sum is an integral: heavy tails have no last cell.
 */
export function discreteEdf({ values, counts }: Tally, law: WholeTails): EdfStatistics {
  const at = tailBlocks(law, values);
  const n = counts.reduce((sum, count) => sum + count, 0);
  const [square, weighted] = [new Accumulator(), new Accumulator()];
  let ks = 0;
  const tailsAt = (k: number) => (k < at.lower ? ([0, 1] as const) : probabilities(at.logCdf(k), at.logSf(k)));
  /** F_n is c at the whole numbers from `first` to `last`. */
  const stretch = (c: number, first: number, last: number) => {
    if (!(first <= last)) return;
    /** Adds up from one end on; the first number that is left. */
    const each = (end: number, step: 1 | -1, stop: number): number => {
      for (let k = end, count = 0; ; k += step, count++) {
        if (step * (k - stop) > 0 || k < at.lower || k > at.upper) return k;
        const [p, lower, upper] = [at.logPdf(k), at.logCdf(k), at.logSf(k)];
        if (p === Number.NEGATIVE_INFINITY || (count >= LEAST && (count >= MOST || p < FINE + Math.min(lower, upper)))) return k;
        const gap = lower < upper ? c - exp(lower) : exp(upper) - (1 - c);
        ks = Math.max(ks, Math.abs(gap));
        square.add(exp(p) * gap * gap);
        const term = upper > Number.NEGATIVE_INFINITY ? exp(p - lower - upper) * gap * gap : 0;
        // Towards an end of the support terms fall without end.
        if (term < 1e-17 * weighted.sum && !Number.isFinite(stop)) return k;
        weighted.add(term);
      }
    };
    // Before the first row the terms grow, after the last they fall: there is one end to begin from.
    const from = c > 0 ? each(first, 1, last) : first;
    const to = c < 1 ? each(last, -1, c > 0 ? from : Number.NEGATIVE_INFINITY) : last;
    if (!(from <= to)) return;
    const a = Number.isFinite(from) ? tailsAt(from - 1) : ([0, 1] as const);
    const b = Number.isFinite(to) ? tailsAt(to) : ([1, 0] as const);
    ks = Math.max(ks, Math.abs(c - b[0]));
    square.add(cubicBetween(c, a[0], b[0]));
    weighted.add(weightedBetween(c, a, b));
  };
  let before = 0;
  stretch(0, at.lower, values[0]! - 1);
  for (let i = 0; i < values.length; i++) {
    before += counts[i]!;
    stretch(i === values.length - 1 ? 1 : before / n, values[i]!, i === values.length - 1 ? at.upper : values[i + 1]! - 1);
  }
  return { ks, cvm: n * square.sum, ad: n * weighted.sum };
}
