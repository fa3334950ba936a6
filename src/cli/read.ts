// A file's columns, chunk by chunk, straight into the engine's memory.

import type { DuckDBConnection, DuckDBDataChunk } from "@duckdb/node-api";
import { complaint, quoted } from "./cell.ts";
import type { Missing } from "./csv.ts";
import { bar } from "./progress.ts";
import { firstLine, place, Refusal } from "./refusal.ts";
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
export async function read(connection: DuckDBConnection, source: Source, picks: readonly number[], choice: ReadChoice): Promise<Table> {
  for (const pick of picks) {
    const refusal = await source.refuse(pick);
    if (refusal) throw refusal;
  }
  const query = select(source, picks, choice.where);
  const cell = async (column: number, row: number) => {
    const { at, text } = await source.cell(row, picks[column]!);
    return { place: place(source.file, at, source.columns[picks[column]!]!.name), text };
  };
  /** The file's row that is row `n` of what the query selects. */
  const fileRow = async (n: number, present: boolean): Promise<number> => {
    const sql = query.numbered(n, present);
    return sql === undefined ? n : Number((await connection.runAndReadAll(sql)).getRows()[0]?.[0]) - 1;
  };

  const sink = await Sink.open(picks.length, Math.ceil(source.rows * 1.05) + 2048);
  const progress = bar(source.rows);
  let seen = 0;
  let kept = 0;
  try {
    const result = await connection.stream(query.text);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) break;
      await sink.reserve(kept + chunk.rowCount);
      const done = append(
        picks.map((_, i) => doubles(chunk, i)),
        chunk.rowCount,
        sink.values,
        kept,
        choice.na === "drop",
      );
      if (typeof done === "object") {
        const { place, text } = await cell(done.column, await fileRow(seen + done.row, false));
        throw new Refusal(`${place}: ${complaint(text, source.decimal)}`);
      }
      seen += chunk.rowCount;
      kept = done;
      progress.update(seen);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw misuse(error, choice.where) ?? (await source.explain(error, picks));
  } finally {
    progress.stop();
  }
  if (kept === 0) throw new Refusal(`${place(source.file)}: ${nothing(seen, choice)}; needs at least one row of values`);

  return {
    columns: picks.map((pick, i) => ({ name: source.columns[pick]!.name, values: sink.values[i]!.subarray(0, kept) })),
    dropped: seen - kept,
    locate: async (column, row) => (await cell(column, await fileRow(row, seen > kept))).place,
  };
}

/** The query of the columns `picks`, and the one that numbers the rows it selects. */
function select(source: Source, picks: readonly number[], where: string | undefined) {
  // A condition may compare any column that looks numeric with a number.
  const numeric = where === undefined ? [] : source.columns.flatMap(({ holds }, i) => (holds === "numbers" ? [i] : []));
  const table = source.table([...new Set([...picks, ...numeric])]);
  const conditions = [source.isRow, where].filter((condition) => condition !== undefined);
  const among = (all: readonly string[]) => (all.length > 0 ? ` WHERE ${all.map((condition) => `(${condition}\n)`).join(" AND ")}` : "");
  // A missing value becomes NaN: one test of the doubles finds all that is unfit.
  const columns = picks.map((pick) => `coalesce(${source.double(pick)}, 'nan'::DOUBLE)`);
  return {
    text: `SELECT ${columns.join(", ")} FROM ${table}${among(conditions)}`,
    numbered(n: number, present: boolean): string | undefined {
      const all = present ? [...conditions, ...columns.map((column) => `NOT isnan(${column})`)] : conditions;
      if (all.length === 0) return undefined;
      return `SELECT "row number" FROM (SELECT row_number() OVER ()::DOUBLE AS "row number", * FROM ${table})${among(all)} LIMIT 1 OFFSET ${n}`;
    },
  };
}

/** The doubles of one column of a chunk. The package marks them private; its public getter costs seven times as much, a third of all reading. */
function doubles(chunk: DuckDBDataChunk, column: number): Float64Array {
  return (chunk.getColumnVector(column) as unknown as { readonly items: Float64Array }).items;
}

/** An error in what stands after --where, in one line. */
function misuse(error: unknown, where: string | undefined): Refusal | undefined {
  const message = firstLine(error);
  if (where === undefined || !/\b(Parser|Binder|Catalog) Error/.test(message)) return undefined;
  return new Refusal(`--where ${quoted(where)}: ${message.replace(/^.*\bError: /, "")}`);
}

function nothing(seen: number, { where }: ReadChoice): string {
  if (seen > 0) return `found ${seen} ${seen === 1 ? "row" : "rows"}, every one with a missing value`;
  return where === undefined ? "found no rows" : `found no row that fulfils --where ${quoted(where)}`;
}
