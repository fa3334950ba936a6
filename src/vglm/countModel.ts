import { describe } from "../data/observations.ts";
import { givenOptions } from "../estimators/optionNames.ts";
import type { Design } from "../formula/design.ts";
import { type CountFamily, countFamilies } from "../laws/countLaws.ts";
import { logCount } from "../laws/families.ts";
import { type UnitLink, unitLinks } from "../laws/links.ts";
import type { DesignColumns } from "../regression/designGiven.ts";
import type { Part } from "../regression/parts.ts";
import { countingRows, PARTS_OPTIONS, type PartsData, type PartsOptions } from "../regression/partsData.ts";
import { readTwo } from "./twoDesigns.ts";
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

const OPTIONS = { ...PARTS_OPTIONS, design: "formula", zeroDesign: true, y: "formula", family: true, link: true } as const;

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

/** Both predictors, and theta's where the family has one; the offset is the counts'. */
export function countParts({ designs, columns }: PartsData, { own }: CountFamily): Part[] {
  return partsOf(designs, own, [columns.offset]);
}
