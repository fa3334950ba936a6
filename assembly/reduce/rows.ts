import { BLOCK_ROWS } from "../layout";
import { add } from "./total";

// Rows of a matrix that lies in memory column by column: a block of rows is centred and multiplied by a lower triangular matrix, so
// that sums are taken of numbers near 1, whatever the data's offset, scale and correlations. Every sum of a row is then a product of
// two columns of the block.

/** Bytes of a block's column. */
export const COLUMN: usize = BLOCK_ROWS * 8;

/**
 * y = W (x - center) - shift of a block's rows, into d columns from `to`. At `theta`: center, shift, then W's lower triangle row by row.
 * An odd block gets a row of zeros more.
 */
export function whiten(theta: usize, x: usize, stride: usize, rows: i32, d: i32, to: usize): void {
  const bytes = <usize>rows << 3;
  const shifts = theta + (<usize>d << 3), triangle = shifts + (<usize>d << 3);
  for (let j = 0; j < d; j++) {
    const center = v128.load64_splat(theta + (<usize>j << 3));
    const from = x + <usize>j * stride, at = to + <usize>j * COLUMN;
    for (let q: usize = 0; q < bytes; q += 16) v128.store(at + q, f64x2.sub(v128.load(from + q), center));
  }
  // From the last: row i needs the columns before it as they were.
  for (let i = d - 1; i >= 0; i--) {
    const row = triangle + (<usize>(i * (i + 1) / 2) << 3);
    const at = to + <usize>i * COLUMN;
    const own = v128.load64_splat(row + (<usize>i << 3));
    for (let q: usize = 0; q < bytes; q += 16) v128.store(at + q, f64x2.mul(v128.load(at + q), own));
    for (let k = 0; k < i; k++) {
      const entry = v128.load64_splat(row + (<usize>k << 3));
      if (f64x2.extract_lane(entry, 0) == 0) continue;
      const from = to + <usize>k * COLUMN;
      for (let q: usize = 0; q < bytes; q += 16) {
        v128.store(at + q, f64x2.add(v128.load(at + q), f64x2.mul(v128.load(from + q), entry)));
      }
    }
    const shift = v128.load64_splat(shifts + (<usize>i << 3));
    for (let q: usize = 0; q < bytes; q += 16) v128.store(at + q, f64x2.sub(v128.load(at + q), shift));
    if (rows & 1) store<f64>(at + bytes, 0);
  }
}

/** The weights of a block's rows, or ones, into a column; 0 for the row that an odd block has more. */
export function weigh(w: usize, rows: i32, to: usize): void {
  const bytes = <usize>rows << 3;
  if (w) memory.copy(to, w, bytes);
  else for (let q: usize = 0; q < bytes; q += 16) v128.store(to + q, f64x2.splat(1));
  if (rows & 1) store<f64>(to + bytes, 0);
}

/** Sum of the products of two columns. */
// @ts-ignore: decorator
@inline export function product(a: usize, b: usize, bytes: usize): v128 {
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
  let q: usize = 0;
  for (; q + 64 <= bytes; q += 64) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(a + q), v128.load(b + q)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(a + q, 16), v128.load(b + q, 16)));
    s2 = f64x2.add(s2, f64x2.mul(v128.load(a + q, 32), v128.load(b + q, 32)));
    s3 = f64x2.add(s3, f64x2.mul(v128.load(a + q, 48), v128.load(b + q, 48)));
  }
  for (; q < bytes; q += 16) s0 = f64x2.add(s0, f64x2.mul(v128.load(a + q), v128.load(b + q)));
  return f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
}

/** Adds the sum of the products of two columns to total `i`. */
// @ts-ignore: decorator
@inline export function addProduct(out: usize, i: i32, a: usize, b: usize, bytes: usize): void {
  const lanes = product(a, b, bytes);
  add(out, i, f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1));
}

/**
 * Weighted sums of the products of m columns with one another and with 1, added to the totals from `first` on: the lower triangle, row by
 * row, of the matrix whose row 0 is the weight itself. `spare` is a column for the weighted one.
 */
export function triangle(weights: usize, columns: usize, m: i32, bytes: usize, spare: usize, out: usize, first: i32): i32 {
  let at = first;
  let total = f64x2.splat(0);
  for (let q: usize = 0; q < bytes; q += 16) total = f64x2.add(total, v128.load(weights + q));
  add(out, at++, f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1));
  for (let i = 0; i < m; i++) {
    const column = columns + <usize>i * COLUMN;
    addProduct(out, at++, weights, column, bytes);
    for (let q: usize = 0; q < bytes; q += 16) v128.store(spare + q, f64x2.mul(v128.load(weights + q), v128.load(column + q)));
    for (let j = 0; j <= i; j++) addProduct(out, at++, spare, columns + <usize>j * COLUMN, bytes);
  }
  return at;
}
