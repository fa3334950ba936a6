import type { Design } from "../formula/design.ts";
import { addPairs, low, multiplyPairs, twoProduct } from "../math/doubleDouble.ts";
import { Accumulator } from "../math/sum.ts";
import { factor } from "../optimize/normalEquations.ts";
import type { DesignMatrix } from "../wasm/designMatrix.ts";
import { type Placed, withDesign } from "../wasm/designPlacement.ts";
import { exactProducts, squaresWithResponse } from "../wasm/designSquares.ts";
import type { Column } from "../wasm/placedColumns.ts";
import { Coordinates } from "./coordinates.ts";
import { type ExactSolution, exactSquares } from "./exactSquares.ts";
import { expanded } from "./predictor.ts";
import type { RegressionData } from "./regressionData.ts";

/** A least-squares fit: coefficients in the design's order. */
export interface LeastSquares {
  readonly beta: Float64Array;
  readonly aliased: readonly boolean[];
  /** Element (i, j) of (X'WX)^-1; 0 for aliased columns. */
  readonly inverse: (i: number, j: number) => number;
  /** Weighted sum of squared residuals; 0 where it is less than 1e-44 of the response's own. */
  readonly rss: number;
  readonly passes: number;
  /** Length of the last correction in standard errors, at sigma² = RSS/n. */
  readonly decrement: number;
  /** Smallest part of a column's squares that the columns before it left. */
  readonly smallest: number;
  readonly coordinates: Coordinates;
  /** Coefficients of the columns as they were moved. */
  readonly gamma: Float64Array;
  /** The same inverse for the columns as they were moved. */
  readonly moved: (i: number, j: number) => number;
}

/** A column of whose squares the columns before it leave less: doubles have too few digits, or it is a combination of them. */
export const DELICATE = 1e-6;

/** The same where there are no more digits to be had: columns beside a factor of many levels. */
const LAST_RESORT = 1e-11;

/** Residuals below 1e-11 of the response: no more than roundings are left of them. */
const CLOSE = 1e-22;

/** The response's squares that count as no residual at all: 22 digits. */
const NOTHING = 1e-44;

/** Columns up to which factors are written out for products of 106 bits. */
const WIDEST = 400;

/** Rows times columns squared up to which nothing is gained by haste: a millisecond. */
const SMALL = 2e5;

/** Whether products of 106 bits cost next to nothing, or are needed and can be had. */
export function deservesPairs({ rows, names }: Design, delicate: boolean): boolean {
  return names.length <= WIDEST && (delicate || rows * names.length * names.length <= SMALL);
}

/** Columns that a factor without a base level makes aliased beside an intercept: its last level, as R has it. */
export function aliasedLevels({ names, blocks }: Design): boolean[] {
  const without = names.map(() => false);
  if (!blocks.some(({ kind }) => kind === "intercept")) return without;
  let first = 0;
  for (const block of blocks) {
    if (block.kind === "levels" && !block.by && !block.codes.includes(-1))
      without[first + block.codes.reduce((a, b) => Math.max(a, b), 0)] = true;
    first += block.kind === "levels" ? block.count : 1;
  }
  return without;
}

/**
 * Weighted least squares. Cross-products in doubles and one correction by the residuals are as exact as a QR decomposition where the
 * design is not delicate; where it is, or where the fit is exact, everything is done in numbers of about 106 bits: cross-products of
 * condition 10^20 (NIST's Filip) leave a dozen digits.
 */
export async function leastSquares(data: RegressionData): Promise<LeastSquares> {
  const { design, weights, offset } = data;
  const response = offset ? data.y.map((value, i) => value - offset[i]!) : data.y;
  const placed = { design, vectors: { ...(weights && { weights }) }, response, thinned: false };
  const without = aliasedLevels(design);
  const quickly = (lastResort: boolean) => withDesign(placed, (matrix) => fast(matrix, coordinatesOf(matrix, design), without, lastResort));
  const width = design.names.length;
  const found = deservesPairs(design, false) ? undefined : await quickly(width > WIDEST);
  if (found) return found;
  if (width > WIDEST)
    throw new RangeError("Products of the design's columns are beyond the range of doubles: the data need another scale.");
  return withExpanded(placed, exact);
}

