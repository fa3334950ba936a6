import { describe, numbers } from "../data/observations.ts";
import { columnsOf } from "../formula/dense.ts";
import type { Design, Response } from "../formula/design.ts";
import type { Data } from "../formula/frame.ts";
import { factorOfLogical, factorOfNumbers, factorOfText, withoutUnused } from "../formula/levels.ts";
import { modelFrame } from "../formula/modelFrame.ts";
import { type Predictor, predictors } from "../formula/predictors.ts";
import type { Factor } from "../formula/value.ts";
import { designOf } from "../regression/designGiven.ts";
import { newRows } from "../regression/newRows.ts";
import { checkWeights } from "../wasm/placement.ts";
import type { ClassifierOptions, ColumnsGiven, NewRowsGiven } from "./options.ts";

/** Columns of rows as a model reads them. */
export interface ReadRows {
  readonly columns: readonly Predictor[];
  readonly rows: number;
  /** Answers at the places of the rows given, NaN for rows that could not be read. */
  placed(answers: Float64Array): Float64Array;
}

/** A classifier's rows, checked: every value finite, or a level. */
export interface LabelledRows {
  readonly classes: readonly string[];
  /** Each row's class; -1 for rows of weight 0. */
  readonly codes: Int32Array;
  readonly weights: Float64Array | undefined;
  readonly columns: readonly Predictor[];
  /** How many rows of a formula's data lack a value and were left out. */
  readonly omitted: number;
  /** The caller's number of a row, for messages. */
  rowOf(row: number): number;
  /** Each row's class at the places of the rows given: -1 where a row was left out or has weight 0. */
  placedCodes(): Int32Array;
  /** Likewise the weights. */
  placedWeights(): Float64Array | undefined;
  /** New rows; by default those given. */
  read(newData?: NewRowsGiven): ReadRows;
}

/**
 * Reads a classifier's rows.
 *
 * @param apart - Whether factors stay what they are; else they become columns of zeros and ones, as in R's model.matrix.
 * @throws SyntaxError, TypeError or RangeError naming the place, the value and what is needed.
 */
export function labelledRows(options: ClassifierOptions, apart: boolean): LabelledRows {
  const { kept, count, columns, labels, weights, omitted, read } =
    options.formula === undefined ? fromColumns(options) : fromFormula(options, apart);
  checkWeights(weights);
  const present = weights?.includes(0) ? { ...labels, codes: labels.codes.map((code, i) => (weights[i] === 0 ? -1 : code)) } : labels;
  const { codes, levels: classes } = withoutUnused(present);
  if (classes.length < 2) throw new RangeError(`All rows have the class ${describe(classes[0])}; two classes at least are needed.`);
  return {
    classes,
    codes,
    weights,
    columns,
    omitted,
    rowOf: (row) => kept?.[row] ?? row,
    placedCodes: () => placedAt(kept, codes, new Int32Array(kept ? count : 0).fill(-1)),
    placedWeights: () => weights && placedAt(kept, weights, new Float64Array(kept ? count : 0)),
    read,
  };
}

type Source = Pick<LabelledRows, "columns" | "weights" | "omitted" | "read"> & {
  readonly kept: Int32Array | undefined;
  /** Rows given. */
  readonly count: number;
  readonly labels: Factor;
};

