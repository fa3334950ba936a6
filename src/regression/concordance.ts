import type { EventTimes } from "./eventTimes.ts";

/** Pairs of rows of which one is known to have had its event before the other, by weight. */
export interface Concordance {
  /** (concordant + tied / 2) / (concordant + discordant + tied): 1/2 says nothing, 1 orders all pairs. */
  readonly value: number;
  /** The earlier event has the larger predictor. */
  readonly concordant: number;
  readonly discordant: number;
  /** Their predictors are equal. */
  readonly tied: number;
  /** Their events are at one time: they do not count. */
  readonly tiedTimes: number;
}

/**
 * Harrell's concordance (Harrell, Califf, Pryor, Lee & Rosati 1982, JAMA 247, 2543), within strata, as R's survival counts it: each event with
 * the rows at risk that outlive it. n log n, by a tree of partial sums (Fenwick 1994) over the ranks of the predictors.
 *
 * @param eta - In the order of `at.rows`.
 */
export function concordance(at: EventTimes, eta: Float64Array, weights: Float64Array | undefined): Concordance {
  const { ranges, bucket } = at;
  const totals = { concordant: 0, discordant: 0, tied: 0, tiedTimes: 0 };
  for (let s = 0; s + 1 < ranges.length; s++) {
    if (ranges[s]! < ranges[s + 1]!) addStratum(at, eta, weights, ranges[s]!, ranges[s + 1]!, totals);
  }
  const { concordant, discordant, tied } = totals;
  return { ...totals, value: bucket.length > 1 ? (concordant + tied / 2) / (concordant + discordant + tied) : Number.NaN };
}

function addStratum(
  { bucket, event, first }: EventTimes,
  eta: Float64Array,
  weights: Float64Array | undefined,
  from: number,
  to: number,
  totals: { concordant: number; discordant: number; tied: number; tiedTimes: number },
): void {
  const [begin, end] = [bucket[from]!, bucket[to]!];
  const { ranks, count } = ranksOf(eta.subarray(begin, end));
  const tree = new Float64Array(count + 1);
  const add = (rank: number, weight: number) => {
    for (let at = rank + 1; at <= count; at += at & -at) tree[at]! += weight;
  };
  /** The weight of the ranks below. */
  const below = (rank: number) => {
    let sum = 0;
    for (let at = rank; at > 0; at -= at & -at) sum += tree[at]!;
    return sum;
  };
  const weight = (row: number) => (weights ? weights[row]! : 1);
  const entering = Array.from({ length: end - begin }, (_, i) => begin + i)
    .filter((row) => first[row]! > from)
    .sort((a, b) => first[b]! - first[a]!);
  let next = 0;
  for (let k = to - 1; k >= from; k--) {
    let row = bucket[k]!;
    while (row < bucket[k + 1]! && event[row] === 1) row++;
    for (let i = row; i < bucket[k + 1]!; i++) add(ranks[i - begin]!, weight(i));
    // Who enters after this time is not at risk of it; who left before entering again was never added.
    for (; next < entering.length && first[entering[next]!]! > k; next++) add(ranks[entering[next]! - begin]!, -weight(entering[next]!));
    const all = below(count);
    let events = 0;
    for (let i = bucket[k]!; i < row; i++) {
      const rank = ranks[i - begin]!;
      const [lower, upTo] = [below(rank), below(rank + 1)];
      totals.concordant += weight(i) * lower;
      totals.tied += weight(i) * (upTo - lower);
      totals.discordant += weight(i) * (all - upTo);
      totals.tiedTimes += weight(i) * events;
      events += weight(i);
    }
    for (let i = bucket[k]!; i < row; i++) add(ranks[i - begin]!, weight(i));
  }
}

/** The place of each value among the distinct ones. */
function ranksOf(values: Float64Array): { ranks: Int32Array; count: number } {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Int32Array(values.length);
  let rank = -1;
  order.forEach((row, i) => {
    if (i === 0 || values[row]! > values[order[i - 1]!]!) rank++;
    ranks[row] = rank;
  });
  return { ranks, count: rank + 1 };
}
