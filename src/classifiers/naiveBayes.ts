import { describe } from "../data/observations.ts";
import { categorical } from "../distributions/categorical.ts";
import { type Family, holds, isPositive } from "../distributions/family.ts";
import { normal } from "../distributions/normal.ts";
import { fitSample } from "../estimators/fitSample.ts";
import { nearest } from "../estimators/nearest.ts";
import type { Found } from "../estimators/result.ts";
import { concludedRows, type RowFit } from "../estimators/rowResult.ts";
import { byIndex, checkOptions, constantsOf, familyOf, rowFamilyOf } from "../estimators/settings.ts";
import { log } from "../math/elementary.ts";
import { followed } from "../regression/coding.ts";
import { factorOfNumbers } from "../regression/levels.ts";
import type { Predictor } from "../regression/predictors.ts";
import type { Factor } from "../regression/value.ts";
import type { Matrix } from "../wasm/matrix.ts";
import { Sample } from "../wasm/sample.ts";
import type { ColumnFamily, NaiveBayesOptions } from "./options.ts";
import { partOf, together } from "./parts.ts";
import type { Scoring } from "./posterior.ts";
import type { Classes } from "./priors.ts";
import { GenerativeFit, type Learned } from "./result.ts";
import type { LabelledRows } from "./rows.ts";

/** A fit of a column within a class: of numbers, or of levels. */
export type ColumnFit = Found | RowFit;

/** Naive Bayes: within a class, columns are independent, each with a family of its own. */
export class NaiveBayesFit extends GenerativeFit {
  /** The fit of each column within each class: `fits.setosa["Sepal.Length"]`. */
  readonly fits: Readonly<Record<string, Readonly<Record<string, ColumnFit>>>>;

  constructor(learned: Learned, fits: readonly (readonly ColumnFit[])[]) {
    super(learned);
    this.fits = this.byClass(fits.map((own) => Object.fromEntries(learned.columns.map((name, j) => [name, own[j]!]))));
  }

  override toJSON(): Record<string, unknown> {
    const numbers = (own: Readonly<Record<string, ColumnFit>>) =>
      Object.fromEntries(Object.entries(own).map(([name, fit]) => [name, fit.toJSON()]));
    return { ...super.toJSON(), fits: Object.fromEntries(Object.entries(this.fits).map(([name, own]) => [name, numbers(own)])) };
  }
}

/** A column with what it is taken for. */
export type ColumnModel =
  | {
      readonly kind: "numbers";
      readonly label: string;
      readonly values: Float64Array;
      readonly family: Family;
      readonly constants: readonly number[];
      readonly fixed: readonly (number | undefined)[];
    }
  | { readonly kind: "factor"; readonly label: string; readonly codes: Int32Array; readonly levels: readonly string[] };

/**
 * The columns with their families.
 *
 * @throws RangeError or TypeError for a family of no column, for one that a column cannot have, and for a value outside of its support.
 */
export function columnModels(rows: LabelledRows, families: NaiveBayesOptions["families"] = {}): ColumnModel[] {
  if (typeof families !== "object" || families === null) {
    throw new TypeError(`families is ${describe(families)}; an object of families by column is needed.`);
  }
  const labels = rows.columns.map(({ label }) => label);
  for (const name of Object.keys(families)) {
    if (!labels.includes(name)) throw new RangeError(`families.${name}: there is no such column; did you mean "${nearest(name, labels)}"?`);
  }
  return rows.columns.map((column) => {
    const given = Object.hasOwn(families, column.label) ? families[column.label] : undefined;
    if (given === undefined ? column.kind === "factor" : rowFamilyOf(given) === categorical) return asLevels(column);
    const { distribution = normal, fixed, ...constants } = asked(given, `families.${column.label}`);
    const family = familyOf(distribution);
    if (column.kind === "factor") {
      throw new RangeError(`families.${column.label} is ${family.name} and the column holds levels; "categorical" is needed.`);
    }
    checkOptions(
      constants,
      (family.constants ?? []).map(({ name }) => name),
    );
    const { values, columns } = constantsOf(family, constants);
    const [perRow] = Object.keys(columns);
    if (perRow) throw new RangeError(`families.${column.label}.${perRow} is an array; one number for all rows is needed.`);
    const model = { ...column, family, constants: values as number[], fixed: byIndex(family, fixed, "fixed") };
    checkSupport(model, rows);
    return model;
  });
}

function asked(given: unknown, role: string): Partial<ColumnFamily> {
  if (given === undefined) return {};
  if (typeof given === "string" || (typeof given === "object" && given !== null && "model" in given)) {
    return { distribution: given as Family };
  }
  if (typeof given === "object" && given !== null && "distribution" in given) return given as ColumnFamily;
  throw new TypeError(`${role} is ${describe(given)}; a family's name, a family or { distribution, … } is needed.`);
}

function checkSupport({ label, values, family, constants }: ColumnModel & { kind: "numbers" }, { codes, rowOf }: LabelledRows): void {
  const support = family.supportAt?.(constants) ?? family.support;
  for (let row = 0; row < codes.length; row++) {
    if (codes[row]! < 0 || holds(support, values[row]!)) continue;
    throw new RangeError(`${label} is ${values[row]} in row ${rowOf(row)}; ${family.name} needs ${support.text}.`);
  }
}

function asLevels(column: Predictor): Extract<ColumnModel, { kind: "factor" }> {
  return column.kind === "factor" ? column : { ...factorOfNumbers(column.values), kind: "factor", label: column.label };
}

