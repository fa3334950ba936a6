import { RESAMPLED_ROWS } from "../layout";
import { add } from "./total";

// The Poisson bootstrap (Hanley & MacGibbon 2006, Comput. Methods Programs Biomed. 83; Chamandy et al. 2012, "Estimating uncertainty for
// massive data streams"): in each replicate every row counts w times, w from Poisson(1), independently. Weights are not stored: those of
// replicate b in block k come from a generator of their own, so that a replicate is the same however rows and replicates are cut.

/** Bits compared at a time: eight weights in a vector. */
const BLOCK: usize = RESAMPLED_ROWS * 8;

/**
 * A weight is the number of these that a signed 16-bit number is not below: Poisson(1) in multiples of 2^-16, of which none is off by more
 * than two, rounded so that the first three moments are exactly 1, 2 and 5.
 */
const THRESHOLDS = memory.data<i16>([-8659, 15451, 27506, 31523, 32528, 32729, 32763, 32767]);

/** Weights of a block. */
const WEIGHTS = memory.data(RESAMPLED_ROWS * 8, 16);

/** Finaliser of splitmix64 (Steele, Lea & Flood 2014). */
function mixed(z: u64): u64 {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

// @ts-ignore: decorator
@inline function rotated(x: v128, k: i32): v128 {
  return v128.or(i64x2.shl(x, k), i64x2.shr_u(x, 64 - k));
}

// @ts-ignore: decorator
@inline function convertedLow(w: v128): v128 {
  return f64x2.convert_low_i32x4_s(w);
}

// @ts-ignore: decorator
@inline function convertedHigh(w: v128): v128 {
  return f64x2.convert_low_i32x4_s(v128.shuffle<i64>(w, w, 1, 1));
}

// @ts-ignore: decorator
@inline function pair(key: u64, i: i32): v128 {
  const a = mixed(key + <u64>(2 * i + 1) * 0x9e3779b97f4a7c15), b = mixed(key + <u64>(2 * i + 2) * 0x9e3779b97f4a7c15);
  return i64x2.replace_lane(i64x2.splat(a), 1, b);
}

/**
 * Writes the weights of a block; returns their sum. Two xoshiro256++ side by side (Blackman & Vigna 2021, ACM TOMS 47), seeded by splitmix64
 * from seed, replicate and block.
 */
function draw(seed: u64, replicate: i32, block: i32, to: usize): i32 {
  const key = mixed(mixed(seed + <u64>replicate * 0xd1342543de82ef95) + <u64>block * 0xaf251af3b0f025b5);
  let s0 = pair(key, 0), s1 = pair(key, 1), s2 = pair(key, 2), s3 = pair(key, 3);
  const t0 = v128.load16_splat(THRESHOLDS, 0), t1 = v128.load16_splat(THRESHOLDS, 2);
  const t2 = v128.load16_splat(THRESHOLDS, 4), t3 = v128.load16_splat(THRESHOLDS, 6);
  const t4 = v128.load16_splat(THRESHOLDS, 8), t5 = v128.load16_splat(THRESHOLDS, 10);
  const t6 = v128.load16_splat(THRESHOLDS, 12), t7 = v128.load16_splat(THRESHOLDS, 14);
  let count = i16x8.splat(0);
  for (const end = to + BLOCK; to < end; to += 64) {
    const u = i64x2.add(rotated(i64x2.add(s0, s3), 23), s0);
    const t = i64x2.shl(s1, 17);
    s2 = v128.xor(s2, s0);
    s3 = v128.xor(s3, s1);
    s1 = v128.xor(s1, s2);
    s0 = v128.xor(s0, s3);
    s2 = v128.xor(s2, t);
    s3 = rotated(s3, 45);
    // A comparison that holds is -1.
    const low = i16x8.add(i16x8.add(i16x8.ge_s(u, t0), i16x8.ge_s(u, t1)), i16x8.add(i16x8.ge_s(u, t2), i16x8.ge_s(u, t3)));
    const high = i16x8.add(i16x8.add(i16x8.ge_s(u, t4), i16x8.ge_s(u, t5)), i16x8.add(i16x8.ge_s(u, t6), i16x8.ge_s(u, t7)));
    const w = i16x8.neg(i16x8.add(low, high));
    count = i16x8.add(count, w);
    const a = i32x4.extend_low_i16x8_s(w), b = i32x4.extend_high_i16x8_s(w);
    v128.store(to, convertedLow(a));
    v128.store(to, convertedHigh(a), 16);
    v128.store(to, convertedLow(b), 32);
    v128.store(to, convertedHigh(b), 48);
  }
  const sums = i32x4.extadd_pairwise_i16x8_s(count);
  return i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
}

/** Weights of the rows of a block in one replicate, `rows` of them, a double each. */
export function resampledWeights(seedHigh: i32, seedLow: i32, replicate: i32, block: i32, rows: i32, out: usize): void {
  draw((<u64>seedHigh << 32) | <u64><u32>seedLow, replicate, block, WEIGHTS);
  memory.copy(out, WEIGHTS, <usize>rows << 3);
}

/**
 * Adds to the totals of `replicates` replicates, the first of them number `first`: the weights' sum, then the weighted sum of each of
 * `count` columns, pairs of high and low. The columns hold `rows` rows each and lie `stride` bytes apart; they begin with block `block`.
 * A block of the columns stays in L1 while all replicates take from it.
 */
export function resample(
  seedHigh: i32, seedLow: i32, first: i32, replicates: i32, block: i32,
  columns: usize, stride: usize, count: i32, rows: i32, out: usize,
): void {
  const seed = (<u64>seedHigh << 32) | <u64><u32>seedLow;
  const width = <usize>(count + 1) << 4;
  for (let row = 0; row < rows; row += RESAMPLED_ROWS, block++, columns += BLOCK) {
    const here = min(rows - row, RESAMPLED_ROWS);
    for (let b = 0; b < replicates; b++) {
      const totals = out + <usize>b * width;
      let drawn = draw(seed, first + b, block, WEIGHTS);
      if (here < RESAMPLED_ROWS) {
        memory.fill(WEIGHTS + (<usize>here << 3), 0, <usize>(RESAMPLED_ROWS - here) << 3);
        drawn = 0;
        for (let i = 0; i < here; i++) drawn += <i32>load<f64>(WEIGHTS + (<usize>i << 3));
      }
      add(totals, 0, <f64>drawn);
      let at = columns;
      let k = 0;
      for (; k + 2 <= count; k += 2, at += 2 * stride) addTwo(totals, k + 1, at, at + stride);
      if (k < count) addOne(totals, k + 1, at);
    }
  }
}

/** Two columns share the loads of the weights. */
// @ts-ignore: decorator
@inline function addTwo(totals: usize, k: i32, x: usize, y: usize): void {
  let a = f64x2.splat(0), b = a, c = a, d = a;
  for (let q: usize = 0; q < BLOCK; q += 32) {
    const v = v128.load(WEIGHTS + q), w = v128.load(WEIGHTS + q, 16);
    a = f64x2.add(a, f64x2.mul(v, v128.load(x + q)));
    b = f64x2.add(b, f64x2.mul(w, v128.load(x + q, 16)));
    c = f64x2.add(c, f64x2.mul(v, v128.load(y + q)));
    d = f64x2.add(d, f64x2.mul(w, v128.load(y + q, 16)));
  }
  addSum(totals, k, f64x2.add(a, b));
  addSum(totals, k + 1, f64x2.add(c, d));
}

// @ts-ignore: decorator
@inline function addOne(totals: usize, k: i32, x: usize): void {
  let a = f64x2.splat(0), b = a;
  for (let q: usize = 0; q < BLOCK; q += 32) {
    a = f64x2.add(a, f64x2.mul(v128.load(WEIGHTS + q), v128.load(x + q)));
    b = f64x2.add(b, f64x2.mul(v128.load(WEIGHTS + q, 16), v128.load(x + q, 16)));
  }
  addSum(totals, k, f64x2.add(a, b));
}

// @ts-ignore: decorator
@inline function addSum(totals: usize, k: i32, lanes: v128): void {
  add(totals, k, f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1));
}
