import type { Family } from "../distributions/family.ts";
import { exp } from "../math/elementary.ts";
import { logInterval } from "../math/interval.ts";
import { invertTails } from "../math/inversion.ts";
import { smallestInteger } from "../math/roots.ts";
import { type Asked, askedOf } from "./asked.ts";
import { tailsOf } from "./problem.ts";
import type { Fit } from "./result.ts";
import { constantsOf } from "./settings.ts";

/**
 * The distribution that a fit says its rows come from. Where all rows are truncated at the same bounds it is that of the values that could
 * be seen; where a constant comes one per row, the average over the rows.
 */
export interface Law {
  readonly whole: boolean;
  readonly lower: number;
  readonly upper: number;
  /** Density or mass; 0 outside of the support. */
  pdf(x: number): number;
  cdf(x: number): number;
  /** P(a < X <= b). */
  between(a: number, b: number): number;
  quantile(p: number): number;
}

/** What a fit of numbers was asked. @throws TypeError for one that has no data of numbers. */
export function questionOf(fit: Fit, kind: string): Asked {
  const asked = askedOf(fit);
  if (asked) return asked;
  throw new TypeError(`${fit.distribution}: "${kind}" needs a fit of one of the families of numbers, as fit and fitBest give it.`);
}

/** The law of a fit, at its estimates or at other parameters in their order. */
export function lawOf(fit: Fit, { family, options }: Asked, parameters = fit.parameters.map((name) => fit.estimates[name]!)): Law {
  const { values, columns } = constantsOf(family, options);
  const perRow = values.indexOf(undefined);
  if (perRow >= 0) {
    const column = columns[family.constants![perRow]!.name]!;
    return averaged(
      family,
      distinctOf(column, options.weights).map(({ value, weight }) => ({ theta: [...parameters, value], weight })),
    );
  }
  const theta = [...parameters, ...(values as number[])];
  const { lower, upper } = options.truncated ?? {};
  const after = typeof lower === "number" ? lower : Number.NEGATIVE_INFINITY;
  const until = typeof upper === "number" ? upper : Number.POSITIVE_INFINITY;
  const whole = after === Number.NEGATIVE_INFINITY && until === Number.POSITIVE_INFINITY;
  return whole ? plain(family, theta) : truncated(family, theta, after, until);
}

function plain(family: Family, theta: readonly number[]): Law {
  const tails = tailsOf(family, theta);
  const { whole } = family.support;
  return {
    whole,
    lower: family.quantile(0, theta),
    upper: family.quantile(1, theta),
    pdf: (x) => exp(tails.logPdf(x)),
    cdf: (x) => family.cdf(x, theta),
    between: (a, b) => exp(logInterval(tails, a, b, whole)),
    quantile: (p) => family.quantile(p, theta),
  };
}

/** Of X given after < X <= until. */
function truncated(family: Family, theta: readonly number[], after: number, until: number): Law {
  const tails = tailsOf(family, theta);
  const { whole } = family.support;
  const logShare = logInterval(tails, after, until, whole);
  const logBetween = (a: number, b: number) => logInterval(tails, Math.max(a, after), Math.min(b, until), whole) - logShare;
  const lower = Math.max(after, family.quantile(0, theta));
  const upper = Math.min(until, family.quantile(1, theta));
  const cdf = (x: number) => exp(logBetween(after, x));
  const conditional = {
    logCdf: (x: number) => logBetween(after, x),
    logSf: (x: number) => logBetween(x, until),
    logPdf: (x: number) => tails.logPdf(x) - logShare,
  };
  const first = Number.isFinite(lower) ? Math.floor(lower) : lower;
  const start = (p: number) => {
    const whole = family.quantile(Math.min(1, family.cdf(after, theta) + p * exp(logShare)), theta);
    return whole > lower && whole < upper
      ? whole
      : Number.isFinite(lower + upper)
        ? lower + p * (upper - lower)
        : Number.isFinite(lower)
          ? lower
          : upper;
  };
  return {
    whole,
    lower,
    upper,
    pdf: (x) => (x >= after && x <= until ? exp(conditional.logPdf(x)) : 0),
    cdf,
    between: (a, b) => exp(logBetween(a, b)),
    quantile: (p) => {
      if (p <= 0 || p >= 1) return p <= 0 ? lower : upper;
      return whole ? smallestInteger((k) => cdf(k) >= p, start(p), first) : invertTails(conditional, p, start(p), lower, upper);
    },
  };
}

interface Share {
  readonly theta: readonly number[];
  readonly weight: number;
}

function averaged(family: Family, shares: readonly Share[]): Law {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  const laws = shares.map(({ theta, weight }) => ({ law: plain(family, theta), share: weight / total }));
  const mean = (of: (law: Law) => number) => laws.reduce((sum, { law, share }) => sum + share * of(law), 0);
  const lower = Math.min(...laws.map(({ law }) => law.lower));
  const upper = Math.max(...laws.map(({ law }) => law.upper));
  const cdf = (x: number) => mean((law) => law.cdf(x));
  return {
    whole: family.support.whole,
    lower,
    upper,
    pdf: (x) => mean((law) => law.pdf(x)),
    cdf,
    between: (a, b) => mean((law) => law.between(a, b)),
    // A constant per row is a number of trials: what is averaged is discrete.
    quantile: (p) => (p >= 1 ? upper : smallestInteger((k) => cdf(k) >= p, lower, lower)),
  };
}

function distinctOf(column: ArrayLike<number>, weights: ArrayLike<number> | undefined): { value: number; weight: number }[] {
  const found = new Map<number, number>();
  for (let i = 0; i < column.length; i++) found.set(column[i]!, (found.get(column[i]!) ?? 0) + (weights?.[i] ?? 1));
  return [...found].map(([value, weight]) => ({ value, weight }));
}
