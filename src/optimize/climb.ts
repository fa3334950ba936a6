import { type Evaluation, isDefinite, type Step, stepFrom } from "./newtonStep.ts";
import { type Factored, factor } from "./normalEquations.ts";
import { tempered } from "./tempered.ts";

export interface Objective {
  /** With the expected information where `expected`; the observed one otherwise. */
  evaluate(beta: Float64Array, own: number, expected: boolean): Evaluation;
  /** Whether the two informations are one. */
  readonly canonical: boolean;
  /** Whether the expected one leads better far from the maximum; otherwise it serves only where the observed one is not positive definite. */
  readonly fisher: boolean;
  /** Columns that are left out. */
  readonly without: readonly boolean[];
  /**
   * A bound of what a step moves any row's predictor by, of a likelihood whose third derivative is nowhere larger than the second; given
   * where a pass over the rows is worth sparing.
   */
  reach?(step: Float64Array): number;
  /** The score alone, which costs less; undefined where the coefficients have no likelihood. */
  score?(beta: Float64Array): Float64Array | undefined;
  /** Asked where the iteration seems to go on for ever; a finding ends it. */
  runaway?(beta: Float64Array, step: Float64Array, decrement: number): boolean;
}

export type End = "decrement" | "step" | "iterations" | "not-finite" | "edge" | "diverged" | "singular";

export interface Peak {
  readonly beta: Float64Array;
  /** Logarithm of the parameter beside the coefficients. */
  readonly own: number;
  readonly evaluation: Evaluation;
  readonly factored: Factored;
  readonly decrement: number;
  readonly iterations: number;
  readonly evaluations: number;
  readonly end: End;
  /** Columns of which the information says nothing at the end, though it did at the beginning; undefined where there are none. */
  readonly lost?: readonly boolean[] | undefined;
}

/** What rounding leaves of a value, relative. */
const NOISE = 1e-13;

/** A decrement below which the value says nothing and the score alone judges. */
const CLOSE = 1e-5;

/** Decrement after a step that is known to be no larger, and below what is promised. */
const SURE = 5e-9;

/** Decrement from which on it is asked whether the next one is. */
const NEAR = 1e-2;

/** Reach of a step that the information need not be worked out anew after: standard errors change by less than half of it. */
const STILL = 4e-5;

/** Share of what a straight line would gain from which on the likelihood bends less than the information says: a parabola gains a half. */
const STRAIGHT = 0.8;

/** Gains below so much rounding say nothing of how far a step may go. */
const DOUBTFUL = 1e3;

/** Times that a step is doubled. */
const DOUBLINGS = 12;

/** Evaluations that an iteration may take, over all of a search. */
const TRIALS = 3;

/** Iterations after which a search that has not ended is asked whether it can. */
const PATIENCE = 8;

/**
 * Maximises a log-likelihood in a linear predictor's coefficients by Newton's method with the observed information, as quadratic as it
 * gets; with the expected one (Fisher's scoring) far from the maximum of a family that is not canonical, or where the observed one is not
 * positive definite. Steps are halved until the value grows. The last step is not evaluated where what it leaves is known to be far below
 * the tolerance, in standard errors.
 */
