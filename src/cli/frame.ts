// A file's columns as a formula reads them: numbers as they are, text and truths as values that become factors.

import type { DuckDBConnection, DuckDBDataChunk } from "@duckdb/node-api";
import { complaint } from "./cell.ts";
import { doubles, nothing, type Pick, scan } from "./scan.ts";
import { Sink, type Unfit } from "./sink.ts";
import type { Source } from "./source.ts";

/** As what a column is read. */
export type Kind = "numbers" | "text" | "truths";

export interface Wanted {
  readonly column: number;
  readonly kind: Kind;
}

export type Values = Float64Array | (string | null)[] | (boolean | null)[];

export interface FileFrame {
  /** One for each column wanted, in that order; missing values are NaN and null. */
  readonly values: readonly Values[];
  readonly rows: number;
  /** The place in the file of a value, by the column's place in the file. */
  locate(column: number, row: number): Promise<string>;
}

export interface FrameChoice {
  /** What is to become of missing values: left to the model, which leaves their rows out, or refused. */
  readonly na: "omit" | "fail";
  readonly where?: string | undefined;
}

/** Reads columns; an infinite number is refused. */
export async function readFrame(
  connection: DuckDBConnection,
  source: Source,
  wanted: readonly Wanted[],
  { na, where }: FrameChoice,
): Promise<FileFrame> {
  const picks = wanted.map(({ column, kind }): Pick => ({ column, as: kind === "numbers" ? "numbers" : "text" }));
  const numeric = wanted.flatMap(({ kind }, i) => (kind === "numbers" ? [i] : []));
  const sink = Sink.apart(numeric.length, Math.ceil(source.rows * 1.05) + 2048);
  const texts = new Map(wanted.flatMap(({ kind }, i) => (kind === "numbers" ? [] : [[i, new Texts(kind === "truths")]])));
  let rows = 0;
  const strict = na === "fail";
  const take = (chunk: DuckDBDataChunk): Unfit | undefined => {
    const { rowCount } = chunk;
    sink.reserve(rows + rowCount);
    let first: Unfit | undefined;
    const note = (row: number, column: number) => {
      if (row < (first?.row ?? rowCount)) first = { row, column };
    };
    numeric.forEach((pick, k) => {
      const part = doubles(chunk, pick).subarray(0, rowCount);
      sink.values[k]!.set(part, rows);
      const unfit = strict
        ? part.findIndex((value) => value - value !== 0)
        : part.findIndex((value) => value - value !== 0 && value === value);
      if (unfit >= 0) note(unfit, pick);
    });
    for (const [pick, column] of texts) {
      const unfit = column.append(chunk, pick);
      if (strict && unfit >= 0) note(unfit, pick);
    }
    rows += rowCount;
    return first;
  };
  const scanned = await scan({ connection, source, picks, where, complaint: (text) => complaint(text, source.decimal, "--na omit") }, take);
  if (rows === 0) throw nothing(source, 0, where);
  const values = wanted.map((_, i) => texts.get(i)?.values ?? sink.values[numeric.indexOf(i)]!.subarray(0, rows));
  const place = (column: number) => wanted.findIndex((one) => one.column === column);
  return { values, rows, locate: (column, row) => scanned.locate(place(column), row, false) };
}

/** A column of text: of equal texts one is kept, so that a million rows are a million pointers. */
class Texts {
  readonly values: (string | null)[] & (boolean | null)[] = [];
  readonly #known = new Map<string, string | boolean>();
  readonly #truths: boolean;

  constructor(truths: boolean) {
    this.#truths = truths;
  }

  /** Appends a chunk's rows; returns the first that is missing, or -1. */
  append(chunk: DuckDBDataChunk, column: number): number {
    const vector = chunk.getColumnVector(column);
    let missing = -1;
    for (let row = 0; row < chunk.rowCount; row++) {
      const text = vector.getItem(row) as string | null;
      if (text === null && missing < 0) missing = row;
      this.values.push((text === null ? null : this.#value(text)) as never);
    }
    return missing;
  }

  #value(text: string): string | boolean {
    let known = this.#known.get(text);
    if (known === undefined) {
      known = this.#truths ? text === "true" : text;
      this.#known.set(text, known);
    }
    return known;
  }
}
