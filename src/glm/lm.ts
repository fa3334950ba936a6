import { givenOptions } from "../estimators/optionNames.ts";
import { log } from "../math/elementary.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import { Accumulator } from "../math/sum.ts";
import { type LeastSquares, leastSquares } from "../regression/leastSquares.ts";
import {
  needNumbers,
  REGRESSION_OPTIONS,
  type RegressionData,
  type RegressionOptions,
  regressionData,
  rowsOf,
} from "../regression/regressionData.ts";
import type { RegressionFindings } from "../regression/regressionFit.ts";
import { LinearFit } from "./linearFit.ts";

/**
 * Fits a linear model by maximum likelihood: weighted least squares, exact to what the doubles say (NIST's certified digits hold).
 * `weights` are inverse variances: Var(y) = sigma²/w.
 *
 * @throws RangeError or TypeError for data that cannot be used, naming place, value and need.
 * @example
 * const r = await lm({ formula: "mpg ~ wt", data: { mpg, wt } }); // or { design: { names: ["(Intercept)", "wt"], columns: [ones, wt] }, y: mpg }
 * r.estimates; // { "(Intercept)": 37.29, wt: -5.34, sigma: 2.95 }; r.sigma is R's, with n - p
 */
export async function lm(options: RegressionOptions): Promise<LinearFit> {
  const given = regressionData(givenOptions(options, REGRESSION_OPTIONS));
  needNumbers(given, "lm needs numbers");
  const data = given.kept ? rowsOf(given, given.kept) : given;
  return new LinearFit(findingsOf(data, given, await leastSquares(data)));
}

function findingsOf(data: RegressionData, given: RegressionData, found: LeastSquares): RegressionFindings {
  const { rows, names } = data.design;
  const { aliased, rss } = found;
  const rank = aliased.filter((is) => !is).length;
  const saturated = rank >= rows;
  const exists = rss > 0 && !saturated;
  const sigma = exists ? Math.sqrt(rss / rows) : 0;
  const logWeights = new Accumulator();
  for (const weight of data.weights ?? []) logWeights.add(log(weight));
  const logLik = exists ? -rows * (log(sigma) + HALF_LOG_2PI + 0.5) + 0.5 * logWeights.sum : Number.POSITIVE_INFINITY;
  return {
    model: "lm",
    family: "gaussian",
    link: "identity",
    data,
    given,
    beta: found.beta,
    aliased,
    coordinates: found.coordinates,
    gamma: found.gamma,
    observed: found.moved,
    expected: found.moved,
    dispersion: sigma * sigma,
    beside: { name: "sigma", value: sigma, variance: exists ? (sigma * sigma) / (2 * rows) : Number.NaN },
    logLik,
    status: exists ? (Number.isFinite(rss) ? "interior" : "failed") : "nonexistent",
    reason: reasonOf(found, names, saturated),
    passes: found.passes,
    certificate: {
      scoreNorm: 0,
      decrement: exists ? found.decrement : Number.NaN,
      smallest: found.smallest,
      iterations: 0,
      evaluations: found.passes,
      subsampleEvaluations: 0,
      stop: "closed form",
    },
  };
}

function reasonOf({ rss, aliased }: LeastSquares, names: readonly string[], saturated: boolean): string {
  const left = names.filter((_, j) => aliased[j]);
  const without = left.length > 0 ? ` Combinations of columns before them, and left out: ${left.join(", ")}.` : "";
  if (rss === Number.POSITIVE_INFINITY)
    return `The residual sum of squares is beyond the doubles; a response in other units is not.${without}`;
  if (saturated && rss > 0) return `There are as many coefficients as rows: sigma tends to 0 and the likelihood to infinity.${without}`;
  if (!(rss > 0)) return `The fit is exact: sigma tends to 0 and the likelihood to infinity; the coefficients are unique.${without}`;
  return `The maximum in closed form.${without}`;
}
