// Integers collapse to (value, count): what follows costs the number of distinct values, not n.

/**
 * Adds 1, or the weight at `w` where that is not 0, to bins[x - origin] for n rows; returns how many rows are not integers. Rows lie in
 * [origin, origin + bins).
 */
export function histogram(x: usize, w: usize, n: i32, origin: f64, bins: usize): i32 {
  let fractions = 0;
  for (let i = 0; i < n; i++) {
    const value = load<f64>(x + (<usize>i << 3)) - origin;
    const bin = <u32>value;
    if (<f64>bin != value) {
      fractions++;
      continue;
    }
    const at = bins + (<usize>bin << 3);
    store<f64>(at, load<f64>(at) + (w ? load<f64>(w + (<usize>i << 3)) : 1));
  }
  return fractions;
}
