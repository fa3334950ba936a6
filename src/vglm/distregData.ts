import { describe } from "../data/observations.ts";
import { type Family, holds } from "../distributions/family.ts";
import { constantsOf, type GivenConstants } from "../estimators/settings.ts";
import type { Design } from "../formula/design.ts";
import { type DesignColumns, designOf } from "../regression/designGiven.ts";
import { countingRows, type PartsData, partsData } from "../regression/partsData.ts";
import type { DistregOptions, DistregRequest } from "./distregOptions.ts";
import { type KnownRows, knownColumns, knownRows } from "./knownRows.ts";

/** Rows of a distribution's regression. */
export interface DistregData {
  /** All rows, and those that count, with the ends of what is known among their columns. */
  readonly given: PartsData;
  readonly data: PartsData;
  readonly known: KnownRows;
  readonly constants: GivenConstants;
}

/** @throws TypeError, SyntaxError or RangeError for data that cannot be used, naming place, value and need. */
export function distregData(options: DistregOptions, request: DistregRequest): DistregData {
  const { family } = request;
  const constants = constantsOf(family, options);
  const read = readParts(options, request, constants.columns);
  const known = knownRows(read, options);
  checkSupport(family, known, read, constants.values);
  const given: PartsData = { ...read, columns: columnsOf(read, known, Object.keys(constants.columns)) };
  return { given, data: countingRows(given), known, constants };
}

/** One design for each free parameter. */
function readParts(
  options: DistregOptions,
  { free, models }: DistregRequest,
  constants: Readonly<Record<string, ArrayLike<number>>>,
): PartsData {
  const beside = { ...knownColumns(options), ...constants };
  const { data, levels, na, weights, offset, response } = options;
  const rowwise = { weights, offset };
  const texts = free.map((name) => models[name] ?? (data ? "~ 1" : undefined));
  const isText = texts.map((text) => typeof text === "string");
  if (data !== undefined) {
    const wrong = isText.indexOf(false);
    if (wrong >= 0)
      throw new TypeError(`${free[wrong]} is ${describe(texts[wrong])}; with data, the right side of a formula is needed: "~ age".`);
    const sides = (texts as string[]).map((text, k) => {
      if (!/^\s*~/.test(text)) throw new SyntaxError(`${free[k]}: ${JSON.stringify(text)} does not begin with "~".`);
      return text.replace(/^\s*~/, "").trim();
    });
    return partsData({ formula: `${response ?? ""} ~ ${sides.join(" | ")}`, data, levels, na, ...rowwise }, {}, beside);
  }
  const wrong = isText.indexOf(true);
  if (wrong >= 0) throw new TypeError(`${free[wrong]} is the formula ${JSON.stringify(texts[wrong])}; data is needed for it.`);
  const rows = rowsOf(texts, beside);
  const constant: Design = { rows, names: ["(Intercept)"], blocks: [{ kind: "intercept" }], assign: [0], terms: [] };
  const designs = free.map((name) => [name, (models[name] as DesignColumns | Design | undefined) ?? constant] as const);
  return partsData(rowwise, Object.fromEntries(designs), beside);
}

function rowsOf(models: readonly unknown[], beside: Readonly<Record<string, ArrayLike<number> | undefined>>): number {
  const first = models.find((model) => model !== undefined);
  if (first !== undefined) return designOf(first).rows;
  return Object.values(beside).find((column) => column !== undefined)?.length ?? 0;
}

function columnsOf({ columns }: PartsData, known: KnownRows, constants: readonly string[]): Record<string, Float64Array> {
  const kept = ["weights", "offset", ...constants].flatMap((name) => (columns[name] ? [[name, columns[name]] as const] : []));
  return { ...Object.fromEntries(kept), ...known };
}

function checkSupport(
  family: Family,
  { lower, upper }: KnownRows,
  { columns }: PartsData,
  constants: readonly (number | undefined)[],
): void {
  for (let i = 0; i < lower.length; i++) {
    if (family.support.period !== undefined && !Number.isFinite(upper[i]! - lower[i]!) && columns.weights?.[i] !== 0) {
      throw new RangeError(`Row ${i} lies in (${lower[i]}, ${upper[i]}]; ${family.name} needs arcs between two finite ends.`);
    }
    if (lower[i] !== upper[i] || columns.weights?.[i] === 0) continue;
    const own = (family.constants ?? []).map(({ name }, k) => constants[k] ?? columns[name]![i]!);
    const support = family.supportAt?.(own) ?? family.support;
    if (!holds(support, lower[i]!)) throw new RangeError(`Row ${i} is ${lower[i]}; ${family.name} needs ${support.text}.`);
  }
}
