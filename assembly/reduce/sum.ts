import { exp } from "../lanes/exp";
import { log, logOfStored } from "../lanes/log";
import { TILE_ROWS, TOTALS } from "../layout";
import { BLOCK_BYTES, isFar, raised, reduce } from "./exponentials";
import { exponent, LN2_HIGH, LN2_LOW, mantissa } from "./product";
import { add, addHalf, addLanes, clear, ROW_BYTES } from "./total";
import { Kernel } from "./kernel";

// The loops over n. A tile is cut into blocks; a block's sums stay in registers, then go into the tile's compensated row.
// One row of totals per tile leaves: [sum of log factor, s0, s1, …], unweighted or weighted.

// A block is short enough that 256 additions in a chain lose 8 bits at most, and that 256 mantissas cannot overflow a product.

/** A light kernel without factor adds eight rows among themselves first, so its blocks are longer: squares 0.188 to 0.179 ns a row. */
const LIGHT_BLOCK_BYTES: i32 = 2048 * 8;

/** The kernel's variate is the column itself. */
@unmanaged @final export class Identity {
  /** Address of the variates of the rows from x to stop. */
  @inline block(x: usize, stop: usize, k: Kernel): usize { return x; }
}

const LOGARITHMS = memory.data(LIGHT_BLOCK_BYTES, 16);

/**
 * The kernel's variate is log(unit x); the unit is a power of two near 1/x, so that the logarithm is small and exact to its ulp. A block of
 * logarithms is written to L1 first: one loop with log and the kernel in it waits for both chains (gumbel 7.2 ns a row against 5.3).
 */
@unmanaged @final export class Log {
  @inline block(x: usize, stop: usize, k: Kernel): usize {
    const bytes = stop - x;
    for (let q: usize = 0; q < bytes; q += 16) {
      v128.store(LOGARITHMS + q, f64x2.mul(v128.load(x + q), v128.load64_splat(changetype<usize>(k), offsetof<Kernel>("unit"))));
    }
    for (let q: usize = 0; q < bytes; q += 16) v128.store(LOGARITHMS + q, logOfStored(LOGARITHMS + q));
    return LOGARITHMS;
  }
}

/** Every row counts once: log factors are summed as the logarithm of a product. */
@unmanaged @final class Once {
  @inline once(): void {}
  @inline of(summand: v128, w: usize): v128 { return summand; }
}

/** Every row counts as often as its weight at `w` says. */
@unmanaged @final class Weighted {
  @inline of(summand: v128, w: usize): v128 { return f64x2.mul(v128.load(w), summand); }
}

/** Totals of n rows from `x`, one row of totals per tile from `out`. */
// @ts-ignore: decorator
@inline export function sum<K extends Kernel, V>(k: K, x: usize, n: i32, out: usize): void {
  for (let row = 0; row < n; row += TILE_ROWS, out += ROW_BYTES) {
    tile<K, V, Once>(k, x + (<usize>row << 3), 0, min(n - row, TILE_ROWS), out);
  }
}

/** The same with a weight for each row. */
// @ts-ignore: decorator
@inline export function weightedSum<K extends Kernel, V>(k: K, x: usize, w: usize, n: i32, out: usize): void {
  for (let row = 0; row < n; row += TILE_ROWS, out += ROW_BYTES) {
    tile<K, V, Weighted>(k, x + (<usize>row << 3), w + (<usize>row << 3), min(n - row, TILE_ROWS), out);
  }
}

const VARIATES = memory.data(BLOCK_BYTES, 16);
const CORES = memory.data(BLOCK_BYTES, 16);
const PAIR = memory.data(16, 16);
const PAIR_WEIGHTS = memory.data(16, 16);
const PAIR_TOTALS = memory.data(16 * TOTALS, 16);

// @ts-ignore: decorator
@inline function four(a: v128, b: v128, c: v128, d: v128): v128 {
  return f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
}

