/** A test of the narrower fit against the wider one. */
export interface NestedTest {
  /** NaN where the test does not apply. */
  readonly statistic: number;
  readonly df: number;
  /** NaN where the statistic's law is not known. */
  readonly pValue: number;
  /** The statistic's law under the narrower fit's family, in words. */
  readonly distribution: string;
  /** Why this law, or why none. */
  readonly reason: string;
}

/** Log-likelihoods this close, relative to their size and the number of rows, are equal. */
const ROUNDING = 1e-11;

interface Likely {
  readonly logLik: number;
  readonly nobs: number;
}

/** Twice the difference of the log-likelihoods, 0 where that is rounding; NaN is not less than 0. */
export function ratioOf(narrow: Likely, wide: Likely): number {
  const statistic = 2 * (wide.logLik - narrow.logLik);
  return Math.abs(statistic) <= ROUNDING * (Math.abs(narrow.logLik) + narrow.nobs) ? 0 : statistic;
}
