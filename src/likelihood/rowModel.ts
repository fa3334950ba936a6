import type { Objective, Optimum } from "../optimize/objective.ts";
import type { Verdict } from "./model.ts";

/** Where Newton's method ended, and whether that is a maximum. */
export interface Ascent extends Optimum {
  readonly reached: boolean;
}

/**
 * Newton's method (src/optimize), which a likelihood without a closed form is handed to climb with: `within` says whether a point still
 * counts. Yields the log-likelihoods on its way.
 */
export type Newton = (
  evaluate: Objective["evaluate"],
  start: readonly number[],
  within: (point: readonly number[]) => boolean,
) => Generator<number, Ascent>;

/** A maximum of the likelihood of rows. */
export interface Peak {
  /** Natural parameters, in the order of their flat names. */
  readonly theta: readonly number[];
  /** Covariance of the estimates, in multiples of `unit` for each parameter: a square of the natural one may leave the range of doubles. */
  readonly covariance: readonly (readonly number[])[];
  readonly unit: readonly number[];
  /** Free parameters, for the criteria. */
  readonly free: number;
  readonly logLik: number;
  /** A row's share in the estimates' error (the inverse information times its score), likewise in units: for robust standard errors. */
  readonly influence?: (row: readonly number[]) => readonly number[];
  /** What is special about it, in words. */
  readonly reason?: string;
  readonly proof: Proof;
}

/** How the maximum was found. */
export interface Proof {
  readonly scoreNorm: number;
  readonly decrement: number;
  readonly eigenvalues: readonly number[];
  readonly iterations: number;
  readonly evaluations: number;
  readonly stop: Optimum["stop"] | "closed form";
}

/** A search for the maximum that yields the log-likelihoods it sees on its way, so that the caller may report progress or stop. */
export type Search = Generator<number, Peak | Verdict>;

/** The proof of a closed form. */
export const CLOSED = { scoreNorm: 0, decrement: 0, iterations: 0, evaluations: 1, stop: "closed form" } as const;
