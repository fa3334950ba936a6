import { TILE_ROWS } from "../layout";
import { add, addLanes, clear, ROW_BYTES } from "./total";

/** Bytes per block: 256 additions in each of four chains, sixteen rows at a time, lose 8 bits at most. */
const BLOCK: usize = 4096 * 8;

/**
 * Sum alone, in total 0 of each tile's row; a NaN or an infinity among the rows shows in it. Two additions start in a cycle and each
 * waits three for its forerunner: eight vectors in four chains keep both units busy (0.065 ns a row; the scan takes 0.18). Eight chains
 * are slower (0.10): V8 keeps one of them in memory.
 */
export function plainSum(x: usize, n: i32, out: usize): void {
  for (let row = 0; row < n; row += TILE_ROWS, out += ROW_BYTES) tile(x + (<usize>row << 3), min(n - row, TILE_ROWS), out);
}

function tile(x: usize, n: i32, out: usize): void {
  clear(out);
  const end = x + (<usize>n << 3);
  while (x + 128 <= end) {
    const stop = min(x + BLOCK, x + ((end - x) & ~127));
    let a = f64x2.splat(0), b = a, c = a, d = a;
    for (; x < stop; x += 128) {
      a = f64x2.add(a, f64x2.add(v128.load(x), v128.load(x, 16)));
      b = f64x2.add(b, f64x2.add(v128.load(x, 32), v128.load(x, 48)));
      c = f64x2.add(c, f64x2.add(v128.load(x, 64), v128.load(x, 80)));
      d = f64x2.add(d, f64x2.add(v128.load(x, 96), v128.load(x, 112)));
    }
    addLanes(out, 0, f64x2.add(f64x2.add(a, b), f64x2.add(c, d)));
  }
  for (; x < end; x += 8) add(out, 0, load<f64>(x));
}
