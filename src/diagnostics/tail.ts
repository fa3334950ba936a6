import { describe, numbers } from "../data/observations.ts";
import { checkOptions } from "../estimators/settings.ts";
import { log } from "../math/elementary.ts";
import { normalQuantile } from "../math/normal.ts";
import { Accumulator } from "../math/sum.ts";

export interface MeanExcessOptions {
  /** Up to 500 of the values by default, the three largest left out: the mean of fewer excesses says nothing. */
  readonly thresholds?: ArrayLike<number>;
  /** Level of the pointwise intervals, 0.95 by default. */
  readonly level?: number;
}

export interface MeanExcess {
  readonly threshold: Float64Array;
  /** Mean of x - threshold over the x above it. */
  readonly meanExcess: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** How many lie above. */
  readonly exceedances: Float64Array;
}

/** Thresholds and numbers of order statistics where none are asked for. */
const POINTS = 500;
const OMITTED = 3;

/**
 * The mean excess (mean residual life) over thresholds: for a generalized Pareto tail a straight line of slope shape / (1 - shape) above the
 * threshold from which it holds (Davison & Smith 1990, JRSS B 52; Coles 2001, 4.3.1). Intervals are those of a mean.
 *
 * @throws TypeError or RangeError for values that are not finite, and for a threshold with fewer than two values above it.
 */
export function meanExcess(x: ArrayLike<number>, options: MeanExcessOptions = {}): MeanExcess {
  checkOptions(options, ["thresholds", "level"]);
  const sorted = sortedFinite(x, "x");
  const z = normalQuantile((1 + checkLevel(options.level)) / 2);
  const thresholds = options.thresholds ? thresholdsOf(options.thresholds, sorted) : spread(sorted);
  if (thresholds.length === 0) throw new RangeError(`x has ${sorted.length} values; at least ${OMITTED + 1}, not all equal, are needed.`);
  // From the top down: the mean and the squares about it of what lies above (Welford 1962).
  const order = Uint32Array.from(thresholds, (_, i) => i).sort((a, b) => thresholds[b]! - thresholds[a]!);
  const columns = [0, 1, 2, 3].map(() => new Float64Array(thresholds.length)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const [mean, lower, upper, exceedances] = columns;
  let [k, average, squares] = [0, 0, 0];
  for (const at of order) {
    const u = thresholds[at]!;
    for (let i = sorted.length - 1 - k; i >= 0 && sorted[i]! > u; i--) {
      k++;
      const gap = sorted[i]! - average;
      average += gap / k;
      squares += gap * (sorted[i]! - average);
    }
    const error = (z * Math.sqrt(squares / (k - 1))) / Math.sqrt(k);
    mean[at] = average - u;
    lower[at] = average - u - error;
    upper[at] = average - u + error;
    exceedances[at] = k;
  }
  return { threshold: thresholds, meanExcess: mean, lower, upper, exceedances };
}

function thresholdsOf(given: ArrayLike<number>, sorted: Float64Array): Float64Array {
  const thresholds = Float64Array.from(numbers(given, "thresholds"));
  const second = sorted[sorted.length - 2] ?? Number.NEGATIVE_INFINITY;
  const wrong = thresholds.findIndex((u) => !(u < second));
  if (wrong < 0) return thresholds;
  throw new RangeError(
    `thresholds[${wrong}] is ${thresholds[wrong]}; a number with at least two of x above it is needed, below ${second}.`,
  );
}

/** Distinct values, evenly spaced by rank where there are many. */
function spread(sorted: Float64Array): Float64Array {
  const last = sorted.length - OMITTED;
  const values = new Set<number>();
  for (let i = 0; i < Math.min(POINTS, last); i++) values.add(sorted[last <= POINTS ? i : Math.floor((i * last) / POINTS)]!);
  const second = sorted[sorted.length - 2]!;
  return Float64Array.from([...values].filter((value) => value < second));
}

export interface HillOptions {
  /** Numbers of largest values; up to 500 from 2 to n - 1 by default. */
  readonly k?: ArrayLike<number>;
  /** Level of the pointwise intervals, 0.95 by default. */
  readonly level?: number;
}

export interface Hill {
  /** How many of the largest values the estimate is made of. */
  readonly k: Float64Array;
  /** The largest value below them. */
  readonly threshold: Float64Array;
  /** Hill's estimate of the shape of a generalized Pareto or extreme value tail, the mean of log(x / threshold). */
  readonly shape: Float64Array;
  /** 1 / shape, the tail index. */
  readonly alpha: Float64Array;
  /** Of shape: shape / √k. */
  readonly standardError: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * Hill's (1975, Ann. Statist. 3) estimate of the index of a heavy tail over the number of largest values that it is made of: the maximum
 * likelihood estimate of a Pareto tail above the (k + 1)-th largest value.
 *
 * @throws TypeError or RangeError for values that are not finite, a k that is no whole number from 1 to n - 1, and one whose values are not
 * positive.
 */
export function hill(x: ArrayLike<number>, options: HillOptions = {}): Hill {
  checkOptions(options, ["k", "level"]);
  const sorted = sortedFinite(x, "x");
  const n = sorted.length;
  const z = normalQuantile((1 + checkLevel(options.level)) / 2);
  const positive = n - sorted.findIndex((value) => value > 0);
  const most = Math.min(n - 1, sorted[n - 1]! > 0 ? positive - 1 : 0);
  if (most < 1) throw new RangeError(`x has ${n} values, ${most + 1} of them > 0; hill needs at least two of those.`);
  const ks = options.k ? Float64Array.from(numbers(options.k, "k")) : evenly(most);
  ks.forEach((k, i) => {
    if (Number.isInteger(k) && k >= 1 && k <= most) return;
    throw new RangeError(`k[${i}] is ${k}; a whole number from 1 to ${most}, one less than there are values > 0, is needed.`);
  });
  const order = Uint32Array.from(ks, (_, i) => i).sort((a, b) => ks[a]! - ks[b]!);
  const shape = new Float64Array(ks.length);
  const sum = new Accumulator();
  let taken = 0;
  for (const at of order) {
    for (; taken < ks[at]!; taken++) sum.add(log(sorted[n - 1 - taken]!));
    shape[at] = sum.sum / taken - log(sorted[n - 1 - taken]!);
  }
  const standardError = shape.map((value, i) => value / Math.sqrt(ks[i]!));
  return {
    k: ks,
    threshold: ks.map((k) => sorted[n - 1 - k]!),
    shape,
    alpha: shape.map((value) => 1 / value),
    standardError,
    lower: shape.map((value, i) => value - z * standardError[i]!),
    upper: shape.map((value, i) => value + z * standardError[i]!),
  };
}

function evenly(most: number): Float64Array {
  const count = Math.min(POINTS, Math.max(1, most - 1));
  const first = Math.min(2, most);
  return Float64Array.from({ length: count }, (_, i) => (count === 1 ? first : Math.round(first + (i * (most - first)) / (count - 1))));
}

function sortedFinite(given: ArrayLike<number>, name: string): Float64Array {
  const values = numbers(given, name);
  if (values.length === 0) throw new RangeError(`${name} is empty; at least one value is needed.`);
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]!)) throw new RangeError(`${name}[${i}] is ${values[i]}; finite values are needed.`);
  }
  return Float64Array.from(values).sort();
}

function checkLevel(level = 0.95): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${describe(level)}; a number between 0 and 1 is needed.`);
  return level;
}
