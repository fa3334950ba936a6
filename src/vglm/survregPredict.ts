import type { OptionNames } from "../estimators/optionNames.ts";

/** What a fit of `survreg` can be asked of rows. */
export interface SurvregPredictOptions {
  /**
   * `"response"`, the default: the predictor on the scale of the times; `"lp"`: the predictor; `"quantile"`: the time at which a share `p`
   * has had its event; `"survival"`: the probability to be without event at the time `at`.
   */
  readonly type?: "response" | "lp" | "quantile" | "survival";
  /** Between 0 and 1; 1/2 by default. */
  readonly p?: number;
  /** One time for all rows, or one per row. */
  readonly at?: number | ArrayLike<number>;
  /** Standard errors too, by the delta method. */
  readonly se?: boolean;
  /** One number per row of the new data, where the fit has an offset. */
  readonly offset?: ArrayLike<number>;
}

/** Their names. */
export const PREDICT_OPTIONS = {
  type: true,
  p: true,
  at: true,
  se: true,
  offset: true,
} as const satisfies OptionNames<SurvregPredictOptions>;

/** The times that are asked for, by row. @throws RangeError where there is none for each. */
export function timesOf(given: number | ArrayLike<number> | undefined, rows: number): (row: number) => number {
  if (typeof given === "number") return () => given;
  if (given && given.length === rows) return (row) => given[row]!;
  if (given === undefined) throw new RangeError('at is missing; type "survival" needs a time, one for all rows or one per row.');
  throw new RangeError(`at has ${given.length} entries and there are ${rows} rows; one per row is needed.`);
}
