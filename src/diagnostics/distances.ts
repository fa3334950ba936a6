import { type Bound, boundOf } from "../data/censoring.ts";
import type { Family } from "../distributions/family.ts";
import { merged, tied } from "../empirical/order.ts";
import { productLimit } from "../empirical/productLimit.ts";
import { turnbullMasses } from "../empirical/turnbull.ts";
import { discreteEdf } from "../inference/discreteEdf.ts";
import { type EdfStatistics, edf, type Steps, stepDistances } from "../inference/edf.ts";
import { type Cells, cellCount, countIn, equiprobable, pooled } from "../inference/pearson.ts";
import { exp } from "../math/elementary.ts";
import { type LogTails, logInterval } from "../math/interval.ts";
import { conditional, logistic, logit } from "./conditional.ts";
import type { Binned, ExactRows, IntervalCensored, RightCensored } from "./question.ts";

/** Which cells Pearson's statistic is made of. */
export interface CellPlan {
  /** Their number, where they are to be of equal probability. */
  readonly count?: number;
  /** Their edges; the outer cells reach to infinity. */
  readonly edges?: readonly number[];
  /** Rows that the law of the statistic is looked for with: each cell is to be expected to hold enough of them. */
  readonly rows: number;
  readonly estimated: number;
}

/** A cell of whole numbers should be expected to hold as many rows. */
const EXPECTED = 5;

/** A sample in order, and the distribution that it is held against. */
export interface Ordered {
  readonly x: Float64Array;
  readonly weights: Float64Array | undefined;
  readonly at: LogTails & { quantile?(p: number): number };
}

/**
 * Sorts rows once. On a circle the values are turned to where the distribution function goes from 0 to 1; rows with bounds of their own are
 * replaced by the logits of their conditional probabilities.
 */
export function ordered(family: Family, theta: readonly number[], { x, weights, after, until }: ExactRows): Ordered {
  const { period } = family.support;
  if (typeof after !== "number" || typeof until !== "number") {
    return { ...sorted(logits(family, theta, x, after, until), weights), at: logistic };
  }
  const at = conditional(family, theta, after, until);
  if (period === undefined) return { ...sorted(x, weights), at };
  const end = family.quantile(1, theta);
  const turned = x.map((value) => value - period * Math.ceil((value - end) / period));
  const { logBetween: _, ...line } = at;
  return { ...sorted(turned, weights), at: line };
}

function logits(family: Family, theta: readonly number[], x: Float64Array, after: Bound, until: Bound): Float64Array {
  return x.map((value, i) => {
    const { logCdf, logSf } = conditional(family, theta, boundOf(after, i), boundOf(until, i));
    return logit(logCdf(value), logSf(value));
  });
}

function sorted(x: Float64Array, weights: Float64Array | undefined): Pick<Ordered, "x" | "weights"> {
  if (!weights) return { x: x.slice().sort(), weights };
  const { at, weight } = merged(x, weights);
  return { x: at, weights: weight };
}

/** The distances of exact rows. */
export function exactDistances(family: Family, { x, weights, at }: Ordered, support = family.support): EdfStatistics {
  if (!support.whole) return edf(x, weights, at);
  const { at: values, weight: counts } = tied(x, weights);
  return discreteEdf({ values, counts }, { ...at, lower: support.lower, upper: support.upper });
}

/** Cells of exact rows. */
export function exactCells(family: Family, { x, weights, at }: Ordered, plan: CellPlan): Cells {
  let n = x.length;
  let cumulative: Float64Array | undefined;
  if (weights) {
    n = 0;
    cumulative = weights.map((weight) => {
      n += weight;
      return n;
    });
  }
  const { whole } = family.support;
  const between = (a: number, b: number) => exp(logInterval(at, a, b, whole));
  const edges = plan.edges
    ? [Number.NEGATIVE_INFINITY, ...plan.edges.filter(Number.isFinite), Number.POSITIVE_INFINITY]
    : whole && plan.count === undefined
      ? pooled(EXPECTED / plan.rows, between, at.quantile!)
      : [...new Set(equiprobable(plan.count ?? cellCount(plan.rows, plan.estimated), at.quantile!))];
  const observed = countIn(edges, x, cumulative);
  return { edges, observed, expected: observed.map((_, i) => n * between(edges[i]!, edges[i + 1]!)) };
}

/** The bins themselves and what lies outside of them, neighbours taken together from the left until enough rows are expected in each. */
export function binCells(family: Family, theta: readonly number[], rows: Binned, plan: CellPlan): Cells {
  const at = conditional(family, theta, rows.after, rows.until);
  const edges = [Number.NEGATIVE_INFINITY, ...rows.edges, Number.POSITIVE_INFINITY];
  const counts = [0, ...rows.counts, 0];
  const n = counts.reduce((sum, count) => sum + count, 0);
  const cells: Cells = { edges: [edges[0]!], observed: [], expected: [] };
  let [o, e] = [0, 0];
  const last = counts.length - 1;
  counts.forEach((count, i) => {
    o += count;
    e += n * exp(logInterval(at, edges[i]!, edges[i + 1]!, family.support.whole));
    if ((e * plan.rows) / n < EXPECTED && i < last) return;
    // What is left at the end joins the last cell.
    if ((e * plan.rows) / n < EXPECTED && cells.observed.length > 0) {
      cells.edges.pop();
      o += cells.observed.pop()!;
      e += cells.expected.pop()!;
    }
    cells.edges.push(edges[i + 1]!);
    cells.observed.push(o);
    cells.expected.push(e);
    [o, e] = [0, 0];
  });
  return cells;
}

/** Distances of the product-limit estimate; from the first entry on where rows enter late. */
export function productLimitDistances(family: Family, theta: readonly number[], rows: RightCensored, n: number): EdfStatistics {
  const { time, survival } = productLimit(rows);
  const first = rows.entry?.reduce((least, entry) => Math.min(least, entry), Number.POSITIVE_INFINITY);
  const last = survival.length - 1;
  const steps: Steps = {
    at: time,
    after: survival.map((value) => 1 - value),
    until: survival[last] === 0 ? Number.POSITIVE_INFINITY : time[last]!,
  };
  return stepDistances(steps, n, conditional(family, theta, first));
}

/** Distances of Turnbull's estimate, taken where it is known: at the ends of the sets that carry mass, up to the last finite one. */
export function turnbullDistances(family: Family, theta: readonly number[], rows: IntervalCensored, n: number): EdfStatistics {
  const { lower, upper, mass } = turnbullMasses(rows);
  const at = conditional(family, theta);
  const probability = (x: number) => (x === Number.POSITIVE_INFINITY ? 1 : exp(at.logCdf(x)));
  let below = 0;
  let ks = 0;
  // Within a set the estimate may be anything from its value below to its value above: no distance is charged for that.
  lower.forEach((from, j) => {
    ks = Math.max(ks, Math.abs(below - probability(from)));
    below = Math.min(1, below + mass[j]!);
    ks = Math.max(ks, Math.abs(below - probability(upper[j]!)));
  });
  const known = lower.reduce((last, _, j) => (upper[j] === Number.POSITIVE_INFINITY ? last : j), -1) + 1;
  let sum = 0;
  const after = mass.subarray(0, known).map((value) => {
    sum += value;
    return Math.min(1, sum);
  });
  const until = known < mass.length ? (known > 0 ? lower[known]! : Number.NEGATIVE_INFINITY) : Number.POSITIVE_INFINITY;
  const { cvm, ad } = stepDistances({ at: upper.subarray(0, known), after, until }, n, at);
  return { ks, cvm, ad };
}
