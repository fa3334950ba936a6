import type { RunnerUp, Status } from "../estimators/result.ts";

/** Proof of what a regression found. */
export interface RegressionCertificate {
  /** Largest absolute score in the coefficients of the columns as they were scaled, at dispersion 1. */
  readonly scoreNorm: number;
  /** Newton decrement: the distance to the maximum in standard errors. */
  readonly decrement: number;
  /** Smallest part of a column's own product, weighted, that the columns before it left: near 0, coefficients are hardly told apart. */
  readonly smallest: number;
  readonly iterations: number;
  readonly evaluations: number;
  readonly subsampleEvaluations: number;
  readonly stop: string;
  /** The next highest local maximum that searches from several starts found, if any; on a subsample where there are many rows. */
  readonly runnerUp?: RunnerUp;
}

/** A parameter of the model's own, after the coefficients. */
export interface OwnEstimate {
  readonly name: string;
  readonly value: number;
  /** Whether it lies above 0: then its interval is one of its logarithm. */
  readonly positive: boolean;
}

/** What a regression's numbers are made of. */
export interface Outcome {
  /** The function that fits it: "glm", "survreg". */
  readonly model: string;
  readonly family: string;
  readonly link: string;
  /** As it was given, if it was. */
  readonly formula?: string | undefined;
  /** Of the coefficients. */
  readonly names: readonly string[];
  readonly coefficients: ArrayLike<number>;
  /** Coefficients that are combinations of those before them. */
  readonly aliased: readonly boolean[];
  readonly own: readonly OwnEstimate[];
  /** Effective degrees of freedom of the coefficients, where a penalty leaves fewer than there are. */
  readonly degrees?: number;
  /** Standard error of parameter j, at an interior maximum. */
  error(j: number): number;
  readonly logLik: number;
  readonly nobs: number;
  /** Rows that a formula left out because a value is missing. */
  readonly omitted: number;
  readonly status: Status;
  readonly reason: string;
  readonly passes: number;
  readonly certificate: RegressionCertificate;
}
