import { climb, type Objective, type Peak, toEnd } from "../optimize/climb.ts";
import type { PartMatrix } from "../wasm/partMatrix.ts";
import { type Away, farOut, furthest, hardlyKnown, outside, running } from "./recession.ts";
import type { VglmProblem } from "./vglmSearch.ts";

/** Predictors that a step moves by less are not on their way to infinity: a probit's steps are one over the predictor. */
const MOVED = 0.05;
/** How far along a direction the likelihood is asked whether it still rises, in units of the predictor that moves most. */
const FAR = [2, 4, 8, 16, 32];
/** What rounding leaves of a value, relative. */
const NOISE = 1e-12;
/** Decrement of steps whose gains die out. */
const FADING = 0.5;
/** The same of steps that are no sign of a likelihood without a bound. */
const SLIGHT = 1;
/** Standard error of a coefficient of predictors that have left what their parameter is told within. */
const VAGUE = 2;
/** Iterations of a search that is to end at the maximum, rather than near it. */
export const FULL = 200;
/** Times a search is asked before it is thought to have left what can be told. */
const SLOW = 4;
/** Times a search is asked before steady gains count as unbounded ones. */
const STEADY = 8;

/** Climbs from coefficients of the columns as they were moved; where that leads away for ever, along what. */
export function searchFrom(
  matrix: PartMatrix,
  problem: VglmProblem,
  gamma: Float64Array,
  without: readonly boolean[],
  tolerance: number,
  limit: number,
): { peak: Peak; runaway: Away | undefined } {
  const { terms, parts, within, unit: unitAt = () => 1 } = problem;
  const objective: Objective = {
    canonical: false,
    fisher: false,
    without,
    evaluate: (beta, _, expected) => ({ ...matrix.evaluate(beta, terms, expected), dispersion: 1 }),
  };
  let asked = 0;
  let bounded = true;
  let along: Float64Array | undefined;
  let beyond: Float64Array | undefined;
  /** Where predictors have left what a parameter is told within: the way there. */
  const isBeyond = (beta: Float64Array, factored?: Peak["factored"]) => {
    const isVague = ({ places }: VglmProblem["parts"][number]) =>
      !factored || places.some((place) => place >= 0 && !factored.aliased[place] && factored.inverse(place, place) > VAGUE * VAGUE);
    const left = within && outside(matrix, beta, within).map((is, a) => is && isVague(parts[a]!));
    if (!left?.includes(true)) return false;
    beyond = new Float64Array(beta.length);
    parts.forEach(({ places }, a) => {
      for (const place of places) if (left[a] && place >= 0) beyond![place] = beta[place]! - gamma[place]!;
    });
    return true;
  };
  const rises = (beta: Float64Array, step: Float64Array, reach: number) => {
    let last = objective.evaluate(beta, 0, false).value;
    for (const far of FAR) {
      const { value } = objective.evaluate(
        beta.map((b, k) => b + (far / reach) * step[k]!),
        0,
        false,
      );
      if (!(value >= last - NOISE * (1 + Math.abs(last)))) return false;
      last = value;
    }
    return true;
  };
  const runaway = (beta: Float64Array, step: Float64Array, decrement: number) => {
    asked++;
    bounded = decrement < FADING;
    if (decrement < SLIGHT && asked >= SLOW && isBeyond(beta)) return true;
    if (!bounded && asked < STEADY) return false;
    const reach = furthest(matrix, step) / unitAt(beta);
    if (!(reach > MOVED) || !rises(beta, step, reach)) return false;
    along = step;
    return true;
  };
  const peak = toEnd(climb({ ...objective, runaway }, gamma, 0, tolerance, limit));
  // Small gains that do not shrink as Newton's do: near the maximum rounding is all there is, far out there is none.
  if (peak.end === "step" && peak.decrement > tolerance) runaway(peak.beta, peak.factored.solve(peak.evaluation.score), peak.decrement);
  // Where probabilities tend to 1 as fast as exp(-e^x) does, the search is at its end before it is asked.
  const isRest =
    !along &&
    (limit < FULL ? [] : hardlyKnown(matrix, peak, without, unitAt(peak.beta))).some((direction) => runaway(peak.beta, direction, 0));
  if (!along && peak.decrement < SLIGHT) isBeyond(peak.beta, peak.end === "decrement" ? peak.factored : undefined);
  // A score of 0 is a maximum's, unless the likelihood still rises beyond.
  if (beyond && (peak.end !== "decrement" || rises(peak.beta, beyond, furthest(matrix, beyond)))) {
    return { peak, runaway: { along: running(matrix, beyond), bounded: true, open: [] } };
  }
  if (!along) return { peak, runaway: undefined };
  // What does not run away comes to its limit with a few steps more.
  const end = bounded && !isRest ? toEnd(climb(objective, peak.beta, 0, 1e-8, 24)) : peak;
  const settled = end.beta.every(Number.isFinite) && Number.isFinite(end.evaluation.value) ? end : peak;
  const direction = bounded && !isRest ? settled.beta.map((b, k) => b - peak.beta[k]!) : along;
  const far = bounded ? farOut(matrix, objective, settled, direction) : undefined;
  const inner = far && searchFrom(matrix, problem, far.beta, far.without, tolerance, limit);
  if (!inner || !(inner.peak.evaluation.value >= settled.evaluation.value - NOISE * (1 + Math.abs(settled.evaluation.value)))) {
    return { peak: settled, runaway: { along: running(matrix, direction), bounded, open: [] } };
  }
  // A direction of what is left at the end of the first, and much less of it: what the first moves it does not move back.
  const next = inner.runaway?.along;
  const less = next ? (0.01 * far.along.largest) / next.largest : 0;
  const both = far.along.direction.map((value, k) => value + (next ? less * next.direction[k]! : 0));
  const open = [...far.open, ...(inner.runaway?.open ?? [])];
  return { peak: inner.peak, runaway: { along: running(matrix, both), bounded, open } };
}
