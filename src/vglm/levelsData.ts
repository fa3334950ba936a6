import { describe, type Numbers, numbers } from "../data/observations.ts";
import type { Response } from "../formula/design.ts";
import type { Levels } from "../formula/frame.ts";
import { factorOfNumbers, factorOfText, levelText, recoded } from "../formula/levels.ts";
import type { Factor } from "../formula/value.ts";
import { countOf } from "../laws/multinomialTerms.ts";
import { countingRows, type PartsData, partsData } from "../regression/partsData.ts";
import type { DesignGiven, FormulaGiven, RowwiseOptions } from "../regression/regressionData.ts";
import { SUBSAMPLE } from "../wasm/designMatrix.ts";

/** A regression's rows as a design matrix, and a level for each row. */
export interface LevelsDesign extends Omit<DesignGiven, "y"> {
  /** Levels, one per row: text or numbers. With `levels`, numbers may also be their places, 1, 2, …, as R's codes. */
  readonly y: ArrayLike<number> | readonly string[];
  /** The levels in order; else text sorts by its letters' codes and numbers by size. */
  readonly levels?: readonly (string | number)[];
}

/** A regression's rows as a formula whose response is a factor. */
export interface LevelsFormula extends Omit<FormulaGiven, "levels"> {
  /** Orders of levels by column, the first the base; an array is the response's order. */
  readonly levels?: Levels | readonly (string | number)[];
}

/** What regressions of levels take. */
export type LevelsOptions = (LevelsDesign | LevelsFormula) & RowwiseOptions;

/** Rows whose responses are levels. */
export interface LevelsData {
  /** All rows; `y` among the columns holds their levels' numbers, 0, 1, … */
  readonly given: PartsData;
  /** Those that count. */
  readonly data: PartsData;
  /** Levels that rows have, in order. */
  readonly levels: readonly string[];
  /** Levels that were asked for and that no row has. */
  readonly empty: readonly string[];
  /** Whether rows are counts of all levels, the columns `countOf`, instead of one level each. */
  readonly cells: boolean;
}

/** What of the weights each level has. */
export function levelShares({ data, levels }: LevelsData): Float64Array {
  const { y, weights } = data.columns;
  const shares = new Float64Array(levels.length);
  if (y) for (let row = 0; row < data.rows; row++) shares[y[row]!]! += weights ? weights[row]! : 1;
  else {
    shares.forEach((_, k) => {
      const counts = data.columns[countOf(k)]!;
      for (let row = 0; row < data.rows; row++) shares[k]! += (weights ? weights[row]! : 1) * counts[row]!;
    });
  }
  return shares;
}

/** Rows of a level, on average, from which a subsample says something of it. */
const ENOUGH = 50;

/** Whether a subsample has rows of all levels. */
export function occursInSubsample({ data, levels }: LevelsData): boolean {
  const { y } = data.columns;
  const rows = levels.map((_, k) =>
    (y ?? data.columns[countOf(k)]!).reduce((sum, value) => sum + ((y ? value === k : value > 0) ? 1 : 0), 0),
  );
  return Math.min(...rows) * SUBSAMPLE >= ENOUGH * data.rows;
}

/** @throws TypeError or RangeError for responses that are no levels, or are all of one level, naming the place. */
export function levelsData(options: LevelsOptions): LevelsData {
  const { levels: asked } = options;
  const order = asked === undefined || !Array.isArray(asked) ? undefined : checkedOrder(asked);
  if (options.formula !== undefined) {
    const { levels, ...rest } = options;
    const given = partsData({ ...rest, levels: order ? undefined : (levels as Levels | undefined) }, {});
    if (given.designs.length !== 1) {
      throw new RangeError(`formula: ${JSON.stringify(options.formula)} has ${given.designs.length} parts; one is needed.`);
    }
    return fromResponse(given, order, options.formula);
  }
  if (asked !== undefined && !order) throw new TypeError(`levels is ${describe(asked)}; an array of levels is needed beside a design.`);
  const { weights, offset } = options;
  const given = partsData({ weights, offset }, { design: options.design });
  return fromFactor(given, factorOf(options.y, given, order), order);
}

function fromResponse(given: PartsData, order: readonly string[] | undefined, formula: string): LevelsData {
  const { response } = given;
  const need = (what: string) => new RangeError(`formula: ${JSON.stringify(formula)} has ${what}; a factor, text or numbers are needed.`);
  if (!response) throw need("no response");
  if (response.kind === "survival") throw need("times as its response");
  if (response.kind === "counts") return fromCounts(given, response, order);
  if (response.kind === "levels") return fromFactor(given, { ...response, kind: "factor" }, order, response.empty);
  const numbered = order && placesIn(response.values, order);
  return fromFactor(given, numbered ?? factorOfNumbers(response.values), order);
}

function fromFactor(given: PartsData, factor: Factor, order: readonly string[] | undefined, never: readonly string[] = []): LevelsData {
  const codes = order ? inOrder(factor, order) : factor;
  const { weights } = given.columns;
  const seen = codes.levels.map(() => false);
  codes.codes.forEach((code, row) => {
    if (code >= 0 && weights?.[row] !== 0) seen[code] = true;
  });
  const levels = codes.levels.filter((_, k) => seen[k]);
  const empty = [...codes.levels.filter((_, k) => !seen[k]), ...never];
  const used = recoded(codes, levels);
  const y = Float64Array.from(used.codes, (code) => (code < 0 ? Number.NaN : code));
  return complete({ ...given, response: undefined, columns: { ...given.columns, y } }, levels, empty, false);
}

