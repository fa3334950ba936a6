import { log } from "../lanes/log";
import { TILE_ROWS } from "../layout";
import { exponent, LN2_HIGH, LN2_LOW, mantissa } from "./product";
import { add, addLanes, clear, ROW_BYTES } from "./total";

// One look at a column before any kernel sees it: sum, smallest, largest; of columns that should be positive the sum of logarithms too,
// which is the logarithm of a product here and costs less than reading the column again. A NaN shows in the sum, an infinity in the
// extremes. pmin and pmax are one instruction each where min and max are six (V8, x86-64): they pass over NaN, which the sum does not.

@unmanaged @final class Plain {}
@unmanaged @final class Logs {
  @inline logs(): void {}
}

/** Row of a tile: total 0 the sum, then smallest and largest at doubles 2 and 3. */
export function scan(x: usize, n: i32, out: usize): void {
  tiles<Plain>(x, n, out);
}

/** The same, and total 2 the sum of logarithms, which means something where the smallest value is positive and normal. */
export function scanLogs(x: usize, n: i32, out: usize): void {
  tiles<Logs>(x, n, out);
}

// @ts-ignore: decorator
@inline function tiles<L>(x: usize, n: i32, out: usize): void {
  for (let row = 0; row < n; row += TILE_ROWS, out += ROW_BYTES) tile<L>(x + (<usize>row << 3), min(n - row, TILE_ROWS), out);
}

function tile<L>(x: usize, n: i32, out: usize): void {
  clear(out);
  const look = changetype<L>(0);
  const first = v128.load64_splat(x);
  let low0 = first, low1 = first, high0 = first, high1 = first;
  let product = f64x2.splat(1), exponents = i64x2.splat(0);
  let factors: i64 = 0;
  const end = x + (<usize>n << 3);
  while (x + 64 <= end) {
    const stop = min(x + 4096, x + ((end - x) & ~63));
    let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
    factors += <i64>((stop - x) >> 3);
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
      if (isDefined(look.logs)) {
        const ab = f64x2.mul(mantissa(a), mantissa(b)), cd = f64x2.mul(mantissa(c), mantissa(d));
        product = f64x2.mul(product, f64x2.mul(ab, cd));
        exponents = i64x2.add(exponents, i64x2.add(i64x2.add(exponent(a), exponent(b)), i64x2.add(exponent(c), exponent(d))));
      }
    }
    if (isDefined(look.logs)) {
      exponents = i64x2.add(exponents, i64x2.sub(exponent(product), i64x2.splat(1023)));
      product = mantissa(product);
    }
    addLanes(out, 0, f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
  }
  for (; x < end; x += 8) {
    const value = v128.load64_splat(x);
    add(out, 0, load<f64>(x));
    low0 = f64x2.pmin(low0, value);
    high0 = f64x2.pmax(high0, value);
    if (isDefined(look.logs)) add(out, 2, f64x2.extract_lane(log(value), 0));
  }
  if (isDefined(look.logs)) {
    const power = <f64>(i64x2.extract_lane(exponents, 0) + i64x2.extract_lane(exponents, 1) - 1023 * factors);
    add(out, 2, power * LN2_HIGH);
    add(out, 2, power * LN2_LOW);
    addLanes(out, 2, log(product));
  }
  const low = f64x2.pmin(low0, low1), high = f64x2.pmax(high0, high1);
  store<f64>(out, min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1)), 16);
  store<f64>(out, max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1)), 24);
}
