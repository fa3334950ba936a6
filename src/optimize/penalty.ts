import type { Products } from "./normalEquations.ts";

/** What is taken off a log-likelihood at coefficients b: Σ ridge_j b_j²/2 + lasso_j |b_j|, one number per column each. */
export interface Penalty {
  readonly ridge: Float64Array;
  readonly lasso: Float64Array;
}

/** The penalty at coefficients. */
export function penaltyAt({ ridge, lasso }: Penalty, b: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < b.length; j++) {
    // Coefficients that a limit made infinite are not penalised.
    if (ridge[j] !== 0 || lasso[j] !== 0) sum += 0.5 * ridge[j]! * b[j]! * b[j]! + lasso[j]! * Math.abs(b[j]!);
  }
  return sum;
}

/** So many times the penalty. */
export function timesPenalty({ ridge, lasso }: Penalty, factor: number): Penalty {
  return { ridge: ridge.map((r) => r * factor), lasso: lasso.map((l) => l * factor) };
}

/** The same penalty of coefficients of columns that were moved: b_j = scale_j gamma_j. */
export function movedPenalty({ ridge, lasso }: Penalty, scale: ArrayLike<number>): Penalty {
  return { ridge: ridge.map((r, j) => r * scale[j]! * scale[j]!), lasso: lasso.map((l, j) => l * scale[j]!) };
}

/** Whether the penalty has a derivative everywhere. */
export function isSmooth({ lasso }: Penalty): boolean {
  return lasso.every((l) => l === 0);
}

/**
 * Largest violation of the conditions of Karush, Kuhn and Tucker: of a coefficient that is not 0 the derivative of likelihood less penalty, of
 * one at 0 what the score has beyond the lasso's weight.
 */
export function violation({ ridge, lasso }: Penalty, b: Float64Array, score: Float64Array, out: readonly boolean[]): number {
  return score.reduce((most, s, j) => {
    if (out[j]) return most;
    const slope = b[j] === 0 ? Math.max(0, Math.abs(s) - lasso[j]!) : Math.abs(s - ridge[j]! * b[j]! - lasso[j]! * Math.sign(b[j]!));
    return Math.max(most, slope);
  }, 0);
}

/** X'WX with the ridge on its diagonal. */
export function withRidge(products: Products, ridge: Float64Array): Products {
  const { dense, large } = products;
  const m = dense.length;
  const gram = products.gram.slice();
  dense.forEach((column, j) => {
    gram[j * m + j]! += ridge[column]!;
  });
  return { ...products, gram, ...(large && { large: { ...large, own: large.own.map((value, l) => value + ridge[large.first + l]!) } }) };
}

/** X'WX x. */
export function timesProducts({ columns, dense, gram, large }: Products, x: ArrayLike<number>): Float64Array {
  const result = new Float64Array(columns);
  const m = dense.length;
  for (let i = 0; i < m; i++) {
    let sum = 0;
    for (let j = 0; j < m; j++) sum += gram[Math.max(i, j) * m + Math.min(i, j)]! * x[dense[j]!]!;
    result[dense[i]!] = sum;
  }
  if (!large) return result;
  large.own.forEach((own, l) => {
    const column = large.first + l;
    let sum = own * x[column]!;
    for (let j = 0; j < m; j++) {
      const cross = large.cross[l * m + j]!;
      sum += cross * x[dense[j]!]!;
      result[dense[j]!]! += cross * x[column]!;
    }
    result[column] = sum;
  });
  return result;
}

/** X'WX written out, row-major and symmetric. */
export function writtenProducts({ columns, dense, gram, large }: Products): Float64Array {
  const full = new Float64Array(columns * columns);
  const m = dense.length;
  const put = (i: number, j: number, value: number) => {
    full[i * columns + j] = full[j * columns + i] = value;
  };
  for (let i = 0; i < m; i++) for (let j = 0; j <= i; j++) put(dense[i]!, dense[j]!, gram[i * m + j]!);
  large?.own.forEach((own, l) => {
    put(large.first + l, large.first + l, own);
    for (let j = 0; j < m; j++) put(large.first + l, dense[j]!, large.cross[l * m + j]!);
  });
  return full;
}
