import type { Family } from "../distributions/family.ts";
import { tailsOf } from "../estimators/problem.ts";
import { truncatedTails } from "../inference/quantileResidual.ts";
import { exp, log1p } from "../math/elementary.ts";
import { type LogTails, logInterval } from "../math/interval.ts";
import type { Random } from "../math/random.ts";

/** A family at given parameters, or what is left of it within (after, until]. */
export interface Conditional extends LogTails {
  quantile(p: number): number;
  random(source: Random): number;
}

/** Draws that fall outside of the bounds before the quantile function is asked instead. */
const DRAWS = 1000;

export function conditional(
  family: Family,
  theta: readonly number[],
  after = Number.NEGATIVE_INFINITY,
  until = Number.POSITIVE_INFINITY,
): Conditional {
  const tails = tailsOf(family, theta);
  if (after === Number.NEGATIVE_INFINITY && until === Number.POSITIVE_INFINITY) {
    return { ...tails, quantile: (p) => family.quantile(p, theta), random: (source) => family.random(theta, source) };
  }
  const within = truncatedTails(tails, after, until, family.support.whole);
  const seen = logInterval(tails, after, until, family.support.whole);
  const first = after === Number.NEGATIVE_INFINITY ? 0 : family.cdf(after, theta);
  const quantile = (p: number) => Math.min(until, Math.max(after, family.quantile(first + p * exp(seen), theta)));
  return {
    ...within,
    quantile,
    random(source) {
      for (let i = 0; i < DRAWS; i++) {
        const x = family.random(theta, source);
        if (x > after && x <= until) return x;
      }
      return quantile(source.uniform());
    },
  };
}

/** The standard logistic distribution: where rows have distributions of their own, the logits of their probabilities have this one. */
export const logistic: LogTails = {
  logCdf: (x) => (x > 0 ? -log1p(exp(-x)) : x - log1p(exp(x))),
  logSf: (x) => logistic.logCdf(-x),
  logPdf: (x) => logistic.logCdf(x) + logistic.logSf(x),
};

/** log u - log (1 - u) from both logarithms. */
export function logit(lower: number, upper: number): number {
  return lower - upper;
}