/** How a matrix's columns were moved. */
export function coordinatesOf(matrix: DesignMatrix, { blocks }: Design): Coordinates {
  const before = blocks.findIndex(({ kind }) => kind === "intercept");
  const intercept = before < 0 ? -1 : blocks.slice(0, before).reduce((sum, block) => sum + (block.kind === "levels" ? block.count : 1), 0);
  return new Coordinates(matrix.width, matrix.columns, intercept, matrix.response);
}

/** Columns that are combinations of those before them, decided with 30 digits where there are no more columns than can be. */
export async function aliasedColumns(data: RegressionData): Promise<boolean[]> {
  const { design } = data;
  if (design.names.length > WIDEST) return aliasedLevels(design);
  const found = await withExpanded({ design, vectors: {}, response: data.y, thinned: false }, exact);
  return [...found.aliased];
}

/** Factors written out. Their columns have no centers, as a row that is not of the level would have one, too. */
export function withExpanded<T>(placed: Placed, work: (matrix: DesignMatrix, coordinates: Coordinates) => T): Promise<T> {
  const { design } = placed;
  const whole = expanded(design);
  const intercept = design.blocks.some(({ kind }) => kind === "intercept");
  const centred = design.blocks.flatMap((block) => (block.kind === "levels" ? new Array<boolean>(block.count).fill(false) : [intercept]));
  return withDesign({ ...placed, design: whole, centred }, (matrix) => work(matrix, coordinatesOf(matrix, whole)));
}

/** In doubles; undefined where they are not enough, unless nothing better is there. */
function fast(matrix: DesignMatrix, coordinates: Coordinates, without: readonly boolean[], lastResort: boolean): LeastSquares | undefined {
  const { score, products, own } = squaresWithResponse(matrix);
  const factored = factor(products, without, lastResort || products.large ? LAST_RESORT : DELICATE);
  if (!factored) return undefined;
  const empty = (j: number) => products.dense.includes(j) && products.gram[products.dense.indexOf(j) * (products.dense.length + 1)] === 0;
  const doubtful = factored.aliased.some((is, j) => is && !without[j] && !empty(j));
  if (doubtful && !lastResort && !products.large) return undefined;
  const gamma = factored.solve(score);
  const { arena } = matrix.engine;
  let rss = 0;
  let decrement = Number.POSITIVE_INFINITY;
  // One correction makes up for the squared condition; a second one is there for designs that are nearly delicate.
  for (let round = 0; round < 3; round++) {
    const total = new Accumulator();
    const right = matrix.scores(gamma, (first, eta, u) => {
      const y = arena.view(matrix.response!.address + 8 * first, eta.length);
      const w = matrix.vectors.weights === undefined ? undefined : arena.view(matrix.vectors.weights + 8 * first, eta.length);
      let sum = 0;
      for (let i = 0; i < eta.length; i++) {
        const residual = y[i]! - eta[i]!;
        u[i] = w ? w[i]! * residual : residual;
        sum += u[i]! * residual;
      }
      total.add(sum);
    });
    const step = factored.solve(right);
    const squared = step.reduce((sum, s, j) => sum + s * right[j]!, 0);
    step.forEach((s, j) => {
      gamma[j]! += s;
    });
    rss = Math.max(0, total.sum - squared);
    const last = Math.sqrt(Math.max(0, squared) / (rss / matrix.rows));
    const settled = last < 1e-6 || !(last < 0.5 * decrement);
    decrement = last;
    if (settled) break;
  }
  if (!lastResort && !(rss > CLOSE * own)) return undefined;
  return {
    beta: coordinates.natural(gamma),
    aliased: factored.aliased,
    inverse: scaled(coordinates.covariance(factored.inverse), matrix.response!),
    rss: rss / (matrix.response!.scale * matrix.response!.scale),
    passes: matrix.passes + 1,
    decrement,
    smallest: factored.smallest,
    coordinates,
    gamma,
    moved: factored.inverse,
  };
}

