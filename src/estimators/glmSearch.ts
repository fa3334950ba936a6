import { exp, log } from "../math/elementary.ts";
import { Accumulator } from "../math/sum.ts";
import { climb, type Evaluation, type Objective, type Peak, toEnd } from "../regression/climb.ts";
import type { Coordinates } from "../regression/coordinates.ts";
import { families, type GlmFamily } from "../regression/families.ts";
import { at, type Link, type UnitLink } from "../regression/links.ts";
import { type Factored, factor, type Products } from "../regression/normalEquations.ts";
import { type RowTerms, rowTerms, type TileRows } from "../regression/rowTerms.ts";
import { type DesignMatrix, type POINTWISE, SUBSAMPLE } from "../wasm/designMatrix.ts";
import { withDesign } from "../wasm/designPlacement.ts";
import type { GlmModel } from "./glmModel.ts";
import { findSeparation, type Separation } from "./glmSeparation.ts";
import { coordinatesOf } from "./leastSquares.ts";
import type { RegressionData } from "./regressionData.ts";

/** What a search ended with. */
export interface Found {
  readonly peak: Peak;
  readonly coordinates: Coordinates;
  /** The expected information's factors. */
  readonly expected: Factored;
  /** theta, where the family has one. */
  readonly theta: number;
  readonly separation: Separation | undefined;
  /** The counts vary less than a Poisson's: theta tends to infinity. */
  readonly poissonLimit: boolean;
  readonly passes: number;
  readonly subsampleEvaluations: number;
}

/** Decrement at which a search ends: a hundredfold below what is promised. */
const EXACT = 1e-10;

/** Rows above which a subsample goes ahead. */
const MANY = 4 * SUBSAMPLE;

/** Columns up to which a subsample says something of each: fifty rows a column. */
const NARROW = SUBSAMPLE / 50;

/** Squared distances of a subsample's maximum from that of all rows, in standard errors, beyond this many times the expected are none. */
const LIKELY = 5;

/** A design whose columns leave less of one another is looked at with more digits before anything is called aliased. */
const DELICATE = 1e-6;

/** Looks for the maximum; `without` are the aliased columns. Undefined where these are not known and the design is delicate. */
export function glmSearch(model: GlmModel, data: RegressionData, without: readonly boolean[] | undefined): Promise<Found | undefined> {
  const { design, y, weights, offset } = data;
  const thinned = design.rows > MANY && design.names.length <= NARROW;
  const vectors = { y, ...(weights && { weights }), ...(offset && { offset }) };
  return withDesign({ design, vectors, thinned }, (matrix) => {
    const before = without ?? design.names.map(() => false);
    const first = thinned ? matrix.thin() : matrix;
    let start = starting(model, first, before);
    if (!without && start.smallest < DELICATE) {
      // A subsample may be delicate where the whole is not.
      if (thinned) start = starting(model, matrix, before);
      if (start.smallest < DELICATE) return undefined;
    }
    return searchFrom(model, matrix, thinned ? first : undefined, start.gamma, before, coordinatesOf(matrix, design));
  });
}

/** Runs a search from coefficients, over a subsample first where there is one. */
function searchFrom(
  model: GlmModel,
  matrix: DesignMatrix,
  thin: DesignMatrix | undefined,
  gamma: Float64Array,
  without: readonly boolean[],
  coordinates: Coordinates,
): Found {
  let separation: Separation | undefined;
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
    limit = 200,
  ) => {
    const objective = objectiveOf(own, link, theta, on, without);
    const runaway = (beta: Float64Array, step: Float64Array) => {
      separation = findSeparation(own, link, on, step, without) ?? findSeparation(own, link, on, beta, without);
      return separation !== undefined;
    };
    return { objective, peak: toEnd(climb(on === matrix ? { ...objective, runaway } : objective, start, tau, tolerance, limit)) };
  };
  const joint = family.joint && model.theta === undefined;
  const first = joint ? families.poisson : family;
  if (thin) {
    const { peak } = climbing(first, model.theta, thin, gamma, 0, 0.1, 12);
    subsampleEvaluations = peak.evaluations;
    if (peak.beta.every(Number.isFinite) && Number.isFinite(peak.evaluation.value)) gamma = peak.beta;
    const kernel = kernelOf(first, link);
    if (kernel && peak.end === "decrement") {
      const found = early(matrix, kernel, gamma, peak.factored, thin.rows, without);
      evaluations = found.evaluations;
      // Otherwise the subsample lacks what the rows have, a level's events perhaps, and has led astray.
      gamma = found.gamma ?? starting(model, matrix, without).gamma;
    }
  }
  let { objective, peak } = climbing(first, model.theta, matrix, gamma, 0);
  let theta = model.theta ?? Number.NaN;
  let poissonLimit = false;
  if (joint && !separation) {
    theta = startingTheta(link, matrix, peak.beta);
    poissonLimit = theta === Number.POSITIVE_INFINITY;
    if (!poissonLimit) {
      ({ objective, peak } = climbing(family, undefined, matrix, peak.beta, log(theta)));
      theta = exp(peak.own);
    }
  }
  const expected = objective.canonical ? peak.factored : expectedFactors(objective, peak, without);
  return {
    peak: { ...peak, evaluations: peak.evaluations + evaluations },
    coordinates,
    expected,
    theta,
    separation,
    poissonLimit,
    passes: matrix.passes + 1,
    subsampleEvaluations,
  };
}

