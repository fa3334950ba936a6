import { log, log1p } from "./elementary.ts";
import { logBetaI, logBetaIComplement } from "./incompleteBeta.ts";
import { deviance, HALF_LOG_2PI, stirlingError } from "./stirling.ts";
import type { Tails } from "./wholeValued.ts";

/**
 * log of the negative binomial's mass with mean mu and variance mu + mu²/size, in Loader's saddle-point form (2000), with the deviances'
 * differences taken exactly: log-gammas of a large count would cancel.
 */
export function negativeBinomialLogMass(x: number, size: number, mu: number): number {
  return x === 0 ? -size * log1p(mu / size) : negativeBinomialPeak(x, size) - negativeBinomialGap(x, size, mu);
}

/** What a count x > 0 has less than it would have if mu were x. */
export function negativeBinomialGap(x: number, size: number, mu: number): number {
  const share = size / (size + mu);
  const gap = share * (x - mu);
  return deviance(size, (x + size) * share, gap) + deviance(x, (x + size) * (mu / (size + mu)), -gap);
}

/** The same where mu is x > 0. */
export function negativeBinomialPeak(x: number, size: number): number {
  const errors = stirlingError(x + size) - stirlingError(size) - stirlingError(x);
  return errors - HALF_LOG_2PI + 0.5 * (log(size / (x + size)) - log(x));
}

/** Counts above it have masses in the ratio mu / (size + mu), to the last digit. */
const GEOMETRIC = 1e100;

/** Counts above it are taken as it: nothing of a distribution is left below, and infinity has no incomplete beta function. */
const LARGEST = 1e300;

/** log P(X <= k) and log P(X > k), k = 0, 1, … */
export function negativeBinomialTails(k: number, size: number, mu: number): Tails {
  const b = Math.min(k, LARGEST) + 1;
  const x = size / (size + mu);
  const y = mu / (size + mu);
  const upper = k > GEOMETRIC ? negativeBinomialLogMass(k, size, mu) + log(mu) - log(size) : logBetaIComplement(size, b, x, y);
  return { lower: logBetaI(size, b, x, y), upper };
}
