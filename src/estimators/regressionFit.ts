import { describe } from "../data/observations.ts";
import { criteria } from "../inference/criteria.ts";
import { checkInterval } from "../inference/wald.ts";
import { exp } from "../math/elementary.ts";
import { normalQuantile } from "../math/normal.ts";
import type { Coordinates } from "../regression/coordinates.ts";
import type { Design } from "../regression/design.ts";
import type { Data } from "../regression/frame.ts";
import type { Recipe } from "../regression/modelFrame.ts";
import { moved, predictor, quadratics } from "../regression/predictor.ts";
import { type DesignColumns, designOf, type RegressionData } from "./regressionData.ts";
import { type CovarianceKind, sandwichOf } from "./regressionSandwich.ts";
import { type CoefficientRow, coefficientRows, digits, tableText } from "./regressionTable.ts";
import type { Status } from "./result.ts";

/** Proof of what a regression found. */
export interface RegressionCertificate {
  /** Largest absolute score in the coefficients of the columns as they were scaled, at dispersion 1. */
  readonly scoreNorm: number;
  /** Newton decrement: the distance to the maximum in standard errors. */
  readonly decrement: number;
  /** Smallest part of a column's own product, weighted, that the columns before it left: near 0, coefficients are hardly told apart. */
  readonly smallest: number;
  readonly iterations: number;
  readonly evaluations: number;
  readonly subsampleEvaluations: number;
  readonly stop: string;
}

/** The family's own parameter beside the coefficients. */
export interface Beside {
  readonly name: string;
  readonly value: number;
  /** Its variance, and its covariances with the coefficients where there are any. */
  readonly variance: number;
  readonly covariances?: Float64Array;
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

/**
 * New rows: of a fit by a formula, data as the formula reads it; otherwise a design, its columns in order, or columns by the coefficients'
 * names (an intercept need not be given).
 */
export type NewData = Design | DesignColumns | Data | Readonly<Record<string, ArrayLike<number>>>;

export interface Prediction {
  readonly fit: Float64Array;
  readonly se: Float64Array;
}

/** Columns above which matrices of all coefficients are not written out. */
const WIDEST = 3000;

/** What all regressions answer. Vectors and matrices are in the order of `parameters`: the coefficients, then the family's own. */
export abstract class RegressionFit {
  readonly model: "lm" | "glm";
  readonly family: string;
  readonly link: string;
  readonly parameters: readonly string[];
  /** NaN for aliased coefficients, combinations of those before them. */
  readonly estimates: Readonly<Record<string, number>>;
  /** From the observed information of the whole likelihood; NaN where status is not "interior", and for aliased coefficients. */
  readonly standardErrors: Readonly<Record<string, number>>;
  /** The coefficients alone. */
  readonly coef: Readonly<Record<string, number>>;
  /** Names of the columns that are combinations of those before them. */
  readonly aliased: readonly string[];
  readonly logLik: number;
  readonly aic: number;
  readonly aicc: number;
  readonly bic: number;
  /** Rows whose weight is not 0. */
  readonly nobs: number;
  readonly dfResidual: number;
  /** Rows that a formula left out because a value is missing. */
  readonly omitted: number;
  readonly status: Status;
  readonly reason: string;
  readonly passes: number;
  readonly certificate: RegressionCertificate;
  protected readonly found!: RegressionFindings;

  constructor(found: RegressionFindings) {
    // What is behind the numbers is not printed with them.
    Object.defineProperty(this, "found", { value: found, enumerable: false });
    const { data, beta, aliased, beside, status } = found;
    const { names } = data.design;
    this.model = found.model;
    this.family = found.family;
    this.link = found.link;
    const own = beside && (names.includes(beside.name) ? `(${beside.name})` : beside.name);
    this.parameters = own ? [...names, own] : names;
    this.coef = Object.fromEntries(names.map((name, j) => [name, aliased[j] ? Number.NaN : beta[j]!]));
    this.estimates = own ? { ...this.coef, [own]: beside.value } : this.coef;
    const interior = status === "interior";
    const times = Math.sqrt(found.dispersion) * found.coordinates.response.scale;
    const errorOf = (j: number) => {
      if (j === names.length) return Math.sqrt(beside!.variance);
      const alone = times * found.coordinates.error(j, found.observed);
      return found.added && alone > 0 ? alone * Math.sqrt(1 + (found.added[j]! / alone) ** 2) : alone;
    };
    const errors = this.parameters.map((name, j) => [name, interior && !aliased[j] ? errorOf(j) : Number.NaN]);
    this.standardErrors = Object.fromEntries(errors);
    this.aliased = names.filter((_, j) => aliased[j]);
    this.logLik = found.logLik;
    const rank = names.length - this.aliased.length;
    this.nobs = data.design.rows;
    this.dfResidual = this.nobs - rank;
    this.omitted = found.given.formula?.omitted ?? 0;
    const { aic, aicc, bic } = criteria(found.logLik, rank + (beside ? 1 : 0), this.nobs);
    this.aic = aic;
    this.aicc = aicc;
    this.bic = bic;
    this.status = status;
    this.reason = found.reason;
    this.passes = found.passes;
    this.certificate = found.certificate;
  }

