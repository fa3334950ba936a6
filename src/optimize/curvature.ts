import { eigenSymmetric } from "../math/symmetric.ts";

/** Eigenvalues below this share of the largest are none. */
const FLAT = 1e-11;

/** The least curvature of Newton's steps, as a share of the largest: steps where there is none are long, and cut by what they meet. */
const LEAST = 1e-8;

/** A matrix made positive definite, as a metric. */
export interface Metric {
  /** Whether the matrix itself was it. */
  readonly definite: boolean;
  /** Whether there is next to no curvature in some direction. */
  readonly flat: boolean;
  solve(vector: Float64Array): Float64Array;
  /** L with L L' the metric's inverse: `turn` is L, `turned` L'. */
  turn(vector: Float64Array): Float64Array;
  turned(vector: Float64Array): Float64Array;
}

/**
 * The symmetric matrix of an information, row-major, with its eigenvalues replaced by their sizes once the diagonal is scaled to 1, and
 * those below the share `least` of the largest by that.
 */
export function metricOf(matrix: Float64Array, p: number, least = LEAST): Metric {
  let most = 0;
  for (let j = 0; j < p; j++) most = Math.max(most, Math.abs(matrix[j * p + j]!));
  // A function that is straight in all directions has the coordinates' own metric.
  const roots = Float64Array.from({ length: p }, (_, j) => Math.sqrt(Math.max(Math.abs(matrix[j * p + j]!), 0.01 * least * most) || 1));
  const scaled = matrix.map((value, at) => value / roots[Math.floor(at / p)]! / roots[at % p]!);
  const { values, vectors } = eigenSymmetric(scaled, p);
  const largest = values.reduce((size, value) => Math.max(size, Math.abs(value)), 0) || 1;
  const smallest = values.reduce((size, value) => Math.min(size, value), Number.POSITIVE_INFINITY);
  const weights = values.map((value) => 1 / Math.sqrt(Math.max(Math.abs(value), least * largest)));
  // A = D Q Λ Q' D, so L = D^-1 Q Λ^-1/2.
  const turn = (vector: Float64Array) => {
    const out = new Float64Array(p);
    for (let k = 0; k < p; k++) {
      const share = weights[k]! * vector[k]!;
      for (let j = 0; j < p; j++) out[j]! += share * vectors[k * p + j]!;
    }
    return out.map((x, j) => x / roots[j]!);
  };
  const turned = (vector: Float64Array) =>
    Float64Array.from({ length: p }, (_, k) => {
      let sum = 0;
      for (let j = 0; j < p; j++) sum += (vectors[k * p + j]! * vector[j]!) / roots[j]!;
      return weights[k]! * sum;
    });
  return {
    definite: p === 0 || smallest > least * largest,
    flat: p > 0 && smallest < FLAT * largest,
    solve: (vector) => turn(turned(vector)),
    turn,
    turned,
  };
}
