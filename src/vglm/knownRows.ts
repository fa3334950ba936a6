import { boundOf, type Truncated } from "../data/censoring.ts";
import { describe, numbers } from "../data/observations.ts";
import { givenOptions, type OptionNames } from "../estimators/optionNames.ts";
import { powerOfTwo } from "../math/doubleDouble.ts";
import { log } from "../math/elementary.ts";
import { log2 } from "../math/logarithms.ts";
import type { PartsData } from "../regression/partsData.ts";
import { pick } from "../regression/regressionData.ts";

// What a regression of censored and truncated rows knows of each: in the formula's response, or beside a design.

/** What is known of the rows of a design; or of a formula's that has no response. */
export interface KnownOptions {
  /** Values, one per row. */
  readonly y?: ArrayLike<number> | undefined;
  /** Times, one per row, and for each whether the event was seen (1) or the time is censored on the right (0); or 2 and 1, or true and false. */
  readonly time?: ArrayLike<number> | undefined;
  readonly status?: ArrayLike<number | boolean> | undefined;
  /** Row i lies in (lower[i], upper[i]]; equal: its value; an infinite end: censored on that side. */
  readonly lower?: ArrayLike<number> | undefined;
  readonly upper?: ArrayLike<number> | undefined;
  /** A row is in the data only because it lies in (lower, upper]: one number for all rows, or one per row (delayed entry). */
  readonly truncated?: Truncated | undefined;
}

/** Their names. */
export const KNOWN_OPTIONS = {
  y: true,
  time: true,
  status: true,
  lower: true,
  upper: true,
  truncated: true,
} as const satisfies OptionNames<KnownOptions>;

const BOUNDS = { lower: true, upper: true } as const satisfies OptionNames<Truncated>;

/** Rows with what is known of each. */
export interface KnownRows {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly after?: Float64Array;
  readonly until?: Float64Array;
}

/** The options that are columns, by name. */
export function knownColumns(options: KnownOptions): Record<string, ArrayLike<number> | undefined> {
  const { y, time, status, lower, upper, truncated } = options;
  const known = Array.isArray(status) && typeof status[0] === "boolean" ? status.map(Number) : status;
  if (truncated !== undefined) {
    if (typeof truncated !== "object")
      throw new TypeError(`truncated is ${describe(truncated)}; an object with lower and upper is needed.`);
    givenOptions(truncated, BOUNDS, "truncated");
  }
  const perRow = (bound: number | ArrayLike<number> | undefined) => (typeof bound === "number" ? undefined : bound);
  return {
    y,
    time,
    status: known && numbers(known, "status"),
    lower,
    upper,
    "truncated.lower": perRow(truncated?.lower),
    "truncated.upper": perRow(truncated?.upper),
  };
}

/** @throws RangeError for rows that nothing, or nonsense, is known of, naming place, value and need. */
export function knownRows(data: PartsData, { truncated }: KnownOptions): KnownRows {
  const { columns, response, rows } = data;
  const { lower, upper } = endsOf(data);
  const started = response?.kind === "survival" ? response.start : undefined;
  const bound = (side: "lower" | "upper"): Float64Array | undefined => {
    const given = truncated?.[side];
    if (given === undefined) return undefined;
    return typeof given === "number" ? new Float64Array(rows).fill(given) : columns[`truncated.${side}`];
  };
  const [after, until] = [bound("lower") ?? started, bound("upper")];
  const known = { lower, upper, ...(after && { after }), ...(until && { until }) };
  checkRows(known, columns.weights);
  return known;
}

/** @throws RangeError for a response of levels, where times or other numbers are needed. */
export function refuseLevels({ response }: PartsData, formula: string | undefined): void {
  if (response?.kind !== "levels") return;
  throw new RangeError(`formula: ${JSON.stringify(formula)} has a factor as its response; numbers or Surv(time, status) are needed.`);
}

