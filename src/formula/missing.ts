// Which rows have every value: R's na.omit, and its na.fail.

import { evaluate, namesIn, type Scope, senseless } from "./evaluate.ts";
import type { Variable } from "./expansion.ts";
import type { Frame } from "./frame.ts";
import type { Node } from "./syntax.ts";
import { missingIn, type Value } from "./value.ts";

/** What becomes of a row in which a value is missing: it is left out and counted, or the call fails. */
export type NaPolicy = "omit" | "fail";

/** The rows that lack a value. */
export class Gaps {
  private readonly rows: Uint8Array;
  /** Made once all gaps are known. */
  private readonly checks: (() => void)[] = [];
  private first: { row: number; text: string } | undefined;

  constructor(rows: number) {
    this.rows = new Uint8Array(rows);
  }

  /** Notes the rows without a value of this variable. */
  readVariable(variable: Variable, value: Value, scope: Scope): void {
    if (value.kind === "numbers") this.readNumbers(variable, value.values, scope);
    else if (value.kind === "matrix") for (const column of value.columns) this.readNumbers(variable, column, scope);
    else this.readRows(missingIn(value), gapIn(variable, scope).text);
  }

  /** Notes the rows without a value of a variable that is in no term. R leaves them out, too. */
  readUnused(variable: Variable, scope: Scope): void {
    const { node } = variable;
    const plain = node.kind === "name" && scope.frame.has(node.name);
    this.readRows(plain ? scope.frame.missing(node.name) : missingIn(evaluate(node, scope)), gapIn(variable, scope).text);
  }

  readRows(missing: (row: number) => boolean, text: (row: number) => string): void {
    for (let row = 0; row < this.rows.length; row++) if (missing(row)) this.note(row, text);
  }

  /** A NaN is missing where its columns are. One that is made of numbers, or an infinite value, is an error in a row that is kept. */
  private readNumbers(variable: Variable, values: Float64Array, scope: Scope): void {
    const { text, isGap } = gapIn(variable, scope);
    let suspect = false;
    for (let row = 0; row < values.length; row++) {
      const value = values[row]!;
      if (value - value === 0) continue;
      if (value !== value && isGap(row)) this.note(row, text);
      else suspect = true;
    }
    if (!suspect) return;
    this.checks.push(() => {
      const row = values.findIndex((value, i) => value - value !== 0 && this.rows[i] === 0);
      if (row >= 0) throw senselessIn(row, values[row]!, variable, scope);
    });
  }

  /**
   * The rows that have every value, ascending; undefined if all have.
   *
   * @param isFit - Whether rows are to be fitted: then one at least is needed.
   * @throws RangeError where none has, where one has not and the policy is "fail", or for a value that is not finite in a row that has all.
   */
  kept(policy: NaPolicy, isFit: boolean): Int32Array | undefined {
    for (const check of this.checks) check();
    if (!this.first) return undefined;
    if (policy === "fail") throw new RangeError(`${this.first.text}; na: "fail" needs every value.`);
    const kept = new Int32Array(this.rows.length);
    let count = 0;
    for (let row = 0; row < this.rows.length; row++) if (this.rows[row] === 0) kept[count++] = row;
    if (isFit && count === 0)
      throw new RangeError(`Every row lacks a value (${this.first.text}); at least one row with all of them is needed.`);
    return kept.slice(0, count);
  }

  private note(row: number, text: (row: number) => string): void {
    this.rows[row] = 1;
    if (!this.first || row < this.first.row) this.first = { row, text: text(row) };
  }
}

/** Whether a column of a variable is missing in a row, and which cell that is in words. */
function gapIn({ node, label }: Variable, { frame }: Scope): { isGap: (row: number) => boolean; text: (row: number) => string } {
  const columns = columnsIn(node, frame).map((name) => ({ name, missing: frame.missing(name) }));
  return {
    isGap: (row) => columns.some(({ missing }) => missing(row)),
    text: (row) => {
      const column = columns.find(({ missing }) => missing(row));
      return column ? frame.cell(column.name, row) : `${label} is missing in row ${row}`;
    },
  };
}

function columnsIn(node: Node, frame: Frame): string[] {
  return [...new Set(namesIn(node))].filter((name) => frame.has(name));
}

/** The error for a variable's value in a row: which cell it is or comes from, and what is needed. */
export function senselessIn(
  row: number,
  value: number | string,
  { node, label }: Variable,
  scope: Scope,
  need = "finite numbers are needed",
): RangeError {
  const { frame } = scope;
  const cells = columnsIn(node, frame).map((name) => frame.cell(name, row));
  const plain = node.kind === "name";
  const where = plain ? cells[0] : `has ${label} = ${value} in row ${row}, where ${cells.join(" and ")}`;
  if (plain) return new RangeError(`${where}; ${need}.`);
  return senseless(scope, `${where}; ${need}`, node);
}
