/**
 * The law of Cramér and von Mises' W² of n values of a known continuous distribution.
 * S. Csörgő & J. J. Faraway, "The exact and asymptotic distributions of Cramér-von Mises statistics", JRSS B 58, 1996: the limit (1.3) with
 * its correction of order 1/n (1.10). Their error is O(1/n²).
 */
import { exp } from "./elementary.ts";
import { gammaQ } from "./incompleteGamma.ts";

const PI = 3.141592653589793;
const SQRT2 = 1.4142135623730951;

/** P(W² > w) for n values. */
export function cramerVonMisesUpper(n: number, w: number): number {
  if (w <= 1 / (12 * n)) return 1;
  if (w >= n / 3) return 0;
  // Where 1 - p has no digits left: the largest of the weights 1/(πj)² rules, P ~ c P(Z²/π² > w), c = √2 Π (1 - 1/j²)^(-1/2) ….
  const upper = 1 - (limit(w) * (1 + 1 / (12 * n)) + firstOrder(w) / n);
  return w > 3 ? SQRT2 * gammaQ(0.5, (PI * PI * w) / 2) : Math.min(1, Math.max(0, upper));
}

/** Σ_k of terms that fall fast, until they no longer count. */
function series(term: (k: number, gammaRatio: number) => number): number {
  let sum = 0;
  // Γ(k + ½)/k!.
  let ratio = Math.sqrt(PI);
  for (let k = 0; k < 200; k++) {
    const next = sum + term(k, ratio);
    if (next === sum && k > 0) break;
    sum = next;
    ratio *= (k + 0.5) / (k + 1);
  }
  return sum;
}

function limit(x: number): number {
  const scale = 1 / (PI * Math.sqrt(PI) * Math.sqrt(x));
  return series((k, ratio) => {
    const y = 4 * k + 1;
    const q = (y * y) / (16 * x);
    return scale * ratio * Math.sqrt(y) * exp(-2 * q) * besselKScaled(0.25, q);
  });
}

function firstOrder(x: number): number {
  const s = 2 * Math.sqrt(x);
  const root = Math.sqrt(Math.sqrt(x));
  const [y1, y2] = [root * root * root, root * root * root * root * root];
  return series((k, ratio) => {
    const m = 2 * k + 1;
    const a = (m * d2((4 * k + 3) / s)) / (9 * y1);
    const b = d3((4 * k + 1) / s) / (72 * y2);
    const c = ((m + 2) * (k + 0.5) * d3((4 * k + 5) / s)) / (6 * y2);
    const d = (7 * m * (d2((4 * k + 1) / s) + d2((4 * k + 5) / s))) / (144 * y1);
    return (-ratio * (a + b + c + d)) / PI;
  });
}

/** e^(-y²/4) D_(3/2)-like combinations of Bessel functions, their (1.9). */
function d2(y: number): number {
  const z = (y * y) / 4;
  const half = y / 2;
  return (exp(-2 * z) * half * Math.sqrt(half) * (besselKScaled(0.25, z) + besselKScaled(0.75, z))) / Math.sqrt(PI);
}

function d3(y: number): number {
  const z = (y * y) / 4;
  const half = y / 2;
  const bessel = 2 * besselKScaled(0.25, z) + 3 * besselKScaled(0.75, z) - besselKScaled(1.25, z);
  return (exp(-2 * z) * half * half * Math.sqrt(half) * bessel) / Math.sqrt(PI);
}

/**
 * e^z K_nu(z) = ∫ e^(-z (cosh t - 1)) cosh(nu t) dt over t > 0 by the trapezoidal rule, which converges geometrically for an integrand that
 * falls doubly exponentially (Trefethen & Weideman, SIAM Review 56, 2014).
 */
export function besselKScaled(nu: number, z: number): number {
  // The integrand is as wide as 1/√z where z is large.
  const step = Math.min(0.1, 0.25 / Math.sqrt(z));
  let sum = 0.5;
  for (let i = 1; i < 10_000; i++) {
    const e = exp(i * step);
    const inverse = 1 / e;
    const lift = exp(nu * i * step);
    const value = exp(-z * (0.5 * (e + inverse) - 1)) * 0.5 * (lift + 1 / lift);
    sum += value;
    if (value < 1e-18 * sum) break;
  }
  return step * sum;
}
