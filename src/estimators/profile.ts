import { describe } from "../data/observations.ts";
import { log1p } from "../math/elementary.ts";
import { normalQuantile } from "../math/normal.ts";
import { newton } from "../optimize/newton.ts";
import { converged, EXACT } from "../optimize/objective.ts";
import { restrict } from "../optimize/restrict.ts";
import type { Ground, Slope, Spot } from "./ground.ts";
import { nearest } from "./nearest.ts";
import type { Found, Profile, ProfileOptions, ProfilePoint, Surface, Values } from "./result.ts";
import { functionTrack, parameterTrack, type Track } from "./track.ts";

/** Runs `work` on the ground around a fit. */
export type Open = <T>(signal: AbortSignal | undefined, work: (ground: Ground) => Promise<T>) => Promise<T>;

const POINTS = 41;
const SIDE = 25;

/** How much further than the interval's end a curve goes. */
const BEYOND = 0.25;

/** Half-width of a curve, in coordinates of the whole line, where no end says how wide it is. */
const WIDE = 2;

/** Profile intervals of all parameters. */
export async function profileIntervals(
  found: Found,
  open: Open,
  level: number,
  signal?: AbortSignal,
): Promise<Record<string, [number, number]>> {
  checkLevel(level);
  checkMaximum(found);
  return open(signal, async (ground) => {
    const intervals: [string, [number, number]][] = [];
    for (const [i, name] of ground.names.entries()) {
      const value = ground.fixed[i];
      intervals.push([name, value === undefined ? await intervalOf(parameterTrack(ground, i), deficitOf(level)) : [value, value]]);
    }
    return Object.fromEntries(intervals);
  });
}

/** The profile of a parameter or of a function. */
export async function profileOf(
  found: Found,
  open: Open,
  of: string | ((values: Values) => number),
  { level = 0.95, points = POINTS, signal }: ProfileOptions = {},
): Promise<Profile> {
  checkLevel(level);
  checkPoints(points, 3);
  checkMaximum(found);
  if (typeof of !== "string" && typeof of !== "function") {
    throw new TypeError(`The profile is asked of ${describe(of)}; a parameter's name or a function of the parameters is needed.`);
  }
  return open(signal, async (ground) => {
    const track = typeof of === "string" ? parameterTrack(ground, indexOf(ground, of)) : functionTrack(ground, of.name || "function", of);
    const ends = await endsOf(track, deficitOf(level));
    const estimate = track.natural(track.top);
    const curve = await curveOf(track, ends, points);
    const note = track.note();
    return {
      of: track.of,
      estimate,
      logLik: ground.logLik,
      level,
      interval: inOrder(track, ends),
      curve,
      ...(note !== undefined && { note }),
    };
  });
}

/** The profile of two parameters on a grid over the bounding box of their joint region, and a tenth beyond. */
export async function surfaceOf(
  found: Found,
  open: Open,
  a: string,
  b: string,
  { level = 0.95, points = SIDE, signal }: ProfileOptions = {},
): Promise<Surface> {
  checkLevel(level);
  checkPoints(points, 2);
  checkMaximum(found);
  return open(signal, async (ground) => {
    const indices = [indexOf(ground, a), indexOf(ground, b)] as const;
    if (indices[0] === indices[1]) throw new RangeError(`surface of ${a} and ${b}: two parameters are needed.`);
    // The joint region's box: where the profile of either has fallen by half the quantile of chi-squared with 2 degrees of freedom.
    const tracks = indices.map((i) => parameterTrack(ground, i));
    const sides: number[][] = [];
    for (const track of tracks) {
      const [low, high] = finiteEnds(track, await endsOf(track, -log1p(-level)));
      const margin = 0.1 * (high - low);
      const [from, to] = [Math.max(track.range[0], low - margin), Math.min(track.range[1], high + margin)];
      const side = Array.from({ length: points }, (_, j) => track.natural(from + ((to - from) * j) / (points - 1)));
      sides.push(side[0]! <= side.at(-1)! ? side : side.reverse());
    }
    const [x, y] = sides as [number[], number[]];
    const at = joint(ground, indices);
    const logLik: number[][] = [];
    for (const v of y) {
      const row: number[] = [];
      // To and fro: each node is next to the last.
      for (const u of logLik.length % 2 === 0 ? x : [...x].reverse()) row.push(await at([u, v]));
      logLik.push(logLik.length % 2 === 0 ? row : row.reverse());
    }
    return { x, y, logLik };
  });
}

function deficitOf(level: number): number {
  const z = normalQuantile((1 + level) / 2);
  return 0.5 * z * z;
}

async function endsOf(track: Track, deficit: number): Promise<[number, number]> {
  return [await track.end(-1, deficit), await track.end(1, deficit)];
}

async function intervalOf(track: Track, deficit: number): Promise<[number, number]> {
  return inOrder(track, await endsOf(track, deficit));
}

function inOrder(track: Track, ends: readonly [number, number]): [number, number] {
  const [a, b] = ends.map(track.natural) as [number, number];
  return a > b ? [b, a] : [a, b];
}

/** Ends that a picture can reach: of an open side, as far as the other or a fixed distance. */
function finiteEnds(track: Track, [low, high]: readonly [number, number]): [number, number] {
  const { top, range, stride } = track;
  const wide = track.natural(top) === top ? 8 * stride : WIDE;
  const known = Number.isFinite(top) ? top : Number.isFinite(low) ? low : Number.isFinite(high) ? high : 0;
  const reach = Math.max(wide, Number.isFinite(low) ? known - low : 0, Number.isFinite(high) ? high - known : 0);
  return [Number.isFinite(low) ? low : Math.max(range[0], known - reach), Number.isFinite(high) ? high : Math.min(range[1], known + reach)];
}