function tile<K extends Kernel, V, W>(k: K, x: usize, w: usize, n: i32, out: usize): void {
  clear(out);
  const weight = changetype<W>(0);
  const end = x + (<usize>(n & ~1) << 3);
  let product = f64x2.splat(1), exponents = i64x2.splat(0);
  while (x < end) {
    const light = isDefined(k.light) && isDefined(weight.once) && !isDefined(k.factor);
    const bytes = min(<usize>(light ? LIGHT_BLOCK_BYTES : BLOCK_BYTES), end - x);
    let p = changetype<V>(0).block(x, x + bytes, k);
    const stop = p + bytes;
    x += bytes;
    let a0 = f64x2.splat(0), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0, a8 = a0, a9 = a0, a10 = a0, logs = a0;
    if (isDefined(k.light) && isDefined(weight.once)) {
      if (isDefined(k.s2)) ERROR("A light kernel has s0 and s1 only.");
      // A kernel of a few operations waits for its own additions (4 cycles each): eight rows are added among themselves first.
      // 0.45 to 0.25 ns a row for the squares.
      for (; p + 64 <= stop; p += 64) {
        const z0 = k.at(v128.load(p));
        const z1 = k.at(v128.load(p, 16));
        const z2 = k.at(v128.load(p, 32));
        const z3 = k.at(v128.load(p, 48));
        if (isDefined(k.factor)) {
          const f0 = k.factor(z0, z0), f1 = k.factor(z1, z1), f2 = k.factor(z2, z2), f3 = k.factor(z3, z3);
          const product01 = f64x2.mul(mantissa(f0), mantissa(f1)), product23 = f64x2.mul(mantissa(f2), mantissa(f3));
          product = f64x2.mul(product, f64x2.mul(product01, product23));
          const exponent01 = i64x2.add(exponent(f0), exponent(f1)), exponent23 = i64x2.add(exponent(f2), exponent(f3));
          exponents = i64x2.add(exponents, i64x2.add(exponent01, exponent23));
        }
        if (isDefined(k.s0)) a0 = f64x2.add(a0, four(k.s0(z0, z0), k.s0(z1, z1), k.s0(z2, z2), k.s0(z3, z3)));
        if (isDefined(k.s1)) a1 = f64x2.add(a1, four(k.s1(z0, z0), k.s1(z1, z1), k.s1(z2, z2), k.s1(z3, z3)));
      }
    }
    if (isDefined(k.pairs) && isDefined(weight.once)) {
      if (isDefined(k.s7)) ERROR("A kernel of pairs has s0 to s6 only.");
      // Two vectors at once halve the chains of additions and of products: Student t 1.53 to 1.40 ns a row.
      for (; p + 32 <= stop; p += 32) {
        const y = k.at(v128.load(p)), z = k.at(v128.load(p, 16));
        const t = k.core(y), u = k.core(z);
        if (isDefined(k.factor)) {
          const f = k.factor(y, t), g = k.factor(z, u);
          product = f64x2.mul(product, f64x2.mul(mantissa(f), mantissa(g)));
          exponents = i64x2.add(exponents, i64x2.add(exponent(f), exponent(g)));
        }
        if (isDefined(k.s0)) a0 = f64x2.add(a0, f64x2.add(k.s0(y, t), k.s0(z, u)));
        if (isDefined(k.s1)) a1 = f64x2.add(a1, f64x2.add(k.s1(y, t), k.s1(z, u)));
        if (isDefined(k.s2)) a2 = f64x2.add(a2, f64x2.add(k.s2(y, t), k.s2(z, u)));
        if (isDefined(k.s3)) a3 = f64x2.add(a3, f64x2.add(k.s3(y, t), k.s3(z, u)));
        if (isDefined(k.s4)) a4 = f64x2.add(a4, f64x2.add(k.s4(y, t), k.s4(z, u)));
        if (isDefined(k.s5)) a5 = f64x2.add(a5, f64x2.add(k.s5(y, t), k.s5(z, u)));
        if (isDefined(k.s6)) a6 = f64x2.add(a6, f64x2.add(k.s6(y, t), k.s6(z, u)));
      }
    }
    if (isDefined(k.exponent)) {
      // What the core waits for goes ahead: gumbel 1.82 to 1.55 ns a row, logistic 2.51 to 2.2 (Node 20).
      let largest = f64x2.splat(0);
      for (let q: usize = 0; q < bytes; q += 16) {
        const z = k.at(v128.load(p + q));
        v128.store(VARIATES + q, z);
        largest = reduce(k.exponent(z), q, largest);
      }
      if (isFar(largest)) for (let q: usize = 0; q < bytes; q += 16) v128.store(CORES + q, exp(k.exponent(v128.load(VARIATES + q))));
      else for (let q: usize = 0; q < bytes; q += 16) v128.store(CORES + q, raised(q));
    }
    for (let q: usize = 0; p < stop; p += 16, q += 16, w += 16) {
      const z = isDefined(k.exponent) ? v128.load(VARIATES + q) : k.at(v128.load(p));
      const u = isDefined(k.exponent) ? v128.load(CORES + q) : k.core(z);
      if (isDefined(k.factor)) {
        const factor = k.factor(z, u);
        if (isDefined(weight.once)) {
          // A factor in [1, 2] needs no splitting: 256 of them stay below 2^257.
          product = f64x2.mul(product, isDefined(k.bounded) ? factor : mantissa(factor));
          if (!isDefined(k.bounded)) exponents = i64x2.add(exponents, exponent(factor));
        } else logs = f64x2.add(logs, weight.of(log(factor), w));
      }
      if (isDefined(k.s0)) a0 = f64x2.add(a0, weight.of(k.s0(z, u), w));
      if (isDefined(k.s1)) a1 = f64x2.add(a1, weight.of(k.s1(z, u), w));
      if (isDefined(k.s2)) a2 = f64x2.add(a2, weight.of(k.s2(z, u), w));
      if (isDefined(k.s3)) a3 = f64x2.add(a3, weight.of(k.s3(z, u), w));
      if (isDefined(k.s4)) a4 = f64x2.add(a4, weight.of(k.s4(z, u), w));
      if (isDefined(k.s5)) a5 = f64x2.add(a5, weight.of(k.s5(z, u), w));
      if (isDefined(k.s6)) a6 = f64x2.add(a6, weight.of(k.s6(z, u), w));
      if (isDefined(k.s7)) a7 = f64x2.add(a7, weight.of(k.s7(z, u), w));
      if (isDefined(k.s8)) a8 = f64x2.add(a8, weight.of(k.s8(z, u), w));
      if (isDefined(k.s9)) a9 = f64x2.add(a9, weight.of(k.s9(z, u), w));
      if (isDefined(k.s10)) a10 = f64x2.add(a10, weight.of(k.s10(z, u), w));
    }
    if (isDefined(k.factor)) addLanes(out, 0, logs);
    if (isDefined(k.s0)) addLanes(out, 1, a0);
    if (isDefined(k.s1)) addLanes(out, 2, a1);
    if (isDefined(k.s2)) addLanes(out, 3, a2);
    if (isDefined(k.s3)) addLanes(out, 4, a3);
    if (isDefined(k.s4)) addLanes(out, 5, a4);
    if (isDefined(k.s5)) addLanes(out, 6, a5);
    if (isDefined(k.s6)) addLanes(out, 7, a6);
    if (isDefined(k.s7)) addLanes(out, 8, a7);
    if (isDefined(k.s8)) addLanes(out, 9, a8);
    if (isDefined(k.s9)) addLanes(out, 10, a9);
    if (isDefined(k.s10)) addLanes(out, 11, a10);
    exponents = i64x2.add(exponents, i64x2.sub(exponent(product), i64x2.splat(1023)));
    product = mantissa(product);
  }
  if (isDefined(k.factor) && isDefined(weight.once)) {
    const biases = isDefined(k.bounded) ? 0 : 1023 * <i64>(n & ~1);
    const power = <f64>(i64x2.extract_lane(exponents, 0) + i64x2.extract_lane(exponents, 1) - biases);
    add(out, 0, power * LN2_HIGH);
    add(out, 0, power * LN2_LOW);
    addLanes(out, 0, log(product));
  }
  if (n & 1) {
    // The last row, taken twice and halved: exact, and no kernel needs a tail.
    v128.store(PAIR, v128.load64_splat(x));
    if (!isDefined(weight.once)) v128.store(PAIR_WEIGHTS, v128.load64_splat(w));
    tile<K, V, W>(k, PAIR, PAIR_WEIGHTS, 2, PAIR_TOTALS);
    addHalf(out, PAIR_TOTALS);
  }
}
