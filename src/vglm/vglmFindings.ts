import type { RunnerUp, Status } from "../estimators/result.ts";
import type { PartsData } from "../regression/partsData.ts";
import type { VglmFound, VglmProblem } from "./vglmSearch.ts";

/** How a coefficient is reported: an own parameter as its link's inverse, a cut-point as it is. */
export interface Reported {
  value(coefficient: number): number;
  /** Its derivative. */
  slope(coefficient: number): number;
  /** Whether it lies above 0: then its interval is one of its logarithm. */
  readonly positive: boolean;
}

/** As it is. */
export const asItIs: Reported = { value: (x) => x, slope: () => 1, positive: false };

/** A parameter of the model's own: the last coefficients, in their order. */
export interface OwnParameterGiven extends Reported {
  readonly name: string;
}

/** A regression of several linear predictors, and what its search found. */
export interface VglmFindings {
  readonly model: string;
  readonly family: string;
  readonly link: string;
  /** Of the coefficients before the own parameters. */
  readonly names: readonly string[];
  readonly own: readonly OwnParameterGiven[];
  /** How the coefficients are reported, all alike or each; as they are where not given. */
  readonly reported?: Reported | readonly Reported[];
  /** All rows, and those that count. */
  readonly given: PartsData;
  readonly data: PartsData;
  readonly problem: VglmProblem;
  readonly found: VglmFound;
  /** Number of observations, where it is not that of the rows. */
  readonly nobs?: number;
  /** What the terms leave out of the log-likelihood. */
  readonly constant?: number;
  /** What it means that a parameter runs away, where that is a limit of the model; otherwise there is no maximum. */
  limit?(
    runs: readonly string[],
    bounded: boolean,
    signs: readonly number[],
  ): { readonly status: Status; readonly reason: string } | undefined;
  /** What is known of the end without looking at the search. */
  readonly conclusion?: { readonly status: Status; readonly reason: string };
  /** What the data say of a search that found no maximum inside. */
  readonly remark?: string | undefined;
  /** The second highest maximum, where several were found. */
  readonly runnerUp?: RunnerUp | undefined;
}

/** How each parameter is reported. */
export function scalesOf({ names, own, reported = asItIs }: VglmFindings): readonly Reported[] {
  return [...names.map((_, k) => ("value" in reported ? reported : reported[k]!)), ...own];
}
