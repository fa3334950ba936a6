// A formula's variables over the rows of a frame, coded: for the fit's rows, which say what the codes are, and for new ones, which follow.

import { describe, numbers } from "../data/observations.ts";
import { type Coded, designOf } from "./blocks.ts";
import type { Design, Response } from "./design.ts";
import { evaluate, type Scope, senseless } from "./evaluate.ts";
import { placesOf, type Terms, type Variable } from "./expansion.ts";
import { factorOfLogical, recoded, withoutUnused } from "./levels.ts";
import { Gaps, type NaPolicy } from "./missing.ts";
import { kindOf, type Value } from "./value.ts";

export interface RowOptions {
  /** `"omit"` by default, as in R: rows in which a value is missing are left out and counted. */
  readonly na?: NaPolicy;
  /** Numbers, one per row of the data, that are to lose the same rows: weights, an offset. A NaN among them is a missing value. */
  readonly beside?: Readonly<Record<string, ArrayLike<number> | undefined>>;
}

/** The designs of rows. */
export interface DesignRows {
  /** One per part of the formula: two of `y ~ x | z`. */
  readonly designs: readonly Design[];
  /** Rows of the data that are in the designs, ascending; undefined if all are. */
  readonly kept: Int32Array | undefined;
  /** How many were left out. */
  readonly omitted: number;
  /** The columns of the option, in the rows kept. */
  readonly beside: Readonly<Record<string, Float64Array>>;
}

/** What the fit's rows said of a variable, by its label: its kind and, of a factor, its levels. */
export type Known = Map<string, { readonly kind: Value["kind"]; readonly levels?: readonly string[] }>;

/**
 * Designs of a frame's rows and, where one is asked for, the response. Variables that are not known yet are learned.
 *
 * @throws RangeError or TypeError naming the variable or column, row, value and need.
 */
export function readRows(
  parts: readonly Terms[],
  scope: Scope,
  known: Known,
  { na = "omit", beside = {} }: RowOptions,
  answer?: Variable,
): { rows: DesignRows; response: Response | undefined } {
  if (na !== "omit" && na !== "fail") throw new RangeError(`na is ${describe(na)}; "omit" or "fail" is needed.`);
  const gaps = new Gaps(scope.frame.rows);
  const values = new Map<string, Value>();
  const read = (variable: Variable, isAnswer: boolean): Value => {
    const found = values.get(variable.label);
    if (found) return found;
    const value = evaluate(variable.node, scope);
    const isColumn = value.kind === "answer" ? isAnswer : value.kind !== "constant" && value.kind !== "list";
    if (!isColumn || (isAnswer && value.kind === "matrix")) {
      const need = isAnswer ? "a response of numbers, a factor, cbind() or Surv()" : "a column";
      throw senseless(scope, `has ${variable.label}, ${kindOf(value)}; ${need} is needed`, variable.node);
    }
    values.set(variable.label, value);
    gaps.readVariable(variable, value, scope);
    return value;
  };
  const answered = answer && read(answer, true);
  for (const { variables, terms, offsets } of parts) {
    const used = new Set([...offsets, ...terms.flatMap(placesOf)]);
    variables.forEach((variable, place) => {
      if (used.has(place)) read(variable, false);
      else if (answer) gaps.readUnused(variable, scope);
    });
  }
  const columns = Object.entries(beside).flatMap(([name, column]) => {
    if (column === undefined) return [];
    const checked = numbers(column, name);
    if (checked.length !== scope.frame.rows) {
      throw new RangeError(`${name} has ${checked.length} entries and data has ${scope.frame.rows} rows; one per row is needed.`);
    }
    gaps.readRows(
      (row) => checked[row] !== checked[row],
      (row) => `${name}[${row}] is NaN`,
    );
    return [[name, checked instanceof Float64Array ? checked : Float64Array.from(checked)] as const];
  });

  const kept = gaps.kept(na);
  const rows = kept?.length ?? scope.frame.rows;
  const take = (column: Float64Array): Float64Array => (kept ? gather(column, kept, new Float64Array(rows)) : column);
  const takeCodes = (codes: Int32Array): Int32Array => (kept ? gather(codes, kept, new Int32Array(rows)) : codes);

  const coded = new Map<string, Coded>();
  const code = ({ label, node }: Variable): Coded => {
    const before = coded.get(label);
    if (before) return before;
    const value = values.get(label)!;
    const fits = known.get(label);
    if (fits && fits.kind !== value.kind) {
      throw senseless(scope, `has ${label}, ${kindOf(value)}; ${kindOf({ kind: fits.kind } as Value)} is needed, as in the fit`, node);
    }
    let made: Coded;
    if (value.kind === "matrix") made = { kind: "numbers", label, columns: value.columns.map(take), ends: value.ends };
    else if (value.kind === "numbers") made = { kind: "numbers", label, columns: [take(value.values)], ends: [""] };
    else if (value.kind === "logical") made = { ...factorOfLogical(take(value.values)), label };
    else {
      const { codes, levels } = value as Extract<Value, { kind: "factor" }>;
      const seen = withoutUnused({ kind: "factor", codes: takeCodes(codes), levels });
      const wanted = fits?.levels;
      const unknown = wanted ? firstUnknown(seen.levels, wanted) : -1;
      if (unknown >= 0) {
        const row = seen.codes.indexOf(unknown);
        const text = JSON.stringify(seen.levels[unknown]);
        const place = kept ? kept[row] : row;
        throw new RangeError(`${label} is ${text} in row ${place}, which is none of the fit's levels ${listed(wanted!)}.`);
      }
      made = { ...(wanted ? recoded(seen, wanted) : seen), label };
    }
    known.set(label, made.kind === "factor" ? { kind: value.kind, levels: made.levels } : { kind: value.kind });
    coded.set(label, made);
    return made;
  };

  const designs = parts.map((terms) => designOf(terms, rows, (place) => code(terms.variables[place]!)));
  const lost = scope.frame.rows - rows;
  const kept_ = Object.fromEntries(columns.map(([name, column]) => [name, take(column)]));
  const response = answered && responseOf(answered, take, takeCodes);
  return { rows: { designs, kept, omitted: lost, beside: kept_ }, response };
}

function gather<T extends Float64Array | Int32Array>(column: T, kept: Int32Array, into: T): T {
  for (let i = 0; i < kept.length; i++) into[i] = column[kept[i]!]!;
  return into;
}

function responseOf(
  value: Value,
  take: (column: Float64Array) => Float64Array,
  takeCodes: (codes: Int32Array) => Int32Array,
): Response | undefined {
  if (value.kind === "numbers" || value.kind === "logical") return { kind: "numbers", values: take(value.values) };
  if (value.kind === "factor") {
    const { codes, levels } = withoutUnused({ kind: "factor", codes: takeCodes(value.codes), levels: value.levels });
    return { kind: "levels", codes, levels };
  }
  if (value.kind !== "answer") return undefined;
  const { response } = value;
  if (response.kind === "counts") {
    return { kind: "counts", successes: take(response.successes), failures: take(response.failures) };
  }
  return { kind: "survival", lower: take(response.lower), upper: take(response.upper) };
}

function firstUnknown(levels: readonly string[], wanted: readonly string[]): number {
  const known = new Set(wanted);
  return levels.findIndex((level) => !known.has(level));
}

function listed(levels: readonly string[]): string {
  const shown = levels.slice(0, 12).map(describe).join(", ");
  return levels.length > 12 ? `${shown} and ${levels.length - 12} more` : shown;
}
