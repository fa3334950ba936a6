// Sums over risk sets, and what risk sets give back to their rows, without a subtraction and without an overflow: every sum comes with the
// exponent that it was divided by, the largest or smallest linear predictor in it (of all, where they are close). Rows that are there from the beginning are summed from
// the last event time back; those that enter later, by halves of their runs of event times.

import { exp } from "../math/elementary.ts";
import type { EventTimes } from "./eventTimes.ts";
import { LateRows } from "./lateRows.ts";
import { mergeLow, RunningSums } from "./runningSums.ts";

/** Predictors so close to one another that e to them all, and their squares, are far from the ends of the doubles. */
const NARROW = 300;

/** For each event time `width` sums, divided by e^top. */
export interface RiskSums {
  /** The largest linear predictor in the risk set, or of all. */
  readonly tops: Float64Array;
  readonly sums: Float64Array;
  readonly width: number;
}

/** e^eta of each row: a share times e to an exponent, which is one for all where predictors are close. */
export interface Risks {
  readonly shares: Float64Array;
  readonly exponents: Float64Array;
}

export function risksOf(eta: Float64Array): Risks {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < eta.length; i++) {
    if (eta[i]! < least) least = eta[i]!;
    if (eta[i]! > most) most = eta[i]!;
  }
  if (!(most - least < NARROW)) return { shares: new Float64Array(eta.length).fill(1), exponents: eta };
  return { shares: eta.map((value) => exp(value - most)), exponents: new Float64Array(eta.length).fill(most) };
}

/** e^(eta - top) of a row. */
export function riskOver({ shares, exponents }: Risks, row: number, top: number): number {
  return exponents[row] === top ? shares[row]! : shares[row]! * exp(exponents[row]! - top);
}

export class RiskSets {
  /** Event times. */
  readonly count: number;
  private readonly late: LateRows;

  constructor(readonly at: EventTimes) {
    this.count = at.times.length;
    this.late = new LateRows(at);
  }

  /** The largest value in each risk set. */
  tops(values: Float64Array): Float64Array {
    return this.sums({ shares: new Float64Array(values.length), exponents: values }, undefined, new Float64Array(0), 0).tops;
  }

  /**
   * Sums over each risk set of w e^eta and w e^eta z.
   *
   * @param z - `columns` numbers per row.
   * @returns 1 + `columns` sums per event time.
   */
  sums({ shares, exponents }: Risks, weights: Float64Array | undefined, z: Float64Array, columns: number): RiskSums {
    const { bucket, begin } = this.at;
    const width = columns + 1;
    const tops = new Float64Array(this.count).fill(Number.NEGATIVE_INFINITY);
    const sums = new Float64Array(this.count * width);
    const running = new RunningSums(width);
    const add = (row: number) => running.add(weights ? weights[row]! * shares[row]! : shares[row]!, exponents[row]!, z, row * columns);
    for (let k = this.count - 1; k >= 0; k--) {
      if (begin[k] !== begin[k + 1]) running.clear();
      for (let i = bucket[k]!; i < bucket[k + 1]!; i++) if (!this.late.has(i)) add(i);
      tops[k] = running.top;
      sums.set(running.sums, k * width);
    }
    this.late.sums(running, add, (k) => running.addTo(tops, sums, k));
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
    for (let k = 1; k < this.count; k++) if (begin[k] === begin[k - 1]) mergeLow(lows, sums, k, lows[k - 1]!, sums[k - 1]!);
    return { lows, sums };
  }

  /**
   * For each row e^eta times the sum of values over the event times at which it is at risk.
   *
   * @param values - One per event time, to be divided by e^top.
   */
  gathered(risks: Risks, values: Float64Array, tops: Float64Array): Float64Array {
    const { rows, end } = this.at;
    const { lows, sums } = this.cumulative(values, tops);
    const answers = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      if (!this.late.has(i)) answers[i] = sums[end[i]! - 1]! * riskOver(risks, i, lows[end[i]! - 1]!);
    }
    this.late.gathered(values, tops, (row, sum, low) => {
      answers[row]! += sum * riskOver(risks, row, low);
    });
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
