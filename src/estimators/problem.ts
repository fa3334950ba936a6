import { type Intervals, intervals, type Knowledge } from "../data/censoring.ts";
import type { Family, Support } from "../distributions/family.ts";
import { type Parts, partsOf } from "../likelihood/partialRows.ts";
import type { Tails } from "../likelihood/partialSums.ts";
import type { Sample } from "../wasm/sample.ts";
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
  readonly settings: Pick<Settings, "signal" | "onProgress" | "weightType" | "covariance" | "clusters">;
  /** The exactly known rows, placed, where several climbs share them. */
  readonly sample?: Sample;
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

/** Parameters of the data where the problem has them. */
export function moved(
  { family, shift }: Pick<Problem, "family" | "shift">,
  theta: readonly (number | undefined)[],
): (number | undefined)[] {
  return theta.map((value, i) => (value !== undefined && family.parameters[i]!.shifts ? value - shift : value));
}

/** Parameters of the data where they were. */
export function movedBack({ family, shift }: Pick<Problem, "family" | "shift">, theta: readonly number[]): number[] {
  return theta.map((value, i) => (family.parameters[i]!.shifts ? value + shift : value));
}

/**
 * Checks the rows and sorts them into parts.
 *
 * @throws RangeError or TypeError naming the first row that cannot be used, or a constant that comes one per row.
 */
export function problemOf(
  family: Family,
  x: unknown,
  settings: Settings & Knowledge,
): { readonly problem: Problem; readonly support: Support } {
  const { constants } = settings;
  const missing = constants.indexOf(undefined);
  if (missing >= 0) {
    throw new RangeError(
      `${family.constants![missing]!.name} is one per row; one number is needed where rows are censored, truncated or binned, or parameters have priors.`,
    );
  }
  const known = constants as readonly number[];
  const support = family.supportAt?.(known) ?? family.support;
  const rows = intervals(x, settings);
  const shift = shiftOf(family, rows);
  const parts = partsOf(rows, support, `${family.name} needs ${support.text}`, shift);
  const problem: Problem = { family, parts, rows, constants: known, shift, settings, priors: settings.priors };
  return { problem, support };
}

/** How far the data are moved towards 0, so that differences of a location keep their digits: only where they lie far out. */
function shiftOf(family: Family, { rows, lower, upper }: Intervals): number {
  if (!family.parameters.some(({ shifts }) => shifts)) return 0;
  const picks = Array.from({ length: Math.min(rows, 1024) }, (_, i) => Math.floor(((i + 0.5) * rows) / Math.min(rows, 1024)));
  const ends = Float64Array.from(picks.flatMap((row) => [lower[row]!, upper[row]!]).filter(Number.isFinite)).sort();
  const median = ends[ends.length >> 1] ?? 0;
  const spread = (ends[(3 * ends.length) >> 2] ?? 0) - (ends[ends.length >> 2] ?? 0);
  return Math.abs(median) > 1000 * spread ? median : 0;
}
