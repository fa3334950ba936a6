import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { columnsOf } from "../src/formula/dense.ts";
import type { Data, Levels } from "../src/formula/frame.ts";
import { modelFrame } from "../src/formula/modelFrame.ts";
import { modelMatrix } from "../src/formula/modelMatrix.ts";

// Names and values of R's model.matrix, formula by formula: scripts/reference/design.R.

interface Written {
  readonly data: string;
  readonly formula: string;
  readonly names: readonly string[][];
  readonly columns: number[][];
}

interface Case extends Written {
  readonly assign: readonly number[][];
  readonly terms: readonly string[][];
  readonly omitted: number;
  readonly offset: number[] | null;
}

interface Reference {
  readonly data: Record<string, { columns: Record<string, (number | string | boolean | null)[]>; levels: Levels; integers: string[][] }>;
  readonly cases: readonly Case[];
  readonly drawn: readonly Pick<Case, "formula" | "names" | "assign" | "terms">[];
  readonly newRows: readonly (Written & { readonly rows: readonly number[][] })[];
}

const reference = JSON.parse(readFileSync("test/data/design.json", "utf8")) as Reference;

/** The frame's columns as R has them: integers as Int32Array, where none is missing. */
function dataOf(name: string, rows?: readonly number[]): Data {
  const { columns, integers } = reference.data[name]!;
  const whole = new Set(integers.flat());
  return Object.fromEntries(
    Object.entries(columns).map(([column, all]) => {
      const values = rows ? rows.map((row) => all[row]!) : all;
      return [column, whole.has(column) && !values.includes(null) ? Int32Array.from(values as number[]) : values];
    }),
  ) as Data;
}

function levelsOf(name: string): Levels {
  return reference.data[name]!.levels;
}

/** Each value within 1e-15 of its column's largest; of a polynomial within 1e-13. */
function expectColumns(found: readonly ArrayLike<number>[], { columns, names, formula }: Written): void {
  expect(found.length).toBe(columns.length);
  columns.forEach((column, k) => {
    const size = Math.max(...column.map(Math.abs));
    const near = (names[k]![0]!.includes("poly(") ? 1e-13 : 1e-15) * size;
    const far = column.findIndex((value, i) => !(Math.abs(value - found[k]![i]!) <= near));
    expect(far, `${formula}: ${names[k]}, row ${far}: ${found[k]![far]} for ${column[far]}`).toBe(-1);
  });
}

test("there are enough cases", () => {
  expect(reference.cases.length).toBeGreaterThan(150);
});

test.each(reference.cases)("$data: $formula", (row) => {
  const made = modelMatrix(row.formula, dataOf(row.data), { levels: levelsOf(row.data) });
  expect(made.names).toEqual(row.names.flat());
  expect(made.terms).toEqual(row.terms.flat());
  expect(made.assign).toEqual(row.assign.flat());
  expect(made.omitted).toBe(row.omitted);
  expectColumns(made.columns, row);
  const { designs } = modelFrame(row.formula, dataOf(row.data), { levels: levelsOf(row.data) });
  expect(designs[0]!.offset === undefined).toBe(row.offset === null);
  if (row.offset) expectColumns([designs[0]!.offset!], { ...row, columns: [row.offset], names: [["offset"]] });
});

test("new rows that are the fit's have the fit's design", () => {
  for (const { data, formula } of reference.cases) {
    const { designs, recipe, kept } = modelFrame(formula, dataOf(data), { levels: levelsOf(data) });
    const again = recipe.designs(kept ? dataOf(data, [...kept]) : dataOf(data));
    expect(again.designs, formula).toEqual(designs);
  }
});

test.each(reference.drawn)("$formula", ({ formula, names, assign, terms }) => {
  const made = modelMatrix(formula, dataOf("cells"));
  expect({ names: made.names, assign: made.assign, terms: made.terms }).toEqual({
    names: names.flat(),
    assign: assign.flat(),
    terms: terms.flat(),
  });
});

test.each(reference.newRows)("new rows of $data: $formula", (row) => {
  const { recipe } = modelFrame(row.formula, dataOf(row.data), { levels: levelsOf(row.data) });
  const [design] = recipe.designs(dataOf(row.data, row.rows.flat())).designs;
  expect(design!.names).toEqual(row.names.flat());
  expectColumns(columnsOf(design!), row);
});
