// loglik fit: a file in, a ranking of families or one fit out.

import type { Censored, Fit, GoodnessOfFit, Truncated } from "loglik";
import { goodnessReport } from "../report/goodness.ts";
import { count, counted, duration } from "../report/number.ts";
import { type Distances, rankingReport } from "../report/ranking.ts";
import { fitReport } from "../report/summary.ts";
import { choose } from "./column.ts";
import { withDuckDB } from "./duckdb.ts";
import { find, type Input } from "./input.ts";
import { intervalsOf } from "./intervals.ts";
import type { FitOptions } from "./options.ts";
import { checkOutputs, type Outcome, terminalHistogram, writeOutputs } from "./outputs.ts";
import { priorsOf } from "./prior.ts";
import { type Column, read, type Table } from "./read.ts";
import { place, Refusal } from "./refusal.ts";
import { open, type Source } from "./source.ts";

/** Runs the command; resolves to its exit code: 0 with a fit, 1 without one. */
export async function fitCommand(file: string, options: FitOptions): Promise<number> {
  const start = performance.now();
  for (const flag of ["fix", "min", "max", "prior"] as const) {
    if (options.dist === undefined && options[flag]) throw new Refusal(`--${flag} needs --dist: parameters belong to one distribution`);
  }
  if (options.dist === undefined && options.ci !== "wald")
    throw new Refusal(`--ci ${options.ci} needs --dist: it is made for one distribution`);
  for (const flag of ["boot", "seed"] as const) {
    if (options[flag] !== undefined && !(options.ci === "percentile" || options.ci === "bca"))
      throw new Refusal(`--${flag} needs --ci percentile or --ci bca`);
  }
  if (options.dist === undefined && options.gof) throw new Refusal("--gof needs --dist: p-values of all distributions would take minutes");
  // An unknown name is told before a long file is read.
  if (options.dist !== undefined) await checkDistribution(options.dist);
  await checkOutputs(options, async () => (await import("loglik")).plotKinds);
  const input = await find(file);
  return withDuckDB(async (connection) => {
    const source = await open(connection, input, options);
    const wanted = (["column", "weights", "status"] as const).filter((name) => name === "column" || options[name] !== undefined);
    const picks = await Promise.all(wanted.map((name) => choose(source, options[name], `--${name}`)));
    const table = await read(connection, source, picks, options);
    const readSeconds = (performance.now() - start) / 1000;
    const column = (name: (typeof wanted)[number]) => table.columns[wanted.indexOf(name)];
    const [x, weights, status] = [column("column")!, column("weights"), column("status")];
    const about = {
      file: source.file,
      column: x.name,
      ...(weights && { weights: weights.name }),
      ...(status && { status: status.name }),
      rows: x.values.length,
      dropped: table.dropped,
    };
    await checkStatus(status, wanted.indexOf("status"), table);
    const data: Data = { ...known(x.values, status?.values, options), weights: weights?.values, about, input, readSeconds };
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

interface Data extends Known {
  readonly weights: Float64Array | undefined;
  readonly about: { readonly file: string; readonly column: string; readonly rows: number; readonly dropped: number };
  readonly input: Input;
  readonly readSeconds: number;
}

/** What is known of the rows: their values; or, of some, only that they are larger. */
interface Known {
  readonly x: Float64Array | null;
  readonly knowledge: { readonly censored?: Censored; readonly truncated?: Truncated };
}

function known(x: Float64Array, status: Float64Array | undefined, { after, until }: FitOptions): Known {
  const bounds = { ...(after !== undefined && { lower: after }), ...(until !== undefined && { upper: until }) };
  const truncated = Object.keys(bounds).length > 0 && { truncated: bounds };
  if (!status) return { x, knowledge: { ...truncated } };
  const censored = { lower: x, upper: x.map((value, i) => (status[i] === 1 ? value : Number.POSITIVE_INFINITY)) };
  return { x: null, knowledge: { censored, ...truncated } };
}

async function checkStatus(status: Column | undefined, index: number, table: Table): Promise<void> {
  const row = status?.values.findIndex((value) => value !== 0 && value !== 1) ?? -1;
  if (row >= 0) throw new Refusal(`${await table.locate(index, row)}: found ${status!.values[row]}; needs 1 (value known) or 0 (censored)`);
}

/** With --dist: one family, in full. */
async function one(distribution: string, data: Data, options: FitOptions): Promise<number> {
  const { x, about, readSeconds } = data;
  const { fit } = await import("loglik");
  const prior = options.prior && (await priorsOf(options.prior));
  const start = performance.now();
  const result = await fit(distribution, x, {
    ...settings(data, options),
    ...(options.fix && { fixed: options.fix }),
    ...(options.min && { lower: options.min }),
    ...(options.max && { upper: options.max }),
    ...(prior && { prior }),
  });
  const { level } = options;
  const { confint, made, json } = await intervalsOf(result, options);
  const seconds = { read: readSeconds, fit: (performance.now() - start) / 1000 };
  const outcome: Outcome = { subject: result, best: result, intervals: confint, ranking: undefined, ...data };
  await writeOutputs(outcome, options);
  const [distances] = await distancesOf([result]);
  const goodness = options.gof ? await tested(result) : undefined;
  if (options.json) {
    const tests = { ...distances, ...(goodness && { goodnessOfFit: goodness }) };
    print(JSON.stringify({ ...result.toJSON(), level, ...json, ...tests, ...about, seconds }, undefined, 2));
  } else {
    const report = await fitReport(result, confint, level, made, distances);
    print(
      `${result.distribution} fitted to ${described(about)}`,
      "",
      ...report,
      ...(goodness ? ["", ...(await goodnessReport(goodness))] : []),
      "",
      ...(await terminalHistogram(outcome, options)),
      `read in ${duration(seconds.read)}, fitted in ${duration(seconds.fit)}`,
    );
  }
  return exists(result) ? 0 : 1;
}

/** Without --dist: all families that hold the data, ranked. */
async function rank(data: Data, options: FitOptions): Promise<number> {
  const { x, about, readSeconds } = data;
  const { fitBest } = await import("loglik");
  const start = performance.now();
  const { criterion, level } = options;
  const found = await fitBest(x, { ...settings(data, options), criterion });
  const { best, ranking, note, skipped } = found;
  const seconds = { read: readSeconds, fit: (performance.now() - start) / 1000 };
  const intervals = best?.confint({ level }) ?? {};
  const outcome: Outcome = { subject: found, best, intervals, ranking: { fits: ranking, skipped: skipped.map(told), note }, ...data };
  await writeOutputs(outcome, options);
  const distances = await distancesOf(ranking);
  const document = (fit: Fit) => ({ ...fit.toJSON(), level, confint: fit.confint({ level }), ...distances[ranking.indexOf(fit)] });
  if (options.json)
    print(
      JSON.stringify(
        { ...(best && document(best)), ...about, criterion, note, ranking: ranking.map(document), skipped, seconds },
        undefined,
        2,
      ),
    );
  else {
    const report = await rankingReport(ranking, skipped.map(told), criterion, distances);
    print(
      described(about),
      "",
      ...report,
      ...(note ? ["", `note: ${note}`] : []),
      "",
      ...(await terminalHistogram(outcome, options)),
      `read in ${duration(seconds.read)}, ${counted(ranking.length, "family", "families")} fitted in ${duration(seconds.fit)}`,
    );
  }
  return best && exists(best) ? 0 : 1;
}

/** How far the data are from each fit; nothing where it has no estimates or its rows no empirical distribution function. */
async function distancesOf(fits: readonly Fit[]): Promise<Distances[]> {
  const { gofstat } = await import("loglik");
  return gofstat(fits, { tests: ["ks", "ad"] });
}

/** The tests of --gof; a fit that has none is refused. */
async function tested(result: Fit): Promise<GoodnessOfFit> {
  const { goodnessOfFit } = await import("loglik");
  try {
    return await goodnessOfFit(result);
  } catch (error) {
    throw error instanceof RangeError ? new Refusal(`--gof: ${error.message.replace(/^goodnessOfFit: /, "")}`) : error;
  }
}

function settings({ weights, knowledge }: Data, { weightType, set }: FitOptions) {
  return { ...set, ...knowledge, ...(weights && { weights }), ...(weightType && { weightType }) };
}

/** A reason as the library words it names a place in its array; the reader of a table counts values from 1. */
function told({ distribution, reason }: { distribution: string; reason: string }) {
  const ordinal = (_: string, index: string) => `value ${count(Number(index) + 1)}`;
  return { distribution, reason: reason.replace(/^x\[(\d+)\]|^Row (\d+) of censored/, (all, x, row) => ordinal(all, x ?? row)) };
}

function exists(fit: Fit): boolean {
  return fit.status === "interior" || fit.status === "boundary";
}

export function described({ file, column, rows, dropped }: Data["about"]): string {
  const left = dropped === 0 ? "" : ` (${count(dropped)} left out for missing values)`;
  return `${column}: ${counted(rows, "row")} of ${file}${left}`;
}

/** "Row 3 of censored lies in (2, 2]; …", "(2, Infinity]; …": the row's value and what is needed. */
const CENSORED_ROW = /^Row (\d+) of censored lies in \((.*?), .*?\]/;

/** The library counts in rows of its arrays and names its own options; whoever typed the command knows lines and flags. */
async function located(error: unknown, table: Table, source: Source): Promise<unknown> {
  if (!(error instanceof RangeError || error instanceof TypeError)) return error;
  const [, array, row, found] = /^(x|weights)\[(\d+)\] is (.*)$/s.exec(error.message.replace(CENSORED_ROW, "x[$1] is $2")) ?? [];
  if (found !== undefined) return new Refusal(`${await table.locate(array === "x" ? 0 : 1, Number(row))}: found ${found}`);
  if (error.message.startsWith("All weights"))
    return new Refusal(`${place(source.file, undefined, table.columns[1]?.name)}: a${error.message.slice(1)}`);
  return new Refusal(
    error.message
      .replace(/^fixed\.(\w+) is /, "--fix $1: found ")
      .replace(/^method is "(\w+)" and (.*); "percentile" or "basic" is needed\.$/, "--ci $1: $2; --ci percentile is needed")
      .replace(/^fixed\./, "--fix ")
      .replace(/^lower\./, "--min ")
      .replace(/^upper\./, "--max ")
      .replace(/^(\w+) is missing; (\w+) needs it/, "$2 needs --set $1=<number>"),
  );
}

function print(...lines: string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}
