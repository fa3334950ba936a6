// Variables over the rows that are kept, coded for a design: the fit's rows say how, new rows follow.

import { describe } from "../data/observations.ts";
import type { Coded } from "./blocks.ts";
import type { Response } from "./design.ts";
import { type Scope, senseless } from "./evaluate.ts";
import type { Variable } from "./expansion.ts";
import { factorOfLogical, recoded, withoutUnused } from "./levels.ts";
import { type Factor, kindOf, type Value } from "./value.ts";

/** What the fit's rows said of a variable, by its label: its kind and, of a factor, its levels. */
export type Known = Map<string, { readonly kind: Value["kind"]; readonly levels?: readonly string[] }>;

/** The rows that are kept, ascending; undefined if all are. */
export type Kept = Int32Array | undefined;

/** The values of the rows that are kept; the column itself, if all are. */
export function taken<T extends Float64Array | Int32Array>(column: T, kept: Kept): T {
  if (!kept) return column;
  const into = column instanceof Int32Array ? new Int32Array(kept.length) : new Float64Array(kept.length);
  for (let i = 0; i < kept.length; i++) into[i] = column[kept[i]!]!;
  return into as T;
}

/**
 * A variable's columns or codes. What is not known of it yet is learned: levels are those that the kept rows have.
 *
 * @throws RangeError for another kind of column than in the fit, or for a level that the fit's rows did not have.
 */
export function codedAs({ label, node }: Variable, value: Value, kept: Kept, known: Known, scope: Scope): Coded {
  const fit = known.get(label);
  if (fit && fit.kind !== value.kind) {
    throw senseless(scope, `has ${label}, ${kindOf(value)}; ${kindOf(fit)} is needed, as in the fit`, node);
  }
  if (value.kind === "factor") {
    const seen = takenFactor(value, kept);
    if (fit?.levels) return { ...followed(seen, fit.levels, label, kept), label };
    known.set(label, { kind: value.kind, levels: seen.levels });
    return { ...seen, label };
  }
  known.set(label, { kind: value.kind });
  if (value.kind === "logical") return { ...factorOfLogical(taken(value.values, kept)), label };
  if (value.kind === "numbers") return { kind: "numbers", label, columns: [taken(value.values, kept)], ends: [""] };
  if (value.kind === "matrix") {
    return { kind: "numbers", label, columns: value.columns.map((column) => taken(column, kept)), ends: value.ends };
  }
  throw senseless(scope, `has ${label}, ${kindOf(value)}; a column is needed`, node);
}

/** What is modelled, in the rows that are kept. */
export function responseOf({ label, node }: Variable, value: Value, kept: Kept, scope: Scope): Response {
  if (value.kind === "numbers" || value.kind === "logical") return { kind: "numbers", values: taken(value.values, kept) };
  if (value.kind === "factor") {
    const { codes, levels } = takenFactor(value, kept);
    const empty = value.levels.filter((level) => !levels.includes(level));
    return { kind: "levels", codes, levels, ...(empty.length > 0 && { empty }) };
  }
  if (value.kind !== "answer") {
    throw senseless(scope, `has ${label}, ${kindOf(value)}; a response of numbers, a factor, cbind() or Surv() is needed`, node);
  }
  const { response } = value;
  if (response.kind === "counts") {
    return { ...response, columns: response.columns.map((column) => taken(column, kept)) };
  }
  const { lower, upper, start } = response;
  return { kind: "survival", lower: taken(lower, kept), upper: taken(upper, kept), ...(start && { start: taken(start, kept) }) };
}

function takenFactor({ codes, levels }: Factor, kept: Kept): Factor {
  return withoutUnused({ kind: "factor", codes: taken(codes, kept), levels });
}

/**
 * New rows by the fit's levels.
 *
 * @throws RangeError for a level that the fit's rows did not have, naming it and its row.
 */
export function followed(seen: Factor, levels: readonly string[], label: string, kept?: Kept): Factor {
  const known = new Set(levels);
  const unknown = seen.levels.findIndex((level) => !known.has(level));
  if (unknown < 0) return recoded(seen, levels);
  const row = seen.codes.indexOf(unknown);
  const place = kept ? kept[row] : row;
  const found = describe(seen.levels[unknown]);
  throw new RangeError(`${label} is ${found} in row ${place}, which is none of the fit's levels ${listed(levels)}.`);
}

function listed(levels: readonly string[]): string {
  const shown = levels.slice(0, 12).map(describe).join(", ");
  return levels.length > 12 ? `${shown} and ${levels.length - 12} more` : shown;
}