function fromFormula(options: Extract<ClassifierOptions, { formula: string }>, apart: boolean): Source {
  const { formula, data, levels, na, weights } = options;
  const asked = { ...(levels && { levels }), ...(na && { na }), ...(weights && { beside: { weights } }) };
  if (apart) {
    const { predictors: columns, response, kept, omitted, beside, again } = predictors(formula, data, asked);
    const labels = labelsIn(response, formula);
    const read = (newData: NewRowsGiven = data): ReadRows => whole(again(newData as Data));
    return { columns, labels, kept, omitted, count: labels.codes.length + omitted, weights: beside.weights, read };
  }
  const { designs, response, kept, omitted, beside, recipe } = modelFrame(formula, data, asked);
  if (designs.length !== 1) throw new RangeError(`formula: ${JSON.stringify(formula)} has ${designs.length} parts; one is needed.`);
  if (!response) throw new RangeError(`formula: ${JSON.stringify(formula)} has no response; "y ~ x" has one.`);
  const [design] = designs as [Design];
  if (design.offset) throw new RangeError(`formula: ${JSON.stringify(formula)} has an offset, which is no part of a class's distribution.`);
  const read = (newData: NewRowsGiven = data): ReadRows => {
    const { designs: found, placed } = newRows(newData as Data, { names: [design.names], recipe, hasOffset: false }, undefined);
    return { columns: withoutIntercept(found[0]!), rows: found[0]!.rows, placed };
  };
  const columns = withoutIntercept(design);
  if (columns.length === 0) throw new RangeError(`formula: ${JSON.stringify(formula)} has no variable after the ~; one is needed.`);
  return { columns, labels: labelsIn(response, formula), kept, omitted, count: design.rows + omitted, weights: beside.weights, read };
}

/** A class needs no intercept: its means are one. */
function withoutIntercept(design: Design): Predictor[] {
  const columns = columnsOf(design);
  return design.names.flatMap((label, j): Predictor[] => (design.assign[j] === 0 ? [] : [{ kind: "numbers", label, values: columns[j]! }]));
}

function labelsIn(response: Response, formula: string): Factor {
  if (response.kind === "levels") return { kind: "factor", codes: response.codes, levels: response.levels };
  if (response.kind === "numbers") return factorOfNumbers(response.values);
  throw new RangeError(`formula: ${JSON.stringify(formula)} has a response of two columns; one of labels is needed.`);
}

function fromColumns(options: Extract<ClassifierOptions, { formula?: undefined }>): Source {
  const columns = namedColumns(options.design, "design");
  const rows = rowsOf(columns[0]!);
  if (rows === 0) throw new RangeError("The design has no rows; at least one is needed.");
  const labels = factorOf(options.y, "y");
  if (labels.codes.length !== rows) {
    throw new RangeError(`y has ${labels.codes.length} entries and the design has ${rows} rows; one per row is needed.`);
  }
  const given = options.weights === undefined || options.weights === null ? undefined : numbers(options.weights, "weights");
  if (given && given.length !== rows) {
    throw new RangeError(`weights has ${given.length} entries and the design has ${rows} rows; one per row is needed.`);
  }
  const weights = given && Float64Array.from(given);
  columns.forEach((column, j) => {
    const missing = firstUnknown(column, (row) => weights?.[row] !== 0);
    if (missing === undefined) return;
    const found = column.kind === "numbers" ? String(column.values[missing]) : "missing";
    throw new RangeError(
      `design.columns[${j}][${missing}] is ${found}; ${column.kind === "numbers" ? "finite values are" : "a label is"} needed.`,
    );
  });
  const unlabelled = labels.codes.findIndex((code, row) => code < 0 && weights?.[row] !== 0);
  if (unlabelled >= 0) throw new RangeError(`y[${unlabelled}] is ${describe(options.y[unlabelled])}; a label is needed.`);
  const names = columns.map(({ label }) => label);
  const read = (newData?: NewRowsGiven): ReadRows => whole(newData === undefined ? columns : columnsNamed(newData, names));
  return { columns, labels, kept: undefined, omitted: 0, count: rows, weights, read };
}

/** Values of the rows kept at the places of the rows given. */
function placedAt<T extends Int32Array | Float64Array>(kept: Int32Array | undefined, values: T, all: T): T {
  if (!kept) return values;
  for (let i = 0; i < kept.length; i++) all[kept[i]!] = values[i]!;
  return all;
}

function whole(columns: readonly Predictor[]): ReadRows {
  return { columns, rows: rowsOf(columns[0]!), placed: (answers) => answers };
}

function rowsOf(column: Predictor): number {
  return column.kind === "numbers" ? column.values.length : column.codes.length;
}

