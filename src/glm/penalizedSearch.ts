import { families, type GlmFamily } from "../laws/families.ts";
import { exp, log } from "../math/elementary.ts";
import type { Objective } from "../optimize/climb.ts";
import { type NetPeak, type NetStart, netClimb } from "../optimize/netClimb.ts";
import type { Evaluation } from "../optimize/newtonStep.ts";
import { type Factored, factor } from "../optimize/normalEquations.ts";
import { isSmooth, movedPenalty, type Penalty, timesProducts, violation, withRidge } from "../optimize/penalty.ts";
import type { Coordinates } from "../regression/coordinates.ts";
import { coordinatesOf, DELICATE } from "../regression/leastSquares.ts";
import type { RegressionData } from "../regression/regressionData.ts";
import type { DesignMatrix } from "../wasm/designMatrix.ts";
import { withDesign } from "../wasm/designPlacement.ts";
import { firthObjective } from "./firthObjective.ts";
import type { GlmModel } from "./glmModel.ts";
import { objectiveOf } from "./glmObjective.ts";
import type { Found } from "./glmSearch.ts";
import { findSeparation, type Separation } from "./glmSeparation.ts";
import { starting, startingTheta } from "./glmStart.ts";

/** Decrement at which a search ends, in standard errors. */
const EXACT = 1e-10;

/** The same for the columns that are not penalised alone: the largest lambda is read off the scores there. */
const ROUNDING = 1e-14;

/** Columns beyond which no square matrix of them is worked with. */
const WIDEST = 3000;

/** theta beyond which the counts are a Poisson's. */
const ENDLESS = 1e9;

/** A maximum of the penalised log-likelihood, from which the search for the next may go on. */
export interface PenalizedPeak {
  readonly peak: NetPeak;
  readonly objective: Objective;
  readonly penalty: Penalty;
  readonly theta: number;
  readonly poissonLimit: boolean;
  readonly separation: Separation | undefined;
}

/** A model's rows in an engine's memory, and searches for the maximum at one penalty after the other. */
export class PenalizedSearch {
  readonly coordinates: Coordinates;
  /** Columns that are not penalised, and combinations of such before them. */
  readonly aliased: readonly boolean[];
  /** Coefficients to start from; 0 for penalised ones. */
  readonly start: Float64Array;
  /** How little of a column that is not penalised the ones before it leave. */
  readonly smallest: number;
  readonly #penalised: readonly boolean[];

