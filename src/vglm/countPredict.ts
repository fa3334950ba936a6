import type { OptionNames } from "../estimators/optionNames.ts";
import type { CovarianceKind } from "../regression/regressionSandwich.ts";

/** What is predicted of a row: see `predict`. */
export type CountPrediction = "response" | "count" | "zero";

/** What can be predicted, and what with it. */
export interface CountPredictOptions {
  readonly type?: CountPrediction | "prob";
  /** Standard errors too. */
  readonly se?: boolean;
  readonly covariance?: CovarianceKind;
  /** One number per row of the new data, where the fit has an offset. */
  readonly offset?: ArrayLike<number>;
  /** Of `"prob"`: the counts whose probabilities are asked for; 0 to the largest response where not given. */
  readonly at?: readonly number[];
}

/** Their names. */
export const PREDICT_OPTIONS = {
  type: true,
  se: true,
  covariance: true,
  offset: true,
  at: true,
} as const satisfies OptionNames<CountPredictOptions>;
