import type { Histogram } from "../empirical/histogram.ts";
import type { Scale } from "../empirical/window.ts";

// What the pictures show, as numbers.

/** What a picture of a fit needs, as numbers: see each kind's own. */
export interface PlotData {
  readonly density: DensityData;
  readonly cdf: CdfData;
  readonly qq: QuantileData;
  readonly pp: QuantileData;
  readonly profile: ProfileData;
  readonly contour: ContourData;
  readonly returnLevel: ReturnLevelData;
  readonly residuals: ResidualData;
  readonly effect: EffectData;
}

export type PlotKind = keyof PlotData;
/** Kinds of a distribution's fit. */
export type FitPlotKind = Exclude<PlotKind, "residuals" | "effect">;

export interface PlotDataOptions {
  /** How many families of a ranking: 4 by default. */
  readonly families?: number;
  /** Level of bands and intervals: 0.95 by default. */
  readonly level?: number;
  /** Scale of x; `"auto"` by default: logarithmic for positive data of which most would be pressed against 0. */
  readonly scale?: Scale | "auto";
  /** Most bins of a histogram: 110 by default. */
  readonly bins?: number;
  /** Parameters of `profile` (all by default) and `contour` (the first two free ones by default). */
  readonly parameters?: readonly string[];
  /** Points of a profile or along each side of a contour's grid. */
  readonly points?: number;
  /** `returnLevel`: observations in one unit of the return period, 1 by default; 365 makes years of days. */
  readonly perPeriod?: number;
  /** `returnLevel`: added to the levels of a fit of excesses; 0 by default. */
  readonly threshold?: number;
  /** `residuals`: which; `"quantile"` by default, normal if the model is right; `"deviance"` where a quasi family has no distribution. */
  readonly residuals?: "quantile" | "deviance";
  /** `effect`: the column that it is of; the first of the formula's by default. */
  readonly term?: string;
}

/** A fit as a legend names it. */
export interface Named {
  readonly distribution: string;
  readonly parameters: readonly string[];
  readonly estimates: Readonly<Record<string, number>>;
  readonly aic: number;
}

