// log Γ and ψ of a number of 30 digits, by Γ(x + 1) = x Γ(x) up to x >= 40 and Stirling's series with 14 terms (DLMF 5.11.1, 5.11.2).

import { add, type DoubleDouble, divide, multiply, pair, scale } from "./arithmetic.ts";
import { BERNOULLI } from "./bernoulli.ts";
import { logOf } from "./elementary.ts";

const FROM = 40;

const terms = (factor: (n: number) => number) => BERNOULLI.map((b, k) => divide(b, pair(factor(2 * k + 2)))).reverse();
const BINET = terms((n) => n * (n - 1));
const PSI = terms((n) => n);

/** log 2π / 2. */
export const HALF_LOG_2PI = pair(0.9189385332046728, -3.8782941580672414e-17);
const ONE = pair(1);

const series = (terms: readonly DoubleDouble[], t: DoubleDouble) => terms.reduce((sum, term) => add(multiply(sum, t), term));

/** μ(x) = log Γ(x+1) - (x + 1/2) log x + x - log(2π)/2 for x >= 40. */
export function binet(x: DoubleDouble): DoubleDouble {
  const u = divide(ONE, x);
  return multiply(u, series(BINET, multiply(u, u)));
}

/** log Γ(x), x > 0. */
export function lgamma(x: DoubleDouble): DoubleDouble {
  let z = x;
  let product = ONE;
  let logs = pair(0);
  for (; z.high < FROM; z = add(z, ONE)) {
    product = multiply(product, z);
    if (product.high < 1e-200) {
      logs = add(logs, logOf(product));
      product = ONE;
    }
  }
  const main = add(multiply(add(z, pair(-0.5)), logOf(z)), scale(z, -1));
  const below = add(logs, logOf(product));
  return add(add(main, add(HALF_LOG_2PI, binet(z))), scale(below, -1));
}

/** ψ(x), x > 0. */
export function digamma(x: DoubleDouble): DoubleDouble {
  let z = x;
  let sum = pair(0);
  for (; z.high < FROM; z = add(z, ONE)) sum = add(sum, divide(ONE, z));
  const u = divide(ONE, z);
  const t = multiply(u, u);
  const asymptotic = add(logOf(z), scale(add(scale(u, 0.5), multiply(t, series(PSI, t))), -1));
  return add(asymptotic, scale(sum, -1));
}
