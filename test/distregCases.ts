import { type DistregOptions, distreg, type Family, type FitOptions, fit } from "loglik";
import { tailsOf } from "../src/estimators/problem.ts";
import { charts } from "../src/math/charts.ts";
import { logInterval } from "../src/math/interval.ts";
import { Random } from "../src/math/random.ts";
import { constantsOf, families, supportOf, type Trial, trials } from "./trialFamilies.ts";

// Regressions of which every parameter has a covariate, of rows drawn from the model: complete, some or most
// censored on the right, between two ends, and
// seen only above some value.

export const kinds = ["complete", "right", "mostly right", "interval", "truncated"] as const;
export type Kind = (typeof kinds)[number];

/** Families whose likelihood is smooth, with constants that are known. */
export const smooth: readonly Family[] = families.filter(
  ({ parameters }) => !parameters.some(({ rough, domain }) => rough || domain === "whole"),
);

export interface Case {
  readonly name: string;
  readonly trial: Trial;
  readonly kind: Kind;
  readonly x: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly after: Float64Array | undefined;
  /** Intercept and slope of each parameter's predictor. */
  readonly truth: readonly (readonly [number, number])[];
}

/** Rows of a family's regression. */
export function caseOf(family: Family, row: number, kind: Kind, n: number, seed: number, strength = 1): Case {
  const trial = trials.filter((one) => one.family === family)[row]!;
  const random = new Random(seed);
  const { theta, at } = trial;
  const constants = Object.values(constantsOf(family));
  const spread = at.quantile(0.75) - at.quantile(0.25) || 1;
  const truth = family.parameters.map(({ domain, usual }, k): [number, number] => {
    const value = charts[domain].toEta(theta[k]!);
    if (domain !== "real") return [value, strength * (usual ? 0.1 : 0.25)];
    return [value, strength * (usual ? 0.05 : k === 0 && family.support.lower === -Infinity ? 0.5 * spread : 0.2)];
  });
  const x = new Float64Array(n).map(() => 2 * random.uniform() - 1);
  const [lower, upper, after] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const { whole } = family.support;
  const support = supportOf(family);
  for (let i = 0; i < n; i++) {
    const own = thetaAt(family, truth, x[i]!, constants);
    let y = family.random(own, random);
    if (kind === "truncated") {
      after[i] = whole ? family.quantile(0.2, own) - 1 : family.quantile(0.2 * random.uniform(), own);
      while (!(y > after[i]!)) y = family.random(own, random);
    }
    [lower[i], upper[i]] = [y, y];
    if (kind === "right" || kind === "mostly right") {
      const u = random.uniform();
      const limit = family.quantile(kind === "right" ? 0.3 + 0.7 * u : 0.1 + 0.4 * u, own);
      if (y > limit) [lower[i], upper[i]] = [limit, Number.POSITIVE_INFINITY];
    }
    if (kind === "interval" && i % 2 === 0) {
      const width = whole ? 2 : 0.5 * spread;
      lower[i] = whole ? y - 1 - (i % 4 ? 0 : 1) : y - width * random.uniform();
      upper[i] = lower[i]! + width;
      if (support.lower >= lower[i]! && !whole && support.lower > -Infinity) lower[i] = support.lower;
    }
  }
  const name = `${trial.name} ${kind} n=${n} seed=${seed}`;
  return { name, trial, kind, x, lower, upper, after: kind === "truncated" ? after : undefined, truth };
}

export function thetaAt({ parameters }: Family, beta: readonly (readonly [number, number])[], x: number, constants: readonly number[]) {
  return [...parameters.map(({ domain }, k) => charts[domain].at(beta[k]![0] + beta[k]![1] * x)[0]), ...constants];
}

/** The log-likelihood at these coefficients, row by row from the catalogue's functions. */
export function logLikAt({ trial: { family }, x, lower, upper, after }: Case, beta: readonly (readonly [number, number])[]): number {
  const constants = Object.values(constantsOf(family));
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const theta = thetaAt(family, beta, x[i]!, constants);
    const exact = lower[i] === upper[i];
    sum += exact ? family.logPdf(lower[i]!, theta) : logInterval(tailsOf(family, theta), lower[i]!, upper[i]!, family.support.whole);
    if (after) sum -= family.logSf(after[i]!, theta);
  }
  return sum;
}

export function optionsOf({ trial: { family }, x, lower, upper, after }: Case): DistregOptions {
  const design = { names: ["(Intercept)", "x"], columns: [x.map(() => 1), x] };
  return {
    family: family.name,
    parameters: Object.fromEntries(family.parameters.map(({ name }) => [name, design])),
    lower,
    upper,
    ...(after && { truncated: { lower: after } }),
    ...constantsOf(family),
  };
}

export interface Outcome {
  readonly status: string;
  readonly reason: string;
  readonly logLik: number;
  /** Above the truth's, and that of all rows alike. */
  readonly overTruth: number;
  readonly overConstant: number;
  /** The largest score in standard errors, from differences of the sum of the rows' logarithms. */
  readonly score: number;
  /** By how much the value differs from that sum, relative. */
  readonly gap: number;
  readonly evaluations: number;
  readonly passes: number;
}

export async function outcomeOf(one: Case): Promise<Outcome> {
  const { family } = one.trial;
  const r = await distreg(optionsOf(one));
  const beta = family.parameters.map(({ name }) => [r.estimates[`${name}:(Intercept)`]!, r.estimates[`${name}:x`]!] as [number, number]);
  const exact = one.lower.every((value, i) => value === one.upper[i]);
  const plain = await fit(family.name, exact ? one.lower : null, {
    ...(!exact && { censored: { lower: one.lower, upper: one.upper } }),
    ...(one.after && { truncated: { lower: one.after } }),
    ...constantsOf(family),
  } as FitOptions).catch(() => undefined);
  let score = 0;
  if (r.status === "interior") {
    family.parameters.forEach(({ name }, k) => {
      for (const [j, column] of ["(Intercept)", "x"].entries()) {
        const error = r.standardErrors[`${name}:${column}`]!;
        const moved = (by: number) => logLikAt(one, beta.with(k, beta[k]!.with(j, beta[k]![j]! + by) as [number, number]));
        const h = 1e-3 * error;
        const slope = (8 * (moved(h) - moved(-h)) - (moved(2 * h) - moved(-2 * h))) / (12 * h);
        score = Math.max(score, Math.abs(slope * error));
        if (!(score >= 0)) score = Number.POSITIVE_INFINITY;
      }
    });
  }
  const { certificate } = r as unknown as { certificate: { evaluations: number } };
  return {
    status: r.status,
    reason: r.reason,
    logLik: r.logLik,
    overTruth: r.logLik - logLikAt(one, one.truth),
    overConstant: plain && plain.status !== "nonexistent" && plain.status !== "failed" ? r.logLik - plain.logLik : Number.NaN,
    score,
    gap: r.status === "interior" ? Math.abs(r.logLik - logLikAt(one, beta)) / (1 + Math.abs(r.logLik)) : 0,
    evaluations: certificate.evaluations,
    passes: r.passes,
  };
}
