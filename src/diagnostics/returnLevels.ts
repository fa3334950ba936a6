import { isPartial } from "../data/censoring.ts";
import { describe, numbers } from "../data/observations.ts";
import type { Fit } from "../estimators/result.ts";
import { checkOptions } from "../estimators/settings.ts";
import { gradient } from "../math/differences.ts";
import { normalQuantile } from "../math/normal.ts";
import { questionOf } from "./question.ts";

export interface ReturnLevelOptions {
  /** Return periods, each above 1 / rate; 2, 5, 10, 20, 50, 100, 200, 500, 1000 by default. */
  readonly periods?: ArrayLike<number>;
  /** Level of the intervals, 0.95 by default. */
  readonly level?: number;
  /** Rows per unit of the periods: 1 for yearly maxima; the mean number of excesses a year for fits of excesses. */
  readonly rate?: number;
  /** Added to the levels: the threshold that a fit's excesses were taken over. */
  readonly threshold?: number;
}

export interface ReturnLevels {
  readonly period: Float64Array;
  /** The value exceeded once in a period on average: the quantile of 1 - 1 / (period rate). */
  readonly level: Float64Array;
  /** By the delta method; NaN where the fit has no covariance. */
  readonly standardError: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** The values in increasing order with their empirical return periods, 1 / (rate (1 - i / (n + 1))): the points of a return-level plot. */
  readonly observed: { readonly period: Float64Array; readonly level: Float64Array };
}

const PERIODS = [2, 5, 10, 20, 50, 100, 200, 500, 1000];

/**
 * Return levels of a fit, with intervals by the delta method (Coles 2001, An Introduction to Statistical Modeling of Extreme Values, 3.3.3 and
 * 4.3.3), and the data of a return-level plot. For long periods the likelihood is skew and intervals by the profile are better.
 *
 * @throws TypeError for what is no fit of numbers, RangeError for a period that is not above 1 / rate.
 * @example
 * returnLevels(await fit("generalizedExtremeValue", maxima), { periods: [100] });
 * returnLevels(await fit("generalizedPareto", threshold(x, 30)), { periods: [100], rate: 3.2, threshold: 30 });
 */
export function returnLevels(fit: Fit, options: ReturnLevelOptions = {}): ReturnLevels {
  const { family, theta, x, options: asked, columns } = questionOf(fit, "returnLevels");
  checkOptions(options, ["periods", "level", "rate", "threshold"]);
  const { level = 0.95, rate = 1, threshold = 0 } = options;
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${describe(level)}; a number between 0 and 1 is needed.`);
  if (!(rate > 0 && rate < Number.POSITIVE_INFINITY)) throw new RangeError(`rate is ${describe(rate)}; a number > 0 is needed.`);
  if (!Number.isFinite(threshold)) throw new RangeError(`threshold is ${describe(threshold)}; a finite number is needed.`);
  for (const name of Object.keys(columns)) throw new RangeError(`returnLevels: ${name} is one per row; one number is needed.`);
  const period = options.periods
    ? Float64Array.from(numbers(options.periods, "periods"))
    : Float64Array.from(PERIODS.filter((one) => one * rate > 1));
  period.forEach((one, i) => {
    if (one * rate > 1 && one < Number.POSITIVE_INFINITY) return;
    throw new RangeError(`periods[${i}] is ${one}; a finite number above 1 / rate = ${1 / rate} is needed.`);
  });
  const z = normalQuantile((1 + level) / 2);
  const p = family.parameters.length;
  const constants = theta.slice(p);
  const own = theta.slice(0, p);
  const levels = period.map((one) => threshold + family.quantile(1 - 1 / (one * rate), theta));
  const standardError = period.map((one) => {
    // A thirtieth of a standard error: fourth-order terms and rounding are both below 1e-9 of the slope.
    const steps = own.map((_, i) => fit.standardErrors[family.parameters[i]!.name]! / 30);
    if (steps.some(Number.isNaN)) return Number.NaN;
    const slopes = gradient(
      (at) => family.quantile(1 - 1 / (one * rate), [...at, ...constants]),
      own,
      steps.map((step) => step || 1),
    ).map((slope, i) => (steps[i] === 0 ? 0 : slope));
    return Math.sqrt(slopes.reduce((sum, a, i) => sum + slopes.reduce((inner, b, j) => inner + a * b * fit.vcov[i]![j]!, 0), 0));
  });
  const sorted = isPartial(asked) || asked.weights ? new Float64Array() : Float64Array.from(numbers(x, "x")).sort();
  return {
    period,
    level: levels,
    standardError,
    lower: levels.map((value, i) => value - z * standardError[i]!),
    upper: levels.map((value, i) => value + z * standardError[i]!),
    observed: {
      period: sorted.map((_, i) => 1 / (rate * (1 - (i + 1) / (sorted.length + 1)))),
      level: sorted.map((value) => threshold + value),
    },
  };
}
