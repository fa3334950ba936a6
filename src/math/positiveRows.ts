import { eigenSymmetric } from "./symmetric.ts";
import { entry } from "./triangle.ts";

/**
 * Replaces each row's information, a symmetric matrix w[entry(a, b)] of its linear predictors, by that with the absolute eigenvalues: where
 * the likelihood is not concave, a step by the sum of these still leads up (Dauphin et al. 2014, Identifying and attacking the saddle point
 * problem in high-dimensional non-convex optimization, row by row).
 */
export function positiveRows(count: number, w: readonly Float64Array[]): void {
  const rows = w[0]!.length;
  if (count === 1) {
    for (let i = 0; i < rows; i++) w[0]![i] = Math.abs(w[0]![i]!);
    return;
  }
  const full = new Float64Array(count * count);
  for (let i = 0; i < rows; i++) {
    if (isPositive(count, w, i)) continue;
    for (let a = 0; a < count; a++) for (let b = 0; b < count; b++) full[a * count + b] = w[entry(a, b)]![i]!;
    const { values, vectors } = eigenSymmetric(full, count);
    for (let a = 0; a < count; a++) {
      for (let b = 0; b <= a; b++) {
        let sum = 0;
        for (let k = 0; k < count; k++) sum += Math.abs(values[k]!) * vectors[k * count + a]! * vectors[k * count + b]!;
        w[entry(a, b)]![i] = sum;
      }
    }
  }
}

/** Whether row i's matrix is positive semidefinite for sure: of two predictors exactly, of more where the diagonal dominates. */
function isPositive(count: number, w: readonly Float64Array[], i: number): boolean {
  if (count === 2) return w[0]![i]! >= 0 && w[2]![i]! >= 0 && w[0]![i]! * w[2]![i]! >= w[1]![i]! * w[1]![i]!;
  for (let a = 0; a < count; a++) {
    let rest = w[entry(a, a)]![i]!;
    for (let b = 0; b < count; b++) if (b !== a) rest -= Math.abs(w[entry(a, b)]![i]!);
    if (!(rest >= 0)) return false;
  }
  return true;
}
