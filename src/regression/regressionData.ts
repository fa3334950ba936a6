import { numbers } from "../data/observations.ts";
import { finite, rowOutside } from "../data/range.ts";
import type { OptionNames } from "../estimators/optionNames.ts";
import type { Block, Design, Response } from "../formula/design.ts";
import type { Data, Levels } from "../formula/frame.ts";
import type { NaPolicy } from "../formula/missing.ts";
import { modelFrame, type Recipe } from "../formula/modelFrame.ts";
import type { SeenColumn } from "../formula/seenColumns.ts";
import { checkWeights } from "../wasm/placement.ts";
import { type DesignColumns, designOf } from "./designGiven.ts";

/** A regression's rows as a design matrix and a response. */
export interface DesignGiven {
  /** The design matrix: as columns, or with factors as codes (`Design`). */
  readonly design: DesignColumns | Design;
  /** The response, one number per row. */
  readonly y: ArrayLike<number>;
  readonly formula?: undefined;
}

/** A regression's rows as a formula over data. */
export interface FormulaGiven {
  /** In R's language: `"mpg ~ wt + factor(cyl)"`. */
  readonly formula: string;
  /** Columns of one length by name, or an Arrow table. */
  readonly data: Data;
  /** Orders of levels by column, the first the base. */
  readonly levels?: Levels;
  /** `"omit"` by default, as in R: rows in which a value is missing are left out and counted. */
  readonly na?: NaPolicy;
  readonly design?: undefined;
}

/** What every regression takes. */
export type RegressionOptions = (DesignGiven | FormulaGiven) & RowwiseOptions;

/** Names of the options that rows are given by. */
export const ROW_OPTIONS = { formula: true, data: true, levels: true, na: true, design: "formula", y: "formula", weights: true } as const;

/** Their names. */
export const REGRESSION_OPTIONS = { ...ROW_OPTIONS, offset: true } as const satisfies OptionNames<RegressionOptions>;

/** Numbers beside the rows. */
export interface RowwiseOptions {
  /** One per row; rows of weight 0 are absent. What a weight means, the regression says. */
  readonly weights?: ArrayLike<number>;
  /** Added to the linear predictor, one number per row. */
  readonly offset?: ArrayLike<number>;
}

/** What a formula says beside the design. */
export interface FormulaRead {
  readonly recipe: Recipe;
  /** Rows left out because a value is missing. */
  readonly omitted: number;
  /** The rows of the data that are not, ascending; undefined if all are. */
  readonly rows: Int32Array | undefined;
  readonly response: Response;
  /** The response as R writes it: `log(y)`. */
  readonly label: string;
  /** The error for the response's value in a row of the data, naming the cell. */
  refuse(row: number, value: number | string, need: string): RangeError;
  /** The data's columns in the terms. */
  readonly columns: () => SeenColumn[];
  /** Trials of the rows kept, where they were given. */
  readonly trials: Float64Array | undefined;
}

/** A regression's data, checked for their kind and shape. */
export interface RegressionData {
  readonly design: Design;
  readonly y: Float64Array;
  readonly weights: Float64Array | undefined;
  readonly offset: Float64Array | undefined;
  /** Rows of the caller's whose weight is not 0, or undefined where that is all of them. */
  readonly kept: Int32Array | undefined;
  /** Of a formula: how new rows are read, how many rows had missing values, and a response that is not one number a row. */
  readonly formula?: FormulaRead;
}

/**
 * Checks what was passed to a regression.
 *
 * @throws TypeError for what is not numbers, RangeError for shapes that do not fit, naming the place.
 */
export function regressionData(
  options: RegressionOptions,
  beside: Readonly<Record<string, ArrayLike<number> | undefined>> = {},
): RegressionData {
  if (options.formula !== undefined) {
    const { formula, read, beside: rows } = fromFormula(options, beside);
    return { ...dataOf({ ...read, ...rows }, formula.rows), formula };
  }
  if (options.design === undefined) {
    throw new TypeError("design and formula are undefined; formula and data, or design, { names, columns }, and y are needed.");
  }
  return dataOf(options);
}

/** Of a design; `from` are its rows' places in the data, if they are others. */
function dataOf(options: DesignGiven & RowwiseOptions, from?: Int32Array): RegressionData {
  const place = (row: number) => (from ? from[row]! : row);
  const design = designOf(options.design);
  if (design.rows === 0) throw new RangeError("The design has no rows; at least one is needed.");
  if (design.names.length === 0) throw new RangeError("The design has no columns; at least one is needed.");
  const perRow = (given: unknown, name: string) => {
    const values = numbers(given, name);
    if (values.length !== design.rows) {
      throw new RangeError(`${name} has ${values.length} entries and the design has ${design.rows} rows; one per row is needed.`);
    }
    return values instanceof Float64Array ? values : Float64Array.from(values);
  };
  const y = perRow(options.y, "y");
  const weights = options.weights === undefined || options.weights === null ? undefined : perRow(options.weights, "weights");
  checkWeights(weights, place);
  const given = options.offset === undefined || options.offset === null ? undefined : perRow(options.offset, "offset");
  const offset = given && design.offset ? given.map((value, i) => value + design.offset![i]!) : (given ?? design.offset);
  for (const [name, column] of [
    ["y", y],
    ["offset", offset],
  ] as const) {
    const row = column ? rowOutside(column, finite, weights) : -1;
    if (row >= 0) throw new RangeError(`${name}[${place(row)}] is ${column![row]}; finite values are needed.`);
  }
  const kept = weights?.includes(0) ? Int32Array.from(weights.keys()).filter((i) => weights[i] !== 0) : undefined;
  return { design, y, weights, offset, kept };
}

