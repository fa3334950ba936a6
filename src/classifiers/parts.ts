import type { Found, Status } from "../estimators/result.ts";
import { type RowFit, waldIn } from "../estimators/rowResult.ts";
import type { Domain } from "../math/charts.ts";
import { entries } from "../math/triangle.ts";

/** Parameters whose estimates are independent of all others: the likelihood is a product of factors, each with some of its own. */
export interface Part {
  readonly names: readonly string[];
  readonly estimates: readonly number[];
  /** 0 for what is given, NaN where the part has no interior maximum. */
  readonly standardErrors: readonly number[];
  /** Covariance of two of them. */
  covariance(i: number, j: number): number;
  intervals(level: number): [number, number][];
}

/** The part of a fit of the catalogue; names get the prefix. */
export function partOf(fit: Found | RowFit, prefix: string): Part {
  const { parameters, estimates, standardErrors, vcov } = fit;
  const inOrder = <T>(of: object) => parameters.map((name) => (of as Record<string, T>)[name]!);
  return {
    names: parameters.map((name) => `${prefix}${name}`),
    estimates: inOrder(estimates),
    standardErrors: inOrder(standardErrors),
    covariance: (i, j) => vcov[i]![j]!,
    intervals: (level) => inOrder(fit.confint({ level })),
  };
}

/** Numbers that were given, or that there are none of. */
export function heldPart(names: readonly string[], estimates: readonly number[], error: 0 | typeof Number.NaN): Part {
  return {
    names,
    estimates,
    standardErrors: names.map(() => error),
    covariance: () => error,
    intervals: () => estimates.map((value) => (error === 0 ? [value, value] : [Number.NaN, Number.NaN])),
  };
}

/** A covariance matrix in multiples of the columns' units, estimated with so many degrees of freedom. */
export interface Spread {
  readonly names: readonly string[];
  readonly covariance: Float64Array;
  readonly unit: Float64Array;
}

/** Means of `weight` rows: their covariance is that of a row over the number. */
export function meanPart({ names, covariance, unit }: Spread, means: readonly number[], weight: number, prefix: string): Part {
  const d = names.length;
  const error = (j: number) => Math.sqrt(covariance[j * d + j]! / weight) * unit[j]!;
  return part({
    names: names.map((name) => `${prefix}mean[${name}]`),
    domains: names.map(() => "real"),
    estimates: means,
    standardErrors: names.map((_, j) => error(j)),
    covariance: (i, j) => (covariance[i * d + j]! / weight) * unit[i]! * unit[j]!,
  });
}

/** The covariance itself: cov(s_ij, s_kl) = (s_ik s_jl + s_il s_jk) / n (Anderson 2003, An Introduction to Multivariate Statistical Analysis, 3.6). */
export function covariancePart({ names, covariance, unit }: Spread, degrees: number, prefix: string): Part {
  const d = names.length;
  const pairs = entries(d);
  const s = (i: number, j: number) => covariance[i * d + j]!;
  const size = ([i, j]: readonly [number, number]) => unit[i]! * unit[j]!;
  const between = ([i, j]: readonly [number, number], [k, l]: readonly [number, number]) =>
    (s(i, k) * s(j, l) + s(i, l) * s(j, k)) / degrees;
  return part({
    names: pairs.map(([i, j]) => `${prefix}covariance[${names[i]},${names[j]}]`),
    domains: pairs.map(([i, j]) => (i === j ? "positive" : "real")),
    estimates: pairs.map((pair) => s(...pair) * size(pair)),
    standardErrors: pairs.map((pair) => Math.sqrt(between(pair, pair)) * size(pair)),
    covariance: (a, b) => between(pairs[a]!, pairs[b]!) * size(pairs[a]!) * size(pairs[b]!),
  });
}

function part(own: Omit<Part, "intervals"> & { readonly domains: readonly Domain[] }): Part {
  const { estimates, standardErrors, domains } = own;
  return { ...own, intervals: (level) => domains.map((domain, i) => waldIn(domain, estimates[i]!, standardErrors[i]!, level)) };
}

const WORST: readonly Status[] = ["nonexistent", "failed", "boundary", "interior"];

/** The status of a product of factors is that of the worst; the reason names those that have it. */
export function together(parts: readonly { readonly of: string; readonly status: Status; readonly reason: string }[]): {
  status: Status;
  reason: string;
} {
  const status = WORST.find((one) => parts.some((part) => part.status === one)) ?? "interior";
  const those = parts.filter((part) => part.status === status).map(({ of, reason }) => `${of}: ${reason}`);
  const more = those.length > 3 ? ` And ${those.length - 3} more like these.` : "";
  return { status, reason: `${those.slice(0, 3).join(" ")}${more}` };
}
