/** A function to maximise, twice differentiable on the whole of R^p. */
export interface Objective {
  readonly dimension: number;
  /** Number of terms of size 1 that a value is the sum of, where it may be much smaller than they are together. */
  readonly terms?: number;
  evaluate(point: readonly number[]): Evaluated;
}

/** Its value at a point with its gradient and negative Hessian. */
export interface Evaluated {
  readonly value: number;
  readonly score: readonly number[];
  readonly information: readonly (readonly number[])[];
}

/** Why the iteration ended: the decrement is small enough, no step improves, too many steps, no finite value, or the point ran away. */
export type Stop = "decrement" | "step" | "iterations" | "not-finite" | "diverged";

export interface Optimum {
  readonly point: readonly number[];
  /** Value, score and information at `point`; after a last step that was not evaluated, as predicted from the evaluation before it.
   * Where the iteration ran away, `point` is the first one outside and this belongs to the one before it. */
  readonly evaluated: Evaluated;
  /** Newton decrement sqrt(g' H^-1 g): the distance to the maximum in standard errors. NaN where H is not positive definite. */
  readonly decrement: number;
  readonly iterations: number;
  readonly evaluations: number;
  readonly stop: Stop;
}

/** A decrement up to which rounding may keep an iteration from its tolerance. */
const ROUNDED = 1e-5;

/** Whether the iteration ended at a maximum. */
export function converged({ stop, decrement }: Optimum): boolean {
  return stop === "decrement" || (stop === "step" && decrement < ROUNDED);
}

/** When to stop. */
export interface Tolerance {
  /** Decrement, in standard errors. */
  readonly decrement: number;
  readonly iterations: number;
  /** Relative change of the information that a last, unevaluated step may make: the error it leaves in the standard errors. 0: none such. */
  readonly curvature: number;
  /** Whether a point still counts; outside, the iteration has run away. */
  within(point: readonly number[]): boolean;
}

/** A hundredfold below what is promised, 1e-8: quadratic convergence pays for it, and the information is then the maximum's, too. */
export const EXACT: Tolerance = {
  decrement: 1e-10,
  iterations: 200,
  curvature: 0,
  within: () => true,
};
