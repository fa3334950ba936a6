// erf(x) (DLMF 7.2.1) for two doubles: pieces of width 1/8 of erf(|x|), up to 6, from where on it rounds to 1; no branch.
// In the piece of 0, erf(x) = x + x q(x): both sums grow, so neighbours keep their order. Error <= 1.7 ulp,
// at 0.07, where the next piece still cancels. 2.5 ns a row on Node 20 and on 26.

import { constant } from "./constant";
import { ERF_ROWS } from "./erfTable";
import { centres, head, ROW, tail } from "./piece";

const LAST = memory.data<f64>([6]);
const LAST_ROW = memory.data<u64>([48]);
const HALF_PIECE = memory.data<f64>([0.0625]);
// Adding 1.5 * 2^49 rounds to eighths and leaves their number in the low bits.
const ROUND = memory.data<f64>([844424930131968]);

// @ts-ignore: decorator
@inline export function erf(x: v128): v128 {
  const size = f64x2.abs(x);
  const y = f64x2.pmin(size, constant(LAST));
  // The minimum is for NaN, whose low bits are any.
  const k = i32x4.min_u(f64x2.add(y, constant(ROUND)), constant(LAST_ROW));
  const a = ERF_ROWS + ROW * <usize>i32x4.extract_lane(k, 0);
  const b = ERF_ROWS + ROW * <usize>i32x4.extract_lane(k, 2);
  const exact = v128.or(head(a, b), v128.and(y, f64x2.le(y, constant(HALF_PIECE))));
  return v128.or(f64x2.add(exact, tail(f64x2.sub(y, centres(a, b)), a, b)), v128.xor(x, size));
}
