// The caller's columns: arrays by name, or an Arrow table.

import { describe } from "../data/observations.ts";
import { factorOfText, levelText, recoded } from "./levels.ts";
import type { Factor, Value } from "./value.ts";

type NumberArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | BigInt64Array
  | BigUint64Array;

/** One column: numbers, text or truths; null, undefined and NaN are missing values. */
export type DataColumn = NumberArray | readonly (number | bigint | null | undefined)[] | readonly (string | boolean | null | undefined)[];

/** What of an Arrow table is needed. */
export interface ArrowTable {
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  getChild(name: string): ArrowColumn | null;
}

interface ArrowColumn extends Iterable<unknown> {
  readonly length: number;
  readonly nullCount: number;
  toArray(): ArrayLike<unknown>;
}

/** Columns of one length by name, or an Arrow table. */
export type Data = Readonly<Record<string, DataColumn>> | ArrowTable;

/** For columns that become factors: their levels in order, the first is the base. */
export type Levels = Readonly<Record<string, readonly (string | number | boolean)[]>>;

/** Data as columns of one length. */
export class Frame {
  readonly names: readonly string[];
  readonly rows: number;
  private readonly columns: ReadonlyMap<string, Held>;
  private readonly values = new Map<string, Value>();
  private readonly used = new Set<string>();
  private readonly levels: ReadonlyMap<string, readonly (string | number | boolean)[]>;

  /**
   * @param called - What the caller calls the data.
   * @throws TypeError for what is no column, RangeError for columns of different lengths or levels of no column.
   */
  constructor(
    data: unknown,
    levels: unknown = {},
    readonly called = "data",
  ) {
    if (typeof data !== "object" || data === null || isNoTable(data)) {
      throw new TypeError(`${called} is ${describe(data)}; an object of columns or an Arrow table is needed: { x: [1, 2], y: [3, 4] }.`);
    }
    this.columns = isArrow(data) ? arrowColumns(data, called) : plainColumns(data as Record<string, unknown>, called);
    this.names = [...this.columns.keys()];
    const [first] = this.names;
    this.rows = first === undefined ? 0 : this.columns.get(first)!.length;
    if (this.rows === 0) throw new RangeError(`${called} has no ${first === undefined ? "columns" : "rows"}; at least one is needed.`);
    for (const [name, { length }] of this.columns) {
      if (length === this.rows) continue;
      throw new RangeError(
        `${called}.${name} has ${length} rows and ${called}.${first} has ${this.rows}; columns of one length are needed.`,
      );
    }
    this.levels = levelsOf(levels, this.names);
  }

  has(name: string): boolean {
    return this.columns.has(name);
  }

  /** A column by its kind; text is a factor. Read once, whatever asks for it how often. */
  value(name: string): Value {
    let value = this.values.get(name);
    if (value === undefined) {
      value = readColumn(this.columns.get(name)!.read(), `${this.called}.${name}`);
      if (value.kind === "factor") value = this.ordered(value, name);
      this.values.set(name, value);
    }
    return value;
  }

  /**
   * The column's factor with its levels in the order asked for, if one was.
   *
   * @throws RangeError for a row whose level is not among them.
   */
  ordered(factor: Factor, name: string, whole = false): Factor {
    const given = this.levels.get(name);
    if (given === undefined) return factor;
    this.used.add(name);
    const levels = given.map((level) => levelText(level, whole));
    const known = new Set(levels);
    const unknown = factor.levels.findIndex((level) => !known.has(level));
    if (unknown < 0) return recoded(factor, levels);
    const row = factor.codes.indexOf(unknown);
    const text = JSON.stringify(factor.levels[unknown]);
    throw new RangeError(`data.${name}[${row}] is ${text}, which is none of levels.${name}: ${levels.map(describe).join(", ")}.`);
  }

  /** The first column whose levels were given and that was read, though never as a factor. */
  get unusedLevels(): string | undefined {
    return [...this.levels.keys()].find((name) => this.values.has(name) && !this.used.has(name));
  }

  /** Whether row i of a column is missing: without coding its text. */
  missing(name: string): (row: number) => boolean {
    const column = this.columns.get(name)!.read();
    return (row) => column[row] === null || column[row] === undefined || column[row] !== column[row];
  }

  /** A cell in an error message. */
  cell(name: string, row: number): string {
    return `${this.called}.${name}[${row}] is ${describe(this.columns.get(name)!.read()[row])}`;
  }
}

/** Arrays of rows among them, which are no columns. */
function isNoTable(data: object): boolean {
  return Array.isArray(data) || ArrayBuffer.isView(data) || data instanceof Map || data instanceof Set;
}

function isArrow(data: object): data is ArrowTable {
  return typeof (data as Partial<ArrowTable>).getChild === "function";
}

