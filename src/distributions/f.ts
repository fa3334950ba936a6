import { fLimit } from "../likelihood/fLimits.ts";
import { type Evaluation, type Fixed, type Model, nonexistent, type Verdict } from "../likelihood/model.ts";
import { logMoments } from "../likelihood/statistics.ts";
import { exp, expm1, log, log1p } from "../math/elementary.ts";
import { lbeta, lgamma, lgammaDifference } from "../math/gamma.ts";
import { betaI, betaQuantileLogit, logBetaI, logBetaIComplement } from "../math/incompleteBeta.ts";
import { log1mexp, logRatio } from "../math/logarithms.ts";
import { digamma, digammaDifference, trigamma, trigammaDifference } from "../math/polygamma.ts";
import type { Sample } from "../wasm/sample.ts";
import { type Family, positive } from "./family.ts";

/** Degrees of freedom that cannot be told from infinity. */
const DF_LIMIT = 1e6;

/** Half the degrees of freedom, and their ratio to the other's, above which the likelihood is taken in their reciprocal. */
const LARGE = 250;

/**
 * F with df1 and df2 degrees of freedom, x > 0: with a = df1/2, b = df2/2 the log-density is
 * a log(a/b) - log B(a, b) + (a-1) log x - (a+b) log(1 + a x/b). The limits df2 → ∞, chi-squared(df1)/df1, and df1 → ∞,
 * df2/chi-squared(df2), are the answer where the iteration runs there. No maximum where all x are 1.
 * Johnson, Kotz & Balakrishnan (1995), ch. 27.
 */
export const f: Family = {
  name: "f",
  parameters: [
    { name: "df1", domain: "positive" },
    { name: "df2", domain: "positive" },
  ],
  support: positive,
  density: "(df1/df2)^(df1/2) / B(df1/2, df2/2) x^(df1/2-1) (1 + df1 x/df2)^(-(df1+df2)/2), x > 0",
  source: "Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, ch. 27",
  existence: "on the boundary df1 = ∞ or df2 = ∞ where a tail is that light; not if all values are 1",
  model,
  logPdf(x, [df1, df2]) {
    if (!(x > 0) || x === Infinity) return -Infinity;
    const [a, b] = [df1! / 2, df2! / 2];
    const odds = logRatio(x, df2!) + log(df1!);
    // (1 + odds) from the side that does not overflow.
    const tail = odds > 0 ? -b * odds - (a + b) * log1p(exp(-odds)) : a * odds - (a + b) * log1p(exp(odds));
    return tail - lbeta(a, b) - log(x);
  },
  score(x, [df1, df2]) {
    const [a, b] = [df1! / 2, df2! / 2];
    const odds = logRatio(x, df2!) + log(df1!);
    const [g, r] = shares(odds);
    const logs = odds > 0 ? odds + log1p(exp(-odds)) : log1p(exp(odds));
    // a + b times the share's distance from its mean.
    const pull = b * g - a * r;
    return [0.5 * (digammaDifference(a, b) + odds - logs - pull / a), 0.5 * (digammaDifference(b, a) - logs + pull / b)];
  },
  cdf(x, [df1, df2]) {
    if (x <= 0) return 0;
    const odds = logRatio(x, df2!) + log(df1!);
    if (odds < -FAR) return exp(farTail(odds, df1! / 2, df2! / 2));
    if (odds > FAR) return -expm1(farTail(-odds, df2! / 2, df1! / 2));
    return betaI(df1! / 2, df2! / 2, ...shares(odds));
  },
  logCdf(x, [df1, df2]) {
    if (x <= 0) return -Infinity;
    const odds = logRatio(x, df2!) + log(df1!);
    if (odds < -FAR) return farTail(odds, df1! / 2, df2! / 2);
    if (odds > FAR) return log1mexp(farTail(-odds, df2! / 2, df1! / 2));
    return logBetaI(df1! / 2, df2! / 2, ...shares(odds));
  },
  logSf(x, [df1, df2]) {
    if (x <= 0) return 0;
    const odds = logRatio(x, df2!) + log(df1!);
    if (odds < -FAR) return log1mexp(farTail(odds, df1! / 2, df2! / 2));
    if (odds > FAR) return farTail(-odds, df2! / 2, df1! / 2);
    return logBetaIComplement(df1! / 2, df2! / 2, ...shares(odds));
  },
  quantile(p, [df1, df2]) {
    if (p === 0 || p === 1) return p === 0 ? 0 : Infinity;
    return (df2! / df1!) * exp(betaQuantileLogit(p, df1! / 2, df2! / 2));
  },
  mean: ([, df2]) => (df2! > 2 ? df2! / (df2! - 2) : Number.POSITIVE_INFINITY),
  variance([df1, df2]) {
    if (!(df2! > 4)) return Number.POSITIVE_INFINITY;
    const first = df2! / (df2! - 2);
    return (2 * first * first * (df1! + df2! - 2)) / (df1! * (df2! - 4));
  },
  random: ([df1, df2], random) => ((random.gamma(df1! / 2) / df1!) * df2!) / random.gamma(df2! / 2),
};

/** Log odds from which on the smaller share is taken by its logarithm: with few degrees of freedom its power is not small. */
const FAR = 600;

/** log I_g(a, b) = log(g^a / (a B(a, b))), g tiny, by its logarithm. */
function farTail(logG: number, a: number, b: number): number {
  return Math.min(0, a * logG - log(a) - lbeta(a, b));
}

