import { exp } from "../lanes/exp";
import { TILE_ROWS } from "../layout";
import { BLOCK_BYTES, isFar, raised, reduce } from "./exponentials";
import { add, addLanes, clear, ROW_BYTES } from "./total";

/** Sum of e^(x - center), in total 0 of each tile's row. */
export function expSum(x: usize, n: i32, center: f64, out: usize): void {
  for (let row = 0; row < n; row += TILE_ROWS, out += ROW_BYTES) tile(x + (<usize>row << 3), min(n - row, TILE_ROWS), center, out);
}

function tile(x: usize, n: i32, center: f64, out: usize): void {
  clear(out);
  const c = f64x2.splat(center);
  const end = x + (<usize>(n & ~1) << 3);
  while (x < end) {
    const bytes = min(<usize>BLOCK_BYTES, end - x);
    let largest = f64x2.splat(0), total = largest;
    for (let q: usize = 0; q < bytes; q += 16) largest = reduce(f64x2.sub(v128.load(x + q), c), q, largest);
    if (isFar(largest)) for (let q: usize = 0; q < bytes; q += 16) total = f64x2.add(total, exp(f64x2.sub(v128.load(x + q), c)));
    else {
      // Two at a time: 0.97 to 0.94 ns a row.
      let q: usize = 0;
      for (; q + 32 <= bytes; q += 32) total = f64x2.add(total, f64x2.add(raised(q), raised(q + 16)));
      if (q < bytes) total = f64x2.add(total, raised(q));
    }
    addLanes(out, 0, total);
    x += bytes;
  }
  if (n & 1) add(out, 0, f64x2.extract_lane(exp(f64x2.sub(v128.load64_splat(x), c)), 0));
}
