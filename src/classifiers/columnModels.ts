import { describe } from "../data/observations.ts";
import { categorical } from "../distributions/categorical.ts";
import { type Family, holds } from "../distributions/family.ts";
import { normal } from "../distributions/normal.ts";
import { nearest } from "../estimators/nearest.ts";
import { checkNames } from "../estimators/optionNames.ts";
import { byIndex, constantsOf, familyOf, rowFamilyOf } from "../estimators/settings.ts";
import { factorOfNumbers } from "../formula/levels.ts";
import type { Predictor } from "../formula/predictors.ts";
import type { ColumnFamily, NaiveBayesOptions } from "./options.ts";
import type { LabelledRows } from "./rows.ts";

/** A column with what it is taken for. */
export type ColumnModel =
  | {
      readonly kind: "numbers";
      readonly label: string;
      readonly values: Float64Array;
      readonly family: Family;
      readonly constants: readonly number[];
      readonly fixed: readonly (number | undefined)[];
    }
  | { readonly kind: "factor"; readonly label: string; readonly codes: Int32Array; readonly levels: readonly string[] };

/**
 * The columns with their families.
 *
 * @throws RangeError or TypeError for a family of no column, for one that a column cannot have, and for a value outside of its support.
 */
export function columnModels(rows: LabelledRows, families: NaiveBayesOptions["families"] = {}): ColumnModel[] {
  if (typeof families !== "object" || families === null) {
    throw new TypeError(`families is ${describe(families)}; an object of families by column is needed.`);
  }
  const labels = rows.columns.map(({ label }) => label);
  for (const name of Object.keys(families)) {
    if (!labels.includes(name)) throw new RangeError(`families.${name}: there is no such column; did you mean "${nearest(name, labels)}"?`);
  }
  return rows.columns.map((column) => {
    const given = Object.hasOwn(families, column.label) ? families[column.label] : undefined;
    if (given === undefined ? column.kind === "factor" : rowFamilyOf(given) === categorical) return asLevels(column);
    const { distribution = normal, fixed, ...constants } = asked(given, `families.${column.label}`);
    const family = familyOf(distribution);
    if (column.kind === "factor") {
      throw new RangeError(`families.${column.label} is ${family.name} and the column holds levels; "categorical" is needed.`);
    }
    const names = (family.constants ?? []).map(({ name }) => name);
    checkNames(constants, ["distribution", "fixed", ...names], `families.${column.label}`);
    const { values, columns } = constantsOf(family, constants);
    const [perRow] = Object.keys(columns);
    if (perRow) throw new RangeError(`families.${column.label}.${perRow} is an array; one number for all rows is needed.`);
    const model = { ...column, family, constants: values as number[], fixed: byIndex(family, fixed, "fixed") };
    checkSupport(model, rows);
    return model;
  });
}

function asked(given: unknown, role: string): Partial<ColumnFamily> {
  if (given === undefined) return {};
  if (typeof given === "string" || (typeof given === "object" && given !== null && "model" in given)) {
    return { distribution: given as Family };
  }
  if (typeof given === "object" && given !== null && "distribution" in given) return given as ColumnFamily;
  throw new TypeError(`${role} is ${describe(given)}; a family's name, a family or { distribution, … } is needed.`);
}

function checkSupport({ label, values, family, constants }: ColumnModel & { kind: "numbers" }, { codes, rowOf }: LabelledRows): void {
  const support = family.supportAt?.(constants) ?? family.support;
  for (let row = 0; row < codes.length; row++) {
    if (codes[row]! < 0 || holds(support, values[row]!)) continue;
    throw new RangeError(`${label} is ${values[row]} in row ${rowOf(row)}; ${family.name} needs ${support.text}.`);
  }
}

/** A column's levels; numbers are levels as in R's factor(). */
export function asLevels(column: Predictor): Extract<ColumnModel, { kind: "factor" }> {
  return column.kind === "factor" ? column : { ...factorOfNumbers(column.values), kind: "factor", label: column.label };
}
