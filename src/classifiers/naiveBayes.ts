import type { RowFit } from "../estimators/rowResult.ts";
import { followed } from "../formula/coding.ts";
import type { Predictor } from "../formula/predictors.ts";
import type { Factor } from "../formula/value.ts";
import { log } from "../math/elementary.ts";
import type { Matrix } from "../wasm/matrix.ts";
import { type ColumnFit, type FittedColumn, fitColumn, fitLevels } from "./columnFit.ts";
import { asLevels, type ColumnModel } from "./columnModels.ts";
import { partOf, together } from "./parts.ts";
import type { Scoring } from "./posterior.ts";
import type { Classes } from "./priors.ts";
import { GenerativeFit, type Learned } from "./result.ts";

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
  const fitted: FittedColumn[][] = [];
  for (const [k, group] of groups.entries()) {
    const own: FittedColumn[] = [];
    let place = 0;
    for (const model of models)
      own.push(model.kind === "factor" ? fitLevels(model, rows, k) : await fitColumn(group, place++, model, signal));
    fitted.push(own);
  }
  const fits = fitted.map((own) => own.map(({ fit }) => fit));
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
  const scoring = usable ? scoringOf(models, fitted, prior.values) : undefined;
  return new NaiveBayesFit({ model: "naiveBayes", rows, columns, counts, ...prior.with(factors), scoring }, fits);
}

const INTERIOR = "A maximum with zero score and positive definite information.";

/** Missing values are left out: the distribution of the others, the columns being independent, is the product of theirs. */
function scoringOf(models: readonly ColumnModel[], fitted: readonly (readonly FittedColumn[])[], prior: readonly number[]): Scoring {
  const logPrior = prior.map(log);
  return (columns) => {
    const adders = models.map((model, j) => {
      const own = fitted.map((fits) => fits[j]!);
      return model.kind === "factor" ? addLevels(columns[j]!, model, own) : addNumbers(columns[j]!, model, own);
    });
    return (row, scores) => {
      for (let k = 0; k < scores.length; k++) scores[k] = logPrior[k]!;
      for (const add of adders) add(row, scores);
    };
  };
}

type Adder = (row: number, scores: Float64Array) => void;

function addNumbers(column: Predictor, { label }: ColumnModel, fitted: readonly FittedColumn[]): Adder {
  if (column.kind === "factor") throw new TypeError(`${label} holds levels; numbers are needed, as in the fit.`);
  const { values } = column;
  const infinite = values.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
  if (infinite >= 0) throw new RangeError(`${label} is ${values[infinite]} in row ${infinite}; finite numbers are needed.`);
  const laws = fitted.map(({ law }) => law!);
  return (row, scores) => {
    const value = values[row]!;
    if (value !== value) return;
    for (let k = 0; k < scores.length; k++) scores[k]! += laws[k]!.family.logPdf(value, laws[k]!.theta);
  };
}

function addLevels(column: Predictor, { label, levels }: ColumnModel & { kind: "factor" }, fitted: readonly FittedColumn[]): Adder {
  const { codes }: Factor = followed(asLevels(column), levels, label);
  const logs = fitted.map(({ fit }) => (fit.estimates as RowFit["estimates"]).prob.map(log));
  return (row, scores) => {
    const code = codes[row]!;
    if (code < 0) return;
    for (let k = 0; k < scores.length; k++) scores[k]! += logs[k]![code]!;
  };
}
