// A file's columns, chunk by chunk, straight into the engine's memory.

import type { DuckDBConnection } from "@duckdb/node-api";
import { complaint } from "./cell.ts";
import type { Missing } from "./csv.ts";
import { doubles, nothing, scan } from "./scan.ts";
import { append, Sink } from "./sink.ts";
import type { Source } from "./source.ts";

export interface Column {
  readonly name: string;
  readonly values: Float64Array;
}

export interface ReadChoice {
  readonly na: Missing;
  /** A condition in SQL on the file's columns. */
  readonly where?: string | undefined;
}

export interface Table {
  /** One for each column asked for, in that order. */
  readonly columns: readonly Column[];
  /** Rows left out because a value was missing. */
  readonly dropped: number;
  /** The place in the file of a value that turned out to be unfit. */
  locate(column: number, row: number): Promise<string>;
}

/** Reads columns as the nearest doubles. */
export async function read(connection: DuckDBConnection, source: Source, columns: readonly number[], choice: ReadChoice): Promise<Table> {
  const { na, where } = choice;
  const sink = await Sink.open(columns.length, Math.ceil(source.rows * 1.05) + 2048);
  const picks = columns.map((column) => ({ column, as: "numbers" as const }));
  let kept = 0;
  const { rows, locate } = await scan(
    { connection, source, picks, where, complaint: (text) => complaint(text, source.decimal) },
    (chunk) => {
      sink.reserve(kept + chunk.rowCount);
      const parts = columns.map((_, i) => doubles(chunk, i));
      const done = append(parts, chunk.rowCount, sink.values, kept, na === "drop");
      if (typeof done === "object") return done;
      kept = done;
      return undefined;
    },
  );
  if (kept === 0) throw nothing(source, rows, where);
  return {
    columns: columns.map((column, i) => ({ name: source.columns[column]!.name, values: sink.values[i]!.subarray(0, kept) })),
    dropped: rows - kept,
    locate: (column, row) => locate(column, row, rows > kept),
  };
}
