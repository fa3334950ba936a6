import type { Newton, Peak, Search } from "../likelihood/rowModel.ts";
import type { Domain } from "../math/charts.ts";
import type { Random } from "../math/random.ts";
import type { Matrix } from "../wasm/matrix.ts";

/** A parameter that is a number, one number per column (or level), or a symmetric matrix of them. */
export interface ShapedParameter {
  readonly name: string;
  readonly shape: "number" | "vector" | "matrix";
  /** Where its numbers lie; of a matrix, its diagonal. */
  readonly domain: Domain;
  /** Whether `fixed` may hold it. */
  readonly fixable?: boolean;
}

/** Values of the parameters by name: numbers, arrays, and matrices as arrays of rows. */
export type ShapedValues = Readonly<Record<string, number | readonly number[] | readonly (readonly number[])[]>>;

interface Described {
  readonly name: string;
  readonly parameters: readonly ShapedParameter[];
  /** In words, and whether the values are labels. */
  readonly support: { readonly text: string; readonly whole: boolean };
  /** The density or mass as text. */
  readonly density: string;
  readonly source: string;
  /** When there is no maximum inside the parameter space. */
  readonly existence: string;
}

/** Fixed numbers by name. */
export type FixedNumbers = Readonly<Record<string, number>>;

/** A family of distributions of rows of numbers. */
export interface VectorFamily extends Described {
  readonly variate: "vector";
  /** What is wrong with a row of finite numbers; undefined if nothing is. */
  refuse?(row: readonly number[]): Refusal | undefined;
  /** Finds the maximum of the likelihood. */
  search(matrix: Matrix, fixed: FixedNumbers, newton: Newton): Search;
  /** The distribution at given parameters, or why these are none, in words. */
  at(values: ShapedValues): RowDensity | string;
}

/** What is wrong with a row: the value in a column, or what the row `is`; and what is needed. */
export type Refusal = { readonly need: string } & (
  | { readonly column: number; readonly is?: undefined }
  | { readonly is: string; readonly column?: undefined }
);

/** A distribution of rows at given parameters. */
export interface RowDensity {
  readonly dimension: number;
  logPdf(row: ArrayLike<number>): number;
  mean(): number[];
  covariance(): number[][];
  /** One row. */
  random(random: Random): ArrayLike<number>;
}

/** How often each level occurs. */
export interface Tally {
  readonly levels: readonly string[];
  /** Sum of the weights of each level, and of their squares. */
  readonly weights: readonly number[];
  readonly squares: readonly number[];
}

/** A family of distributions of labels. */
export interface LevelFamily extends Described {
  readonly variate: "level";
  /** The maximum of the likelihood. With `robust`, the weights are not counts and the errors are the sandwich's. */
  maximum(tally: Tally, robust: boolean): Peak;
}

export type RowFamily = VectorFamily | LevelFamily;

/** Whether a family is of rows or labels; the others are of numbers. */
export function isRowFamily(family: object): family is RowFamily {
  return "variate" in family;
}
