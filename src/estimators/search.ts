import { inverse, multiply } from "../inference/covariance.ts";
import type { Coordinates } from "../likelihood/coordinates.ts";
import type { Evaluation, Inner, Model, Verdict } from "../likelihood/model.ts";
import { powerOfTwo } from "../likelihood/statistics.ts";
import { newton } from "../optimize/newton.ts";
import { converged, type Evaluated, EXACT, type Optimum, type Tolerance } from "../optimize/objective.ts";
import type { Sample } from "../wasm/sample.ts";

/** A subsample's maximum is a start: it need not be better than its own standard error. */
const CLOSE: Tolerance = { ...EXACT, decrement: 0.1, iterations: 60 };

/** After a start from a subsample the full passes are what costs: standard errors to 5e-7 spare one. */
const FEW_PASSES: Tolerance = { ...EXACT, decrement: 1e-8, curvature: 5e-7 };

/** Steps that a maximum close by takes at most; one that takes more was not close, and is looked for in the whole space. */
const CLOSE_BY = 4;

/** Rows up to which a likelihood that may have several peaks is climbed from several starts; of more, as many are looked at first. */
export const FEW_ROWS = 1000;

/** Log-likelihoods closer than this, for a row and relative, belong to one peak, reached from two sides. */
const SAME_PEAK = 1e-9;

/** Coordinates of the whole parameter space, and others for the last steps on a long column. */
export interface Charted {
  readonly at: Coordinates;
  readonly near: Coordinates | undefined;
}

/** Where a climb ended, and what that is if it is no maximum inside. */
export interface Climb {
  readonly optimum: Optimum;
  readonly verdict: Verdict | undefined;
  /** Evaluations on the subsample. */
  readonly subsampleEvaluations: number;
  /** Covariance of the free parameters in the coordinates of their domains, where the iteration had coordinates of its own. */
  readonly covariance?: number[][] | undefined;
  /** The next highest maximum that a climb from another start ended at. */
  readonly runnerUp?: Climb;
}

/** Where an iteration walks. */
interface Frame {
  readonly starts: readonly (readonly number[])[];
  evaluate(which: "coarse" | "evaluate", point: readonly number[]): Evaluation;
  within(point: readonly number[]): boolean;
  standardised(point: readonly number[]): readonly number[];
  tame(point: readonly number[]): readonly number[];
}

/** Runs an iteration, with turns for the caller's event loop between its evaluations, whose values are the log-likelihood's times `scale`. */
export type Run = (iteration: Generator<Evaluated, Optimum>, which: "coarse" | "evaluate", scale: number) => Promise<Optimum>;

/**
 * The highest end of the climbs from the given starts and the model's: of one climb where the likelihood has one peak and the climb
 * gets there. `everywhere`: from all of the model's starts.
 */
export async function search(
  model: Model,
  charted: Charted,
  sample: Pick<Sample, "rows" | "weight">,
  given: readonly (readonly number[])[],
  run: Run,
  everywhere = sample.rows <= FEW_ROWS,
): Promise<Climb> {
  const { inner } = model;
  const frame = inner ? insideOf(model, inner) : frameOf(model, charted.at);
  const all = frame.starts;
  const own = everywhere ? all : all.slice(0, 1);
  const others = inner ? [] : given;
  const starts = own.length > 1 ? [...own, ...others] : [...others, ...own];
  const isHigher = (a: Climb, b: Climb | undefined) => {
    if (b === undefined || height(b) === Number.NEGATIVE_INFINITY) return b === undefined || height(a) > height(b);
    // A maximum inside says more than a limit as high.
    if (b.verdict && !a.verdict && height(a) >= height(b)) return true;
    return height(a) > height(b) + SAME_PEAK * (sample.weight + Math.abs(height(b)));
  };
  let best: Climb | undefined;
  let second: Climb | undefined;
  for (const [i, start] of starts.entries()) {
    const end = await climb(model, frame, inner ? { ...charted, near: undefined } : charted, sample, start, run);
    if (isHigher(end, best)) [best, second] = [end, best];
    else if (isHigher(best!, end) && isHigher(end, second)) second = end;
    // The model's own start, last, is for where the others lead to no maximum inside.
    if (own.length === 1 && i >= others.length - 1 && height(best!) > Number.NEGATIVE_INFINITY && !best!.verdict) break;
  }
  const reached = (end: Climb) => (inner ? outward(end, inner, charted.at) : end);
  const isPeak = second && !second.verdict && height(second) > Number.NEGATIVE_INFINITY;
  return isPeak ? { ...reached(best!), runnerUp: reached(second!) } : reached(best!);
}

