import { log } from "../math/elementary.ts";
import { Accumulator } from "../math/sum.ts";
import { families, logCount } from "../regression/families.ts";
import type { Factored } from "../regression/normalEquations.ts";
import type { Totals } from "../regression/ownParameter.ts";
import { predictor } from "../regression/predictor.ts";
import { type GlmFindings, GlmFit } from "./glmFit.ts";
import { atLimit } from "./glmLimit.ts";
import { binomialConstant, type GlmModel, type GlmOptions, glmModel } from "./glmModel.ts";
import { type Found, glmSearch } from "./glmSearch.ts";
import { aliasedColumns } from "./leastSquares.ts";
import { type RegressionData, regressionData, rowsOf } from "./regressionData.ts";
import type { Beside } from "./regressionFit.ts";
import type { Status } from "./result.ts";
import { endOf } from "./searchEnd.ts";

/**
 * Fits a generalised linear model by maximum likelihood: Newton's method on the observed information, on all rows until the score is 0,
 * after a subsample where there are many. The family's own parameter (sigma, shape, lambda, theta) is estimated by maximum likelihood, too.
 * `weights` multiply a row's log-likelihood; for gaussian they are inverse variances, for binomial proportions numbers of trials.
 *
 * @throws RangeError or TypeError for data or options that cannot be used, naming place, value and need.
 * @example
 * const r = await glm({ formula: "am ~ wt", data: { am, wt }, family: "binomial" });
 * r.estimates; // { "(Intercept)": 12.04, wt: -4.02 }
 */
export async function glm(options: GlmOptions): Promise<GlmFit> {
  const { trials } = options;
  const model = glmModel(options, regressionData(options, trials && { trials }));
  return new GlmFit(await glmFindings(model));
}

/** What a model's fit finds. */
export async function glmFindings(model: GlmModel): Promise<GlmFindings> {
  const given = model.data;
  const data = given.kept ? rowsOf(given, given.kept) : given;
  let found = await glmSearch(model, data, undefined);
  let without = data.design.names.map(() => false);
  if (!found) {
    without = await aliasedColumns(data);
    found = (await glmSearch(model, data, without))!;
  }
  if (found.separation) return atLimit(model, data, found.separation, without, findingsOf(model, data, found), glmFindings);
  return findingsOf(model, data, found);
}

function findingsOf(model: GlmModel, data: RegressionData, found: Found): GlmFindings {
  const { family, link } = model;
  const { peak, coordinates, theta, poissonLimit } = found;
  const { factored } = peak;
  const aliased = factored ? factored.aliased : data.design.names.map(() => false);
  // The kernels' families have all they need in their sums.
  const needed = family.parameter !== undefined || family.joint === true || model.quasi || !(link.name === "logit" || link.name === "log");
  const eta = needed ? predictor(data.design, peak.beta, coordinates, data.offset) : new Float64Array(0);
  const own = poissonLimit ? families.poisson : family;
  const totals = family.parameter ? totalsOf(model, data, eta) : undefined;
  const value = totals && family.parameter!.estimate(totals);
  const rank = aliased.filter((is) => !is).length;
  const quasi = model.quasi ? pearson(model, data, eta) / (eta.length - rank) : 1;
  const dispersion = value === undefined ? quasi : family.parameter!.dispersion(value);
  const { status, reason } = conclusionOf(model, found, data.design.rows, dispersion, totals, aliased, data.design.names);
  const interior = status === "interior";
  const besides = (): Beside | undefined => {
    if (totals) {
      const error = interior ? family.parameter!.standardError(value!, totals) : Number.NaN;
      return { name: family.parameter!.name, value: value!, variance: error * error };
    }
    if (!family.joint || model.theta !== undefined) return undefined;
    if (poissonLimit) return { name: "theta", value: Number.POSITIVE_INFINITY, variance: Number.NaN };
    return undefined;
  };
  const joint = peak.evaluation.own && factored ? jointly(found, factored) : undefined;
  const logLik = model.quasi
    ? Number.NaN
    : totals
      ? family.parameter!.logLik(value!, totals)
      : own.name === "binomial"
        ? peak.evaluation.value + binomialConstant(model, model.data.kept)
        : massOf(model, data, eta, own.logMass!, theta, peak.evaluation.value);
  const zero = () => 0;
  return {
    model: "glm",
    family: model.name,
    link: link.name,
    glm: model,
    refit: glmFindings,
    theta: poissonLimit ? Number.POSITIVE_INFINITY : theta,
    data,
    given: model.data,
    beta: coordinates.natural(peak.beta),
    gamma: peak.beta,
    aliased,
    coordinates,
    observed: factored ? factored.inverse : zero,
    expected: found.expected ? found.expected.inverse : zero,
    ...(joint && { added: joint.added }),
    dispersion,
    beside: joint ? joint.beside : besides(),
    logLik: status === "nonexistent" && totals ? Number.POSITIVE_INFINITY : logLik,
    status,
    reason,
    passes: found.passes,
    certificate: {
      scoreNorm: peak.evaluation.score.reduce((most, s, j) => (aliased[j] ? most : Math.max(most, Math.abs(s))), 0),
      decrement: peak.decrement,
      smallest: factored ? factored.smallest : 0,
      iterations: peak.iterations,
      evaluations: peak.evaluations,
      subsampleEvaluations: found.subsampleEvaluations,
      stop: peak.end,
    },
  };
}

