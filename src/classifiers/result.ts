import { describe } from "../data/observations.ts";
import { givenOptions } from "../estimators/optionNames.ts";
import type { Status } from "../estimators/result.ts";
import { criteria } from "../inference/criteria.ts";
import { checkInterval } from "../inference/wald.ts";
import { exp } from "../math/elementary.ts";
import type { ClassLabels, GenerativeModel, NewRowsGiven } from "./options.ts";
import type { Part } from "./parts.ts";
import { logPosteriors, mostProbable, type Scoring } from "./posterior.ts";
import type { LabelledRows } from "./rows.ts";

/** What a classifier's numbers are made of. */
export interface Learned {
  readonly model: GenerativeModel;
  readonly rows: LabelledRows;
  readonly columns: readonly string[];
  readonly prior: readonly number[];
  /** Sum of the weights of each class. */
  readonly counts: readonly number[];
  /** The parameters, part by part: their order in every vector and matrix. */
  readonly parts: readonly Part[];
  /** Number of free parameters. */
  readonly free: number;
  readonly logLik: number;
  readonly status: Status;
  readonly reason: string;
  /** Undefined where there is no maximum. */
  readonly scoring: Scoring | undefined;
}

/** Rows by actual and predicted class. */
export interface Confusion {
  readonly classes: readonly string[];
  /** `counts[i][j]`: how many rows of class i are taken for class j; of the fit's own rows, their weights. */
  readonly counts: readonly (readonly number[])[];
  /** Share of the rows with an answer that is right. */
  readonly accuracy: number;
  /** Rows that no class is given for: a value is missing, or no class has such a row. */
  readonly unclassified: number;
}

/** Parameters above which their matrix is not written out. */
const WIDEST = 3000;

/** A generative classifier at the maximum of its joint likelihood, the product over the rows of p(class) p(row | class). */
export class GenerativeFit {
  readonly model: GenerativeModel;
  readonly classes: readonly string[];
  readonly columns: readonly string[];
  /** Probabilities of the classes. */
  readonly prior: Readonly<Record<string, number>>;
  /** Rows of each class; the sum of their weights. */
  readonly counts: Readonly<Record<string, number>>;
  readonly parameters: readonly string[];
  readonly estimates: Readonly<Record<string, number>>;
  /** From the observed information; 0 for what was given. NaN for the parameters of a factor of the likelihood that has no interior maximum. */
  readonly standardErrors: Readonly<Record<string, number>>;
  /** Sum over the rows of log p(class) + log p(row | class). */
  readonly logLik: number;
  readonly aic: number;
  readonly aicc: number;
  readonly bic: number;
  readonly nobs: number;
  /** Rows that a formula left out because a value is missing. */
  readonly omitted: number;
  /** The worst of the likelihood's factors. */
  readonly status: Status;
  readonly reason: string;
  readonly #learned: Learned;

  constructor(learned: Learned) {
    const { model, rows, columns, counts, parts, free, logLik, status, reason } = learned;
    this.#learned = learned;
    this.model = model;
    this.classes = rows.classes;
    this.columns = columns;
    this.prior = this.byClass(learned.prior);
    this.counts = this.byClass(counts);
    this.parameters = parts.flatMap(({ names }) => names);
    this.estimates = this.#byParameter(parts.flatMap(({ estimates }) => estimates));
    this.standardErrors = this.#byParameter(parts.flatMap(({ standardErrors }) => standardErrors));
    this.logLik = logLik;
    this.nobs = counts.reduce((sum, count) => sum + count, 0);
    const { aic, aicc, bic } = criteria(logLik, free, this.nobs);
    this.aic = aic;
    this.aicc = aicc;
    this.bic = bic;
    this.omitted = rows.omitted;
    this.status = status;
    this.reason = reason;
  }

  /** Covariance of the estimates, in the order of `parameters`: factors of the likelihood are independent. */
  get vcov(): number[][] {
    const width = this.parameters.length;
    if (width > WIDEST) throw new RangeError(`The covariances of ${width} parameters are not written out; at most ${WIDEST} are.`);
    const matrix = this.parameters.map(() => new Array<number>(width).fill(0));
    let first = 0;
    for (const { names, covariance } of this.#learned.parts) {
      for (let i = 0; i < names.length; i++) for (let j = 0; j < names.length; j++) matrix[first + i]![first + j] = covariance(i, j);
      first += names.length;
    }
    return matrix;
  }

