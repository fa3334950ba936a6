// What an expression in a formula comes to.

import type { Response } from "./design.ts";

export type Value = Numbers | Logical | Factor | Matrix | Constant | List | Answer;

/** A column of numbers; NaN is a missing one. */
export interface Numbers {
  readonly kind: "numbers";
  readonly values: Float64Array;
  /** From an array of integers: R writes such levels without exponents. */
  readonly whole?: boolean;
}

/** TRUE is 1, FALSE 0, a missing one NaN. */
export interface Logical {
  readonly kind: "logical";
  readonly values: Float64Array;
}

/** `codes[i]` is the place of row i's level, -1 a missing one. */
export interface Factor {
  readonly kind: "factor";
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

/** Several columns with the ends of their names: those of poly(). */
export interface Matrix {
  readonly kind: "matrix";
  readonly columns: readonly Float64Array[];
  readonly ends: readonly string[];
}

/** One number, text or truth, as written. */
export interface Constant {
  readonly kind: "constant";
  readonly value: number | string | boolean;
}

/** Those of c(). */
export interface List {
  readonly kind: "list";
  readonly values: readonly (number | string | boolean)[];
}

/** cbind() or Surv(), which only a response may be. */
export interface Answer {
  readonly kind: "answer";
  readonly response: Extract<Response, { kind: "counts" | "survival" }>;
  /** Whether row i says nothing. */
  readonly missing: (row: number) => boolean;
}

const WORDS: Readonly<Record<Value["kind"], string>> = {
  numbers: "a column of numbers",
  logical: "a column of truths",
  factor: "a factor",
  matrix: "several columns",
  constant: "a constant",
  list: "a list",
  answer: "a response of several columns",
};

/** A value's kind in an error message. */
export function kindOf({ kind }: Pick<Value, "kind">): string {
  return WORDS[kind];
}

/** Whether row i of a value is missing, for the kinds that have rows. */
export function missingIn(value: Value): (row: number) => boolean {
  switch (value.kind) {
    case "numbers":
    case "logical":
      return (row) => value.values[row] !== value.values[row];
    case "factor":
      return (row) => value.codes[row]! < 0;
    case "matrix":
      return (row) => value.columns.some((column) => column[row] !== column[row]);
    case "answer":
      return value.missing;
    default:
      return () => false;
  }
}
