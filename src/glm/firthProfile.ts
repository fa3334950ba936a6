import { gammaQ } from "../math/incompleteGamma.ts";
import type { Objective } from "../optimize/climb.ts";
import type { Evaluation } from "../optimize/newtonStep.ts";
import { type Factored, factor, type Products } from "../optimize/normalEquations.ts";
import { writtenProducts } from "../optimize/penalty.ts";

// Profiles of a penalised log-likelihood in one coefficient: its maximum over the others, the penalty's determinant that of all columns. Intervals and
// tests of them: G. Heinze & M. Schemper, "A solution to the problem of separation in logistic regression", Stat. Med. 21 (2002), 2409.

/** A maximum with one coefficient held: a'gamma = value. */
interface Held {
  readonly beta: Float64Array;
  readonly value: number;
  /** d value / d(a'gamma). */
  readonly slope: number;
  readonly reached: boolean;
}

/** A test that a coefficient is 0. */
export interface ProfileTest {
  readonly name: string;
  readonly estimate: number;
  /** Twice the loss of penalised log-likelihood. */
  readonly statistic: number;
  /** Of chi-squared with one degree of freedom. */
  readonly pValue: number;
}

/** Distance from a held maximum, in standard errors, at which it is reached. */
const NEAR = 1e-9;

/** Iterations after which a held maximum is not reached. */
const MOST = 100;

/** Standard errors beyond which an interval is open. */
const FAR = 1e4;

/** A coefficient of the columns as given, as a linear function of those of the columns as moved. */
export interface Profiled {
  readonly objective: Objective;
  readonly a: Float64Array;
  readonly beta: Float64Array;
  readonly estimate: number;
  readonly error: number;
  readonly value: number;
}

/** The two-sided test that the coefficient is 0. */
export function profileTest(name: string, of: Profiled): ProfileTest {
  const { value, reached } = heldMaximum(of, 0, of.beta);
  const statistic = reached ? Math.max(0, 2 * (of.value - value)) : Number.NaN;
  return { name, estimate: of.estimate, statistic, pValue: gammaQ(0.5, statistic / 2) };
}

/**
 * Where the signed root of twice the loss is `reach`, above the estimate (`side` 1) or below it (-1): Newton's method in that root, which is nearly
 * straight, within a bracket. Infinite where the loss never becomes so large; NaN where the profile cannot be followed.
 */
export function profileEnd(of: Profiled, reach: number, side: 1 | -1): number {
  const { estimate, error, value } = of;
  let [low, high] = [0, Number.POSITIVE_INFINITY];
  let distance = reach * error;
  let from = of.beta;
  for (let iteration = 0; iteration < MOST; iteration++) {
    const held = heldMaximum(of, estimate + side * distance, from);
    if (!held.reached) {
      // Too far for one step: half way.
      high = Math.min(high, distance);
      distance = 0.5 * (low + distance);
      if (distance - low < 1e-6 * error) return Number.NaN;
      continue;
    }
    from = held.beta;
    const root = Math.sqrt(Math.max(0, 2 * (value - held.value)));
    const gap = reach - root;
    const growth = (-side * held.slope) / root;
    if (Math.abs(gap) < 1e-10 * reach) return estimate + side * (distance + (growth > 0 ? gap / growth : 0));
    if (gap > 0) low = distance;
    else high = distance;
    if (low > FAR * error) return side * Number.POSITIVE_INFINITY;
    const next = distance + gap / growth;
    const inside = growth > 0 && next > low && next < Math.min(high, 4 * distance);
    distance = inside ? next : high < Number.POSITIVE_INFINITY ? 0.5 * (low + high) : 4 * distance;
    if (high - low < 1e-12 * (Math.abs(estimate) + error)) return estimate + side * distance;
  }
  return Number.NaN;
}

/** The maximum along the plane a'gamma = value, by Newton's method with a multiplier; the first step leads onto the plane. */
function heldMaximum(of: Pick<Profiled, "objective" | "a">, value: number, start: Float64Array): Held {
  const { a } = of;
  const { without } = of.objective;
  let beta = start;
  let on = Math.abs(dot(a, beta) - value) <= 1e-12 * (Math.abs(value) + 1e-300);
  let here = informed(of, beta);
  let slope = Number.NaN;
  let previous = Number.NaN;
  for (let iteration = 0; here && iteration < MOST; iteration++) {
    const { evaluation, factored } = here;
    const [alone, through] = [factored.solve(evaluation.score), factored.solve(a)];
    slope = (dot(a, beta) + dot(a, alone) - value) / dot(a, through);
    const step = alone.map((s, j) => (without[j] ? 0 : s - slope * through[j]!));
    const squared = step.reduce((sum, s, j) => sum + s * (evaluation.score[j]! - slope * a[j]!), 0);
    const decrement = Math.sqrt(Math.max(0, squared));
    if (on && (decrement < NEAR || (!here.expected && decrement < 1e-6 && decrement > 0.5 * previous))) {
      return { beta, value: evaluation.value + 0.5 * squared, slope, reached: true };
    }
    previous = on ? decrement : Number.NaN;
    const from = beta;
    const stepTo = (size: number) => from.map((b, j) => b + size * step[j]!);
    let size = 1;
    let next = informed(of, stepTo(size));
    // Onto the plane the value may fall; along it, it does not.
    const accepts = (there: Informed | undefined) => there && (!on || decrement < 1e-4 || there.evaluation.value >= evaluation.value);
    while (!accepts(next) && size > 1e-6) {
      size /= 2;
      next = informed(of, stepTo(size));
    }
    // Near a saddle, the expected information's steps are far too short.
    while (on && here.expected && next && size >= 1 && size < 2 ** 40) {
      const farther = informed(of, stepTo(2 * size));
      if (!farther || !(farther.evaluation.value > next.evaluation.value)) break;
      size *= 2;
      next = farther;
    }
    beta = stepTo(size);
    if (size === 1) on = true;
    here = size > 1e-6 ? next : undefined;
  }
  return { beta, value: Number.NaN, slope, reached: false };
}

interface Informed {
  readonly evaluation: Evaluation;
  readonly factored: Factored;
  readonly expected: boolean;
}

/**
 * With the observed information where that is positive definite, or is so along the plane: what is added across it leaves the step on the plane as it
 * is. Otherwise with the expected one.
 */
function informed({ objective, a }: Pick<Profiled, "objective" | "a">, beta: Float64Array): Informed | undefined {
  const { without } = objective;
  for (const expected of [false, true]) {
    const evaluation = objective.evaluate(beta, 0, expected);
    if (!Number.isFinite(evaluation.value)) return undefined;
    const { products } = evaluation;
    const factored = factor(products, without) ?? (expected ? undefined : factor(stiffened(products, a), without));
    if (factored) return { evaluation, factored, expected };
  }
  return undefined;
}

/** How much stiffer than the columns themselves. */
const STIFF = 1e3;

/** H + k a a'. */
function stiffened(products: Products, a: Float64Array): Products {
  const gram = writtenProducts(products);
  const p = a.length;
  const size = a.reduce((sum, value, j) => (value === 0 ? sum : sum + (value * value) / Math.abs(gram[j * p + j]!)), 0);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) gram[i * p + j]! += (STIFF * a[i]! * a[j]!) / size;
  return { columns: p, dense: Int32Array.from(a.keys()), gram };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}