async function curveOf(track: Track, ends: readonly [number, number], points: number): Promise<ProfilePoint[]> {
  const finite = finiteEnds(track, ends);
  const middle = Number.isFinite(track.top) ? track.top : track.top < 0 ? finite[0] : finite[1];
  const each = Math.ceil((points - 1) / 2);
  const sides: ProfilePoint[][] = [];
  for (const side of [-1, 1]) {
    const end = finite[side < 0 ? 0 : 1];
    const limit = track.range[side < 0 ? 0 : 1];
    const count = side < 0 ? each : points - 1 - each;
    const inner = Math.max(1, Math.round(count / (1 + BEYOND)));
    const outer = end === limit || ends[side < 0 ? 0 : 1] !== end ? 0 : count - inner;
    const last = Math.abs(end - middle) === 0 ? track.stride * side : (end - middle) * BEYOND;
    const coordinates = [
      ...(end === middle ? [] : Array.from({ length: count - outer }, (_, j) => middle + ((end - middle) * (j + 1)) / (count - outer))),
      ...Array.from({ length: outer }, (_, j) => end + (last * (j + 1)) / outer),
    ];
    // The end itself, not what a division makes of it.
    if (end !== middle) coordinates[count - outer - 1] = end;
    const whole = coordinates.map((value) => (isWhole(track) ? Math.round(value) : value));
    const distinct = [...new Set(whole)].filter((value) => value !== middle && side * (limit - value) >= 0);
    const spots = await track.spots(distinct);
    sides.push(distinct.flatMap((value, j) => pointAt(track, value, spots[j])));
  }
  const { names, theta, slope, logLik } = track.ground;
  const estimates = slope ? slope.natural(slope.top.point) : theta;
  const best = { value: track.natural(track.top), logLik, estimates: named(names, estimates) };
  return [...sides[0]!, best, ...sides[1]!].sort((a, b) => a.value - b.value);
}

function isWhole({ of, ground }: Track): boolean {
  return ground.whole[ground.names.indexOf(of)] ?? false;
}

function pointAt(track: Track, coordinate: number, spot: Spot | undefined): ProfilePoint[] {
  if (!spot || !Number.isFinite(spot.logLik)) return [];
  return [{ value: track.natural(coordinate), logLik: spot.logLik, estimates: named(track.ground.names, spot.theta) }];
}

/** Profile log-likelihood with two parameters held: on the slope, by Newton's method from the last place; elsewhere by a fit. */
function joint(ground: Ground, indices: readonly number[]): (values: readonly number[]) => Promise<number> {
  const { slope } = ground;
  const places = slope ? indices.map((i) => slope.coordinateOf(i)) : [];
  const onSlope = slope && places.every((k) => k >= 0) ? walking(ground, slope, places) : undefined;
  return async (values) => {
    const found = await onSlope?.(indices.map((i, j) => slope!.etaOf(i, values[j]!)));
    if (found !== undefined || !ground.hold) return found ?? Number.NaN;
    const { logLik } = await ground.hold(ground.fixed.map((value, i) => values[indices.indexOf(i)] ?? value));
    return logLik === Number.POSITIVE_INFINITY ? Number.NaN : logLik;
  };
}

/** The highest value with some coordinates held; undefined where Newton's method finds none. */
function walking(ground: Ground, { likelihood, top }: Slope, places: readonly number[]) {
  let last: readonly number[] | undefined;
  return async (values: readonly number[]): Promise<number | undefined> => {
    const face = restrict(
      likelihood,
      top.point.map((_, k) => values[places.indexOf(k)]),
    );
    last ??= face.part(top.point);
    if (!face.within(last)) return undefined;
    if (last.length === 0) return face.evaluate([]).value;
    const objective = { dimension: last.length, evaluate: face.evaluate };
    const optimum = await ground.run(newton(objective, last, { ...EXACT, within: face.within, iterations: 30 }));
    if (!converged(optimum)) return undefined;
    last = optimum.point;
    return optimum.evaluated.value;
  };
}

function named(names: readonly string[], theta: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.map((name, i) => [name, theta[i]!]));
}

/** @throws RangeError for a name that is none of a free parameter. */
function indexOf({ names, fixed }: Ground, of: string): number {
  const index = names.indexOf(of);
  if (index < 0) throw new RangeError(`Unknown parameter "${of}"; did you mean "${nearest(of, names)}"? Known: ${names.join(", ")}.`);
  if (fixed[index] !== undefined) throw new RangeError(`${of} is fixed at ${fixed[index]}; a free parameter is needed for a profile.`);
  return index;
}

function checkLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}; a number between 0 and 1 is needed.`);
}

function checkPoints(points: number, least: number): void {
  if (!(Number.isInteger(points) && points >= least))
    throw new RangeError(`points is ${points}; a whole number of at least ${least} is needed.`);
}

/** @throws RangeError where there is no maximum to go out from. */
function checkMaximum({ status, reason, distribution }: Found): void {
  if (status === "interior" || status === "boundary") return;
  throw new RangeError(`The fit of ${distribution} is ${status === "failed" ? "failed" : "none"}: ${reason} A profile needs a maximum.`);
}
