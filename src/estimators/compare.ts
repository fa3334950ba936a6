import { describe } from "../data/observations.ts";
import { exp } from "../math/elementary.ts";
import { askedOf } from "./asked.ts";
import { type ComparableRegression, checkSameLikelihood, checkSameRows, isComparableRegression } from "./comparedRegression.ts";
import type { Fit } from "./result.ts";
import { checkSameData, SCALES } from "./sameData.ts";
import { checkOptions } from "./settings.ts";

/** What a comparison needs of a fit: of `fit`, of `maximize`, of rows, or a regression. */
export type Comparable = ComparableFit | ComparableRegression;

type ComparableFit = Pick<Fit, "distribution" | "discrete" | "logLik" | "aic" | "aicc" | "bic" | "nobs" | "status" | "reason" | "logPrior">;

export interface CompareOptions {
  /** What delta, weights and the order go by; `"aic"` by default. */
  readonly criterion?: "aic" | "aicc" | "bic";
}

export interface ComparisonRow<F extends Comparable = Fit> {
  /** Of a regression its function, formula, family and link: `glm(y ~ x, poisson, log)`. */
  readonly distribution: string;
  readonly fit: F;
  readonly logLik: number;
  /** Number of free parameters. */
  readonly k: number;
  readonly nobs: number;
  readonly aic: number;
  readonly aicc: number;
  readonly bic: number;
  /** How far the criterion lies above the lowest; NaN where there is no maximum. */
  readonly delta: number;
  /** e^(-delta/2) as a share of all: Akaike's weight, or of BIC the posterior probability at equal priors; 0 where there is no maximum. */
  readonly weight: number;
  /** How many times likelier the best is, e^(delta/2). */
  readonly evidenceRatio: number;
}

export interface Comparison<F extends Comparable = Fit> {
  readonly criterion: "aic" | "aicc" | "bic";
  /** Lowest criterion first; those without a maximum last. */
  readonly rows: readonly ComparisonRow<F>[];
}

/**
 * Information criteria of several fits of the same rows, with their differences, Akaike weights and evidence ratios (Burnham & Anderson
 * 2002, Model Selection and Multimodel Inference, ch. 2).
 *
 * Regressions are compared with one another, and with distributions of the same response; rows are the same where their responses, weights and strata
 * are, one by one.
 *
 * @throws RangeError for fits of different rows, with priors, or of masses beside densities.
 * @example
 * compare([await fit("gamma", x), await fit("weibull", x)]).rows[0].weight;
 */
export function compare<F extends Comparable>(fits: readonly F[], options: CompareOptions = {}): Comparison<F> {
  checkOptions(options, ["criterion"]);
  const { criterion = "aic" } = options;
  if (!["aic", "aicc", "bic"].includes(criterion)) {
    throw new RangeError(`criterion is ${describe(criterion)}; "aic", "aicc" or "bic" is needed.`);
  }
  if (!Array.isArray(fits) || fits.length === 0) throw new TypeError(`fits is ${describe(fits)}; an array of fits is needed.`);
  fits.forEach((fit, i) => {
    checkOne(fit, i);
    checkPair(fits[0]!, fit);
  });
  const has = ({ status }: Comparable) => status === "interior" || status === "boundary";
  const lowest = Math.min(...fits.filter(has).map((fit) => fit[criterion]));
  const delta = (fit: F) => (has(fit) ? (fit[criterion] === lowest ? 0 : fit[criterion] - lowest) : Number.NaN);
  const share = (fit: F) => (has(fit) ? exp(-delta(fit) / 2) : 0);
  const total = fits.reduce((sum, fit) => sum + share(fit), 0);
  const rows = fits.map(
    (fit): ComparisonRow<F> => ({
      distribution: nameOf(fit),
      fit,
      logLik: fit.logLik,
      k: Math.round((fit.aic + 2 * fit.logLik) / 2),
      nobs: fit.nobs,
      aic: fit.aic,
      aicc: fit.aicc,
      bic: fit.bic,
      delta: delta(fit),
      weight: total > 0 ? share(fit) / total : 0,
      evidenceRatio: exp(delta(fit) / 2),
    }),
  );
  const place = (row: ComparisonRow<F>) => (Number.isNaN(row.delta) ? Number.POSITIVE_INFINITY : row.delta);
  return { criterion, rows: rows.sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b))) };
}

function nameOf(fit: Comparable): string {
  return isComparableRegression(fit) ? fit.compared().label : fit.distribution;
}

function checkOne(fit: Comparable, i: number): void {
  if (typeof fit?.aic !== "number") throw new TypeError(`fits[${i}] is ${describe(fit)}; a fit is needed.`);
  if (isComparableRegression(fit)) checkSameLikelihood(fit.compared(), fit.compared());
  else if (fit.logPrior !== undefined)
    throw new RangeError(`fits[${i}], ${fit.distribution}, has priors; information criteria need maxima of the likelihood alone.`);
}

function checkPair(a: Comparable, b: Comparable): void {
  if (a === b) return;
  if (isComparableRegression(a) && isComparableRegression(b)) {
    checkSameRows(a.compared(), b.compared());
    return;
  }
  const [one, other] = [askedOf(a as Fit), askedOf(b as Fit)];
  if (one && other) checkSameData(one, other);
  const [masses, others] = [kindOf(a), kindOf(b)];
  const names = `${nameOf(a)} and ${nameOf(b)}`;
  if (masses !== others) throw new RangeError(`One of ${names} gives ${masses}, the other ${others}; ${SCALES}`);
  if (a.nobs === b.nobs || Number.isNaN(a.nobs) || Number.isNaN(b.nobs)) return;
  throw new RangeError(`${nameOf(a)} was fitted to ${a.nobs} rows and ${nameOf(b)} to ${b.nobs}; fits of the same rows are needed.`);
}

function kindOf(fit: Comparable): string {
  if (isComparableRegression(fit)) return fit.compared().likelihood ?? "no likelihood";
  return fit.discrete ? "masses" : "densities";
}
