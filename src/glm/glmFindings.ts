import { edgeOf } from "../laws/edges.ts";
import type { Totals } from "../laws/ownParameter.ts";
import { log } from "../math/elementary.ts";
import { Accumulator } from "../math/sum.ts";
import type { Factored } from "../optimize/normalEquations.ts";
import { isSmooth, type Penalty } from "../optimize/penalty.ts";
import { aliasedColumns, deservesPairs } from "../regression/leastSquares.ts";
import { predictor } from "../regression/predictor.ts";
import { type RegressionData, rowsOf } from "../regression/regressionData.ts";
import type { Beside } from "../regression/regressionFit.ts";
import { conclusionOf } from "./glmConclusion.ts";
import type { GlmFindings } from "./glmFit.ts";
import { withExactInformation } from "./glmInformation.ts";
import { logLikelihoodOf } from "./glmLikelihood.ts";
import { atLimit } from "./glmLimit.ts";
import type { GlmModel } from "./glmModel.ts";
import { kernelOf } from "./glmObjective.ts";
import { type Found, glmSearch } from "./glmSearch.ts";
import { penalizedSearch } from "./penalizedSearch.ts";

/** What a model's fit finds. */
export async function glmFindings(model: GlmModel): Promise<GlmFindings> {
  const given = model.data;
  const data = given.kept ? rowsOf(given, given.kept) : given;
  const search = model.penalty || model.firth ? penalizedSearch : glmSearch;
  let found = await search(model, data, undefined);
  let without = data.design.names.map(() => false);
  if (!found) {
    without = await aliasedColumns(data);
    found = (await search(model, data, without))!;
  }
  if (found.separation) return atLimit(model, data, found.separation, without, findingsOf(model, data, found), glmFindings);
  return findingsOf(model, data, search === glmSearch ? await withExactInformation(model, data, found) : found);
}

function findingsOf(model: GlmModel, data: RegressionData, found: Found): GlmFindings {
  const { family, link } = model;
  const { peak, coordinates, theta, poissonLimit, penalized } = found;
  const { factored } = peak;
  const aliased = penalized?.aliased ?? data.design.names.map((_, j) => factored?.aliased[j] === true && !peak.lost?.[j]);
  const kinked = penalized !== undefined && !isSmooth(penalized.weights);
  // Of few rows every digit of the log-likelihood can be had.
  const short = deservesPairs(data.design, false);
  // The kernels' families have all they need in their sums.
  const needed = short || model.quasi || model.firth === true || !kernelOf(family, link);
  const edge = edgeOf(family, link);
  const atEdge = edge && peak.end === "edge" ? found.atEdge?.rows : undefined;
  const eta = needed || atEdge ? predictor(data.design, peak.beta, coordinates, data.offset) : new Float64Array(0);
  // Sums of products leave 1e-17 of a predictor that is 0.
  atEdge?.forEach((row) => {
    eta[row] = edge!.at(data.y[row]!);
  });
  const totals = family.parameter ? totalsOf(model, data, eta) : undefined;
  const value = totals && family.parameter!.estimate(totals);
  const rank = aliased.filter((is) => !is).length;
  const quasi = model.quasi ? pearson(model, data, eta) / (eta.length - rank) : 1;
  const dispersion = value === undefined ? quasi : family.parameter!.dispersion(value);
  const { status, reason } = conclusionOf(model, found, data.design.rows, dispersion, totals, aliased, data.design.names, kinked);
  const interior = status === "interior";
  const besides = (): Beside | undefined => {
    if (totals) {
      const error = interior ? family.parameter!.standardError(value!, totals) : Number.NaN;
      return { name: family.parameter!.name, value: value!, variance: error * error };
    }
    if (!family.joint || model.theta !== undefined) return undefined;
    return { name: "theta", value: poissonLimit ? Number.POSITIVE_INFINITY : theta, variance: Number.NaN };
  };
  const joint = peak.evaluation.own && factored ? jointly(found, factored) : undefined;
  const likely = peak.evaluation.value - (peak.evaluation.beyond ?? 0);
  const logLik = model.quasi
    ? Number.NaN
    : totals
      ? family.parameter!.logLik(value!, totals)
      : logLikelihoodOf(
          model,
          data,
          eta,
          poissonLimit ? Number.POSITIVE_INFINITY : theta,
          !short && (family.proportions || !needed) ? likely : undefined,
        );
  const zero = () => 0;
  const none = () => Number.NaN;
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
    observed: kinked ? none : factored ? factored.inverse : zero,
    expected: found.expected ? found.expected.inverse : zero,
    ...(joint && { added: joint.added }),
    dispersion,
    beside: joint ? joint.beside : besides(),
    logLik: status === "nonexistent" && totals ? Number.POSITIVE_INFINITY : logLik,
    status,
    reason,
    passes: found.passes,
    ...(atEdge && { linear: eta }),
    ...(penalized && { degrees: degreesOf(peak, penalized), beyond: peak.evaluation.beyond ?? 0 }),
    certificate: {
      scoreNorm: penalized?.violation ?? peak.evaluation.score.reduce((most, s, j) => (aliased[j] ? most : Math.max(most, Math.abs(s))), 0),
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

/** Effective degrees of freedom: the trace of (H + R)^-1 H over the coefficients that are not 0, H the information and R the ridge. */
export function degreesOf({ factored }: Found["peak"], { weights }: { readonly weights: Penalty }): number {
  if (!factored) return Number.NaN;
  return weights.ridge.reduce((sum, r, j) => (factored.aliased[j] ? sum : sum + 1 - (r > 0 ? r * factored.inverse(j, j) : 0)), 0);
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
