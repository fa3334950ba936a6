import { log } from "../math/elementary.ts";
import { normalCdf, normalUpper } from "../math/normal.ts";
import { Accumulator } from "../math/sum.ts";
import { eigenSymmetric } from "../math/symmetric.ts";
import { weightedChiSquaresUpper } from "../math/weightedChiSquares.ts";
import { type Matrix, multiply } from "./covariance.ts";

/** z and its p-values: against a difference of any sign, in favour of the first fit, in favour of the second. */
export interface VuongStatistic {
  readonly statistic: number;
  readonly pValue: number;
  readonly pFirst: number;
  readonly pSecond: number;
}

/** Log-likelihoods of one row under both fits, and how often it occurs. */
export interface RowPair {
  readonly first: number;
  readonly second: number;
  readonly weight: number;
}

/** Number of rows, sum and mean square deviation of the differences of their log-likelihoods. */
function differences(rows: Iterable<RowPair>): { readonly n: number; readonly sum: number; readonly variance: number } {
  const all = [...rows];
  const [n, sum, squares] = [new Accumulator(), new Accumulator(), new Accumulator()];
  for (const { first, second, weight } of all) {
    n.add(weight);
    sum.add(weight * (first - second));
  }
  const mean = sum.sum / n.sum;
  for (const { first, second, weight } of all) {
    const deviation = first - second - mean;
    squares.add(weight * deviation * deviation);
  }
  return { n: n.sum, sum: sum.sum, variance: squares.sum / n.sum };
}

/** Vuong's z (1989, Econometrica 57, 307, eq. 5.6) of a log-likelihood ratio less a correction for the numbers of parameters. */
function vuongStatistic(ratio: number, n: number, variance: number, correction: number): VuongStatistic {
  const statistic = (ratio - correction) / Math.sqrt(n * variance);
  return { statistic, pValue: 2 * normalUpper(Math.abs(statistic)), pFirst: normalUpper(statistic), pSecond: normalCdf(statistic) };
}

/** The statistics of two fits from their rows and numbers of parameters: as it is, and corrected as AIC and BIC do. */
export function vuongStatistics(rows: Iterable<RowPair>, k: readonly [number, number]) {
  const { n, sum, variance } = differences(rows);
  const more = k[0] - k[1];
  return {
    nobs: n,
    logLikRatio: sum,
    variance,
    raw: vuongStatistic(sum, n, variance, 0),
    aic: vuongStatistic(sum, n, variance, more),
    bic: vuongStatistic(sum, n, variance, (more / 2) * log(n)),
  };
}

/**
 * P(n ω² > statistic) where both fits are equally close to the truth because they are the same: a sum of χ²₁ weighted by the squares of the
 * eigenvalues of Vuong's W (1989, theorem 4.1 and eq. 6.2). `breads` are the inverse informations of both, `meat` the sum of the outer
 * products of the scores of both together.
 */
export function varianceTail(statistic: number, breads: readonly [Matrix, Matrix], meat: Matrix): number {
  const [p, q] = [breads[0].length, breads[1].length];
  // W is similar to M^(1/2) D M^(1/2) with M the meat and D = diag(-bread, bread): symmetric.
  const root = squareRoot(meat);
  const middle = meat.map((_, i) =>
    meat.map((_, j) => (i < p && j < p ? -breads[0][i]![j]! : i >= p && j >= p ? breads[1][i - p]![j - p]! : 0)),
  );
  const product = multiply(multiply(root, middle), root);
  const { values } = eigenSymmetric(Float64Array.from(product.flat()), p + q);
  return weightedChiSquaresUpper(
    statistic,
    Array.from(values, (value) => value * value).filter((weight) => weight > 0),
  );
}

function squareRoot(matrix: Matrix): number[][] {
  const p = matrix.length;
  const { values, vectors } = eigenSymmetric(Float64Array.from(matrix.flat()), p);
  const at = (i: number, k: number) => vectors[k * p + i]!;
  return matrix.map((_, i) =>
    matrix.map((_, j) => Array.from(values).reduce((sum, value, k) => sum + at(i, k) * Math.sqrt(Math.max(0, value)) * at(j, k), 0)),
  );
}
