import { log } from "../math/elementary.ts";

/** Row i lies in (lower[i], upper[i]]; where the two are equal its value is known. */
export interface IntervalRows {
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
  readonly weights?: ArrayLike<number> | undefined;
}

/** Sets (lower[j], upper[j]] (or points) that carry mass; where within a set it lies no row can tell. */
export interface Masses {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly mass: Float64Array;
  readonly logLik: number;
  readonly iterations: number;
  /** Largest change that another self-consistency step would make to a mass, and largest excess of a derivative over what a maximum allows. */
  readonly gap: number;
  readonly converged: boolean;
}

const TOLERANCE = 1e-10;
const ITERATIONS = 20_000;

/**
 * The nonparametric maximum-likelihood estimate of a distribution function from intervals: Turnbull (1976, JRSS B 38), by his
 * self-consistency steps in turn with iterative convex minorant steps (Groeneboom & Wellner 1992), the hybrid of Wellner & Zhan (1997,
 * J. Amer. Statist. Assoc. 92) with their line search. At the maximum d_j = Σ w_i [row i holds set j] / P_i is n where there is mass, and
 * at most n elsewhere: both are checked.
 */
export function turnbullMasses({ lower, upper, weights }: IntervalRows): Masses {
  const sets = innermost(lower, upper);
  const m = sets.lower.length;
  const rows = lower.length;
  const weight = (i: number) => (weights ? weights[i]! : 1);
  let n = 0;
  for (let i = 0; i < rows; i++) n += weight(i);
  // The sets of a row follow one another: from first[i] up to, not including, end[i].
  const [first, end] = [new Uint32Array(rows), new Uint32Array(rows)];
  for (let i = 0; i < rows; i++) {
    const exact = lower[i] === upper[i];
    first[i] = search(m, (j) => (exact ? sets.upper[j]! >= upper[i]! : sets.lower[j]! >= lower[i]! && sets.upper[j]! > lower[i]!));
    end[i] = search(m, (j) => sets.upper[j]! > upper[i]!);
  }
  const cumulative = (mass: Float64Array): Float64Array => {
    const F = new Float64Array(m + 1);
    for (let j = 0; j < m; j++) F[j + 1] = F[j]! + mass[j]!;
    return F;
  };
  const logLikOf = (F: Float64Array) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) if (weight(i) > 0) sum += weight(i) * log(F[end[i]!]! - F[first[i]!]!);
    return sum;
  };
  const slopes = (F: Float64Array) => {
    const steps = new Float64Array(m + 1);
    for (let i = 0; i < rows; i++) {
      if (weight(i) === 0) continue;
      const share = weight(i) / (F[end[i]!]! - F[first[i]!]!);
      steps[first[i]!]! += share;
      steps[end[i]!]! -= share;
    }
    for (let j = 1; j < m; j++) steps[j]! += steps[j - 1]!;
    return steps.subarray(0, m);
  };
  let mass: Float64Array = new Float64Array(m).fill(1 / m);
  let [iterations, gap] = [0, Number.POSITIVE_INFINITY];
  for (; iterations < ITERATIONS; iterations++) {
    const d = slopes(cumulative(mass));
    gap = 0;
    for (let j = 0; j < m; j++) gap = Math.max(gap, mass[j]! * Math.abs(d[j]! / n - 1), d[j]! / n - 1 - 1e-7);
    if (gap < TOLERANCE) break;
    mass = mass.map((p, j) => (p * d[j]!) / n);
    if (m > 1) mass = minorant(mass);
  }
  return { ...sets, mass, logLik: logLikOf(cumulative(mass)), iterations, gap, converged: gap < TOLERANCE };

  /** A Newton step in the values of the distribution function with the diagonal of the Hessian, made monotone, as far as it climbs. */
  function minorant(from: Float64Array): Float64Array {
    const F = cumulative(from);
    const [gradient, curvature] = [new Float64Array(m + 1), new Float64Array(m + 1)];
    for (let i = 0; i < rows; i++) {
      if (weight(i) === 0) continue;
      const p = F[end[i]!]! - F[first[i]!]!;
      const [g, h] = [weight(i) / p, weight(i) / (p * p)];
      gradient[end[i]!]! += g;
      gradient[first[i]!]! -= g;
      curvature[end[i]!]! += h;
      curvature[first[i]!]! += h;
    }
    const inner = Array.from({ length: m - 1 }, (_, j) => j + 1);
    const wanted = isotonic(
      inner.map((j) => F[j]! + gradient[j]! / Math.max(curvature[j]!, 1e-300)),
      inner.map((j) => Math.max(curvature[j]!, 1e-300)),
    );
    const base = logLikOf(F);
    for (let size = 1; size > 1e-3; size /= 2) {
      const to = F.map((value, j) => (j === 0 || j === m ? value : value + size * (Math.min(1, Math.max(0, wanted[j - 1]!)) - value)));
      // A row without probability is no estimate: log 0 fails the comparison.
      if (logLikOf(to) > base) return from.map((_, j) => Math.max(0, to[j + 1]! - to[j]!));
    }
    return from;
  }
}

/** A left end followed directly by a right end, in the order of what they exclude: x- of a known value, then x, then x+ of (x, …]. */
function innermost(lower: ArrayLike<number>, upper: ArrayLike<number>): { lower: Float64Array; upper: Float64Array } {
  const ends: (readonly [value: number, rank: 0 | 1 | 2])[] = [];
  for (let i = 0; i < lower.length; i++) ends.push([lower[i]!, lower[i] === upper[i] ? 0 : 2], [upper[i]!, 1]);
  ends.sort(([a, p], [b, q]) => (a === b ? p - q : a - b));
  const [from, to]: [number[], number[]] = [[], []];
  for (let k = 1; k < ends.length; k++) {
    if (ends[k]![1] !== 1 || ends[k - 1]![1] === 1) continue;
    from.push(ends[k - 1]![0]);
    to.push(ends[k]![0]);
  }
  return { lower: Float64Array.from(from), upper: Float64Array.from(to) };
}

/** The first of m for which `holds` does, m if none. */
function search(m: number, holds: (j: number) => boolean): number {
  let [low, high] = [0, m];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Weighted isotonic regression by pooling adjacent violators (Ayer et al. 1955). */
export function isotonic(y: readonly number[], weights: readonly number[]): number[] {
  const blocks: [value: number, weight: number, count: number][] = [];
  y.forEach((value, i) => {
    let block: [number, number, number] = [value, weights[i]!, 1];
    while (blocks.length > 0 && blocks[blocks.length - 1]![0] >= block[0]) {
      const [v, w, count] = blocks.pop()!;
      block = [v + (block[0] - v) * (block[1] / (w + block[1])), w + block[1], count + block[2]];
    }
    blocks.push(block);
  });
  return blocks.flatMap(([value, , count]) => new Array<number>(count).fill(value));
}
