import { exp, log } from "../math/elementary.ts";
import { Accumulator } from "../math/sum.ts";
import type { NetPeak } from "../optimize/netClimb.ts";
import { isSmooth, timesPenalty, violation } from "../optimize/penalty.ts";
import type { Coordinates } from "../regression/coordinates.ts";
import type { RegressionData } from "../regression/regressionData.ts";
import type { DesignMatrix } from "../wasm/designMatrix.ts";
import { type Conclusion, endingOf, POISSON_LIMIT } from "./glmConclusion.ts";
import { unitDeviance } from "./glmDeviance.ts";
import { degreesOf } from "./glmFindings.ts";
import type { GlmModel } from "./glmModel.ts";
import { nullDeviance } from "./glmNull.ts";
import { tileOf } from "./glmObjective.ts";
import { type PenalizedPeak, type PenalizedSearch, withPenalizedSearch } from "./penalizedSearch.ts";

// Fits along decreasing penalties, each from the one before (Friedman, Hastie & Tibshirani 2010, section 2.5). No rule screens columns: the products
// of all are summed anyway, and rows cost more than columns.

/** Which lambdas: as given, or so many from the largest that leaves any coefficient, down to a share of it, evenly in their logarithm. */
export type Lambdas = Float64Array | { readonly count: number; readonly ratio: number };

/** The fit at one lambda. */
export interface PathFit extends Conclusion {
  readonly lambda: number;
  /** Of the columns as given; 0 for aliased ones. */
  readonly beta: Float64Array;
  /** Of the columns as they were moved. */
  readonly gamma: Float64Array;
  readonly theta: number;
  readonly deviance: number;
  /** Of the intercept alone, at the same theta. */
  readonly nullDeviance: number;
  readonly nonzero: number;
  readonly degrees: number;
  readonly violation: number;
  readonly decrement: number;
  readonly iterations: number;
  readonly evaluations: number;
  readonly stop: string;
}

/** A path as it was followed. */
export interface Followed {
  readonly fits: readonly PathFit[];
  readonly largest: number;
  readonly aliased: readonly boolean[];
  readonly coordinates: Coordinates;
  readonly passes: number;
}

/** As in glmnet, a path whose lambdas are not given ends where the share of the deviance explained grows by less, relative; or is nearly all. */
const GROWTH = 1e-5;
const NEARLY_ALL = 0.999;

/** Fits that a path has at least. */
const FEWEST = 5;

/** Ridge alone never leaves a coefficient at 0: as in glmnet, its path begins where an elastic net with this alpha does. */
const RIDGE_ALPHA = 1e-3;

/** Follows a path. The model's penalty is that at lambda = 1. */
export function followPath(model: GlmModel, data: RegressionData, lambdas: Lambdas): Promise<Followed> {
  return withPenalizedSearch(model, data, undefined, true, (search) => {
    const unit = search.penalty;
    const none = timesPenalty(unit, 0);
    const start = search.at(none, undefined, true);
    const largest = largestLambda(search, start);
    const devianceAt = devianceOf(search, start);
    const nullAt = nullOf(model, data);
    const at = lambdas instanceof Float64Array ? lambdas : spaced(largest, lambdas.count, lambdas.ratio);
    const fits: PathFit[] = [];
    let last = start;
    let before = Number.POSITIVE_INFINITY;
    const bends = new Bends();
    for (const lambda of start.separation ? [] : at) {
      const next = search.at(timesPenalty(unit, lambda), last, false, bends.ahead(before - lambda));
      bends.add(before - lambda, last.peak, next.peak);
      [last, before] = [next, lambda];
      const deviances = { deviance: devianceAt(last), nullDeviance: nullAt(thetaOf(last)) };
      fits.push({ ...fitAt(search, last), ...deviances, lambda });
      if (!(lambdas instanceof Float64Array) && isOver(fits)) break;
    }
    const { aliased, coordinates, matrix } = search;
    return { fits, largest, aliased, coordinates, passes: matrix.passes + 1 };
  });
}

/** What Newton's first step from one lambda to the next misses, foreseen from what the steps before have missed: second and third order. */
class Bends {
  /** The last steps between the same coefficients that are not 0: their lengths, and what they missed over the length squared. */
  private seen: { readonly length: number; readonly rate: Float64Array }[] = [];

  add(length: number, from: NetPeak, to: NetPeak): void {
    const same = from.beta.every((b, j) => Math.sign(b) === Math.sign(to.beta[j]!));
    this.seen =
      same && Number.isFinite(length) ? [...this.seen.slice(-2), { length, rate: to.missed.map((m) => m / (length * length)) }] : [];
  }

