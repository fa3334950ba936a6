import type { Intervals } from "../data/censoring.ts";
import { boundOf } from "../data/censoring.ts";
import { Accumulator } from "../math/sum.ts";
import { distinct, type WeightedIntervals } from "./distinct.ts";
import type { Weighted } from "./nodes.ts";

// What rows contribute of which only an interval is known, and what truncation takes away: with weights w,
//
//   sum of w log f(x) + sum of w log P(a < X <= b) - sum of w log P(after < X <= until)
//
// so truncation is an interval of weight -w. Intervals with one finite end are kept apart: there are often as many as rows, and their
// weights can be moved to nodes.

/** Where values may lie (src/distributions/family.ts). */
interface Holding {
  readonly lower: number;
  readonly upper: number;
  readonly open: boolean;
  readonly whole: boolean;
  readonly period?: number;
  readonly text: string;
}

/** Rows by what is known of them. */
export interface Parts {
  readonly whole: boolean;
  /** Sum of the weights. */
  readonly weight: number;
  /** Values known exactly. */
  readonly exact: Weighted;
  /** log P(X > at). */
  readonly above: Weighted;
  /** log P(X <= at). */
  readonly below: Weighted;
  /** log P(at < X <= to). */
  readonly between: WeightedIntervals;
}

/**
 * Sorts the rows of positive weight into parts, moved by `-shift`.
 *
 * @throws RangeError for a row that the support cannot hold.
 */
export function partsOf(rows: Intervals, support: Holding, needs: string, shift: number): Parts {
  const expected = expectedOf(rows);
  const parts = {
    exact: new Points(expected.exact, false),
    above: new Points(expected.above, false),
    below: new Points(expected.below, false),
    between: new Points(expected.between, true),
  };
  const lowest = (a: number) => (a < support.lower || (a === support.lower && !support.whole) ? Number.NEGATIVE_INFINITY : a - shift);
  const highest = (b: number) => (b >= support.upper ? Number.POSITIVE_INFINITY : b - shift);
  const { period } = support;
  const add = (a: number, b: number, weight: number) => {
    // All of the circle.
    if (period !== undefined && b - a >= period) return;
    const [from, to] = [lowest(a), highest(b)];
    if (from === Number.NEGATIVE_INFINITY) {
      if (to !== Number.POSITIVE_INFINITY) parts.below.add(to, weight);
    } else if (to === Number.POSITIVE_INFINITY) parts.above.add(from, weight);
    else parts.between.add(from, weight, to);
  };
  const everyone = typeof rows.after === "number" && typeof rows.until === "number";
  let [after, until] = everyone ? [rows.after as number, rows.until as number] : [Number.NaN, Number.NaN];
  const total = new Accumulator();
  const refuse = (row: number) => new RangeError(`${rows.place(row)}; ${needs}.`);
  const { weights, lower: lowers, upper: uppers } = rows;
  if (!weights) total.add(rows.rows);
  const isArc = (a: number, b: number) => period === undefined || Number.isFinite(a) === Number.isFinite(b);
  const endless = (row: number) =>
    new RangeError(`${rows.place(row)}; on a circle nothing lies left or right: both ends of an arc are needed.`);
  for (let row = 0; row < rows.rows; row++) {
    const weight = weights ? weights[row]! : 1;
    if (weight === 0) continue;
    if (weights) total.add(weight);
    const lower = lowers[row]!;
    const upper = uppers[row]!;
    if (!everyone) {
      after = boundOf(rows.after, row);
      until = boundOf(rows.until, row);
    }
    if (!(isArc(lower, upper) && isArc(after, until))) throw endless(row);
    if (lower === upper) {
      if (!isHeld(support, lower) || (support.whole && lower <= after)) throw refuse(row);
      parts.exact.add(lower - shift, weight);
    } else {
      const [a, b] = [Math.max(lower, after), Math.min(upper, until)];
      if (!isPossible(support, a, b)) throw refuse(row);
      add(a, b, weight);
    }
    if (!everyone) add(after, until, -weight);
  }
  if (everyone) add(after, until, -total.sum);
  return {
    whole: support.whole,
    weight: total.sum,
    exact: parts.exact.raw,
    above: distinct(parts.above.raw),
    below: distinct(parts.below.raw),
    between: distinct(parts.between.raw),
  };
}

/** How many rows each part takes; those of truncation come on top. */
function expectedOf({ rows, lower, upper }: Intervals): Record<"exact" | "above" | "below" | "between", number> {
  let [exact, above, below] = [0, 0, 0];
  if (lower === upper) exact = rows;
  else {
    for (let row = 0; row < rows; row++) {
      // Without branches: censoring is random.
      exact += Number(lower[row] === upper[row]);
      above += Number(upper[row] === Number.POSITIVE_INFINITY);
      below += Number(lower[row] === Number.NEGATIVE_INFINITY);
    }
  }
  return { exact, above, below, between: Math.max(0, rows - exact - above - below) };
}

function isHeld({ lower, upper, open, whole }: Holding, x: number): boolean {
  return (open ? x > lower && x < upper : x >= lower && x <= upper) && !(whole && !Number.isInteger(x));
}

/** Whether the support has a value in (a, b]. */
function isPossible({ lower, upper, open, whole }: Holding, a: number, b: number): boolean {
  if (whole) return Math.min(Math.floor(b), upper) >= Math.max(Math.floor(a) + 1, lower);
  return a < b && a < upper && (open ? b > lower : b >= lower);
}

/** Points with weights that are added one by one; `expected` of them without being moved. */
class Points {
  #at: Float64Array;
  #weight: Float64Array;
  #to: Float64Array;
  #count = 0;

  constructor(expected: number, intervals: boolean) {
    const size = Math.max(64, expected);
    this.#at = new Float64Array(size);
    this.#weight = new Float64Array(size);
    this.#to = new Float64Array(intervals ? size : 0);
  }

  add(at: number, weight: number, to?: number): void {
    if (this.#count === this.#at.length) this.#grow();
    this.#at[this.#count] = at;
    if (to !== undefined) this.#to[this.#count] = to;
    this.#weight[this.#count++] = weight;
  }

  #grow(): void {
    const grown = (old: Float64Array) => {
      const longer = new Float64Array(2 * old.length);
      longer.set(old);
      return longer;
    };
    this.#at = grown(this.#at);
    this.#weight = grown(this.#weight);
    this.#to = grown(this.#to);
  }

  /** `to` is `at` where there are no intervals. */
  get raw(): WeightedIntervals {
    const own = (column: Float64Array) => column.subarray(0, this.#count);
    const at = own(this.#at);
    return { at, to: this.#to.length > 0 ? own(this.#to) : at, weight: own(this.#weight) };
  }
}