export function* climb(
  objective: Objective,
  start: Float64Array,
  startOwn: number,
  tolerance: number,
  limit = 200,
): Generator<Evaluation, Peak> {
  let beta = start;
  let own = startOwn;
  let expected = objective.fisher;
  let here = objective.evaluate(beta, own, expected);
  let evaluations = 1;
  let iterations = 0;
  let previous = Number.NaN;
  yield here;
  let factored = factor(here.products, objective.without);
  if (!factored && !expected && !objective.canonical && Number.isFinite(here.value)) {
    expected = true;
    evaluations++;
    here = objective.evaluate(beta, own, expected);
    yield here;
    factored = factor(here.products, objective.without);
  }
  // What is not finite says nothing of columns.
  const known = Number.isFinite(here.value) ? factored?.aliased : objective.without;
  const isLost = (is: boolean, j: number) => is && !known![j];
  /** Whether the last step, in full, left the domain. */
  let touched = false;
  const ended = (end: End, decrement: number): Peak => {
    const lost = factored?.aliased.some(isLost) ? factored.aliased.map(isLost) : undefined;
    // What stops short of an edge without a maximum stops because of it.
    const stopped = lost !== undefined || end === "singular" || end === "iterations";
    return {
      beta,
      own,
      evaluation: here,
      factored: factored!,
      decrement,
      iterations,
      evaluations,
      end: touched && stopped && end !== "diverged" ? "edge" : end,
      lost,
    };
  };
  /** Gains die out on the way to infinity too, and there steps do not. */
  const isFar = (step: Step, unit: number) => beta.some((b, j) => Math.abs(step.beta[j]!) > 0.1 * unit + 0.01 * Math.abs(b));
  /** Where a likelihood is straight or bent upwards, the expected information is asked. */
  const isWeak = (at: Evaluation, found: Factored | undefined) =>
    !found || !isDefinite(at, found) || (!objective.canonical && found.aliased.some(isLost));
  const evaluate = (at: Float64Array, atOwn: number): Evaluation => {
    evaluations++;
    return objective.evaluate(at, atOwn, expected);
  };
  if (!Number.isFinite(here.value) || !factored) return ended("not-finite", Number.NaN);
  for (;;) {
    const step = stepFrom(here, factored);
    const decrement = step.decrement / Math.sqrt(here.dispersion);
    const take = () => {
      beta = beta.map((b, j) => b + step.beta[j]!);
      own += step.own;
      here = { ...here, value: here.value + step.gain };
    };
    if (Number.isNaN(decrement)) return ended("not-finite", decrement);
    if (decrement < tolerance && !(expected && !objective.canonical)) {
      // Coefficients may have the response's unit, of which the dispersion tells.
      if (isFar(step, Math.max(1, Math.sqrt(here.dispersion)))) return ended("singular", decrement);
      if (decrement > 1e-13) take();
      return ended("decrement", decrement);
    }
    // The information lies within e^(±reach) of what it was: Bach (2010), Electron. J. Stat. 4, 384. Newton's step leaves the integral of that.
    const reach = objective.reach && decrement < NEAR ? objective.reach(step.beta) : Number.NaN;
    if (reach < STILL && (decrement * reach) / 2 < SURE) {
      take();
      iterations++;
      return ended("decrement", (decrement * reach) / 2);
    }
    const contraction = decrement / (previous * previous);
    if (!expected || objective.canonical) {
      if (contraction * decrement < 1e-7 && contraction * decrement * decrement < tolerance) {
        take();
        iterations++;
        return ended("decrement", contraction * decrement * decrement);
      }
      if (decrement < CLOSE && decrement > 0.5 * previous) {
        if (!isFar(step, 1)) return ended("step", decrement);
        if (!objective.canonical) return ended("singular", decrement);
        // A concave likelihood that does not run away has its maximum however far out.
        if (objective.runaway?.(beta, step.beta, decrement)) return ended("diverged", decrement);
      }
    }
    if (iterations >= limit || evaluations >= TRIALS * limit) return ended("iterations", decrement);
    if (iterations >= PATIENCE && iterations % 2 === 0 && objective.runaway?.(beta, step.beta, decrement))
      return ended("diverged", decrement);
    const wasExpected = expected;
    if (!objective.canonical) expected = objective.fisher && decrement > 1;
    const noise = NOISE * (1 + Math.abs(here.value));
    let size = 1;
    let there: Evaluation | undefined;
    let next = beta;
    let nextOwn = own;
    let edge = false;
    touched = false;
    for (; size > 1e-12; size /= 2) {
      next = beta.map((b, j) => b + size * step.beta[j]!);
      nextOwn = own + size * step.own;
      there = evaluate(next, nextOwn);
      edge = !Number.isFinite(there.value);
      yield there;
      touched ||= edge;
      if (edge) continue;
      if (decrement < CLOSE || there.value >= here.value - noise) break;
      // The gain is lost in halves: so close to no gain, rounding decides.
      if (size * step.gain < noise) break;
    }
    if (!there || edge || size <= 1e-12) {
      if (!wasExpected && !objective.canonical) {
        // Once more with the other information.
        expected = true;
        here = evaluate(beta, own);
        factored = factor(here.products, objective.without) ?? factored;
        previous = Number.NaN;
        iterations += 10;
        if (iterations < limit) continue;
      }
      if (edge) return ended("edge", decrement);
      // The expected information does not tell a maximum from a slope that it makes small.
      const seen = expected && !objective.canonical ? objective.evaluate(beta, own, false) : here;
      return ended(isWeak(seen, factor(seen.products, objective.without)) ? "singular" : "step", decrement);
    }
    // What is made positive bends more than the likelihood does along a ridge, where steps would not end.
    for (let far = 2; wasExpected && !objective.canonical && !objective.fisher && size === 1 && far <= 2 ** DOUBLINGS; far *= 2) {
      if (!(there.value - here.value > STRAIGHT * far * step.gain) || !(step.gain > DOUBTFUL * noise)) break;
      const beyond = beta.map((b, j) => b + far * step.beta[j]!);
      const further = evaluate(beyond, own + far * step.own);
      yield further;
      if (!(further.value > there.value)) break;
      [next, nextOwn, there] = [beyond, own + far * step.own, further];
    }
    iterations++;
    let found = factor(there.products, objective.without);
    if (!expected && isWeak(there, found)) {
      expected = true;
      const { products } = there;
      there = evaluate(next, nextOwn);
      if (!there.own && !objective.fisher) there = { ...there, products: tempered(products, there.products, objective.without) };
      found = factor(there.products, objective.without);
    }
    if (!found) return ended("singular", decrement);
    previous = size === 1 && wasExpected === expected ? decrement : Number.NaN;
    [beta, own, here, factored] = [next, nextOwn, there, found];
  }
}

/** Runs a search to its end. */
export function toEnd(search: Generator<Evaluation, Peak>): Peak {
  for (;;) {
    const { done, value } = search.next();
    if (done) return value;
  }
}
