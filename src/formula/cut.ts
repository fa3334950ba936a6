// R's cut(): a column of numbers as a factor of intervals.

import { generalText } from "./deparse.ts";
import type { Factor } from "./value.ts";

/** Ends of intervals, ascending, with the levels' names. */
export interface Intervals {
  readonly breaks: readonly number[];
  readonly labels: readonly string[];
  /** Whether intervals hold their upper ends: (a, b]. Else [a, b). */
  readonly right: boolean;
  /** Whether the outermost closed end is in, too. */
  readonly lowest: boolean;
}

/** `count` intervals of one length over the range of x, the outer ends a thousandth further out, as R sets them. */
export function equalBreaks(x: Float64Array, count: number): number[] {
  let min = Infinity;
  let max = -Infinity;
  for (const value of x) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  // Where all are equal R takes their size as the range, and moves every end.
  const range = max - min;
  const width = range === 0 ? Math.abs(min) : range;
  const [from, to] = range === 0 ? [min - width / 1000, max + width / 1000] : [min, max];
  const breaks = Array.from({ length: count + 1 }, (_, k) => from + k * ((to - from) / count));
  breaks[0] = min - width / 1000;
  breaks[count] = max + width / 1000;
  return breaks;
}

/** R's names of intervals, "(1,2.5]": as few digits as tell the ends apart. */
export function intervalLabels(breaks: readonly number[], right: boolean, lowest: boolean, least: number): string[] {
  let ends: string[] = [];
  for (let digits = least; digits <= Math.max(12, least); digits++) {
    ends = breaks.map((value) => generalText(value, digits));
    if (new Set(ends).size === ends.length) break;
  }
  return breaks.slice(1).map((_, k) => {
    const opens = !right || (lowest && k === 0) ? "[" : "(";
    const closes = right || (lowest && k === breaks.length - 2) ? "]" : ")";
    return `${opens}${ends[k]},${ends[k + 1]}${closes}`;
  });
}

/** The interval of each row; one outside all of them is missing. */
export function cut(x: Float64Array, { breaks, labels, right, lowest }: Intervals): Factor {
  const last = breaks.length - 1;
  const codes = new Int32Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    // How many of the ends lie before the value.
    let low = 0;
    let high = breaks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (right ? breaks[middle]! < value : breaks[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    if (lowest && value === breaks[right ? 0 : last]) codes[i] = right ? 0 : last - 1;
    else codes[i] = value === value && low > 0 && low <= last ? low - 1 : -1;
  }
  return { kind: "factor", codes, levels: labels };
}
