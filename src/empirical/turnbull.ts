import type { Intervals } from "../data/censoring.ts";
import type { Empirical } from "./empirical.ts";
import { runningSum } from "./order.ts";

/** Change of a place's share below which nothing moves in a picture. */
const STILL = 1e-7;
const MOST_ROUNDS = 2000;

/** At one value a point begins, intervals and points end, then intervals begin: they are open on the left. */
const BEGIN_POINT = 0;
const END = 1;
const BEGIN = 2;

/**
 * The nonparametric maximum-likelihood estimate for rows of which intervals are known: Turnbull (1976), The empirical distribution function
 * with arbitrarily grouped, censored and truncated data. Weight lies on the innermost intervals, those that begin at some row's lower end
 * and end at some row's upper end with no end in between; the shares are self-consistent, found by his iteration with running sums.
 * Disjoint bins are their own innermost intervals, and one round finds their counts.
 */
export function turnbull(rows: Intervals): Omit<Empirical, "size"> {
  const used = Array.from({ length: rows.rows }, (_, i) => i).filter((row) => rows.weights?.[row] !== 0);
  const isPoint = (row: number) => rows.lower[row] === rows.upper[row];
  const ends = used.flatMap((row) => [
    { at: rows.lower[row]!, side: isPoint(row) ? BEGIN_POINT : BEGIN },
    { at: rows.upper[row]!, side: END },
  ]);
  ends.sort((a, b) => (a.at === b.at ? a.side - b.side : a.at - b.at));
  const inner = ends.flatMap((end, i) => {
    const next = ends[i + 1];
    return next && end.side !== END && next.side === END ? [{ from: end.at, to: next.at }] : [];
  });
  const from = Float64Array.from(inner, (place) => place.from);
  const to = Float64Array.from(inner, (place) => place.to);
  // The places inside a row: from the first that begins at or after its lower end to the last that ends at or before its upper end.
  const first = Int32Array.from(used, (row) => firstWithin(from, to, rows.lower[row]!, isPoint(row)));
  const last = Int32Array.from(used, (row) => lastWithin(to, rows.upper[row]!));
  const weight = Float64Array.from(used, (row) => rows.weights?.[row] ?? 1);
  const total = weight.reduce((sum, own) => sum + own, 0);
  const share = new Float64Array(inner.length).fill(1 / inner.length);
  const below = new Float64Array(inner.length + 1);
  const pull = new Float64Array(inner.length + 1);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    for (let j = 0; j < share.length; j++) below[j + 1] = below[j]! + share[j]!;
    pull.fill(0);
    for (let i = 0; i < used.length; i++) {
      const held = weight[i]! / (below[last[i]! + 1]! - below[first[i]!]!);
      pull[first[i]!]! += held;
      pull[last[i]! + 1]! -= held;
    }
    let [running, moved] = [0, 0];
    for (let j = 0; j < share.length; j++) {
      running += pull[j]!;
      const next = (share[j]! * Math.max(0, running)) / total;
      moved = Math.max(moved, Math.abs(next - share[j]!));
      share[j] = next;
    }
    if (moved < STILL) break;
  }
  const cumulative = runningSum(share.map((own) => own * total));
  return { kind: "intervals", from, to, cumulative, total };
}

function firstWithin(from: Float64Array, to: Float64Array, lower: number, point: boolean): number {
  let [low, high] = [0, from.length];
  const before = (j: number) => from[j]! < lower || (from[j] === lower && !point && to[j] === lower);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lastWithin(to: Float64Array, upper: number): number {
  let [low, high] = [0, to.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (to[middle]! <= upper) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
