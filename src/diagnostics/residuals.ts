import { boundOf, intervals, isPartial } from "../data/censoring.ts";
import { describe, numbers } from "../data/observations.ts";
import type { Fit } from "../estimators/result.ts";
import { checkOptions } from "../estimators/settings.ts";
import { quantileResidual } from "../inference/quantileResidual.ts";
import { Random } from "../math/random.ts";
import { conditional } from "./conditional.ts";
import { type Question, questionOf, thetaOf } from "./question.ts";

export interface ResidualOptions {
  /** `"quantile"`: standard normal where the model holds, whatever the family. `"pearson"`: (x - mean) / sd. `"quantile"` by default. */
  readonly type?: "quantile" | "pearson";
  /** Of the random numbers that discrete and censored rows need; 1 by default. */
  readonly seed?: number;
}

/**
 * Residuals of a fit, one per row, NaN for rows of weight 0. Quantile residuals are Φ^-1(F(x)); where x has a probability of its own, is
 * censored or known between two bounds, Φ^-1(u) with u uniform between the probabilities of the two ends (Dunn & Smyth 1996, J. Comput. Graph.
 * Statist. 5). They are exactly standard normal at the true parameters. Probabilities within truncation bounds are conditional on them. Taken
 * from the logarithm of the smaller tail, they are finite however far out a row lies.
 *
 * @throws TypeError for what is no fit of numbers; RangeError for bins, whose rows are not told apart, and for Pearson residuals of rows that
 * are not known exactly or of a family without a variance.
 */
export function residuals(fit: Fit, options: ResidualOptions = {}): Float64Array {
  const question = questionOf(fit, "residuals");
  checkOptions(options, ["type", "seed"]);
  const { type = "quantile", seed = 1 } = options;
  if (!Number.isFinite(seed)) throw new RangeError(`seed is ${describe(seed)}; a finite number is needed.`);
  if (type !== "quantile" && type !== "pearson") throw new RangeError(`type is ${describe(type)}; "quantile" or "pearson" is needed.`);
  if (question.options.bins) throw new RangeError("residuals: rows in bins are not told apart; rows of their own are needed.");
  return type === "pearson" ? pearsonResiduals(question) : quantileResiduals(question, seed);
}

function quantileResiduals(question: Question, seed: number): Float64Array {
  const { family, x, options } = question;
  const partial = isPartial(options);
  const all = partial ? intervals(x, options) : undefined;
  const lower = all?.lower ?? numbers(x, "x");
  const upper = all?.upper ?? lower;
  const { support } = family;
  const source = new Random(seed);
  const everyone = !all || (typeof all.after === "number" && typeof all.until === "number");
  const sameTheta = Object.keys(question.columns).length === 0;
  const atRow = (row: number) =>
    conditional(family, thetaOf(question, row), all && boundOf(all.after, row), all && boundOf(all.until, row));
  const shared = everyone && sameTheta ? atRow(0) : undefined;
  const period = support.period;
  const end = period === undefined ? 0 : family.quantile(1, question.theta);
  const turned = (value: number) => (period === undefined ? value : value - period * Math.ceil((value - end) / period));
  const residual = (row: number): number => {
    const [a, b] = [lower[row]!, upper[row]!];
    const exact = a === b && !support.whole;
    const from = exact ? turned(a) : a === b ? a - 1 : a;
    return quantileResidual(shared ?? atRow(row), from, exact ? from : b, () => source.uniform());
  };
  return Float64Array.from({ length: lower.length }, (_, row) => (options.weights?.[row] === 0 ? Number.NaN : residual(row)));
}

function pearsonResiduals(question: Question): Float64Array {
  const { family, x, options } = question;
  if (isPartial(options))
    throw new RangeError("residuals: Pearson residuals need rows known exactly, not truncated; quantile residuals do not.");
  const values = numbers(x, "x");
  const moments = (theta: readonly number[]) => {
    const [mean, variance] = [family.mean(theta), family.variance(theta)];
    if (Number.isFinite(mean) && variance > 0 && variance < Number.POSITIVE_INFINITY) return { mean, sd: Math.sqrt(variance) };
    throw new RangeError(
      `residuals: ${family.name} has no finite mean and variance here (${mean}, ${variance}); quantile residuals need none.`,
    );
  };
  const shared = Object.keys(question.columns).length === 0 ? moments(question.theta) : undefined;
  return Float64Array.from({ length: values.length }, (_, row) => {
    if (options.weights?.[row] === 0) return Number.NaN;
    const { mean, sd } = shared ?? moments(thetaOf(question, row));
    return (values[row]! - mean) / sd;
  });
}