/** g = odds/(1 + odds) and 1 - g from log odds. */
function shares(logOdds: number): [number, number] {
  const u = exp(-Math.abs(logOdds));
  const [small, large] = [u / (1 + u), 1 / (1 + u)];
  return logOdds < 0 ? [small, large] : [large, small];
}

function model(sample: Sample, fixed: Fixed): Model | Verdict {
  const { min, max } = sample.extent;
  if (min === 1 && max === 1 && (fixed[0] === undefined || fixed[1] === undefined)) {
    if (fixed[0] === undefined && fixed[1] === undefined) {
      return nonexistent("All values are 1: the likelihood grows without bound as df1 and df2 → ∞.");
    }
    return fLimit(sample, fixed)!;
  }
  const thin = sample.thin();
  const evaluateOn = (rows: Sample) => (t: readonly number[]) => halves(rows, logMoments(rows).mean, t[0]! / 2, t[1]! / 2);
  const beyond = (t: readonly number[]) => t.some((df, i) => fixed[i] === undefined && df > DF_LIMIT);
  const spread = logRatio(max, min);
  const start = Math.min(50, Math.max(0.5, 60 / (spread * spread)));
  return {
    origin: [0, 0],
    unit: [1, 1],
    start: [fixed[0] ?? start, fixed[1] ?? start],
    evaluate: evaluateOn(sample),
    ...(thin !== sample && { coarse: evaluateOn(thin) }),
    nearLimit: beyond,
    settle(t, value, { coarse, converged }) {
      if (coarse ? !beyond(t) : converged && sample.rows > 1000) return undefined;
      const limit = fLimit(sample, fixed);
      return limit && (!converged || limit.logLik! >= value) ? limit : undefined;
    },
  };
}

/** Derivatives in the degrees of freedom, twice a and b. */
function halves(rows: Sample, logs: number, a: number, b: number): Evaluation {
  if (b >= a && b > LARGE) return doubled(nearLimit(rows, "generalizedPareto", 1 / a, logs, a, b));
  if (a > LARGE) {
    const { value, score, information } = doubled(nearLimit(rows, "generalizedParetoOfReciprocal", b, -logs, b, a));
    const [[bb, ab], [, aa]] = information as [[number, number], [number, number]];
    // The density of x is that of 1/x times 1/x².
    return {
      value: value - 2 * rows.weight * logs,
      score: [score[1]!, score[0]!],
      information: [
        [aa, ab],
        [ab, bb],
      ],
    };
  }
  const n = rows.weight;
  const [total, g, gg] = rows.totals("lomax", { scale: b / a });
  const sum = a + b;
  const tilt = n * log(a / b) + n * logs - total!;
  const bent = sum * (g! - gg!);
  return doubled({
    value: n * (a * log(a / b) + (a - 1) * logs - lbeta(a, b)) - sum * total!,
    score: [n * (digammaDifference(a, b) + 1) + tilt - (sum * g!) / a, n * (digammaDifference(b, a) - a / b) - total! + (sum * g!) / b],
    information: [
      [
        -n * (trigammaDifference(a, b) + 1 / a) + (2 * g!) / a - (sum * gg!) / (a * a),
        -n * (trigamma(sum) - 1 / b) + g! / a - g! / b - bent / (a * b),
      ],
      [
        -n * (trigamma(sum) - 1 / b) + g! / a - g! / b - bent / (a * b),
        -n * (trigammaDifference(b, a) + a / (b * b)) - (2 * g!) / b + (sum * (2 * g! - gg!)) / (b * b),
      ],
    ],
  });
}

/**
 * The same where b is large, in e = 1/b: with y = a x, h = b log(1 + e y), q = y/(1 + e y), the log-density is
 * a log a - lgamma(a) + (a-1) log x + [lgamma(a+b) - lgamma(b) - a log b] - (1 + a e) h.
 */
function nearLimit(rows: Sample, kernel: string, scale: number, logs: number, a: number, b: number): Evaluation {
  const n = rows.weight;
  const e = 1 / b;
  const [, h, q, qq, minusSlope, bend] = rows.totals(kernel, { scale, shape: e }) as unknown as number[];
  const rise = lgammaDifference(b, a) - a * log(b);
  const factor = 1 + a * e;
  // Slopes of h in e, and of that in a: y d/dy commutes with them.
  const slope = -minusSlope!;
  const byA = [q! / a, (-e * qq!) / (a * a)];
  const inE = [-a * h! - factor * slope, -2 * a * slope - factor * bend!];
  // d h / da = q / a; d q / de = -q².
  const cross = -h! - e * slope - q! + (factor * qq!) / a;
  const [first, second] = [digammaDifference(b, a) - a / b, trigammaDifference(b, a) + a / (b * b)];
  const scoreA = n * (log(a) + 1 - digamma(a) + logs + digamma(a + b) - log(b)) - e * h! - factor * byA[0]!;
  const square = e * e;
  return {
    value: n * (a * log(a) - lgamma(a) + (a - 1) * logs + rise) - factor * h!,
    score: [scoreA, n * first - square * inE[0]!],
    information: [
      [-n * (1 / a - trigamma(a) + trigamma(a + b)) + 2 * e * byA[0]! + factor * byA[1]!, -n * (trigamma(a + b) - e) + square * cross],
      [-n * (trigamma(a + b) - e) + square * cross, -n * second - square * square * inE[1]! - 2 * square * e * inE[0]!],
    ],
  };
}

/** From derivatives in half the degrees of freedom. */
function doubled({ value, score, information }: Evaluation): Evaluation {
  return { value, score: score.map((s) => s / 2), information: information.map((row) => row.map((entry) => entry / 4)) };
}
