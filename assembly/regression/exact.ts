import { add as sum, low } from "../lanes/doubleDouble";
import { BLOCK_ROWS } from "../layout";
import { at, COLUMN } from "./block";

// X'WX with products and sums of about 106 bits: what remains of a design whose condition is 10^10 keeps a dozen digits. Products by
// Dekker's splitting (Numer. Math. 18, 1971), sums as Ogita, Rump & Oishi's Dot2 (SIAM J. Sci. Comput. 26, 2005) in each block.

const SPLITTER = 134217729.0;

/** The upper 26 bits. */
// @ts-ignore: decorator
@inline function upper(x: v128): v128 {
  const t = f64x2.mul(f64x2.splat(SPLITTER), x);
  return f64x2.sub(t, f64x2.sub(t, x));
}

/** a b - p exactly, from the halves of a and b. */
// @ts-ignore: decorator
@inline function rest(p: v128, a1: v128, a2: v128, b1: v128, b2: v128): v128 {
  const first = f64x2.add(f64x2.sub(f64x2.mul(a1, b1), p), f64x2.mul(a1, b2));
  return f64x2.add(f64x2.add(first, f64x2.mul(a2, b1)), f64x2.mul(a2, b2));
}

/**
 * Adds the products of n rows of d columns to the lower triangle of pairs at `out`. `w` is the address of the weights, counted as the
 * columns are; `scratch` holds 2 d + 3 columns of a block.
 */
export function exactProducts(table: usize, d: i32, w: usize, first: i32, n: i32, scratch: usize, out: usize): void {
  const left = scratch, leftUpper = left + COLUMN, leftRest = leftUpper + COLUMN, halves = leftRest + COLUMN;
  for (let i = 0; i < n; i += BLOCK_ROWS) {
    const rows = min(BLOCK_ROWS, n - i), row = first + i;
    const bytes = <usize>((rows + 1) & ~1) << 3;
    for (let j = 0; j < d; j++) {
      const x = at(table, j, row), to = halves + <usize>(2 * j) * COLUMN;
      for (let q: usize = 0; q < bytes; q += 16) {
        const value = v128.load(x + q), head = upper(value);
        v128.store(to + q, head);
        v128.store(to + COLUMN + q, f64x2.sub(value, head));
      }
    }
    for (let k = 0; k < d; k++) {
      const x = at(table, k, row), own = halves + <usize>(2 * k) * COLUMN;
      for (let q: usize = 0; q < bytes; q += 16) {
        const weight = w ? v128.load(w + (<usize>row << 3) + q) : f64x2.splat(1);
        const value = v128.load(x + q), product = f64x2.mul(weight, value);
        const head = upper(weight);
        v128.store(left + q, product);
        v128.store(leftUpper + q, upper(product));
        v128.store(leftRest + q, rest(product, head, f64x2.sub(weight, head), v128.load(own + q), v128.load(own + COLUMN + q)));
      }
      // The row that an odd block has more.
      if (rows & 1) {
        const last = <usize>rows << 3;
        store<f64>(left + last, 0);
        store<f64>(leftUpper + last, 0);
        store<f64>(leftRest + last, 0);
      }
      for (let j = 0; j <= k; j++) {
        const y = at(table, j, row), other = halves + <usize>(2 * j) * COLUMN;
        let s = f64x2.splat(0), c = s;
        for (let q: usize = 0; q < bytes; q += 16) {
          const a = v128.load(left + q), b = v128.load(y + q), a1 = v128.load(leftUpper + q);
          const p = f64x2.mul(a, b);
          const tail = rest(p, a1, f64x2.sub(a, a1), v128.load(other + q), v128.load(other + COLUMN + q));
          const t = f64x2.add(s, p), part = f64x2.sub(t, s);
          const error = f64x2.add(f64x2.sub(s, f64x2.sub(t, part)), f64x2.sub(p, part));
          c = f64x2.add(c, f64x2.add(f64x2.add(tail, f64x2.mul(v128.load(leftRest + q), b)), error));
          s = t;
        }
        const total = out + (<usize>(k * (k + 1) / 2 + j) << 4);
        addPair(total, f64x2.extract_lane(s, 0), f64x2.extract_lane(c, 0));
        addPair(total, f64x2.extract_lane(s, 1), f64x2.extract_lane(c, 1));
      }
    }
  }
}

function addPair(total: usize, high: f64, rest: f64): void {
  store<f64>(total, sum(load<f64>(total), load<f64>(total, 8), high, rest));
  store<f64>(total, low, 8);
}
