/** The beta-binomial distribution of x among n trials. */
import { exp, log } from "./elementary.ts";
import { negativeBinomialLogMass } from "./negativeBinomial.ts";
import { fromLower, fromUpper, LOG_HALF, type Tails } from "./wholeValued.ts";

/**
 * log(C(n, x) B(x + a, n - x + b) / B(a, b)): x and n - x are independent negative binomials of sizes a and b, given their sum. With the
 * sum's mean at n the saddle-point forms lose nothing, however large n, a and b.
 */
export function betaBinomialLogMass(x: number, n: number, a: number, b: number): number {
  if (n === 0) return 0;
  const total = a + b;
  return (
    negativeBinomialLogMass(x, a, n * (a / total)) +
    negativeBinomialLogMass(n - x, b, n * (b / total)) -
    negativeBinomialLogMass(n, total, n)
  );
}

/** Masses in a row that are found from their ratios before one is worked out afresh. */
const FRESH = 64;

/** log P(X <= k) for k < n: the masses downwards from k. */
function logLower(k: number, n: number, a: number, b: number): number {
  const first = betaBinomialLogMass(k, n, a, b);
  // With one peak at most the masses fall for good once they fall.
  const onePeak = a >= 1 && b >= 1;
  let sum = 1;
  let mass = 1;
  for (let j = k; j > 0; j--) {
    const ratio = (j / (n - j + 1)) * ((n - j + b) / (j - 1 + a));
    mass = (k - j) % FRESH === FRESH - 1 ? exp(betaBinomialLogMass(j - 1, n, a, b) - first) : mass * ratio;
    sum += mass;
    if (onePeak && ratio < 1 && mass < 1e-19 * sum * (1 - ratio)) break;
  }
  return first + log(sum);
}

export function betaBinomialTails(k: number, n: number, a: number, b: number): Tails {
  const lower = logLower(k, n, a, b);
  return lower < LOG_HALF ? fromLower(lower) : fromUpper(logLower(n - k - 1, n, b, a));
}
