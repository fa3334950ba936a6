// loglik glm: a file and a formula in, one regression out.

import type { Model, Own, Regression, Rows } from "../models/model.ts";
import { duration } from "../report/number.ts";
import { regressionReport } from "../report/regression.ts";
import { withDuckDB } from "./duckdb.ts";
import { find, type Input } from "./input.ts";
import { checkOutputs } from "./outputs.ts";
import { place, Refusal } from "./refusal.ts";
import { askedModel, kebab, ownOptions, type RegressionOptions } from "./regressionOptions.ts";
import { type RegressionOutcome, writeRegressionOutputs } from "./regressionOutputs.ts";
import { type RegressionRows, readRegression } from "./regressionRows.ts";
import { open, type Source } from "./source.ts";

/** Columns of numbers that every model takes. */
const BESIDE = ["weights", "offset"] as const;
/** Parameters above which a document has no matrix of their covariances. */
const WIDE = 300;

/** Runs the command; resolves to its exit code: 0 with a fit, 1 without one. */
export async function regressionCommand(file: string, formula: string, options: RegressionOptions): Promise<number> {
  const start = performance.now();
  const { name, model, given } = askedModel(options);
  if (options.covariance !== undefined && options.cluster !== undefined)
    throw new Refusal(`--covariance ${options.covariance} and --cluster: standard errors are of one kind`);
  if (options.term !== undefined && options.plotKind !== "effect") throw new Refusal("--term needs --plot-kind effect");
  const { formulaVariables, regressionPlotKinds } = await import("loglik");
  await checkOutputs(options, async () => regressionPlotKinds);
  // A formula that is none is told before a long file is read.
  formulaVariables(formula);
  const input = await find(file);
  return withDuckDB(async (connection) => {
    // Missing values are the model's to leave out: the reader only has to know them.
    const source = await open(connection, input, { ...options, na: "drop" });
    const variables = formulaVariables(
      formula,
      source.columns.map((column) => column.name),
    );
    const flags = [
      ...BESIDE.filter((flag) => options[flag] !== undefined),
      ...given.flatMap(([flag, { kind }]) => (kind === "column" ? [flag] : [])),
    ];
    const table = await readRegression(connection, source, variables, flags, options);
    const readSeconds = (performance.now() - start) / 1000;
    await checkWeights(table);
    const rows: Rows = {
      formula,
      data: table.data,
      na: options.na,
      ...(options.levels && { levels: options.levels }),
      ...Object.fromEntries(BESIDE.flatMap((flag) => (table.beside.has(flag) ? [[flag, table.beside.get(flag)]] : []))),
    };
    try {
      const about = { name, file: source.file, formula, rows: table.rows };
      return await answered({ model, rows, own: ownOptions(options, given, table.beside), table, about, input, readSeconds }, options);
    } catch (error) {
      throw await located(error, { formula, table, source, options, model });
    }
  });
}

interface Asked {
  readonly model: Model;
  readonly rows: Rows;
  readonly own: Own;
  readonly table: RegressionRows;
  readonly about: { readonly name: string; readonly file: string; readonly formula: string; readonly rows: number };
  readonly input: Input;
  readonly readSeconds: number;
}

