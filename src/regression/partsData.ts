import { numbers } from "../data/observations.ts";
import type { OptionNames } from "../estimators/optionNames.ts";
import type { Design, Response } from "../formula/design.ts";
import type { Data, Levels } from "../formula/frame.ts";
import type { NaPolicy } from "../formula/missing.ts";
import { modelFrame, type Recipe } from "../formula/modelFrame.ts";
import type { SeenColumn } from "../formula/seenColumns.ts";
import { checkWeights } from "../wasm/placement.ts";
import { type DesignColumns, designOf } from "./designGiven.ts";
import { pick, refuseStrata, takenDesign } from "./regressionData.ts";

/** What regressions of several linear predictors take, whatever else they do. */
export interface PartsOptions {
  readonly formula?: string | undefined;
  readonly data?: Data | undefined;
  readonly levels?: Levels | undefined;
  readonly na?: NaPolicy | undefined;
  readonly weights?: ArrayLike<number> | undefined;
  /** Added to the first linear predictor, one number per row. */
  readonly offset?: ArrayLike<number> | undefined;
}

/** Their names. */
export const PARTS_OPTIONS = {
  formula: true,
  data: true,
  levels: true,
  na: true,
  weights: true,
  offset: true,
} as const satisfies OptionNames<PartsOptions>;

/** Rows of a regression of several designs. */
export interface PartsData {
  readonly rows: number;
  /** One for each part of the formula, or each design given. */
  readonly designs: readonly Design[];
  /** Of the formula. */
  readonly response: Response | undefined;
  /** What stands beside, one number per row, `weights` and `offset` among them where they are given. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  /** Rows of the caller's whose weight is not 0, or undefined where that is all of them. */
  readonly kept: Int32Array | undefined;
  readonly recipe: Recipe | undefined;
  /** The response as the formula writes it, and the data's columns in its terms. */
  readonly seen?: { readonly label: string; readonly columns: () => SeenColumn[] };
  /** Rows left out because a value is missing. */
  readonly omitted: number;
}

/**
 * Reads what was passed to a regression of several linear predictors.
 *
 * @param designs - Where there is no formula: the designs by the names of their options.
 * @param beside - Numbers, one per row, by the names of their options.
 * @param hasStrata - Whether strata() in the formula means something to the model.
 * @throws TypeError for what is not numbers, SyntaxError or RangeError for what does not fit, naming the place.
 */
export function partsData(
  { formula, data, levels, na, weights, offset }: PartsOptions,
  designs: Readonly<Record<string, DesignColumns | Design | undefined>>,
  beside: Readonly<Record<string, ArrayLike<number> | undefined>> = {},
  hasStrata = false,
): PartsData {
  const all = { ...beside, weights: weights ?? undefined, offset: offset ?? undefined };
  if (formula !== undefined) {
    const read = modelFrame(formula, data as Data, { ...(levels && { levels }), ...(na && { na }), beside: all });
    const { recipe, omitted, response, responseLabel: label = "y", columns } = read;
    if (!hasStrata) refuseStrata(formula, read.designs);
    const rows = read.designs[0]!.rows;
    if (rows === 0) throw new RangeError("No row is without a missing value; at least one is needed.");
    return checked({
      rows,
      designs: read.designs,
      response,
      columns: read.beside,
      kept: undefined,
      recipe,
      omitted,
      seen: { label, columns },
    });
  }
  const given = Object.entries(designs).flatMap(([name, design]) => (design === undefined ? [] : [{ name, design: designOf(design) }]));
  const first = given[0];
  if (!first) throw new TypeError(`Neither formula and data nor ${Object.keys(designs)[0]} are given; one of them is needed.`);
  const { rows } = first.design;
  if (rows === 0) throw new RangeError("The design has no rows; at least one is needed.");
  for (const { name, design } of given) {
    if (design.rows !== rows) throw new RangeError(`${name} has ${design.rows} rows and ${first.name} has ${rows}; as many are needed.`);
  }
  const columns = Object.entries(all).flatMap(([name, column]) => {
    if (column === undefined) return [];
    const values = numbers(column, name);
    if (values.length !== rows) {
      throw new RangeError(`${name} has ${values.length} entries and the design has ${rows} rows; one per row is needed.`);
    }
    return [[name, values instanceof Float64Array ? values : Float64Array.from(values)] as const];
  });
  const used = given.map(({ design }) => design);
  return checked({
    rows,
    designs: used,
    response: undefined,
    columns: Object.fromEntries(columns),
    kept: undefined,
    recipe: undefined,
    omitted: 0,
  });
}

function checked(data: PartsData): PartsData {
  const { weights, offset } = data.columns;
  checkWeights(weights);
  const bad = offset ? offset.findIndex((value, row) => value - value !== 0 && weights?.[row] !== 0) : -1;
  if (bad >= 0) throw new RangeError(`offset[${bad}] is ${offset![bad]}; finite values are needed.`);
  if (!weights?.includes(0)) return data;
  return { ...data, kept: Int32Array.from(weights.keys()).filter((row) => weights[row] !== 0) };
}

/** The data without the rows that do not count. */
export function countingRows(data: PartsData): PartsData {
  if (!data.kept) return data;
  if (data.kept.length === 0) throw new RangeError("All weights are 0; a positive one is needed.");
  return takenRows(data, data.kept);
}

/** Some rows of the data, by their places. */
export function takenRows(data: PartsData, rows: Int32Array): PartsData {
  const { designs, columns, response } = data;
  const taken = new Map<Float64Array | Int32Array, Float64Array | Int32Array>();
  return {
    ...data,
    rows: rows.length,
    designs: designs.map((design) => takenDesign(design, rows, taken)),
    columns: Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, pick(column, rows)])),
    response: response && takenResponse(response, rows),
    kept: undefined,
  };
}

function takenResponse(response: Response, rows: Int32Array): Response {
  if (response.kind === "counts") return { ...response, columns: response.columns.map((column) => pick(column, rows)) };
  const entries = Object.entries(response).map(([name, value]) => {
    return [name, value instanceof Float64Array || value instanceof Int32Array ? pick(value, rows) : value];
  });
  return Object.fromEntries(entries) as Response;
}
