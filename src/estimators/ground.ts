import { isPartial } from "../data/censoring.ts";
import { observations } from "../data/observations.ts";
import { type Family, isPositive } from "../distributions/family.ts";
import { type Coordinates, coordinates } from "../likelihood/coordinates.ts";
import { isVerdict, type Model } from "../likelihood/model.ts";
import { type Chart, charts } from "../math/charts.ts";
import { inversePositiveDefinite } from "../math/symmetric.ts";
import { newton } from "../optimize/newton.ts";
import { converged, type Evaluated, EXACT } from "../optimize/objective.ts";
import type { Likelihood } from "../optimize/ridge.ts";
import { withSample } from "../wasm/placement.ts";
import type { Sample } from "../wasm/sample.ts";
import { type Asked, settingsOf } from "./asked.ts";
import { fitWithin } from "./bounds.ts";
import { climb, prepare, solve } from "./fitPartial.ts";
import { checkSupport, fitSample, run, type Settings } from "./fitSample.ts";
import { withPlaced } from "./partialLikelihood.ts";
import { moved } from "./problem.ts";
import type { Found } from "./result.ts";
import { constantsOf } from "./settings.ts";

/** Parameters by index, undefined where free. */
export type Held = readonly (number | undefined)[];

/** Highest point of the likelihood with some parameters held. */
export interface Spot {
  /** -Infinity where the likelihood is 0, Infinity where it is unbounded, NaN where no maximum was found. */
  readonly logLik: number;
  /** Natural parameters. */
  readonly theta: readonly number[];
}

/** A smooth likelihood around a maximum inside the parameter space. */
export interface Slope {
  readonly likelihood: Likelihood;
  readonly top: { readonly point: readonly number[]; readonly evaluated: Evaluated };
  /** Standard errors of the coordinates. */
  readonly errors: readonly number[];
  /** Natural parameters, fixed ones included. */
  natural(point: readonly number[]): number[];
  /** The coordinate that moves this parameter and no other; -1 where there is none. */
  coordinateOf(i: number): number;
  /** A natural parameter from its coordinate. */
  naturalOf(i: number, eta: number): number;
  etaOf(i: number, theta: number): number;
  /** Whether likelihoods at natural parameters are exact. */
  isExact?(theta: readonly number[]): boolean;
}

/** What is known around a fit, while its data lie at hand. */
export interface Ground {
  readonly names: readonly string[];
  readonly charts: readonly Chart[];
  /** Whether a parameter takes whole numbers only. */
  readonly whole: readonly boolean[];
  /** Natural estimates; infinite, or at the edge of a domain, on the boundary. */
  readonly theta: readonly number[];
  readonly logLik: number;
  readonly fixed: Held;
  /** A first step for each parameter, in the coordinate of its domain. */
  readonly strides: readonly number[];
  /** Where each parameter may lie: its bounds, half a period either way on a circle. */
  readonly ranges: readonly (readonly [number, number])[];
  readonly slope: Slope | undefined;
  /** Whether holding parameters costs little, so that what was found on the slope can be compared with all other peaks. */
  readonly cheap: boolean;
  hold?(held: Held): Promise<Spot>;
  run<T>(walk: Generator<Evaluated, T>): Promise<T>;
}

/** An evaluation as good as the maximum's own: a pass is what a long column costs. */
const CLOSE = { ...EXACT, decrement: 1e-8, iterations: 20 };

/** Rows up to which a fit is cheap. */
const FEW_ROWS = 1000;

/** Places the data of a fit again and runs `work` on the ground around it. */
export async function withGround<T>(
  found: Found,
  asked: Asked,
  signal: AbortSignal | undefined,
  work: (ground: Ground) => Promise<T>,
): Promise<T> {
  const { family, x, options } = asked;
  const constants = constantsOf(family, options);
  const none = family.parameters.map(() => undefined);
  // Standard errors are the fit's own, and progress was.
  const { onProgress: _, ...settings }: Settings = {
    ...settingsOf(asked),
    start: none,
    covariance: "observed",
    ...(signal && { signal }),
  };
  const { fixed } = settings;
  const context: Context = { found, family, settings, bounds: { lower: options.lower ?? {}, upper: options.upper ?? {} } };
  signal?.throwIfAborted();
  if (isPartial(options)) {
    const first = await prepare(family, x, settings);
    const theta = moved(first.problem, thetaOf(found)) as number[];
    const usable = theta.every((value, i) => charts[family.parameters[i]!.domain].holds(value));
    const prepared = usable ? { ...first, first: { ...first.first, theta } } : first;
    return withPlaced(prepared.problem, async (problem) => {
      const holding = (held: Held) => {
        const begin = prepared.first.theta.map((value, i) => moved(problem, held)[i] ?? value);
        return solve({ problem, fitted: { ...prepared.fitted, fixed: held }, first: { ...prepared.first, theta: begin } });
      };
      const { frame } = prepared.first;
      const spread = Math.max(...family.parameters.map(({ shifts }, i) => (shifts ? Math.abs(frame.unit[i]!) : 0)));
      const data = { rows: problem.rows.rows, weight: problem.parts.weight, spread };
      const slopeOf = async () => {
        const ended = await climb(problem, moved(problem, fixed), prepared.first);
        const origin = ended.model.origin.map((value, i) => (family.parameters[i]!.shifts ? value + problem.shift : value));
        const here = coordinates({ ...ended.model, origin }, chartsOf(family), fixed);
        return slopeOn(context, data, ended.model, ended.at, here, ended.optimum.point, ended.isExact);
      };
      return work(await groundOf(context, data, slopeOf, holding));
    });
  }
  const given = observations(x, options.weights, constants.columns);
  return withSample(
    given,
    async (sample: Sample) => {
      checkSupport(family, sample, given, constants.values);
      const holding = (held: Held) => fitSample(family, sample, { ...settings, fixed: held });
      const { min, max } = sample.extent;
      const data = { rows: sample.rows, weight: sample.weight, spread: max - min };
      const slopeOf = async () => {
        const model = family.model(sample, [...fixed, ...constants.values]);
        if (isVerdict(model)) return undefined;
        const at = coordinates(model, chartsOf(family), fixed);
        return slopeOn(context, data, model, at, at, at.start(thetaOf(found)) ?? []);
      };
      return work(await groundOf(context, data, slopeOf, holding));
    },
    isPositive(family.support) ? "scanLogs" : "scan",
  );
}

