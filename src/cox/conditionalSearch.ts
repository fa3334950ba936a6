import { climb, type Peak, toEnd } from "../optimize/climb.ts";
import { type Factored, factor, times } from "../optimize/normalEquations.ts";
import type { ConditionalEvaluation, ConditionalLikelihood } from "./conditionalLikelihood.ts";

/** What a search ended with; coefficients are those of the columns as they were moved. */
export interface ConditionalFound {
  /** Infinite where the likelihood is monotone in one, NaN where aliased or open. */
  readonly beta: Float64Array;
  /** The same with finite numbers, far out where a coefficient is infinite. */
  readonly finite: Float64Array;
  /** Columns that are combinations of those before them within all sets. */
  readonly aliased: readonly boolean[];
  /** At 0. */
  readonly start: ConditionalEvaluation;
  readonly logLik: number;
  readonly peak: Peak | undefined;
  readonly factored: Factored | undefined;
  /** Where the likelihood has no maximum: the direction along which it never falls. */
  readonly recession: Float64Array | undefined;
  readonly passes: number;
}

interface Recession {
  readonly direction: Float64Array;
  readonly limit: ConditionalLikelihood;
}

/** Decrement at which a search ends: a hundredfold below what is promised. */
const EXACT = 1e-10;

/** Standard error, of columns of spread 1, of a coefficient that may have run away. */
const UNKNOWN = 1e3;

/** What of a column the means of its sets must leave; what the columns before it must leave. */
const ALIASED = 1e-11;

/** A row counts as lower than the highest of its set if a direction that moves the farthest by 1 leaves it so much behind. */
const MOVED = [1e-3, 1e-5];

/** The same once the direction is known to leave the others together. */
const EXACTLY = 1e-9;

/** A coefficient's share of a direction above which it runs away. */
const SHARE = 1e-7;

/** A share below which a column is tried to be left out of a direction. */
const NEEDED = 0.1;

/** How far out along a direction the limit is as good as reached: 40 by a row that is left behind by 1e-4 of the farthest. */
const FAR = 4e5;

/** Newton's method from 0; where the likelihood is monotone, its limit. */
export function conditionalSearch(likelihood: ConditionalLikelihood, before?: readonly boolean[]): ConditionalFound {
  const { columns } = likelihood;
  const zero = new Float64Array(columns);
  const start = likelihood.evaluate(zero);
  // An offset may leave one row of each set that counts: that says nothing of columns.
  const { plain } = likelihood;
  const ownStart = plain === likelihood ? start : plain.evaluate(zero);
  const without = aliasedIn(ownStart, before ?? new Array<boolean>(columns).fill(false));
  if (!Number.isFinite(start.value) || without.every((is) => is)) {
    const beta = zero.map((_, j) => (without[j] ? Number.NaN : 0));
    const common = { beta, finite: zero, aliased: without, start, logLik: start.value, recession: undefined };
    return { ...common, peak: undefined, factored: undefined, passes: 1 };
  }
  let recession: Recession | undefined;
  const runaway = (beta: Float64Array, step: Float64Array) => {
    recession = recessionAlong(likelihood, step, without) ?? recessionAlong(likelihood, beta, without);
    return recession !== undefined;
  };
  const evaluate = (beta: Float64Array) => (beta === zero ? start : likelihood.evaluate(beta));
  const peak = toEnd(climb({ evaluate, canonical: true, fisher: false, without, runaway }, zero, 0, EXACT));
  // Short of the decrement the direction may not have been clear in time, or its steps of many sizes.
  // An offset may hurry a search past the place where it is asked.
  const isUnknown = without.some((is, j) => !is && peak.factored?.inverse(j, j) > UNKNOWN * UNKNOWN);
  if (!recession && (peak.end !== "decrement" || isUnknown)) recession = lastRecession(likelihood, peak.beta, without);
  const passes = peak.evaluations + (plain === likelihood ? 0 : 1);
  if (recession) return atLimit(recession, start, without, peak, passes);
  // The last step was not looked at. Standard errors are to have its digits, too, and coefficients those of one more.
  const evaluation = likelihood.evaluate(peak.beta);
  const factored = factor(evaluation.products, without) ?? peak.factored;
  const step = peak.end === "decrement" ? factored.solve(evaluation.score) : zero;
  const squared = step.reduce((sum, s, j) => sum + s * evaluation.score[j]!, 0);
  const finite = peak.beta.map((value, j) => value + step[j]!);
  return {
    beta: finite.map((value, j) => (without[j] ? Number.NaN : value)),
    finite,
    aliased: without,
    start,
    logLik: evaluation.value,
    peak: { ...peak, evaluation, factored, ...(peak.end === "decrement" && { decrement: Math.sqrt(Math.max(0, squared)) }) },
    factored,
    recession: undefined,
    passes: passes + 1,
  };
}

