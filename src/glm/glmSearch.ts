import { edgeOf, endsOf } from "../laws/edges.ts";
import { families, type GlmFamily } from "../laws/families.ts";
import { exp, log } from "../math/elementary.ts";
import type { Objective } from "../optimize/climb.ts";
import { climb, type Peak, toEnd } from "../optimize/climb.ts";
import { type Factored, factor } from "../optimize/normalEquations.ts";
import type { Penalty } from "../optimize/penalty.ts";
import type { Coordinates } from "../regression/coordinates.ts";
import { coordinatesOf, DELICATE } from "../regression/leastSquares.ts";
import type { RegressionData } from "../regression/regressionData.ts";
import { type DesignMatrix, type POINTWISE, SUBSAMPLE } from "../wasm/designMatrix.ts";
import { withDesign } from "../wasm/designPlacement.ts";
import { thinDesign } from "../wasm/thinDesign.ts";
import type { AtEdge } from "./glmEdge.ts";
import { inside } from "./glmInside.ts";
import type { GlmModel } from "./glmModel.ts";
import { kernelOf, LONG, objectiveOf } from "./glmObjective.ts";
import { GlmRows } from "./glmRows.ts";
import { findSeparation, type Separation } from "./glmSeparation.ts";
import { settled } from "./glmSettle.ts";
import { starting, startingTheta } from "./glmStart.ts";

/** What a search ended with. */
export interface Found {
  readonly peak: Peak;
  readonly coordinates: Coordinates;
  /** The expected information's factors. */
  readonly expected: Factored;
  /** theta, where the family has one. */
  readonly theta: number;
  readonly separation: Separation | undefined;
  /** Rows whose means lie at an edge of their domain. */
  readonly atEdge?: AtEdge | undefined;
  /** Whatever the coefficients, a row's linear predictor belongs to no mean. */
  readonly outside?: boolean;
  /** The counts vary less than a Poisson's: theta tends to infinity. */
  readonly poissonLimit: boolean;
  /** Where the coefficients are penalised. */
  readonly penalized?: {
    /** For the columns as they were moved. */
    readonly weights: Penalty;
    /** Aliased columns: those that the lasso left at 0 are not in the peak's factors, either. */
    readonly aliased: readonly boolean[];
    /** Largest violation of the conditions of a maximum. */
    readonly violation: number;
  };
  readonly passes: number;
  readonly subsampleEvaluations: number;
}

/** Decrement at which a search ends: a hundredfold below what is promised. */
const EXACT = 1e-10;

/** Iterations after which a search that has not ended is gone on with along the edges of the means, where there are any. */
const UNEDGED = 30;

/** Rows above which a subsample goes ahead. */
const MANY = 4 * SUBSAMPLE;

/** Columns up to which a subsample says something of each: fifty rows a column. */
const NARROW = SUBSAMPLE / 50;

/** A subsample of a subsample, of one of so many rows, goes ahead of it. */
const TINY = 8;

/** Squared distances of a subsample's maximum from that of all rows, in standard errors, beyond this many times the expected are none. */
const LIKELY = 5;

/** Looks for the maximum; `without` are the aliased columns. Undefined where these are not known and the design is delicate. */
export function glmSearch(model: GlmModel, data: RegressionData, without: readonly boolean[] | undefined): Promise<Found | undefined> {
  const { design, y, weights, offset } = data;
  const thinned = design.rows > MANY && design.names.length <= NARROW;
  const vectors = { y, ...(weights && { weights }), ...(offset && { offset }) };
  return withDesign({ design, vectors, thinned }, (matrix) => {
    const before = without ?? design.names.map(() => false);
    const thin = thinned ? thinDesign(matrix) : undefined;
    const tiny = thin && design.names.length <= NARROW / TINY ? thinDesign(thin, SUBSAMPLE / TINY) : undefined;
    const subsamples = [tiny, thin].filter((one) => one !== undefined);
    for (const [k, one] of [...subsamples, matrix].entries()) {
      const start = starting(model, one, before);
      // A subsample may be delicate where the whole is not.
      if (without || start.smallest >= DELICATE)
        return searchFrom(
          model,
          new GlmRows(matrix, data, coordinatesOf(matrix, design), before),
          subsamples.slice(k),
          start.gamma,
          before,
        );
    }
    return undefined;
  });
}