/**
 * Fits every column within every class.
 *
 * @param groups - The columns of numbers, class by class, in their order.
 */
export async function naiveBayes(
  groups: readonly Matrix[],
  models: readonly ColumnModel[],
  { rows, columns, prior, counts }: Classes,
  signal: AbortSignal | undefined,
): Promise<NaiveBayesFit> {
  const { classes } = rows;
  const fits: ColumnFit[][] = [];
  for (const [k, group] of groups.entries()) {
    const own: ColumnFit[] = [];
    let place = 0;
    for (const model of models)
      own.push(model.kind === "factor" ? fitLevels(model, rows, k) : await fitColumn(group, place++, model, signal));
    fits.push(own);
  }
  const all = fits.flatMap((own, k) =>
    own.map((fit, j) => ({ fit, of: `class ${JSON.stringify(classes[k])}, column ${JSON.stringify(columns[j])}` })),
  );
  const { status, reason } = together(all.map(({ fit, of }) => ({ of, status: fit.status, reason: fit.reason })));
  const noted = all
    .filter(({ fit }) => fit.distribution === "categorical" && fit.reason !== INTERIOR)
    .map(({ fit, of }) => `${of}: ${fit.reason}`);
  const free = models.reduce((sum, model) => {
    return sum + (model.kind === "factor" ? model.levels.length - 1 : model.fixed.filter((value) => value === undefined).length);
  }, 0);
  const factors = {
    parts: fits.flatMap((own, k) => own.map((fit, j) => partOf(fit, `${classes[k]}:${columns[j]}:`))),
    free: free * classes.length,
    logLik: all.reduce((sum, { fit }) => sum + fit.logLik, 0),
    status,
    reason: status === "interior" ? [INTERIOR, ...noted.slice(0, 3)].join(" ") : reason,
  };
  const usable = status === "interior" || status === "boundary";
  const scoring = usable ? scoringOf(models, fits, prior.values) : undefined;
  return new NaiveBayesFit({ model: "naiveBayes", rows, columns, counts, ...prior.with(factors), scoring }, fits);
}

const INTERIOR = "A maximum with zero score and positive definite information.";

function fitColumn(
  { engine, x, stride, w, rows }: Matrix,
  place: number,
  { family, constants, fixed }: ColumnModel & { kind: "numbers" },
  signal: AbortSignal | undefined,
): Promise<Found> {
  // What a sample keeps in the engine's memory goes with its fit.
  return engine.arena.scope(() => {
    const sample = new Sample(engine, x + place * stride, w, rows, isPositive(family.support) ? "scanLogs" : "scan");
    return fitSample(family, sample, { constants, fixed, start: family.parameters.map(() => undefined), ...(signal && { signal }) });
  });
}

function fitLevels({ codes, levels }: ColumnModel & { kind: "factor" }, rows: LabelledRows, k: number): RowFit {
  const weights = levels.map(() => 0);
  const squares = levels.map(() => 0);
  for (let row = 0; row < codes.length; row++) {
    if (rows.codes[row] !== k) continue;
    const weight = rows.weights ? rows.weights[row]! : 1;
    weights[codes[row]!]! += weight;
    squares[codes[row]!]! += weight * weight;
  }
  const peak = categorical.maximum({ levels, weights, squares }, false);
  const nobs = weights.reduce((sum, weight) => sum + weight, 0);
  return concludedRows({ family: categorical, names: levels, fixed: {}, nobs, passes: 1 }, peak, peak.covariance);
}

/** Missing values are left out: the distribution of the others, the columns being independent, is the product of theirs. */
function scoringOf(models: readonly ColumnModel[], fits: readonly (readonly ColumnFit[])[], prior: readonly number[]): Scoring {
  const logPrior = prior.map(log);
  return (columns) => {
    const adders = models.map((model, j) => {
      const own = fits.map((fit) => fit[j]!);
      return model.kind === "factor" ? addLevels(columns[j]!, model, own) : addNumbers(columns[j]!, model, own);
    });
    return (row, scores) => {
      for (let k = 0; k < scores.length; k++) scores[k] = logPrior[k]!;
      for (const add of adders) add(row, scores);
    };
  };
}

type Adder = (row: number, scores: Float64Array) => void;

function addNumbers(column: Predictor, { label, family, constants }: ColumnModel & { kind: "numbers" }, fits: readonly ColumnFit[]): Adder {
  if (column.kind === "factor") throw new TypeError(`${label} holds levels; numbers are needed, as in the fit.`);
  const { values } = column;
  const infinite = values.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
  if (infinite >= 0) throw new RangeError(`${label} is ${values[infinite]} in row ${infinite}; finite numbers are needed.`);
  const thetas = fits.map(({ parameters, estimates }) => [
    ...parameters.map((name) => (estimates as Readonly<Record<string, number>>)[name]!),
    ...constants,
  ]);
  return (row, scores) => {
    const value = values[row]!;
    if (value !== value) return;
    for (let k = 0; k < scores.length; k++) scores[k]! += family.logPdf(value, thetas[k]!);
  };
}

function addLevels(column: Predictor, { label, levels }: ColumnModel & { kind: "factor" }, fits: readonly ColumnFit[]): Adder {
  const { codes }: Factor = followed(asLevels(column), levels, label);
  const logs = fits.map(({ estimates }) => (estimates as RowFit["estimates"]).prob.map(log));
  return (row, scores) => {
    const code = codes[row]!;
    if (code < 0) return;
    for (let k = 0; k < scores.length; k++) scores[k]! += logs[k]![code]!;
  };
}
