import { exp } from "./elementary.ts";
import { cos, sin } from "./trig.ts";

// P(Σ weight χ²₁ > x), weights >= 0: the transform Π (1 + 2 weight s)^(-1/2) / s of the cdf has its singularities on s <= 0 alone, so
// Laplace's inversion along the parabola of Weideman & Trefethen (2007, Math. Comp. 76, 1341), with N midpoints, is exact to 2.85^-N of
// the largest term, e^(0.13 N): 1e-13 absolute.

const PI = 3.141592653589793;
const POINTS = 32;
const SHIFT = 0.1309;
const BEND = 0.1194;
const RISE = 0.25;

/** The upper tail at x of a sum of independent χ²₁ with these weights, which are not all 0. */
export function weightedChiSquaresUpper(x: number, weights: readonly number[]): number {
  if (!(x > 0)) return Number.isNaN(x) ? Number.NaN : 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  let sum = 0;
  // The points of the lower half plane are the conjugates of these.
  for (let k = 0; k < POINTS / 2; k++) {
    const angle = ((2 * k + 1) * PI) / POINTS;
    const [re, im] = [POINTS * (SHIFT - BEND * angle * angle), POINTS * RISE * angle];
    const [slopeRe, slopeIm] = [-2 * POINTS * BEND * angle, POINTS * RISE];
    // 1 / (s Π sqrt(1 + 2 weight s)), s = z / x.
    let [a, b] = [re, im];
    for (const weight of weights) {
      const [u, v] = [1 + (2 * weight * re) / x, (2 * weight * im) / x];
      const size = Math.sqrt(u * u + v * v);
      const rootIm = Math.sqrt((size - u) / 2);
      // The root of the half plane Re > 0, without the cancellation of size + u where u < 0.
      const rootRe = u > 0 ? Math.sqrt((size + u) / 2) : v / (2 * rootIm);
      const im2 = u > 0 ? v / (2 * rootRe) : rootIm;
      [a, b] = [a * rootRe - b * im2, a * im2 + b * rootRe];
    }
    // Im of e^z z' / (a + b i): the sum over both half planes is twice it, over 2 i.
    const [p, q] = [slopeRe * cos(im) - slopeIm * sin(im), slopeRe * sin(im) + slopeIm * cos(im)];
    sum += (exp(re) * (q * a - p * b)) / (a * a + b * b);
  }
  return Math.min(1, Math.max(0, 1 - (2 * sum) / POINTS));
}
