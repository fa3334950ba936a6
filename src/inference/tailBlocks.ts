import { log1mexp, logaddexp } from "../math/logarithms.ts";
import type { WholeTails } from "./discreteEdf.ts";

/** Whole numbers whose tails are worked out together. */
const BLOCK = 128;

/** Values in a block from which on it is worth it: two tails and masses for all numbers against three tails for each value. */
const FEWEST = 8;

/**
 * A distribution's tails at many neighbouring whole numbers: where values lie close, a block's lower tails are its first and masses that are added
 * going up, its upper tails its last and masses added going down. Nothing is subtracted, and tails that cost an integral each cost a mass.
 *
 * @param values - In increasing order, where the tails will be asked for, or next to it.
 */
export function tailBlocks(at: WholeTails, values: Float64Array): WholeTails {
  const [masses, lowers, uppers] = [new Float64Array(BLOCK), new Float64Array(BLOCK), new Float64Array(BLOCK)];
  let [begin, isWorth] = [Number.NaN, false];
  const enter = (k: number) => {
    if (k >= begin && k < begin + BLOCK) return isWorth;
    begin = BLOCK * Math.floor(k / BLOCK);
    const last = begin + BLOCK - 1;
    isWorth = begin >= at.lower && last <= at.upper && countBetween(values, begin, last) >= FEWEST;
    if (!isWorth) return false;
    for (let i = 0; i < BLOCK; i++) masses[i] = at.logPdf(begin + i);
    lowers[0] = at.logCdf(begin);
    for (let i = 1; i < BLOCK; i++) lowers[i] = logaddexp(lowers[i - 1]!, masses[i]!);
    uppers[BLOCK - 1] = at.logSf(last);
    for (let i = BLOCK - 1; i > 0; i--) uppers[i - 1] = logaddexp(uppers[i]!, masses[i]!);
    // The larger tail has its digits from the smaller one.
    for (let i = 0; i < BLOCK; i++) {
      if (uppers[i]! < lowers[i]!) lowers[i] = log1mexp(uppers[i]!);
      else uppers[i] = log1mexp(lowers[i]!);
    }
    return true;
  };
  const from = (all: Float64Array, own: (k: number) => number) => (k: number) => (enter(k) ? all[k - begin]! : own(k));
  return {
    ...at,
    logPdf: from(masses, (k) => at.logPdf(k)),
    logCdf: from(lowers, (k) => at.logCdf(k)),
    logSf: from(uppers, (k) => at.logSf(k)),
  };
}

function countBetween(values: Float64Array, first: number, last: number): number {
  return placeOf(values, last + 1) - placeOf(values, first);
}

/** How many values are below k. */
function placeOf(values: Float64Array, k: number): number {
  let [from, to] = [0, values.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (values[middle]! < k) from = middle + 1;
    else to = middle;
  }
  return from;
}