/** Sum of the squared Pearson residuals. */
function pearson({ family, link }: GlmModel, { y, weights }: RegressionData, eta: Float64Array): number {
  const total = new Accumulator();
  for (let i = 0; i < y.length; i++) {
    const mu = link.mu(eta[i]!);
    const gap = y[i]! - mu;
    if (gap !== 0) total.add(((weights ? weights[i]! : 1) * gap * gap) / family.variance(mu, Number.NaN));
  }
  return total.sum;
}

type Accumulators = [Accumulator, Accumulator, Accumulator, Accumulator, Accumulator];

/** What the family's own parameter follows from. */
function totalsOf({ family, link }: GlmModel, { y, weights }: RegressionData, eta: Float64Array): Totals & { size: number } {
  const [weight, deviance, logResponse, logWeights, size] = Array.from({ length: 5 }, () => new Accumulator()) as Accumulators;
  const byRows = family.parameter!.byRows;
  for (let i = 0; i < y.length; i++) {
    const w = weights ? weights[i]! : 1;
    weight.add(w);
    // What a residual of the response's size would make.
    size.add(y[i] === 0 ? 0 : (w * y[i]! * y[i]!) / family.variance(y[i]!, Number.NaN));
    deviance.add(w * family.deviance(y[i]!, link.mu(eta[i]!), Number.NaN));
    if (byRows) logWeights.add(w === 1 ? 0 : log(w));
    else logResponse.add(w * log(y[i]!));
  }
  const sums = { weight: weight.sum, deviance: deviance.sum, logResponse: logResponse.sum, logWeights: logWeights.sum, size: size.sum };
  return { rows: y.length, ...sums };
}

/** Counts up to which log y! is looked up. */
const TABLE = 1024;

/** The whole log-likelihood of counts; of the kernels' value only log y! is missing. */
function massOf(
  { link }: GlmModel,
  { y, weights }: RegressionData,
  eta: Float64Array,
  logMass: (y: number, mu: number, weight: number, own: number) => number,
  theta: number,
  value: number,
): number {
  const total = new Accumulator();
  if (link.name === "log" && Number.isNaN(theta)) {
    const known = new Float64Array(TABLE).map((_, k) => (k === 0 ? 0 : logCount(k) + k * log(k) - k));
    for (let i = 0; i < y.length; i++) {
      const k = y[i]!;
      const constant = k < TABLE ? known[k]! : logCount(k) + k * log(k) - k;
      total.add(weights ? weights[i]! * constant : constant);
    }
    return value - total.sum;
  }
  for (let i = 0; i < y.length; i++) total.add(logMass(y[i]!, link.mu(eta[i]!), weights ? weights[i]! : 1, theta));
  return total.sum;
}

/** theta with its covariances, and what its estimation adds to those of the coefficients. */
function jointly({ peak, coordinates, theta }: Found, factored: Factored) {
  const own = peak.evaluation.own!;
  const through = factored.solve(own.cross);
  const left = own.information - own.cross.reduce((sum, c, j) => sum + c * through[j]!, 0);
  const direction = coordinates.direction(through);
  return {
    added: direction.map((d) => d / Math.sqrt(left)),
    beside: {
      name: "theta",
      value: theta,
      variance: (theta * theta) / left,
      covariances: direction.map((d) => (-d * theta) / left),
      alone: (theta * theta) / own.information,
    },
  };
}

/** Residuals of 1e-12 of a response and less. */
const EXACT = 1e-24;

function conclusionOf(
  { family, quasi }: GlmModel,
  { peak, poissonLimit }: Found,
  rows: number,
  dispersion: number,
  totals: (Totals & { size: number }) | undefined,
  aliased: readonly boolean[],
  names: readonly string[],
): { status: Status; reason: string } {
  const left = names.filter((_, j) => aliased[j]);
  const without = left.length > 0 ? ` Combinations of columns before them, and left out: ${left.join(", ")}.` : "";
  const say = (status: Status, reason: string) => ({ status, reason: reason + without });
  if (rows <= names.length - left.length) {
    if (totals) return say("nonexistent", "There are as many coefficients as rows: the likelihood has no bound.");
    if (quasi) return say("nonexistent", "There are as many coefficients as rows: nothing is left to estimate the dispersion from.");
  }
  if (totals && !(totals.deviance > EXACT * totals.size)) {
    return say(
      "nonexistent",
      `The fit is exact: ${family.parameter!.name} runs to the edge of its domain and the likelihood has no bound.`,
    );
  }
  if (quasi && !(dispersion > EXACT)) return say("nonexistent", "The fit is exact: the dispersion is 0.");
  if (poissonLimit)
    return say("boundary", "The counts vary no more than a Poisson's: theta tends to infinity, and the limit is the Poisson fit.");
  const { end, decrement } = peak;
  const ended = endOf(end, decrement);
  return say(ended.status, ended.reason);
}