async function answered({ model, rows, own, table, about, input, readSeconds }: Asked, options: RegressionOptions): Promise<number> {
  const start = performance.now();
  const result = await model.fit(rows, own);
  const { level, cluster } = options;
  const kind = table.cluster ? { cluster: table.cluster } : options.covariance;
  const coefficients = result.coefficients(kind);
  const confint = result.confint({ level: level ?? 0.95, ...(kind && { covariance: kind }) });
  const seconds = { read: readSeconds, fit: (performance.now() - start) / 1000 };
  const exists = result.status === "interior" || result.status === "boundary";
  const outcome: RegressionOutcome = { result, kind, exists, intervals: { level: level ?? 0.95, confint }, about, input };
  await writeRegressionOutputs(outcome, options);
  if (options.json) {
    const covariance = cluster === undefined ? options.covariance : { cluster };
    const document = {
      ...result.toJSON(),
      ...Object.fromEntries(model.fields.map((field) => [field, result[field as keyof Regression]])),
      coefficients,
      ...(covariance !== undefined && { covariance, standardErrors: errorsOf(result, coefficients) }),
      ...(result.parameters.length <= WIDE && { vcov: result.vcovOf(kind ?? "observed") }),
      level: level ?? 0.95,
      confint,
      file: about.file,
      formula: about.formula,
      rows: about.rows,
      seconds,
    };
    process.stdout.write(`${JSON.stringify(document, spelled, 2)}\n`);
  } else {
    const report = await regressionReport(result, {
      kind,
      errors: cluster === undefined ? options.covariance : `clustered by ${cluster}`,
      intervals: level === undefined ? undefined : { level, confint },
    });
    process.stdout.write(
      `${[...report, "", `${about.file}: read in ${duration(seconds.read)}, fitted in ${duration(seconds.fit)}`].join("\n")}\n`,
    );
  }
  return exists ? 0 : 1;
}

/** Standard errors of another kind, those of the model's own parameters as they are. */
function errorsOf({ standardErrors }: Regression, coefficients: ReturnType<Regression["coefficients"]>): Record<string, number> {
  return { ...standardErrors, ...Object.fromEntries(coefficients.map(({ name, standardError }) => [name, standardError])) };
}

/** JSON has no infinities, and an estimate that is one must not read as missing. */
function spelled(_: string, value: unknown): unknown {
  return value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY ? String(value) : value;
}

async function checkWeights({ beside, locate }: RegressionRows): Promise<void> {
  const weights = beside.get("weights");
  const row = weights?.findIndex((weight) => weight < 0) ?? -1;
  if (row >= 0) throw new Refusal(`${await locate("weights", row)}: found ${weights![row]}; a weight needs a number >= 0`);
}

interface Told {
  readonly formula: string;
  readonly table: RegressionRows;
  readonly source: Source;
  readonly options: RegressionOptions;
  readonly model: Model;
}

/** The library counts in rows of its arrays and names its own options; whoever typed the command knows lines and flags. */
async function located(error: unknown, { formula, table, source, options, model }: Told): Promise<unknown> {
  if (!(error instanceof RangeError || error instanceof TypeError)) return error;
  const { message } = error;
  // "data.x[3] is -1; …", also within a longer sentence; "y[3] is 2; …"; "trials[3] is 1.5; …".
  const [cell, column, row, found] = /data\.(.+?)\[(\d+)\] is ("[^"]*"|[^;,)]+?)(?=;|,|\)| and | \(|$)/.exec(message) ?? [];
  if (cell !== undefined && column! in table.data) {
    const need = message
      .replace(/ in row \d+, where .*?;/, ";")
      .replace(` (${cell})`, "")
      .replace(`${cell};`, "")
      .replace(`${cell}, which is none of levels.${column}: `, `--levels ${column} has `);
    const missing = found === "null" || found === "NaN";
    return new Refusal(`${await table.locate(column!, Number(row))}: found ${missing ? "no value" : found}; ${need.trim()}`);
  }
  const [, array, index, value] = /^(\w+)\[(\d+)\] is (.*)$/s.exec(message) ?? [];
  if (array === "y") {
    const { formulaVariables } = await import("loglik");
    const [response] = formulaVariables(`${formula.split("~")[0]}~ 1`);
    if (response) return new Refusal(`${await table.locate(response.name, Number(index))}: found ${value}`);
  }
  if (array !== undefined && table.beside.has(array)) return new Refusal(`${await table.locate(array, Number(index))}: found ${value}`);
  const [, flag, given] = /^(\w+) is (.*)$/s.exec(message) ?? [];
  if (flag !== undefined && (flag in model.options || flag in options)) return new Refusal(`--${kebab(flag)}: found ${given}`);
  return message.startsWith("formula: ") ? error : new Refusal(`${place(source.file)}: ${message}`);
}