  ahead(length: number): Float64Array | undefined {
    const [last, one, two] = [...this.seen].reverse();
    if (!last || !(length > 0)) return undefined;
    return last.rate.map((rate, j) => {
      if (!one) return rate * length * length;
      const [to, back] = [(last.length + length) / 2, (last.length + one.length) / 2];
      const slope = (rate - one.rate[j]!) / back;
      if (!two) return (rate + slope * to) * length * length;
      const further = (one.length + two.length) / 2;
      const bent = (slope - (one.rate[j]! - two.rate[j]!) / further) / (back + further);
      return (rate + slope * to + bent * to * (to + back)) * length * length;
    });
  }
}

function isOver(fits: readonly PathFit[]): boolean {
  if (fits.length < FEWEST) return false;
  const [before, now] = fits.slice(-2).map(({ deviance, nullDeviance: all }) => 1 - deviance / all) as [number, number];
  return now - before < GROWTH * now || now > NEARLY_ALL;
}

/** The least lambda at which every penalised coefficient is 0, from the scores where they are. */
function largestLambda({ model, coordinates }: PenalizedSearch, { peak }: PenalizedPeak): number {
  const { ridge, lasso } = model.penalty!.weights;
  const { alpha, factors } = model.penalty!.stated;
  const { scales } = coordinates;
  return peak.evaluation.score.reduce((most, s, j) => {
    // sqrt(f ridge) is f times the column's size where there is no lasso.
    const weight = scales[j]! * (alpha > 0 ? lasso[j]! : RIDGE_ALPHA * Math.sqrt(factors[j]! * ridge[j]!));
    return weight > 0 ? Math.max(most, Math.abs(s) / weight) : most;
  }, 0);
}

function spaced(largest: number, count: number, ratio: number): Float64Array {
  if (!(largest > 0)) return Float64Array.of(0);
  return Float64Array.from({ length: count }, (_, k) => (k === 0 ? largest : largest * exp((log(ratio) * k) / (count - 1))));
}

/** The deviance at a peak: twice the value and a constant; where theta is estimated, from the rows. */
function devianceOf({ model, matrix }: PenalizedSearch, { peak, theta }: PenalizedPeak): (at: PenalizedPeak) => number {
  const joint = model.family.joint && model.theta === undefined;
  const byRows = (at: PenalizedPeak) => rowDeviances(matrix, unitDeviance(model, at.theta), at.peak.beta);
  if (joint) return byRows;
  const constant = rowDeviances(matrix, unitDeviance(model, theta), peak.beta) + 2 * peak.evaluation.value;
  return (at) => Math.max(0, constant - 2 * at.peak.evaluation.value);
}

function rowDeviances(matrix: DesignMatrix, deviance: (y: number, eta: number) => number, beta: Float64Array): number {
  const total = new Accumulator();
  matrix.predict(beta, (first, eta) => {
    const { y, weights } = tileOf(matrix, first, eta.length);
    for (let i = 0; i < eta.length; i++) total.add((weights ? weights[i]! : 1) * deviance(y[i]!, eta[i]!));
  });
  return total.sum;
}

const SEPARATED: Conclusion = {
  status: "nonexistent",
  reason: "Along columns that are not penalised the likelihood increases for ever: it has a supremum and no maximum.",
};

function nullOf(model: GlmModel, data: RegressionData): (theta: number) => number {
  if (model.family.joint && model.theta === undefined) return (theta) => nullDeviance(model, data, theta);
  const constant = nullDeviance(model, data, model.theta ?? Number.NaN);
  return () => constant;
}

function thetaOf({ theta, poissonLimit }: PenalizedPeak): number {
  return poissonLimit ? Number.POSITIVE_INFINITY : theta;
}

function fitAt({ coordinates, aliased, model }: PenalizedSearch, at: PenalizedPeak): Omit<PathFit, "lambda" | "deviance" | "nullDeviance"> {
  const { peak, penalty, separation, poissonLimit } = at;
  const { beta, evaluation, decrement, iterations, evaluations, end } = peak;
  const ended = endingOf(peak, model, !isSmooth(penalty));
  const conclusion = separation ? SEPARATED : poissonLimit && ended.status === "interior" ? POISSON_LIMIT : ended;
  return {
    ...conclusion,
    beta: coordinates.natural(beta),
    gamma: beta,
    theta: thetaOf(at),
    nonzero: beta.reduce((count, b, j) => count + (b !== 0 && j !== coordinates.intercept ? 1 : 0), 0),
    degrees: degreesOf(peak, { weights: penalty }),
    violation: violation(penalty, beta, evaluation.score, aliased),
    decrement,
    iterations,
    evaluations,
    stop: end,
  };
}
