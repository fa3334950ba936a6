import { BLOCK_ROWS } from "../layout";
import { add } from "../reduce/total";

// A block of rows of a design matrix, 256 of them, so that ten columns stay in L1. A table says where the columns lie: for each the address
// of its first row and the bytes from a row to the next, 8, or 0 for the intercept, which is one block of ones whatever the row.
// Columns end with zeros up to a multiple of 64 bytes, so an odd last row is taken with one of weight 0.

/** Bytes of a block's column. */
export const COLUMN: usize = BLOCK_ROWS * 8;

const WEIGHTED = memory.data(2 * BLOCK_ROWS * 8, 16);

/** Where column j's rows from `row` on lie. */
// @ts-ignore: decorator
@inline export function at(table: usize, j: i32, row: i32): usize {
  const entry = table + (<usize>j << 3);
  return <usize>load<u32>(entry) + <usize>load<u32>(entry, 4) * <usize>row;
}

/** eta = offset + sum of beta_j x_j, four columns at a time. `offset` is the address of the block's offsets, or 0. */
export function predict(table: usize, d: i32, beta: usize, offset: usize, row: i32, bytes: usize, eta: usize): void {
  if (offset) memory.copy(eta, offset, bytes);
  else memory.fill(eta, 0, bytes);
  let j = 0;
  for (; j + 8 <= d; j += 8) {
    const b = beta + (<usize>j << 3);
    const b0 = v128.load64_splat(b), b1 = v128.load64_splat(b, 8), b2 = v128.load64_splat(b, 16), b3 = v128.load64_splat(b, 24);
    const b4 = v128.load64_splat(b, 32), b5 = v128.load64_splat(b, 40), b6 = v128.load64_splat(b, 48), b7 = v128.load64_splat(b, 56);
    const x0 = at(table, j, row), x1 = at(table, j + 1, row), x2 = at(table, j + 2, row), x3 = at(table, j + 3, row);
    const x4 = at(table, j + 4, row), x5 = at(table, j + 5, row), x6 = at(table, j + 6, row), x7 = at(table, j + 7, row);
    for (let q: usize = 0; q < bytes; q += 16) {
      const left = f64x2.add(f64x2.mul(b0, v128.load(x0 + q)), f64x2.mul(b1, v128.load(x1 + q)));
      const right = f64x2.add(f64x2.mul(b2, v128.load(x2 + q)), f64x2.mul(b3, v128.load(x3 + q)));
      const left2 = f64x2.add(f64x2.mul(b4, v128.load(x4 + q)), f64x2.mul(b5, v128.load(x5 + q)));
      const right2 = f64x2.add(f64x2.mul(b6, v128.load(x6 + q)), f64x2.mul(b7, v128.load(x7 + q)));
      v128.store(eta + q, f64x2.add(f64x2.add(v128.load(eta + q), f64x2.add(left, right)), f64x2.add(left2, right2)));
    }
  }
  for (; j + 4 <= d; j += 4) {
    const b = beta + (<usize>j << 3);
    const b0 = v128.load64_splat(b), b1 = v128.load64_splat(b, 8), b2 = v128.load64_splat(b, 16), b3 = v128.load64_splat(b, 24);
    const x0 = at(table, j, row), x1 = at(table, j + 1, row), x2 = at(table, j + 2, row), x3 = at(table, j + 3, row);
    for (let q: usize = 0; q < bytes; q += 16) {
      const left = f64x2.add(f64x2.mul(b0, v128.load(x0 + q)), f64x2.mul(b1, v128.load(x1 + q)));
      const right = f64x2.add(f64x2.mul(b2, v128.load(x2 + q)), f64x2.mul(b3, v128.load(x3 + q)));
      v128.store(eta + q, f64x2.add(v128.load(eta + q), f64x2.add(left, right)));
    }
  }
  for (; j < d; j++) {
    const b = v128.load64_splat(beta + (<usize>j << 3));
    const x = at(table, j, row);
    for (let q: usize = 0; q < bytes; q += 16) v128.store(eta + q, f64x2.add(v128.load(eta + q), f64x2.mul(b, v128.load(x + q))));
  }
}

/** Adds X'u to the totals from `out` on, one for each column. */
export function addScore(table: usize, d: i32, u: usize, row: i32, bytes: usize, out: usize): void {
  let j = 0;
  for (; j + 4 <= d; j += 4) {
    const x0 = at(table, j, row), x1 = at(table, j + 1, row), x2 = at(table, j + 2, row), x3 = at(table, j + 3, row);
    let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
    for (let q: usize = 0; q < bytes; q += 16) {
      const v = v128.load(u + q);
      s0 = f64x2.add(s0, f64x2.mul(v, v128.load(x0 + q)));
      s1 = f64x2.add(s1, f64x2.mul(v, v128.load(x1 + q)));
      s2 = f64x2.add(s2, f64x2.mul(v, v128.load(x2 + q)));
      s3 = f64x2.add(s3, f64x2.mul(v, v128.load(x3 + q)));
    }
    put(out, j, s0);
    put(out, j + 1, s1);
    put(out, j + 2, s2);
    put(out, j + 3, s3);
  }
  for (; j < d; j++) {
    const x = at(table, j, row);
    let s = f64x2.splat(0);
    for (let q: usize = 0; q < bytes; q += 16) s = f64x2.add(s, f64x2.mul(v128.load(u + q), v128.load(x + q)));
    put(out, j, s);
  }
}

