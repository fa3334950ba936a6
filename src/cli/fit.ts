// loglik fit: a file in, a ranking of families or one fit out.

import type { Fit } from "loglik";
import { count, counted, duration } from "../report/number.ts";
import { rankingReport } from "../report/ranking.ts";
import { fitReport } from "../report/summary.ts";
import { choose } from "./column.ts";
import { withDuckDB } from "./duckdb.ts";
import { find } from "./input.ts";
import type { FitOptions } from "./options.ts";
import { read, type Table } from "./read.ts";
import { place, Refusal } from "./refusal.ts";
import { open, type Source } from "./source.ts";

/** Runs the command; resolves to its exit code: 0 with a fit, 1 without one. */
export async function fitCommand(file: string, options: FitOptions): Promise<number> {
  const start = performance.now();
  if (options.dist === undefined && options.fix) throw new Refusal("--fix needs --dist: parameters belong to one distribution");
  // An unknown name is told before a long file is read.
  if (options.dist !== undefined) await checkDistribution(options.dist);
  const input = await find(file);
  return withDuckDB(async (connection) => {
    const source = await open(connection, input, options);
    const names = options.weights === undefined ? ["--column"] : ["--column", "--weights"];
    const picks = await Promise.all(
      names.map((option) => choose(source, option === "--column" ? options.column : options.weights, option)),
    );
    const table = await read(connection, source, picks, options);
    const readSeconds = (performance.now() - start) / 1000;
    const [x, weights] = table.columns;
    const about = {
      file: source.file,
      column: x!.name,
      ...(weights && { weights: weights.name }),
      rows: x!.values.length,
      dropped: table.dropped,
    };
    const data: Data = { x: x!.values, weights: weights?.values, about, readSeconds };
    try {
      return await (options.dist === undefined ? rank(data, options) : one(options.dist, data, options));
    } catch (error) {
      throw await located(error, table, source);
    }
  });
}

/** An unknown name, or one of a distribution that a column of numbers cannot have, is refused. */
async function checkDistribution(name: string): Promise<void> {
  const { distribution, distributions } = await import("loglik");
  const entry = distributions.find((own) => own.name === name);
  if (entry && entry.variate !== "number")
    throw new Refusal(`--dist ${name}: a distribution of ${entry.support}, and a column holds numbers`);
  distribution(name);
}

interface Data {
  readonly x: Float64Array;
  readonly weights: Float64Array | undefined;
  readonly about: { readonly file: string; readonly column: string; readonly rows: number; readonly dropped: number };
  readonly readSeconds: number;
}

/** With --dist: one family, in full. */
async function one(distribution: string, { x, weights, about, readSeconds }: Data, options: FitOptions): Promise<number> {
  const { fit } = await import("loglik");
  const start = performance.now();
  const result = await fit(distribution, x, { ...settings(weights, options), ...(options.fix && { fixed: options.fix }) });
  const seconds = { read: readSeconds, fit: (performance.now() - start) / 1000 };
  const confint = result.confint({ level: options.level });
  if (options.json) print(JSON.stringify({ ...result.toJSON(), level: options.level, confint, ...about, seconds }, undefined, 2));
  else {
    const report = await fitReport(result, confint, options.level);
    print(
      `${result.distribution} fitted to ${described(about)}`,
      "",
      ...report,
      "",
      `read in ${duration(seconds.read)}, fitted in ${duration(seconds.fit)}`,
    );
  }
  return exists(result) ? 0 : 1;
}

/** Without --dist: all families that hold the data, ranked. */
async function rank({ x, weights, about, readSeconds }: Data, options: FitOptions): Promise<number> {
  const { fitBest } = await import("loglik");
  const start = performance.now();
  const { criterion, level } = options;
  const { best, ranking, note, skipped } = await fitBest(x, { ...settings(weights, options), criterion });
  const seconds = { read: readSeconds, fit: (performance.now() - start) / 1000 };
  const document = (fit: Fit) => ({ ...fit.toJSON(), level, confint: fit.confint({ level }) });
  if (options.json)
    print(
      JSON.stringify(
        { ...(best && document(best)), ...about, criterion, note, ranking: ranking.map(document), skipped, seconds },
        undefined,
        2,
      ),
    );
  else {
    const report = await rankingReport(ranking, skipped.map(told), criterion);
    print(
      described(about),
      "",
      ...report,
      ...(note ? ["", `note: ${note}`] : []),
      "",
      `read in ${duration(seconds.read)}, ${counted(ranking.length, "family", "families")} fitted in ${duration(seconds.fit)}`,
    );
  }
  return best && exists(best) ? 0 : 1;
}

function settings(weights: Float64Array | undefined, { weightType }: FitOptions) {
  return { ...(weights && { weights }), ...(weightType && { weightType }) };
}

/** A reason as the library words it names a place in its array; the reader of a table counts values from 1. */
function told({ distribution, reason }: { distribution: string; reason: string }) {
  return { distribution, reason: reason.replace(/^x\[(\d+)\]/, (_, index) => `value ${count(Number(index) + 1)}`) };
}

function exists(fit: Fit): boolean {
  return fit.status === "interior" || fit.status === "boundary";
}

function described({ file, column, rows, dropped }: Data["about"]): string {
  const left = dropped === 0 ? "" : ` (${count(dropped)} left out for missing values)`;
  return `${column}: ${counted(rows, "row")} of ${file}${left}`;
}

/** The library counts in rows of its arrays and names its own options; whoever typed the command knows lines and flags. */
async function located(error: unknown, table: Table, source: Source): Promise<unknown> {
  if (!(error instanceof RangeError || error instanceof TypeError)) return error;
  const [, array, row, found] = /^(x|weights)\[(\d+)\] is (.*)$/s.exec(error.message) ?? [];
  if (found !== undefined) return new Refusal(`${await table.locate(array === "x" ? 0 : 1, Number(row))}: found ${found}`);
  if (error.message.startsWith("All weights"))
    return new Refusal(`${place(source.file, undefined, table.columns[1]?.name)}: a${error.message.slice(1)}`);
  return new Refusal(error.message.replace(/^fixed\.(\w+) is /, "--fix $1: found ").replace(/^fixed\./, "--fix "));
}

function print(...lines: string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}
