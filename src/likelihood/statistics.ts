import { log } from "../math/elementary.ts";
import type { Sample } from "../wasm/sample.ts";

// Sufficient statistics of a column: what a closed form or a Newton iteration outside the data needs. Centred and scaled, never
// squared raw.

const SMALLEST_NORMAL = 2.2250738585072014e-308;

/** Means of d and d^2 with d = (x - center) / unit. */
export interface SecondMoments {
  readonly unit: number;
  readonly first: number;
  readonly second: number;
}

/** The power of two nearest to a positive number: scaling by it is exact. */
export function powerOfTwo(size: number): number {
  let power = 1;
  while (power < size && power < 1e300) power *= 2;
  while (power > size && power > 1e-300) power /= 2;
  return power;
}

/** Weighted arithmetic mean. */
export function mean(sample: Sample): number {
  return sample.keep("mean", () => {
    const { sum, min, max } = sample.extent;
    if (min === max) return min;
    if (sample.w === undefined && Number.isFinite(sum)) return sum / sample.rows;
    const center = min / 2 + max / 2;
    const { unit, first } = secondMoments(sample, center);
    return center + unit * first;
  });
}

/** Means of (x - center) / unit and of its square; the unit is 1 unless squares would leave the range of doubles. */
export function secondMoments(sample: Sample, center: number): SecondMoments {
  return sample.keep(`squares about ${center}`, () => {
    const { min, max } = sample.extent;
    const reach = Math.max(max - center, center - min);
    if (reach === 0) return { unit: 1, first: 0, second: 0 };
    const plain = reach > 1e-140 && reach < 1e140;
    const unit = plain ? 1 : powerOfTwo(reach);
    const totals = plain ? sample.totals("squares", { center }) : sample.totals("powers", { center, scale: unit });
    return { unit, first: totals[1]! / sample.weight, second: totals[2]! / sample.weight };
  });
}

/** Means of d, d^2, d^3, d^4 with d = (x - center) / scale. */
export function fourMoments(sample: Sample, center: number, scale: number): readonly [number, number, number, number] {
  const totals = sample.totals("powers", { center, scale });
  const at = (i: number) => totals[i]! / sample.weight;
  return [at(1), at(2), at(3), at(4)];
}

/** Mean of log(x / scale) for positive columns. */
export function meanLogRatio(sample: Sample, scale: number): number {
  return sample.keep(`logs over ${scale}`, () => {
    const { min } = sample.extent;
    if (sample.w === undefined && min / scale < SMALLEST_NORMAL) return sample.totals("logsOfSubnormals", { scale })[1]! / sample.weight;
    return sample.totals("logs", { scale })[0]! / sample.weight;
  });
}

/**
 * log(mean) - mean(log) of a positive column, to its last digits also where it is tiny: a narrow column's is summed as
 * d - log(1 + d), d = x / mean - 1, whose terms are all non-negative.
 */
export function logGap(sample: Sample): number {
  return sample.keep("log gap", () => {
    const center = mean(sample);
    const { min, max } = sample.extent;
    if (min === max) return 0;
    if (max - center < 0.25 * center && center - min < 0.25 * center) {
      return sample.totals("logExcess", { center, scale: center })[1]! / sample.weight;
    }
    return -meanLogOver(sample, center);
  });
}

/** Mean of log(x / center): from the first look where that leaves 14 digits of it, else by a pass. */
export function meanLogOver(sample: Sample, center: number): number {
  const { min, max, logs } = sample.extent;
  const difference = logs === undefined ? 0 : logs / sample.weight - log(center);
  if (Math.abs(difference) > 0.01 * (1 + Math.abs(log(center)))) return difference;
  // Where a quotient would leave the range of doubles.
  if (min / center < 1e-290 || max / center > 1e290) return logMoments(sample).mean - log(center);
  return meanLogRatio(sample, center);
}

/** Where the logarithms of a positive column lie: log x = log(unit x) - log(unit), the unit a power of two. */
export interface LogMoments {
  /** Power of two that brings the column near 1. */
  readonly unit: number;
  /** Mean of log(unit x). */
  readonly center: number;
  /** Mean of log x. */
  readonly mean: number;
}

/** A power of two that brings a positive column near 1, so that the logarithms of the products are small. */
export function unitOf(sample: Sample): number {
  const { min, max } = sample.extent;
  const unit = 1 / powerOfTwo(Math.sqrt(min) * Math.sqrt(max));
  if (min * unit < SMALLEST_NORMAL) throw new RangeError(`x spans from ${min} to ${max}; a factor of 2^2044 is the most.`);
  return unit;
}

/** Mean logarithm of a positive column. */
export function logMoments(sample: Sample): LogMoments {
  return sample.keep("log moments", () => {
    const unit = unitOf(sample);
    const { logs } = sample.extent;
    if (logs !== undefined) return { unit, center: logs / sample.weight + log(unit), mean: logs / sample.weight };
    const center = meanLogRatio(sample, 1 / unit);
    return { unit, center, mean: center - log(unit) };
  });
}

/** Means of d and d^2 with d = log(unit x) - center. */
export function secondLogMoments(sample: Sample, unit: number, center: number): SecondMoments {
  return sample.keep(`log squares about ${center}`, () => {
    const { min, max } = sample.extent;
    if (min === max && log(min * unit) === center) return { unit: 1, first: 0, second: 0 };
    const totals = sample.totals("squaresOfLog", { unit, center });
    return { unit: 1, first: totals[1]! / sample.weight, second: totals[2]! / sample.weight };
  });
}

/** Mean of |x - center|. */
export function meanDeviation(sample: Sample, center: number): number {
  return sample.totals("deviations", { center })[1]! / sample.weight;
}
