// What the command has to know of a regression. One file each in this folder; the catalogue is generated from them.

import type { CovarianceKind, Data, Levels, NaPolicy, RegressionResult } from "loglik";

/** A regression's data, read from a file. */
export interface Rows {
  readonly formula: string;
  readonly data: Data;
  readonly levels?: Levels;
  readonly na: NaPolicy;
  readonly weights?: Float64Array;
  readonly offset?: Float64Array;
}

/** A flag of a model's own, by the name of the library's option. */
export interface ModelOption {
  /** What stands after the flag: `<name>`. */
  readonly value: string;
  readonly says: string;
  /** What becomes of it: the text itself, a number, or the numbers of the column that the text names. */
  readonly kind: "text" | "number" | "column";
}

/** Flags by the names of the options that a regression takes. */
export type Flags<Options> = Readonly<Partial<Record<Options extends unknown ? keyof Options : never, ModelOption>>>;

/** The values of a model's own flags. */
export type Own = Readonly<Record<string, string | number | Float64Array>>;

export interface Model {
  /** In the list of models. */
  readonly about: string;
  readonly options: Readonly<Record<string, ModelOption>>;
  /** What of its result a document has beside `toJSON`. */
  readonly fields: readonly string[];
  /** Fits; the engine is imported here, so that --help need not wait for it. */
  fit(rows: Rows, own: Own): Promise<Regression>;
}

/** A regression's result; pictures are of those that say what they show. */
export type Regression = RegressionResult;

/** Which covariance the standard errors are from. */
export type Covariance = CovarianceKind;
