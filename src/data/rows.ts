import { describe, type Numbers, numbers } from "./observations.ts";

/** Rows as the caller has them: one array row by row, or an array of columns. */
export type Rows = ArrayLike<number> | readonly ArrayLike<number>[];

/** How many columns a row-major array has, or what the columns are called. */
export type ColumnsOption = number | readonly string[];

/** Rows and weights as given, checked for their kind and shape; contents are checked once they lie in the engine's memory. */
export interface Table {
  readonly rows: number;
  /** The columns' names; their numbers, from 1 on, where they have none. */
  readonly names: readonly string[];
  /** As columns, or undefined where the rows lie one after the other. */
  readonly columns: readonly Numbers[] | undefined;
  /** All values row by row, where not as columns. */
  readonly values: Numbers | undefined;
  readonly weights: Numbers | undefined;
}

/**
 * Checks what was passed as rows.
 *
 * @throws TypeError for what is not numbers, RangeError for a shape that is none.
 */
export function table(given: unknown, columns: unknown, weights: unknown): Table {
  const asColumns = Array.isArray(given) && given.length > 0 && typeof given[0] !== "number" && isList(given[0]);
  const named = namesOf(columns);
  const shape = asColumns ? fromColumns(given, named) : fromValues(given, named);
  if (new Set(shape.names).size < shape.names.length) {
    throw new RangeError(`columns is ${JSON.stringify(shape.names)}; a different name for each column is needed.`);
  }
  if (weights === undefined || weights === null) return { ...shape, weights: undefined };
  const counts = numbers(weights, "weights");
  if (counts.length !== shape.rows) {
    throw new RangeError(`weights has ${counts.length} entries and there are ${shape.rows} rows; one weight per row is needed.`);
  }
  return { ...shape, weights: counts };
}

/** Value of a row in a column. */
export function valueAt({ columns, values, names }: Table, row: number, column: number): number {
  return columns ? columns[column]![row]! : values![row * names.length + column]!;
}

/** A place for messages; rows are counted from 0, as arrays are. */
export function place({ names }: Table, row: number, column: number): string {
  return `row ${row}, column ${JSON.stringify(names[column])}`;
}

/** The first row that counts (its weight is not 0) which fails, or -1. */
export function firstRow({ rows, weights }: Table, fails: (row: number) => boolean): number {
  for (let row = 0; row < rows; row++) if (weights?.[row] !== 0 && fails(row)) return row;
  return -1;
}

function fromColumns(given: readonly unknown[], named: number | readonly string[] | undefined): Omit<Table, "weights"> {
  const d = given.length;
  const wanted = typeof named === "number" ? named : named?.length;
  if (wanted !== undefined && wanted !== d) {
    throw new RangeError(`There are ${d} columns and columns names ${wanted}; as many names as columns are needed.`);
  }
  const names = typeof named === "object" ? named : numbered(d);
  const columns = given.map((column, i) => numbers(column, `column ${JSON.stringify(names[i])}`));
  const rows = columns[0]!.length;
  columns.forEach((column, i) => {
    if (column.length === rows) return;
    throw new RangeError(
      `column ${JSON.stringify(names[i])} has ${column.length} rows and column ${JSON.stringify(names[0])} has ${rows}; columns of one length are needed.`,
    );
  });
  if (rows === 0) throw new RangeError("The columns are empty; at least one row is needed.");
  return { rows, names, columns, values: undefined };
}

function fromValues(given: unknown, named: number | readonly string[] | undefined): Omit<Table, "weights"> {
  const values = numbers(given, "rows");
  if (values.length === 0) throw new RangeError("rows is empty; at least one row is needed.");
  if (named === undefined) {
    throw new RangeError("columns is missing; rows one after the other need { columns: d } or the columns' names.");
  }
  const names = typeof named === "number" ? numbered(named) : named;
  const d = names.length;
  if (values.length % d !== 0) {
    throw new RangeError(`rows has ${values.length} values, which is no multiple of ${d} columns; whole rows are needed.`);
  }
  return { rows: values.length / d, names, columns: undefined, values };
}

function namesOf(columns: unknown): number | readonly string[] | undefined {
  if (columns === undefined) return undefined;
  if (Array.isArray(columns)) {
    const wrong = columns.findIndex((name) => typeof name !== "string");
    if (wrong >= 0) throw new TypeError(`columns[${wrong}] is ${describe(columns[wrong])}; a name is needed.`);
    if (columns.length === 0) throw new RangeError("columns is empty; at least one column is needed.");
    return columns;
  }
  if (typeof columns === "number" && Number.isInteger(columns) && columns >= 1) return columns;
  throw new RangeError(`columns is ${describe(columns)}; a whole number >= 1 or an array of names is needed.`);
}

function numbered(d: number): string[] {
  return Array.from({ length: d }, (_, i) => String(i + 1));
}

function isList(value: unknown): boolean {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}