/**
 * Adds X'WX to the totals from `out` on: the lower triangle, row by row. Two weighted columns meet four others in registers: eight chains
 * of additions, six loads for sixteen operations.
 */
export function addProducts(table: usize, d: i32, w: usize, row: i32, bytes: usize, out: usize): void {
  const a = WEIGHTED, b = WEIGHTED + COLUMN;
  for (let i = 0; i < d; i += 2) {
    const two = i + 1 < d;
    const xa = at(table, i, row), xb = at(table, two ? i + 1 : i, row);
    for (let q: usize = 0; q < bytes; q += 16) {
      const weight = v128.load(w + q);
      v128.store(a + q, f64x2.mul(weight, v128.load(xa + q)));
      v128.store(b + q, f64x2.mul(weight, v128.load(xb + q)));
    }
    const rowA = i * (i + 1) / 2, rowB = rowA + i + 1;
    let j = 0;
    for (; j + 4 <= i + 2; j += 4) {
      const x0 = at(table, j, row), x1 = at(table, j + 1, row), x2 = at(table, j + 2, row), x3 = at(table, min(j + 3, d - 1), row);
      let a0 = f64x2.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
      for (let q: usize = 0; q < bytes; q += 16) {
        const ya = v128.load(a + q), yb = v128.load(b + q);
        const y0 = v128.load(x0 + q), y1 = v128.load(x1 + q);
        a0 = f64x2.add(a0, f64x2.mul(ya, y0));
        b0 = f64x2.add(b0, f64x2.mul(yb, y0));
        a1 = f64x2.add(a1, f64x2.mul(ya, y1));
        b1 = f64x2.add(b1, f64x2.mul(yb, y1));
        const y2 = v128.load(x2 + q), y3 = v128.load(x3 + q);
        a2 = f64x2.add(a2, f64x2.mul(ya, y2));
        b2 = f64x2.add(b2, f64x2.mul(yb, y2));
        a3 = f64x2.add(a3, f64x2.mul(ya, y3));
        b3 = f64x2.add(b3, f64x2.mul(yb, y3));
      }
      put(out, rowA + j, a0);
      put(out, rowA + j + 1, a1);
      put(out, rowA + j + 2, a2);
      if (j + 3 <= i) put(out, rowA + j + 3, a3);
      if (two) {
        put(out, rowB + j, b0);
        put(out, rowB + j + 1, b1);
        put(out, rowB + j + 2, b2);
        put(out, rowB + j + 3, b3);
      }
    }
    if (j < i + 2) {
      // Two by two, twice as many rows at once: again eight chains.
      const x0 = at(table, j, row), x1 = at(table, min(j + 1, d - 1), row);
      let a0 = f64x2.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
      let q: usize = 0;
      for (; q + 32 <= bytes; q += 32) {
        const ya = v128.load(a + q), yb = v128.load(b + q), y0 = v128.load(x0 + q), y1 = v128.load(x1 + q);
        a0 = f64x2.add(a0, f64x2.mul(ya, y0));
        a1 = f64x2.add(a1, f64x2.mul(ya, y1));
        b0 = f64x2.add(b0, f64x2.mul(yb, y0));
        b1 = f64x2.add(b1, f64x2.mul(yb, y1));
        const za = v128.load(a + q, 16), zb = v128.load(b + q, 16), z0 = v128.load(x0 + q, 16), z1 = v128.load(x1 + q, 16);
        a2 = f64x2.add(a2, f64x2.mul(za, z0));
        a3 = f64x2.add(a3, f64x2.mul(za, z1));
        b2 = f64x2.add(b2, f64x2.mul(zb, z0));
        b3 = f64x2.add(b3, f64x2.mul(zb, z1));
      }
      for (; q < bytes; q += 16) {
        const ya = v128.load(a + q), yb = v128.load(b + q), y0 = v128.load(x0 + q), y1 = v128.load(x1 + q);
        a0 = f64x2.add(a0, f64x2.mul(ya, y0));
        a1 = f64x2.add(a1, f64x2.mul(ya, y1));
        b0 = f64x2.add(b0, f64x2.mul(yb, y0));
        b1 = f64x2.add(b1, f64x2.mul(yb, y1));
      }
      put(out, rowA + j, f64x2.add(a0, a2));
      if (j + 1 <= i) put(out, rowA + j + 1, f64x2.add(a1, a3));
      if (two) {
        put(out, rowB + j, f64x2.add(b0, b2));
        put(out, rowB + j + 1, f64x2.add(b1, b3));
      }
    }
  }
}

/** Adds both lanes to total `i`. */
// @ts-ignore: decorator
@inline function put(out: usize, i: i32, lanes: v128): void {
  add(out, i, f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1));
}
