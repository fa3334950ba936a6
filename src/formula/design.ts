// The design matrix of a regression as its columns are stored, not as they are written down: a factor stays a code per row.

/** A design matrix: the blocks side by side, left to right, are its columns. */
export interface Design {
  readonly rows: number;
  /** One per column, as R names coefficients. */
  readonly names: readonly string[];
  readonly blocks: readonly Block[];
  /** The sum of the offset() terms, one number per row. */
  readonly offset?: Float64Array;
  /** The stratum of each row, by the strata() terms. */
  readonly strata?: Strata;
  /** For each column the number of its term: 0 is the intercept, k is `terms[k - 1]`. */
  readonly assign: readonly number[];
  /** The terms as R labels them, in R's order, without the intercept. */
  readonly terms: readonly string[];
}

/** Which stratum each row is of: `levels[codes[i]]`. */
export interface Strata {
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

/** One or more neighbouring columns. */
export type Block =
  | { readonly kind: "intercept" }
  /** One column. */
  | { readonly kind: "column"; readonly values: Float64Array }
  /** `count` columns, of which row i has a 1 (or `by[i]`) in column `codes[i]`; where that is -1 (the base level), zeros. */
  | { readonly kind: "levels"; readonly codes: Int32Array; readonly count: number; readonly by?: Float64Array };

/** What is modelled, the left side of a formula. */
export type Response =
  | { readonly kind: "numbers"; readonly values: Float64Array }
  /** A factor: `codes[i]` is the index of row i's level; levels that no row has are apart. */
  | { readonly kind: "levels"; readonly codes: Int32Array; readonly levels: readonly string[]; readonly empty?: readonly string[] }
  /** cbind(successes, failures), or how often each of several levels occurred. */
  | { readonly kind: "counts"; readonly names: readonly string[]; readonly columns: readonly Float64Array[] }
  /**
   * Surv(…): row i's time lies in (lower[i], upper[i]], and is known where the two are equal. With `start`, of counting processes, the row
   * is under observation from then on only, and lower is the end of that.
   */
  | { readonly kind: "survival"; readonly lower: Float64Array; readonly upper: Float64Array; readonly start?: Float64Array };
