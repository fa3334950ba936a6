import { pow } from "../math/elementary.ts";

/** Cells (edges[i], edges[i + 1]], the rows in each and how many the fit expects there. */
export interface Cells {
  readonly edges: number[];
  readonly observed: number[];
  readonly expected: number[];
}

/** Pearson's (1900) sum of (observed - expected)² / expected. */
export function pearson({ observed, expected }: Pick<Cells, "observed" | "expected">): number {
  return observed.reduce((sum, o, i) => {
    const e = expected[i]!;
    return o === 0 && e === 0 ? sum : sum + ((o - e) * (o - e)) / e;
  }, 0);
}

/** 2 n^(2/5) cells, as Mann & Wald (1942) and Moore (1986, in D'Agostino & Stephens, Goodness-of-Fit Techniques, 3.2) have it. */
export function cellCount(n: number, estimated: number): number {
  return Math.max(estimated + 2, Math.ceil(2 * pow(n, 0.4)));
}

/** Edges of k cells of equal probability. */
export function equiprobable(k: number, quantile: (p: number) => number): number[] {
  const inner = Array.from({ length: k - 1 }, (_, i) => quantile((i + 1) / k));
  return [Number.NEGATIVE_INFINITY, ...inner, Number.POSITIVE_INFINITY];
}

/**
 * Edges of cells of whole numbers, the smallest from either end of which each is expected to hold `share` of the rows. `between` is the
 * probability of (a, b].
 */
export function pooled(share: number, between: (a: number, b: number) => number, quantile: (p: number) => number): number[] {
  const infinite = Number.POSITIVE_INFINITY;
  const edges = [-infinite];
  for (let below = 0; ; ) {
    const next = quantile(Math.min(1, below + share));
    // What is left above must hold its share, too.
    if (!(next > edges[edges.length - 1]! && between(next, infinite) >= share)) break;
    edges.push(next);
    below = between(-infinite, next);
  }
  return [...edges, infinite];
}

/** Rows of sorted values in each cell. */
export function countIn(edges: readonly number[], sorted: Float64Array, cumulative: Float64Array | undefined): number[] {
  const upTo = (edge: number) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! <= edge) low = middle + 1;
      else high = middle;
    }
    return cumulative ? (low === 0 ? 0 : cumulative[low - 1]!) : low;
  };
  const below = edges.map(upTo);
  return below.slice(1).map((count, i) => count - below[i]!);
}
