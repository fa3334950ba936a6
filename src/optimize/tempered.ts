import { cholesky, eigenSymmetric } from "../math/symmetric.ts";
import type { Products } from "./normalEquations.ts";

/** Columns up to which eigenvalues cost less than the passes they save. */
const FEW = 100;

/** The least curvature that is believed, of the positive information's. */
const LEAST = 1e-3;

/**
 * An information that is not positive definite, with its eigenvalues replaced by their sizes in the metric of a positive one P: those of
 * H v = λ P v, so that no scale of the columns matters. The positive information alone sees curvature in directions where there is next
 * to none, and steps along a flat ridge would not end. After Dauphin et al. (2014), Identifying and attacking the saddle point problem.
 */
export function tempered(observed: Products, positive: Products, without: readonly boolean[]): Products {
  const { dense, gram, large } = positive;
  const m = dense.length;
  const used = Array.from(dense.keys()).filter((i) => !without[dense[i]!] && gram[i * m + i]! > 0);
  const p = used.length;
  if (large || p > FEW) return positive;
  const roots = used.map((i) => Math.sqrt(gram[i * m + i]!));
  const scaled = (matrix: Float64Array) =>
    Float64Array.from({ length: p * p }, (_, at) => {
      const [i, j] = [Math.floor(at / p), at % p];
      return matrix[used[i]! * m + used[j]!]! / roots[i]! / roots[j]!;
    });
  const metric = scaled(gram);
  const l = cholesky(metric, p);
  if (!l) return positive;
  const { values, vectors } = eigenSymmetric(between(l, scaled(observed.gram), p), p);
  // P^(1/2) V |Λ| V' P^(1/2)': L times the eigenvectors.
  const own = new Float64Array(m * m);
  const columns = Array.from(values, (_, k) =>
    Float64Array.from({ length: p }, (__, i) => {
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += l[i * p + j]! * vectors[k * p + j]!;
      return sum * roots[i]!;
    }),
  );
  columns.forEach((column, k) => {
    const size = Math.max(Math.abs(values[k]!), LEAST);
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) own[used[i]! * m + used[j]!]! += size * column[i]! * column[j]!;
  });
  return { ...positive, gram: own };
}

/** L^-1 H L^-T, symmetric. */
function between(l: Float64Array, h: Float64Array, p: number): Float64Array {
  const half = h.slice();
  const forward = (at: (i: number) => number) => {
    for (let i = 0; i < p; i++) {
      let sum = half[at(i)]!;
      for (let k = 0; k < i; k++) sum -= l[i * p + k]! * half[at(k)]!;
      half[at(i)] = sum / l[i * p + i]!;
    }
  };
  for (let j = 0; j < p; j++) forward((i) => i * p + j);
  for (let j = 0; j < p; j++) forward((i) => j * p + i);
  return half.map((value, at) => 0.5 * (value + half[(at % p) * p + Math.floor(at / p)]!));
}
