// Seeded arguments for the lanes.

import type { Interval, Range } from "./table.ts";

/** Uniform in [0, 1), 53 bits: mulberry32 (T. Ettinger) twice. */
export function random(seed: number): () => number {
  let state = seed;
  const word = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return (t ^ (t >>> 14)) >>> 0;
  };
  return () => (word() * 2097152 + (word() >>> 11)) / 9007199254740992;
}

/** A column for each argument of a range. */
export function pointsIn({ of }: Range, n: number, next: () => number): Float64Array[] {
  return of.map((interval) => Float64Array.from({ length: n }, () => within(interval, next())));
}

/** Columns in which row 2i+1 is `apart` ulps above row 2i in the last argument; where it is the only one, it never falls. */
export function neighboursIn(range: Range, n: number, next: () => number): Float64Array[] {
  const half = pointsIn(range, n / 2, next);
  const columns = half.map((column) => Float64Array.from({ length: n }, (_, row) => column[row >> 1]!));
  const last = columns.at(-1)!;
  const [, high] = range.of.at(-1)!;
  for (let row = 1; row < n; row += 2) last[row] = Math.min(high, above(last[row]!, range.apart ?? 1));
  if (columns.length === 1) last.sort();
  return columns;
}

function within([low, high, spacing]: Interval, u: number): number {
  if (spacing !== "log") return Math.min(high, low + (high - low) * u);
  const [from, to] = [Math.log(Math.abs(low)), Math.log(Math.abs(high))];
  const size = Math.exp(from + (to - from) * u);
  return low < 0 ? Math.min(high, Math.max(low, -size)) : Math.min(high, Math.max(low, size));
}

const bits = new BigInt64Array(1);
const value = new Float64Array(bits.buffer);

/** The double `steps` above x. */
function above(x: number, steps: number): number {
  value[0] = x;
  const ordinal = bits[0]! < 0n ? -(bits[0]! & 0x7fffffffffffffffn) : bits[0]!;
  const next = ordinal + BigInt(steps);
  bits[0] = next < 0n ? -next | (1n << 63n) : next;
  return value[0]!;
}
