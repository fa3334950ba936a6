import { families, logChoose, logCount } from "../laws/families.ts";
import { log } from "../math/elementary.ts";
import { HALF_LOG_2PI, stirlingError } from "../math/stirling.ts";
import { Accumulator } from "../math/sum.ts";
import type { RegressionData } from "../regression/regressionData.ts";
import { unitDeviance } from "./glmDeviance.ts";
import type { GlmModel } from "./glmModel.ts";

/**
 * The whole log-likelihood of a family without a dispersion, row by row at its linear predictors, as a saturated row's less half its
 * deviance: nothing cancels, however large the counts. Or from the kernels' value at the maximum, which lacks what has no mean in it.
 * An infinite theta is the Poisson's.
 */
export function logLikelihoodOf(
  model: GlmModel,
  data: RegressionData,
  eta: Float64Array,
  theta: number,
  value: number | undefined,
): number {
  const { family } = model;
  if (value !== undefined) return value + (family.proportions ? choices(model) : -factorials(data));
  const { y, weights } = data;
  const total = new Accumulator();
  if (family.proportions) {
    const deviance = unitDeviance(model, theta);
    eachShare(model, (size, weight, k) => {
      if (y[k] !== 0 && y[k] !== 1) total.add((weight / size) * saturated(size, wholeCount(size * y[k]!)));
      total.add(-0.5 * weight * deviance(y[k]!, eta[k]!));
    });
    return total.sum;
  }
  const { logMass } = theta === Number.POSITIVE_INFINITY ? families.poisson : family;
  for (let i = 0; i < y.length; i++) total.add(logMass!(y[i]!, model.link.mu(eta[i]!), weights ? weights[i]! : 1, theta));
  return total.sum;
}

/** Of each row that counts its trials, its weight, and its place among these. */
function eachShare({ data, trials }: GlmModel, call: (size: number, weight: number, place: number) => void): void {
  const { y, weights, kept } = data;
  const rows = kept?.length ?? y.length;
  for (let k = 0; k < rows; k++) {
    const i = kept ? kept[k]! : k;
    const weight = weights ? weights[i]! : 1;
    call(trials ? trials[i]! : weight, weight, k);
  }
}

/** A count that is whole up to rounding. */
function wholeCount(count: number): number {
  const nearest = Math.round(count);
  return Math.abs(count - nearest) <= 1e-9 * Math.max(1, count) ? nearest : count;
}

/** The logarithm of the probability of k of n trials where the mean is k/n (Loader 2000), 0 < k < n. */
function saturated(n: number, k: number): number {
  if (k <= 0 || k >= n) return 0;
  const rest = n - k;
  return stirlingError(n) - stirlingError(k) - stirlingError(rest) - HALF_LOG_2PI - 0.5 * log((k / n) * rest);
}

/** Σ log C(n, k) of binomial rows, times the weights' share. */
function choices(model: GlmModel): number {
  const { data, trials } = model;
  if (!data.weights && !trials) return 0;
  const { y, kept } = data;
  let sum = 0;
  eachShare(model, (size, weight, k) => {
    const share = y[kept ? kept[k]! : k]!;
    if (share !== 0 && share !== 1) sum += (weight / size) * logChoose(size, size * share);
  });
  return sum;
}

/** Counts below which rows are put together. */
const TABLE = 1024;

/** Σ log y!, times the weights. */
function factorials({ y, weights }: RegressionData): number {
  const total = new Accumulator();
  // Equal counts have equal constants: a sum for each count first.
  const weightOf = new Float64Array(TABLE);
  for (let i = 0; i < y.length; i++) {
    const k = y[i]!;
    const weight = weights ? weights[i]! : 1;
    if (k < TABLE) weightOf[k]! += weight;
    else total.add(weight * logFactorial(k));
  }
  weightOf.forEach((weight, k) => {
    if (weight !== 0) total.add(weight * logFactorial(k));
  });
  return total.sum;
}

function logFactorial(k: number): number {
  return k === 0 ? 0 : logCount(k) + k * log(k) - k;
}
