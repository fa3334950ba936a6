import { DIGIT_BITS } from "../layout";

// Selection without a copy: a radix histogram over the order-preserving bits of doubles, DIGIT_BITS at a time from the top.
// Five passes name any order statistic exactly, weighted or not, whatever the distribution.

/** Bits as an unsigned integer in the doubles' order: negative numbers are inverted, the sign of the others is set. */
// @ts-ignore: decorator
@inline function ordered(bits: u64): u64 {
  return bits ^ (<u64>(<i64>bits >> 63) | 0x8000000000000000);
}

/**
 * Counts, for the rows whose leading DIGIT_BITS * level bits equal `prefix` (an integer below 2^52), the next bits into 2^DIGIT_BITS bins of
 * doubles; the last level has the bits that are left. `w` is the address of the weights, or 0.
 */
export function digits(x: usize, w: usize, n: i32, level: i32, prefix: f64, bins: usize): void {
  const head = <u64>prefix;
  const above = 64 - DIGIT_BITS * level;
  const width = min(DIGIT_BITS, above);
  const shift = <u64>(above - width);
  const mask = (<u64>1 << width) - 1;
  for (let i = 0; i < n; i++) {
    const key = ordered(load<u64>(x + (<usize>i << 3)));
    // A shift by 64 is a shift by 0 in wasm, so the top level has no prefix to compare.
    if (level > 0 && key >> <u64>above != head) continue;
    const at = bins + (<usize>((key >> shift) & mask) << 3);
    store<f64>(at, load<f64>(at) + (w ? load<f64>(w + (<usize>i << 3)) : 1));
  }
}

/** The smallest value above `bound`, or Infinity. */
export function next(x: usize, n: i32, bound: f64): f64 {
  let found = Infinity;
  for (let i = 0; i < n; i++) {
    const value = load<f64>(x + (<usize>i << 3));
    if (value > bound && value < found) found = value;
  }
  return found;
}
