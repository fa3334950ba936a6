import { expm1, log, log1p } from "../math/elementary.ts";
import { logSeriesComplement } from "../math/logSeries.ts";
import { negativeBinomialLogMass } from "../math/negativeBinomial.ts";
import { digammaDifference } from "../math/polygamma.ts";
import { findRoot } from "../math/roots.ts";
import { poissonLogMass } from "../math/saddlePoint.ts";
import { truncatedPoissonLogMass, truncatedPoissonRate } from "../math/truncatedPoisson.ts";
import type { Collapsed } from "./collapse.ts";
import { inflated, negativeBinomialScore, poissonTerm } from "./countTerms.ts";
import type { Limit } from "./limits.ts";
import { boundary, type Fixed } from "./model.ts";
import { zeroInflatedPoissonMaximum, zerosOf } from "./zeroInflation.ts";

// What zero-truncated and zero-inflated negative binomials tend to: the Poisson as size → ∞, where the score in 1/size is
// Σ ((x - mu)² - x)/2 and a zero's mu²/2; the logarithmic as size → 0; the family without inflation as pi → 0.

const INFINITE = Number.POSITIVE_INFINITY;

/** Sizes that cannot be told from infinity: log-likelihoods differ by n mu² / size. */
const LARGE = 1e9;
/** And sizes or probabilities that cannot be told from 0. */
const SMALL = 1e-9;

const isLarge = (size: number, mu: number) => size > LARGE * Math.max(1, mu);

/** Sum of the absolute terms of the score in 1/size. */
const spread = ({ n, mean, variance }: Collapsed, mu: number) => n * (variance + (mean - mu) * (mean - mu) + mean + mu * mu);

/** size → ∞ of the zero-truncated: the zero-truncated Poisson. */
export function truncatedPoissonLimit(data: Collapsed, fixed: Fixed): Limit {
  const mu = fixed[1] ?? truncatedPoissonRate(data.mean);
  const logLik = data.logLik((x) => truncatedPoissonLogMass(x, mu));
  return {
    verdict: {
      ...boundary("The likelihood increases with size; the limit is zeroTruncatedPoisson(mu).", [INFINITE, mu], logLik),
      logLik,
    },
    inward: data.logLik((x) => (x - mu) * (x - mu) - x) / 2 + (data.n * mu * (mu / expm1(mu))) / 2,
    size: spread(data, mu),
    near: ([size, mean]) => isLarge(size!, mean!),
  };
}

/** size → 0 of the zero-truncated, mu / (size + mu) kept: the logarithmic. */
export function logarithmicLimit(data: Collapsed): Limit {
  const q = logSeriesComplement(data.mean);
  const p = 1 - q;
  const rate = -log1p(-p);
  const logLik = data.logLik((x) => x * log(p) - log(x)) - data.n * log(rate);
  const harmonic = data.logLik((x) => (x > 1 ? digammaDifference(1, x - 1) : 0));
  return {
    verdict: {
      ...boundary(`The likelihood increases as size → 0, mu → 0; the limit is logarithmic(p = ${p}).`, [0, 0], logLik),
      logLik,
    },
    inward: harmonic - (data.n * rate) / 2,
    size: harmonic + data.n * rate,
    near: ([size]) => size! < SMALL,
  };
}

/** pi → 0 of the zero-inflated: the negative binomial, or the Poisson. */
export function uninflatedLimit(data: Collapsed, fixed: Fixed): Limit {
  const { n } = data;
  const mu = fixed[1] ?? data.mean;
  const size = fixed[0] ?? sizeAt(data, mu);
  const logMass = size === INFINITE ? (x: number) => poissonLogMass(x, mu) : (x: number) => negativeBinomialLogMass(x, size, mu);
  const logLik = data.logLik(logMass);
  const { zeros } = zerosOf(data);
  // -(1 - zeros / (n P(0))) n, without a quotient that overflows.
  const inward = zeros === 0 ? -n : n * expm1(log(zeros / n) - logMass(0));
  const limit = size === INFINITE ? "poisson(mu)" : "negativeBinomial(size, mu)";
  return {
    verdict: {
      ...boundary(`There are no more zeros than without inflation: pi = 0, the limit is ${limit}.`, [size, mu, 0], logLik),
      logLik,
    },
    inward,
    size: n,
    near: ([, , pi]) => pi! < SMALL,
  };
}

/** size → ∞ of the zero-inflated: the zero-inflated Poisson; undefined where that is a Poisson. */
export function inflatedPoissonLimit(data: Collapsed, fixed: Fixed): Limit | undefined {
  const { lambda, pi, logLik } = zeroInflatedPoissonMaximum(data, fixed[1], fixed[2]);
  if (pi === 0) return undefined;
  // A zero counts by the share of its mass that is the Poisson's own.
  const share = -term(0, [lambda, pi]).score[0]!;
  return {
    verdict: {
      ...boundary("The likelihood increases with size; the limit is zeroInflatedPoisson(mu, pi).", [INFINITE, lambda, pi], logLik),
      logLik,
    },
    inward: data.logLik((x) => (x > 0 ? (x - lambda) * (x - lambda) - x : share * lambda * lambda)) / 2,
    size: spread(data, lambda),
    near: ([size, mean]) => isLarge(size!, mean!),
  };
}

const term = inflated(poissonTerm);

/** The negative binomial's most likely size at a given mean. */
function sizeAt(data: Collapsed, mu: number): number {
  const excess = data.variance + (data.mean - mu) * (data.mean - mu) - data.mean;
  if (excess <= ROUNDING * data.mean) return INFINITE;
  const slope = (size: number) => data.logLik((x) => negativeBinomialScore(x, size, mu)[0]!);
  let low = (mu * mu) / excess;
  let high = low;
  while (slope(low) <= 0 && low > 1e-300) low /= 4;
  while (slope(high) > 0 && high < 1e300) high *= 4;
  return findRoot(slope, low, high);
}

const ROUNDING = 1e-10;

/** A start (size, mu) for the zero-truncated from mean, variance and share of ones: Brass (1958), Biometrika 45, 59. */
export function truncatedStart(mean: number, variance: number, ones: number): [size: number, mu: number] {
  const w = (mean / variance) * (1 - ones);
  const size = (w * mean - ones) / (1 - w);
  if (w > 0 && w < 1 && size > 0.01) return [Math.min(size, 1e3), (size * (1 - w)) / w];
  return [1, Math.max(mean - 1, 0.1)];
}