/** Tiles from which on the products of every second say enough: after the step the bound of `climb` holds. */
const TILES = 12;
const EVERY = 2;

/**
 * Steps from a subsample's maximum by the score of all rows: first with the subsample's information, which from a dozen standard errors away
 * leads as near as the rows' own, then with that of every second tile. Each saves products that Newton would not need. No coefficients where the
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
  const { score } = matrix.canonical(kernel, start, () => false);
  const step = factored.solve(score).map((s) => s * share);
  const squared = step.reduce((sum, s, j) => sum + s * score[j]!, 0);
  if (!(squared < (LIKELY * (step.length + 10)) / share)) return { gamma: undefined, evaluations: 1 };
  const gamma = start.map((g, j) => g + step[j]!);
  if (matrix.rows < TILES * SUBSAMPLE) return { gamma, evaluations: 1 };
  const isCounted = (first: number) => (first / SUBSAMPLE) % EVERY === 0;
  const sums = matrix.canonical(kernel, gamma, isCounted);
  let counted = 0;
  matrix.eachTile((first, n) => {
    if (isCounted(first)) counted += n;
  });
  const part = factor(sums.products, without);
  if (!part || !Number.isFinite(sums.value)) return { gamma, evaluations: 2 };
  const second = part.solve(sums.score).map((s) => (s * counted) / matrix.rows);
  return { gamma: gamma.map((g, j) => g + second[j]!), evaluations: 2 };
}

function expectedFactors(objective: Objective, { beta, own, factored }: Peak, without: readonly boolean[]): Factored {
  return factor(objective.evaluate(beta, own, true).products, without) ?? factored;
}

/** Which pairs the kernels work out themselves. */
function kernelOf(family: GlmFamily, link: Link | UnitLink): keyof typeof POINTWISE | undefined {
  if (family.name === "binomial" && link.name === "logit") return "logistic";
  return family.name === "poisson" && link.name === "log" ? "logPoisson" : undefined;
}

/** A tile's responses and weights. */
function tileOf(matrix: DesignMatrix, first: number, n: number): TileRows {
  const { arena } = matrix.engine;
  const { y, weights } = matrix.vectors;
  return { y: arena.view(y! + 8 * first, n), weights: weights === undefined ? undefined : arena.view(weights + 8 * first, n) };
}

function objectiveOf(
  family: GlmFamily,
  link: Link | UnitLink,
  theta: number | undefined,
  matrix: DesignMatrix,
  without: readonly boolean[],
): Objective {
  const kernel = kernelOf(family, link);
  if (kernel) {
    const evaluate = (beta: Float64Array) => ({ ...matrix.canonical(kernel, beta), dispersion: 1 });
    const reach = (step: Float64Array) => matrix.reach(step);
    return { canonical: true, fisher: false, without, evaluate, ...(matrix.rows >= TILES * SUBSAMPLE && { reach }) };
  }
  if (family.joint && theta === undefined) return withTheta(family, link, matrix, without);
  const terms = rowTerms(family, link, theta);
  const weight = weightOf(matrix);
  return {
    canonical: false,
    fisher: true,
    without,
    evaluate(beta, _, expected) {
      const sums = pointwise(matrix, beta, terms, expected);
      return { ...sums, dispersion: family.parameter ? (-2 * sums.value) / weight : 1 };
    },
  };
}

function weightOf(matrix: DesignMatrix): number {
  const total = new Accumulator();
  matrix.eachTile((first, n) => {
    for (const weight of tileOf(matrix, first, n).weights ?? []) total.add(weight);
  });
  return matrix.vectors.weights === undefined ? matrix.rows : total.sum;
}

function pointwise(matrix: DesignMatrix, beta: Float64Array, terms: RowTerms, expected: boolean): Omit<Evaluation, "dispersion"> {
  let outside = false;
  const sums = matrix.pointwise(beta, (first, eta, u, w) => {
    const value = terms(tileOf(matrix, first, eta.length), eta, u, w, expected);
    if (Number.isFinite(value)) return value;
    outside = true;
    u.fill(0);
    w.fill(0);
    return 0;
  });
  return outside ? { ...sums, value: Number.NEGATIVE_INFINITY } : sums;
}

