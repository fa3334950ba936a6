import { type LogTails, logInterval } from "../math/interval.ts";
import { logMix } from "../math/logarithms.ts";
import { normalQuantileOfLog } from "../math/normal.ts";

/**
 * Φ^-1(F(x)) of a row in (a, b], or at a = b of a continuous law; otherwise Φ^-1(u), u uniform between the probabilities of the two ends (Dunn
 * & Smyth 1996, J. Comput. Graph. Statist. 5). From the logarithm of the smaller tail, so that it is finite however far out the row lies.
 */
export function quantileResidual(
  { logCdf, logSf }: Pick<LogTails, "logCdf" | "logSf">,
  a: number,
  b: number,
  uniform: () => number,
): number {
  if (a === b) return normal(logCdf(a), logSf(a));
  const v = uniform();
  // Of an end that is open, one of the logarithms is -Infinity: probability 0.
  const [below, outside] = a === Number.NEGATIVE_INFINITY ? [a, 0] : [logCdf(a), logSf(a)];
  const [within, above] = b === Number.POSITIVE_INFINITY ? [0, -b] : [logCdf(b), logSf(b)];
  return normal(logMix(below, within, v), logMix(outside, above, v));
}

/** Φ^-1 from the logarithms of both tails. */
function normal(lower: number, upper: number): number {
  return lower < upper ? normalQuantileOfLog(lower) : -normalQuantileOfLog(upper);
}

/** What is left of a law within (after, until]. */
export function truncatedTails(tails: LogTails, after: number, until: number, whole: boolean): LogTails {
  if (after === Number.NEGATIVE_INFINITY && until === Number.POSITIVE_INFINITY) return tails;
  const between = (a: number, b: number) => logInterval(tails, a, b, whole);
  const seen = between(after, until);
  return {
    logPdf: (x) => (x > after && x <= until ? tails.logPdf(x) - seen : Number.NEGATIVE_INFINITY),
    logCdf: (x) => (x >= until ? 0 : Math.min(0, between(after, x) - seen)),
    logSf: (x) => (x <= after ? 0 : Math.min(0, between(x, until) - seen)),
  };
}
