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
  /**
   * The start is the maximum, or the highest of all that a search of the whole space found, and a caller's start not needed; a likelihood
   * with kinks is known there only.
   */
  readonly closed?: boolean;
  /** Coordinates of all free parameters together to iterate in. */
  readonly inner?: Inner;
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

/**
 * Coordinates in which a likelihood is nearly quadratic although it is a curved ridge in the parameters' own, and in which it may go on
 * smoothly past a limit of the family.
 */
export interface Inner {
  readonly start: readonly number[];
  readonly others?: readonly (readonly number[])[];
  evaluate(point: readonly number[]): Evaluation;
  coarse?(point: readonly number[]): Evaluation;
  /** As in Model, of a point here. */
  tame?(point: readonly number[]): readonly number[];
  /** The model's t, fixed ones included; not finite where the point lies outside the family. */
  standardised(point: readonly number[]): number[];
  /** Derivatives of the free parameters, in the coordinates of their domains (logarithms of positive ones), a row for each. */
  slopes(point: readonly number[]): number[][];
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