  /** Var(y) over its variance function, as R reports it: 1 for binomial, poisson and negativeBinomial, else from Pearson residuals and n - p. */
  abstract get dispersion(): number;
  abstract get deviance(): number;
  abstract get nullDeviance(): number;
  /** Means of all rows, those of weight 0 included. */
  abstract get fitted(): Float64Array;
  /** Rows' information at dispersion 1, and their scores dl/deta: what leverage and the sandwich are made of. */
  protected abstract rowWeights(): Float64Array;
  protected abstract rowScores(): Float64Array;
  protected abstract mean(eta: number): number;
  /** dmu/deta. */
  protected abstract slope(eta: number): number;
  protected abstract readonly defaultCovariance: CovarianceKind;
  /** Whether the dispersion is estimated, so that coefficients are compared with Student's t. */
  protected abstract get testsByT(): boolean;
  /** Lines of the summary between coefficients and log-likelihood. */
  protected abstract fitLines(): string[];

  /**
   * The coefficients with their standard errors and the tests that each is 0: against Student's t with n - p degrees of freedom where the
   * dispersion is estimated, else against the normal. Errors are the fit's `standardErrors`, lm's with n - p; or of another kind.
   */
  coefficients(kind: CovarianceKind = this.defaultCovariance): CoefficientRow[] {
    const { data, aliased, status } = this.found;
    const { names } = data.design;
    const of = this.covarianceOf(kind);
    const error = (j: number) => (status === "interior" && !aliased[j] ? Math.sqrt(of(j, j)) : Number.NaN);
    const errors = kind === "observed" ? names.map((name) => this.standardErrors[name]!) : names.map((_, j) => error(j));
    const estimates = names.map((name) => this.coef[name]!);
    return coefficientRows(names, estimates, errors, this.testsByT ? this.dfResidual : Number.POSITIVE_INFINITY);
  }

  /** What R's summary prints. */
  summary(): string {
    const own = this.parameters.slice(this.found.data.design.names.length);
    const beside = own.map((name) => `${name} ${digits(this.estimates[name]!)} (SE ${digits(this.standardErrors[name]!)})`);
    const lines = [
      `${this.model}: ${this.family}, ${this.link} link; ${this.nobs} rows${this.omitted > 0 ? `, ${this.omitted} left out with missing values` : ""}`,
      "",
      tableText(this.coefficients(), this.testsByT ? "t" : "z"),
      "",
      ...this.fitLines(),
      ...(beside.length > 0 ? [beside.join(", ")] : []),
      `log-likelihood ${digits(this.logLik, 8)}, AIC ${digits(this.aic, 8)}, BIC ${digits(this.bic, 8)}`,
      `${this.status}: ${this.reason}`,
    ];
    return lines.join("\n");
  }

  /** Covariances of `parameters`, from the observed information. @throws RangeError for more than 3000 columns; `covariance(i, j)` has each. */
  get vcov(): readonly (readonly number[])[] {
    return this.vcovOf("observed");
  }

  /**
   * Covariances of `parameters` by kind: `"observed"` and `"expected"` information at the likelihood's maximum, `"classical"` as R's summary
   * has it (expected information times the dispersion with n - p), the sandwiches `"HC0"` to `"HC3"` (MacKinnon & White 1985), or
   * `{ cluster }`, one label per row (Liang & Zeger 1986, with G/(G - 1)). The kinds differ for the coefficients only.
   */
  vcovOf(kind: CovarianceKind): number[][] {
    const width = this.parameters.length;
    if (width > WIDEST) throw new RangeError(`The covariances of ${width} parameters are not written out; at most ${WIDEST} are.`);
    const of = this.covarianceOf(kind);
    const { aliased, status } = this.found;
    const entry = (i: number, j: number) => (status === "interior" && !aliased[i] && !aliased[j] ? of(i, j) : Number.NaN);
    return this.parameters.map((_, i) => this.parameters.map((__, j) => entry(i, j)));
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
      const leverage = kind === "HC2" || kind === "HC3" ? this.leverage(data.design) : undefined;
      const { aliased, given } = this.found;
      return natural(sandwichOf(ofKept(kind, given), data, coordinates, observed, this.rowScores(), leverage, aliased), 1);
    };
    const of = coefficients();
    return (i, j) => {
      if (i < p && j < p) return of(i, j);
      if (!beside) return Number.NaN;
      return i === j ? beside.variance : (beside.covariances?.[Math.min(i, j)] ?? 0);
    };
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
    const { type = "response", se = false, covariance = this.defaultCovariance } = options;
    if (type !== "link" && type !== "response") throw new RangeError(`type is ${describe(type)}; "link" or "response" is needed.`);
    const { given, gamma, coordinates, aliased } = this.found;
    if (newData !== undefined && given.formula && !isDesign(newData))
      return this.#predictData(newData as Data, given.formula.recipe, options);
    const design = newData === undefined ? given.design : newDesign(newData, given.design.names);
    const offset = newData === undefined ? given.offset : offsetOf(options.offset, design, given.offset !== undefined);
    const eta = predictor(design, gamma, coordinates, offset);
    const fit = type === "link" ? eta : eta.map((x) => this.mean(x));
    if (!se) return fit;
    const of = this.covarianceOf(covariance);
    const interior = this.status === "interior";
    const squared = quadratics(design, of, (column) => aliased[column]!);
    const errors = squared.map((variance, i) => {
      if (!interior) return Number.NaN;
      return Math.sqrt(variance) * (type === "link" ? 1 : Math.abs(this.slope(eta[i]!)));
    });
    return { fit, se: errors };
  }