  /** Wald intervals on the parameters' unconstrained scales, mapped back. */
  confint(options: { readonly level?: number } = {}): Record<string, [number, number]> {
    const { level = 0.95 } = givenOptions(options, { level: true });
    checkInterval(level, "wald");
    return this.#byParameter(this.#learned.parts.flatMap((part) => part.intervals(level)));
  }

  /**
   * log p(class | row), by class an array over the rows: exact where the probability underflows, and next to 0 where it rounds to 1. NaN where
   * a value is missing that the model needs, or where no class has such a row.
   *
   * @param newData - Data as the formula reads them, or columns by their names; by default the rows of the fit as they were given.
   * @throws RangeError or TypeError for columns that the fit does not have, or lacks, or a level that its rows did not have.
   */
  logPosterior(newData?: NewRowsGiven): Record<string, Float64Array> {
    return this.byClass(this.#logPosteriors(newData));
  }

  /** p(class | row), by class an array over the rows; as `logPosterior`. */
  posterior(newData?: NewRowsGiven): Record<string, Float64Array> {
    return this.byClass(this.#logPosteriors(newData).map((logs) => logs.map(exp)));
  }

  /** The most probable class of each row, the first of several; null where there is none. */
  predict(newData?: NewRowsGiven): (string | null)[] {
    return Array.from(mostProbable(this.#logPosteriors(newData)), (k) => this.classes[k] ?? null);
  }

  /** Rows by their actual and their predicted class: those of the fit, or new ones with their labels. */
  confusion(newData?: NewRowsGiven, labels?: ClassLabels): Confusion {
    if (newData !== undefined && labels === undefined) throw new TypeError("labels is missing; the classes of newData are needed.");
    const { rows } = this.#learned;
    const predicted = mostProbable(this.#logPosteriors(newData));
    const actual = newData === undefined ? rows.placedCodes() : this.#codes(labels!, predicted.length);
    const weights = newData === undefined ? rows.placedWeights() : undefined;
    const counts = this.classes.map(() => this.classes.map(() => 0));
    let unclassified = 0;
    for (let row = 0; row < predicted.length; row++) {
      if (actual[row]! < 0) continue;
      const weight = weights ? weights[row]! : 1;
      if (predicted[row]! < 0) unclassified += weight;
      else counts[actual[row]!]![predicted[row]!]! += weight;
    }
    const all = counts.flat().reduce((sum, count) => sum + count, 0);
    return { classes: this.classes, counts, accuracy: counts.reduce((sum, row, k) => sum + row[k]!, 0) / all, unclassified };
  }

  /** The numbers without the methods. */
  toJSON(): Record<string, unknown> {
    return { ...Object.fromEntries(Object.entries(this)), ...(this.parameters.length <= WIDEST && { vcov: this.vcov }) };
  }

  protected byClass<T>(values: readonly T[]): Record<string, T> {
    return Object.fromEntries(this.classes.map((name, k) => [name, values[k]!]));
  }

  #byParameter<T>(values: readonly T[]): Record<string, T> {
    return Object.fromEntries(this.parameters.map((name, i) => [name, values[i]!]));
  }

  #logPosteriors(newData: NewRowsGiven | undefined): Float64Array[] {
    const { rows, scoring } = this.#learned;
    const { columns, rows: count, placed } = rows.read(newData);
    if (!scoring) return this.classes.map(() => placed(new Float64Array(count).fill(Number.NaN)));
    return logPosteriors(scoring, columns, count, this.classes.length).map(placed);
  }

  /** @throws RangeError for a label that is no class. */
  #codes(labels: ClassLabels, rows: number): Int32Array {
    if (labels.length !== rows)
      throw new RangeError(`labels has ${labels.length} entries and newData has ${rows} rows; one per row is needed.`);
    const places = new Map(this.classes.map((name, k) => [name, k]));
    return Int32Array.from({ length: rows }, (_, row) => {
      const place = places.get(labelText(labels[row]!));
      if (place !== undefined) return place;
      throw new RangeError(`labels[${row}] is ${describe(labels[row])}, which is none of the classes ${this.classes.join(", ")}.`);
    });
  }
}

function labelText(label: string | number | boolean): string {
  return typeof label === "boolean" ? (label ? "TRUE" : "FALSE") : String(label);
}
