// Sums over risk sets, and what risk sets give back to their rows, without a subtraction and without an overflow: every sum comes with the
// exponent that it was divided by, the largest or smallest linear predictor in it (of all, where they are close). Rows that are there from the beginning are summed from
// the last event time back; a row that enters later is added to the nodes of a binary tree over the event times that cover its interval, so
// that nothing is taken away again. n log n for those rows, n for the others.

import { exp } from "../math/elementary.ts";
import type { EventTimes } from "./eventTimes.ts";

/** Predictors so close to one another that e to them all, and their squares, are far from the ends of the doubles. */
const NARROW = 300;

/** For each event time `width` sums, divided by e^top. */
export interface RiskSums {
  /** The largest linear predictor in the risk set, or of all. */
  readonly tops: Float64Array;
  readonly sums: Float64Array;
  readonly width: number;
}

export class RiskSets {
  /** Event times. */
  readonly count: number;
  /** Of the tree: a power of 2, and its leaves are the nodes from there on. 0 where no row enters late. */
  private readonly leaves: number;
  private readonly nodes = new Int32Array(64);

  constructor(readonly at: EventTimes) {
    this.count = at.times.length;
    let late = false;
    for (let i = 0; i < at.rows.length && !late; i++) late = this.isLate(i);
    this.leaves = late ? leavesFor(this.count) : 0;
  }

  /** Whether a row enters after the first event time of its stratum. */
  private isLate(row: number): boolean {
    const { first, end, begin } = this.at;
    return first[row]! > begin[end[row]! - 1]!;
  }

  /** The nodes that cover a row's event times; they are left in `nodes`. */
  private cover(row: number): number {
    const { first, end } = this.at;
    let count = 0;
    for (let l = first[row]! + this.leaves, r = end[row]! + this.leaves; l < r; l >>= 1, r >>= 1) {
      if (l & 1) this.nodes[count++] = l++;
      if (r & 1) this.nodes[count++] = --r;
    }
    return count;
  }

  /** The largest value in each risk set; of late rows' nodes, too. */
  private topsOf(eta: Float64Array): { early: Float64Array; late: Float64Array } {
    const { rows, end, begin } = this.at;
    const early = new Float64Array(this.count).fill(Number.NEGATIVE_INFINITY);
    const late = new Float64Array(2 * this.leaves).fill(Number.NEGATIVE_INFINITY);
    for (let i = 0; i < rows.length; i++) {
      if (this.leaves > 0 && this.isLate(i)) {
        for (let c = this.cover(i) - 1; c >= 0; c--) late[this.nodes[c]!] = Math.max(late[this.nodes[c]!]!, eta[i]!);
      } else early[end[i]! - 1] = Math.max(early[end[i]! - 1]!, eta[i]!);
    }
    for (let k = this.count - 2; k >= 0; k--) if (begin[k] === begin[k + 1]) early[k] = Math.max(early[k]!, early[k + 1]!);
    return { early, late };
  }

