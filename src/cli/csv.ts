// CSV and TSV. DuckDB reads them, with the dialect given to the last option; csv-parse finds the line of what is refused,
// for DuckDB counts records where quoted fields hold line ends. It is some eight times slower, and only errors wait for it.

import { complaint, isMissing, isNumber, MISSING } from "./cell.ts";
import { type Dialect, type DialectChoice, detect } from "./dialect.ts";
import { identifier, literal, path } from "./duckdb.ts";
import type { Input } from "./input.ts";
import { place, Refusal } from "./refusal.ts";
import type { Source } from "./source.ts";
import { walk } from "./walk.ts";

/** What is to become of missing values: refused, or their rows left out. */
export type Missing = "error" | "drop";

export interface CsvChoice extends DialectChoice {
  readonly na: Missing;
}

export async function csvSource(input: Input, start: string, choice: CsvChoice): Promise<Source> {
  const delimiter = choice.delimiter ?? (input.kind === "tsv" ? "\t" : undefined);
  const dialect = await detect(start, { ...choice, delimiter });
  if (!dialect) throw new Refusal(`${place(input.file)}: found no record; needs at least one row of values`);
  if (dialect.sampled === 0) {
    const header = new Refusal(`${place(input.file)}: found a header without rows; needs at least one row of values`);
    // Or an open quote below it, which has taken all rows.
    throw (await fault(input, dialect, [], choice.na)) ?? header;
  }
  const { names, holds } = dialect;
  const columns = unique(names).map((sql, i) => ({ name: names[i]!, sql: identifier(sql), holds: holds[i]! }));
  const read = (doubles: readonly number[]) =>
    `read_csv(${path(input.path)}, auto_detect = false, strict_mode = true, null_padding = false, buffer_size = 4000000, ` +
    `delim = ${literal(dialect.delimiter)}, quote = '"', escape = '"', ` +
    `header = ${dialect.header}, skip = ${dialect.skip}, compression = ${literal(input.gzip ? "gzip" : "none")}, ` +
    `nullstr = [${(choice.na === "drop" ? MISSING : [""]).map(literal).join(", ")}], ` +
    `columns = {${columns.map(({ sql }, i) => `${sql}: ${doubles.includes(i) ? "'DOUBLE'" : "'VARCHAR'"}`).join(", ")}})`;

  return {
    file: input.file,
    columns,
    rows: input.gzip ? 0 : input.bytes / dialect.bytesPerRow,
    // DuckDB skips blank lines, but not in a file of one column, where each is an empty cell: no row, if not a missing value.
    isRow: columns.length === 1 && choice.na === "error" ? `${columns[0]!.sql} IS NOT NULL` : undefined,
    table(doubles) {
      const table = read(dialect.decimal === "." ? doubles : []);
      if (dialect.decimal === ".") return table;
      // DuckDB's own reading of decimal commas drops the fraction of a number of over 19 digits. A point among them becomes an error.
      const pointed = doubles.map((i) => `CAST(translate(${columns[i]!.sql}, ',.', '.?') AS DOUBLE) AS ${columns[i]!.sql}`);
      return `(SELECT * REPLACE (${pointed.join(", ")}) FROM ${table})`;
    },
    double: (column) => columns[column]!.sql,
    text: (column) => columns[column]!.sql,
    async cell(row, column) {
      let n = 0;
      for await (const { line, cells } of walk(input, dialect)) if (n++ === row) return { at: `line ${line}`, text: cells[column] ?? "" };
      return { at: `row ${row + 1}`, text: "" };
    },
    decimal: dialect.decimal,
    // What looked like text in the first rows may be one bad cell among numbers; reading tells which.
    refuse: async () => undefined,
    explain: async (error, doubles) => (await fault(input, dialect, doubles, choice.na)) ?? reduced(input.file, error),
  };
}

/** The first row or cell that cannot be read. */
async function fault(input: Input, dialect: Dialect, doubles: readonly number[], na: Missing): Promise<Refusal | undefined> {
  const { decimal, names } = dialect;
  const width = names.length;
  for await (const { line, cells } of walk(input, dialect)) {
    const blank = width === 1 && cells[0] === "";
    // DuckDB lets one delimiter too many pass at the end of a row.
    if (cells.length !== width && !(cells.length === width + 1 && cells[width] === "")) {
      const fields = `found ${cells.length} ${cells.length === 1 ? "field" : "fields"}; needs ${width}`;
      return new Refusal(`${place(input.file, `line ${line}`)}: ${fields}, as in the first row`);
    }
    for (const column of blank ? [] : doubles) {
      const text = cells[column]!;
      if (isMissing(text) ? na === "drop" : isNumber(text, decimal)) continue;
      return new Refusal(`${place(input.file, `line ${line}`, names[column])}: ${complaint(text, decimal)}`);
    }
  }
  return undefined;
}

/** What DuckDB says over a dozen lines, in one: the line of the file and the cause. */
function reduced(file: string, error: unknown): Refusal {
  const message = error instanceof Error ? error.message : String(error);
  if (message.includes("invalid state"))
    return new Refusal(`${place(file)}: found line ends of two kinds (\\n and \\r\\n); needs one kind, or a repaired quoted field`);
  const [, line, rest] = /CSV Error on Line: (\d+)\n([\s\S]*)/.exec(message) ?? [];
  const cause = (rest ?? message).split("\n").find((text) => text.trim() !== "" && !text.startsWith("Original Line"));
  return new Refusal(`${place(file, line && `line ${line}`)}: ${cause?.replace(/^[\w ]*Error: /, "") ?? "cannot be read"}`);
}

/** SQL compares names without regard to case and has each once in a table; a later twin gets its place as a suffix. */
function unique(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name, i) => {
    let candidate = name;
    while (seen.has(candidate.toLowerCase())) candidate = `${candidate}_${i + 1}`;
    seen.add(candidate.toLowerCase());
    return candidate;
  });
}
