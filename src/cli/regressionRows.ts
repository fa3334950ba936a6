// The columns of a file that a regression needs: those of its formula and those that flags name.

import type { DuckDBConnection } from "@duckdb/node-api";
import type { FormulaVariable } from "loglik";
import { looksNumeric } from "./cell.ts";
import { choose } from "./column.ts";
import { type FileFrame, type Kind, readFrame, type Values, type Wanted } from "./frame.ts";
import { Refusal } from "./refusal.ts";
import type { RegressionOptions } from "./regressionOptions.ts";
import type { Source } from "./source.ts";

export interface RegressionRows {
  /** The formula's columns, in the file's order. */
  readonly data: Record<string, Values>;
  /** The numbers of the columns that flags name, by flag. */
  readonly beside: ReadonlyMap<string, Float64Array>;
  /** The labels of --cluster. */
  readonly cluster: Float64Array | string[] | undefined;
  readonly rows: number;
  /** The place in the file of a value: of a column by its name, or of the one that a flag names. */
  locate(nameOrFlag: string, row: number): Promise<string>;
}

const KINDS: Readonly<Record<string, Kind>> = {
  numbers: "numbers",
  "mostly numbers": "numbers",
  text: "text",
  "true and false": "truths",
};

/**
 * Reads what the formula names, as what the file says it is, and the columns that `flags` name, as numbers.
 *
 * @throws Refusal for a column that there is not, and for a value that cannot be read.
 */
export async function readRegression(
  connection: DuckDBConnection,
  source: Source,
  variables: readonly FormulaVariable[],
  flags: readonly string[],
  options: RegressionOptions,
): Promise<RegressionRows> {
  const named = await Promise.all(variables.map(async ({ name }) => ({ name, column: await choose(source, name, "the formula") })));
  // A "." of the formula stands for columns in the file's order.
  named.sort((a, b) => a.column - b.column);
  const flagged = await Promise.all(
    flags.map(async (flag) => ({ flag, column: await choose(source, options[flag] as string, `--${flag}`) })),
  );
  const clustered = options.cluster === undefined ? undefined : await choose(source, options.cluster, "--cluster");

  const wanted: Wanted[] = [];
  const place = (column: number, kind: Kind): number => {
    const found = wanted.findIndex((one) => one.column === column && one.kind === kind);
    return found >= 0 ? found : wanted.push({ column, kind }) - 1;
  };
  const kindOf = async (column: number): Promise<Kind> => {
    const { name, holds } = source.columns[column]!;
    // A column of codes that look like numbers, until one does not: whoever lists its levels has said so.
    if (options.levels?.[name]?.some((level) => !looksNumeric(level))) return "text";
    const kind = KINDS[holds];
    if (kind === undefined) throw await source.refuse(column);
    return kind;
  };
  const kinds = await Promise.all(named.map(({ column }) => kindOf(column)));
  const places = named.map(({ column }, i) => place(column, kinds[i]!));
  const flagPlaces = flagged.map(({ column }) => place(column, "numbers"));
  const clusterPlace = clustered === undefined ? undefined : place(clustered, await kindOf(clustered));

  const frame = await readFrame(connection, source, wanted, options);
  const columnOf = (key: string) => flagged.find(({ flag }) => flag === key)?.column ?? named.find(({ name }) => name === key)?.column;
  const locate = (key: string, row: number) => frame.locate(columnOf(key) ?? clustered!, row);
  return {
    data: Object.fromEntries(named.map(({ name }, i) => [name, frame.values[places[i]!]!])),
    beside: new Map(flagged.map(({ flag }, i) => [flag, frame.values[flagPlaces[i]!] as Float64Array])),
    cluster: clusterPlace === undefined ? undefined : await labels(frame, clusterPlace, clustered!),
    rows: frame.rows,
    locate,
  };
}

/** A row of no known cluster cannot be placed in any. */
async function labels(frame: FileFrame, at: number, column: number): Promise<Float64Array | string[]> {
  const values = frame.values[at]!;
  const missing = values.findIndex((value: unknown) => value === null || value !== value);
  if (missing >= 0) throw new Refusal(`${await frame.locate(column, missing)}: found no value; --cluster needs one in every row`);
  return values instanceof Float64Array ? values : values.map(String);
}
