import type { Stop } from "../optimize/objective.ts";

/** `interior`: a maximum with zero score. `boundary`: at the edge of the parameter space. `nonexistent`: there is none. `failed`: not found. */
export type Status = "interior" | "boundary" | "nonexistent" | "failed";

/** Proof of what was found. */
export interface Certificate {
  /** Largest absolute score in the unconstrained parameters. */
  readonly scoreNorm: number;
  /** Newton decrement sqrt(g' H^-1 g): the distance to the maximum in standard errors. */
  readonly decrement: number;
  /** Eigenvalues of the observed information in the unconstrained parameters, largest first; all positive at a maximum. */
  readonly eigenvalues: readonly number[];
  readonly iterations: number;
  /** Evaluations of likelihood, score and Hessian; those on a subsample are counted apart. */
  readonly evaluations: number;
  readonly subsampleEvaluations: number;
  readonly stop: Stop | "closed form";
  /** The next highest local maximum that climbs from several starts found, if any; on a subsample where there are many rows. */
  readonly runnerUp?: RunnerUp;
}

/** A local maximum that is not the highest. */
export interface RunnerUp {
  readonly estimates: Readonly<Record<string, number>>;
  /** How far its log-likelihood lies below the highest; of a subsample, as many times as there are more rows. */
  readonly deficit: number;
}

export interface IntervalOptions {
  /** Confidence level, 0.95 by default. */
  readonly level?: number;
  readonly method?: "wald";
}

/** A maximum-likelihood estimate with how sure it is and the proof that it is one. */
export interface Fit {
  /** Name of the family; "maximize" for a likelihood of your own. */
  readonly distribution: string;
  /** Whether `logLik` is made of masses; of densities otherwise. The two have no common scale. */
  readonly discrete: boolean;
  /** Order of every vector and matrix here. */
  readonly parameters: readonly string[];
  readonly estimates: Readonly<Record<string, number>>;
  /** From the observed information, or the sandwich (`covariance`, `cluster`, importance weights); 0 for fixed parameters, NaN where status is not "interior". */
  readonly standardErrors: Readonly<Record<string, number>>;
  readonly vcov: readonly (readonly number[])[];
  /** Of the data alone, also where there are priors. */
  readonly logLik: number;
  /** Where parameters have priors: the log-density of these at the estimates, and its sum with `logLik`, which is at its maximum. */
  readonly logPrior?: number;
  readonly logPosterior?: number;
  readonly aic: number;
  readonly aicc: number;
  readonly bic: number;
  /** Number of rows; the sum of frequency weights. */
  readonly nobs: number;
  readonly status: Status;
  /** The status in words. */
  readonly reason: string;
  /** Full passes over the data, the first look included. */
  readonly passes: number;
  readonly certificate: Certificate;
  /** Confidence intervals by parameter. */
  confint(options?: IntervalOptions): Record<string, [number, number]>;
  /** The numbers above without the methods. */
  toJSON(): Record<string, unknown>;
}
