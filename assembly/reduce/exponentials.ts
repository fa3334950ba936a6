import { expOfReduced, LIMIT, remainder, shiftedRow } from "../lanes/exp";
import { constant } from "../lanes/constant";

// e^y of a block of rows in two loops through L1, each a short chain of operations, so that more rows are in flight than where one loop goes
// all the way; and the row of exp's table is read as a byte of what the first loop stored, which spares its extraction from a vector.
// Measured on 2^20 rows, summed: 0.96 ns a row, 1.11 in one loop (Node 20); 0.97 and 1.13 (Node 26).

/** Most bytes of a block. */
export const BLOCK_BYTES: i32 = 512 * 8;

const SHIFTED = memory.data(BLOCK_BYTES, 16);
const REMAINDERS = memory.data(BLOCK_BYTES, 16);

/** First loop, a vector of exponents at offset q of the block; returns the larger of |y| and `largest`. */
// @ts-ignore: decorator
@inline export function reduce(y: v128, q: usize, largest: v128): v128 {
  const shifted = shiftedRow(y);
  v128.store(SHIFTED + q, shifted);
  v128.store(REMAINDERS + q, remainder(y, shifted));
  return f64x2.pmax(largest, f64x2.abs(y));
}

/** Whether the second loop must take `exp` of the exponents itself. */
// @ts-ignore: decorator
@inline export function isFar(largest: v128): bool {
  return v128.any_true(f64x2.gt(largest, constant(LIMIT)));
}

/** Second loop: e^y of the exponents at offset q. */
// @ts-ignore: decorator
@inline export function raised(q: usize): v128 {
  return expOfReduced(v128.load(REMAINDERS + q), v128.load(SHIFTED + q), load<u8>(SHIFTED + q), load<u8>(SHIFTED + q, 8));
}
