import type { EventTimes } from "./eventTimes.ts";

/** Pairs of rows of which one is known to have had its event before the other, by weight. */
export interface Concordance {
  /** (concordant + tied / 2) / (concordant + discordant + tied): 1/2 says nothing, 1 orders all pairs. */
  readonly value: number;
  /** By the infinitesimal jackknife over rows. */
  readonly standardError: number;
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
 * the rows at risk that outlive it. n log n, by trees of partial sums over the ranks of the predictors.
 *
 * @param eta - In the order of `at.rows`.
 */
export function concordance(at: EventTimes, eta: Float64Array, weights: Float64Array | undefined): Concordance {
  const { ranges } = at;
  const pairs = new Pairs(at, eta, weights);
  for (let s = 0; s + 1 < ranges.length; s++) {
    if (ranges[s]! < ranges[s + 1]!) pairs.addStratum(ranges[s]!, ranges[s + 1]!);
  }
  return pairs.answer();
}

/** Sums of weights by rank: Fenwick (1994), Software: Practice and Experience 24, 327. */
class RankSums {
  private readonly tree: Float64Array;
  total = 0;

  constructor(private readonly count: number) {
    this.tree = new Float64Array(count + 1);
  }

  add(rank: number, weight: number): void {
    this.total += weight;
    for (let at = rank + 1; at <= this.count; at += at & -at) this.tree[at]! += weight;
  }

  /** Of the ranks below. */
  below(rank: number): number {
    let sum = 0;
    for (let at = rank; at > 0; at -= at & -at) sum += this.tree[at]!;
    return sum;
  }

  /** Of the ranks below, and of these with the rank itself. */
  around(rank: number): readonly [below: number, upTo: number] {
    return [this.below(rank), this.below(rank + 1)];
  }
}

/** The event times of a stratum. */
interface Stratum {
  readonly from: number;
  readonly to: number;
  /** The first of its rows, whose ranks follow. */
  readonly begin: number;
  readonly ranks: Int32Array;
  /** Rows that enter after the first event time, by when they do. */
  readonly late: readonly number[];
  /** Where the rows of an event time begin that were censored. */
  censored(k: number): number;
}

class Pairs {
  private concordant = 0;
  private discordant = 0;
  private tied = 0;
  private tiedTimes = 0;
  /** Of each row's pairs those that are concordant less those that are discordant; and all of them. */
  private readonly net: Float64Array;
  private readonly all: Float64Array;

  constructor(
    private readonly at: EventTimes,
    private readonly eta: Float64Array,
    private readonly weights: Float64Array | undefined,
  ) {
    this.net = new Float64Array(eta.length);
    this.all = new Float64Array(eta.length);
  }

  private weight(row: number): number {
    return this.weights ? this.weights[row]! : 1;
  }

  addStratum(from: number, to: number): void {
    const { bucket, event, first } = this.at;
    const [begin, end] = [bucket[from]!, bucket[to]!];
    const { ranks, count } = ranksOf(this.eta.subarray(begin, end));
    const late = Array.from({ length: end - begin }, (_, i) => begin + i)
      .filter((row) => first[row]! > from)
      .sort((a, b) => first[a]! - first[b]!);
    const censored = (k: number) => {
      let row = bucket[k]!;
      while (row < bucket[k + 1]! && event[row] === 1) row++;
      return row;
    };
    const stratum: Stratum = { from, to, begin, ranks, late, censored };
    this.eventsWithLater(stratum, new RankSums(count));
    this.laterWithEvents(stratum, new RankSums(count));
  }

  /** From the last event time back: each event with the rows that are at risk of it and outlive it. */
  private eventsWithLater({ from, to, begin, ranks, late, censored }: Stratum, sums: RankSums): void {
    const { bucket, first } = this.at;
    let next = late.length - 1;
    for (let k = to - 1; k >= from; k--) {
      const middle = censored(k);
      for (let i = middle; i < bucket[k + 1]!; i++) sums.add(ranks[i - begin]!, this.weight(i));
      // Who enters later is not at risk.
      for (; next >= 0 && first[late[next]!]! > k; next--) sums.add(ranks[late[next]! - begin]!, -this.weight(late[next]!));
      let events = 0;
      for (let i = bucket[k]!; i < middle; i++) {
        const [lower, upTo] = sums.around(ranks[i - begin]!);
        const own = this.weight(i);
        this.concordant += own * lower;
        this.tied += own * (upTo - lower);
        this.discordant += own * (sums.total - upTo);
        this.tiedTimes += own * events;
        events += own;
        this.net[i]! += lower - (sums.total - upTo);
        this.all[i]! += sums.total;
      }
      for (let i = bucket[k]!; i < middle; i++) sums.add(ranks[i - begin]!, this.weight(i));
    }
  }

  /** From the first event time on: each row with the events that it was at risk of and outlived. */
  private laterWithEvents({ from, to, begin, ranks, late, censored }: Stratum, sums: RankSums): void {
    const { bucket, first } = this.at;
    const count = (row: number, sign: number) => {
      const [lower, upTo] = sums.around(ranks[row - begin]!);
      this.net[row]! += sign * (sums.total - upTo - lower);
      this.all[row]! += sign * sums.total;
    };
    let next = 0;
    for (let k = from; k < to; k++) {
      const middle = censored(k);
      // What was before it entered does not count.
      for (; next < late.length && first[late[next]!] === k; next++) count(late[next]!, -1);
      for (let i = bucket[k]!; i < middle; i++) count(i, 1);
      for (let i = bucket[k]!; i < middle; i++) sums.add(ranks[i - begin]!, this.weight(i));
      for (let i = middle; i < bucket[k + 1]!; i++) count(i, 1);
    }
  }

  answer(): Concordance {
    const { concordant, discordant, tied, tiedTimes } = this;
    const total = concordant + discordant + tied;
    const excess = (concordant - discordant) / total;
    let squares = 0;
    for (let i = 0; i < this.net.length; i++) {
      const share = (this.weight(i) * (this.net[i]! - excess * this.all[i]!)) / total;
      squares += share * share;
    }
    return { value: (excess + 1) / 2, standardError: Math.sqrt(squares) / 2, concordant, discordant, tied, tiedTimes };
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
