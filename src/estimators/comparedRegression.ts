import { describe } from "../data/observations.ts";
import type { Status } from "./result.ts";
import { SCALES } from "./sameData.ts";

// What comparisons ask of a regression: which rows it was fitted to, by which distribution, and what each parameter depends on.

/** What one parameter of the response's distribution depends on. */
export interface ComparedPart {
  readonly name: string;
  readonly link: string;
  /** Names of its columns. */
  readonly columns: readonly string[];
  readonly offset: Float64Array | undefined;
  /** Whether the columns of another part of the same rows, or a constant, are combinations of these; undefined where there are too many to tell. */
  covers(other: ComparedPart | "constant"): Promise<boolean | undefined>;
}

/** How a distribution is a special case, or a limit, of another. */
export interface Inclusion {
  /** In words: `theta = ∞`. */
  readonly text: string;
  /** The parameters that it does not have. */
  readonly without: readonly string[];
  /** Those of them that lie at the edge of their domain there. */
  readonly onBoundary: readonly string[];
  /** Why the likelihood ratio has no law, if it has none. */
  readonly irregular?: string | undefined;
}

export interface ComparedRegression {
  /** `glm(y ~ x, poisson, log)`. */
  readonly label: string;
  /** Number of estimated parameters. */
  readonly k: number;
  /** What the likelihood is made of: `masses`, `densities`, or the name of a partial one; undefined where there is none. */
  readonly likelihood: string | undefined;
  /** Whether the estimates are the likelihood's alone, without a penalty. */
  readonly penalized: boolean;
  /** The distribution's name, with the values of its parameters that are held. */
  readonly law: string;
  readonly held: Readonly<Record<string, number>>;
  readonly parts: readonly ComparedPart[];
  /** Other distributions within this one, by their names. */
  readonly contains: Readonly<Record<string, Inclusion>>;
  /** What is known of the rows that count, by name: response, weights, strata. */
  rows(): Readonly<Record<string, ArrayLike<number> | undefined>>;
  /** Log-likelihoods of the rows that count, and how often each occurs; undefined where the likelihood is no product over rows. */
  rowLogLik(): { readonly values: Float64Array; readonly weights: Float64Array | undefined } | undefined;
}

/** A regression that can be compared with others. */
export interface ComparableRegression {
  readonly model: string;
  readonly family: string;
  readonly logLik: number;
  readonly aic: number;
  readonly aicc: number;
  readonly bic: number;
  readonly nobs: number;
  readonly status: Status;
  readonly reason: string;
  compared(): ComparedRegression;
}

export function isComparableRegression(r: unknown): r is ComparableRegression {
  return typeof r === "object" && r !== null && "compared" in r;
}

/** @throws RangeError for regressions of different rows, naming the first difference, and for likelihoods that are not of one kind. */
export function checkSameRows(a: ComparedRegression, b: ComparedRegression): void {
  const refuse = (what: string) => new RangeError(`${what} (${a.label} and ${b.label}); fits of the same rows are needed.`);
  const [one, other] = [a.rows(), b.rows()];
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const [left, right] = [one[name], other[name]];
    const length = left?.length ?? right?.length ?? 0;
    if (left && right && right.length !== length) throw refuse(`One fit has ${length} rows and the other ${right.length}`);
    // No weights are weights of 1.
    const missing = name === "weights" ? 1 : Number.NaN;
    for (let row = 0; row < length; row++) {
      const [x, y] = [left?.[row] ?? missing, right?.[row] ?? missing];
      if (x !== y && (x === x || y === y))
        throw refuse(`${name}[${row}] of the rows that count is ${x} for one fit and ${y} for the other`);
    }
  }
  checkSameLikelihood(a, b);
}

/** @throws RangeError for likelihoods that are not of one kind, and for what has none. */
export function checkSameLikelihood(a: ComparedRegression, b: ComparedRegression): void {
  for (const { likelihood, label } of [a, b]) {
    if (likelihood === undefined) throw new RangeError(`${label} has no likelihood; fits that have one are needed.`);
  }
  if (a.likelihood === b.likelihood) return;
  const kinds = [a.likelihood, b.likelihood].sort().join();
  if (kinds === "densities,masses") throw new RangeError(`One of ${a.label} and ${b.label} gives masses, the other densities; ${SCALES}`);
  throw new RangeError(`${a.label} has ${a.likelihood} and ${b.label} ${b.likelihood}; fits by one likelihood are needed.`);
}

/** What a test asks of a regression. @throws TypeError or RangeError for what is none, or no maximum of its likelihood. */
export function comparedMaximum(r: unknown, role: string): { readonly fit: ComparableRegression; readonly compared: ComparedRegression } {
  if (!isComparableRegression(r)) {
    const { model, distribution } = (r ?? {}) as { model?: string; distribution?: string };
    throw new TypeError(`${role} is ${model ?? distribution ?? describe(r)}; two regressions, or two fits of distributions, are needed.`);
  }
  const compared = r.compared();
  if (compared.penalized) throw new RangeError(`${role}, ${compared.label}, is penalised; a maximum of the likelihood alone is needed.`);
  if (r.status !== "interior" && r.status !== "boundary") {
    throw new RangeError(`${role}, ${compared.label}, is no maximum (${r.status}): ${r.reason}`);
  }
  return { fit: r, compared };
}
