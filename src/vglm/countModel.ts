import { describe } from "../data/observations.ts";
import { givenOptions } from "../estimators/optionNames.ts";
import type { Design } from "../formula/design.ts";
import { type CountFamily, countFamilies } from "../laws/countLaws.ts";
import { logCount } from "../laws/families.ts";
import { type UnitLink, unitLinks } from "../laws/links.ts";
import type { DesignColumns } from "../regression/designGiven.ts";
import type { Part } from "../regression/parts.ts";
import { countingRows, PARTS_OPTIONS, type PartsData, type PartsOptions, partsData } from "../regression/partsData.ts";
import { partsOf } from "./vglmParts.ts";

const zeroLinks = ["logit", "probit", "cloglog", "cauchit"] as const;

/** What counts with zeros of their own take. */
export interface CountOptions extends PartsOptions {
  /** Of the counts' mean, on its logarithm; instead of a formula. */
  readonly design?: DesignColumns | Design | undefined;
  /** Of the zeros; as the counts' where not given. */
  readonly zeroDesign?: DesignColumns | Design | undefined;
  /** The counts, one per row. */
  readonly y?: ArrayLike<number> | undefined;
  readonly family: keyof typeof countFamilies | (string & {});
  /** Of the zeros' probability; logit where not given. */
  readonly link?: (typeof zeroLinks)[number] | (string & {}) | undefined;
}

const OPTIONS = { ...PARTS_OPTIONS, design: true, zeroDesign: true, y: true, family: true, link: true } as const;

/** Counts as a model with zeros of their own sees them. */
export interface CountModel {
  readonly link: UnitLink;
  readonly family: CountFamily;
  /** All rows, and those that count: with the columns `y` and `floor`, of two designs. */
  readonly given: PartsData;
  readonly data: PartsData;
  readonly names: readonly string[];
}

/** @throws RangeError or TypeError for what cannot be used, naming place, value and need. */
export function countModel(asked: CountOptions): CountModel {
  const options = givenOptions(asked, OPTIONS);
  const { family: name, link = "logit", design, zeroDesign, y, formula } = options;
  if (!Object.hasOwn(countFamilies, name)) {
    const known = Object.keys(countFamilies).map((family) => `"${family}"`);
    throw new RangeError(`family is ${describe(name)}; ${known.join(" or ")} is needed.`);
  }
  if (!zeroLinks.includes(link as "logit")) throw new RangeError(`link is ${describe(link)}; one of ${zeroLinks.join(", ")} is needed.`);
  const read = readTwo(options, { design, zeroDesign }, { y });
  const { columns } = read;
  const counts = columns.y!;
  const row = counts.findIndex((value, i) => !(value >= 0 && Number.isInteger(value)) && columns.weights?.[i] !== 0);
  if (row >= 0) {
    throw new RangeError(`${formula === undefined ? "y" : "The response"}[${row}] is ${counts[row]}; whole numbers >= 0 are needed.`);
  }
  const floor = counts.map((value, i) => (columns.weights?.[i] === 0 ? 0 : logCount(value)));
  const given = { ...read, columns: { ...columns, floor } };
  const [count, zero] = given.designs as [Design, Design];
  const names = [...count.names.map((name) => `count:${name}`), ...zero.names.map((name) => `zero:${name}`)];
  return {
    link: unitLinks[link as "logit"],
    family: countFamilies[name as keyof typeof countFamilies],
    given,
    data: countingRows(given),
    names,
  };
}

/**
 * Reads a response and two designs, the second as the first where it is not given.
 *
 * @throws RangeError for more parts than two, a response that is not numbers, or a design that is missing.
 */
export function readTwo(
  options: PartsOptions,
  designs: Readonly<Record<string, DesignColumns | Design | undefined>>,
  { y }: { readonly y: ArrayLike<number> | undefined },
  second: "same" | "none" = "same",
): PartsData {
  const { formula } = options;
  if (formula === undefined) {
    const [first] = Object.keys(designs);
    const missing = designs[first!] === undefined ? first : y === undefined ? "y" : undefined;
    if (missing) throw new TypeError(`Neither formula and data nor ${missing} are given; one of them is needed.`);
  }
  const read = partsData(options, designs, formula === undefined ? { y } : {});
  const { response } = read;
  if (formula !== undefined) {
    const text = JSON.stringify(formula);
    if (read.designs.length > 2) throw new RangeError(`formula: ${text} has ${read.designs.length} parts; one or two are needed.`);
    if (!response) throw new RangeError(`formula: ${text} has no response; "y ~ x" has one.`);
    if (response.kind !== "numbers") throw new RangeError(`formula: ${text} has a response that is not numbers; numbers are needed.`);
    const also = Object.keys(designs)[1]!;
    if (designs[also]) throw new RangeError(`${also} is given beside a formula, whose second part it is: "y ~ x | z" is needed.`);
  }
  const columns = response?.kind === "numbers" ? { ...read.columns, y: response.values } : read.columns;
  const both = read.designs.length === 1 && second === "same" ? [read.designs[0]!, withoutOffset(read.designs[0]!)] : read.designs;
  return { ...read, columns, designs: both };
}

/** Both predictors, and theta's where the family has one; the offset is the counts'. */
export function countParts({ designs, columns }: PartsData, { own }: CountFamily): Part[] {
  return partsOf(designs, own, [columns.offset]);
}

/** What an offset is for is said in the part that it stands in. */
export function withoutOffset({ offset: _, ...design }: Design): Design {
  return design;
}
