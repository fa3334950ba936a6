import { BLOCK_ROWS } from "../layout";
import { add } from "../reduce/total";
import { addProducts, addScore, COLUMN, predict } from "./block";
import { addLevels, predictLevels } from "./levels";
import { LOG_POISSON, LOGISTIC, logistic, logPoisson, probit } from "./pointwise";

// A tile of rows of a regression, at most 65,536. `table` and `factors` describe the design (block.ts, levels.ts); rows are counted from
// where these point, and `first` is the tile's first. Totals are pairs (high, low): one of l, d of X'u, then the lower triangle of X'WX.

const ETA = memory.data(BLOCK_ROWS * 8, 16);
const U = memory.data(BLOCK_ROWS * 8, 16);
const W = memory.data(BLOCK_ROWS * 8, 16);

/** eta of n rows into a column. */
export function linearPredictor(table: usize, d: i32, factors: usize, k: i32, beta: usize, offset: usize, first: i32, n: i32, eta: usize): void {
  for (let i = 0; i < n; i += BLOCK_ROWS, eta += COLUMN) {
    const rows = min(BLOCK_ROWS, n - i), row = first + i;
    predict(table, d, beta, offset ? offset + (<usize>row << 3) : 0, row, <usize>((rows + 1) & ~1) << 3, eta);
    predictLevels(factors, k, beta, row, rows, eta);
  }
}

/** X'u and X'WX with u and w as columns that begin with the tile; where they end oddly, a 0 follows. Only X'u where w is 0. */
export function designSums(table: usize, d: i32, factors: usize, k: i32, u: usize, w: usize, first: i32, n: i32, out: usize, crossed: usize): void {
  for (let i = 0; i < n; i += BLOCK_ROWS, u += COLUMN) {
    const rows = min(BLOCK_ROWS, n - i);
    block(table, d, factors, k, u, w ? w + (<usize>i << 3) : 0, first + i, rows, out, crossed);
  }
}

/**
 * The same with u and w of a family and a link at beta, and the sum of l. `y` and `weights` are addresses of columns, counted as the
 * design's; `beta` holds the coefficients of the columns, then the factors'. Without X'WX unless `full`; w as expected if `expected`.
 */
export function glmTile(
  kind: i32, table: usize, d: i32, factors: usize, k: i32, beta: usize, offset: usize, y: usize, weights: usize, first: i32, n: i32, out: usize,
  crossed: usize, full: i32, expected: i32,
): void {
  for (let i = 0; i < n; i += BLOCK_ROWS) {
    const rows = min(BLOCK_ROWS, n - i), row = first + i;
    const here = <usize>row << 3;
    predict(table, d, beta, offset ? offset + here : 0, row, <usize>((rows + 1) & ~1) << 3, ETA);
    predictLevels(factors, k, beta, row, rows, ETA);
    const v = weights ? weights + here : 0;
    let sum: f64;
    if (kind == LOGISTIC) sum = logistic(ETA, y + here, v, rows, U, W);
    else if (kind == LOG_POISSON) sum = logPoisson(ETA, y + here, v, rows, U, W);
    else sum = probit(ETA, y + here, v, rows, U, W, expected);
    add(out, 0, sum);
    block(table, d, factors, k, U, full ? W : 0, row, rows, out, crossed);
  }
}

function block(table: usize, d: i32, factors: usize, k: i32, u: usize, w: usize, row: i32, rows: i32, out: usize, crossed: usize): void {
  const bytes = <usize>((rows + 1) & ~1) << 3;
  addScore(table, d, u, row, bytes, out + 16);
  if (w) addProducts(table, d, w, row, bytes, out + (<usize>(d + 1) << 4));
  if (k) addLevels(table, d, factors, k, u, w ? w : u, row, rows, crossed);
}

/** Adds n plain sums of a tile to totals, pairs (high, low), and clears them. */
export function collect(sums: usize, n: i32, totals: usize): void {
  for (let i = 0; i < n; i++) {
    const at = sums + (<usize>i << 3);
    add(totals, i, load<f64>(at));
    store<f64>(at, 0);
  }
}

/** x = (x - center) scale for n rows in place; exact where the differences are doubles and the scale is a power of two. */
export function shiftScale(x: usize, n: i32, center: f64, scale: f64): void {
  const c = f64x2.splat(center), s = f64x2.splat(scale);
  const end = x + (<usize>(n & ~1) << 3);
  for (; x < end; x += 16) v128.store(x, f64x2.mul(f64x2.sub(v128.load(x), c), s));
  if (n & 1) store<f64>(x, (load<f64>(x) - center) * scale);
}
