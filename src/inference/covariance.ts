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

/** H^-1 M H^-1: the sandwich of Huber (1967) and White (1982) with M the sum of outer products of the rows' weighted scores. */
export function sandwich(bread: Matrix, meat: Matrix): number[][] {
  return multiply(multiply(bread, meat), bread);
}

/** Sum over the rows of w² s s'. */
export function outerProducts(
  values: Float64Array,
  weights: Float64Array | undefined,
  score: (x: number, row: number) => readonly number[],
): number[][] {
  const p = score(values[0]!, 0).length;
  const sum = Array.from({ length: p }, () => new Array<number>(p).fill(0));
  for (let row = 0; row < values.length; row++) {
    const s = score(values[row]!, row);
    const w = weights ? weights[row]! : 1;
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) sum[i]![j]! += w * s[i]! * w * s[j]!;
  }
  return sum;
}

/** D A D for a diagonal D. */
export function rescale(matrix: Matrix, diagonal: readonly number[]): number[][] {
  return matrix.map((row, i) => row.map((value, j) => value * diagonal[i]! * diagonal[j]!));
}

export function multiply(a: Matrix, b: Matrix): number[][] {
  return a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)));
}
