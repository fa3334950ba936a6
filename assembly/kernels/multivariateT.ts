import { log1p } from "../lanes/log1p";
import { BLOCK_ROWS } from "../layout";
import { addProduct, COLUMN, triangle, weigh, whiten } from "../reduce/rows";

// Multivariate t with df = v in d dimensions, Liu & Rubin (1995), Statistica Sinica 5: with y the whitened row,
//   log f = C(v, d) - log|scale|/2 - (v+d)/2 log(1 + h),   h = y'y/v,   r = 1/(1+h),   g = 1 - r = h r
// All first and second derivatives are linear in the sums of log(1+h), g, r g, of r times the products of (1, y) and, `full`, of r²
// times the products of (1, y, yy'). g and not r: near the normal (v large) the derivatives in v live in 1 - r.

/**
 * Totals of one tile: log(1+h), g, r g, then the triangle of (1, y) and, with `full`, of (1, y, y_i y_j). At `theta`: 1/v, then what
 * `whiten` reads. `scratch` holds 5 columns of a block and one for each of y and y_i y_j.
 */
export function multivariateT(
  theta: usize,
  x: usize,
  stride: usize,
  w: usize,
  n: i32,
  d: i32,
  full: i32,
  scratch: usize,
  out: usize,
): void {
  const pairs = d * (d + 1) / 2, m = d + pairs;
  const totals = 3 + (d + 1) * (d + 2) / 2 + (full ? (m + 1) * (m + 2) / 2 : 0);
  memory.fill(out, 0, <usize>totals << 4);
  const inverse = v128.load64_splat(theta);
  const weights = scratch, spare = weights + COLUMN, h = spare + COLUMN, g = h + COLUMN, r = g + COLUMN, columns = r + COLUMN;
  for (let row = 0; row < n; row += BLOCK_ROWS) {
    const rows = min(BLOCK_ROWS, n - row);
    const bytes = <usize>((rows + 1) & ~1) << 3;
    const offset = <usize>row << 3;
    whiten(theta + 8, x + offset, stride, rows, d, columns);
    weigh(w ? w + offset : 0, rows, weights);
    for (let q: usize = 0; q < bytes; q += 16) {
      let square = f64x2.splat(0);
      for (let at = columns + q, end = at + <usize>d * COLUMN; at < end; at += COLUMN) {
        const y = v128.load(at);
        square = f64x2.add(square, f64x2.mul(y, y));
      }
      const ratio = f64x2.mul(square, inverse);
      const reciprocal = f64x2.div(f64x2.splat(1), f64x2.add(f64x2.splat(1), ratio));
      v128.store(h + q, log1p(ratio));
      v128.store(g + q, f64x2.mul(ratio, reciprocal));
      v128.store(r + q, reciprocal);
    }
    addProduct(out, 0, weights, h, bytes);
    addProduct(out, 1, weights, g, bytes);
    for (let q: usize = 0; q < bytes; q += 16) v128.store(weights + q, f64x2.mul(v128.load(weights + q), v128.load(r + q)));
    addProduct(out, 2, weights, g, bytes);
    const next = triangle(weights, columns, d, bytes, spare, out, 3);
    if (!full) continue;
    for (let q: usize = 0; q < bytes; q += 16) v128.store(weights + q, f64x2.mul(v128.load(weights + q), v128.load(r + q)));
    let to = columns + <usize>d * COLUMN;
    for (let i = 0; i < d; i++) {
      for (let j = 0; j <= i; j++, to += COLUMN) {
        const a = columns + <usize>i * COLUMN, b = columns + <usize>j * COLUMN;
        for (let q: usize = 0; q < bytes; q += 16) v128.store(to + q, f64x2.mul(v128.load(a + q), v128.load(b + q)));
      }
    }
    triangle(weights, columns, m, bytes, spare, out, next);
  }
}
