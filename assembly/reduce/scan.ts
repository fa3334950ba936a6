import { TILE_ROWS } from "../layout";
import { add, clear, ROW_BYTES } from "./total";

// One look at a column before any kernel sees it: sum, smallest, largest. A NaN shows in the sum, an infinity in the extremes.
// pmin and pmax are one instruction each where min and max are six (V8, x86-64): they pass over NaN, which the sum does not.

/** Row of a tile: total 0 the sum, then smallest and largest at doubles 2 and 3. */
export function scan(x: usize, n: i32, out: usize): void {
  for (let row = 0; row < n; row += TILE_ROWS) {
    tile(x + (<usize>row << 3), min(n - row, TILE_ROWS), out);
    out += ROW_BYTES;
  }
}

function tile(x: usize, n: i32, out: usize): void {
  clear(out);
  const first = v128.load64_splat(x);
  let low0 = first, low1 = first, high0 = first, high1 = first;
  const end = x + (<usize>n << 3);
  while (x + 64 <= end) {
    const stop = min(x + 4096, x + ((end - x) & ~63));
    let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
    for (; x < stop; x += 64) {
      const a = v128.load(x), b = v128.load(x, 16), c = v128.load(x, 32), d = v128.load(x, 48);
      s0 = f64x2.add(s0, a);
      s1 = f64x2.add(s1, b);
      s2 = f64x2.add(s2, c);
      s3 = f64x2.add(s3, d);
      low0 = f64x2.pmin(low0, f64x2.pmin(a, b));
      low1 = f64x2.pmin(low1, f64x2.pmin(c, d));
      high0 = f64x2.pmax(high0, f64x2.pmax(a, b));
      high1 = f64x2.pmax(high1, f64x2.pmax(c, d));
    }
    const block = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
    add(out, 0, f64x2.extract_lane(block, 0));
    add(out, 0, f64x2.extract_lane(block, 1));
  }
  for (; x < end; x += 8) {
    const value = v128.load64_splat(x);
    add(out, 0, load<f64>(x));
    low0 = f64x2.pmin(low0, value);
    high0 = f64x2.pmax(high0, value);
  }
  const low = f64x2.pmin(low0, low1), high = f64x2.pmax(high0, high1);
  store<f64>(out, min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1)), 16);
  store<f64>(out, max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1)), 24);
}