/** Runs a search from coefficients, over a subsample first where there is one. */
function searchFrom(
  model: GlmModel,
  rows: GlmRows,
  subsamples: readonly DesignMatrix[],
  gamma: Float64Array,
  without: readonly boolean[],
): Found {
  const { matrix, coordinates } = rows;
  let separation: Separation | undefined;
  let outside = false;
  let subsampleEvaluations = 0;
  let evaluations = 0;
  const { family, link } = model;
  const climbing = (
    own: GlmFamily,
    theta: number | undefined,
    on: DesignMatrix,
    start: Float64Array,
    tau: number,
    tolerance = EXACT,
    limit = edgeOf(own, link) && rows.isNarrow ? UNEDGED : 200,
  ) => {
    const objective = objectiveOf(own, link, theta, on, without);
    const runaway = (beta: Float64Array, step: Float64Array) => {
      separation = findSeparation(own, link, on, step, without) ?? findSeparation(own, link, on, beta, without);
      return separation !== undefined;
    };
    const from = (at: Float64Array) => toEnd(climb(on === matrix ? { ...objective, runaway } : objective, at, tau, tolerance, limit));
    let [begin, peak] = [start, from(start)];
    if (on !== matrix || separation) return { objective, peak };
    if (!Number.isFinite(peak.evaluation.value)) {
      const found = inside(own, link, rows);
      if (found) [begin, peak] = [found, from(found)];
      else if (rows.isNarrow && endsOf(own, link).some(Number.isFinite)) {
        outside = true;
        return { objective, peak };
      }
    }
    const end = settled(own, link, theta, rows, without, begin, peak);
    separation = end.separation;
    return { objective, peak: end.peak, atEdge: end.atEdge };
  };
  const joint = family.joint && model.theta === undefined;
  const first = joint ? families.poisson : family;
  for (const thin of subsamples) {
    const { peak } = climbing(first, model.theta, thin, gamma, 0, 1, 12);
    subsampleEvaluations += peak.evaluations;
    const last = thin === subsamples.at(-1);
    const ended = peak.end === "decrement";
    if ((ended || last) && peak.beta.every(Number.isFinite) && Number.isFinite(peak.evaluation.value)) gamma = peak.beta;
    const kernel = kernelOf(first, link);
    if (kernel && ended && last) {
      const found = early(matrix, kernel, gamma, peak.factored, thin.rows, without);
      evaluations = found.evaluations;
      // Otherwise the subsample lacks what the rows have, a level's events perhaps, and has led astray.
      gamma = found.gamma ?? starting(model, matrix, without).gamma;
    }
  }
  let { objective, peak, atEdge } = climbing(first, model.theta, matrix, gamma, 0);
  let theta = model.theta ?? Number.NaN;
  let poissonLimit = false;
  if (joint && !separation) {
    theta = startingTheta(link, matrix, peak.beta);
    poissonLimit = theta === Number.POSITIVE_INFINITY;
    if (!poissonLimit) {
      // At the edge of the means the information is no guide back.
      const inside = peak.end === "decrement" || peak.end === "step" ? peak.beta : gamma;
      ({ objective, peak, atEdge } = climbing(family, undefined, matrix, inside, log(theta)));
      theta = exp(peak.own);
    }
  }
  const expected = objective.canonical || peak.end === "edge" ? peak.factored : expectedFactors(objective, peak, without);
  return {
    peak: { ...peak, evaluations: peak.evaluations + evaluations },
    coordinates,
    expected,
    theta,
    separation,
    atEdge,
    outside,
    poissonLimit,
    passes: matrix.passes + 1,
    subsampleEvaluations,
  };
}

/**
 * The products of three tiles in four say enough, so that after the step the bound of `climb` holds; of one in two they sometimes do not.
 * Weights of counts differ too much to spare any.
 */
const isCounted: Readonly<Record<keyof typeof POINTWISE, (tile: number) => boolean>> = {
  logistic: (tile) => tile % 4 !== 3,
  logPoisson: () => true,
  probit: () => true,
};

/**
 * Steps from a subsample's maximum by the score of all rows: first with the subsample's information, which from a dozen standard errors away
 * leads as near as the rows' own, then with that of some of the tiles. Each saves products that Newton would not need. No coefficients where the
 * first step is longer than the subsample's error can be.
 */
function early(
  matrix: DesignMatrix,
  kernel: keyof typeof POINTWISE,
  start: Float64Array,
  factored: Factored,
  rows: number,
  without: readonly boolean[],
): { gamma: Float64Array | undefined; evaluations: number } {
  const share = rows / matrix.rows;
  const { score } = matrix.known(kernel, start, false, () => false);
  const step = factored.solve(score).map((s) => s * share);
  const squared = step.reduce((sum, s, j) => sum + s * score[j]!, 0);
  if (!(squared < (LIKELY * (step.length + 10)) / share)) return { gamma: undefined, evaluations: 1 };
  const gamma = start.map((g, j) => g + step[j]!);
  if (matrix.rows < LONG) return { gamma, evaluations: 1 };
  const counts = (first: number) => isCounted[kernel](first / SUBSAMPLE);
  const sums = matrix.known(kernel, gamma, false, counts);
  let counted = 0;
  matrix.eachTile((first, n) => {
    if (counts(first)) counted += n;
  });
  const part = factor(sums.products, without);
  if (!part || !Number.isFinite(sums.value)) return { gamma, evaluations: 2 };
  const second = part.solve(sums.score).map((s) => (s * counted) / matrix.rows);
  return { gamma: gamma.map((g, j) => g + second[j]!), evaluations: 2 };
}

function expectedFactors(objective: Objective, { beta, own, factored }: Peak, without: readonly boolean[]): Factored {
  return factor(objective.evaluate(beta, own, true).products, without) ?? factored;
}