export interface Curve extends Named {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface DensityData {
  readonly kind: "density";
  readonly scale: Scale;
  /** Whether heights are shares of single values or of bins (discrete families), not densities. */
  readonly discrete: boolean;
  readonly histogram: Histogram;
  /** Heights of the bars: share / width, share / decades on a logarithmic scale, or the share itself (discrete). */
  readonly heights: readonly number[];
  /** Of the same measure as `heights`; of discrete families at the middles of the bins. */
  readonly curves: readonly Curve[];
  /** What of the data is not to be seen, in words. */
  readonly notes: readonly string[];
}

export interface Step {
  readonly x: number;
  /** Share of the data at or below x. */
  readonly y: number;
  /** Pointwise interval of that share, where there is one. */
  readonly lower?: number;
  readonly upper?: number;
}

export interface CdfData {
  readonly kind: "cdf";
  readonly scale: Scale;
  readonly discrete: boolean;
  /** What the steps are; between those of `"intervals"` the weight may lie anywhere. */
  readonly data: "known" | "right-censored" | "intervals";
  readonly level: number;
  /** Ascending in x and y, at most 512. */
  readonly steps: readonly Step[];
  readonly curves: readonly Curve[];
  readonly notes: readonly string[];
}

/** One order statistic against what the fit expects of it. */
export interface QuantilePair {
  /** Of the fit: a quantile (qq) or a probability (pp). */
  readonly theoretical: number;
  /** Of the data. */
  readonly sample: number;
  /** Where the sample's quantile (qq) or the fit's probability (pp) lies with probability `level` if the fit is right, one by one. */
  readonly lower?: number;
  readonly upper?: number;
}

export interface QuantileData {
  readonly kind: "qq" | "pp";
  readonly scale: Scale;
  readonly level: number;
  readonly fit: Named;
  /** Of a regression, whose quantile residuals the sample is: response and model in words. */
  readonly of?: string;
  /** Ascending, at most 512: the outermost values each, the others as dense as ranks on the logit scale. */
  readonly pairs: readonly QuantilePair[];
  readonly notes: readonly string[];
}

export interface ProfileCurve {
  readonly of: string;
  readonly estimate: number;
  /** Ends of the interval; infinite where the likelihood stays above its level. */
  readonly interval: readonly [number, number];
  /** Deviance 2 (max logLik - logLik) with the parameter held at `value` and all others at their best. */
  readonly curve: readonly { readonly value: number; readonly deviance: number }[];
  /** NaN where there is none; the parabola ((value - estimate) / standardError)² is Wald's approximation. */
  readonly standardError: number;
}

export interface ProfileData {
  readonly kind: "profile";
  readonly level: number;
  /** The deviance at the ends of the intervals: a quantile of chi-squared with 1 degree of freedom. */
  readonly threshold: number;
  readonly fit: Named;
  readonly profiles: readonly ProfileCurve[];
}

export interface ContourData {
  readonly kind: "contour";
  readonly fit: Named;
  /** Names of the two parameters, on x and y. */
  readonly parameters: readonly [string, string];
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Deviance at (x[i], y[j]) as deviance[j][i]. */
  readonly deviance: readonly (readonly number[])[];
  /** Levels of the regions, and the deviance at their edges: quantiles of chi-squared with 2 degrees of freedom. */
  readonly regions: readonly { readonly level: number; readonly deviance: number }[];
  /** The ellipse of each level after Wald; empty where there is no covariance. */
  readonly ellipses: readonly { readonly level: number; readonly x: readonly number[]; readonly y: readonly number[] }[];
}

export interface ReturnLevelData {
  readonly kind: "returnLevel";
  readonly level: number;
  readonly fit: Named;
  /** Values against 1 / (1 - F) / perPeriod at Weibull's plotting positions k / (n + 1). */
  readonly points: readonly { readonly period: number; readonly value: number }[];
  /** The fit's quantiles, with an interval by the delta method where there is a covariance. */
  readonly curve: readonly { readonly period: number; readonly value: number; readonly lower?: number; readonly upper?: number }[];
  readonly notes: readonly string[];
}

export interface ResidualData {
  readonly kind: "residuals";
  readonly residuals: "quantile" | "deviance";
  /** The model in words. */
  readonly of: string;
  /** The parameter that the linear predictor is one of, where there are several. */
  readonly predictor?: string;
  readonly link: string;
  readonly response: string;
  readonly rows: number;
  /** Residuals against the linear predictor, of up to 5,000 rows; `censored` those that are drawn at random within what is known of their row. */
  readonly points: readonly { readonly x: number; readonly y: number; readonly censored?: true }[];
  /** Of more rows how many are in each cell of a grid; empty cells are left out. */
  readonly cells: readonly ResidualCell[];
  /** A local linear smooth of the residuals. */
  readonly smooth: readonly { readonly x: number; readonly y: number }[];
  readonly notes: readonly string[];
}

export interface ResidualCell {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  readonly count: number;
}

export interface EffectData {
  readonly kind: "effect";
  /** The model in words. */
  readonly of: string;
  /** The column that varies. */
  readonly term: string;
  readonly response: string;
  /** What is shown of it: `mean of y`, `median of Surv(time, status)`. */
  readonly on: string;
  readonly level: number;
  /** The other columns and where they are held: numbers at their means, factors at their base levels. */
  readonly held: readonly { readonly name: string; readonly value: number | string | boolean }[];
  /** Along a column of numbers, with pointwise Wald intervals on the scale of the linear predictor. */
  readonly curve: readonly { readonly x: number; readonly y: number; readonly lower?: number; readonly upper?: number }[];
  /** Of a factor the same for each level. */
  readonly levels: readonly { readonly level: string; readonly y: number; readonly lower?: number; readonly upper?: number }[];
  /** Deciles of a column of numbers. */
  readonly rug: readonly number[];
}
