import { log, log1p } from "../math/elementary.ts";
import { binomialLogMass } from "../math/saddlePoint.ts";
import type { Collapsed } from "./collapse.ts";
import { bounded, type Limit } from "./limits.ts";
import type { Placed } from "./mass.ts";
import { boundary, nonexistent, type Verdict } from "./model.ts";

/** Sums alpha + beta that cannot be told from infinity: log-likelihoods differ by n size² / (alpha + beta). */
const LARGE = 1e9;

/** Where a beta-binomial likelihood starts, and what it tends to; `size` is undefined where the constants come one per row. */
export function betaBinomialStart(
  data: Collapsed,
  alpha: number | undefined,
  beta: number | undefined,
  size: number | undefined,
): Placed | Verdict {
  const sum = (f: (x: number, n: number) => number) => data.logLik((x, own) => f(x, size ?? own));
  const successes = sum((x) => x);
  const all = sum((_, n) => n);
  const verdict = extreme(sum, successes, all, alpha, beta);
  if (verdict) return verdict;
  const p = all === 0 ? 0.5 : Math.min(0.99, Math.max(0.01, successes / all));
  const share = successes / all;
  const limits: Limit[] = [];
  if (alpha === undefined && beta === undefined) limits.push(binomialLimit(sum, share));
  // The variance is that of a binomial times 1 + (size - 1) rho.
  const pearson = sum((x, n) => (n > 1 ? ((x - n * p) * (x - n * p)) / (n * p * (1 - p)) - 1 : 0));
  const rho = Math.min(0.9, Math.max(1e-3, pearson / sum((_, n) => (n > 1 ? n - 1 : 0)) || 0.1));
  const at = (r: number) => {
    const total = 1 / r - 1;
    return [
      alpha ?? (beta === undefined ? total * p : (beta * p) / (1 - p)),
      beta ?? (alpha === undefined ? total * (1 - p) : (alpha * (1 - p)) / p),
    ];
  };
  return { unit: [1, 1], start: at(rho), others: [at(0.01), at(0.5)], ...bounded(limits) };
}

type Sum = (f: (x: number, n: number) => number) => number;

/** alpha, beta → ∞; the score in 1/(alpha + beta) there is Tarone's statistic. */
function binomialLimit(sum: Sum, p: number): Limit {
  const q = 1 - p;
  const logLik = sum((x, n) => binomialLogMass(x, n, p));
  const largest = { size: 1 };
  const own = sum((x, n) => {
    largest.size = Math.max(largest.size, n);
    return (x * (x - 1)) / p + ((n - x) * (n - x - 1)) / q;
  });
  const pairs = sum((_, n) => n * (n - 1));
  return {
    verdict: {
      ...boundary(
        `The values vary no more than binomial ones: the likelihood increases with alpha + beta; the limit is binomial(prob = ${p}).`,
        [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
        logLik,
      ),
      logLik,
    },
    inward: (own - pairs) / 2,
    size: own + pairs,
    near: ([alpha, beta]) => alpha! + beta! > LARGE * largest.size,
  };
}

/** Samples without a value strictly between 0 and size. */
function extreme(sum: Sum, successes: number, all: number, alpha: number | undefined, beta: number | undefined): Verdict | undefined {
  if (alpha !== undefined && beta !== undefined) return undefined;
  const none = Number.NaN;
  const infinite = Number.POSITIVE_INFINITY;
  if (all === 0) return nonexistent("All sizes are 0: all parameters are as likely as one another.", [alpha ?? none, beta ?? none], 0);
  if (successes === 0) {
    return boundary("All trials failed: alpha / beta → 0.", alpha === undefined ? [0, beta ?? none] : [alpha, infinite], 0);
  }
  if (successes === all) {
    return boundary("All trials succeeded: beta / alpha → 0.", beta === undefined ? [alpha ?? none, 0] : [infinite, beta], 0);
  }
  if (alpha !== undefined || beta !== undefined || sum((x, n) => (x > 0 && x < n ? 1 : 0)) > 0) return undefined;
  const full = sum((x, n) => (n > 0 && x === n ? 1 : 0));
  const empty = sum((x, n) => (n > 0 && x === 0 ? 1 : 0));
  const p = full / (full + empty);
  const logLik = full * log(p) + empty * log1p(-p);
  if (sum((_, n) => (n > 1 ? 1 : 0)) === 0) {
    return nonexistent(`All sizes are 0 or 1: every alpha, beta with alpha / (alpha + beta) = ${p} is a maximum.`, [none, none], logLik);
  }
  return boundary(
    `All values are 0 or size: the likelihood increases as alpha, beta → 0 with alpha / (alpha + beta) = ${p}.`,
    [0, 0],
    logLik,
  );
}
