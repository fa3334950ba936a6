import { columnsOf } from "./dense.ts";
import type { Data, Levels } from "./frame.ts";
import type { NaPolicy } from "./missing.ts";
import { modelFrame } from "./modelFrame.ts";

/** 2 GB. */
const MOST_VALUES = 2 ** 28;

/** A design matrix written out. */
export interface ModelMatrix {
  /** One per column, as R names coefficients. */
  readonly names: readonly string[];
  /** The columns, one number per row each. */
  readonly columns: readonly Float64Array[];
  /** For each column the number of its term: 0 is the intercept, k is `terms[k - 1]`. */
  readonly assign: readonly number[];
  readonly terms: readonly string[];
  readonly rows: number;
  /** Rows of the data that are in the matrix, ascending. */
  readonly kept: Int32Array;
  /** Rows left out because a value is missing. */
  readonly omitted: number;
}

export interface ModelMatrixOptions {
  /** Orders of levels by column, the first the base; else text sorts by its letters' codes (as in R's C locale), numbers by size. */
  readonly levels?: Levels;
  /** `"omit"` by default, as in R: rows in which a value is missing are left out and counted. */
  readonly na?: NaPolicy;
}

/**
 * The design matrix of a formula, as R's model.matrix makes it, with every dummy written out.
 * `modelMatrix("~ wt + factor(cyl)", { wt, cyl })`; what stands before the ~ only matters for rows in which it is missing.
 *
 * @param data - Columns of one length by name, or an Arrow table.
 * @throws SyntaxError or RangeError with the position in the formula, TypeError or RangeError naming column, row, value and need.
 */
export function modelMatrix(formula: string, data: Data, options: ModelMatrixOptions = {}): ModelMatrix {
  const { designs, kept, omitted } = modelFrame(formula, data, options);
  if (designs.length > 1) throw new RangeError(`formula: ${JSON.stringify(formula)} has ${designs.length} parts; one is needed.`);
  const [design] = designs as [(typeof designs)[number]];
  const { names, assign, terms, rows } = design;
  if (rows * names.length > MOST_VALUES) {
    throw new RangeError(`The matrix has ${rows} rows and ${names.length} columns; one of at most ${MOST_VALUES} values is needed.`);
  }
  return { names, columns: columnsOf(design), assign, terms, rows, kept: kept ?? Int32Array.from({ length: rows }, (_, i) => i), omitted };
}