/** `covariance` has the response's scale in it, (X'WX)^-1 has not. */
function scaled(of: (i: number, j: number) => number, { scale }: Column): (i: number, j: number) => number {
  return (i, j) => of(i, j) * scale * scale;
}

/** In numbers of about 106 bits. */
function exact(matrix: DesignMatrix, coordinates: Coordinates): LeastSquares {
  const triangle = exactProducts(matrix);
  const { arena } = matrix.engine;
  const w = matrix.vectors.weights === undefined ? undefined : arena.view(matrix.vectors.weights, matrix.rows);
  const total = w ? w.reduce((sum, value) => sum + value, 0) : matrix.rows;
  const solution = exactSquares(triangle, matrix.columns, total);
  const high = solution.high.slice();
  const lows = solution.low.slice();
  let rss = 0;
  let decrement = 0;
  for (let round = 0; round < 2; round++) {
    const { scores, squares } = residuals(matrix, high, lows, w);
    rss = squares;
    if (round > 0) break;
    const step = solution.solve(scores);
    decrement = Math.sqrt(
      Math.max(
        0,
        step.reduce((sum, s, j) => sum + s * scores[j]!, 0),
      ) /
        (rss / matrix.rows),
    );
    step.forEach((s, j) => {
      high[j] = addPairs(high[j]!, lows[j]!, s, 0);
      lows[j] = low[0]!;
    });
  }
  const response = matrix.response!;
  const own = triangle.high.at(-1)! + total * (response.center * response.scale) ** 2;
  return {
    beta: coordinates.natural(high, lows),
    aliased: solution.aliased,
    inverse: scaled(coordinates.covariance(solution.inverse), response),
    rss: rss > NOTHING * own ? rss / (response.scale * response.scale) : 0,
    passes: matrix.passes + 3,
    decrement: rss > NOTHING * own ? decrement : 0,
    smallest: smallestOf(solution, triangle.high),
    coordinates,
    gamma: high,
    moved: solution.inverse,
  };
}

function smallestOf({ aliased, inverse }: ExactSolution, high: Float64Array): number {
  return aliased.reduce((least, is, j) => (is ? least : Math.min(least, 1 / (inverse(j, j) * high[(j * (j + 3)) / 2]!))), 1);
}

/** X'W(y - X gamma) and the residuals' squares, the residuals in pairs: they may be roundings of y. */
function residuals(matrix: DesignMatrix, high: Float64Array, lows: Float64Array, w: Float64Array | undefined) {
  const { arena } = matrix.engine;
  const columns = matrix.columns.map(({ address, constant }) => (constant ? undefined : arena.view(address, matrix.rows)));
  const y = arena.view(matrix.response!.address, matrix.rows);
  const scores = columns.map(() => new Accumulator());
  const squares = new Accumulator();
  for (let i = 0; i < y.length; i++) {
    let r = y[i]!;
    let r2 = 0;
    for (let j = 0; j < columns.length; j++) {
      const x = columns[j] ? columns[j]![i]! : 1;
      const product = twoProduct(x, high[j]!);
      const rest = low[0]! + x * lows[j]!;
      r = addPairs(r, r2, -product, -rest);
      r2 = low[0]!;
    }
    const weight = w ? w[i]! : 1;
    squares.add(weight * r * r);
    // Residuals may be a billion times a coefficient: their products with the columns need all digits, too.
    const score = multiplyPairs(r, r2, weight, 0);
    const score2 = low[0]!;
    for (let j = 0; j < columns.length; j++) {
      const product = multiplyPairs(score, score2, columns[j] ? columns[j]![i]! : 1, 0);
      scores[j]!.add(product).add(low[0]!);
    }
  }
  return { scores: Float64Array.from(scores, ({ sum }) => sum), squares: squares.sum };
}
