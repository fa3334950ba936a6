import { readdirSync, readFileSync } from "node:fs";
import { type Fit, type FitOptions, fit, type RowOptions } from "loglik";

// Reference cases, one file per family in test/data/reference: data as exact doubles, and their maximum in 60-digit arithmetic rounded to
// doubles. What counts as agreement is said here, once, for the tests and for `npm run reference`.

type Values = Readonly<Record<string, number>>;

export interface Case {
  readonly id: string;
  /** Data set and package, or how the data were simulated. */
  readonly source: string;
  readonly distribution: string;
  /** The data: numbers, or null where rows are censored; rows with their columns' names; or labels. */
  readonly x?: readonly number[] | null;
  /** null where a bound is infinite. */
  readonly censored?: { readonly lower: readonly (number | null)[]; readonly upper: readonly (number | null)[] };
  readonly truncated?: { readonly lower?: number | readonly number[]; readonly upper?: number | readonly number[] };
  readonly rows?: readonly (readonly number[])[];
  readonly columns?: readonly string[];
  readonly labels?: readonly string[];
  readonly levels?: readonly string[];
  readonly weights?: readonly number[];
  readonly fixed?: Values;
  /** The family's constants. */
  readonly constants?: Readonly<Record<string, number | readonly number[]>>;
  readonly expected: Maximum | NoMaximum;
  /** Relative, in standard errors, absolute; `loglik_abs_stretch` is what a form without cancellation reaches. */
  readonly tolerance: {
    readonly estimates_rel?: number;
    readonly estimates_se?: number;
    readonly loglik_abs: number;
    readonly loglik_abs_stretch?: number;
  };
  /** What other packages answer. */
  readonly peers?: readonly { readonly package: string; readonly ok: boolean; readonly max_rel_error?: number }[];
}

interface Maximum {
  readonly exists: true;
  readonly unique?: undefined;
  readonly nobs: number;
  readonly estimates: Values;
  /** Absent where the likelihood has no curvature at its maximum. */
  readonly se?: Values;
  readonly vcov?: readonly (readonly number[])[];
  readonly loglik: number;
  readonly aic: number;
  readonly bic: number;
}

interface NoMaximum {
  readonly exists: boolean;
  readonly unique?: false;
  readonly reason: "unbounded" | "boundary" | "non-unique";
  readonly supremum_loglik?: number;
  /** What the parameters tend to; null where that is infinite. */
  readonly limit?: Readonly<Record<string, number | null>>;
}

/** Errors of one fit, the largest over its parameters, and what is out of tolerance, in words. */
export interface Agreement {
  readonly failures: readonly string[];
  readonly relative: number;
  readonly inStandardErrors: number;
  readonly standardErrors: number;
  readonly logLik: number;
}

const SE_TOLERANCE = 1e-6;

/** Below either, an error is the rounding of data and sums: which package has less of it is chance. */
const ROUNDING = { relative: 1e-14, inStandardErrors: 1e-13 };
const FOLDER = new URL("data/reference/", import.meta.url);

