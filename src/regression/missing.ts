// Which rows have every value: R's na.omit, and its na.fail.

import { evaluate, namesIn, type Scope, senseless } from "./evaluate.ts";
import type { Variable } from "./terms.ts";
import { missingIn, type Value } from "./value.ts";

/** What becomes of a row in which a value is missing: it is left out and counted, or the call fails. */
export type NaPolicy = "omit" | "fail";

/** The rows that lack a value. */
export class Gaps {
  private readonly rows: Uint8Array;
  private readonly infinite: (() => void)[] = [];
  private first: { row: number; text: string } | undefined;

  constructor(rows: number) {
    this.rows = new Uint8Array(rows);
  }

  /** Notes the rows without a value of this variable. */
  readVariable(variable: Variable, value: Value, scope: Scope): void {
    if (value.kind === "numbers") this.readNumbers(variable, value.values, scope);
    else if (value.kind === "matrix") for (const column of value.columns) this.readNumbers(variable, column, scope);
    else this.readRows(missingIn(value), (row) => this.cause(variable, row, scope) ?? `${variable.label} is missing in row ${row}`);
  }

  /** Notes the rows without a value of a variable that is in no term. R leaves them out, too. */
  readUnused(variable: Variable, scope: Scope): void {
    const { node, label } = variable;
    if (node.kind === "name" && scope.frame.has(node.name)) {
      this.readRows(scope.frame.missing(node.name), (row) => scope.frame.cell(node.name, row));
    } else this.readRows(missingIn(evaluate(node, scope)), (row) => `${label} is missing in row ${row}`);
  }

  readRows(missing: (row: number) => boolean, cause: (row: number) => string): void {
    for (let row = 0; row < this.rows.length; row++) if (missing(row)) this.note(row, cause);
  }

  /** A NaN is missing where its columns are; one that is made of numbers is an error, and so is an infinite value in a row that is kept. */
  private readNumbers(variable: Variable, values: Float64Array, scope: Scope): void {
    let infinite = false;
    for (let row = 0; row < values.length; row++) {
      const value = values[row]!;
      if (value - value === 0) continue;
      if (value === value) infinite = true;
      else if (this.cause(variable, row, scope) === undefined) throw senselessIn(row, value, variable, scope);
      else this.note(row, () => this.cause(variable, row, scope)!);
    }
    if (!infinite) return;
    this.infinite.push(() => {
      const row = values.findIndex((value, i) => Math.abs(value) === Infinity && this.rows[i] === 0);
      if (row >= 0) throw senselessIn(row, values[row]!, variable, scope);
    });
  }

  /**
   * The rows that have every value, ascending; undefined if all have.
   *
   * @throws RangeError where none has, where one has not and the policy is "fail", or for an infinite value.
   */
  kept(policy: NaPolicy): Int32Array | undefined {
    for (const check of this.infinite) check();
    if (!this.first) return undefined;
    if (policy === "fail") throw new RangeError(`${this.first.text}; na: "fail" needs every value.`);
    const kept = new Int32Array(this.rows.length);
    let count = 0;
    for (let row = 0; row < this.rows.length; row++) if (this.rows[row] === 0) kept[count++] = row;
    if (count === 0) throw new RangeError(`Every row lacks a value (${this.first.text}); at least one row with all of them is needed.`);
    return kept.slice(0, count);
  }

  private note(row: number, cause: (row: number) => string): void {
    this.rows[row] = 1;
    if (!this.first || row < this.first.row) this.first = { row, text: cause(row) };
  }

  /** The cell that is missing in a row of a variable. */
  private cause({ node }: Variable, row: number, { frame }: Scope): string | undefined {
    const name = namesIn(node).find((one) => frame.has(one) && frame.missing(one)(row));
    return name === undefined ? undefined : frame.cell(name, row);
  }
}

function senselessIn(row: number, value: number, { node, label }: Variable, scope: Scope): RangeError {
  const { frame } = scope;
  const cells = [...new Set(namesIn(node))].filter((name) => frame.has(name)).map((name) => frame.cell(name, row));
  const plain = node.kind === "name";
  const where = plain ? cells[0] : `has ${label} = ${value} in row ${row}, where ${cells.join(" and ")}`;
  if (plain) return new RangeError(`${where}; finite numbers are needed.`);
  return senseless(scope, `${where}; finite numbers are needed`, node);
}