function endsOf({ columns, response }: PartsData): { lower: Float64Array; upper: Float64Array } {
  if (response?.kind === "survival") return response;
  if (response?.kind === "numbers") return { lower: response.values, upper: response.values };
  if (response?.kind === "counts") throw new RangeError("formula: the response is cbind(); numbers or Surv(time, status) are needed.");
  if (response) {
    const values = Float64Array.from(response.codes, (code) => (code > 0 ? 1 : 0));
    return { lower: values, upper: values };
  }
  const { y, time, status, lower, upper } = columns;
  if (lower && upper) return { lower, upper };
  if (lower || upper) throw new TypeError(`${lower ? "lower" : "upper"} is given without ${lower ? "upper" : "lower"}; both are needed.`);
  const values = time ?? y;
  if (!values) throw new TypeError("There is no response: y, time and status, or lower and upper are needed, one number per row.");
  if (!status) return { lower: values, upper: values };
  const shift = status.includes(2) ? 1 : 0;
  const ends = values.map((value, row) => {
    const event = status[row]! - shift;
    if (event === 0 || event === 1 || columns.weights?.[row] === 0) return event === 1 ? value : Number.POSITIVE_INFINITY;
    throw new RangeError(`status[${row}] is ${status[row]}; 0 and 1, 1 and 2, or false and true are needed.`);
  });
  return { lower: values, upper: ends };
}

function checkRows({ lower, upper, after, until }: KnownRows, weights: Float64Array | undefined): void {
  for (let i = 0; i < lower.length; i++) {
    if (weights?.[i] === 0) continue;
    const [a, b] = [lower[i]!, upper[i]!];
    const [from, to] = [after ? boundOf(after, i) : Number.NEGATIVE_INFINITY, until ? boundOf(until, i) : Number.POSITIVE_INFINITY];
    const exact = a === b && a - a === 0;
    const open = a < b && (a > Number.NEGATIVE_INFINITY || b < Number.POSITIVE_INFINITY);
    const seen = exact ? a >= from && a <= to : a < to && b > from;
    if ((exact || open) && seen && from < to) continue;
    const place = a === b || (a !== a && b !== b) ? `Row ${i} is ${a}` : `Row ${i} lies in (${a}, ${b}]`;
    if (exact || open)
      throw new RangeError(`${place}; it lies outside its truncation bounds, (${from}, ${to}], where it could not have been seen.`);
    throw new RangeError(`${place}; a finite value, or a lower end below the upper with one of them finite, is needed.`);
  }
}

/** What is known of the rows that count, as comparisons ask it: two ends where they differ. */
export function comparedEnds(
  { lower, upper, after, until }: KnownRows,
  kept: Int32Array | undefined,
): Record<string, Float64Array | undefined> {
  const of = (column: Float64Array | undefined) => (column && kept ? pick(column, kept) : column);
  const [response, other] = [of(lower)!, of(upper)!];
  const exact = response.every((value, i) => value === other[i]);
  return { response, "the response's upper end": exact ? undefined : other, "truncated.lower": of(after), "truncated.upper": of(until) };
}

/** The ends as a distribution of the logarithms sees them, or of the values themselves, in this unit. An end at or below 0 has no logarithm: open. */
export function inUnits({ lower, upper, after, until }: KnownRows, logs: boolean, unit: number): KnownRows {
  const map = (value: number) => (logs ? (value > 0 ? log(value) : Number.NEGATIVE_INFINITY) : value) / unit;
  const ends = { lower: lower.map(map), upper: upper === lower ? undefined : upper.map(map) };
  return {
    lower: ends.lower,
    upper: ends.upper ?? ends.lower,
    ...(after && { after: after.map(map) }),
    ...(until && { until: until.map(map) }),
  };
}

/** The power of two next to the spread of what is known of the rows: to divide by it costs no digits. */
export function spreadOf({ lower, upper }: KnownRows, weights: Float64Array | undefined): number {
  let [count, mean, squares] = [0, 0, 0];
  for (let i = 0; i < lower.length; i++) {
    const value = middle(lower[i]!, upper[i]!);
    if (weights?.[i] === 0) continue;
    count++;
    const gap = value - mean;
    mean += gap / count;
    squares += gap * (value - mean);
  }
  const spread = Math.sqrt(squares / count) || Math.abs(mean);
  return spread > 1e-300 && spread < 1e300 ? powerOfTwo(Math.round(log2(spread))) : 1;
}

/** A number for what is known of a row. */
export function middle(lower: number, upper: number): number {
  if (lower === Number.NEGATIVE_INFINITY) return upper;
  return upper === Number.POSITIVE_INFINITY ? lower : lower / 2 + upper / 2;
}
