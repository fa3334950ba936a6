import { Accumulator } from "../math/sum.ts";
import { type LogTails, probabilities } from "./edf.ts";

/**
 * A long sorted column in short, for the distances of many distributions from it: rows next to each other are replaced, in the sums of A², by
 * the two nodes of Gauss' rule for them, which have the same moments up to the third. A run is a 512th of the rows on its nearer side, so log F
 * and log (1 - F) change by 1/512 over it and the rule is off by 1e-15 of a row's term.
 */
export interface Condensed {
  readonly x: Float64Array;
  /** Sum of the weights up to each row, itself included; undefined where all are 1. */
  readonly cumulative: Float64Array | undefined;
  readonly n: number;
  /** Nodes and coefficients of Σ log F and of Σ log (1 - F). */
  readonly lower: Nodes;
  readonly upper: Nodes;
}

interface Nodes {
  readonly at: Float64Array;
  readonly weight: Float64Array;
}

const SHARE = 512;

export function condense(x: Float64Array, weights: ArrayLike<number> | undefined): Condensed {
  let n = x.length;
  let cumulative: Float64Array | undefined;
  if (weights) {
    n = 0;
    cumulative = Float64Array.from(weights, (weight) => {
      n += weight;
      return n;
    });
  }
  const [lower, upper] = [new Rule(), new Rule()];
  for (let from = 0; from < x.length; ) {
    const length = Math.max(1, Math.floor(Math.min(from, x.length - from) / SHARE));
    const to = Math.min(x.length, from + length);
    lower.add(x, from, to, (i) => coefficient(i, cumulative, (before, after) => before + after));
    upper.add(x, from, to, (i) => coefficient(i, cumulative, (before, after) => 2 * n - before - after));
    from = to;
  }
  return { x, cumulative, n, lower: lower.nodes, upper: upper.nodes };
}

function coefficient(i: number, cumulative: Float64Array | undefined, of: (before: number, after: number) => number): number {
  if (!cumulative) return of(i, i + 1);
  const before = i === 0 ? 0 : cumulative[i - 1]!;
  return (cumulative[i]! - before) * of(before, cumulative[i]!);
}

class Rule {
  readonly #at: number[] = [];
  readonly #weight: number[] = [];

  get nodes(): Nodes {
    return { at: Float64Array.from(this.#at), weight: Float64Array.from(this.#weight) };
  }

  add(x: Float64Array, from: number, to: number, coefficient: (i: number) => number): void {
    const put = (at: number, weight: number) => {
      this.#at.push(at);
      this.#weight.push(weight);
    };
    const unit = x[to - 1]! - x[from]!;
    if (to - from <= 2 || !(unit > 0 && unit < Number.POSITIVE_INFINITY)) {
      for (let i = from; i < to; i++) put(x[i]!, coefficient(i));
      return;
    }
    const start = x[from]!;
    let [total, mean] = [0, 0];
    for (let i = from; i < to; i++) {
      const w = coefficient(i);
      total += w;
      mean += w * ((x[i]! - start) / unit);
    }
    mean /= total;
    let [second, third] = [0, 0];
    for (let i = from; i < to; i++) {
      const d = (x[i]! - start) / unit - mean;
      const w = coefficient(i) / total;
      second += w * d * d;
      third += w * d * d * d;
    }
    // The roots of t² - (m3/m2) t - m2.
    const half = third / second / 2;
    const root = Math.sqrt(half * half + second);
    const [a, b] = [half - root, half + root];
    put(start + unit * (mean + a), (total * b) / (b - a));
    put(start + unit * (mean + b), (total * -a) / (b - a));
  }
}

/** A² of a condensed column. */
export function condensedAd({ n, lower, upper }: Condensed, { logCdf, logSf }: LogTails): number {
  const sum = new Accumulator();
  lower.at.forEach((x, i) => {
    sum.add(lower.weight[i]! * logCdf(x));
  });
  upper.at.forEach((x, i) => {
    sum.add(upper.weight[i]! * logSf(x));
  });
  return -(n + sum.sum / n);
}

/**
 * D, exactly: both functions increase, so between two rows D is at most the higher one's step above the lower one's probability; stretches that
 * could hold more than the most found are halved.
 */
export function condensedKs({ x, cumulative, n }: Condensed, { logCdf, logSf }: LogTails): number {
  const cdf = (row: number) => probabilities(logCdf(x[row]!), logSf(x[row]!))[0];
  const upTo = (row: number) => (row < 0 ? 0 : cumulative ? cumulative[row]! : row + 1);
  let most = 0;
  const look = (row: number): number => {
    const u = cdf(row);
    most = Math.max(most, upTo(row) / n - u, u - upTo(row - 1) / n);
    return u;
  };
  const stack: (readonly [a: number, b: number, ua: number, ub: number])[] = [[0, x.length - 1, look(0), look(x.length - 1)]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [a, b, ua, ub] = next;
    if (b - a < 2 || Math.max(upTo(b - 1) / n - ua, ub - upTo(a) / n) <= most) continue;
    const middle = (a + b) >> 1;
    const u = look(middle);
    stack.push([a, middle, ua, u], [middle, b, u, ub]);
  }
  return most;
}
