import type { RowFamily, ShapedParameter } from "../distributions/rowFamily.ts";
import { rescale } from "../inference/covariance.ts";
import { criteria } from "../inference/criteria.ts";
import { deltaMethod, numberOf } from "../inference/delta.ts";
import { checkInterval, waldInterval } from "../inference/wald.ts";
import type { Verdict } from "../likelihood/model.ts";
import type { Peak, Proof } from "../likelihood/rowModel.ts";
import { charts, type Domain } from "../math/charts.ts";
import { entries } from "../math/triangle.ts";
import type { Estimate, Found, IntervalOptions, Status } from "./result.ts";

/**
 * Numbers of the parameters of a distribution of rows or labels: each under its flat name, `mean[Girth]`, `covariance[Height,Girth]`, `df`,
 * `prob[Brown]`, and, not enumerated, whole parameters as arrays and as arrays of rows.
 */
export interface ShapedNumbers {
  readonly [flat: `${string}[${string}]`]: number;
  readonly df: number;
  readonly mean: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  readonly location: readonly number[];
  readonly scale: readonly (readonly number[])[];
  readonly alpha: readonly number[];
  readonly prob: readonly number[];
}

/** A fit of rows or labels: as any other, with `estimates` and `standardErrors` also as arrays. Those a family lacks are absent. */
export interface RowFit extends Omit<Found, "estimates" | "standardErrors"> {
  readonly estimates: ShapedNumbers;
  readonly standardErrors: ShapedNumbers;
  /**
   * As of a fit of numbers: a function of the parameters with its standard error by the delta method and its Wald interval. The function
   * gets what `estimates` holds, flat names and arrays alike.
   *
   * @example
   * r.estimate((v) => v.covariance[0]![1]! / Math.sqrt(v.covariance[0]![0]! * v.covariance[1]![1]!)); // a correlation
   */
  estimate(fn: (values: ShapedNumbers) => number, options?: { readonly level?: number }): Estimate;
}

/** What was fitted. */
export interface FittedRows {
  readonly family: RowFamily;
  /** Names of the columns, or the levels. */
  readonly names: readonly string[];
  readonly fixed: Readonly<Record<string, number>>;
  readonly nobs: number;
  readonly passes: number;
}

/** One number of a shaped parameter: its place in it, its flat name, its domain. */
interface Flat {
  readonly parameter: ShapedParameter;
  readonly name: string;
  readonly domain: Domain;
}

const NOTHING: Proof = {
  scoreNorm: Number.NaN,
  decrement: Number.NaN,
  eigenvalues: [],
  iterations: 0,
  evaluations: 0,
  stop: "closed form",
};

/** The numbers of a family's parameters in their order: a matrix is its lower triangle, row by row. */
export function flatten({ parameters }: RowFamily, names: readonly string[]): Flat[] {
  return parameters.flatMap((parameter): Flat[] => {
    const { name, shape, domain } = parameter;
    if (shape === "number") return [{ parameter, name, domain }];
    if (shape === "vector") return names.map((column) => ({ parameter, name: `${name}[${column}]`, domain }));
    return entries(names.length).map(([i, j]) => ({
      parameter,
      name: `${name}[${names[i]},${names[j]}]`,
      domain: i === j ? domain : "real",
    }));
  });
}

/** The result of a verdict: a limit or none. */
export function ruledRows(fitted: FittedRows, verdict: Verdict): RowFit {
  const { status, reason, estimates, logLik } = verdict;
  const flat = flatten(fitted.family, fitted.names);
  const theta = estimates ?? flat.map(({ name }) => fitted.fixed[name] ?? Number.NaN);
  const value = logLik ?? (status === "nonexistent" ? Number.POSITIVE_INFINITY : Number.NaN);
  const free = flat.filter(({ name }) => fitted.fixed[name] === undefined).length;
  return assemble(fitted, { status, reason, theta, logLik: value, free, proof: NOTHING });
}

/** The result of a maximum; `covariance` is in multiples of its units. */
export function concludedRows(fitted: FittedRows, peak: Peak, covariance: readonly (readonly number[])[]): RowFit {
  const { theta, logLik, free, proof, unit } = peak;
  const beyond = !theta.every(Number.isFinite) || !Number.isFinite(logLik);
  const ended = proof.stop === "closed form" || proof.stop === "decrement" || (proof.stop === "step" && proof.decrement < 1e-5);
  const reason = beyond
    ? "An estimate lies beyond the range of doubles: the data need another scale."
    : ended
      ? (peak.reason ?? "A maximum with zero score and positive definite information.")
      : "No step increases the likelihood further, and the score is not 0.";
  const status: Status = ended && !beyond ? "interior" : "failed";
  return assemble(fitted, { status, reason, theta, logLik, free, proof, ...(status === "interior" && { errors: { covariance, unit } }) });
}

