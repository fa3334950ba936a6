// A CSV file record by record, each with its line: slow, exact about places, and used only to say where something is wrong.

import { pipeline } from "node:stream";
import type { CsvError } from "csv-parse";
import { type Dialect, parserOptions } from "./dialect.ts";
import { bytes, type Input } from "./input.ts";
import { place, Refusal } from "./refusal.ts";

export interface Row {
  /** The line on which the record begins, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The rows below the header, in the order and number in which DuckDB has them. */
export async function* walk(input: Input, dialect: Dialect): AsyncGenerator<Row> {
  const { parse } = await import("csv-parse");
  const parser = parse({ ...parserOptions(dialect), relax_quotes: true, skip_empty_lines: dialect.names.length > 1, info: true });
  pipeline(bytes(input), parser, () => {});
  let isHeader = dialect.header;
  let next = dialect.skip + 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const inside = record.reduce((count, cell) => count + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
      next = info.lines + 1;
      if (!isHeader) yield { line: info.lines - inside, cells: record };
      isHeader = false;
    }
  } catch (error) {
    const { code } = error as CsvError;
    const at = place(input.file, `line ${next}`);
    if (code === "CSV_QUOTE_NOT_CLOSED") throw new Refusal(`${at}: found a quoted field that does not end; needs a closing quote`);
    if (code === "CSV_MAX_RECORD_SIZE") throw new Refusal(`${at}: found a row of over 4 MB; needs shorter rows, or a closing quote`);
    throw error;
  }
}