  /** New rows by the fit's formula; NaN where a value is missing. */
  #predictData(newData: Data, recipe: Recipe, options: PredictOptions): Float64Array | Prediction {
    const asked = options.offset ? { beside: { offset: options.offset } } : {};
    const { designs, kept, omitted, beside } = recipe.designs(newData, asked);
    const { rows } = designs[0]!;
    const found = this.predict(designs[0]!, { ...options, ...(beside.offset && { offset: beside.offset }) } as PredictOptions & {
      se: true;
    });
    const all = (values: Float64Array) => {
      if (!kept) return values;
      const placed = new Float64Array(rows + omitted).fill(Number.NaN);
      for (let i = 0; i < rows; i++) placed[kept[i]!] = values[i]!;
      return placed;
    };
    return found instanceof Float64Array ? all(found) : { fit: all(found.fit), se: all(found.se) };
  }

  /** Wald intervals of all parameters; a parameter of the family's own on its logarithm. */
  confint({ level = 0.95, method = "wald" }: { readonly level?: number; readonly method?: "wald" } = {}): Record<string, [number, number]> {
    checkInterval(level, method);
    const p = this.found.data.design.names.length;
    const reach = normalQuantile((1 + level) / 2);
    return Object.fromEntries(
      this.parameters.map((name, j): [string, [number, number]] => {
        const [value, error] = [this.estimates[name]!, this.standardErrors[name]!];
        if (j < p) return [name, [value - reach * error, value + reach * error]];
        const factor = exp((reach * error) / value);
        return [name, [value / factor, value * factor]];
      }),
    );
  }

  /** The numbers without what takes a pass over the rows. */
  toJSON(): Record<string, unknown> {
    const { model, family, link, parameters, estimates, standardErrors, aliased, logLik, aic, aicc, bic, nobs, dfResidual } = this;
    const { status, reason, passes, certificate } = this;
    const numbers = { model, family, link, parameters, estimates, standardErrors, aliased, logLik, aic, aicc, bic, nobs, dfResidual };
    return { ...numbers, status, reason, passes, certificate };
  }
}

/** Labels of the rows that count. */
function ofKept(kind: CovarianceKind, { kept, design }: RegressionData): CovarianceKind {
  if (!kept || typeof kind !== "object" || kind.cluster.length !== design.rows) return kind;
  return { cluster: Array.from(kept, (row) => kind.cluster[row]!) };
}

function isDesign(given: object): given is Design | DesignColumns {
  return "blocks" in given || ("columns" in given && "names" in given);
}

function newDesign(given: NewData, names: readonly string[]): Design {
  if (typeof given !== "object" || given === null) throw new TypeError(`newData is ${describe(given)}; columns are needed.`);
  const design = isDesign(given) ? designOf(given) : fromRecord(given as Readonly<Record<string, ArrayLike<number>>>, names);
  const wrong = names.findIndex((name, j) => design.names[j] !== name);
  if (wrong >= 0 || design.names.length !== names.length) {
    throw new RangeError(`newData has the columns ${JSON.stringify(design.names)}; the fit has ${JSON.stringify(names)}.`);
  }
  return design;
}

const INTERCEPT = "(Intercept)";

function fromRecord(given: Readonly<Record<string, ArrayLike<number>>>, names: readonly string[]): Design {
  const missing = names.find((name) => !(name in given) && name !== INTERCEPT);
  if (missing !== undefined)
    throw new RangeError(`newData has no column ${JSON.stringify(missing)}; the fit has ${JSON.stringify(names)}.`);
  const rows = given[names.find((name) => name in given)!]?.length ?? 1;
  const columns = names.map((name) => given[name] ?? new Float64Array(rows).fill(1));
  return designOf({ names, columns });
}

function offsetOf(given: ArrayLike<number> | undefined, { offset, rows }: Design, needed: boolean): Float64Array | undefined {
  if (given && given.length !== rows) {
    throw new RangeError(`offset has ${given.length} entries and newData has ${rows} rows; one per row is needed.`);
  }
  if (!given && !offset) {
    if (needed) throw new RangeError("The fit has an offset; newData needs one too, as options.offset.");
    return undefined;
  }
  return Float64Array.from({ length: rows }, (_, i) => (given ? given[i]! : 0) + (offset ? offset[i]! : 0));
}