  /** @param quadratic - Whether a gaussian's rows are looked at once, and their products ever after. */
  constructor(
    readonly model: GlmModel,
    readonly matrix: DesignMatrix,
    data: RegressionData,
    without: readonly boolean[] | undefined,
    readonly quadratic: boolean,
  ) {
    const { penalty } = model;
    this.coordinates = coordinatesOf(matrix, data.design);
    this.#penalised = data.design.names.map((_, j) => penalty !== undefined && penalty.weights.ridge[j]! + penalty.weights.lasso[j]! > 0);
    const out = this.#penalised.map((is, j) => is || without?.[j] === true);
    const { gamma, smallest, aliased } = starting(model, matrix, out);
    this.aliased = without ?? aliased.map((is, j) => is && !this.#penalised[j]);
    this.smallest = this.#penalised.includes(true) ? 1 : smallest;
    this.start = gamma;
  }

  /** The model's penalty, of the coefficients of the columns as they were moved. */
  get penalty(): Penalty {
    const none = () => new Float64Array(this.matrix.width);
    const { penalty } = this.model;
    return penalty ? movedPenalty(penalty.weights, this.coordinates.scales) : { ridge: none(), lasso: none() };
  }

  /** The maximum at a penalty; on from another's where one is given. `frozen`: penalised columns are left out; `bend`: what the first step is to miss. */
  at(penalty: Penalty, from?: PenalizedPeak, frozen = false, bend?: Float64Array): PenalizedPeak {
    const { family, theta: known } = this.model;
    const joint = family.joint && known === undefined;
    const without = frozen ? this.aliased.map((is, j) => is || this.#penalised[j]!) : this.aliased;
    const tolerance = frozen ? ROUNDING : EXACT;
    const climb = (own: GlmFamily, theta: number | undefined, start: NetStart, on?: PenalizedPeak) =>
      this.#climb(own, theta, penalty, start, without, tolerance, on);
    if (!joint) {
      const start = from ? { ...from.peak, bend } : { beta: this.start, own: 0 };
      return { ...climb(family, known, start, from), theta: known ?? Number.NaN, poissonLimit: false };
    }
    if (from && !from.poissonLimit) {
      const found = climb(family, undefined, { ...from.peak, bend });
      const theta = exp(found.peak.own);
      if (theta < ENDLESS && !found.separation && (found.peak.end === "decrement" || found.peak.end === "step")) {
        return { ...found, theta, poissonLimit: false };
      }
    }
    const first = climb(families.poisson, undefined, { beta: from?.peak.beta ?? this.start, own: 0 });
    const begin = startingTheta(this.model.link, this.matrix, first.peak.beta);
    if (first.separation || begin === Number.POSITIVE_INFINITY) return { ...first, theta: begin, poissonLimit: !first.separation };
    const found = climb(family, undefined, { beta: first.peak.beta, own: log(begin) });
    return { ...found, theta: exp(found.peak.own), poissonLimit: false };
  }

  #climb(
    family: GlmFamily,
    theta: number | undefined,
    penalty: Penalty,
    start: NetStart,
    without: readonly boolean[],
    tolerance: number,
    from?: PenalizedPeak,
  ): Omit<PenalizedPeak, "theta" | "poissonLimit"> {
    const { link } = this.model;
    let separation: Separation | undefined;
    const fixed = without.map((is, j) => is || this.#penalised[j]!);
    const runaway = (beta: Float64Array, step: Float64Array) => {
      separation = findSeparation(family, link, this.matrix, step, fixed) ?? findSeparation(family, link, this.matrix, beta, fixed);
      return separation !== undefined;
    };
    const fresh = from ? from.objective : this.#objective(family, theta, start.beta, without);
    // From another maximum the observed information leads better.
    const objective = { ...fresh, without, fisher: fresh.fisher && !start.evaluation };
    const peak = netClimb(this.model.firth ? objective : { ...objective, runaway }, penalty, start, tolerance);
    return { peak, objective, penalty, separation };
  }

  #objective(family: GlmFamily, theta: number | undefined, at: Float64Array, without: readonly boolean[]): Objective {
    if (this.model.firth) return firthObjective(this.model, this.matrix, without);
    const objective = objectiveOf(family, this.model.link, theta, this.matrix, without);
    return this.quadratic && family.name === "gaussian" && this.model.link.name === "identity" ? quadraticFrom(objective, at) : objective;
  }
}

/** The same objective where it is quadratic: everything follows from one evaluation. */
function quadraticFrom(objective: Objective, at: Float64Array): Objective {
  const first = objective.evaluate(at, 0, true);
  const evaluate = (beta: Float64Array): Evaluation => {
    const step = beta.map((b, j) => b - at[j]!);
    const bent = timesProducts(first.products, step);
    const value = first.value + step.reduce((sum, d, j) => sum + d * (first.score[j]! - 0.5 * bent[j]!), 0);
    const score = first.score.map((s, j) => s - bent[j]!);
    return { value, score, products: first.products, dispersion: (first.dispersion * value) / first.value };
  };
  return { evaluate, canonical: true, fisher: false, without: objective.without };
}

/** Runs searches over a model's rows. */
export function withPenalizedSearch<T>(
  model: GlmModel,
  data: RegressionData,
  without: readonly boolean[] | undefined,
  quadratic: boolean,
  work: (search: PenalizedSearch) => T,
): Promise<T> {
  const { design, y, weights, offset } = data;
  const { width, penalty } = { width: design.names.length, penalty: model.penalty };
  if (penalty && width > WIDEST && !isSmooth(penalty.weights)) {
    throw new RangeError(`The design has ${width} columns; a lasso takes ${WIDEST} at most.`);
  }
  const vectors = { y, ...(weights && { weights }), ...(offset && { offset }) };
  return withDesign({ design, vectors, thinned: false }, (matrix) => work(new PenalizedSearch(model, matrix, data, without, quadratic)));
}

/** Looks for a penalised maximum; `without` are the aliased columns. Undefined where these are not known and the design is delicate. */
export function penalizedSearch(
  model: GlmModel,
  data: RegressionData,
  without: readonly boolean[] | undefined,
): Promise<Found | undefined> {
  return withPenalizedSearch(model, data, without, false, (search) => {
    if (!without && search.smallest < DELICATE) return undefined;
    return foundAt(search, search.at(search.penalty));
  });
}

/** What a search ended with, as any other model's. */
function foundAt({ coordinates, aliased, matrix }: PenalizedSearch, at: PenalizedPeak): Found {
  const { peak, penalty, objective, theta, separation, poissonLimit } = at;
  const left = aliased.map((is, j) => is || peak.zero[j]!);
  return {
    peak,
    coordinates,
    expected: objective.canonical ? peak.factored : expectedFactors(objective, at, left),
    theta,
    separation,
    poissonLimit,
    passes: matrix.passes + 1,
    subsampleEvaluations: 0,
    penalized: { weights: penalty, aliased, violation: violation(penalty, peak.beta, peak.evaluation.score, aliased) },
  };
}

function expectedFactors(objective: Objective, { peak, penalty }: PenalizedPeak, left: readonly boolean[]): Factored {
  const { products } = objective.evaluate(peak.beta, peak.own, true);
  return factor(withRidge(products, penalty.ridge), left) ?? peak.factored;
}
