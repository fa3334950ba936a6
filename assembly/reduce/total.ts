import { TOTALS } from "../layout";

// One tile's row of totals in memory: TOTALS pairs (high, low), added to with Knuth's TwoSum (TAOCP 2, 4.2.2), so that what a block
// adds loses nothing in the tile.

export const ROW_BYTES: usize = TOTALS * 16;

/** Zeroes a row. */
export function clear(row: usize): void {
  memory.fill(row, 0, ROW_BYTES);
}

/** Adds a number to total `i` of the row. */
export function add(row: usize, i: i32, value: f64): void {
  const at = row + (<usize>i << 4);
  const high = load<f64>(at);
  const sum = high + value;
  const part = sum - high;
  store<f64>(at, sum);
  store<f64>(at, load<f64>(at, 8) + (high - (sum - part) + (value - part)), 8);
}

/** Adds both lanes to total `i` of the row, lane 0 first. */
// @ts-ignore: decorator
@inline export function addLanes(row: usize, i: i32, lanes: v128): void {
  add(row, i, f64x2.extract_lane(lanes, 0));
  add(row, i, f64x2.extract_lane(lanes, 1));
}

/** Adds half of every total of another row. */
export function addHalf(row: usize, other: usize): void {
  for (let i = 0; i < TOTALS; i++) {
    add(row, i, 0.5 * load<f64>(other + (<usize>i << 4)));
    add(row, i, 0.5 * load<f64>(other + (<usize>i << 4), 8));
  }
}
