import { categorical } from "../distributions/categorical.ts";
import type { Status } from "../estimators/result.ts";
import { concludedRows } from "../estimators/rowResult.ts";
import { log } from "../math/elementary.ts";
import { heldPart, type Part, partOf } from "./parts.ts";
import type { LabelledRows } from "./rows.ts";

/** Factors of the joint likelihood. */
export interface Factors {
  readonly parts: readonly Part[];
  readonly free: number;
  readonly logLik: number;
  readonly status: Status;
  readonly reason: string;
}

/** The classes' probabilities. */
export interface Priors {
  readonly values: readonly number[];
  /** The factor of the probabilities before those of the rows given their classes. */
  with(factors: Factors): Factors & { readonly prior: readonly number[] };
}

/** What every model has of its rows. */
export interface Classes {
  readonly rows: LabelledRows;
  readonly columns: readonly string[];
  readonly prior: Priors;
  /** Sum of the weights of each class. */
  readonly counts: readonly number[];
}

/** Probabilities as given, or at their maximum: the classes' shares of the rows. */
export function priorsOf(classes: readonly string[], counts: readonly number[], given: readonly number[] | undefined): Priors {
  const names = classes.map((name) => `prior[${name}]`);
  const tally = { levels: classes, weights: counts, squares: counts };
  const peak = categorical.maximum(tally, false);
  const values = given ?? peak.theta;
  const fitted = { family: categorical, names: classes, fixed: {}, nobs: counts.reduce((sum, count) => sum + count, 0), passes: 1 };
  const part = given ? heldPart(names, given, 0) : { ...partOf(concludedRows(fitted, peak, peak.covariance), ""), names };
  const logLik = counts.reduce((sum, count, k) => sum + count * log(values[k]!), 0);
  return {
    values,
    with: (factors) => ({
      ...factors,
      prior: values,
      parts: [part, ...factors.parts],
      free: factors.free + (given ? 0 : peak.free),
      logLik: factors.logLik + logLik,
    }),
  };
}