async function climb(
  model: Model,
  frame: Frame,
  { at, near: close }: Charted,
  sample: Pick<Sample, "rows" | "weight">,
  from: readonly number[],
  run: Run,
): Promise<Climb> {
  // Weights that sum to 1, or to 1e-20, do not move the maximum: it is looked for as if they summed to the number of rows at least.
  const scale = Math.max(1, powerOfTwo(sample.rows / sample.weight));
  const terms = scale * sample.weight;
  const iterate = async (which: "coarse" | "evaluate", start: readonly number[], tolerance: Tolerance, on = frame) => {
    const evaluate = (point: readonly number[]) => times(scale, on.evaluate(which, point));
    const { within } = on;
    const optimum = await run(newton({ dimension: start.length, terms, evaluate }, start, { ...tolerance, within }), which, scale);
    return { ...optimum, evaluated: times(1 / scale, optimum.evaluated) };
  };
  const settled = (optimum: Optimum, coarse: boolean) =>
    model.settle?.(frame.standardised(optimum.point), optimum.evaluated.value, { coarse, converged: converged(optimum) });
  let start = frame.tame(from);
  let near: Optimum | undefined;
  if (model.coarse) {
    near = await iterate("coarse", start, CLOSE);
    const verdict = settled(near, true);
    if (verdict) return { optimum: near, verdict, subsampleEvaluations: near.evaluations };
    if (near.stop === "decrement") start = frame.tame(near.point);
  }
  if (near && close) {
    const beside = frameOf(model, close);
    const optimum = await iterate("evaluate", close.eta(at.standardised(start)), { ...FEW_PASSES, iterations: CLOSE_BY }, beside);
    const end = recharted(optimum, close, at);
    if (converged(optimum)) return { optimum: end, verdict: settled(end, false), subsampleEvaluations: near.evaluations };
  }
  const optimum = await iterate("evaluate", start, near ? FEW_PASSES : EXACT);
  return { optimum, verdict: settled(optimum, false), subsampleEvaluations: near?.evaluations ?? 0 };
}

/** The model in coordinates of each parameter. */
function frameOf(model: Model, on: Coordinates): Frame {
  return {
    starts: [model.start, ...(model.others ?? [])].map(on.eta),
    evaluate: (which, eta) => on.pull(model[which]!(on.standardised(eta)), eta),
    within: (eta) => on.within(eta) && !model.nearLimit?.(on.standardised(eta)),
    standardised: on.standardised,
    tame(eta) {
      const t = on.standardised(eta);
      const tame = model.tame?.(t) ?? t;
      return tame === t ? eta : on.eta(tame);
    },
  };
}

/** The model in coordinates of its own. */
function insideOf(model: Model, inner: Inner): Frame {
  return {
    starts: [inner.start, ...(inner.others ?? [])],
    evaluate: (which, point) => inner[which]!(point),
    within: (point) => !model.nearLimit?.(inner.standardised(point)),
    standardised: inner.standardised,
    tame: (point) => inner.tame?.(point) ?? point,
  };
}

/** An optimum of a model's own coordinates as one of the parameters; the score and the information that certify it stay. */
function outward(end: Climb, inner: Inner, at: Coordinates): Climb {
  const { point, evaluated } = end.optimum;
  const bread = end.verdict ? undefined : inverse(evaluated.information);
  const slopes = inner.slopes(point);
  const covariance =
    bread &&
    multiply(
      multiply(slopes, bread),
      slopes[0]!.map((_, j) => slopes.map((row) => row[j]!)),
    );
  return { ...end, optimum: { ...end.optimum, point: at.eta(inner.standardised(point)) }, covariance };
}

/** An optimum of other coordinates: at a maximum the score is 0, so information transforms by the slopes alone. */
function recharted(optimum: Optimum, from: Coordinates, to: Coordinates): Optimum {
  const point = to.eta(from.standardised(optimum.point));
  const before = from.slopes(optimum.point);
  const ratio = to.slopes(point).map((slope, i) => slope / before[i]!);
  const { value, score, information } = optimum.evaluated;
  const evaluated = {
    value,
    score: score.map((s, i) => s * ratio[i]!),
    information: information.map((row, i) => row.map((entry, j) => entry * ratio[i]! * ratio[j]!)),
  };
  return { ...optimum, point, evaluated };
}

/** The log-likelihood reached; -Infinity where there is no fit. */
export function height({ optimum, verdict }: Climb): number {
  if (verdict) return verdict.status === "boundary" ? verdict.logLik! : Number.NEGATIVE_INFINITY;
  return converged(optimum) ? optimum.evaluated.value : Number.NEGATIVE_INFINITY;
}

function times(scale: number, { value, score, information }: Evaluated): Evaluated {
  return { value: scale * value, score: score.map((s) => scale * s), information: information.map((row) => row.map((i) => scale * i)) };
}
