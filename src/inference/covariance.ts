import { eigenSymmetric, inversePositiveDefinite } from "../math/symmetric.ts";

export type Matrix = readonly (readonly number[])[];

/** Inverse of the observed information, or undefined where that is not positive definite. */
export function inverse(information: Matrix): number[][] | undefined {
  const p = information.length;
  const found = inversePositiveDefinite(Float64Array.from(information.flat()), p);
  return found ? information.map((_, i) => [...found.subarray(i * p, (i + 1) * p)]) : undefined;
}

/** Eigenvalues of the information, largest first. */
export function eigenvalues(information: Matrix): number[] {
  return [...eigenSymmetric(Float64Array.from(information.flat()), information.length).values];
}

/** H^-1 M H^-1: the sandwich of Huber (1967) and White (1982) with M as in meat.ts. */
export function sandwich(bread: Matrix, meat: Matrix): number[][] {
  const product = multiply(multiply(bread, meat), bread);
  return product.map((row, i) => row.map((value, j) => (value + product[j]![i]!) / 2));
}

/** D A D for a diagonal D. */
export function rescale(matrix: Matrix, diagonal: readonly number[]): number[][] {
  return matrix.map((row, i) => row.map((value, j) => value * diagonal[i]! * diagonal[j]!));
}

export function multiply(a: Matrix, b: Matrix): number[][] {
  return a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)));
}
