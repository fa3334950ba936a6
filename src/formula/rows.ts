// A formula over the rows of a frame: its variables, which rows have all of them, and the designs of those.

import { describe, numbers } from "../data/observations.ts";
import { type Coded, designOf } from "./blocks.ts";
import { codedAs, type Known, responseOf, taken } from "./coding.ts";
import type { Design, Response } from "./design.ts";
import { evaluate, type Scope, senseless } from "./evaluate.ts";
import { placesOf, type Terms, type Variable } from "./expansion.ts";
import type { Frame } from "./frame.ts";
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

/** What of a formula is read over rows. */
export interface Reading {
  readonly parts: readonly Terms[];
  /** The response; undefined where there is none, or where only designs are wanted. */
  readonly answer: Variable | undefined;
  /** For the fit's rows empty: what they say is put down here. */
  readonly known: Known;
}

/** The variables over the rows that have all of them. */
export interface VariableRows extends Omit<DesignRows, "designs"> {
  readonly count: number;
  /** A variable by its coding in the fit. */
  readonly coded: (variable: Variable) => Coded;
  readonly response: Response | undefined;
}

/**
 * Designs of a frame's rows and, where one is asked for, the response.
 *
 * @param isFit - Whether these are the fit's rows: then variables that are in no term count among the missing, too.
 * @throws RangeError or TypeError naming the variable or column, row, value and need.
 */
export function readRows(
  reading: Reading,
  scope: Scope,
  isFit: boolean,
  options: RowOptions,
): { rows: DesignRows; response: Response | undefined } {
  const { count, coded, response, ...rows } = readVariables(reading, scope, isFit, options);
  const designs = reading.parts.map((terms) => designOf(terms, count, (place) => coded(terms.variables[place]!)));
  return { rows: { ...rows, designs }, response };
}

/** The same without the designs. */
export function readVariables(
  { parts, answer, known }: Reading,
  scope: Scope,
  isFit: boolean,
  { na = "omit", beside = {} }: RowOptions,
): VariableRows {
  if (na !== "omit" && na !== "fail") throw new RangeError(`na is ${describe(na)}; "omit" or "fail" is needed.`);
  const { rows } = scope.frame;
  const gaps = new Gaps(rows);
  const values = new Map<string, Value>();
  const read = (variable: Variable): void => {
    if (values.has(variable.label)) return;
    const value = columnOf(variable, scope);
    values.set(variable.label, value);
    gaps.readVariable(variable, value, scope);
  };
  if (answer) read(answer);
  for (const { variables, terms, offsets, strata } of parts) {
    const used = new Set([...offsets, ...strata, ...terms.flatMap(placesOf)]);
    variables.forEach((variable, place) => {
      if (used.has(place)) read(variable);
      else if (isFit) gaps.readUnused(variable, scope);
    });
  }
  const columns = columnsBeside(beside, scope.frame);
  for (const [name, column] of columns) {
    const isGap = (row: number) => column[row] !== column[row];
    gaps.readRows(isGap, (row) => `${name}[${row}] is NaN`);
  }

  const kept = gaps.kept(na, isFit);
  const made = new Map<string, Coded>();
  const coded = (variable: Variable): Coded => {
    const { label } = variable;
    const found = made.get(label) ?? codedAs(variable, values.get(label)!, kept, known, scope);
    made.set(label, found);
    return found;
  };
  const count = kept?.length ?? rows;
  const others = Object.fromEntries(columns.map(([name, column]) => [name, taken(column, kept)]));
  const response = answer && responseOf(answer, values.get(answer.label)!, kept, scope);
  return { kept, count, omitted: rows - count, beside: others, coded, response };
}

/** @throws RangeError for what is no column. */
export function columnOf(variable: Variable, scope: Scope): Value {
  const value = evaluate(variable.node, scope);
  if (value.kind !== "constant" && value.kind !== "list") return value;
  throw senseless(scope, `has ${variable.label}, ${kindOf(value)}; a column is needed`, variable.node);
}

function columnsBeside(
  given: NonNullable<RowOptions["beside"]>,
  { rows, called }: Frame,
): (readonly [name: string, column: Float64Array])[] {
  return Object.entries(given).flatMap(([name, column]) => {
    if (column === undefined) return [];
    const checked = numbers(column, name);
    if (checked.length !== rows) {
      throw new RangeError(`${name} has ${checked.length} entries and ${called} has ${rows} rows; one per row is needed.`);
    }
    return [[name, checked instanceof Float64Array ? checked : Float64Array.from(checked)] as const];
  });
}