/** The negative binomial with theta: its logarithm is searched for together with the coefficients. */
function withTheta(family: GlmFamily, link: Link | UnitLink, matrix: DesignMatrix, without: readonly boolean[]): Objective {
  const cross = new Float64Array(matrix.rows);
  return {
    canonical: false,
    fisher: true,
    without,
    evaluate(beta, tau, expected) {
      const theta = exp(tau);
      const sums = { first: new Accumulator(), second: new Accumulator() };
      let begin = 0;
      const terms: RowTerms = (rows, eta, u, w, of) => {
        const tile = { ...sums, cross: cross.subarray(begin, begin + eta.length) };
        begin += eta.length;
        return rowTerms(family, link, theta, tile)(rows, eta, u, w, of);
      };
      const found = pointwise(matrix, beta, terms, expected);
      const score = theta * sums.first.sum;
      const mixed = matrix.scores(beta, (first, eta, u) => {
        for (let i = 0; i < eta.length; i++) u[i] = -theta * cross[first + i]!;
      });
      const own = { score, information: -theta * theta * sums.second.sum - score, cross: expected ? mixed.fill(0) : mixed };
      return { ...found, own, dispersion: 1 };
    },
  };
}

/** theta by moments from a Poisson fit's means; Infinity where the score at 1/theta = 0 points below. */
function startingTheta(link: Link | UnitLink, matrix: DesignMatrix, beta: Float64Array): number {
  const excess = new Accumulator();
  const size = new Accumulator();
  matrix.predict(beta, (first, eta) => {
    const { y, weights } = tileOf(matrix, first, eta.length);
    for (let i = 0; i < eta.length; i++) {
      const mu = link.mu(eta[i]!);
      const weight = weights ? weights[i]! : 1;
      excess.add(weight * ((y[i]! - mu) * (y[i]! - mu) - y[i]!));
      size.add(weight * mu * mu);
    }
  });
  return excess.sum > 0 ? size.sum / excess.sum : Number.POSITIVE_INFINITY;
}

/**
 * Coefficients to start from, and how delicate the design is: least squares of the link at means near the responses, as R's glm.fit starts.
 * Where these lie outside the link's domain, a constant mean, if there is an intercept.
 */
function starting(model: GlmModel, matrix: DesignMatrix, without: readonly boolean[]): { gamma: Float64Array; smallest: number } {
  const { link } = model;
  const family = model.family.joint ? families.poisson : model.family;
  const { arena } = matrix.engine;
  const { offset } = matrix.vectors;
  const [total, weight] = [new Accumulator(), new Accumulator()];
  const from = (near: (y: number, weight: number) => number, moved: number) =>
    matrix.pointwise(undefined, (first, eta, u, w) => {
      const { y, weights } = tileOf(matrix, first, eta.length);
      const given = offset === undefined ? undefined : arena.view(offset + 8 * first, eta.length);
      let [last, lastWeight, x, information] = [Number.NaN, Number.NaN, 0, 0];
      for (let i = 0; i < eta.length; i++) {
        const own = weights ? weights[i]! : 1;
        // Neighbours are often equal: of 0 and 1, every second.
        if (y[i] !== last || own !== lastWeight) {
          [last, lastWeight] = [y[i]!, own];
          const mu = near(last, own);
          x = link.eta(mu);
          link.derivatives(x);
          information = (own * at.first * at.first) / family.variance(mu, Number.NaN);
        }
        w[i] = information;
        u[i] = w[i]! * (x - (given ? given[i]! : 0) - moved);
        total.add(own * y[i]!);
        weight.add(own);
      }
      return 0;
    });
  const first = from(startingMean(model), 0);
  const mean = total.sum / weight.sum;
  const factored = factor(first.products, without);
  if (!factored) return { gamma: new Float64Array(matrix.width), smallest: 0 };
  const gamma = factored.solve(first.score);
  const smallest = factored.aliased.some((is, j) => is && !without[j] && !isLarge(first.products, j)) ? 0 : factored.smallest;
  const terms = rowTerms(family, link);
  if (kernelOf(family, link)) return { gamma, smallest };
  if (Number.isFinite(pointwise(matrix, gamma, terms, true).value)) return { gamma, smallest };
  // Half way to a constant, until every mean is one.
  const constant = factored.solve(from(() => inside(family, mean), 0).score);
  for (let share = 0.5; share > 1e-3; share /= 2) {
    const between = constant.map((c, j) => c + share * (gamma[j]! - c));
    if (Number.isFinite(pointwise(matrix, between, terms, true).value)) return { gamma: between, smallest };
  }
  const second = from(() => inside(family, mean), 0);
  return { gamma: factor(second.products, without)?.solve(second.score) ?? constant, smallest };
}

/** A large factor's levels without rows are no reason for doubt. */
function isLarge({ large }: Products, column: number): boolean {
  return large !== undefined && column >= large.first && column < large.first + large.own.length;
}

function inside(family: GlmFamily, mean: number): number {
  if (family.name === "binomial") return Math.min(0.99, Math.max(0.01, mean));
  return family.holdsMean(mean) ? mean : 0.1;
}

/** R's mustart; where the link has no value there, inside. */
function startingMean({ family, link }: GlmModel): (y: number, weight: number) => number {
  return (y, weight) => {
    const mu = family.near(y, weight);
    const eta = link.eta(mu);
    // A gaussian response with a log link may be negative.
    return Number.isFinite(eta) && link.valid(eta) ? mu : 0.1;
  };
}