  /** What sums are divided by e to: one number, where that is enough. */
  private shiftsOf(eta: Float64Array): { early: Float64Array; late: Float64Array } {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < eta.length; i++) {
      if (eta[i]! < least) least = eta[i]!;
      if (eta[i]! > most) most = eta[i]!;
    }
    if (!(most - least < NARROW)) return this.topsOf(eta);
    return { early: new Float64Array(this.count).fill(most), late: new Float64Array(2 * this.leaves).fill(most) };
  }

  /** The largest value in each risk set. */
  tops(eta: Float64Array): Float64Array {
    const { early, late } = this.topsOf(eta);
    for (let node = 2; node < late.length; node++) late[node] = Math.max(late[node]!, late[node >> 1]!);
    return this.leaves === 0 ? early : early.map((top, k) => Math.max(top, late[this.leaves + k]!));
  }

  /**
   * Sums over each risk set of w e^eta and w e^eta z.
   *
   * @param z - `columns` numbers per row.
   * @returns 1 + `columns` sums per event time.
   */
  sums(eta: Float64Array, weights: Float64Array | undefined, z: Float64Array, columns: number): RiskSums {
    const { rows, end, begin } = this.at;
    const { early: tops, late } = this.shiftsOf(eta);
    const width = columns + 1;
    const sums = new Float64Array(this.count * width);
    const below = new Float64Array(2 * this.leaves * width);
    /** Adds a row's part, e of it. */
    const add = (row: number, e: number, into: Float64Array, to: number) => {
      into[to]! += e;
      for (let j = 0; j < columns; j++) into[to + 1 + j]! += e * z[row * columns + j]!;
    };
    for (let i = 0; i < rows.length; i++) {
      const weight = weights ? weights[i]! : 1;
      if (!(this.leaves > 0 && this.isLate(i))) {
        add(i, weight * exp(eta[i]! - tops[end[i]! - 1]!), sums, (end[i]! - 1) * width);
        continue;
      }
      let [top, e] = [Number.NaN, 0];
      for (let c = this.cover(i) - 1; c >= 0; c--) {
        const node = this.nodes[c]!;
        if (late[node] !== top) {
          top = late[node]!;
          e = weight * exp(eta[i]! - top);
        }
        add(i, e, below, node * width);
      }
    }
    for (let k = this.count - 2; k >= 0; k--) if (begin[k] === begin[k + 1]) merge(tops, sums, k, tops, sums, k + 1, width);
    for (let node = 2; node < late.length; node++) merge(late, below, node, late, below, node >> 1, width);
    if (this.leaves > 0) for (let k = 0; k < this.count; k++) merge(tops, sums, k, late, below, this.leaves + k, width);
    return { tops, sums, width };
  }

  /**
   * Sums from each stratum's first event time to each of its others, to be divided by e^low.
   *
   * @param values - One per event time, to be divided by e^top.
   */
  cumulative(values: Float64Array, tops: Float64Array): { lows: Float64Array; sums: Float64Array } {
    const { begin } = this.at;
    const lows = tops.slice();
    const sums = values.slice();
    for (let k = 1; k < this.count; k++) if (begin[k] === begin[k - 1]) mergeLow(lows, sums, k, k - 1);
    return { lows, sums };
  }

  /**
   * For each row e^eta times the sum of values over the event times at which it is at risk.
   *
   * @param values - One per event time, to be divided by e^top.
   */
  gathered(eta: Float64Array, values: Float64Array, tops: Float64Array): Float64Array {
    const { rows, end } = this.at;
    const { lows, sums } = this.cumulative(values, tops);
    const late = new Float64Array(2 * this.leaves).fill(Number.POSITIVE_INFINITY);
    const below = new Float64Array(2 * this.leaves);
    if (this.leaves > 0) {
      late.set(tops, this.leaves);
      below.set(values, this.leaves);
      for (let node = this.leaves - 1; node > 0; node--) {
        [late[node], below[node]] = [late[2 * node]!, below[2 * node]!];
        mergeLow(late, below, node, 2 * node + 1);
      }
    }
    const answers = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      if (this.leaves > 0 && this.isLate(i)) {
        let [low, e] = [Number.NaN, 0];
        for (let c = this.cover(i) - 1; c >= 0; c--) {
          const node = this.nodes[c]!;
          if (late[node] !== low) {
            low = late[node]!;
            e = exp(eta[i]! - low);
          }
          answers[i]! += below[node]! * e;
        }
      } else answers[i] = sums[end[i]! - 1]! * exp(eta[i]! - lows[end[i]! - 1]!);
    }
    return answers;
  }

  /** Calls with each run of event times at which a row is at risk and the risk set's largest value is at most `bound` over the row's. */
  eachHighest(values: Float64Array, tops: Float64Array, bound: number, call: (row: number, first: number, end: number) => void): void {
    const { rows, first, end } = this.at;
    const leaves = leavesFor(this.count);
    const least = new Float64Array(2 * leaves).fill(Number.POSITIVE_INFINITY);
    least.set(tops, leaves);
    const most = least.slice();
    for (let node = leaves - 1; node > 0; node--) {
      least[node] = Math.min(least[2 * node]!, least[2 * node + 1]!);
      most[node] = Math.max(most[2 * node]!, most[2 * node + 1]!);
    }
    let run = -1;
    /** From node, whose event times are from `from`, `size` of them. */
    const visit = (row: number, limit: number, node: number, from: number, size: number): void => {
      const [low, high] = [Math.max(from, first[row]!), Math.min(from + size, end[row]!)];
      if (low >= high) return;
      const inside = low === from && high === from + size;
      if (least[node]! > limit || (inside && most[node]! <= limit)) {
        const highest = least[node]! <= limit;
        if (highest && run < 0) run = low;
        if (!highest && run >= 0) {
          call(row, run, low);
          run = -1;
        }
        return;
      }
      visit(row, limit, 2 * node, from, size / 2);
      visit(row, limit, 2 * node + 1, from + size / 2, size / 2);
    };
    for (let i = 0; i < rows.length; i++) {
      visit(i, values[i]! + bound, 1, 0, leaves);
      if (run >= 0) call(i, run, end[i]!);
      run = -1;
    }
  }
}

/** The next power of 2. */
function leavesFor(count: number): number {
  return count <= 1 ? 1 : 2 ** (32 - Math.clz32(count - 1));
}

/** Adds sums divided by e^top to others, at the larger top of both. */
function merge(
  tops: Float64Array,
  sums: Float64Array,
  to: number,
  otherTops: Float64Array,
  others: Float64Array,
  from: number,
  width: number,
): void {
  const [top, other] = [tops[to]!, otherTops[from]!];
  if (other === Number.NEGATIVE_INFINITY) return;
  const [own, share] = top === other ? [1, 1] : top > other ? [1, exp(other - top)] : [exp(top - other), 1];
  if (other > top) tops[to] = other;
  const [a, b] = [to * width, from * width];
  for (let c = 0; c < width; c++) sums[a + c] = own * sums[a + c]! + share * others[b + c]!;
}

/** Adds a value to be divided by e^low to another, at the smaller low of both. */
function mergeLow(lows: Float64Array, sums: Float64Array, to: number, from: number): void {
  const [low, other] = [lows[to]!, lows[from]!];
  if (other === low) sums[to]! += sums[from]!;
  else if (other > low) sums[to]! += sums[from]! * exp(low - other);
  else {
    sums[to] = sums[to]! * exp(other - low) + sums[from]!;
    lows[to] = other;
  }
}
