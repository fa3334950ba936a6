import { checkGiven, describe } from "../data/observations.ts";
import { nearest } from "../estimators/nearest.ts";
import { takenOptions } from "../estimators/optionNames.ts";
import type { Predictor } from "../formula/predictors.ts";
import { type ClassedRows, withClasses } from "../wasm/classPlacement.ts";
import { columnModels } from "./columnModels.ts";
import { type LdaFit, linearDiscriminant, type QdaFit, quadraticDiscriminant } from "./discriminant.ts";
import { type NaiveBayesFit, naiveBayes } from "./naiveBayes.ts";
import { type DiscriminantOptions, GENERATIVE_OPTIONS, type GenerativeOptions, type NaiveBayesOptions, priorOf } from "./options.ts";
import { type Classes, priorsOf } from "./priors.ts";
import { type LabelledRows, labelledRows } from "./rows.ts";

/**
 * Fits a generative classifier: the maximum of the joint likelihood, the product over the rows of p(class) p(row | class). Classes have their
 * shares of the rows; within a class, `"naiveBayes"` has independent columns, each of a family of the catalogue, `"lda"` multivariate normal
 * rows with one covariance for all classes, `"qda"` with one for each.
 *
 * @throws RangeError or TypeError for data or options that cannot be used, naming place, value and need; AbortError on `signal`.
 * @example
 * const r = await generative({ formula: "Species ~ Sepal.Length + Petal.Length", data: iris, model: "lda" });
 * r.posterior({ "Sepal.Length": [6.1], "Petal.Length": [4.9] }).virginica[0];
 */
export function generative(options: NaiveBayesOptions): Promise<NaiveBayesFit>;
export function generative(options: DiscriminantOptions<"lda">): Promise<LdaFit>;
export function generative(options: DiscriminantOptions<"qda">): Promise<QdaFit>;
export function generative(options: GenerativeOptions): Promise<NaiveBayesFit | LdaFit | QdaFit>;
export async function generative(asked: GenerativeOptions): Promise<NaiveBayesFit | LdaFit | QdaFit> {
  checkGiven(asked);
  const { model } = asked;
  if (!Object.hasOwn(GENERATIVE_OPTIONS, model ?? "")) {
    const meant =
      typeof model === "string"
        ? `; did you mean "${nearest(model, Object.keys(GENERATIVE_OPTIONS))}"?`
        : '; "naiveBayes", "lda" or "qda" is needed.';
    throw new RangeError(`model is ${describe(model)}${meant}`);
  }
  const options = takenOptions(asked, GENERATIVE_OPTIONS[model]);
  const rows = labelledRows(options, model === "naiveBayes");
  const given = priorOf(options.prior, rows.classes);
  const columns = rows.columns.map(({ label }) => label);
  const counts = countsOf(rows);
  const classes: Classes = { rows, columns, prior: priorsOf(rows.classes, counts, given), counts };
  if (options.model === "naiveBayes") {
    const models = columnModels(rows, options.families);
    return withClasses(placed(rows, models.filter(isNumbers)), (groups) => naiveBayes(groups, models, classes, options.signal));
  }
  const { method = "mle" } = options;
  if (method !== "mle" && method !== "moment") throw new RangeError(`method is ${describe(method)}; "mle" or "moment" is needed.`);
  const numbers = rows.columns.map((column, j) => {
    if (isNumbers(column)) return column;
    throw new TypeError(`design.columns[${j}], ${column.label}, holds labels; ${model} needs numbers.`);
  });
  const discriminant = options.model === "lda" ? linearDiscriminant : quadraticDiscriminant;
  return withClasses(placed(rows, numbers), (groups) => discriminant(groups, classes, method === "moment"));
}

type Numbers = Extract<Predictor, { kind: "numbers" }>;

function isNumbers<T extends { readonly kind: string }>(column: T): column is Extract<T, { kind: "numbers" }> {
  return column.kind === "numbers";
}

function placed({ codes, classes, weights }: LabelledRows, columns: readonly Numbers[]): ClassedRows {
  const names = columns.map(({ label }) => label);
  return { names, columns: columns.map(({ values }) => values), classes: codes, count: classes.length, weights };
}

function countsOf({ codes, classes, weights }: LabelledRows): number[] {
  const counts = classes.map(() => 0);
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) counts[codes[row]!]! += weights ? weights[row]! : 1;
  return counts;
}
