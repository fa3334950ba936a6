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

/** What `confint` by profile likelihood takes. */
export interface ProfileIntervalOptions {
  /** Confidence level, 0.95 by default. */
  readonly level?: number;
  readonly method: "profile";
  readonly signal?: AbortSignal;
}

/** An estimate's numbers, and the intervals that follow from them. */
export interface Found {
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
  /** Wald intervals by parameter, on the unconstrained scale and mapped back; NaN where status is not "interior". */
  confint(options?: IntervalOptions): Record<string, [number, number]>;
  /** The numbers above without the methods. */
  toJSON(): Record<string, unknown>;
}

/** Values of the parameters by name, fixed ones included. */
export type Values = Readonly<Record<string, number>>;

/** A maximum-likelihood estimate with how sure it is, the proof that it is one, and what more can be asked about it. */
export interface Fit extends Found {
  /**
   * Confidence intervals by parameter. `"wald"`: on the unconstrained scale and mapped back; NaN where status is not "interior".
   * `"profile"`: the values whose likelihood ratio against the maximum is not significant (Venzon & Moolgavkar 1988), infinite or the edge
   * of the domain where the likelihood does not fall so far; they also exist where the maximum lies on the boundary.
   *
   * @throws RangeError for a level outside (0, 1), and as `profile` does.
   */
  confint(options?: IntervalOptions): Record<string, [number, number]>;
  confint(options: ProfileIntervalOptions): Promise<Record<string, [number, number]>>;
  /**
   * The profile likelihood of a parameter, or of a smooth function of the parameters: its highest value for each value of that, all else
   * free. The interval holds the values whose likelihood ratio against the maximum is not significant at `level`.
   *
   * @param of a parameter's name, or a function of the parameters by name; it may return NaN where it is not defined.
   * @throws RangeError for a parameter that is fixed or unknown, a function that is constant or not finite at the estimates, a fit with
   * importance weights (their likelihood ratio has no chi-squared distribution) or without a maximum, data that changed since the fit.
   * @example
   * const r = await fit("generalizedExtremeValue", maxima);
   * const p = await r.profile((v) => distribution("generalizedExtremeValue", v).quantile(0.99)); // the 100-year level
   * p.interval;
   */
  profile(of: string | ((values: Values) => number), options?: ProfileOptions): Promise<Profile>;
  /**
   * The profile log-likelihood of two parameters on a grid that covers their joint region at `level` (2 degrees of freedom).
   *
   * @throws RangeError as `profile` does.
   */
  surface(a: string, b: string, options?: ProfileOptions): Promise<Surface>;
  /**
   * A function of the parameters with its standard error by the delta method, and the Wald interval on the function's own scale, as R's
   * `car::deltaMethod` and `msm::deltamethod` give them. Derivatives are central differences of order 8 at a step chosen for each, exact to
   * some 12 digits for a formula of the parameters. NaN for error and interval where status is not "interior".
   *
   * @throws RangeError for a level outside (0, 1), a function that does not return a number.
   * @example
   * r.estimate((v) => v.shape / v.rate); // the mean of a gamma
   */
  estimate(fn: (values: Values) => number, options?: { readonly level?: number }): Estimate;
}

export interface ProfileOptions {
  /** Confidence level, 0.95 by default. */
  readonly level?: number;
  /** Points of the curve, or of each side of the grid. */
  readonly points?: number;
  readonly signal?: AbortSignal;
}

/** A function of the parameters at their estimates. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
  readonly interval: [number, number];
}

/** The profile likelihood of a parameter or of a function of the parameters. */
export interface Profile {
  /** The parameter's name, or the function's. */
  readonly of: string;
  readonly estimate: number;
  /** The maximum of the log-likelihood. */
  readonly logLik: number;
  readonly level: number;
  /** Where the log-likelihood is lower than the maximum by half the chi-squared quantile; an end that is not reached is the domain's. */
  readonly interval: [number, number];
  /** From the lowest value to the highest, some way beyond the interval's finite ends; the estimate and those ends are among them. */
  readonly curve: readonly ProfilePoint[];
  /**
   * Where there is more to know: that the interval goes over to another peak of the likelihood, so that the values in the valley between may
   * be less likely; that the likelihood of a function could be followed only so far.
   */
  readonly note?: string;
}

export interface ProfilePoint {
  readonly value: number;
  readonly logLik: number;
  /** Of all parameters, where `logLik` is reached. */
  readonly estimates: Readonly<Record<string, number>>;
}

/** A profile log-likelihood of two parameters; `logLik[i][j]` is at `x[j]`, `y[i]`. */
export interface Surface {
  readonly x: number[];
  readonly y: number[];
  readonly logLik: number[][];
}
