import { describe } from "../data/observations.ts";
import type { Design } from "../formula/design.ts";
import type { Data } from "../formula/frame.ts";
import type { Recipe } from "../formula/modelFrame.ts";
import { type DesignColumns, designOf } from "./designGiven.ts";

/**
 * New rows: of a fit by a formula, data as the formula reads it; otherwise a design, its columns in order, or columns by the coefficients'
 * names (an intercept need not be given).
 */
export type NewData = Design | DesignColumns | Data | Readonly<Record<string, ArrayLike<number>>>;

/** New rows as a fit's model reads them. */
export interface NewRows {
  /** One for each part of the model. */
  readonly designs: readonly Design[];
  /** For each part; the option's is the first's. */
  readonly offsets: readonly (Float64Array | undefined)[];
  /** Answers at the places of the rows given, NaN where a value is missing. */
  placed(answers: Float64Array): Float64Array;
}

/** What of a fit says how new rows are read. */
export interface Reader {
  /** The columns' names of each part. */
  readonly names: readonly (readonly string[])[];
  readonly recipe: Recipe | undefined;
  /** Whether the fit has an offset. */
  readonly hasOffset: boolean;
}

/** @throws RangeError for columns that the fit does not have, or lacks. */
export function newRows(given: NewData, { names, recipe, hasOffset }: Reader, offset: ArrayLike<number> | undefined): NewRows {
  if (typeof given !== "object" || given === null) throw new TypeError(`newData is ${describe(given)}; columns are needed.`);
  if (recipe && !isDesign(given)) {
    const { designs, kept, omitted, beside } = recipe.designs(given as Data, offset ? { beside: { offset } } : {});
    const { rows } = designs[0]!;
    const placed = (answers: Float64Array) => {
      if (!kept) return answers;
      const all = new Float64Array(rows + omitted).fill(Number.NaN);
      for (let i = 0; i < rows; i++) all[kept[i]!] = answers[i]!;
      return all;
    };
    return { designs, offsets: offsetsOf(beside.offset, designs, hasOffset), placed };
  }
  if (names.length > 1 && isDesign(given))
    throw new RangeError("newData is one design; columns by name are needed for a model of several.");
  const designs = names.map((part) => designFor(given, part));
  return { designs, offsets: offsetsOf(offset, designs, hasOffset), placed: (answers) => answers };
}

function isDesign(given: object): given is Design | DesignColumns {
  return "blocks" in given || ("columns" in given && "names" in given);
}

function designFor(given: NewData, names: readonly string[]): Design {
  const design = isDesign(given) ? designOf(given) : fromRecord(given as Readonly<Record<string, ArrayLike<number>>>, names);
  const wrong = names.findIndex((name, j) => design.names[j] !== name);
  if (wrong >= 0 || design.names.length !== names.length) {
    throw new RangeError(`newData has the columns ${JSON.stringify(design.names)}; the fit has ${JSON.stringify(names)}.`);
  }
  return design;
}

const INTERCEPT = "(Intercept)";

function fromRecord(given: Readonly<Record<string, ArrayLike<number>>>, names: readonly string[]): Design {
  const missing = names.find((name) => !(name in given) && name !== INTERCEPT);
  if (missing !== undefined)
    throw new RangeError(`newData has no column ${JSON.stringify(missing)}; the fit has ${JSON.stringify(names)}.`);
  const rows = Object.values(given)[0]?.length ?? 1;
  const columns = names.map((name) => given[name] ?? new Float64Array(rows).fill(1));
  return designOf({ names, columns });
}

function offsetsOf(given: ArrayLike<number> | undefined, designs: readonly Design[], needed: boolean): (Float64Array | undefined)[] {
  return designs.map((design, a) => (a === 0 ? offsetOf(given, design, needed) : design.offset));
}

function offsetOf(given: ArrayLike<number> | undefined, { offset, rows }: Design, needed: boolean): Float64Array | undefined {
  if (given && given.length !== rows) {
    throw new RangeError(`offset has ${given.length} entries and newData has ${rows} rows; one per row is needed.`);
  }
  if (!given && !offset) {
    if (needed) throw new RangeError("The fit has an offset; newData needs one too, as options.offset.");
    return undefined;
  }
  return Float64Array.from({ length: rows }, (_, i) => (given ? given[i]! : 0) + (offset ? offset[i]! : 0));
}
