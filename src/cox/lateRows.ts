import type { EventTimes } from "./eventTimes.ts";
import { mergeLow, type RunningSums } from "./runningSums.ts";

// Rows that enter after the first event time of their stratum, without a subtraction. A row is at risk at a run of event times. The highest bit
// in which the first and the last of them differ splits the run at a multiple of a power of 2: on the left it is the end of a block that stops
// there, on the right the beginning of one that starts there. So each row is added twice, and sums run once over each level's blocks: a disjoint
// sparse table (A. C. Yao 1982, STOC 14, 128, of sums without inverses), n + k log k for k event times.

/** Halves of runs: level by level, those of one block by their place in it. Blocks with an odd number hold right halves. */
export class LateRows {
  private readonly rows: Int32Array;
  /** The event time at which a half begins or, of right halves, ends. */
  private readonly places: Int32Array;
  /** Where each level begins; a last entry ends the last. */
  private readonly levels: Int32Array;
  private readonly late: Uint8Array;

  constructor(at: EventTimes) {
    const { rows, first, end, begin, times } = at;
    this.late = Uint8Array.from(rows, (_, i) => (first[i]! > begin[end[i]! - 1]! ? 1 : 0));
    const count = this.late.reduce((sum, is) => sum + is, 0);
    const halves = new Int32Array(2 * count);
    const starts = new Int32Array(times.length + 1);
    const levels = new Int32Array(33);
    let used = 0;
    for (let i = 0; i < rows.length; i++) {
      if (this.late[i] === 0) continue;
      const [left, right] = [first[i]!, end[i]! - 1];
      starts[left + 1]!++;
      if (left !== right) starts[right + 1]!++;
      const size = left === right ? 1 : 2;
      levels[levelOf(left, right) + 1]! += size;
      used += size;
    }
    for (let k = 0; k < times.length; k++) starts[k + 1]! += starts[k]!;
    for (let level = 0; level < 32; level++) levels[level + 1]! += levels[level]!;
    // By place, then, in that order, by level.
    for (let i = 0; i < rows.length; i++) {
      if (this.late[i] === 0) continue;
      const [left, right] = [first[i]!, end[i]! - 1];
      halves[starts[left]!++] = 2 * i;
      if (left !== right) halves[starts[right]!++] = 2 * i + 1;
    }
    this.rows = new Int32Array(used);
    this.places = new Int32Array(used);
    const next = levels.slice();
    for (let h = 0; h < used; h++) {
      const i = halves[h]! >> 1;
      const [left, right] = [first[i]!, end[i]! - 1];
      const to = next[levelOf(left, right)]!++;
      this.rows[to] = i;
      this.places[to] = halves[h]! & 1 ? right : left;
    }
    this.levels = levels;
  }

  /** Whether a row enters after the first event time of its stratum. */
  has(row: number): boolean {
    return this.late[row] === 1;
  }

  /** Calls with each block that has halves, by their places here, and with its event times. */
  private eachBlock(call: (from: number, to: number, low: number, high: number) => void, right: boolean): void {
    const { levels, places } = this;
    for (let level = 0; level < 32; level++) {
      let from = levels[level]!;
      while (from < levels[level + 1]!) {
        const block = places[from]! >> level;
        let to = from + 1;
        while (to < levels[level + 1]! && places[to]! >> level === block) to++;
        if ((block & 1) === (right ? 1 : 0)) call(from, to, block << level, (block + 1) << level);
        from = to;
      }
    }
  }

  /**
   * Adds rows to the sums of the event times at which they are at risk.
   *
   * @param add - Adds a row to running sums.
   * @param take - Adds running sums to an event time's.
   */
  sums(running: RunningSums, add: (row: number) => void, take: (k: number) => void): void {
    const { rows, places } = this;
    const left = (from: number, to: number, _: number, high: number) => {
      running.clear();
      for (let h = from; h < to; h++) {
        add(rows[h]!);
        const next = h + 1 < to ? places[h + 1]! : high;
        for (let k = places[h]!; k < next; k++) take(k);
      }
    };
    const right = (from: number, to: number, low: number) => {
      running.clear();
      for (let h = to - 1; h >= from; h--) {
        add(rows[h]!);
        const next = h > from ? places[h - 1]! : low - 1;
        for (let k = places[h]!; k > next; k--) take(k);
      }
    };
    this.eachBlock(left, false);
    this.eachBlock(right, true);
  }

  /**
   * Sums of values, each to be divided by e to its exponent, over the event times at which rows are at risk.
   *
   * @param take - Gets a row and a part of its sum, to be divided by e^low.
   */
  gathered(values: Float64Array, exponents: Float64Array, take: (row: number, sum: number, low: number) => void): void {
    const { rows, places } = this;
    const low = new Float64Array(1);
    const sum = new Float64Array(1);
    const restart = () => {
      low[0] = Number.POSITIVE_INFINITY;
      sum[0] = 0;
    };
    const left = (from: number, to: number, _: number, high: number) => {
      restart();
      for (let h = to - 1, k = high - 1; h >= from; h--) {
        for (; k >= places[h]!; k--) mergeLow(low, sum, 0, exponents[k]!, values[k]!);
        take(rows[h]!, sum[0]!, low[0]!);
      }
    };
    const right = (from: number, to: number, begin: number) => {
      restart();
      for (let h = from, k = begin; h < to; h++) {
        for (; k <= places[h]!; k++) mergeLow(low, sum, 0, exponents[k]!, values[k]!);
        take(rows[h]!, sum[0]!, low[0]!);
      }
    };
    this.eachBlock(left, false);
    this.eachBlock(right, true);
  }
}

/** Of a single event time, the lowest. */
function levelOf(left: number, right: number): number {
  return left === right ? 0 : 31 - Math.clz32(left ^ right);
}