/** Counts of levels in each row; levels without a count are left out. */
function fromCounts(
  given: PartsData,
  { names, columns }: Extract<Response, { kind: "counts" }>,
  order: readonly string[] | undefined,
): LevelsData {
  const { weights } = given.columns;
  const places = (order ?? names).map((name) => {
    const place = names.indexOf(name);
    if (place < 0) throw new RangeError(`levels has ${describe(name)}; the formula binds ${names.map(describe).join(", ")}.`);
    return place;
  });
  const occurs = (place: number) => columns[place]!.some((count, row) => count > 0 && weights?.[row] !== 0);
  const kept = places.filter(occurs);
  const counts = Object.fromEntries(kept.map((place, k) => [countOf(k), columns[place]!]));
  const named = (of: readonly number[]) => of.map((place) => names[place]!);
  const empty = named(places.filter((place) => !kept.includes(place)));
  return complete({ ...given, response: undefined, columns: { ...given.columns, ...counts } }, named(kept), empty, true);
}

function complete(given: PartsData, levels: readonly string[], empty: readonly string[], cells: boolean): LevelsData {
  if (levels.length < 2) {
    const only = levels.length === 1 ? `the level ${describe(levels[0])} alone` : "no level";
    throw new RangeError(`The response has ${only}; at least two levels are needed.`);
  }
  return { given, data: countingRows(given), levels, empty, cells };
}

function checkedOrder(asked: readonly unknown[]): readonly string[] {
  const levels = asked.map((level, k) => {
    if (typeof level !== "string" && typeof level !== "number") {
      throw new TypeError(`levels[${k}] is ${describe(level)}; text or a number is needed.`);
    }
    return levelText(level, false);
  });
  const twice = levels.findIndex((level, k) => levels.indexOf(level) !== k);
  if (twice >= 0) throw new RangeError(`levels[${twice}] is ${describe(levels[twice])} again; each level is needed once.`);
  return levels;
}

/** @throws RangeError for a row whose level is not in the order. */
function inOrder(factor: Factor, order: readonly string[]): Factor {
  const unknown = factor.levels.findIndex((level) => !order.includes(level));
  if (unknown < 0) return recoded(factor, order);
  const row = factor.codes.indexOf(unknown);
  throw new RangeError(`y[${row}] is ${describe(factor.levels[unknown])}, which is none of levels: ${order.map(describe).join(", ")}.`);
}

function factorOf(y: unknown, { rows, columns }: PartsData, order: readonly string[] | undefined): Factor {
  const isText = Array.isArray(y) && y.some((value) => typeof value === "string");
  if (!Array.isArray(y) && !ArrayBuffer.isView(y)) throw new TypeError(`y is ${describe(y)}; an array of levels is needed.`);
  const values = isText ? (y as readonly unknown[]) : numbers(y, "y");
  if (values.length !== rows) {
    throw new RangeError(`y has ${values.length} entries and the design has ${rows} rows; one per row is needed.`);
  }
  const { weights } = columns;
  for (let row = 0; row < rows; row++) {
    const value = values[row];
    const fits = isText ? typeof value === "string" : (value as number) - (value as number) === 0;
    if (!fits && weights?.[row] !== 0) {
      throw new (isText ? TypeError : RangeError)(`y[${row}] is ${describe(value)}; ${isText ? "text" : "a finite number"} is needed.`);
    }
  }
  if (isText) return factorOfText(values as unknown as readonly string[]);
  const places = order && placesIn(values as Numbers, order);
  if (order && !places) refusePlaces(values as Numbers, order, weights);
  return places ?? factorOfNumbers(Float64Array.from(values as Numbers));
}

/** @throws RangeError for a number that is no place, where the order has no number for a level. */
function refusePlaces(values: Numbers, order: readonly string[], weights: Float64Array | undefined): void {
  if (order.some((level) => level !== "" && !Number.isNaN(Number(level)))) return;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (weights?.[row] === 0 || (Number.isInteger(value) && value >= 1 && value <= order.length)) continue;
    throw new RangeError(`y[${row}] is ${value}; a level, or its place from 1 to ${order.length} in levels, is needed.`);
  }
}

/** Numbers that are places in the order, 1, 2, …: where not all of the levels are numbers, and not all of the numbers are levels. */
function placesIn(values: Numbers, order: readonly string[]): Factor | undefined {
  if (order.every((level) => level !== "" && !Number.isNaN(Number(level)))) return undefined;
  const known = new Set(order);
  const codes = new Int32Array(values.length).fill(-1);
  let levels = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== value) continue;
    if (!Number.isInteger(value) || value < 1 || value > order.length) return undefined;
    levels &&= known.has(levelText(value, false));
    codes[i] = value - 1;
  }
  return levels ? undefined : { kind: "factor", codes, levels: order };
}
