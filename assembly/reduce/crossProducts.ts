import { BLOCK_ROWS } from "../layout";
import { COLUMN, triangle, weigh, whiten } from "./rows";

/**
 * Weighted sums of 1, y_i and y_i y_j over the rows of one tile, y = W (x - center) - shift: the lower triangle, row by row, of the
 * cross-products of (1, y), each total a pair (high, low). `scratch` holds d + 2 columns of a block.
 */
export function crossProducts(theta: usize, x: usize, stride: usize, w: usize, n: i32, d: i32, scratch: usize, out: usize): void {
  memory.fill(out, 0, <usize>((d + 1) * (d + 2) / 2) << 4);
  const weights = scratch, spare = scratch + COLUMN, columns = spare + COLUMN;
  for (let row = 0; row < n; row += BLOCK_ROWS) {
    const rows = min(BLOCK_ROWS, n - row);
    const offset = <usize>row << 3;
    whiten(theta, x + offset, stride, rows, d, columns);
    weigh(w ? w + offset : 0, rows, weights);
    triangle(weights, columns, d, <usize>((rows + 1) & ~1) << 3, spare, out, 0);
  }
}
