import { surfaceOf } from "../likelihood/surface.ts";
import { charts } from "../math/charts.ts";
import { finish, newton } from "../optimize/newton.ts";
import { converged, EXACT } from "../optimize/objective.ts";
import { ResampledSums, SEGMENT_ROWS } from "../wasm/resample.ts";
import { fit } from "./fit.ts";
import type { Pace } from "./pace.ts";
import { POISSON_ROWS, reweighted, type Source, simulator, weightsOf } from "./resampling.ts";
import type { Fit } from "./result.ts";
import type { FitOptions } from "./settings.ts";

/** Estimates of one replicate in the parameters' order, or why there are none. */
export type Replicate = readonly number[] | string;

/** What replicates are wanted of what. */
export interface Wanted {
  readonly source: Source;
  readonly fit: Fit;
  readonly B: number;
  readonly seed: number;
  readonly pace: Pace;
  readonly signal: AbortSignal | undefined;
}

/** All replicates, and how far those that were looked at lie from their maxima: the largest distance in standard errors of the fit. */
export interface Replicates {
  readonly found: readonly Replicate[];
  readonly error: number;
}

/** Rows that tell what the surface is made of: as many quantiles are, and the extremes. */
const SOME = 1000;

/** Replicates whose weighted fit is made, too: the farthest from the maximum, where interpolation is worst. */
const CHECKED = 4;

/** Distance in standard errors beyond which the surface is not believed. */
const BELIEVED = 1e-6;

/** A local maximum that is lower by less may be the highest of a replicate. */
const AMBIGUOUS = 30;

/** Replicates of the fitted distribution's samples. */
export async function simulated({ source, fit: given, B, seed, pace, signal }: Wanted): Promise<Replicates> {
  const simulate = simulator(
    source,
    given.parameters.map((name) => given.estimates[name]!),
  );
  const found: Replicate[] = [];
  for (let b = 0; b < B; b++) {
    const { x, options } = await simulate(seed, b, pace);
    found.push(await refit(source, x, { ...options, ...(signal && { signal }) }));
    await pace.turn(b + 1);
  }
  return { found, error: 0 };
}

/** Replicates of resampled rows: from the surface of their likelihoods where there is one, else by as many fits. */
export async function resampled(wanted: Wanted): Promise<Replicates> {
  return (await fromSurface(wanted)) ?? refitted(wanted);
}

async function refitted({ source, B, seed, pace, signal }: Wanted): Promise<Replicates> {
  const found: Replicate[] = [];
  for (let b = 0; b < B; b++) {
    found.push(await refitOf(source, seed, b, pace, signal));
    await pace.turn(b + 1);
  }
  return { found, error: 0 };
}

/** The exact weighted fit of one replicate. */
async function refitOf(source: Source, seed: number, b: number, pace: Pace, signal: AbortSignal | undefined): Promise<Replicate> {
  const weights = await weightsOf(source, seed, b, pace);
  if (!weights.some((weight) => weight > 0)) return "No row was drawn.";
  const { x, options } = reweighted(source, weights);
  return refit(source, x, { ...options, ...(signal && { signal }) });
}

async function refit({ family }: Source, x: ArrayLike<number> | null, options: FitOptions): Promise<Replicate> {
  const { status, reason, estimates, parameters } = await fit(family, x, options);
  if (status === "failed" || status === "nonexistent") return reason;
  const theta = parameters.map((name) => estimates[name]!);
  const lost = theta.findIndex((value) => !Number.isFinite(value));
  return lost < 0 ? theta : `${parameters[lost]} is ${theta[lost]}: ${reason}`;
}

