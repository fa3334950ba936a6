import type { Censored, Truncated } from "../data/censoring.ts";
import { describe } from "../data/observations.ts";
import { productLimit } from "../empirical/productLimit.ts";
import { turnbullMasses } from "../empirical/turnbull.ts";
import { askedOf } from "../estimators/asked.ts";
import type { Fit } from "../estimators/result.ts";
import { checkOptions } from "../estimators/settings.ts";
import { exp, log } from "../math/elementary.ts";
import { normalQuantile } from "../math/normal.ts";
import { type Conditional, conditional } from "./conditional.ts";
import { questionOf, type Rows, rowsOf } from "./question.ts";

/** Rows without a fit. */
export interface SurvivalRows {
  readonly censored: Censored;
  readonly truncated?: Truncated;
  readonly weights?: ArrayLike<number>;
}

export interface KaplanMeierOptions {
  /** Level of the pointwise intervals, 0.95 by default. */
  readonly level?: number;
  /** Scale on which the intervals are symmetric, as R's conf.type: `"log"` by default. */
  readonly confType?: "log" | "log-log" | "plain";
}

/** One entry for each distinct time. */
export interface KaplanMeier {
  readonly time: Float64Array;
  readonly atRisk: Float64Array;
  readonly events: Float64Array;
  readonly censored: Float64Array;
  readonly survival: Float64Array;
  /** Greenwood's standard error of survival. */
  readonly standardError: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Survival of the fit at the same times; undefined for rows without a fit. */
  readonly fitted?: Float64Array;
}

/**
 * The product-limit estimate of survival (Kaplan & Meier 1958), with the fit beside it. As R's `survfit`: rows censored at the time of an event
 * count as at risk, late entry (`truncated.lower`) is taken into account, intervals are pointwise.
 *
 * @param of a fit of exact or right-censored rows, or such rows.
 * @throws RangeError for rows known between two bounds or to lie below one: those have Turnbull's estimate.
 */
