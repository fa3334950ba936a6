import { normalCdf, normalQuantile } from "../math/normal.ts";

// Intervals from bootstrap replicates, as in Davison & Hinkley (1997), Bootstrap Methods and their Application, ch. 5, and R's boot.ci.

/** How an interval is read off the replicates. */
export type BootstrapMethod = "bca" | "percentile" | "basic";

export const BOOTSTRAP_METHODS: readonly BootstrapMethod[] = ["bca", "percentile", "basic"];

/** A statistic's replicates, sorted, with what its intervals need besides. */
export interface Replicated {
  readonly estimate: number;
  readonly sorted: Float64Array;
  /** Sum of the cubes of the rows' influences over 6 times the power 3/2 of the sum of their squares. */
  readonly acceleration: number;
}

/** The interval of a level by a method; undefined where the bias correction of BCa is infinite. */
export function bootstrapInterval(of: Replicated, level: number, method: BootstrapMethod): [number, number] | undefined {
  const { estimate, sorted } = of;
  if (sorted[0] === sorted[sorted.length - 1] && sorted[0] === estimate) return [estimate, estimate];
  const tails = [(1 - level) / 2, (1 + level) / 2] as const;
  const at = (p: number) => quantileOf(sorted, p);
  if (method === "percentile") return [at(tails[0]), at(tails[1])];
  if (method === "basic") return [2 * estimate - at(tails[1]), 2 * estimate - at(tails[0])];
  const correction = biasCorrection(of);
  if (!Number.isFinite(correction)) return undefined;
  return [at(corrected(tails[0], correction, of.acceleration)), at(corrected(tails[1], correction, of.acceleration))];
}

/** z0: the normal quantile of the part of the replicates below the estimate; one that equals it counts half. */
function biasCorrection({ estimate, sorted }: Replicated): number {
  let below = 0;
  for (const value of sorted) below += value < estimate ? 1 : value === estimate ? 0.5 : 0;
  return normalQuantile(below / sorted.length);
}

/** Efron (1987), JASA 82, (2.3): Φ(z0 + (z0 + z)/(1 - a (z0 + z))). */
function corrected(p: number, correction: number, acceleration: number): number {
  const z = correction + normalQuantile(p);
  return normalCdf(correction + z / (1 - acceleration * z));
}

/** Order statistic (B + 1) p, between two interpolated on the scale of normal quantiles (Davison & Hinkley, 5.8); the extremes beyond. */
function quantileOf(sorted: Float64Array, p: number): number {
  const B = sorted.length;
  const place = (B + 1) * p;
  const k = Math.floor(place);
  if (k < 1) return sorted[0]!;
  if (k >= B) return sorted[B - 1]!;
  if (place === k) return sorted[k - 1]!;
  const [low, high] = [normalQuantile(k / (B + 1)), normalQuantile((k + 1) / (B + 1))];
  return sorted[k - 1]! + ((normalQuantile(p) - low) / (high - low)) * (sorted[k]! - sorted[k - 1]!);
}

/** Sums over the rows of the second and third powers of influences, for the accelerations of several statistics. */
export class Influences {
  readonly #squares: number[];
  readonly #cubes: number[];

  constructor(statistics: number) {
    this.#squares = new Array(statistics).fill(0);
    this.#cubes = new Array(statistics).fill(0);
  }

  /** Adds `count` rows alike. */
  add(influences: readonly number[], count: number): void {
    for (let s = 0; s < influences.length; s++) {
      const value = influences[s]!;
      this.#squares[s]! += count * value * value;
      this.#cubes[s]! += count * value * value * value;
    }
  }

  /** Efron (1987), (7.3); 0 for a statistic that no row moves. */
  get accelerations(): number[] {
    return this.#squares.map((square, s) => (square === 0 ? 0 : this.#cubes[s]! / (6 * square * Math.sqrt(square))));
  }
}

/** Means, and the matrix of covariances with divisor B - 1, of columns of replicates of which `counted` tells those that count. */
export function momentsOf(columns: readonly Float64Array[], counted: readonly number[]): { means: number[]; vcov: number[][] } {
  const means = columns.map((column) => counted.reduce((sum, b) => sum + column[b]!, 0) / counted.length);
  const vcov = columns.map((x, i) =>
    columns.map((y, j) => counted.reduce((sum, b) => sum + (x[b]! - means[i]!) * (y[b]! - means[j]!), 0) / (counted.length - 1)),
  );
  return { means, vcov };
}
