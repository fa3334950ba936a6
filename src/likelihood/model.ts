/** Value of a log-likelihood with its exact first and second derivatives. */
export interface Evaluation {
  readonly value: number;
  /** Gradient. */
  readonly score: readonly number[];
  /** Negative Hessian, symmetric. */
  readonly information: readonly (readonly number[])[];
}

/**
 * A log-likelihood of standardised parameters t: the natural ones are origin + unit t. Origin and unit come from the data, so that
 * t is near 0 or 1 whatever the data's scale and offset, and nothing overflows.
 */
export interface Model {
  readonly origin: readonly number[];
  readonly unit: readonly number[];
  /** Where to start; the maximum itself where that has a closed form. */
  readonly start: readonly number[];
  /** Other starts, for small samples whose likelihood may have several peaks. */
  readonly others?: readonly (readonly number[])[];
  /** The start is the maximum and the likelihood is known there only: a caller's start is not needed. */
  readonly closed?: boolean;
  evaluate(t: readonly number[]): Evaluation;
  /** The same on a subsample, for coming close to the maximum before the first full pass. */
  coarse?(t: readonly number[]): Evaluation;
  /** t, or where a row's term would dwarf all others there, the nearest point where none does: Newton would walk from there for ever. */
  tame?(t: readonly number[]): readonly number[];
  /** Inverse information in t where the general inverse would lose digits. */
  covariance?(t: readonly number[]): number[][];
  /** Whether t is so close to a limit of the family that the limit should be looked at instead. */
  nearLimit?(t: readonly number[]): boolean;
  /** A better description of where the iteration ended, if that is no maximum of the family. */
  settle?(t: readonly number[], value: number, end: End): Verdict | undefined;
}

/** How an iteration ended: on the subsample only, and at a maximum. */
export interface End {
  readonly coarse: boolean;
  readonly converged: boolean;
}

/** The likelihood has no maximum inside the parameter space. */
export interface Verdict {
  readonly status: "boundary" | "nonexistent";
  /** Why, in words. */
  readonly reason: string;
  /** The limit's parameters, where there is one. */
  readonly estimates?: readonly number[];
  /** The supremum of the log-likelihood, where it is finite. */
  readonly logLik?: number;
}

/** Values of the parameters that the caller fixed, in the family's order. */
export type Fixed = readonly (number | undefined)[];

export function isVerdict(found: object): found is Verdict {
  return "status" in found;
}

/** No maximum: the likelihood is unbounded, or has no unique highest point. */
export function nonexistent(reason: string, estimates?: readonly number[], logLik?: number): Verdict {
  return { status: "nonexistent", reason, ...(estimates && { estimates }), ...(logLik !== undefined && { logLik }) };
}

/** The maximum, or the supremum, lies on the boundary of the parameter space. */
export function boundary(reason: string, estimates: readonly number[], logLik: number): Verdict {
  return { status: "boundary", reason, estimates, logLik };
}
