// A file as a table: what the reader needs to know of it, whatever its kind.

import type { DuckDBConnection } from "@duckdb/node-api";
import type { Decimal } from "./cell.ts";
import { type CsvChoice, csvSource } from "./csv.ts";
import { head, type Input } from "./input.ts";
import type { Refusal } from "./refusal.ts";
import { typedSource } from "./typed.ts";

export interface SourceColumn {
  readonly name: string;
  /** The column in SQL. */
  readonly sql: string;
  /** Its type in one word; only a column of numbers can be read. */
  readonly holds: string;
}

export interface Source {
  /** The file in messages. */
  readonly file: string;
  readonly columns: readonly SourceColumn[];
  /** How many rows to expect; exact or not. */
  readonly rows: number;
  /** The table in SQL, with `columns` (places) to be read as numbers. */
  table(columns: readonly number[]): string;
  /** A column of that table in SQL, as the nearest doubles. */
  double(column: number): string;
  /** A column of that table in SQL, as text. */
  text(column: number): string;
  /** A condition that every true row fulfils, in SQL. */
  readonly isRow?: string | undefined;
  /** Where a cell of the table stands, and its text. `row` counts from 0. */
  cell(row: number, column: number): Promise<Cell>;
  /** What stands between the digits of a number. */
  readonly decimal: Decimal;
  /** Why a column cannot be read as numbers, where the file says so beforehand. */
  refuse(column: number): Promise<Refusal | undefined>;
  /** An error of DuckDB in one line, with the place. */
  explain(error: unknown, columns: readonly number[]): Promise<Refusal>;
}

export interface Cell {
  /** "line 4" or "row 3". */
  readonly at: string;
  readonly text: string;
}

/** Opens a file by its kind: CSV, or one that carries its types (Parquet, JSON). */
export async function open(connection: DuckDBConnection, input: Input, choice: CsvChoice): Promise<Source> {
  const start = await head(input);
  if (input.kind === "parquet" || (input.kind === undefined && start.startsWith("PAR1"))) return typedSource(connection, input, "parquet");
  if (input.kind === "json" || (input.kind === undefined && /^\uFEFF?\s*[[{]/.test(start))) return typedSource(connection, input, "json");
  return csvSource(input, start, choice);
}