/** A formula's rows; whatever stands beside them loses the rows in which a value is missing, too. */
function fromFormula(options: FormulaGiven & RowwiseOptions, more: Readonly<Record<string, ArrayLike<number> | undefined>>) {
  const { formula, data, levels, na, weights, offset } = options;
  const beside = { ...(weights && { weights }), ...(offset && { offset }), ...more };
  const {
    designs,
    response,
    recipe,
    omitted,
    kept: rows,
    responseLabel: label = "y",
    refuseResponse: refuse,
    columns,
    beside: kept,
  } = modelFrame(formula, data, { ...(levels && { levels }), ...(na && { na }), beside });
  if (designs.length !== 1) throw new RangeError(`formula: ${JSON.stringify(formula)} has ${designs.length} parts; one is needed.`);
  if (!response) throw new RangeError(`formula: ${JSON.stringify(formula)} has no response; "y ~ x" has one.`);
  if (response.kind === "survival")
    throw new RangeError(`formula: ${JSON.stringify(formula)} has times as its response; numbers are needed.`);
  refuseStrata(formula, designs);
  if (response.kind === "counts" && response.columns.length !== 2) {
    const { length } = response.columns;
    throw new RangeError(`formula: ${JSON.stringify(formula)} binds ${length} columns; two are needed: cbind(successes, failures).`);
  }
  const y =
    response.kind === "numbers"
      ? response.values
      : response.kind === "counts"
        ? response.columns[0]!
        : Float64Array.from(response.codes, (code) => (code > 0 ? 1 : 0));
  const { trials, ...numbers } = kept;
  return {
    read: { design: designs[0]!, y },
    beside: numbers,
    formula: { recipe, omitted, rows, response, label, refuse, columns, trials },
  };
}

/** A row in a message: of a formula, its place in the data. */
export function placeOf({ formula }: RegressionData, row: number): number {
  return formula?.rows ? formula.rows[row]! : row;
}

/** The error for a row's response: its place and value, and what is needed. */
export function refusedResponse(data: RegressionData, row: number, value: number | string, need: string): RangeError {
  return data.formula ? data.formula.refuse(placeOf(data, row), value, need) : new RangeError(`y[${row}] is ${value}; ${need}.`);
}

/** @throws RangeError for a formula's response that is not one number a row; `need` says what is needed. */
export function needNumbers({ formula }: RegressionData, need: string): void {
  if (!formula || formula.response.kind === "numbers") return;
  const kind = formula.response.kind === "levels" ? "a factor" : "counts";
  throw new RangeError(`formula: ${JSON.stringify(formula.recipe.formula)} has ${kind}, ${formula.label}, as its response; ${need}.`);
}

/** @throws RangeError for strata() terms, where a model has none. */
export function refuseStrata(formula: string, designs: readonly Design[]): void {
  if (!designs.some(({ strata }) => strata)) return;
  throw new RangeError(
    `formula: ${JSON.stringify(formula)} has strata(), which this model does not; factor() makes columns of a variable.`,
  );
}

/** The rows of a design that are listed. */
export function pick<T extends Float64Array | Int32Array>(column: T, rows: Int32Array): T {
  const picked = column instanceof Int32Array ? new Int32Array(rows.length) : new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = column[rows[i]!]!;
  return picked as T;
}

/** Some rows of a design. An array that stands in several blocks, or in several designs of one `taken`, is picked once. */
export function takenDesign(
  design: Design,
  rows: Int32Array,
  taken = new Map<Float64Array | Int32Array, Float64Array | Int32Array>(),
): Design {
  const take = <T extends Float64Array | Int32Array>(column: T): T => {
    if (!taken.has(column)) taken.set(column, pick(column, rows));
    return taken.get(column) as T;
  };
  const blocks = design.blocks.map((block): Block => {
    if (block.kind === "intercept") return block;
    if (block.kind === "column") return { kind: "column", values: take(block.values) };
    return { ...block, codes: take(block.codes), ...(block.by && { by: take(block.by) }) };
  });
  const { offset, strata } = design;
  return {
    ...design,
    rows: rows.length,
    blocks,
    ...(offset && { offset: take(offset) }),
    ...(strata && { strata: { ...strata, codes: take(strata.codes) } }),
  };
}

/** The data of some of the rows. */
export function rowsOf({ design, y, weights, offset }: RegressionData, rows: Int32Array): RegressionData {
  return {
    design: takenDesign(design, rows),
    y: pick(y, rows),
    weights: weights && pick(weights, rows),
    offset: offset && pick(offset, rows),
    kept: undefined,
  };
}
