import { describe } from "../data/observations.ts";
import type { OptionNames } from "../estimators/optionNames.ts";
import type { Block, Design, Response, Strata } from "../formula/design.ts";
import { crossed, strataOfLabels } from "../formula/strata.ts";
import type { DesignColumns } from "../regression/designGiven.ts";
import { countingRows, PARTS_OPTIONS, type PartsData, type PartsOptions, partsData } from "../regression/partsData.ts";

/** What models take that compare rows within strata. */
export interface StratifiedOptions extends PartsOptions {
  /** The design matrix: as columns, or with factors as codes (`Design`). No intercept is added. */
  readonly design?: DesignColumns | Design | undefined;
  /** One label per row, beside the formula's strata(), or instead of them. */
  readonly strata?: ArrayLike<string | number | boolean> | undefined;
}

/** Their names. */
export const STRATIFIED_OPTIONS = { ...PARTS_OPTIONS, design: "formula", strata: true } as const satisfies OptionNames<StratifiedOptions>;

/** Rows that count, those of weight 0 left out, of a model that compares rows within strata. */
export interface StratifiedData {
  /** All rows, as given. */
  readonly given: PartsData;
  /** The design without an intercept, which strata have each for themselves. */
  readonly design: Design;
  readonly strata: Strata | undefined;
  readonly response: Response | undefined;
  /** What stands beside, one number per row. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly offset: Float64Array | undefined;
  readonly weights: Float64Array | undefined;
}

/** @throws TypeError for what is not numbers, SyntaxError or RangeError for what does not fit, naming the place. */
export function stratifiedData(
  options: StratifiedOptions,
  beside: Readonly<Record<string, ArrayLike<number> | undefined>>,
): StratifiedData {
  const labels = options.strata === undefined ? undefined : strataOf(options.strata);
  const all = { ...beside, ...(labels && { strata: labels.codes as ArrayLike<number> }) };
  const given = partsData(options, { design: options.design }, all, true);
  const { designs, columns, response } = countingRows(given);
  if (designs.length !== 1) throw new RangeError(`formula: ${JSON.stringify(options.formula)} has ${designs.length} parts; one is needed.`);
  const design = options.formula === undefined ? withConstant(designs[0]!) : withoutIntercept(designs[0]!);
  if (design.names.length === 0) throw new RangeError("The design has no columns; at least one is needed.");
  const asked = labels && { codes: Int32Array.from(columns.strata!), levels: labels.levels };
  const strata = asked && design.strata ? crossed(design.strata, asked) : (asked ?? design.strata);
  const { offset, weights } = columns;
  const both = offset && design.offset ? offset.map((value, i) => value + design.offset![i]!) : (offset ?? design.offset);
  const { weights: _, offset: __, strata: ___, ...others } = columns;
  return { given, design, strata, response, columns: others, offset: both, weights };
}

function strataOf(labels: unknown): Strata {
  if (!(Array.isArray(labels) || (ArrayBuffer.isView(labels) && !(labels instanceof DataView)))) {
    throw new TypeError(`strata is ${describe(labels)}; an array of labels is needed, one per row.`);
  }
  const column = labels as ArrayLike<unknown>;
  for (let i = 0; i < column.length; i++) {
    const label = column[i];
    if (typeof label === "string" || typeof label === "boolean" || (typeof label === "number" && label === label)) continue;
    throw new TypeError(`strata[${i}] is ${describe(label)}; a string, a number or a boolean is needed.`);
  }
  return strataOfLabels(column as ArrayLike<string | number | boolean>);
}

/** Without the intercept that a formula has. */
export function withoutIntercept(design: Design): Design {
  const { names, blocks, assign } = design;
  if (!blocks.some(({ kind }) => kind === "intercept")) return design;
  return {
    ...design,
    names: names.filter((_, j) => assign[j] !== 0),
    assign: assign.filter((term) => term !== 0),
    blocks: blocks.filter(({ kind }) => kind !== "intercept"),
  };
}

/** A column of ones in a design that was given is a column like any other: aliased. */
function withConstant(design: Design): Design {
  const ones = (block: Block): Block =>
    block.kind === "intercept" ? { kind: "column", values: new Float64Array(design.rows).fill(1) } : block;
  return { ...design, blocks: design.blocks.map(ones) };
}
