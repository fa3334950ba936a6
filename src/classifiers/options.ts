import { describe } from "../data/observations.ts";
import type { Family } from "../distributions/family.ts";
import type { LevelFamily } from "../distributions/rowFamily.ts";
import type { OptionNames } from "../estimators/optionNames.ts";
import type { FamilyName } from "../estimators/settings.ts";
import type { Design } from "../formula/design.ts";
import type { Data } from "../formula/frame.ts";
import type { DesignColumns } from "../regression/designGiven.ts";
import { type FormulaGiven, ROW_OPTIONS } from "../regression/regressionData.ts";

/** Names of the models. */
export type GenerativeModel = "naiveBayes" | "lda" | "qda";

/** Labels of rows: text, numbers or truths. */
export type ClassLabels = ArrayLike<string | number | boolean>;

/** Columns with their names; of text or truths, those that are categorical. */
export interface ColumnsGiven {
  readonly names: readonly string[];
  readonly columns: readonly (ArrayLike<number> | readonly (string | boolean | null | undefined)[])[];
}

/** A classifier's rows as columns and labels. */
export interface LabelledColumns {
  readonly design: ColumnsGiven | DesignColumns | Design;
  /** The class of each row. */
  readonly y: ClassLabels;
  readonly formula?: undefined;
}

/** What every classifier takes. */
export type ClassifierOptions = (FormulaGiven | LabelledColumns) & {
  /** Probabilities of the classes by label, not to be estimated; by default they are: the classes' shares of the rows. */
  readonly prior?: Readonly<Record<string, number>>;
  /** One per row, >= 0: how often the row occurs. Rows of weight 0 are absent. */
  readonly weights?: ArrayLike<number>;
};

/** Their names. */
const CLASSIFIER_OPTIONS = { ...ROW_OPTIONS, prior: true } as const satisfies OptionNames<ClassifierOptions>;

/** A family with its constants, or with parameters that are held in every class. */
export interface ColumnFamily {
  readonly distribution: FamilyName | Family;
  readonly fixed?: Readonly<Record<string, number>>;
  /** Number of trials (binomial, betaBinomial). */
  readonly size?: number;
  /** Lower end of the support (levy). */
  readonly location?: number;
}

/** Options of a naive Bayes classifier. */
export type NaiveBayesOptions = ClassifierOptions & {
  readonly model: "naiveBayes";
  /** The families of columns by name: "normal" for numbers and "categorical" for text, truths and factors, where none is given. */
  readonly families?: Readonly<Record<string, FamilyName | "categorical" | Family | LevelFamily | ColumnFamily>>;
  readonly signal?: AbortSignal;
};

/** Options of a linear or quadratic discriminant analysis. */
export type DiscriminantOptions<M extends "lda" | "qda" = "lda" | "qda"> = ClassifierOptions & {
  readonly model: M;
  /**
   * `"mle"`, the default: covariances are divided by the number of rows, which maximises the likelihood. `"moment"`: by that less the number of
   * means estimated with them, as MASS's `lda` and `qda` do by default: unbiased, and not the maximum.
   */
  readonly method?: "mle" | "moment";
};

export type GenerativeOptions = NaiveBayesOptions | DiscriminantOptions;

/** The names of each model's options. */
export const GENERATIVE_OPTIONS = {
  naiveBayes: { ...CLASSIFIER_OPTIONS, model: true, families: true, signal: true },
  lda: { ...CLASSIFIER_OPTIONS, model: true, method: true },
  qda: { ...CLASSIFIER_OPTIONS, model: true, method: true },
} as const satisfies {
  readonly naiveBayes: OptionNames<NaiveBayesOptions>;
  readonly lda: OptionNames<DiscriminantOptions>;
  readonly qda: OptionNames<DiscriminantOptions>;
};

/** New rows: of a fit by a formula, data as the formula reads it; otherwise columns with their names, or by their names. */
export type NewRowsGiven = Data | ColumnsGiven | DesignColumns | Readonly<Record<string, ColumnsGiven["columns"][number]>>;

/**
 * The probabilities of an option, in the classes' order.
 *
 * @throws RangeError or TypeError for one that is missing, unknown or not above 0, or for a sum that is not 1.
 */
export function priorOf(given: unknown, classes: readonly string[]): number[] | undefined {
  if (given === undefined) return undefined;
  const example = `{ ${classes.map((name) => `${JSON.stringify(name)}: …`).join(", ")} }`;
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new TypeError(`prior is ${describe(given)}; an object of probabilities by class is needed: ${example}.`);
  }
  const unknown = Object.keys(given).find((name) => !classes.includes(name));
  if (unknown !== undefined) throw new RangeError(`prior.${unknown}: the rows have no such class; they have ${classes.join(", ")}.`);
  const prior = classes.map((name) => {
    const value: unknown = (given as Record<string, unknown>)[name];
    if (typeof value === "number" && value > 0 && value <= 1) return value;
    throw new RangeError(`prior.${name} is ${describe(value)}; a probability above 0 is needed.`);
  });
  const sum = prior.reduce((total, p) => total + p, 0);
  if (Math.abs(sum - 1) > 1e-9) throw new RangeError(`prior sums to ${sum}; a sum of 1 is needed.`);
  return prior;
}