function firstUnknown(column: Predictor, counts: (row: number) => boolean): number | undefined {
  const { length } = column.kind === "numbers" ? column.values : column.codes;
  for (let row = 0; row < length; row++) {
    // x - x is 0 but for what is not finite.
    const known = column.kind === "numbers" ? column.values[row]! - column.values[row]! === 0 : column.codes[row]! >= 0;
    if (!known && counts(row)) return row;
  }
  return undefined;
}

/** Columns with their names, or a design. */
function namedColumns(given: unknown, role: string): Predictor[] {
  if (typeof given !== "object" || given === null) throw new TypeError(`${role} is ${describe(given)}; { names, columns } is needed.`);
  if ("blocks" in given) {
    const design = designOf(given);
    return columnsOf(design).map((values, j) => ({ kind: "numbers", label: design.names[j]!, values }));
  }
  const { names, columns } = given as ColumnsGiven;
  if (!Array.isArray(names) || !Array.isArray(columns) || names.length !== columns.length || names.length === 0) {
    const counts = `${names?.length ?? 0} names and ${columns?.length ?? 0} columns`;
    throw new RangeError(`${role} has ${counts}; a name and an array for each column are needed.`);
  }
  if (new Set(names).size < names.length) {
    throw new RangeError(`${role}.names is ${JSON.stringify(names)}; a different name for each column is needed.`);
  }
  const read = columns.map((column, j) => predictorOf(column, names[j]!, `${role}.columns[${j}]`));
  const rows = rowsOf(read[0]!);
  read.forEach((column, j) => {
    if (rowsOf(column) === rows) return;
    throw new RangeError(`${role}.columns[${j}] has ${rowsOf(column)} rows and ${role}.columns[0] has ${rows}; as many are needed.`);
  });
  return read;
}

/** New rows in the fit's order of columns. */
function columnsNamed(given: unknown, names: readonly string[]): Predictor[] {
  if (typeof given !== "object" || given === null) throw new TypeError(`newData is ${describe(given)}; columns are needed.`);
  const record = "columns" in given && "names" in given ? undefined : (given as Readonly<Record<string, unknown>>);
  const missing = record && names.find((name) => !(name in record));
  if (missing !== undefined)
    throw new RangeError(`newData has no column ${JSON.stringify(missing)}; the fit has ${JSON.stringify(names)}.`);
  const columns = namedColumns(record ? { names, columns: names.map((name) => record[name]) } : given, "newData");
  return names.map((name) => {
    const found = columns.find(({ label }) => label === name);
    if (found) return found;
    throw new RangeError(`newData has no column ${JSON.stringify(name)}; the fit has ${JSON.stringify(names)}.`);
  });
}

function predictorOf(given: unknown, label: string, place: string): Predictor {
  const first = Array.isArray(given) ? given.find((value) => value !== null && value !== undefined) : undefined;
  if (typeof first === "string" || typeof first === "boolean") return { ...factorOf(given, place), label };
  const empty = Array.isArray(given) && given.length > 0 && first === undefined;
  const values = empty ? given.map(() => Number.NaN) : numbers(given, place);
  return { kind: "numbers", label, values: values instanceof Float64Array ? values : Float64Array.from(values) };
}

/** Labels as a factor: text by its letters' codes, numbers by size. */
function factorOf(given: unknown, place: string): Factor {
  const first: unknown = Array.isArray(given) ? given.find((value) => value !== null && value !== undefined) : undefined;
  const kind = typeof first;
  if (kind !== "string" && kind !== "boolean") return factorOfNumbers(Float64Array.from(numbers(given, place)));
  const values = given as readonly unknown[];
  const wrong = values.findIndex((value) => typeof value !== kind && value !== null && value !== undefined);
  if (wrong >= 0) throw new TypeError(`${place}[${wrong}] is ${describe(values[wrong])}; a ${kind}, as in the rows before, is needed.`);
  if (kind === "string") return factorOfText(values as readonly string[]);
  return factorOfLogical(Float64Array.from(values, (value) => (value === null || value === undefined ? Number.NaN : Number(value))));
}
