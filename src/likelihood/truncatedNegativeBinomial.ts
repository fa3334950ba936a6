import { exp, expm1, log, log1p } from "../math/elementary.ts";
import { negativeBinomialLogMass } from "../math/negativeBinomial.ts";
import { findRoot } from "../math/roots.ts";
import { negativeBinomialScore, negativeBinomialTerm, truncation } from "./countTerms.ts";
import { highestPeak } from "./peaks.ts";

/** Sizes between which a maximum inside is looked for. */
const SMALLEST = 1e-6;
const LARGEST = 1e6;

/** Sizes at which the profile's slope is looked at: two in a decade. */
const POINTS = 25;

/** The part of a sample that the truncated distribution is about. */
export interface Positives {
  readonly n: number;
  readonly mean: number;
  logLik(logMass: (x: number) => number): number;
}

/** Where the zero-truncated likelihood is highest. */
export interface TruncatedPeak {
  readonly size: number;
  readonly mu: number;
  /** Whether the size lies strictly between those looked at. */
  readonly inside: boolean;
}

const truncated = truncation(negativeBinomialTerm);

/**
 * The maximum of the zero-truncated negative binomial, given size or mu or neither, along the ridge of its likelihood: at any size the
 * most likely mu gives the distribution the sample's mean, and takes no look at the sample.
 */
export function truncatedPeak({ n, mean, logLik }: Positives, size: number | undefined, mu: number | undefined): TruncatedPeak {
  const muAt = (s: number) => mu ?? truncatedMu(s, mean);
  if (size !== undefined) return { size, mu: muAt(size), inside: true };
  const value = (s: number) => {
    const m = muAt(s);
    return logLik((x) => negativeBinomialLogMass(x, s, m)) + n * truncated([s, m]).value;
  };
  const slope = (s: number) => {
    const m = muAt(s);
    return logLik((x) => negativeBinomialScore(x, s, m)[0]!) + n * truncated([s, m]).score[0]!;
  };
  const largest = LARGEST * Math.max(1, mean);
  const peak = highestPeak(value, slope, SMALLEST, largest, POINTS);
  return { size: peak, mu: muAt(peak), inside: peak > SMALLEST && peak < largest };
}

/** The mu at which the mean, mu / (1 - P(0)), is this. */
function truncatedMu(size: number, mean: number): number {
  const excess = (l: number) => exp(l) / -expm1(-size * log1p(exp(l) / size)) - mean;
  const top = log(mean);
  // Counts that are all 1, but for rounding, or a mean without room for a zero.
  if (excess(BOTTOM) >= 0) return exp(BOTTOM);
  return excess(top) <= 0 ? mean : exp(findRoot(excess, BOTTOM, top));
}

/** log mu below which a mean is 1 to the last digit. */
const BOTTOM = -60;
