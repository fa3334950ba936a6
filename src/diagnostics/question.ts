import { type Bound, boundOf, type Intervals, intervals, isPartial } from "../data/censoring.ts";
import { kept, numbers, picked } from "../data/observations.ts";
import type { Family, Support } from "../distributions/family.ts";
import { askedOf } from "../estimators/asked.ts";
import type { Fit } from "../estimators/result.ts";
import { constantsOf, type FitOptions } from "../estimators/settings.ts";
import { charts } from "../math/charts.ts";

/** A fit with what it was asked: the family at the estimates, and the data. */
export interface Question {
  readonly fit: Fit;
  readonly family: Family;
  readonly x: ArrayLike<number> | null;
  readonly options: FitOptions;
  /** The estimates in the family's order, then its constants: NaN where these come one per row. */
  readonly theta: readonly number[];
  /** Parameters that were not fixed. */
  readonly estimated: number;
  /** The constants that come one per row. */
  readonly columns: Readonly<Record<string, ArrayLike<number>>>;
}

/** @throws TypeError for what is no fit of a distribution of numbers, RangeError for one without estimates inside the parameter space. */
export function questionOf(fit: Fit, asker: string): Question {
  const asked = typeof fit === "object" && fit !== null ? askedOf(fit) : undefined;
  if (!asked) throw new TypeError(`${asker} needs a fit of a distribution of numbers, as fit and fitBest return it.`);
  const { family, x, options } = asked;
  if (family.support.period !== undefined && isPartial(options)) {
    throw new RangeError(`${asker}: angles that are censored, truncated or binned lie on no line; angles known exactly are needed.`);
  }
  const constants = constantsOf(family, options);
  const estimates = family.parameters.map(({ name }) => fit.estimates[name]!);
  const theta = withinDoubles(family, estimates);
  if (!theta) {
    const at = family.parameters.map(({ name }, i) => `${name} = ${estimates[i]}`).join(", ");
    throw new RangeError(`${asker}: the fit has status "${fit.status}" and ${at}, which is no ${family.name}: ${fit.reason}`);
  }
  return {
    fit,
    family,
    x,
    options,
    theta: [...theta, ...constants.values.map((value) => value ?? Number.NaN)],
    estimated: family.parameters.filter(({ name }) => options.fixed?.[name] === undefined).length,
    columns: constants.columns,
  };
}

/** Beyond it, a parameter that runs to infinity changes no probability that a sample could tell from the limit. */
const NEARLY_INFINITE = 1e8;

/** Estimates at which a family can be evaluated: one at infinity is taken far out; undefined where that is no member of the family. */
export function withinDoubles(family: Family, estimates: readonly number[]): number[] | undefined {
  const atEdges = estimates.filter((value, i) => !charts[family.parameters[i]!.domain].holds(value)).length;
  // Of two that run to edges together, the limit is in how they do.
  if ((atEdges > 1 && !estimates.every(Number.isFinite)) || estimates.some(Number.isNaN)) return undefined;
  const finite = estimates.map((value) => (Number.isFinite(value) ? value : Math.sign(value) * NEARLY_INFINITE));
  // At 0 or 1 some families end in another and some in a point.
  return finite.every((value, i) => charts[family.parameters[i]!.domain].holds(value) || value === 0 || value === 1) ? finite : undefined;
}

/** Parameters and constants of a row. */
export function thetaOf({ family, theta, columns }: Question, row: number): readonly number[] {
  if (Object.keys(columns).length === 0) return theta;
  const p = family.parameters.length;
  return theta.map((value, i) => (i < p ? value : (columns[family.constants![i - p]!.name]?.[row] ?? value)));
}

/** The family's support at its constants. */
export function supportOf({ family, theta }: Question): Support {
  return family.supportAt?.(theta.slice(family.parameters.length)) ?? family.support;
}