/** A column that is read when the formula asks for it: text in an Arrow table is not an array before. */
interface Held {
  readonly length: number;
  read(): ArrayLike<unknown>;
}

function plainColumns(data: Readonly<Record<string, unknown>>, called: string): Map<string, Held> {
  return new Map(
    Object.entries(data).map(([name, column]) => {
      const isColumn = Array.isArray(column) || (ArrayBuffer.isView(column) && !(column instanceof DataView));
      if (!isColumn) throw new TypeError(`${called}.${name} is ${describe(column)}; an array of numbers, strings or booleans is needed.`);
      const values = column as ArrayLike<unknown>;
      return [name, { length: values.length, read: () => values }];
    }),
  );
}

function arrowColumns(table: ArrowTable, called: string): Map<string, Held> {
  const fields = table.schema?.fields;
  if (!Array.isArray(fields)) throw new TypeError(`${called} has getChild() but no schema.fields; an Arrow table is needed.`);
  return new Map(
    fields.map(({ name }) => {
      const column = table.getChild(name);
      if (!column) throw new TypeError(`${called}.getChild("${name}") is ${describe(column)}; a column is needed.`);
      let values: ArrayLike<unknown> | undefined;
      const read = () => {
        // Where values are null the array of a numeric column holds whatever lies there.
        values ??= column.nullCount > 0 ? Array.from(column) : column.toArray();
        return values;
      };
      return [name, { length: column.length, read }];
    }),
  );
}

function levelsOf(given: unknown, names: readonly string[]): Map<string, readonly (string | number | boolean)[]> {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new TypeError(`levels is ${describe(given)}; an object of arrays by column is needed: { dose: ["low", "high"] }.`);
  }
  return new Map(
    Object.entries(given).map(([name, levels]: [string, unknown]) => {
      if (!names.includes(name)) throw new RangeError(`levels.${name}: data has no such column; it has ${names.join(", ")}.`);
      if (!Array.isArray(levels) || levels.length === 0) {
        throw new TypeError(`levels.${name} is ${describe(levels)}; an array of levels is needed.`);
      }
      const wrong = levels.findIndex((level) => typeof level !== "string" && typeof level !== "number" && typeof level !== "boolean");
      if (wrong >= 0) throw new TypeError(`levels.${name}[${wrong}] is ${describe(levels[wrong])}; a level is needed.`);
      const seen = new Set<string>();
      for (const [k, level] of levels.entries()) {
        if (seen.has(String(level))) throw new RangeError(`levels.${name}[${k}] is ${describe(level)} again; different levels are needed.`);
        seen.add(String(level));
      }
      return [name, levels];
    }),
  );
}

function readColumn(column: ArrayLike<unknown>, name: string): Value {
  if (column instanceof Float64Array) return { kind: "numbers", values: column };
  if (column instanceof Float32Array) return { kind: "numbers", values: Float64Array.from(column) };
  if (!Array.isArray(column)) {
    const isBig = column instanceof BigInt64Array || column instanceof BigUint64Array;
    const values = isBig ? fromBigints(column as ArrayLike<bigint>, name) : new Float64Array(column as ArrayLike<number>);
    return { kind: "numbers", values, whole: true };
  }
  const first = column.find((value) => value !== null && value !== undefined);
  const kind = typeof first;
  const wanted = kind === "undefined" ? "number" : kind;
  if (wanted !== "number" && wanted !== "string" && wanted !== "boolean" && wanted !== "bigint") {
    const row = column.indexOf(first);
    throw new TypeError(`${name}[${row}] is ${describe(first)}; a number, a string, a boolean or null is needed.`);
  }
  for (let i = 0; i < column.length; i++) {
    const value: unknown = column[i];
    const found = typeof value;
    if (found === wanted || value === null || value === undefined) continue;
    throw new TypeError(`${name}[${i}] is ${describe(value)}; a ${wanted}, as in the rows before, or null is needed.`);
  }
  if (wanted === "string") return factorOfText(column as string[]);
  if (wanted === "bigint") return { kind: "numbers", values: fromBigints(column as bigint[], name), whole: true };
  const values = new Float64Array(column.length);
  for (let i = 0; i < values.length; i++) {
    const value = column[i] as number | boolean | null | undefined;
    values[i] = value === null || value === undefined ? Number.NaN : Number(value);
  }
  return { kind: wanted === "number" ? "numbers" : "logical", values };
}

function fromBigints(column: ArrayLike<bigint | null | undefined>, name: string): Float64Array {
  const values = new Float64Array(column.length);
  for (let i = 0; i < values.length; i++) {
    const value = column[i];
    values[i] = value === null || value === undefined ? Number.NaN : Number(value);
    if (Math.abs(values[i]!) > Number.MAX_SAFE_INTEGER) {
      throw new RangeError(`${name}[${i}] is ${value}; a number within ±(2^53 - 1) is needed.`);
    }
  }
  return values;
}
