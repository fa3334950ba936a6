import { describe } from "../data/observations.ts";
import type { Ranking } from "../estimators/fitBest.ts";
import type { Fit } from "../estimators/result.ts";
import { cdfData } from "./cdfData.ts";
import { densityData } from "./densityData.ts";
import { contourData, profileData } from "./likelihoodData.ts";
import type { FitPlotKind, Named, PlotData, PlotDataOptions, PlotKind } from "./plotShapes.ts";
import { ppData, qqData } from "./quantileData.ts";
import { type DrawableRegression, isRegression, type RegressionPlotKind, regressionPlotData } from "./regressionPlotData.ts";
import { returnLevelData } from "./returnLevelData.ts";

/** What can be drawn: a fit, several of the same data, the ranking of `fitBest`, or a regression. */
export type Drawable = Fit | readonly Fit[] | Ranking | DrawableRegression;

type Maker<K extends FitPlotKind> = (fits: readonly Fit[], options: PlotDataOptions) => PlotData[K] | Promise<PlotData[K]>;

const makers: { readonly [K in FitPlotKind]: Maker<K> } = {
  density: densityData,
  cdf: cdfData,
  qq: qqData,
  pp: ppData,
  profile: profileData,
  contour: contourData,
  returnLevel: returnLevelData,
};

/** Kinds that show several fits at once; of a ranking the others show the best. */
const SEVERAL: readonly FitPlotKind[] = ["density", "cdf"];

/** The kinds of pictures of a distribution's fit. Marked as pure, so that a bundle without pictures has none of this file. */
export const plotKinds = /* @__PURE__ */ Object.keys(makers) as readonly FitPlotKind[];

/**
 * The numbers of a picture of a fit, for `plot` of `loglik/plot` or any plotting library. A million rows come as a histogram or as at
 * most 512 quantiles. Censored data are shown by Kaplan and Meier's or Turnbull's estimate, binned data by their own bins, truncated data
 * against the distribution of what could be seen.
 *
 * A regression has `"residuals"` against the linear predictor, `"qq"` of its quantile residuals, and the `"effect"` of a column.
 *
 * @param subject a fit; several of the same data or a ranking for `"density"` and `"cdf"`; a regression for `"residuals"`, `"qq"`, `"effect"`.
 * @throws TypeError or RangeError for a kind or an option that there is not, or that this fit has no data for.
 * @example
 * const { histogram, heights, curves } = await plotData(await fitBest(x), "density");
 */
export async function plotData<K extends PlotKind>(subject: Drawable, kind: K, options: PlotDataOptions = {}): Promise<PlotData[K]> {
  if (isRegression(subject)) {
    checkOptions(options);
    return regressionPlotData(subject, kind as RegressionPlotKind, options) as PlotData[K];
  }
  return fitPlotData(subject, kind as FitPlotKind, options) as Promise<PlotData[K]>;
}

async function fitPlotData<K extends FitPlotKind>(subject: FitDrawable, kind: K, options: PlotDataOptions): Promise<PlotData[K]> {
  if (!Object.hasOwn(makers, kind)) throw new RangeError(`kind is ${describe(kind)}; one of ${plotKinds.join(", ")} is needed.`);
  checkOptions(options);
  const fits = fitsOf(subject, options.families ?? 4);
  if (fits.length > 1 && !SEVERAL.includes(kind)) {
    if (!isRanking(subject)) throw new RangeError(`${fits.length} fits are given; "${kind}" shows one.`);
    return makers[kind](fits.slice(0, 1), options);
  }
  return makers[kind](fits, options);
}

/** A fit as a legend names it. */
export function namedOf({ distribution, parameters, estimates, aic }: Fit): Named {
  return { distribution, parameters, estimates, aic };
}

/** What is no regression. */
type FitDrawable = Exclude<Drawable, DrawableRegression>;

function isRanking(subject: FitDrawable): subject is Ranking {
  return typeof subject === "object" && subject !== null && "ranking" in subject;
}

function fitsOf(subject: FitDrawable, families: number): readonly Fit[] {
  if (isRanking(subject)) {
    const { best, ranking } = subject;
    if (!best) throw new RangeError("The ranking holds no fit to draw.");
    return ranking.filter((fit) => fit.discrete === best.discrete && isDrawable(fit)).slice(0, families);
  }
  const fits = Array.isArray(subject) ? (subject as readonly Fit[]) : [subject as Fit];
  if (fits.length === 0) throw new RangeError("No fit is given; at least one is needed.");
  for (const fit of fits) {
    if (typeof fit?.confint !== "function")
      throw new TypeError(`The fit is ${describe(fit)}; a result of fit, fitBest or maximize is needed.`);
    if (!isDrawable(fit))
      throw new RangeError(`${fit.distribution}: there is no fit to draw, its status is "${fit.status}": ${fit.reason}`);
  }
  if (new Set(fits.map(({ discrete }) => discrete)).size > 1) {
    throw new RangeError("Some fits have densities and some have masses; fits of one kind are needed in one picture.");
  }
  return fits;
}

function isDrawable({ status, parameters, estimates }: Fit): boolean {
  return (status === "interior" || status === "boundary") && parameters.every((name) => Number.isFinite(estimates[name]));
}

function checkOptions({ families, level, scale, bins, points, perPeriod, threshold, residuals }: PlotDataOptions): void {
  const refuse = (name: string, value: unknown, need: string) => new RangeError(`${name} is ${describe(value)}; ${need} is needed.`);
  const isWhole = (value: number, from: number, to: number) => Number.isInteger(value) && value >= from && value <= to;
  if (families !== undefined && !isWhole(families, 1, 8)) throw refuse("families", families, "a whole number from 1 to 8");
  if (level !== undefined && !(level > 0 && level < 1)) throw refuse("level", level, "a number between 0 and 1");
  if (scale !== undefined && !["auto", "linear", "log"].includes(scale)) throw refuse("scale", scale, '"auto", "linear" or "log"');
  if (bins !== undefined && !isWhole(bins, 2, 1000)) throw refuse("bins", bins, "a whole number from 2 to 1000");
  if (points !== undefined && !isWhole(points, 5, 1000)) throw refuse("points", points, "a whole number from 5 to 1000");
  if (residuals !== undefined && residuals !== "quantile" && residuals !== "deviance")
    throw refuse("residuals", residuals, '"quantile" or "deviance"');
  if (perPeriod !== undefined && !(perPeriod > 0 && perPeriod < Number.POSITIVE_INFINITY))
    throw refuse("perPeriod", perPeriod, "a number > 0");
  if (threshold !== undefined && !Number.isFinite(threshold)) throw refuse("threshold", threshold, "a finite number");
}
