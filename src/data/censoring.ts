import { describe, type Numbers, numbers } from "./observations.ts";

// Rows of which only an interval may be known, or which would not have been seen outside of some bounds: as given, checked for their kind.

/** Row i lies in (lower[i], upper[i]]; where the two are equal its value is known. */
export interface Censored {
  /** -Infinity where a row is only known to be at most `upper`. */
  readonly lower: ArrayLike<number>;
  /** Infinity where a row is only known to be above `lower` (right-censored). */
  readonly upper: ArrayLike<number>;
}

/** A row is in the data only because it lies in (lower, upper]: one number for all rows, or one per row (delayed entry). */
export interface Truncated {
  readonly lower?: number | ArrayLike<number>;
  readonly upper?: number | ArrayLike<number>;
}

/** A histogram: `counts[i]` rows lie in (edges[i], edges[i + 1]]; the outer edges may be infinite. */
export interface Bins {
  readonly edges: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
}

/** The ways of saying what is known of the rows. */
export interface Knowledge {
  /** Instead of x, which is null then. */
  readonly censored?: Censored;
  readonly truncated?: Truncated;
  /** Instead of x, which is null then. */
  readonly bins?: Bins;
  readonly weights?: ArrayLike<number>;
}

/** Rows with what is known of each, all in the same form. */
export interface Intervals {
  readonly rows: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly weights: Numbers | undefined;
  /** Bounds of row i's truncation. */
  readonly after: Bound;
  readonly until: Bound;
  /** A row in words. */
  place(row: number): string;
}

/** One bound for all rows, or one per row. */
export type Bound = number | Numbers;

/** The bound of a row. */
export function boundOf(bound: Bound, row: number): number {
  return typeof bound === "number" ? bound : bound[row]!;
}

/** Whether anything but the values themselves is said of the rows. */
export function isPartial({ censored, truncated, bins }: Knowledge): boolean {
  return censored !== undefined || truncated !== undefined || bins !== undefined;
}

/**
 * Checks what is known of the rows and brings it into one form. Rows of weight 0 are absent and may hold anything.
 *
 * @throws TypeError or RangeError naming option, row, value and need.
 */
export function intervals(x: unknown, { censored, truncated, bins, weights }: Knowledge): Intervals {
  if (censored && bins) throw new RangeError("censored and bins are both given; one of them is needed.");
  const name = censored ? "censored" : "bins";
  if ((censored || bins) && x !== null && x !== undefined) {
    throw new TypeError(`x is ${describe(x)} and ${name} is given; null is needed for x: ${name} says what is known of the rows.`);
  }
  if (bins && weights) throw new RangeError("weights is given with bins; counts are the weights of bins.");
  const known = bins ? ofBins(bins) : censored ? ofCensored(censored) : ofValues(x);
  const rows = known.lower.length;
  if (rows === 0) throw new RangeError(`${known.place(-1)} is empty; at least one row is needed.`);
  const counts = bins ? known.counts : weights === undefined || weights === null ? undefined : columnOf(weights, "weights", rows);
  checkWeights(counts, bins ? "bins.counts" : "weights");
  const after = boundsOf(truncated, "lower", Number.NEGATIVE_INFINITY, rows);
  const until = boundsOf(truncated, "upper", Number.POSITIVE_INFINITY, rows);
  const lower = doubles(known.lower);
  const all: Intervals = {
    rows,
    lower,
    upper: known.upper === known.lower ? lower : doubles(known.upper),
    weights: counts,
    after,
    until,
    place: known.place,
  };
  checkRows(all);
  return all;
}

function doubles(column: Numbers): Float64Array {
  return column instanceof Float64Array ? column : Float64Array.from(column);
}

interface Known {
  readonly lower: Numbers;
  readonly upper: Numbers;
  readonly counts?: Numbers;
  place(row: number): string;
}

function ofValues(x: unknown): Known {
  const values = numbers(x, "x");
  return { lower: values, upper: values, place: (row) => (row < 0 ? "x" : `x[${row}] is ${values[row]}`) };
}

function ofCensored(censored: Censored): Known {
  checkKeys(censored, "censored", ["lower", "upper"]);
  const lower = numbers(censored.lower, "censored.lower");
  const upper = columnOf(censored.upper, "censored.upper", lower.length);
  const place = (row: number) => (row < 0 ? "censored.lower" : `Row ${row} of censored lies in (${lower[row]}, ${upper[row]}]`);
  return { lower, upper, place };
}

