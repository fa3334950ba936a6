import type { End, Objective, Peak } from "./climb.ts";
import { netStep } from "./netStep.ts";
import { type Evaluation, isDefinite, type Step, stepFrom } from "./newtonStep.ts";
import { type Factored, factor } from "./normalEquations.ts";
import { isSmooth, type Penalty, penaltyAt, withRidge, writtenProducts } from "./penalty.ts";

/** Where a penalised search ended. Its evaluation is the log-likelihood's own there, without the penalty. */
export interface NetPeak extends Peak {
  /** Columns that the lasso left at 0. */
  readonly zero: readonly boolean[];
  /** By how much the first step missed it. */
  readonly missed: Float64Array;
}

/** Where one begins; with what is known there, observed information and all, if it is. */
export interface NetStart {
  readonly beta: Float64Array;
  readonly own: number;
  readonly evaluation?: Evaluation;
  /** What the first step is expected to miss. */
  readonly bend?: Float64Array | undefined;
}

/** What rounding leaves of a value, relative. */
const NOISE = 1e-13;

/** A decrement below which values say nothing and the score alone judges. */
const CLOSE = 1e-5;

/** Iterations after which a search that has not ended is asked whether it can. */
const PATIENCE = 8;

/** A decrement below which the information is left as it is where only the score is needed: it changes by less than the decrement's share of √n. */
const STILL = 1e-3;

/** The step of the parameter beside the coefficients that is taken at once: a factor e². */
const FAR = 2;

/**
 * Maximises a log-likelihood less an elastic net's penalty by Newton's method for such sums: the quadratic approximation less the penalty is
 * maximised exactly, the step halved until the value grows (J. D. Lee, Y. Sun & M. A. Saunders, "Proximal Newton-type methods", SIAM J. Optim. 24,
 * 2014, who show that it converges as Newton's method does). Without penalty it is Newton's method. It ends at coefficients that were evaluated.
 */
export function netClimb(objective: Objective, penalty: Penalty, start: NetStart, tolerance: number, limit = 200): NetPeak {
  const { without, canonical } = objective;
  const smooth = isSmooth(penalty);
  let { beta, own } = start;
  let expected = objective.fisher && !start.evaluation;
  let evaluations = start.evaluation ? 0 : 1;
  let iterations = 0;
  let previous = Number.NaN;
  let first: Float64Array | undefined;
  let here = start.evaluation ?? objective.evaluate(beta, own, expected);
  const evaluate = (at: Float64Array, atOwn: number): Evaluation => {
    evaluations++;
    return objective.evaluate(at, atOwn, expected);
  };
  /** From the score alone: the value by the mean of the scores, the information as it was. */
  const scored = (at: Float64Array): Evaluation | undefined => {
    const score = objective.score?.(at);
    if (!score) return undefined;
    evaluations++;
    const value = score.reduce((sum, s, j) => sum + 0.5 * (s + here.score[j]!) * (at[j]! - beta[j]!), here.value);
    return { ...here, value, score, dispersion: (here.dispersion * value) / here.value };
  };
  const isZero = (j: number) => penalty.lasso[j]! > 0 && beta[j] === 0;
  /** The information of the coefficients that are not at a kink. */
  const factors = () =>
    factor(
      withRidge(here.products, penalty.ridge),
      without.map((is, j) => is || isZero(j)),
    );
  const isMaximum = () => {
    const factored = factors();
    return factored !== undefined && isDefinite(here, factored);
  };
  const ended = (end: End, decrement: number): NetPeak => {
    const found = { beta, own, evaluation: here, factored: factors()!, decrement, iterations, evaluations, end };
    return { ...found, zero: without.map((_, j) => isZero(j)), missed: beta.map((b, j) => b - (first ?? beta)[j]!) };
  };
  if (!Number.isFinite(here.value)) return ended("not-finite", Number.NaN);
  for (;;) {
    const mild = expected || canonical;
    const step = smooth ? smoothStep(here, beta, penalty, without) : kinkedStep(here, beta, penalty, without, mild);
    if (!step) {
      if (mild) return ended("singular", Number.NaN);
      expected = true;
      here = evaluate(beta, own);
      previous = Number.NaN;
      if (++iterations > limit) return ended("iterations", Number.NaN);
      continue;
    }
    const decrement = step.decrement / Math.sqrt(here.dispersion);
    if (Number.isNaN(decrement)) return ended("not-finite", decrement);
    if (decrement < tolerance) {
      if (mild && !canonical) {
        expected = false;
        here = evaluate(beta, own);
      }
      return ended(isMaximum() ? "decrement" : "singular", decrement);
    }
    if (canonical || !expected) {
      if (decrement < CLOSE && decrement > 0.5 * previous) return ended("step", decrement);
    }
    if (iterations >= limit) return ended("iterations", decrement);
    if (iterations >= PATIENCE && iterations % 2 === 0 && objective.runaway?.(beta, step.beta, decrement))
      return ended("diverged", decrement);
    const wasExpected = expected;
    if (!canonical) expected = objective.fisher && decrement > 1;
    const value = here.value - penaltyAt(penalty, beta);
    const noise = NOISE * (1 + Math.abs(here.value));
    let there: Evaluation | undefined;
    let [next, nextOwn, edge] = [beta, own, false];
    const bend = iterations === 0 ? start.bend : undefined;
    let size = Math.min(1, FAR / Math.abs(step.own));
    const least = 1e-12 * size;
    for (; size > least; size /= 2) {
      next = beta.map((b, j) => b + size * step.beta[j]!);
      first ??= next;
      if (bend && size === 1) next = next.map((b, j) => (Math.sign(b + bend[j]!) === Math.sign(b) ? b + bend[j]! : b));
      nextOwn = own + size * step.own;
      there = (size === 1 && decrement < STILL && !expected && scored(next)) || evaluate(next, nextOwn);
      edge = !Number.isFinite(there.value);
      if (edge) continue;
      if (decrement < CLOSE || there.value - penaltyAt(penalty, next) >= value + 1e-4 * size * step.gain - noise) break;
      if (size * step.gain < noise) break;
    }
    if (!there || edge || size <= least) {
      if (wasExpected || canonical) return ended(edge ? "edge" : "step", decrement);
      // Once more with the other information.
      expected = true;
      here = evaluate(beta, own);
      previous = Number.NaN;
      iterations += 10;
      continue;
    }
    iterations++;
    previous = size === 1 && wasExpected === expected ? decrement : Number.NaN;
    [beta, own, here] = [next, nextOwn, there];
  }
}

