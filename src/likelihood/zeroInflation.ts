import { exp, expm1 } from "../math/elementary.ts";
import { truncatedPoissonRate } from "../math/truncatedPoisson.ts";
import type { Collapsed } from "./collapse.ts";
import { inflated, poissonTerm } from "./countTerms.ts";
import { boundary, type Verdict } from "./model.ts";
import { highestPeak } from "./peaks.ts";

/** Zeros and positive counts of a column. */
export interface Zeros {
  /** Weight of the zeros. */
  readonly zeros: number;
  /** Weight and mean of the positive counts. */
  readonly positives: number;
  readonly mean: number;
}

export function zerosOf({ n, mean, logLik }: Collapsed): Zeros {
  const positives = logLik((x) => (x > 0 ? 1 : 0));
  return { zeros: logLik((x) => (x > 0 ? 0 : 1)), positives, mean: (n * mean) / positives };
}

const term = inflated(poissonTerm);

/**
 * The maximum over lambda > 0 and 0 <= pi < 1, given either or none. The likelihood is that of the zeros' number times that of the
 * positive counts, whose lambda is the truncated Poisson's; pi = 0 where it would be negative.
 */
export function zeroInflatedPoissonMaximum(data: Collapsed, lambda: number | undefined, pi: number | undefined) {
  const { zeros, positives, mean } = zerosOf(data);
  const at = (l: number, p: number) => ({ lambda: l, pi: p, logLik: data.logLik((x) => term(x, [l, p]).value) });
  if (pi === undefined) {
    const rate = lambda ?? truncatedPoissonRate(mean);
    const inflation = rate === 0 ? 0 : 1 - positives / data.n / -expm1(-rate);
    return inflation > 0 ? at(rate, inflation) : at(lambda ?? data.mean, 0);
  }
  if (lambda !== undefined) return at(lambda, pi);
  const sum = positives * mean;
  // The zeros that are the Poisson's own: (1 - pi) e^-lambda of pi + (1 - pi) e^-lambda.
  const own = (l: number) => ((1 - pi) * exp(-l)) / (pi + (1 - pi) * exp(-l));
  const rate = highestPeak(
    (l) => at(l, pi).logLik,
    (l) => sum / l - positives - zeros * own(l),
    sum / data.n,
    sum / positives,
  );
  return at(rate, pi);
}

/** All counts 0: what makes that certain, with `rate` the index of the counts' mean and pi the last parameter. */
export function onlyZeros(fixed: readonly (number | undefined)[], rate: number): Verdict | undefined {
  const last = fixed.length - 1;
  if (fixed[rate] === undefined) {
    const limit = fixed.map((value, i) => (i === rate ? 0 : (value ?? Number.NaN)));
    return boundary("All values are 0: a mean of 0 makes that certain, whatever pi.", limit, 0);
  }
  if (fixed[last] !== undefined) return undefined;
  return boundary(
    "All values are 0: pi = 1.",
    fixed.map((value, i) => (i === last ? 1 : (value ?? Number.NaN))),
    0,
  );
}
