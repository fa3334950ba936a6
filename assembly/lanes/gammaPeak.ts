// The Poisson mass at its mean, T(a) = a^a exp(-a)/Γ(a + 1), and its logarithm's slope log a - ψ(a + 1), for a > 0:
//
//   a < 1          exp(a log a - a - log Γ(1 + a)),  log Γ(1 + a)/a a polynomial, its derivative taken along with it
//   a < 16         exp(-μ(a))/√(2πa),  Binet's μ a polynomial on each octave
//   a >= 16        the same, μ by Stirling's series with 8 terms (DLMF 5.11.1), 2^-63
//
// Everything that Γ adds to the incomplete gamma and beta functions goes through T, so that no two large logarithms meet.
// Error 2.4 ulp, the slope's 4.3 ulp.

import { BINET, BINET_LARGE, LGAMMA1P, PSI_LARGE } from "./gammaSeries";
import { expOf, logOf } from "./scalar";

const TWO_PI: f64 = 6.283185307179586;

/** log a - ψ(a + 1) of the last `gammaPeak`: never positive. */
export let peakSlope: f64 = 0;

/** The derivative of the last polynomial. */
let derivative: f64 = 0;

/**
 * A polynomial of degree 22 at s: even and odd powers side by side, E(s^2) + s O(s^2), each with its derivative by Horner's rule.
 * One row of 22 steps takes 15 ns more.
 */
function polynomial(at: usize, s: f64): f64 {
  const t = f64x2.splat(s * s);
  let p = v128.load(at);
  let slopes = f64x2.splat(0);
  for (let q: usize = 16; q <= 176; q += 16) {
    slopes = f64x2.add(f64x2.mul(slopes, t), p);
    p = f64x2.add(f64x2.mul(p, t), v128.load(at + q));
  }
  const odd = f64x2.extract_lane(p, 1);
  derivative = 2 * s * (f64x2.extract_lane(slopes, 0) + s * f64x2.extract_lane(slopes, 1)) + odd;
  return f64x2.extract_lane(p, 0) + s * odd;
}

/** Eight coefficients at t. */
function series(at: usize, t: f64): f64 {
  let p = load<f64>(at);
  for (let q: usize = 8; q < 64; q += 8) p = p * t + load<f64>(at + q);
  return p;
}

/** ψ(1 + a) of the last `lgamma1p`. */
export let psi1p: f64 = 0;

/** log Γ(1 + a), 0 <= a <= 1: relative to a. */
export function lgamma1p(a: f64): f64 {
  const p = polynomial(LGAMMA1P, a - 0.5);
  psi1p = p + a * derivative;
  return a * p;
}

/** T(a). */
export function gammaPeak(a: f64): f64 {
  if (a < 1) {
    const logA = logOf(a);
    const logGamma = lgamma1p(a);
    peakSlope = logA - psi1p;
    return expOf(a * logA - a - logGamma);
  }
  let binet: f64;
  if (a < 16) {
    const bits = reinterpret<i64>(a);
    const octave = (<i32>(bits >>> 52)) - 1023;
    const by = reinterpret<f64>(<i64>(1023 - octave) << 52);
    binet = polynomial(BINET + <usize>octave * 192, a * by - 1.5);
    peakSlope = -0.5 / a - derivative * by;
  } else {
    const u = 1 / a;
    const t = u * u;
    binet = u * series(BINET_LARGE, t);
    peakSlope = t * series(PSI_LARGE, t) - 0.5 * u;
  }
  return expOf(-binet) / sqrt(TWO_PI * a);
}