/** Columns of which the sets' means, or the columns before them, leave nothing. */
function aliasedIn({ products, sizes }: ConditionalEvaluation, before: readonly boolean[]): readonly boolean[] {
  const p = products.columns;
  const constant = before.map((is, j) => is || !(products.gram[j * (p + 1)]! > ALIASED * sizes[j]!));
  return factor(products, constant, ALIASED)?.aliased ?? constant;
}

/**
 * Whether the likelihood never falls along a direction, and what is left at its end. The direction is first projected on those that change
 * nothing of what is left, so that the answer is exact.
 */
function recessionAlong(likelihood: ConditionalLikelihood, step: Float64Array, without: readonly boolean[]): Recession | undefined {
  for (const moved of MOVED) {
    const near = likelihood.along(step, moved);
    if (!near) continue;
    const evaluation = near.plain.evaluate(new Float64Array(step.length));
    const factored = factor(evaluation.products, aliasedIn(evaluation, without), ALIASED);
    if (!factored) continue;
    const remainder = factored.solve(times(evaluation.products, step));
    const direction = step.map((value, j) => (without[j] ? 0 : value - remainder[j]!));
    const limit = likelihood.along(direction, EXACTLY);
    if (limit) return simplified(likelihood, { direction, limit });
  }
  return undefined;
}

/** Without the columns that the direction does not need: what Newton's steps have left of them. */
function simplified(likelihood: ConditionalLikelihood, found: Recession): Recession {
  const sizes = found.direction.map(Math.abs);
  const most = sizes.reduce((a, b) => Math.max(a, b), 0);
  const small = Int32Array.from(sizes.keys()).filter((j) => sizes[j]! > 0 && sizes[j]! < NEEDED * most);
  let { direction, limit } = found;
  for (const column of small.sort((a, b) => sizes[a]! - sizes[b]!)) {
    const fewer = direction.map((d, j) => (j === column ? 0 : d));
    const left = likelihood.along(fewer, EXACTLY);
    if (left) [direction, limit] = [fewer, left];
  }
  return { direction, limit };
}

/** The last coefficients' direction, or that of one of them alone. */
function lastRecession(likelihood: ConditionalLikelihood, beta: Float64Array, without: readonly boolean[]): Recession | undefined {
  const all = recessionAlong(likelihood, beta, without);
  if (all) return all;
  for (const [column, b] of beta.entries()) {
    if (b === 0) continue;
    const direction = new Float64Array(beta.length);
    direction[column] = Math.sign(b);
    // Of one column values are equal or not.
    const limit = likelihood.along(direction, 0);
    if (limit) return { direction, limit };
  }
  return undefined;
}

/** Coefficients that a direction moves are infinite; the others are those of what is left, where that determines them. */
function atLimit(
  { direction, limit }: Recession,
  start: ConditionalEvaluation,
  without: readonly boolean[],
  peak: Peak,
  passes: number,
): ConditionalFound {
  const inner = conditionalSearch(limit, without);
  const size = direction.reduce((most, d) => Math.max(most, Math.abs(d)), 0);
  const open = openIn(limit.plain.evaluate(new Float64Array(without.length)), inner.aliased, without);
  const beta = direction.map((d, j) => {
    if (Math.abs(d) > SHARE * size) return d > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    return without[j] || open[j] ? Number.NaN : inner.beta[j]!;
  });
  return {
    beta,
    finite: inner.finite.map((value, j) => value + (FAR * direction[j]!) / size),
    aliased: without,
    start,
    logLik: inner.logLik,
    peak,
    factored: undefined,
    // Of the nested directions the first has the last word.
    recession: direction.map((d, j) => (Math.abs(d) > SHARE * size ? d / size : (inner.recession?.[j] ?? 0))),
    passes: passes + inner.passes,
  };
}

/** Coefficients that can change without a change of what is left. */
function openIn(plain: ConditionalEvaluation, aliased: readonly boolean[], without: readonly boolean[]): boolean[] {
  const open = without.map(() => false);
  const factored = factor(plain.products, aliased, ALIASED);
  aliased.forEach((is, column) => {
    if (!is || without[column]) return;
    // The combination of columns that is 0 in all sets left.
    const unit = Float64Array.from(without, (_, j) => (j === column ? 1 : 0));
    const part = factored ? factored.solve(times(plain.products, unit)) : unit;
    const size = part.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
    part.forEach((x, j) => {
      if (j === column || Math.abs(x) > SHARE * size) open[j] = true;
    });
  });
  return open;
}