interface Findings {
  readonly status: Status;
  readonly reason: string;
  readonly theta: readonly number[];
  readonly logLik: number;
  readonly free: number;
  readonly proof: Proof;
  readonly errors?: { readonly covariance: readonly (readonly number[])[]; readonly unit: readonly number[] };
}

function assemble({ family, names, fixed, nobs, passes }: FittedRows, found: Findings): RowFit {
  const { status, reason, theta, logLik, free, proof, errors } = found;
  const flat = flatten(family, names);
  const parameters = flat.map(({ name }) => name);
  const named = <T>(values: readonly T[]) => Object.fromEntries(parameters.map((name, i) => [name, values[i]!])) as Record<string, T>;
  // Not the root of vcov: a variance of 1e-310 has lost digits that its root need not lose.
  const standardErrors = flat.map((_, i) => (errors ? Math.sqrt(errors.covariance[i]![i]!) * errors.unit[i]! : Number.NaN));
  const vcov = errors ? rescale(errors.covariance, errors.unit) : flat.map(() => flat.map(() => Number.NaN));
  const numbers = {
    distribution: family.name,
    discrete: family.support.whole,
    parameters,
    vcov,
    logLik,
    ...criteria(logLik, free, nobs),
    nobs,
    status,
    reason,
    passes,
    certificate: { ...proof, subsampleEvaluations: 0 },
  };
  const shapes = (values: readonly number[]) => shaped(family, names, flat, values);
  const both = (values: readonly number[]) => Object.defineProperties(named(values), hidden(shapes(values))) as unknown as ShapedNumbers;
  return {
    ...numbers,
    estimates: both(theta),
    standardErrors: both(standardErrors),
    confint({ level = 0.95, method = "wald" }: IntervalOptions = {}) {
      checkInterval(level, method);
      return named(
        flat.map(({ name, domain }, i): [number, number] => {
          if (fixed[name] !== undefined || errors)
            return waldIn(domain, theta[i]!, fixed[name] === undefined ? standardErrors[i]! : 0, level);
          return [Number.NaN, Number.NaN];
        }),
      );
    },
    estimate(fn, { level = 0.95 } = {}) {
      checkInterval(level, "wald");
      const holds = (values: readonly number[]) => flat.every(({ domain }, i) => charts[domain].holds(values[i]!));
      const value = (values: readonly number[]) => (values === theta || holds(values) ? numberOf(fn(both(values)), fn.name) : Number.NaN);
      return deltaMethod(value, theta, vcov, standardErrors, level);
    },
    toJSON: () => ({
      ...numbers,
      estimates: { ...named(theta), ...shapes(theta) },
      standardErrors: { ...named(standardErrors), ...shapes(standardErrors) },
    }),
  };
}

/** Wald interval of a parameter on its domain's unconstrained scale, mapped back. */
export function waldIn(domain: Domain, value: number, standardError: number, level: number): [number, number] {
  if (standardError === 0) return [value, value];
  if (Number.isNaN(standardError)) return [Number.NaN, Number.NaN];
  const chart = charts[domain];
  const eta = chart.toEta(value);
  return waldInterval(eta, standardError / Math.abs(chart.at(eta)[1]), level, (at) => chart.at(at)[0]);
}

/** The parameters that are arrays, by name. */
function shaped({ parameters }: RowFamily, names: readonly string[], flat: readonly Flat[], values: readonly number[]) {
  const arrays = parameters.filter(({ shape }) => shape !== "number");
  return Object.fromEntries(
    arrays.map((parameter) => {
      const own = values.filter((_, i) => flat[i]!.parameter === parameter);
      if (parameter.shape === "vector") return [parameter.name, own];
      const matrix = names.map(() => names.map(() => Number.NaN));
      entries(names.length).forEach(([i, j], at) => {
        matrix[i]![j] = own[at]!;
        matrix[j]![i] = own[at]!;
      });
      return [parameter.name, matrix];
    }),
  );
}

function hidden(values: Readonly<Record<string, unknown>>): PropertyDescriptorMap {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, enumerable: false }]));
}
