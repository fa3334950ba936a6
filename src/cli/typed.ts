// Files that carry their types: Parquet and JSON (one array, or one record a line).

import type { DuckDBConnection } from "@duckdb/node-api";
import { complaint } from "./cell.ts";
import { identifier, path } from "./duckdb.ts";
import type { Input } from "./input.ts";
import { firstLine, place, Refusal } from "./refusal.ts";
import type { Source } from "./source.ts";

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\))$/, "numbers"],
  [/^(DATE|TIME|TIMESTAMP|INTERVAL)/, "dates"],
  [/^BOOLEAN$/, "true and false"],
  [/\[\d*\]$/, "lists"],
  [/^(VARCHAR|JSON|ENUM)/, "text"],
];

export async function typedSource(connection: DuckDBConnection, input: Input, kind: "parquet" | "json"): Promise<Source> {
  const table = `read_${kind}(${path(input.path)})`;
  const explained = (error: unknown) => explain(input.file, error);
  const query = (sql: string) =>
    connection.runAndReadAll(sql).then(
      (result) => result.getRows(),
      (error) => Promise.reject(explained(error)),
    );

  const described = await query(`SELECT column_name, column_type FROM (DESCRIBE FROM ${table})`);
  const types = described.map(([, type]) => String(type));
  const columns = described.map(([name], i) => ({ name: String(name), sql: identifier(String(name)), holds: holds(types[i]!) }));
  const [[rows] = []] =
    kind === "parquet" ? await query(`SELECT sum(num_rows)::DOUBLE FROM parquet_file_metadata(${path(input.path)})`) : [];

  return {
    file: input.file,
    columns,
    rows: typeof rows === "number" ? rows : 0,
    table: () => table,
    // DuckDB's own cast is not the nearest double for one in forty DECIMALs and HUGEINTs of 18 digits; by way of text it is.
    double: (column) =>
      `CAST(${/^(DECIMAL|U?HUGEINT)/.test(types[column]!) ? `CAST(${columns[column]!.sql} AS VARCHAR)` : columns[column]!.sql} AS DOUBLE)`,
    // As text a value of mixed types keeps the quotes of JSON.
    text: (column) => (types[column] === "JSON" ? `(${columns[column]!.sql} ->> '$')` : `CAST(${columns[column]!.sql} AS VARCHAR)`),
    async cell(row, column) {
      const [[text] = []] = await query(`SELECT CAST(${columns[column]!.sql} AS VARCHAR) FROM ${table} LIMIT 1 OFFSET ${row}`);
      return { at: `row ${row + 1}`, text: typeof text === "string" ? text : "" };
    },
    decimal: ".",
    async refuse(column) {
      const { name, sql, holds } = columns[column]!;
      if (holds === "numbers") return undefined;
      const other = new Refusal(`${place(input.file, undefined, name)}: found ${holds}; needs numbers`);
      if (holds !== "text") return other;
      const [[row, text] = []] = await query(
        `SELECT row, text FROM (SELECT row_number() OVER ()::DOUBLE AS row, CAST(${sql} AS VARCHAR) AS text FROM ${table}) ` +
          "WHERE text IS NOT NULL AND TRY_CAST(text AS DOUBLE) IS NULL LIMIT 1",
      );
      if (typeof row !== "number") {
        // Nothing but nulls, or nothing at all: reading says which.
        const [[some] = []] = await query(`SELECT count(${sql})::DOUBLE FROM ${table}`);
        return some === 0 ? undefined : other;
      }
      // A value of a column of mixed types is still written as in JSON, a text in its quotes.
      return new Refusal(`${place(input.file, `row ${row}`, name)}: ${complaint(String(text).replace(/^"(.*)"$/s, "$1"), ".")}`);
    },
    explain: async (error) => explained(error),
  };
}

function holds(type: string): string {
  return KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? type;
}

function explain(file: string, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const cause = firstLine(error)
    .replace(/^[\w ]*Error: /, "")
    .replace(/ in file "[^"]*"/, "")
    .replace(/^File '[^']*' /, "")
    .replace(/\.?\s*$/, "");
  return new Refusal(`${place(file)}: ${cause}`);
}
