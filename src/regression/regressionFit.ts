import { describe } from "../data/observations.ts";
import { givenOptions, type OptionNames } from "../estimators/optionNames.ts";
import type { Status } from "../estimators/result.ts";
import type { Design } from "../formula/design.ts";
import type { Pictured } from "../pictures/regressionPlotData.ts";
import type { Coordinates } from "./coordinates.ts";
import { designColumns, throughLink, typicalOffset } from "./effects.ts";
import { type NewData, newRows } from "./newRows.ts";
import type { Outcome, RegressionCertificate } from "./outcome.ts";
import { moved, predictor, quadratics } from "./predictor.ts";
import type { RegressionData } from "./regressionData.ts";
import { RegressionResult } from "./regressionResult.ts";
import { type CovarianceKind, labelsOf, sandwichOf } from "./regressionSandwich.ts";

/** The family's own parameter beside the coefficients. */
export interface Beside {
  readonly name: string;
  readonly value: number;
  /** Its variance, and its covariances with the coefficients where there are any. */
  readonly variance: number;
  readonly covariances?: Float64Array;
  /** Its variance with the coefficients held, which R's packages report. */
  readonly alone?: number;
}

/** What a regression found, from which all else follows. */
export interface RegressionFindings {
  readonly model: "lm" | "glm";
  readonly family: string;
  readonly link: string;
  /** Rows whose weight is not 0. */
  readonly data: RegressionData;
  /** All rows, as given. */
  readonly given: RegressionData;
  readonly beta: Float64Array;
  readonly aliased: readonly boolean[];
  /** Effective degrees of freedom of the coefficients, where a penalty leaves fewer than there are. */
  readonly degrees?: number;
  readonly coordinates: Coordinates;
  /** The coefficients of the columns as they were moved; 0 for aliased ones. */
  readonly gamma: Float64Array;
  /** Element (i, j) of the inverse information at dispersion 1, for columns as they were moved: observed and expected. */
  readonly observed: (i: number, j: number) => number;
  readonly expected: (i: number, j: number) => number;
  /** a with a a' the covariance that a parameter estimated with the coefficients adds, for columns as given. */
  readonly added?: Float64Array;
  /** At its maximum. */
  readonly dispersion: number;
  readonly beside: Beside | undefined;
  readonly logLik: number;
  readonly status: Status;
  readonly reason: string;
  readonly passes: number;
  readonly certificate: RegressionCertificate;
}

/** What can be predicted, and what with it. */
export interface PredictOptions {
  /** `"link"`: the linear predictor; `"response"`, the default: the mean. */
  readonly type?: "link" | "response";
  /** Standard errors too. */
  readonly se?: boolean;
  /** Which covariance they are from; as the fit's `standardErrors` where not given, n - p for lm. */
  readonly covariance?: CovarianceKind;
  /** One number per row of the new data, where the fit has an offset. */
  readonly offset?: ArrayLike<number>;
}

const OPTIONS = { type: true, se: true, covariance: true, offset: true } as const satisfies OptionNames<PredictOptions>;

export interface Prediction {
  readonly fit: Float64Array;
  readonly se: Float64Array;
}

/** What linear and generalised linear models answer. Vectors and matrices are in the order of `parameters`. */
export abstract class RegressionFit extends RegressionResult {
  /** Rows' fits are with n - p degrees of freedom. */
  readonly dfResidual: number;
  protected readonly found!: RegressionFindings;
  #sandwich: { readonly kind: CovarianceKind; readonly of: (i: number, j: number) => number } | undefined;

  constructor(found: RegressionFindings) {
    super(outcomeOf(found));
    // What is behind the numbers is not printed with them.
    Object.defineProperty(this, "found", { value: found, enumerable: false });
    this.dfResidual = this.nobs - (found.degrees ?? found.data.design.names.length - this.aliased.length);
  }

  /** Var(y) over its variance function, as R reports it: 1 for binomial, poisson and negativeBinomial, else from Pearson residuals and n - p. */
  abstract get dispersion(): number;
  abstract get deviance(): number;
  abstract get nullDeviance(): number;
  /** Means of all rows, those of weight 0 included. */
  abstract get fitted(): Float64Array;
  abstract residuals(type: "quantile" | "deviance"): Float64Array;
  /** Rows' information at dispersion 1, and their scores dl/deta: what leverage and the sandwich are made of. */
  protected abstract rowWeights(): Float64Array;
  protected abstract rowScores(): Float64Array;
  protected abstract mean(eta: number): number;
  /** dmu/deta. */
  protected abstract slope(eta: number): number;

  /** Linear predictors of all rows. */
  protected linear(): Float64Array {
    const { given, gamma, coordinates } = this.found;
    return predictor(given.design, gamma, coordinates, given.offset);
  }

  /** Covariance of two parameters, by their places. */
  protected covarianceOf(kind: CovarianceKind): (i: number, j: number) => number {
    const { coordinates, observed, expected, dispersion, beside, added, data } = this.found;
    const p = data.design.names.length;
    const natural = (of: (i: number, j: number) => number, times: number) => {
      const all = coordinates.covariance(of);
      const unit = this.found.coordinates.response.scale ** 2;
      return (i: number, j: number) => times * unit * all(i, j);
    };
    const coefficients = () => {
      if (kind === "observed") {
        const of = natural(observed, dispersion);
        return added ? (i: number, j: number) => of(i, j) + added[i]! * added[j]! : of;
      }
      if (kind === "expected") return natural(expected, dispersion);
      if (kind === "classical") return natural(expected, this.dispersion);
      return natural(this.#sandwichOf(kind), 1);
    };
    const of = coefficients();
    return (i, j) => {
      if (i < p && j < p) return of(i, j);
      if (!beside) return Number.NaN;
      if (kind === "classical" && beside.alone !== undefined) return i === j ? beside.alone : 0;
      return i === j ? beside.variance : (beside.covariances?.[Math.min(i, j)] ?? 0);
    };
  }

  /** A sandwich takes passes over the rows, and a summary asks for it as its intervals do: the last one is kept. */
  #sandwichOf(kind: CovarianceKind): (i: number, j: number) => number {
    if (this.#sandwich?.kind !== kind) {
      const { aliased, given, data, coordinates, observed } = this.found;
      const leverage = kind === "HC2" || kind === "HC3" ? this.leverage(data.design) : undefined;
      const of = sandwichOf(ofKept(kind, given), data, coordinates, observed, this.rowScores(), leverage, aliased);
      this.#sandwich = { kind, of };
    }
    return this.#sandwich.of;
  }

