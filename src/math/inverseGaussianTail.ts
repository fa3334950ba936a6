/**
 * Both tails of the inverse Gaussian. With a = sqrt(λ/x) (x/μ - 1) / √2, b = sqrt(λ/x) (x/μ + 1) / √2 (so b² - a² = 2λ/μ),
 *
 *   P(X <= x) = e^(-a²) (erfcx(-a) + erfcx(b)) / 2,   P(X > x) = e^(-a²) (erfcx(a) - erfcx(b)) / 2
 *
 * The textbook form, Φ(-√2 b) times e^(2λ/μ), overflows; G. Giner & G. K. Smyth, "statmod: probability calculations for the inverse
 * Gaussian distribution", R Journal 8, 2016. The difference is erfcx(a) - erfcx(b) = 2/√π ∫ e^(-s² - 2as) (1 - e^(-2(b-a)s)) ds, a positive
 * integrand, where a and b are close.
 */
import { exp, expm1, log } from "./elementary.ts";
import { erfcx } from "./normal.ts";
import { findRoot } from "./roots.ts";
import { integrateTail, logProbability, probability, smallerSide, type Tail } from "./tail.ts";

const SQRT_PI = 1.772453850905516;
const TWO_PI = 6.283185307179586;

/** erfcx(a) - erfcx(a + gap) for a, gap >= 0. */
function difference(a: number, gap: number): number {
  if (gap > 0.5 + 0.5 * a) return erfcx(a) - erfcx(a + gap);
  const integral = integrateTail({
    value: (s) => -s * (s + 2 * a),
    slope: (s) => -2 * (s + a),
    weight: (s) => -expm1(-2 * gap * s),
    curvature: 2,
    end: Infinity,
  });
  return (2 / SQRT_PI) * integral;
}

function tail(x: number, mu: number, lambda: number): Tail {
  const root = Math.sqrt(0.5 * lambda) / Math.sqrt(x);
  const a = (root * (x - mu)) / mu;
  const b = (root * (x + mu)) / mu;
  if (a > 0) return { upper: true, exponent: -a * a, factor: 0.5 * difference(a, 2 * root) };
  const lower = 0.5 * (erfcx(-a) + erfcx(b));
  if (!(exp(-a * a) * lower > 0.5)) return { upper: false, exponent: -a * a, factor: lower };
  // erfcx(a) = 2 e^(a²) - erfcx(-a): all terms are positive.
  return { upper: true, exponent: -a * a, factor: expm1(a * a) + 0.5 * (difference(0, -a) + difference(0, b)) };
}

/** P(X <= x), or P(X > x). */
export function inverseGaussianTail(x: number, mu: number, lambda: number, upper: boolean): number {
  if (!(x > 0) || x === Infinity) return x > 0 === upper ? 0 : 1;
  return probability(tail(x, mu, lambda), upper);
}

/** Their logarithms. */
export function logInverseGaussianTail(x: number, mu: number, lambda: number, upper: boolean): number {
  if (!(x > 0) || x === Infinity) return x > 0 === upper ? -Infinity : 0;
  const root = Math.sqrt(0.5 * lambda) / Math.sqrt(x);
  const a = (root * (x - mu)) / mu;
  // erfcx(a) - erfcx(b) = (b - a) / (√π a b) there, less than the smallest double before long.
  if (upper && a > 1e8) return log(root / SQRT_PI) - a * a - log(a) - log((root * (x + mu)) / mu);
  return logProbability(tail(x, mu, lambda), upper);
}

/** The x with P(X <= x) = p. */
export function inverseGaussianQuantile(p: number, mu: number, lambda: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0 || p === 1) return p === 0 ? 0 : Infinity;
  const { logP, upper } = smallerSide(p, false);
  // In log(x / mu), where both log tails are smooth.
  const excess = (y: number) => (upper ? -1 : 1) * (logProbability(tail(mu * exp(y), mu, lambda), upper) - logP);
  let low = 0;
  let high = 0;
  for (let step = 0.5; excess(low) > 0 && low > -700; step *= 2) low -= step;
  for (let step = 0.5; excess(high) < 0 && high < 700; step *= 2) high += step;
  return mu * exp(low === high ? low : findRoot(excess, low, high));
}

/** log of the density. */
export function logInverseGaussian(x: number, mu: number, lambda: number): number {
  if (!(x > 0) || x === Infinity) return -Infinity;
  const distance = (x - mu) / mu;
  return 0.5 * log(lambda / TWO_PI) - 1.5 * log(x) - 0.5 * lambda * distance * (distance / x);
}
