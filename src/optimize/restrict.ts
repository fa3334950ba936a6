import type { Evaluated } from "./objective.ts";
import type { Likelihood, Target } from "./ridge.ts";

/** A likelihood with some coordinates held, in the others. */
export interface Restricted extends Likelihood {
  /** The whole point. */
  whole(point: readonly number[]): number[];
  /** The free part of a whole point. */
  part(point: readonly number[]): number[];
  /** An evaluation at a whole point, in the free coordinates. */
  reduced(evaluated: Evaluated): Evaluated;
  /** A function of whole points in the free coordinates. */
  target(target: Target): Target;
}

/** Holds coordinates at values, by index; undefined where free. */
export function restrict({ evaluate, within }: Likelihood, held: readonly (number | undefined)[]): Restricted {
  const free = held.flatMap((value, k) => (value === undefined ? [k] : []));
  const rows = (matrix: readonly (readonly number[])[]) => free.map((k) => free.map((l) => matrix[k]![l]!));
  const part = (point: readonly number[]) => free.map((k) => point[k]!);
  const whole = (point: readonly number[]) => held.map((value, k) => value ?? point[free.indexOf(k)]!);
  const reduced = ({ value, score, information }: Evaluated) => ({ value, score: part(score), information: rows(information) });
  return {
    whole,
    part,
    within: (point) => within(whole(point)),
    reduced,
    evaluate: (point) => reduced(evaluate(whole(point))),
    target: (target) => (point) => {
      const { value, gradient, hessian } = target(whole(point));
      return { value, gradient: part(gradient), hessian: rows(hessian) };
    },
  };
}
