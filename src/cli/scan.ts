// The rows of a file that a query selects, chunk by chunk, and where each of their values stands.

import type { DuckDBConnection, DuckDBDataChunk } from "@duckdb/node-api";
import { quoted } from "./cell.ts";
import { bar } from "./progress.ts";
import { firstLine, place, Refusal } from "./refusal.ts";
import type { Unfit } from "./sink.ts";
import type { Source } from "./source.ts";

/** A column of the file, and as what it is read. */
export interface Pick {
  readonly column: number;
  readonly as: "numbers" | "text";
}

export interface Scan {
  readonly connection: DuckDBConnection;
  readonly source: Source;
  readonly picks: readonly Pick[];
  /** A condition in SQL on the file's columns. */
  readonly where?: string | undefined;
  /** What is wrong with a cell that `take` refuses, from its text. */
  readonly complaint: (text: string) => string;
}

export interface Scanned {
  /** Rows that the query selects. */
  readonly rows: number;
  /** The place in the file of a value of row `row`: of all rows, or of those without a missing number. */
  locate(pick: number, row: number, present: boolean): Promise<string>;
}

/**
 * Hands every chunk to `take`, which says where a value is unfit.
 *
 * @throws Refusal naming file, line, column and value.
 */
export async function scan(
  { connection, source, picks, where, complaint }: Scan,
  take: (chunk: DuckDBDataChunk) => Unfit | undefined,
): Promise<Scanned> {
  const numbers = picks.flatMap(({ column, as }) => (as === "numbers" ? [column] : []));
  for (const column of numbers) {
    const refusal = await source.refuse(column);
    if (refusal) throw refusal;
  }
  const query = select(source, picks, numbers, where);
  const cell = async (pick: number, row: number) => {
    const { column } = picks[pick]!;
    const { at, text } = await source.cell(row, column);
    return { place: place(source.file, at, source.columns[column]!.name), text };
  };
  /** The file's row that is row `n` of what the query selects. */
  const fileRow = async (n: number, present: boolean): Promise<number> => {
    const sql = query.numbered(n, present);
    return sql === undefined ? n : Number((await connection.runAndReadAll(sql)).getRows()[0]?.[0]) - 1;
  };
  const progress = bar(source.rows);
  let seen = 0;
  try {
    const result = await connection.stream(query.text);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) break;
      const unfit = take(chunk);
      if (unfit) {
        const { place, text } = await cell(unfit.column, await fileRow(seen + unfit.row, false));
        throw new Refusal(`${place}: ${complaint(text)}`);
      }
      seen += chunk.rowCount;
      progress.update(seen);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw misuse(error, where) ?? (await source.explain(error, numbers));
  } finally {
    progress.stop();
  }
  return { rows: seen, locate: async (pick, row, present) => (await cell(pick, await fileRow(row, present))).place };
}

/** The doubles of one column of a chunk. The package marks them private; its public getter costs seven times as much, a third of all reading. */
export function doubles(chunk: DuckDBDataChunk, column: number): Float64Array {
  return (chunk.getColumnVector(column) as unknown as { readonly items: Float64Array }).items;
}

/** Why there is no row to go on with. */
export function nothing(source: Source, rows: number, where: string | undefined): Refusal {
  const found =
    rows > 0
      ? `found ${rows} ${rows === 1 ? "row" : "rows"}, every one with a missing value`
      : where === undefined
        ? "found no rows"
        : `found no row that fulfils --where ${quoted(where)}`;
  return new Refusal(`${place(source.file)}: ${found}; needs at least one row of values`);
}

/** The query of the columns that are picked, and the one that numbers the rows it selects. */
function select(source: Source, picks: readonly Pick[], numbers: readonly number[], where: string | undefined) {
  // A condition may compare any column that looks numeric with a number.
  const texts = new Set(picks.flatMap(({ column, as }) => (as === "text" ? [column] : [])));
  const numeric = where === undefined ? [] : source.columns.flatMap(({ holds }, i) => (holds === "numbers" && !texts.has(i) ? [i] : []));
  const table = source.table([...new Set([...numbers, ...numeric])]);
  const conditions = [source.isRow, where].filter((condition) => condition !== undefined);
  const among = (all: readonly string[]) => (all.length > 0 ? ` WHERE ${all.map((condition) => `(${condition}\n)`).join(" AND ")}` : "");
  // A missing number becomes NaN: one test of the doubles finds all that is unfit.
  const columns = picks.map(({ column, as }) =>
    as === "numbers" ? `coalesce(${source.double(column)}, 'nan'::DOUBLE)` : source.text(column),
  );
  return {
    text: `SELECT ${columns.join(", ")} FROM ${table}${among(conditions)}`,
    numbered(n: number, present: boolean): string | undefined {
      const all = present ? [...conditions, ...columns.map((column) => `NOT isnan(${column})`)] : conditions;
      if (all.length === 0) return undefined;
      return `SELECT "row number" FROM (SELECT row_number() OVER ()::DOUBLE AS "row number", * FROM ${table})${among(all)} LIMIT 1 OFFSET ${n}`;
    },
  };
}

/** An error in what stands after --where, in one line. */
function misuse(error: unknown, where: string | undefined): Refusal | undefined {
  const message = firstLine(error);
  if (where === undefined || !/\b(Parser|Binder|Catalog) Error/.test(message)) return undefined;
  return new Refusal(`--where ${quoted(where)}: ${message.replace(/^.*\bError: /, "")}`);
}