/** By the interpolated likelihoods of many unweighted rows; undefined where these are no smooth function of few sums. */
async function fromSurface(wanted: Wanted): Promise<Replicates | undefined> {
  const { source, fit: given, B, seed, pace, signal } = wanted;
  const { options, rows } = source;
  const { runnerUp } = given.certificate;
  const single = runnerUp === undefined || runnerUp.deficit > AMBIGUOUS;
  if (!source.plain || !source.bare || !source.smooth || source.counts || rows < POISSON_ROWS) return undefined;
  if (given.status !== "interior" || !single) return undefined;
  const x = source.x!;
  const surface = surfaceOf(summitOf(source, given), someOf(x), rows);
  if (!surface) return undefined;
  const sums = new ResampledSums(seed, B, surface.columns);
  for (let first = 0; first < rows; first += SEGMENT_ROWS) {
    const done = (replicates: number) => Math.floor((first / rows) * B + Math.min(1, SEGMENT_ROWS / rows) * replicates);
    const base = surface.base(x, first, Math.min(SEGMENT_ROWS, rows - first));
    const columns: Float64Array[] = [];
    for (let k = 0; k < surface.columns; k++) {
      columns.push(surface.column(k, x, first, base));
      await pace.turn(done(0));
    }
    // NaN: a row leaves the support at a node.
    if (!columns.every((column) => column.every(Number.isFinite))) return undefined;
    await sums.add(first, columns, (replicates) => pace.turn(Math.min(B - 1, done(replicates))));
  }
  const found: number[][] = [];
  const distances: number[] = [];
  const origin = new Array<number>(given.parameters.length - Object.keys(options.fixed ?? {}).length).fill(0);
  for (let b = 0; b < B; b++) {
    const optimum = finish(newton(surface.objective(sums.of(b)), origin, { ...EXACT, within: surface.within }));
    if (!converged(optimum)) return undefined;
    found.push(surface.natural(optimum.point).slice(0, given.parameters.length));
    distances.push(Math.max(...optimum.point.map(Math.abs)));
    await pace.turn(B - 1);
  }
  const farthest = distances.map((_, b) => b).sort((a, b) => distances[b]! - distances[a]!);
  let error = 0;
  for (const b of farthest.slice(0, CHECKED)) {
    const exact = await refitOf(source, seed, b, pace, signal);
    if (typeof exact === "string") return undefined;
    given.parameters.forEach((name, i) => {
      const away = Math.abs(exact[i]! - found[b]![i]!);
      if (away > 0) error = Math.max(error, away / given.standardErrors[name]!);
    });
    if (!(error < BELIEVED)) return undefined;
    await pace.turn(B - 1);
  }
  return { found, error };
}

function summitOf({ family, options }: Source, { parameters, estimates, vcov }: Fit) {
  const own = family.parameters.map(({ domain }) => charts[domain]);
  const free = parameters.map((_, i) => i).filter((i) => options.fixed?.[parameters[i]!] === undefined);
  const constants = (family.constants ?? []).map((constant) => (options[constant.name] ?? constant.default) as number);
  const eta = free.map((i) => own[i]!.toEta(estimates[parameters[i]!]!));
  const slopes = free.map((i, at) => own[i]!.at(eta[at]!)[1]);
  return {
    logPdf: family.logPdf,
    eta,
    covariance: free.map((i, row) => free.map((j, column) => vcov[i]![j]! / (slopes[row]! * slopes[column]!))),
    natural(point: readonly number[]) {
      let next = 0;
      const theta = parameters.map((name, i) => options.fixed?.[name] ?? own[i]!.at(point[next++]!)[0]);
      return [...theta, ...constants];
    },
  };
}

/** Evenly spaced rows, and the smallest and largest. */
function someOf(x: ArrayLike<number>): Float64Array {
  const some = new Float64Array(SOME + 2);
  for (let i = 0; i < SOME; i++) some[i] = x[Math.floor(((i + 0.5) * x.length) / SOME)]!;
  let [min, max] = [x[0]!, x[0]!];
  for (let i = 1; i < x.length; i++) {
    if (x[i]! < min) min = x[i]!;
    if (x[i]! > max) max = x[i]!;
  }
  some.set([min, max], SOME);
  return some;
}
