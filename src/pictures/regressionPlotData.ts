import { describe } from "../data/observations.ts";
import { chosenRanks, orderBand } from "../empirical/bands.ts";
import type { Status } from "../estimators/result.ts";
import type { SeenColumn } from "../formula/seenColumns.ts";
import { normalQuantile } from "../math/normal.ts";
import { effectData } from "./effectData.ts";
import type { EffectData, PlotDataOptions, QuantileData, ResidualData } from "./plotShapes.ts";
import { residualData } from "./residualData.ts";

/** New rows by the names of the columns. */
export type EffectRows = Readonly<Record<string, number[] | string[] | boolean[]>>;

/** What a model says of rows, with the ends of its interval: NaN where there is none. */
export interface Effect {
  readonly y: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** What pictures ask of a regression. */
export interface Pictured {
  /** The response, as the formula writes it. */
  readonly response: string;
  /** Whether the model is one of the response's distribution, so that there are quantile residuals; quasi families are not. */
  readonly distribution: boolean;
  readonly columns: readonly SeenColumn[];
  /** The mean of an offset that was given beside the formula. */
  readonly offset: number | undefined;
  /** Rows whose weight is not 0; undefined if that is all of them. */
  readonly kept: Int32Array | undefined;
  /** What residuals are drawn against: the linear predictor, and of which parameter where there are several. */
  readonly predictor: { readonly of?: string; readonly link: string; values(): Float64Array };
  /** Residuals of all rows, by type. */
  readonly residuals: Readonly<Partial<Record<"quantile" | "deviance", () => Float64Array>>>;
  /** Whether a row is known in part only, so that its residual is drawn at random within what is known; undefined where all are known. */
  readonly censored?: ((row: number) => boolean) | undefined;
  /** What effects are effects on, in words, and its values at new rows; `reach` is the interval's in standard errors. */
  readonly effect: { readonly on: string; at(rows: EffectRows, offset: Float64Array | undefined, reach: number): Effect };
}

/** A regression that can be drawn. */
export interface DrawableRegression {
  readonly model: string;
  readonly family: string;
  readonly link: string;
  readonly aic: number;
  readonly status: Status;
  readonly reason: string;
  readonly coef: Readonly<Record<string, number>>;
  pictured(): Pictured;
}

export interface RegressionPlotData {
  readonly residuals: ResidualData;
  readonly qq: QuantileData;
  readonly effect: EffectData;
}

export type RegressionPlotKind = keyof RegressionPlotData;

type Maker<K extends RegressionPlotKind> = (fit: DrawableRegression, options: PlotDataOptions) => RegressionPlotData[K];

const makers: { readonly [K in RegressionPlotKind]: Maker<K> } = { residuals: residualData, qq: scoreData, effect: effectData };

/** The kinds of pictures of a regression. */
export const regressionPlotKinds = /* @__PURE__ */ Object.keys(makers) as readonly RegressionPlotKind[];

export function isRegression(subject: unknown): subject is DrawableRegression {
  return typeof subject === "object" && subject !== null && "coef" in subject && "pictured" in subject;
}

/** The numbers of a regression's picture. @throws RangeError for a kind that there is not, and where there is no fit. */
export function regressionPlotData<K extends RegressionPlotKind>(
  fit: DrawableRegression,
  kind: K,
  options: PlotDataOptions,
): RegressionPlotData[K] {
  if (!Object.hasOwn(makers, kind))
    throw new RangeError(`kind is ${describe(kind)}; one of ${regressionPlotKinds.join(", ")} is needed for a regression.`);
  const exists = fit.status === "interior" || fit.status === "boundary";
  if (!exists || !Object.values(fit.coef).some(Number.isFinite))
    throw new RangeError(`${fit.model}: there is no fit to draw, its status is "${fit.status}": ${fit.reason}`);
  return makers[kind](fit, options);
}

/** Residuals of the rows that count, with the rows' numbers; those that are not finite are left out and counted. */
export function countingResiduals(
  fit: DrawableRegression,
  type: "quantile" | "deviance",
): { rows: Int32Array; values: Float64Array; lost: number } {
  const { kept, residuals } = fit.pictured();
  const all = type === "quantile" ? quantileResiduals(fit) : residuals[type]?.();
  if (!all) throw new RangeError(`residuals is ${describe(type)}; ${fit.model} has ${Object.keys(residuals).map(describe).join(" and ")}.`);
  const among = kept ?? Int32Array.from(all.keys());
  const rows = among.filter((row) => Number.isFinite(all[row]));
  return { rows, values: Float64Array.from(rows, (row) => all[row]!), lost: among.length - rows.length };
}

const known = new WeakMap<DrawableRegression, Float64Array>();

/** Two pictures show them, and a million rows' distribution functions take seconds: a fit's are kept as long as it is. */
function quantileResiduals(fit: DrawableRegression): Float64Array | undefined {
  const found = known.get(fit) ?? fit.pictured().residuals.quantile?.();
  if (found) known.set(fit, found);
  return found;
}

/** What is left out, in words. */
export function lostNotes(lost: number): string[] {
  return lost === 0 ? [] : [`${lost} infinite residual${lost === 1 ? "" : "s"} left out: rows that the fit holds impossible`];
}

/** How many rows' residuals are drawn at random, in words. */
export function censoredNotes(fit: DrawableRegression, rows: Int32Array): string[] {
  const { censored } = fit.pictured();
  const count = censored ? rows.reduce((sum, row) => sum + (censored(row) ? 1 : 0), 0) : 0;
  if (count === 0) return [];
  const many = count === 1 ? "1 censored row: its residual is" : `${count} censored rows: their residuals are`;
  return [`${many} drawn at random within what is known`];
}

/** Quantile residuals in ascending order against the normal quantiles that they have if the model is right. */
function scoreData(fit: DrawableRegression, { level = 0.95 }: PlotDataOptions): QuantileData {
  if (!fit.pictured().distribution)
    throw new RangeError(
      `${fit.family} has no distribution, so its residuals have none to compare with; "residuals" shows those of deviance.`,
    );
  const { rows, values, lost } = countingResiduals(fit, "quantile");
  const sorted = values.sort();
  const n = sorted.length;
  const pairs = chosenRanks(n).map((i) => {
    const [lower, upper] = orderBand(i + 1, n, level).map(normalQuantile) as [number, number];
    return { theoretical: normalQuantile((i + 0.5) / n), sample: sorted[i]!, lower, upper };
  });
  const normal = { distribution: "normal", parameters: [], estimates: {}, aic: fit.aic };
  return {
    kind: "qq",
    scale: "linear",
    level,
    fit: normal,
    of: `${fit.pictured().response} (${described(fit)})`,
    pairs,
    notes: [...censoredNotes(fit, rows), ...lostNotes(lost)],
  };
}

/** `glm, poisson, log link`. */
export function described({ model, family, link }: DrawableRegression): string {
  return `${model}, ${family}, ${link} link`;
}
