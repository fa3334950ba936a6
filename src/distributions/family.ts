import type { Fixed, Model, Verdict } from "../likelihood/model.ts";
import type { Chart, Domain } from "../math/charts.ts";
import type { Random } from "../math/random.ts";
import type { EdfTable } from "../math/stephens.ts";
import type { Sample } from "../wasm/sample.ts";

/** A parameter's name and the open interval it lies in. */
export interface Parameter {
  readonly name: string;
  readonly domain: Domain;
  /** Coordinate for the last steps on a long column, where the likelihood is more nearly quadratic in it than in the domain's own. */
  readonly near?: Chart;
  /**
   * Where data have it, if that is not most of the domain: the likelihood is regular there, a few thousand rows determine the parameters by
   * its curvature, and samples lie in the range of doubles.
   */
  readonly usual?: readonly [number, number];
  /** Name of an earlier parameter that is smaller. */
  readonly above?: string;
  /** Adding a number to all x adds it to this parameter, and to no other but those marked likewise. */
  readonly shifts?: true;
  /** What the likelihood is not smooth in: the lower or the upper end of the support, or a parameter with a kink at every observation. */
  readonly rough?: "lower" | "upper" | "kinks";
}

/** Where the density is positive, whatever the parameters. */
export interface Support {
  readonly lower: number;
  readonly upper: number;
  /** Whether the bounds themselves are excluded. */
  readonly open: boolean;
  /** Whether only whole numbers count. */
  readonly whole: boolean;
  /** Values that differ by it are one point, so that the density is one of the line only where the data lie within it. */
  readonly period?: number;
  /** In words, for messages: "gamma needs values > 0". */
  readonly text: string;
}

/** A number that belongs to the data and is never estimated: an option of `fit` under its own name, one for all rows or one per row. */
export interface Constant {
  readonly name: keyof Constants;
  /** Taken where none is given; without it the constant must be given. */
  readonly default?: number;
  holds(value: number): boolean;
  /** In words, for messages. */
  readonly text: string;
}

/** The constants of the catalogue's families. */
export interface Constants {
  /** Number of trials (binomial, betaBinomial): a whole number >= 0. */
  readonly size?: number | ArrayLike<number>;
  /** Lower end of the support (levy); 0 by default. */
  readonly location?: number;
}

/** Natural parameters in the family's order, then its constants. */
export type Theta = readonly number[];

/** A narrower family as this one with some parameters held, or as its limit as they go to the edge of their domains. */
export interface Special {
  /** Where they are held; outside the open domain, the narrower family is the limit. */
  readonly held: Readonly<Record<string, number>>;
  /** This family's parameters at those of the narrower one (its constants after them); `held` as above, or close to it on the way to a limit. */
  at(narrower: Theta, held: Readonly<Record<string, number>>): number[];
  /** Why tests of the one within the other have no χ² law at these parameters of this family; undefined where they have. */
  irregular?(theta: Theta): string | undefined;
}

/**
 * A family of distributions: everything the engine knows about it, in one place. Functions of x return -Infinity, 0 or 1 outside the
 * support, never NaN for a number.
 */
export interface Family {
  /** The file's stem, the export's name and the catalogue's name. */
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly constants?: readonly Constant[];
  /** The support at given constants, where it depends on them. */
  supportAt?(constants: readonly number[]): Support;
  readonly support: Support;
  /** The density or mass as text. */
  readonly density: string;
  /** Paper or book that the density and the estimate come from. */
  readonly source: string;
  /** When there is no maximum inside the parameter space. */
  readonly existence: string;
  /** Why the likelihood is irregular at these parameters, so that its curvature gives no standard errors; undefined where it does. */
  irregular?(theta: Theta, fixed: Fixed): string | undefined;
  /** Why there is no maximum where an iteration ended at these parameters, with zero score or not; undefined where it may be one. */
  unbounded?(theta: Theta, fixed: Fixed, converged: boolean): string | undefined;
  /** Families that are special cases or limits of this one, by name; tests hold their densities against it. */
  readonly contains?: Readonly<Record<string, Special>>;
  /** Published laws of A² and W² where all parameters were estimated: they do not depend on them where these are a location and a scale. */
  readonly edf?: EdfTable;
  /** The likelihood is unbounded where the end of the support meets an observation: the estimate is a local maximum. */
  readonly local?: boolean;
  /**
   * The log-likelihood of a sample; `fixed` holds the parameters that the caller fixed, then the constants, undefined where they come one
   * per row and lie in `sample.columns`.
   */
  model(sample: Sample, fixed: Fixed): Model | Verdict;
  logPdf(x: number, theta: Theta): number;
  /** Derivatives of logPdf in the parameters. */
  score(x: number, theta: Theta): number[];
  /**
   * How fast the value with P(X <= x) as at x moves with each parameter: minus the derivative of the cdf over the density or mass at x, for
   * a continuous family that of the quantile. 1 of a location, (x - location)/scale of a scale. The derivatives of log P(a < X <= b) are
   * exact by it; undefined, whatever x, where it has no closed form, and differences serve.
   */
  slide?(x: number, theta: Theta): (number | undefined)[];
  cdf(x: number, theta: Theta): number;
  /** log P(X <= x), relative accuracy in both tails: far out it is finite where cdf is 0. */
  logCdf(x: number, theta: Theta): number;
  /** log P(X > x), likewise; -Infinity only where the probability is 0. */
  logSf(x: number, theta: Theta): number;
  /** log P(a < X <= b), a < b both finite, of a family of the circle: of the arc from a to b. */
  logBetween?(a: number, b: number, theta: Theta): number;
  /** The smallest x with cdf(x) >= p, 0 <= p <= 1. */
  quantile(p: number, theta: Theta): number;
  mean(theta: Theta): number;
  variance(theta: Theta): number;
  /** One variate. */
  random(theta: Theta, random: Random): number;
}

const infinite = Number.POSITIVE_INFINITY;

export const real: Support = { lower: -infinite, upper: infinite, open: true, whole: false, text: "finite values" };
export const positive: Support = { lower: 0, upper: infinite, open: true, whole: false, text: "values > 0" };
export const nonNegative: Support = { lower: 0, upper: infinite, open: false, whole: false, text: "values >= 0" };
export const unitInterval: Support = { lower: 0, upper: 1, open: true, whole: false, text: "values strictly between 0 and 1" };
export const counts: Support = { lower: 0, upper: infinite, open: false, whole: true, text: "whole numbers >= 0" };
export const positiveCounts: Support = { lower: 1, upper: infinite, open: false, whole: true, text: "whole numbers >= 1" };
export const whole: Support = { lower: -infinite, upper: infinite, open: true, whole: true, text: "whole numbers" };
export const zeroOrOne: Support = { lower: 0, upper: 1, open: false, whole: true, text: "values 0 or 1" };

/** Number of trials, and the support that it makes. */
export const trials: Constant = {
  name: "size",
  holds: (value) => Number.isInteger(value) && value >= 0,
  text: "a whole number >= 0",
};
export const upToSize = ([size]: readonly number[]): Support => ({
  ...counts,
  upper: size!,
  text: `whole numbers from 0 to size = ${size}`,
});

/** Whether all values are positive, so that logarithms of the data may be wanted. */
export function isPositive(support: Support): boolean {
  return support.open && support.lower === 0;
}

/** Whether a value lies in the support. */
export function holds(support: Support, x: number): boolean {
  if (support.whole && !Number.isInteger(x)) return false;
  return support.open ? x > support.lower && x < support.upper : x >= support.lower && x <= support.upper && Number.isFinite(x);
}
