/**
 * Small symmetric matrices, p x p, row-major in a Float64Array: parameters, not observations, so p is small and
 * clarity beats blocking. Positive definite ones are first scaled to a unit diagonal by powers of two: standard errors
 * of 1e-150 and 1e150 may meet in one matrix, and the scaling itself rounds nothing. Van der Sluis (1969): no diagonal
 * scaling has a condition number smaller by more than a factor p.
 */
import { highWord, powerOfTwo } from "./doubleDouble.ts";

export interface Eigen {
  /** Descending. */
  readonly values: Float64Array;
  /** Row k is the unit eigenvector of values[k]. */
  readonly vectors: Float64Array;
}

/** A power of two s with 1/2 <= s² d < 2 for normal d > 0. */
const inverseRoot = (d: number): number => powerOfTwo(-Math.floor((((highWord(d) >> 20) & 0x7ff) - 1023 + 1) / 2));

const scales = (a: Float64Array, p: number): Float64Array | null => {
  const s = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    const d = a[i * p + i]!;
    if (!(d >= 2.2250738585072014e-308 && d < Infinity)) return null;
    s[i] = inverseRoot(d);
  }
  return s;
};

/** L with A = L Lᵀ, lower triangle, zeros above; null where A is not positive definite to working precision. */
export function cholesky(a: Float64Array, p: number): Float64Array | null {
  const l = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    for (let i = j; i < p; i++) {
      let s = a[i * p + j]!;
      for (let k = 0; k < j; k++) s -= l[i * p + k]! * l[j * p + k]!;
      if (i > j) l[i * p + j] = s / l[j * p + j]!;
      else {
        // A pivot below p ulps of its diagonal is rounding, whatever its sign.
        if (!(s > p * 2.220446049250313e-16 * a[j * p + j]!) || s === Infinity) return null;
        l[j * p + j] = Math.sqrt(s);
      }
    }
  }
  return l;
}

/** x with L Lᵀ x = b. */
export function choleskySolve(l: Float64Array, b: ArrayLike<number>, p: number): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < p; i++) {
    let s = x[i]!;
    for (let k = 0; k < i; k++) s -= l[i * p + k]! * x[k]!;
    x[i] = s / l[i * p + i]!;
  }
  for (let i = p - 1; i >= 0; i--) {
    let s = x[i]!;
    for (let k = i + 1; k < p; k++) s -= l[k * p + i]! * x[k]!;
    x[i] = s / l[i * p + i]!;
  }
  return x;
}

const equilibrated = (a: Float64Array, s: Float64Array, p: number): Float64Array =>
  a.map((v, at) => v * s[Math.floor(at / p)]! * s[at % p]!);

/** x with A x = b for a positive definite A, null for any other; equilibrated. */
export function solvePositiveDefinite(a: Float64Array, b: ArrayLike<number>, p: number): Float64Array | null {
  const s = scales(a, p);
  const l = s && cholesky(equilibrated(a, s, p), p);
  if (!s || !l) return null;
  return choleskySolve(
    l,
    Float64Array.from(b, (v, i) => v * s[i]!),
    p,
  ).map((v, i) => v * s[i]!);
}

/** A⁻¹ for a positive definite A, null for any other; equilibrated, exactly symmetric. */
export function inversePositiveDefinite(a: Float64Array, p: number): Float64Array | null {
  const s = scales(a, p);
  const l = s && cholesky(equilibrated(a, s, p), p);
  if (!s || !l) return null;
  const inverse = new Float64Array(p * p);
  const unit = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    unit.fill(0);
    unit[j] = 1;
    const column = choleskySolve(l, unit, p);
    for (let i = j; i < p; i++) {
      const v = column[i]! * s[i]! * s[j]!;
      inverse[i * p + j] = v;
      inverse[j * p + i] = v;
    }
  }
  return inverse;
}

/**
 * Eigenvalues and eigenvectors by cyclic Jacobi rotations (Golub & Van Loan, Matrix Computations, 8.5), which find small
 * eigenvalues of a graded matrix that tridiagonalisation loses. The matrix is scaled by one power of two.
 */
export function eigenSymmetric(matrix: Float64Array, p: number): Eigen {
  let largest = 0;
  for (const v of matrix) largest = Math.max(largest, Math.abs(v));
  const exponent = (highWord(largest) >> 20) - 1023;
  const unscale = largest > 0 && largest < Infinity ? powerOfTwo(Math.max(-1022, exponent)) : 1;
  const a = matrix.map((v) => v / unscale);
  const v = new Float64Array(p * p);
  for (let i = 0; i < p; i++) v[i * p + i] = 1;
  for (let sweep = 0, rotated = true; rotated && sweep < 60; sweep++) {
    rotated = false;
    for (let i = 0; i < p; i++) {
      for (let j = i + 1; j < p; j++) {
        const off = a[i * p + j]!;
        const di = a[i * p + i]!;
        const dj = a[j * p + j]!;
        if (!(Math.abs(off) > 1e-17 * Math.sqrt(Math.abs(di)) * Math.sqrt(Math.abs(dj)) && Math.abs(off) > 1e-300)) continue;
        rotated = true;
        const theta = (dj - di) / (2 * off);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + (Math.abs(theta) > 1e150 ? Math.abs(theta) : Math.sqrt(theta * theta + 1)));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        a[i * p + i] = di - t * off;
        a[j * p + j] = dj + t * off;
        a[i * p + j] = 0;
        a[j * p + i] = 0;
        for (let k = 0; k < p; k++) {
          if (k !== i && k !== j) {
            const x = a[k * p + i]!;
            const y = a[k * p + j]!;
            a[k * p + i] = a[i * p + k] = c * x - s * y;
            a[k * p + j] = a[j * p + k] = s * x + c * y;
          }
          const x = v[i * p + k]!;
          const y = v[j * p + k]!;
          v[i * p + k] = c * x - s * y;
          v[j * p + k] = s * x + c * y;
        }
      }
    }
  }
  const order = Array.from({ length: p }, (_, i) => i).sort((i, j) => a[j * p + j]! - a[i * p + i]!);
  const values = Float64Array.from(order, (i) => a[i * p + i]! * unscale);
  const vectors = new Float64Array(p * p);
  order.forEach((i, k) => {
    vectors.set(v.subarray(i * p, i * p + p), k * p);
  });
  return { values, vectors };
}
