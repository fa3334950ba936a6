import { exp } from "../math/elementary.ts";
import { Accumulator } from "../math/sum.ts";
import { cubicBetween, type EdfStatistics, type LogTails, probabilities, weightedBetween } from "./edf.ts";

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

/** Whole numbers between two neighbouring values, at either end, that are summed one by one. */
const EACH = 8;

/**
 * The distances of counts from a distribution on whole numbers: D over the whole numbers (Conover 1972; Arnold & Emerson 2011, R Journal 3(2)),
 * W² = n Σ p_k (F_n - F)², A² = n Σ p_k (F_n - F)² / (F (1 - F)) with F_n and F at k (Choulakian, Lockhart & Stephens 1994, Canad. J.
 * Statist. 22). Where more than 16 numbers without a row follow one another, the sum over those in the middle is an integral: heavy tails
 * have no last cell.
 */
export function discreteEdf({ values, counts }: Tally, at: WholeTails): EdfStatistics {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const [square, weighted] = [new Accumulator(), new Accumulator()];
  let ks = 0;
  const tailsAt = (k: number) => (k < at.lower ? ([0, 1] as const) : probabilities(at.logCdf(k), at.logSf(k)));
  /** F_n is c at the whole numbers from `first` to `last`. */
  const stretch = (c: number, first: number, last: number) => {
    if (!(first <= last)) return;
    const each = (from: number, to: number) => {
      for (let k = from; k <= to; k++) {
        const p = exp(at.logPdf(k));
        if (!(p > 0)) continue;
        const [cdf, sf] = tailsAt(k);
        const gap = cdf < 0.5 ? c - cdf : sf - (1 - c);
        ks = Math.max(ks, Math.abs(gap));
        square.add(p * gap * gap);
        if (sf > 0) weighted.add((p * gap * gap) / (cdf * sf));
      }
    };
    if (last - first < 2 * EACH) return each(first, last);
    const from = Number.isFinite(first) ? first + EACH : first;
    const to = Number.isFinite(last) ? last - EACH : last;
    if (Number.isFinite(first)) each(first, from - 1);
    const [a, b] = [Number.isFinite(from) ? tailsAt(from - 1) : ([0, 1] as const), Number.isFinite(to) ? tailsAt(to) : ([1, 0] as const)];
    square.add(cubicBetween(c, a[0], b[0]));
    weighted.add(weightedBetween(c, a, b));
    if (Number.isFinite(last)) each(to + 1, last);
  };
  let before = 0;
  stretch(0, at.lower, values[0]! - 1);
  for (let i = 0; i < values.length; i++) {
    before += counts[i]!;
    stretch(i === values.length - 1 ? 1 : before / n, values[i]!, i === values.length - 1 ? at.upper : values[i + 1]! - 1);
  }
  return { ks, cvm: n * square.sum, ad: n * weighted.sum };
}

/** Sorted values as distinct ones with their counts. */
export function tally(sorted: Float64Array, weights?: ArrayLike<number>): Tally {
  const values: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    const w = weights ? weights[i]! : 1;
    if (i > 0 && sorted[i] === sorted[i - 1]) counts[counts.length - 1]! += w;
    else {
      values.push(sorted[i]!);
      counts.push(w);
    }
  }
  return { values: Float64Array.from(values), counts: Float64Array.from(counts) };
}