export function kaplanMeier(of: Fit | SurvivalRows, options: KaplanMeierOptions = {}): KaplanMeier {
  checkOptions(options, ["level", "confType"]);
  const { level = 0.95, confType = "log" } = options;
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${describe(level)}; a number between 0 and 1 is needed.`);
  if (!["log", "log-log", "plain"].includes(confType)) {
    throw new RangeError(`confType is ${describe(confType)}; "log", "log-log" or "plain" is needed.`);
  }
  const { rows, at } = dataOf(of, "kaplanMeier");
  const lifetimes = lifetimesOf(rows);
  const { time, atRisk, events, censored, survival, logVariance } = productLimit(lifetimes);
  const first = lifetimes.entry?.reduce((least, entry) => Math.min(least, entry), Number.POSITIVE_INFINITY);
  const fitted = at?.(first);
  const z = normalQuantile((1 + level) / 2);
  const ends = Array.from(survival, (s, i) => interval(s, logVariance[i]!, z, confType));
  return {
    time,
    atRisk,
    events,
    censored,
    survival,
    standardError: survival.map((s, i) => (s === 0 ? 0 : s * Math.sqrt(logVariance[i]!))),
    lower: Float64Array.from(ends, ([low]) => low),
    upper: Float64Array.from(ends, ([, high]) => high),
    ...(fitted && { fitted: time.map((t) => exp(fitted.logSf(t))) }),
  };
}

/** NaN where survival is 0: nothing is left that an interval could be made of. */
function interval(s: number, logVariance: number, z: number, confType: NonNullable<KaplanMeierOptions["confType"]>): [number, number] {
  if (s === 0) return [Number.NaN, Number.NaN];
  if (s === 1) return [1, 1];
  const error = z * Math.sqrt(logVariance);
  if (confType === "plain") return [Math.max(0, s - s * error), Math.min(1, s + s * error)];
  if (confType === "log") return [s * exp(-error), Math.min(1, s * exp(error))];
  const middle = log(-log(s));
  const reach = error / -log(s);
  return [exp(-exp(middle + reach)), exp(-exp(middle - reach))];
}

/** Sets that carry mass, in order. */
export interface Turnbull {
  /** Set j is (lower[j], upper[j]], or the point where the two are equal: where in it the mass lies, the rows do not tell. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly mass: Float64Array;
  /** P(X <= upper[j]). */
  readonly cumulative: Float64Array;
  /** The same by the fit; undefined for rows without a fit. */
  readonly fitted?: Float64Array;
  readonly logLik: number;
  readonly iterations: number;
  /** Whether another self-consistency step would change no mass by more than 1e-10. */
  readonly converged: boolean;
}

/**
 * The nonparametric maximum-likelihood estimate from rows known between two bounds (Turnbull 1976), with the fit beside it. Of right-censored
 * rows it is the product-limit estimate.
 *
 * @param of a fit of censored or exact rows, or such rows.
 * @throws RangeError for truncated rows.
 */
export function turnbull(of: Fit | SurvivalRows): Turnbull {
  const { rows, at } = dataOf(of, "turnbull");
  const found = turnbullMasses(intervalsOf(rows));
  let below = 0;
  const cumulative = found.mass.map((mass) => {
    below = Math.min(1, below + mass);
    return below;
  });
  const fitted = at?.();
  const { lower, upper, mass, logLik, iterations, converged } = found;
  return {
    lower,
    upper,
    mass,
    cumulative,
    ...(fitted && { fitted: upper.map((x) => (x === Number.POSITIVE_INFINITY ? 1 : exp(fitted.logCdf(x)))) }),
    logLik,
    iterations,
    converged,
  };
}

interface Data {
  readonly rows: Rows;
  /** The fit from an entry time on. */
  readonly at: ((entry?: number) => Conditional) | undefined;
}

function dataOf(of: Fit | SurvivalRows, asker: string): Data {
  if (typeof of === "object" && of !== null && !askedOf(of as Fit) && "censored" in of) {
    checkOptions(of, ["censored", "truncated", "weights"]);
    return { rows: rowsOf({ options: of }), at: undefined };
  }
  const question = questionOf(of as Fit, asker);
  return { rows: rowsOf(question), at: (entry) => conditional(question.family, question.theta, entry) };
}

type Right = Extract<Rows, { kind: "right" }>;

function lifetimesOf(rows: Rows): Omit<Right, "kind"> {
  if (rows.kind === "right") return rows;
  if (rows.kind !== "exact") {
    throw new RangeError("kaplanMeier needs rows that are known or right-censored; turnbull takes rows known between two bounds.");
  }
  const { x, weights, after, until } = rows;
  if (until !== Number.POSITIVE_INFINITY) throw new RangeError("kaplanMeier: rows truncated above have no product-limit estimate.");
  const entry = after === Number.NEGATIVE_INFINITY ? undefined : x.map((_, i) => (typeof after === "number" ? after : after[i]!));
  return { time: x, event: new Uint8Array(x.length).fill(1), entry, weights };
}

function intervalsOf(rows: Rows): { lower: Float64Array; upper: Float64Array; weights: Float64Array | undefined } {
  const truncated = () => new RangeError("turnbull: truncated rows have no estimate here; kaplanMeier takes late entries.");
  if (rows.kind === "interval") return rows;
  if (rows.kind === "right") {
    if (rows.entry) throw truncated();
    return { lower: rows.time, upper: rows.time.map((t, i) => (rows.event[i] ? t : Number.POSITIVE_INFINITY)), weights: rows.weights };
  }
  if (rows.kind === "exact") {
    if (rows.after !== Number.NEGATIVE_INFINITY || rows.until !== Number.POSITIVE_INFINITY) throw truncated();
    return { lower: rows.x, upper: rows.x, weights: rows.weights };
  }
  if (rows.after !== Number.NEGATIVE_INFINITY || rows.until !== Number.POSITIVE_INFINITY) throw truncated();
  return { lower: rows.edges.slice(0, -1), upper: rows.edges.slice(1), weights: rows.counts };
}