/** Values known exactly, those of weight 0 left out, with the bounds within which they could be seen. */
export interface ExactRows {
  readonly kind: "exact";
  readonly x: Float64Array;
  readonly weights: Float64Array | undefined;
  readonly after: Bound;
  readonly until: Bound;
}

/** Rows of which each left by an event or was censored, perhaps after late entry. */
export interface RightCensored {
  readonly kind: "right";
  readonly time: Float64Array;
  readonly event: Uint8Array;
  readonly entry: Float64Array | undefined;
  readonly weights: Float64Array | undefined;
}

/** Rows that lie in (lower, upper]. */
export interface IntervalCensored {
  readonly kind: "interval";
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly weights: Float64Array | undefined;
}

/** A histogram, empty bins included. */
export interface Binned {
  readonly kind: "bins";
  readonly edges: Float64Array;
  readonly counts: Float64Array;
  readonly after: number;
  readonly until: number;
}

export type Rows = ExactRows | RightCensored | IntervalCensored | Binned;

/** What rows are known of, and how. */
export interface Known {
  readonly x?: ArrayLike<number> | null;
  readonly options: Pick<FitOptions, "censored" | "truncated" | "bins" | "weights">;
}

/** @throws RangeError for rows that are truncated in a way that no estimate of their distribution function takes into account. */
export function rowsOf({ x, options }: Known): Rows {
  if (!isPartial(options)) {
    const weights = options.weights;
    const keep = weights && kept(weights);
    return {
      kind: "exact",
      x: picked(numbers(x, "x"), keep),
      weights: weights && picked(weights, keep),
      after: Number.NEGATIVE_INFINITY,
      until: Number.POSITIVE_INFINITY,
    };
  }
  const all = intervals(x ?? null, options);
  if (options.bins) return binned(all, options.bins);
  const keep = all.weights && kept(all.weights);
  const [lower, upper] = [picked(all.lower, keep), picked(all.upper, keep)];
  const weights = all.weights && picked(all.weights, keep);
  const bound = (given: Bound) => (typeof given === "number" ? given : picked(given, keep));
  const [after, until] = [bound(all.after), bound(all.until)];
  if (lower.every((value, i) => value === upper[i])) return { kind: "exact", x: lower, weights, after, until };
  if (until !== Number.POSITIVE_INFINITY) {
    throw new RangeError("Rows that are both censored and truncated above have no product-limit estimate; truncation below is possible.");
  }
  const right = lower.every((value, i) => value === upper[i] || upper[i] === Number.POSITIVE_INFINITY);
  if (right) {
    const late = typeof after === "number" ? after !== Number.NEGATIVE_INFINITY : true;
    return {
      kind: "right",
      time: lower,
      event: Uint8Array.from(lower, (value, i) => Number(value === upper[i])),
      entry: late ? lower.map((_, i) => boundOf(after, i)) : undefined,
      weights,
    };
  }
  if (after !== Number.NEGATIVE_INFINITY) {
    throw new RangeError("Rows that are both truncated and known between two bounds have no estimate here; right-censored ones have.");
  }
  return { kind: "interval", lower, upper, weights };
}

function binned({ after, until }: Intervals, { edges, counts }: NonNullable<FitOptions["bins"]>): Binned {
  if (typeof after !== "number" || typeof until !== "number") {
    throw new RangeError("Bins are truncated one by one; bounds that hold for all of them are needed.");
  }
  return { kind: "bins", edges: Float64Array.from(edges), counts: Float64Array.from(counts), after, until };
}

/** Number of rows; the sum of frequency weights. */
export function sizeOf(rows: Rows): number {
  if (rows.kind === "bins") return rows.counts.reduce((sum, count) => sum + count, 0);
  const length = rows.kind === "exact" ? rows.x.length : rows.kind === "right" ? rows.time.length : rows.lower.length;
  return rows.weights ? rows.weights.reduce((sum, weight) => sum + weight, 0) : length;
}
