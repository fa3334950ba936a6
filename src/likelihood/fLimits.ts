import { log } from "../math/elementary.ts";
import { lgamma } from "../math/gamma.ts";
import { logMinusDigamma } from "../math/polygamma.ts";
import { findRoot } from "../math/roots.ts";
import type { Sample } from "../wasm/sample.ts";
import { boundary, type Fixed, type Verdict } from "./model.ts";
import { logMoments, mean } from "./statistics.ts";

// The F distribution as one of its degrees of freedom → ∞: chi-squared(df1)/df1, a gamma with shape and rate a = df1/2, or the reciprocal
// of one.

/** Mean of 1/x. */
export function meanReciprocal(sample: Sample): number {
  // Sums of a column of reciprocals whatever the shape: kernel generalizedPareto at shape 0.
  return sample.keep("mean of reciprocals", () => sample.totals("generalizedParetoOfReciprocal", { shape: 0 })[1]! / sample.weight);
}

/** The higher of the two limits that the fixed parameters allow. */
export function fLimit(sample: Sample, [df1, df2]: Fixed): Verdict | undefined {
  const logs = logMoments(sample).mean;
  const verdicts: Verdict[] = [];
  if (df2 === undefined) {
    const { a, value } = gammaOfMeanOne(mean(sample), logs, df1);
    const limit = `chi-squared(df1)/df1, a gamma(shape = ${a}, rate = ${a})`;
    verdicts.push(boundary(`The likelihood increases with df2; the limit is ${limit}.`, [2 * a, Infinity], sample.weight * (value - logs)));
  }
  if (df1 === undefined) {
    const { a, value } = gammaOfMeanOne(meanReciprocal(sample), -logs, df2);
    const limit = `df2/chi-squared(df2), an inverseGamma(shape = ${a}, scale = ${a})`;
    verdicts.push(boundary(`The likelihood increases with df1; the limit is ${limit}.`, [Infinity, 2 * a], sample.weight * (value - logs)));
  }
  return verdicts.filter(({ logLik }) => Number.isFinite(logLik)).sort((p, q) => q.logLik! - p.logLik!)[0];
}

/** The gamma with equal shape and rate a that is most likely, mean log-likelihood of log x: log(a) - digamma(a) = mean(x - 1 - log x). */
function gammaOfMeanOne(average: number, logs: number, df: number | undefined): { readonly a: number; readonly value: number } {
  const gap = average - 1 - logs;
  // 1/(2a) < log(a) - digamma(a) < 1/a.
  const a = df === undefined ? findRoot((s) => logMinusDigamma(s) - gap, 0.4 / gap, 1.1 / gap) : df / 2;
  return { a, value: a * (log(a) + logs - average) - lgamma(a) };
}
