// How a CSV file is written, told from its first megabyte and then given to DuckDB word for word. DuckDB's own detection would
// rather read a file with a ragged row or an unclosed quote in some other way than refuse it: rows change or vanish without an error.

import type { Options } from "csv-parse";
import { type Decimal, isMissing, isNumber, looksNumeric } from "./cell.ts";

/** What the user said about the file; the rest is detected. */
export interface DialectChoice {
  readonly delimiter?: string | undefined;
  readonly decimal: Decimal;
  readonly header?: boolean | undefined;
}

export interface Dialect {
  readonly delimiter: string;
  readonly decimal: Decimal;
  /** Blank lines and lines of comment (#) before the first record. */
  readonly skip: number;
  readonly header: boolean;
  /** One name per column: the header's, or column1, column2, … */
  readonly names: readonly string[];
  /** What the first rows hold: numbers in every cell (missing ones aside), in most, or text. */
  readonly holds: readonly ("numbers" | "mostly numbers" | "text")[];
  /** Rows of values among the first thousand. */
  readonly sampled: number;
  /** Average length of the rows seen. */
  readonly bytesPerRow: number;
}

// Tried in this order: with decimal commas a file divided by semicolons divides evenly at its commas too.
const DELIMITERS = ["\t", ";", "|", ","];
const SAMPLE = 1000;

/** The dialect of a file that begins with `head`; undefined if there is no record in it. */
export async function detect(head: string, choice: DialectChoice): Promise<Dialect | undefined> {
  const { parse } = await import("csv-parse/sync");
  const skip = leadingLines(head);
  const records = (delimiter: string, to: number): string[][] => {
    const rows: string[][] = [];
    const keep = (row: string[]) => {
      rows.push(row);
      return null;
    };
    try {
      // relax_quotes and the catch: the head may end within a quoted field, and faults are told with their line by the reader.
      parse(head, { ...parserOptions({ delimiter, skip }), skip_empty_lines: true, relax_quotes: true, to, on_record: keep });
    } catch {}
    return rows;
  };

  const candidates = DELIMITERS.filter((delimiter) => delimiter !== choice.decimal);
  const delimiter = choice.delimiter ?? candidates.find((candidate) => divides(records(candidate, 20))) ?? candidates.at(-1)!;
  const rows = records(delimiter, SAMPLE);
  const first = rows[0];
  if (!first) return undefined;
  const number = (text: string) => isNumber(text, choice.decimal);
  const below = first.map((_, column) =>
    rows
      .slice(1)
      .map((row) => row[column] ?? "")
      .filter((text) => !isMissing(text)),
  );
  const isName = (text: string, column: number) =>
    !number(text) && !isMissing(text) && below[column]!.length > 0 && below[column]!.every(number);
  const header = choice.header ?? (!first.some(number) || first.some(isName));
  const values = header ? below : below.map((texts, column) => (isMissing(first[column]!) ? texts : [first[column]!, ...texts]));
  return {
    delimiter,
    decimal: choice.decimal,
    skip,
    header,
    names: first.map((text, column) => (header && text.trim()) || `column${column + 1}`),
    holds: values.map((texts) => {
      if (texts.length > 0 && texts.every(number)) return "numbers";
      return 2 * texts.filter(looksNumeric).length > texts.length ? "mostly numbers" : "text";
    }),
    sampled: rows.length - (header ? 1 : 0),
    bytesPerRow: rows.reduce((sum, row) => sum + Buffer.byteLength(row.join(",")) + 1, 0) / rows.length,
  };
}

/** csv-parse set to a dialect; rows of any width are let through, to be judged by the caller. */
export function parserOptions(dialect: Pick<Dialect, "delimiter" | "skip">): Options {
  return {
    delimiter: dialect.delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    from_line: dialect.skip + 1,
    relax_column_count: true,
    bom: true,
    max_record_size: 4_000_000,
  };
}

function divides(rows: readonly string[][]): boolean {
  const width = rows[0]?.length ?? 1;
  return width > 1 && rows.filter((row) => row.length === width).length >= 0.8 * rows.length;
}

function leadingLines(head: string): number {
  return /^\uFEFF?((?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r))*)/.exec(head)![1]!.split(/\r\n|\n|\r/).length - 1;
}
