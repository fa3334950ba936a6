import { exp, log } from "../math/elementary.ts";

// The line, or the logarithm of the positive half-line, cut into panels.

/** Points that stand for all. */
const PICKS = 1024;

/**
 * Panel borders from the points' median outwards, in log x where the points are positive; `width` of a panel is a part of the spread of the
 * points or of `growth` times the distance from their median, whichever is larger. Undefined where the points have no spread.
 */
export function edgesOf(x: Float64Array, positive: boolean, width: number, growth = 1): Float64Array | undefined {
  const picks = Float64Array.from({ length: PICKS }, (_, i) => x[Math.floor(((i + 0.5) * x.length) / PICKS)]!).sort();
  let smallest = picks[0]!;
  let largest = picks[0]!;
  for (let i = 0; i < x.length; i++) {
    if (x[i]! < smallest) smallest = x[i]!;
    else if (x[i]! > largest) largest = x[i]!;
  }
  const of = (value: number) => (positive ? log(value) : value);
  const [low, median, high, min, max] = [...[0.25, 0.5, 0.75].map((p) => of(picks[p * PICKS]!)), of(smallest), of(largest)] as [
    number,
    number,
    number,
    number,
    number,
  ];
  const spread = high - low;
  if (!(spread > 0 && Number.isFinite(max - min))) return undefined;
  const walk = (end: number, direction: 1 | -1) => {
    const found = [median];
    for (let distance = 0; direction * (found.at(-1)! - end) < 0; ) {
      distance += width * Math.max(spread, growth * distance);
      found.push(median + direction * distance);
    }
    return found;
  };
  return Float64Array.from([...walk(min, -1).slice(1).reverse(), ...walk(max, 1)]);
}

export interface Placing {
  /** The panel of a point. */
  panel(x: number): number;
  /** Where it lies in the panel, from -1 to 1. */
  within(x: number, panel: number): number;
}

/** Artanh's series up to s^17 is exact for |s| up to this. */
const SHORT = 0.125;

export function placing(edges: Float64Array, positive: boolean): Placing {
  const natural = positive ? edges.map(exp) : edges;
  // Bisection without branches, which random points would mislead: inner borders, filled up to a power of 2.
  let size = 1;
  while (size < edges.length - 1) size *= 2;
  const borders = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  borders.set(natural.subarray(0, -1));
  const panel = (x: number) => {
    let found = 0;
    for (let step = size >> 1; step > 0; step >>= 1) found += step * Number(x >= borders[found + step]!);
    return found;
  };
  if (!positive) return { panel, within: (x, k) => (x - edges[k]! - (edges[k + 1]! - x)) / (edges[k + 1]! - edges[k]!) };
  const middle = edges.subarray(1).map((to, k) => 0.5 * (edges[k]! + to));
  const center = middle.map(exp);
  const scale = edges.subarray(1).map((to, k) => 2 / (to - edges[k]!));
  return {
    panel,
    // log x - log center = 2 artanh((x - center) / (x + center)): a sixth of a logarithm's time.
    within(x, k) {
      const c = center[k]!;
      const s = (x - c) / (x + c);
      if (!(Math.abs(s) <= SHORT)) return (log(x) - middle[k]!) * scale[k]!;
      const q = s * s;
      const q2 = q * q;
      const series = 1 / 3 + q / 5 + q2 * (1 / 7 + q / 9) + q2 * q2 * (1 / 11 + q / 13 + q2 * (1 / 15 + q / 17));
      return 2 * (s + s * q * series) * scale[k]!;
    },
  };
}
