import { describe, numbers } from "../data/observations.ts";
import { type Range, rowOutside } from "../data/range.ts";
import type { Block, Design } from "../formula/design.ts";

/** A design matrix as its columns; no intercept is added. */
export interface DesignColumns {
  readonly names: readonly string[];
  readonly columns: readonly ArrayLike<number>[];
}

const ones: Range = { from: 1, to: 1 };

/** A design from its columns; a first column of ones is the intercept. */
export function designOf(given: unknown): Design {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new TypeError(`design is ${describe(given)}; { names, columns } is needed.`);
  const design = given as DesignColumns | Design;
  if ("blocks" in design) return checked(design);
  if (Array.isArray(given)) throw new TypeError("design is an array; { names, columns } is needed, an array of numbers for each column.");
  const { names, columns } = design;
  if (!Array.isArray(names) || !Array.isArray(columns) || names.length !== columns.length) {
    const counts = `${names?.length ?? 0} names and ${columns?.length ?? 0} columns`;
    throw new RangeError(`design has ${counts}; a name and an array of numbers for each column are needed.`);
  }
  if (new Set(names).size < names.length) {
    throw new RangeError(`design.names is ${JSON.stringify(names)}; a different name for each column is needed.`);
  }
  const rows = columns[0]?.length ?? 0;
  let intercept = false;
  const blocks = columns.map((column, j): Block => {
    const values = numbers(column, `design.columns[${j}]`);
    if (values.length !== rows) {
      throw new RangeError(`design.columns[${j}] has ${values.length} rows and design.columns[0] has ${rows}; as many are needed.`);
    }
    const array = values instanceof Float64Array ? values : Float64Array.from(values);
    if (intercept || rowOutside(array, ones) >= 0) return { kind: "column", values: array };
    intercept = true;
    return { kind: "intercept" };
  });
  const terms = names.filter((_, j) => blocks[j]!.kind !== "intercept");
  let term = 0;
  return { rows, names, blocks, assign: blocks.map(({ kind }) => (kind === "intercept" ? 0 : ++term)), terms };
}

/** @throws RangeError for a block that does not fit its design, or a code without a level. */
function checked(design: Design): Design {
  const { rows, names, blocks } = design;
  const width = blocks.reduce((sum, block) => sum + (block.kind === "levels" ? block.count : 1), 0);
  if (names.length !== width) throw new RangeError(`design has ${names.length} names and ${width} columns; a name for each is needed.`);
  blocks.forEach((block, b) => {
    if (block.kind === "intercept") return;
    const column = block.kind === "column" ? block.values : block.codes;
    const lengths = block.kind === "levels" && block.by ? [column.length, block.by.length] : [column.length];
    const wrong = lengths.find((length) => length !== rows);
    if (wrong !== undefined) throw new RangeError(`design.blocks[${b}] has ${wrong} rows and the design has ${rows}; as many are needed.`);
    if (block.kind === "column") return;
    const bad = block.codes.findIndex((code) => code < -1 || code >= block.count);
    if (bad >= 0) {
      throw new RangeError(`design.blocks[${b}].codes[${bad}] is ${block.codes[bad]}; codes from -1 to ${block.count - 1} are needed.`);
    }
  });
  return design;
}
