// Rows of survival data by the event times at which they are at risk.

import { taken } from "../formula/coding.ts";

/** What is seen of each row. */
export interface Observed {
  readonly time: Float64Array;
  /** 1 for an event, 0 where the row was censored. */
  readonly status: Uint8Array;
  /** Where rows are under observation only from a time on. */
  readonly start: Float64Array | undefined;
  /** Each row's stratum, 0 … strata - 1. */
  readonly stratum: Int32Array | undefined;
  readonly strata: number;
}

/** The distinct event times of all strata, one stratum after the other, and the rows at risk at them. */
export interface EventTimes {
  readonly times: Float64Array;
  /** For each event time the first of its stratum; a last entry ends the last stratum. */
  readonly begin: Int32Array;
  /** Where each stratum's event times begin; a last entry ends the last. */
  readonly ranges: Int32Array;
  /** Rows that are at risk at some event time, by the last of these, events first. */
  readonly rows: Int32Array;
  /** For each of them: it is at risk at the event times from `first` up to, not including, `end`. */
  readonly first: Int32Array;
  readonly end: Int32Array;
  /** 1 for an event, at event time `end - 1`. */
  readonly event: Uint8Array;
  /** Places in `rows` where the rows of each event time begin; a last entry ends the last. */
  readonly bucket: Int32Array;
}

/** A row is at risk at t where start < t <= time. Times are tied where they are the same double. */
export function eventTimesOf({ time, status, start, stratum, strata }: Observed): EventTimes {
  const n = time.length;
  const of = (row: number) => (stratum ? stratum[row]! : 0);
  const offsets = new Int32Array(strata + 1);
  for (let i = 0; i < n; i++) if (status[i] === 1) offsets[of(i) + 1]!++;
  for (let s = 0; s < strata; s++) offsets[s + 1]! += offsets[s]!;
  const all = new Float64Array(offsets[strata]!);
  const next = offsets.slice(0, strata);
  for (let i = 0; i < n; i++) if (status[i] === 1) all[next[of(i)]!++] = time[i]!;

  const ranges = new Int32Array(strata + 1);
  let count = 0;
  for (let s = 0; s < strata; s++) {
    // Sorted without a comparison of its own: ten times as fast.
    const own = all.subarray(offsets[s]!, offsets[s + 1]!).sort();
    for (let k = 0; k < own.length; k++) if (k === 0 || own[k] !== own[k - 1]) all[count++] = own[k]!;
    ranges[s + 1] = count;
  }
  const times = all.slice(0, count);
  const begin = new Int32Array(count + 1).fill(count);
  for (let s = 0; s < strata; s++) begin.fill(ranges[s]!, ranges[s]!, ranges[s + 1]!);

  const [first, end] = [new Int32Array(n), new Int32Array(n)];
  // Two places for each event time: its events, and the rows censored from then on.
  const counts = new Int32Array(2 * count + 1);
  const places = new Places(times, ranges);
  const slot = (i: number) => 2 * (end[i]! - 1) + 1 - status[i]!;
  for (let i = 0; i < n; i++) {
    const s = of(i);
    end[i] = places.after(time[i]!, s);
    first[i] = start ? places.after(start[i]!, s) : ranges[s]!;
    if (first[i]! < end[i]!) counts[slot(i) + 1]!++;
  }
  for (let k = 0; k < 2 * count; k++) counts[k + 1]! += counts[k]!;
  const bucket = new Int32Array(count + 1);
  for (let k = 0; k <= count; k++) bucket[k] = counts[2 * k]!;
  const rows = new Int32Array(counts[2 * count]!);
  for (let i = 0; i < n; i++) if (first[i]! < end[i]!) rows[counts[slot(i)]!++] = i;
  const event = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) event[i] = status[rows[i]!]!;
  return {
    times,
    begin,
    ranges,
    rows,
    first: taken(first, rows),
    end: taken(end, rows),
    event,
    bucket,
  };
}

/** The first place from low to high whose time is later than t. */
export function after(times: Float64Array, t: number, low: number, high: number): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (times[middle]! <= t) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Finds places faster than by halves alone, a fifth of the time where times are spread evenly: in as many cells of equal width as there are times. */
class Places {
  /** The first place of each cell, one entry more for each stratum. */
  private readonly cells: Int32Array;
  private readonly widths: Float64Array;

  constructor(
    private readonly times: Float64Array,
    private readonly ranges: Int32Array,
  ) {
    const strata = ranges.length - 1;
    this.cells = new Int32Array(times.length + strata);
    this.widths = new Float64Array(strata);
    for (let s = 0; s < strata; s++) {
      const [low, high] = [ranges[s]!, ranges[s + 1]!];
      if (low === high) continue;
      const width = (times[high - 1]! - times[low]!) / (high - low);
      this.widths[s] = width;
      let place = low;
      for (let cell = 0; cell < high - low; cell++) {
        while (place < high && this.cellOf(times[place]!, s) < cell) place++;
        this.cells[low + s + cell] = place;
      }
      this.cells[high + s] = high;
    }
  }

  /** Monotone in t, so that rounding does no harm. */
  private cellOf(t: number, s: number): number {
    const [low, high] = [this.ranges[s]!, this.ranges[s + 1]!];
    const cell = Math.floor((t - this.times[low]!) / this.widths[s]!);
    return cell < high - low ? cell : high - low - 1;
  }

  /** The first place of a stratum whose time is later than t. */
  after(t: number, s: number): number {
    const { times, ranges, cells } = this;
    const [low, high] = [ranges[s]!, ranges[s + 1]!];
    if (low === high || t < times[low]!) return low;
    if (t >= times[high - 1]!) return high;
    const cell = low + s + this.cellOf(t, s);
    return after(times, t, cells[cell]!, cells[cell + 1]!);
  }
}