interface Context {
  readonly found: Found;
  readonly family: Family;
  readonly settings: Settings;
  readonly bounds: { readonly lower: Readonly<Record<string, number>>; readonly upper: Readonly<Record<string, number>> };
}

interface Size {
  readonly rows: number;
  readonly weight: number;
  /** Width of the data. */
  readonly spread: number;
}

function thetaOf({ parameters, estimates }: Found): number[] {
  return parameters.map((name) => estimates[name]!);
}

function chartsOf(family: Family): Chart[] {
  return family.parameters.map(({ domain }) => charts[domain]);
}

async function groundOf(
  context: Context,
  data: Size,
  slopeOf: () => Promise<Slope | undefined>,
  holding: (held: Held) => Promise<Found>,
): Promise<Ground> {
  const { found, family, settings, bounds } = context;
  const { parameters, support } = family;
  const theta = thetaOf(found);
  const free = parameters.map((_, i) => i).filter((i) => settings.fixed[i] === undefined);
  const smooth = found.status === "interior" && free.every((i) => parameters[i]!.rough === undefined);
  const slope = smooth && free.length > 0 ? await slopeOf() : undefined;
  const names = parameters.map(({ name }) => name);
  const bounded = Object.keys(bounds.lower).length + Object.keys(bounds.upper).length > 0;
  const fit = (held: Held) => {
    if (!bounded) return holding(held);
    return fitWithin(family, held, bounds, (values) => holding(names.map((name) => values[name])));
  };
  return {
    names,
    charts: chartsOf(family),
    whole: parameters.map(({ domain }) => domain === "whole"),
    theta,
    logLik: slope?.top.evaluated.value ?? found.logLik,
    fixed: settings.fixed,
    strides: parameters.map(({ domain, shifts }) => {
      if (domain === "whole") return 1;
      if (domain === "real" && shifts) return data.spread > 0 ? data.spread / Math.sqrt(data.rows + 1) : 1;
      return 0.1;
    }),
    ranges: parameters.map(({ name, domain }, i) => {
      const half = domain === "real" && support.period !== undefined ? support.period / 2 : Number.POSITIVE_INFINITY;
      return [Math.max(bounds.lower[name] ?? -Infinity, theta[i]! - half), Math.min(bounds.upper[name] ?? Infinity, theta[i]! + half)];
    }),
    slope,
    cheap: data.rows <= FEW_ROWS,
    async hold(held) {
      const { status, logLik, estimates } = await fit(held);
      // An iteration that ran away, or ended nowhere, tells the likelihood where it was, not the highest.
      const known = status === "interior" || status === "boundary" || !Number.isFinite(logLik);
      return { logLik: known ? logLik : Number.NaN, theta: names.map((name) => estimates[name]!) };
    },
    run: (walk) => run(walk, data.rows, settings),
  };
}

/** The slope around a maximum; undefined where the model, evaluated there, does not confirm it. */
async function slopeOn(
  { found, family, settings, bounds }: Context,
  { rows, weight }: Size,
  model: Model,
  at: Coordinates,
  reported: Coordinates,
  start: readonly number[],
  isExact?: (theta: readonly number[]) => boolean,
): Promise<Slope | undefined> {
  const names = family.parameters.map(({ name }) => name);
  const isBounded = (theta: readonly number[]) =>
    names.every((name, i) => theta[i]! >= (bounds.lower[name] ?? -Infinity) && theta[i]! <= (bounds.upper[name] ?? Infinity));
  const likelihood: Likelihood = {
    evaluate: (point) => at.pull(model.evaluate(at.standardised(point)), point),
    within: (point) => at.within(point) && !model.nearLimit?.(at.standardised(point)) && isBounded(reported.natural(point)),
  };
  const objective = { dimension: start.length, terms: weight, evaluate: likelihood.evaluate };
  const { point, evaluated, ...end } = await run(newton(objective, start, { ...CLOSE, within: likelihood.within }), rows, settings);
  if (!(Math.abs(evaluated.value - found.logLik) <= 1e-6 * (1 + weight + Math.abs(found.logLik)))) {
    if (Number.isFinite(evaluated.value) && converged({ point, evaluated, ...end })) throw new RangeError(CHANGED);
    return undefined;
  }
  const p = point.length;
  const covariance = inversePositiveDefinite(Float64Array.from(evaluated.information.flat()), p);
  if (!converged({ point, evaluated, ...end }) || !covariance) return undefined;
  return {
    likelihood,
    top: { point, evaluated },
    errors: point.map((_, i) => Math.sqrt(covariance[i * p + i]!)),
    natural: reported.natural,
    coordinateOf: (i) => at.free.indexOf(i),
    naturalOf: reported.naturalOf,
    etaOf: reported.etaOf,
    ...(isExact && { isExact }),
  };
}

const CHANGED = "The data have changed since they were fitted: the likelihood at the estimates is another; fit them again.";