/** Newton's step. */
function smoothStep(here: Evaluation, beta: Float64Array, { ridge }: Penalty, without: readonly boolean[]): Step | undefined {
  const factored = factor(withRidge(here.products, ridge), without);
  if (!factored || !isDefinite(here, factored)) return undefined;
  return stepFrom({ ...here, score: here.score.map((s, j) => s - ridge[j]! * beta[j]!) }, factored);
}

/** Newton's step where the penalty has kinks. The parameter beside the coefficients has none: it is eliminated from the quadratic. */
function kinkedStep(here: Evaluation, beta: Float64Array, penalty: Penalty, without: readonly boolean[], mild: boolean): Step | undefined {
  const { own, products, score } = here;
  if (!mild || (own && !(own.information > 0))) {
    const factored: Factored | undefined = factor(withRidge(products, penalty.ridge), without);
    if (!factored || !isDefinite(here, factored)) return own && mild ? alternating(here, beta, penalty, without) : undefined;
  }
  const h = writtenProducts(products);
  const p = score.length;
  const g = score.slice();
  if (own) {
    for (let i = 0; i < p; i++) {
      g[i]! -= (own.cross[i]! * own.score) / own.information;
      for (let j = 0; j < p; j++) h[i * p + j]! -= (own.cross[i]! * own.cross[j]!) / own.information;
    }
  }
  const { step, gain } = netStep(h, g, beta, penalty, without);
  const beside = own ? (own.score - own.cross.reduce((sum, c, j) => sum + c * step[j]!, 0)) / own.information : 0;
  const all = gain + (own ? (0.5 * own.score * own.score) / own.information : 0);
  return { beta: step, own: beside, gain: all, decrement: Math.sqrt(Math.max(0, 2 * all)) };
}

/** The same where the likelihood is not concave in the parameter beside the coefficients: a step up of at most a factor e in that. */
function alternating(here: Evaluation, beta: Float64Array, penalty: Penalty, without: readonly boolean[]): Step {
  const { products, score, own } = here;
  const { step, gain } = netStep(writtenProducts(products), score, beta, penalty, without);
  const all = gain + 0.5 * Math.abs(own!.score);
  return { beta: step, own: Math.sign(own!.score), gain: all, decrement: Math.sqrt(Math.max(0, 2 * all)) };
}
