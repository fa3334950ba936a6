import type { Status } from "../estimators/result.ts";
import { criteria } from "../inference/criteria.ts";

/** Parameters above which their matrices are not written out. */
const WIDEST = 3000;

/** What the numbers of an estimated model are made of. */
export interface Estimation {
  /** The function that fits it, or the kind of a classifier: "glm", "survreg", "lda". */
  readonly model: string;
  readonly parameters: readonly string[];
  readonly estimates: readonly number[];
  readonly standardErrors: readonly number[];
  /** Number of free parameters, or effective ones. */
  readonly free: number;
  readonly logLik: number;
  readonly nobs: number;
  readonly omitted: number;
  readonly status: Status;
  readonly reason: string;
}

/** A model of rows at the maximum of its likelihood. Vectors and matrices are in the order of `parameters`. */
export abstract class EstimatedModel {
  readonly model: string;
  readonly parameters: readonly string[];
  /** NaN for aliased coefficients, combinations of those before them. */
  readonly estimates: Readonly<Record<string, number>>;
  /** From the observed information of the whole likelihood; 0 for what was given, NaN for what has no interior maximum, or is aliased. */
  readonly standardErrors: Readonly<Record<string, number>>;
  readonly logLik: number;
  readonly aic: number;
  readonly aicc: number;
  readonly bic: number;
  /** Rows whose weight is not 0; of classifiers and ordered levels the sum of the weights. */
  readonly nobs: number;
  /** Rows that a formula left out because a value is missing. */
  readonly omitted: number;
  readonly status: Status;
  readonly reason: string;

  constructor({ model, parameters, estimates, standardErrors, free, logLik, nobs, omitted, status, reason }: Estimation) {
    this.model = model;
    this.parameters = parameters;
    this.estimates = this.byParameter(estimates);
    this.standardErrors = this.byParameter(standardErrors);
    this.logLik = logLik;
    const { aic, aicc, bic } = criteria(logLik, free, nobs);
    this.aic = aic;
    this.aicc = aicc;
    this.bic = bic;
    this.nobs = nobs;
    this.omitted = omitted;
    this.status = status;
    this.reason = reason;
  }

  /** Covariances of the estimates. @throws RangeError for more than 3000 parameters. */
  abstract get vcov(): readonly (readonly number[])[];

  protected byParameter<T>(values: readonly T[]): Record<string, T> {
    return Object.fromEntries(this.parameters.map((name, i) => [name, values[i]!]));
  }

  /** Whether the matrix of the parameters is written out. */
  protected get isNarrow(): boolean {
    return this.parameters.length <= WIDEST;
  }

  /** The number of parameters. @throws RangeError for more than their matrix is written out for. */
  protected get width(): number {
    const { length } = this.parameters;
    if (!this.isNarrow) throw new RangeError(`The covariances of ${length} parameters are not written out; at most ${WIDEST} are.`);
    return length;
  }

  /** The numbers without what takes a pass over the rows. */
  toJSON(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this));
  }
}