export const cases: readonly Case[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json"))
  .sort()
  .flatMap((file) => JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as Case[]);

/** Fits a case and compares. */
export async function examine(given: Case): Promise<Agreement> {
  const { expected } = given;
  const found = await fitted(given).catch(refusal);
  if (found instanceof RangeError) return compareRefusal(found, expected);
  return isMaximum(expected) ? compareMaximum(found, expected, given) : compareLimit(found, expected, given);
}

/** The fit of a case. */
export function fitted({
  x,
  censored,
  truncated,
  rows,
  columns,
  labels,
  levels,
  weights,
  fixed,
  constants,
  distribution,
}: Case): Promise<Fit> {
  const options: FitOptions & RowOptions = {
    ...(censored && { censored: bounded(censored) }),
    ...(truncated && { truncated }),
    ...constants,
    ...(weights && { weights }),
    ...(fixed && { fixed }),
    ...(columns && { columns }),
    ...(levels && { levels }),
  };
  // The families of rows and labels take other data; what comes back has the same shape.
  const data = (x === undefined ? (labels ?? rows!.flat()) : x) as readonly number[] | null;
  return fit(distribution, data, options);
}

function bounded({ lower, upper }: NonNullable<Case["censored"]>) {
  return { lower: lower.map((bound) => bound ?? Number.NEGATIVE_INFINITY), upper: upper.map((bound) => bound ?? Number.POSITIVE_INFINITY) };
}

/** Whether the case has a maximum that is one point. */
export function isMaximum(expected: Case["expected"]): expected is Maximum {
  return expected.exists && expected.unique !== false;
}

function compareMaximum(found: Fit, expected: Maximum, { tolerance, peers = [] }: Case): Agreement {
  const failures: string[] = [];
  const worst = { relative: 0, inStandardErrors: 0, standardErrors: 0 };
  const miss = (what: string, is: unknown, needed: unknown) => failures.push(`${what} is ${is}; ${needed} is needed`);
  const attained = expected.se ? ["interior"] : ["interior", "boundary"];
  if (!attained.includes(found.status)) miss("status", found.status, attained.join(" or "));
  for (const [name, value] of Object.entries(expected.estimates)) {
    const error = Math.abs(found.estimates[name]! - value);
    const se = expected.se?.[name] ?? 0;
    const allowed = Math.max((tolerance.estimates_rel ?? 0) * Math.abs(value), (tolerance.estimates_se ?? 0) * se);
    if (!(error <= allowed)) miss(name, found.estimates[name], `${value} ± ${allowed}`);
    if (value !== 0) worst.relative = larger(worst.relative, error / Math.abs(value));
    if (se > 0) {
      const relative = Math.abs(found.standardErrors[name]! - se) / se;
      if (!(relative <= SE_TOLERANCE)) miss(`standard error of ${name}`, found.standardErrors[name], se);
      worst.inStandardErrors = larger(worst.inStandardErrors, error / se);
      worst.standardErrors = larger(worst.standardErrors, relative);
    }
  }
  const rounded = worst.relative <= ROUNDING.relative || worst.inStandardErrors <= ROUNDING.inStandardErrors;
  for (const { package: peer, ok, max_rel_error: error = Number.POSITIVE_INFINITY } of peers) {
    if (ok && !rounded && !(worst.relative <= error)) miss("the largest relative error", worst.relative, `at most ${peer}'s, ${error},`);
  }
  expected.vcov?.forEach((row, i) => {
    row.forEach((value, j) => {
      const size = Math.sqrt(expected.vcov![i]![i]!) * Math.sqrt(expected.vcov![j]![j]!);
      if (!(Math.abs(found.vcov[i]![j]! - value) <= 2 * SE_TOLERANCE * size)) miss(`vcov[${i}][${j}]`, found.vcov[i]![j], value);
    });
  });
  const allowed = tolerance.loglik_abs_stretch ?? tolerance.loglik_abs;
  const error = Math.abs(found.logLik - expected.loglik);
  if (!(error <= allowed)) miss("logLik", found.logLik, `${expected.loglik} ± ${allowed}`);
  for (const name of ["aic", "bic"] as const) {
    if (!(Math.abs(found[name] - expected[name]) <= 2 * allowed + 1e-14 * Math.abs(expected[name])))
      miss(name, found[name], expected[name]);
  }
  if (!(Math.abs(found.nobs - expected.nobs) <= 1e-14 * expected.nobs)) miss("nobs", found.nobs, expected.nobs);
  return { failures, ...worst, logLik: error / Math.max(1, Math.abs(expected.loglik)) };
}

function compareLimit(found: Fit, expected: NoMaximum, { tolerance }: Case): Agreement {
  const failures: string[] = [];
  const status = expected.reason === "boundary" ? "boundary" : "nonexistent";
  if (found.status !== status) failures.push(`status is ${found.status}; ${status} is needed`);
  const supremum = expected.supremum_loglik ?? Number.POSITIVE_INFINITY;
  if (!(found.logLik >= supremum - tolerance.loglik_abs)) failures.push(`logLik is ${found.logLik}; ${supremum} is the supremum`);
  const errors = Object.values(found.standardErrors);
  if (!errors.every(Number.isNaN)) failures.push(`standard errors are ${errors}; there are none`);
  for (const [name, limit] of Object.entries((status === "boundary" && expected.limit) || {})) {
    const value = limit ?? Number.POSITIVE_INFINITY;
    const estimate = found.estimates[name]!;
    if (!(estimate === value || Math.abs(estimate - value) <= 1e-8)) failures.push(`${name} is ${estimate}; the limit is ${value}`);
  }
  return { failures, relative: 0, inStandardErrors: 0, standardErrors: 0, logLik: 0 };
}

/** A RangeError as an answer: data outside the support have no likelihood, so nothing is fitted. Other errors are thrown. */
function refusal(reason: unknown): RangeError {
  if (reason instanceof RangeError) return reason;
  throw reason;
}

/** Data on the edge of an open support are where the density is 0 or infinite: refused with place and need, the likelihood being unbounded. */
function compareRefusal({ message }: RangeError, expected: Case["expected"]): Agreement {
  const answered = !isMaximum(expected) && expected.reason === "unbounded" && /^x\[\d+\] is .* needs /.test(message);
  return { failures: answered ? [] : [message], relative: 0, inStandardErrors: 0, standardErrors: 0, logLik: 0 };
}

/** The larger of two errors; NaN counts as infinite. */
function larger(a: number, b: number): number {
  return Number.isNaN(b) ? Number.POSITIVE_INFINITY : Math.max(a, b);
}
