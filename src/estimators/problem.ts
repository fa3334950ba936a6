import type { Intervals } from "../data/censoring.ts";
import type { Family } from "../distributions/family.ts";
import type { Parts, Tails } from "../likelihood/partial.ts";
import type { Settings } from "./fitSample.ts";
import type { Priors } from "./prior.ts";

/** A fit of rows of which some are known in part only, or with priors: the rows, and what each contributes, moved by `-shift`. */
export interface Problem {
  readonly family: Family;
  readonly parts: Parts;
  readonly rows: Intervals;
  readonly constants: readonly number[];
  readonly shift: number;
  readonly priors?: Priors | undefined;
  readonly settings: Pick<Settings, "signal" | "onProgress">;
}

/** A family's functions at given parameters and constants. */
export function tailsOf(family: Family, theta: readonly number[]): Tails {
  return {
    logPdf: (x) => family.logPdf(x, theta),
    score: (x) => family.score(x, theta),
    ...(family.slide && { slide: (x) => family.slide!(x, theta) }),
    logCdf: (x) => family.logCdf(x, theta),
    logSf: (x) => family.logSf(x, theta),
    ...(family.logBetween && { logBetween: (a: number, b: number) => family.logBetween!(a, b, theta) }),
  };
}

/** Which parameters do not say how they move values. */
export function isMissing(family: Family, theta: readonly number[]): boolean[] {
  const slides = family.slide?.(1, theta);
  return family.parameters.map((_, i) => slides?.[i] === undefined);
}

/** Parameters of the data where they were. */
export function movedBack({ family, shift }: Pick<Problem, "family" | "shift">, theta: readonly number[]): number[] {
  return theta.map((value, i) => (family.parameters[i]!.shifts ? value + shift : value));
}