function ofBins(bins: Bins): Known {
  checkKeys(bins, "bins", ["edges", "counts"]);
  const edges = Float64Array.from(numbers(bins.edges, "bins.edges"));
  for (let i = 1; i < edges.length; i++) {
    if (edges[i]! > edges[i - 1]!) continue;
    throw new RangeError(`bins.edges[${i}] is ${edges[i]}; more than bins.edges[${i - 1}] = ${edges[i - 1]} is needed.`);
  }
  const counts = columnOf(bins.counts, "bins.counts", Math.max(0, edges.length - 1));
  const place = (row: number) => (row < 0 ? "bins.counts" : `Bin ${row}, (${edges[row]}, ${edges[row + 1]}], is not empty`);
  return { lower: edges.subarray(0, -1), upper: edges.subarray(1), counts, place };
}

function boundsOf(truncated: Truncated | undefined, side: "lower" | "upper", none: number, rows: number): Bound {
  if (truncated !== undefined) checkKeys(truncated, "truncated", ["lower", "upper"]);
  const given = truncated?.[side] ?? none;
  if (typeof given !== "number") return columnOf(given, `truncated.${side}`, rows);
  if (Number.isNaN(given)) throw new RangeError(`truncated.${side} is NaN; a number or ${none} is needed.`);
  return given;
}

/** A loop of comparisons alone; what is wrong with a row is found out once one fails. */
function checkRows(all: Intervals): void {
  const { rows, lower, upper, weights, after, until } = all;
  for (let row = 0; row < rows; row++) {
    const [a, b] = [lower[row]!, upper[row]!];
    const from = typeof after === "number" ? after : after[row]!;
    const to = typeof until === "number" ? until : until[row]!;
    // What holds of nearly all: within the bounds, whether known or not. A difference of infinities is NaN.
    if (b - a >= 0 && (a > Number.NEGATIVE_INFINITY || b < Number.POSITIVE_INFINITY) && a >= from && b <= to && from < to) continue;
    const known = a === b && a - a === 0 && a >= from && a <= to;
    const between = a < b && a < to && b > from && (a > Number.NEGATIVE_INFINITY || b < Number.POSITIVE_INFINITY);
    if ((known || between) && from < to) continue;
    if (weights?.[row] !== 0) checkRow(all, row);
  }
}

function checkRow(all: Intervals, row: number): void {
  const [lower, upper] = [all.lower[row]!, all.upper[row]!];
  const [after, until] = [boundOf(all.after, row), boundOf(all.until, row)];
  const refuse = (need: string) => new RangeError(`${all.place(row)}; ${need}.`);
  if (Number.isNaN(lower) || Number.isNaN(upper)) throw refuse("numbers, -Infinity or Infinity are needed");
  if (lower > upper) throw refuse("lower must not be above upper");
  if (lower === upper && !Number.isFinite(lower)) throw refuse("finite values are needed");
  if (lower === Number.NEGATIVE_INFINITY && upper === Number.POSITIVE_INFINITY) throw refuse("at least one finite bound is needed");
  if (Number.isNaN(after) || Number.isNaN(until)) throw refuse(`its truncation bounds are ${after} and ${until}; numbers are needed`);
  if (after >= until) throw refuse(`its truncation bounds are ${after} and ${until}; lower must be below upper`);
  const outside = lower === upper ? lower < after || lower > until : lower >= until || upper <= after;
  if (outside) throw refuse(`it lies outside its truncation bounds, (${after}, ${until}], where it could not have been seen`);
}

function checkWeights(weights: Numbers | undefined, name: string): void {
  if (!weights) return;
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`${name}[${i}] is ${weight}; ${name} must be finite and >= 0.`);
    }
    sum += weight;
  }
  if (sum === 0) throw new RangeError(`All ${name} are 0; at least one must be > 0.`);
  if (!(sum > 1e-150 && sum < 1e150)) throw new RangeError(`${name} sum to ${sum}; a sum between 1e-150 and 1e150 is needed.`);
}

function columnOf(given: unknown, name: string, rows: number): Numbers {
  const column = numbers(given, name);
  if (column.length === rows) return column;
  throw new RangeError(`${name} has ${column.length} entries; ${rows} are needed, one per row.`);
}

function checkKeys(given: object, name: string, keys: readonly string[]): void {
  if (typeof given !== "object" || given === null) {
    throw new TypeError(`${name} is ${describe(given)}; an object with ${keys.join(" and ")} is needed.`);
  }
  const unknown = Object.keys(given).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new RangeError(`${name}.${unknown}: ${name} has ${keys.join(" and ")} only.`);
}
