/**
 * The law of Anderson and Darling's A² of n values of a known continuous distribution.
 * G. Marsaglia & J. Marsaglia, "Evaluating the Anderson-Darling distribution", J. Stat. Softw. 9(2), 2004: the limit by their series, good to
 * all digits but those that 1 - p loses, and their correction for n, good to 5e-6.
 */
import { exp } from "./elementary.ts";
import { normalUpper } from "./normal.ts";
import { polynomial } from "./polynomial.ts";

const PI = 3.141592653589793;
const SQRT2 = 1.4142135623730951;

/** The correction's polynomials in the limit's value, ascending. */
const HIGH = new Float64Array([-130.2137, 745.2337, -1705.091, 1950.646, -1116.36, 255.7844]);
const MIDDLE = new Float64Array([-0.00022633, 6.54034, -14.6538, 14.458, -8.259, 1.91864]);

/** P(A² > a) for n values. */
export function andersonDarlingUpper(n: number, a: number): number {
  const limit = andersonDarlingLimit(a);
  return Math.min(1, Math.max(0, 1 - limit - correction(n, limit)));
}

/** P(A² <= a) as n → ∞. */
export function andersonDarlingLimit(a: number): number {
  if (a < 0.01) return 0;
  // Far beyond, 1 in doubles.
  if (a > 40) return 1;
  let ratio = 1 / a;
  let sum = ratio * term(a, 0);
  for (let j = 1; j < 100; j++) {
    ratio *= (0.5 - j) / j;
    const next = sum + (4 * j + 1) * ratio * term(a, j);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

function term(z: number, j: number): number {
  const t = ((4 * j + 1) * (4 * j + 1) * PI * PI) / (8 * z);
  if (t > 150) return 0;
  let a = ((PI / SQRT2) * exp(-t)) / Math.sqrt(t);
  let b = SQRT2 * PI * Math.sqrt(PI) * normalUpper(Math.sqrt(2 * t));
  let r = z / 8;
  let f = a + b * r;
  for (let i = 1; i < 200; i++) {
    const c = ((i - 0.5 - t) * b + t * a) / i;
    a = b;
    b = c;
    r *= z / (8 * i + 8);
    const next = f + c * r;
    if (next === f || Math.abs(r) < 1e-40 || Math.abs(c) < 1e-40) break;
    f = next;
  }
  return f;
}

/** What n adds to the limit's x. */
function correction(n: number, x: number): number {
  if (x > 0.8) return polynomial(HIGH, x) / n;
  const c = 0.01265 + 0.1757 / n;
  if (x < c) {
    const v = x / c;
    return (Math.sqrt(v) * (1 - v) * (49 * v - 102) * (0.0037 / (n * n) + 0.00078 / n + 0.00006)) / n;
  }
  return (polynomial(MIDDLE, (x - c) / (0.8 - c)) * (0.04213 + 0.01365 / n)) / n;
}
