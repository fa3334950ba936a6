// sin(x) and cos(x) for two doubles, by a table of the circle (Tang 1991, "Table-lookup algorithms for elementary functions"):
//
//   k = round(64 x / pi),  x = k pi/64 + r + l,  |r| <= pi/128,   S + C i = exp(i k pi/64)
//   sin x = S + (C (r + l + r^3 s(r^2)) + S r^2 c(r^2)),   cos x = sin(x + 32 pi/64)
//
// pi/64 is taken off in four parts (Cody and Waite 1980), the first three with so few bits that their products with k are exact; where
// sin x is small, S = 0, C = 1 or -1, and r keeps a relative error of 2^-60 beside every multiple of pi. Past |x| = 1e5: payneHanek.ts.
//
// Error <= 1.6 ulp, the most in the rows beside S = 0 (0.5 ulp of it the double C, and the product with it); 0.5 at the multiples of
// pi/2. 2.3 ns a row on Node 20, 2.2 on Node 26, where exp takes 1.1: a table for the whole circle, so that no
// polynomial is computed in vain.

import { constant } from "./constant";
import { farAngle } from "./payneHanek";
import { SIN_RESTS, SIN_ROWS } from "./sinTable";

const LIMIT = memory.data<f64>([1e5]);
const ROWS_PER_RADIAN = memory.data<f64>([20.371832715762604]);
// Adding 1.5 * 2^52 rounds to an integer and leaves it in the low bits.
const ROUND = memory.data<f64>([6755399441055744.0]);
const STEP_1 = memory.data<f64>([0.049087385210441425]);
const STEP_2 = memory.data<f64>([1.8990939056788905e-12]);
const STEP_3 = memory.data<f64>([2.6042946616406945e-21]);
const STEP_4 = memory.data<f64>([3.970799612543712e-31]);
// Interpolation at Chebyshev nodes in r^2: (sin r / r - 1)/r^2 and (cos r - 1)/r^2 to 2^-65 and 2^-63 of the result.
const S3 = memory.data<f64>([-0.16666666666666666]);
const S5 = memory.data<f64>([0.008333333332769716]);
const S7 = memory.data<f64>([-0.00019841020588760112]);
const C2 = memory.data<f64>([-0.49999999999999983]);
const C4 = memory.data<f64>([0.041666666661594125]);
const C6 = memory.data<f64>([-0.001388866456193756]);

// @ts-ignore: decorator
@inline export function sin(x: v128): v128 {
  const size = f64x2.abs(x);
  const y = i64x2.bitmask(f64x2.le(size, constant(LIMIT))) == 3 ? near(size, 0) : far(size, 0);
  // sin |x| with the sign of x: -0 stays -0.
  return v128.xor(y, v128.xor(x, size));
}

// @ts-ignore: decorator
@inline export function cos(x: v128): v128 {
  const size = f64x2.abs(x);
  return i64x2.bitmask(f64x2.le(size, constant(LIMIT))) == 3 ? near(size, 32) : far(size, 32);
}

/** sin(x + quarter pi/64), x <= 1e5. */
// @ts-ignore: decorator
@inline function near(x: v128, quarter: i32): v128 {
  const shifted = f64x2.add(f64x2.mul(x, constant(ROWS_PER_RADIAN)), constant(ROUND));
  const k = f64x2.sub(shifted, constant(ROUND));
  const a = f64x2.sub(x, f64x2.mul(k, constant(STEP_1)));
  const b = f64x2.mul(k, constant(STEP_2));
  const c = f64x2.sub(a, b);
  const d = f64x2.mul(k, constant(STEP_3));
  const r = f64x2.sub(c, d);
  // What the two differences lost, and the last part.
  const l = f64x2.add(f64x2.sub(f64x2.sub(c, r), d), f64x2.sub(f64x2.sub(f64x2.sub(a, c), b), f64x2.mul(k, constant(STEP_4))));
  return rotate(r, l, i32x4.extract_lane(shifted, 0) + quarter, i32x4.extract_lane(shifted, 2) + quarter);
}

/** Some row past 1e5, infinite or NaN. */
function far(x: v128, quarter: i32): v128 {
  return f64x2.replace_lane(
    f64x2.splat(farRow(f64x2.extract_lane(x, 0), quarter)),
    1,
    farRow(f64x2.extract_lane(x, 1), quarter),
  );
}

function farRow(x: f64, quarter: i32): f64 {
  if (!(x < Infinity)) return NaN;
  if (x <= 1e5) return f64x2.extract_lane(near(f64x2.splat(x), quarter), 0);
  const angle = farAngle(x);
  const r = f64x2.extract_lane(angle, 0);
  // k rides on the last bits of the tail.
  const l = f64x2.extract_lane(angle, 1);
  const k = <i32>(reinterpret<i64>(l) & 127) + quarter;
  return f64x2.extract_lane(rotate(f64x2.splat(r), f64x2.splat(l), k, k), 0);
}

/** sin(k pi/64 + r + l), k = i and j. */
// @ts-ignore: decorator
@inline function rotate(r: v128, l: v128, i: i32, j: i32): v128 {
  const a = row(i);
  const b = row(j);
  const s = v128.shuffle<u64>(a, b, 0, 2);
  const c = v128.shuffle<u64>(a, b, 1, 3);
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const odd = f64x2.add(f64x2.add(constant(S3), f64x2.mul(r2, constant(S5))), f64x2.mul(r4, constant(S7)));
  const even = f64x2.add(f64x2.add(constant(C2), f64x2.mul(r2, constant(C4))), f64x2.mul(r4, constant(C6)));
  const p = f64x2.add(r, f64x2.add(l, f64x2.mul(f64x2.mul(r, r2), odd)));
  const q = f64x2.add(rests(i, j), f64x2.mul(f64x2.mul(s, r2), even));
  return f64x2.add(s, f64x2.add(f64x2.mul(c, p), q));
}

// @ts-ignore: decorator
@inline function row(k: i32): v128 {
  return v128.load(<usize>(k & 127) << 4, SIN_ROWS);
}

// @ts-ignore: decorator
@inline function rests(i: i32, j: i32): v128 {
  return v128.load_lane<u64>(<usize>(j & 127) << 3, v128.load_zero<u64>(<usize>(i & 127) << 3, SIN_RESTS), 1, SIN_RESTS);
}