  /** Leverage of each row: the diagonal of the hat matrix, of R's working weights. */
  hatvalues(): Float64Array {
    return this.onAllRows(this.leverage(this.found.data.design));
  }

  protected leverage(design: Design): Float64Array {
    const { coordinates, expected, aliased } = this.found;
    const weights = this.rowWeights();
    return quadratics(moved(design, coordinates), expected, (column) => aliased[column]!).map((h, i) => Math.min(1, h * weights[i]!));
  }

  /** A vector of the rows that count, with 0 at the others' places. */
  protected onAllRows(values: Float64Array, other = 0): Float64Array {
    const { kept } = this.found.given;
    if (!kept) return values;
    const all = new Float64Array(this.found.given.design.rows).fill(other);
    for (let i = 0; i < kept.length; i++) all[kept[i]!] = values[i]!;
    return all;
  }

  /**
   * Linear predictor or mean of new rows; of the fit's own where none are given. With `se`, standard errors too, by the delta method for
   * the mean.
   *
   * @throws RangeError for columns that the fit does not have, or lacks.
   */
  predict(newData: NewData | undefined, options: PredictOptions & { readonly se: true }): Prediction;
  predict(newData?: NewData, options?: PredictOptions & { readonly se?: false }): Float64Array;
  predict(newData?: NewData, options: PredictOptions = {}): Float64Array | Prediction {
    const { type = "response", se = false, covariance = this.defaultCovariance, offset } = givenOptions(options, OPTIONS);
    if (type !== "link" && type !== "response") throw new RangeError(`type is ${describe(type)}; "link" or "response" is needed.`);
    const { given, gamma, coordinates, aliased } = this.found;
    const reader = { names: [given.design.names], recipe: given.formula?.recipe, hasOffset: given.offset !== undefined };
    const rows = newData === undefined ? undefined : newRows(newData, reader, offset);
    const design = rows ? rows.designs[0]! : given.design;
    const eta = rows ? predictor(design, gamma, coordinates, rows.offsets[0]) : this.linear();
    const placed = (answers: Float64Array) => (rows ? rows.placed(answers) : answers);
    const fit = placed(type === "link" ? eta : eta.map((x) => this.mean(x)));
    if (!se) return fit;
    const of = this.covarianceOf(covariance);
    const interior = this.status === "interior";
    const squared = quadratics(design, of, (column) => aliased[column]!);
    const errors = squared.map((variance, i) => {
      if (!interior) return Number.NaN;
      return Math.sqrt(variance) * (type === "link" ? 1 : Math.abs(this.slope(eta[i]!)));
    });
    return { fit, se: placed(errors) };
  }

  /** @internal What pictures need beside the answers above. */
  pictured(): Pictured {
    const { given, data } = this.found;
    const { formula, offset, kept } = given;
    const beside = offset?.map((value, i) => value - (given.design.offset?.[i] ?? 0));
    const response = formula?.label ?? "y";
    return {
      response,
      // A quasi likelihood says nothing of probabilities.
      distribution: !Number.isNaN(this.logLik),
      columns: formula ? formula.columns() : designColumns(data.design),
      offset: typicalOffset(beside),
      kept,
      predictor: { link: this.link, values: () => this.predict(undefined, { type: "link" }) },
      residuals: { quantile: () => this.residuals("quantile"), deviance: () => this.residuals("deviance") },
      effect: { on: `mean of ${response}`, at: (rows, shift, reach) => throughLink(this, rows, shift, reach) },
    };
  }
}

function outcomeOf(found: RegressionFindings): Outcome {
  const { data, beta, aliased, beside, coordinates } = found;
  const times = Math.sqrt(found.dispersion) * coordinates.response.scale;
  const errorOf = (j: number) => {
    const alone = times * coordinates.error(j, found.observed);
    return found.added && alone > 0 ? alone * Math.sqrt(1 + (found.added[j]! / alone) ** 2) : alone;
  };
  return {
    ...found,
    formula: found.given.formula?.recipe.formula,
    names: data.design.names,
    coefficients: beta,
    error: (j) => (j < aliased.length ? errorOf(j) : Math.sqrt(beside!.variance)),
    own: beside ? [{ name: beside.name, value: beside.value, positive: true }] : [],
    nobs: data.design.rows,
    omitted: found.given.formula?.omitted ?? 0,
  };
}

/** Labels of the rows that count, from those of all rows: of the data, too, where a formula left some out. */
function ofKept(kind: CovarianceKind, { kept, design, formula }: RegressionData): CovarianceKind {
  if (typeof kind !== "object") return kind;
  const labels = labelsOf(kind);
  const read = formula?.rows && labels.length === design.rows + formula.omitted ? picked(labels, formula.rows) : labels;
  return { cluster: kept && read.length === design.rows ? picked(read, kept) : read };
}

function picked<T>(all: ArrayLike<T>, rows: Int32Array): T[] {
  return Array.from(rows, (row) => all[row]!);
}
