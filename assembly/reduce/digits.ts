// Selection without a copy: a radix histogram over the order-preserving bits of doubles, 16 bits at a time from the top.
// Four passes name any order statistic exactly, weighted or not, whatever the distribution.

/** Bits as an unsigned integer in the doubles' order: negative numbers are inverted, the sign of the others is set. */
// @ts-ignore: decorator
@inline function ordered(bits: u64): u64 {
  return bits ^ (<u64>(<i64>bits >> 63) | 0x8000000000000000);
}

/**
 * Counts, for the rows whose leading 16 * level bits equal `prefix` (an integer below 2^48), the next 16 bits into 65,536 bins of
 * doubles. `w` is the address of the weights, or 0.
 */
export function digits(x: usize, w: usize, n: i32, level: i32, prefix: f64, bins: usize): void {
  const head = <u64>prefix;
  const shift: u64 = 48 - 16 * level;
  for (let i = 0; i < n; i++) {
    const key = ordered(load<u64>(x + (<usize>i << 3)));
    // A shift by 64 is a shift by 0 in wasm, so the top level has no prefix to compare.
    if (level > 0 && key >> (shift + 16) != head) continue;
    const at = bins + (<usize>((key >> shift) & 0xffff) << 3);
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
