import { type Evaluated, EXACT, type Objective, type Optimum, type Stop, type Tolerance } from "./objective.ts";
import { type TrustStep, trustStep } from "./trustRegion.ts";

/** Rounding of a value, relative to the size of the terms that it is the sum of. */
const NOISE = 1e-13;

/** A decrement below which the gain of a step, 5e-11, may be less than the rounding of a sum that is small by chance. */
const CLOSE = 1e-5;

/** A decrement below which there is nothing but rounding in the score. */
const ROUNDING = 1e-13;

/**
 * Maximises by Newton's method within a trust region, with exact derivatives. Yields after every evaluation, so that the caller may
 * report progress or stop; returns the optimum.
 *
 * The last step is taken without evaluating again when the contraction seen so far (quadratic: each decrement is a constant times the
 * square of the last) puts it a hundredfold below the tolerance. On large samples that is one pass over the data in four.
 */
export function* newton(objective: Objective, start: readonly number[], tolerance: Tolerance = EXACT): Generator<Evaluated, Optimum> {
  let point = [...start];
  let here = objective.evaluate(point);
  let evaluations = 1;
  let iterations = 0;
  let radius = 1;
  let previous = Number.NaN;
  const take = ({ step, gain }: TrustStep) => {
    point = point.map((x, i) => x + step[i]!);
    here = { ...here, value: here.value + gain };
  };
  const ended = (stop: Stop, decrement: number): Optimum => ({ point, evaluated: here, decrement, iterations, evaluations, stop });
  yield here;
  if (!finite(here)) return ended("not-finite", Number.NaN);
  for (;;) {
    const trial = trustStep(here.score, here.information, radius);
    const { decrement } = trial;
    if (decrement < tolerance.decrement) {
      // The step is known and free: it squares what is left. Where that is rounding already, a closed form keeps its bits.
      if (decrement > ROUNDING) take(trial);
      return ended("decrement", decrement);
    }
    const contraction = decrement / (previous * previous);
    if (contraction * decrement < tolerance.curvature && contraction * decrement * decrement < 0.01 * tolerance.decrement) {
      take(trial);
      iterations++;
      return ended("decrement", contraction * decrement * decrement);
    }
    // Halving no more this close to the maximum: what is left is the rounding of the score.
    if (decrement < CLOSE && decrement > 0.5 * previous) return ended("step", decrement);
    if (iterations >= tolerance.iterations) return ended("iterations", decrement);
    const next = point.map((x, i) => x + trial.step[i]!);
    if (!tolerance.within(next)) {
      point = next;
      return ended("diverged", decrement);
    }
    const there = objective.evaluate(next);
    evaluations++;
    iterations++;
    yield there;
    const noise = NOISE * (1 + (objective.terms ?? 0) + Math.abs(here.value));
    // So close, the score alone judges: it must halve the decrement.
    const achieved = decrement < CLOSE ? 1 : (there.value - here.value + noise) / (trial.gain + noise);
    const ratio = finite(there) ? achieved : Number.NEGATIVE_INFINITY;
    if (ratio < 0.25) radius = 0.25 * Math.min(radius, trial.length);
    else if (ratio > 0.75 && trial.length > 0.8 * radius) radius *= 3;
    if (ratio > 0.01) {
      previous = ratio > 0.5 ? decrement : Number.NaN;
      point = next;
      here = there;
    } else if (radius < 1e-14) return ended("step", decrement);
  }
}

/** Runs an iteration to its end at once. */
export function finish<T>(iteration: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = iteration.next();
    if (done) return value as T;
  }
}

/** Whether value and derivatives are numbers. */
export function finite(evaluated: Evaluated): boolean {
  return (
    Number.isFinite(evaluated.value) &&
    evaluated.score.every(Number.isFinite) &&
    evaluated.information.every((row) => row.every(Number.isFinite))
  );
}
