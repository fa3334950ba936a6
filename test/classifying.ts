import { readFileSync } from "node:fs";
import { type GenerativeFit, type GenerativeOptions, generative } from "loglik";
import { near } from "./closeness.ts";

// Rows that classifiers are tried on, and their answers from outside of the project (scripts/reference/generative.py).

/** Columns by name. */
export type Columns = Record<string, number[]>;
interface Exact {
  readonly logLik: number;
  readonly logPosterior: readonly (readonly number[])[];
}
interface Reference {
  readonly iris: Record<string, number[]> & { readonly Species: string[] };
  readonly fresh: Columns;
  readonly far: Columns;
  readonly exact: Record<Model, Exact>;
  readonly discriminants: readonly {
    readonly model: "lda" | "qda";
    readonly method: "moment" | "mle";
    readonly prior: readonly number[];
    readonly given: boolean;
    readonly posterior: readonly (readonly number[])[];
    readonly confusion: readonly (readonly number[])[];
    readonly scaling?: readonly (readonly number[])[];
    readonly svd?: readonly number[];
    readonly means?: readonly (readonly number[])[];
  }[];
  readonly titanic: {
    readonly data: Record<string, string[]> & { readonly Freq: number[] };
    readonly cells: Record<string, string[]>;
    readonly posterior: readonly (readonly number[])[];
    readonly withoutSex: readonly (readonly number[])[];
  };
  readonly births: Exact & { readonly data: Record<string, number[] | string[]>; readonly estimates: Record<string, number> };
}

export const models = ["naiveBayes", "lda", "qda"] as const;
export type Model = (typeof models)[number];
export const { iris, fresh, far, exact, discriminants, titanic, births }: Reference = JSON.parse(
  readFileSync(new URL("data/generative.json", import.meta.url), "utf8"),
);
export const formula = "Species ~ Sepal.Length + Sepal.Width + Petal.Length + Petal.Width";
export const names = ["Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width"];
export const classes = ["setosa", "versicolor", "virginica"];
export const design = { names, columns: names.map((name) => iris[name]!) };

/** Any of the models, by one call. */
export function fitted(options: Readonly<Record<string, unknown>> & { readonly model: Model }): Promise<GenerativeFit> {
  return generative(options as unknown as GenerativeOptions);
}

/** Expects these answers row by row, each to a relative error. */
export function sameRows(found: Record<string, Float64Array>, wanted: readonly (readonly number[])[], relative: number): void {
  wanted.forEach((row, i) => {
    row.forEach((value, k) => {
      near(Object.values(found)[k]![i]!, value, relative * Math.abs(value), `row ${i}, class ${k}`);
    });
  });
}

/** Answers row by row. */
export function rowsOf(posterior: Record<string, Float64Array>): number[][] {
  const arrays = Object.values(posterior);
  return Array.from(arrays[0]!, (_, i) => arrays.map((array) => array[i]!));
}
