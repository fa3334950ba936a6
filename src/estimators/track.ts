import { numberOf } from "../inference/delta.ts";
import { jetOf } from "../math/jets.ts";
import { alongFaces, type Faced, type Limit, onFace } from "../optimize/faces.ts";
import { outward } from "../optimize/outward.ts";
import { lengthOf, type Place, ridgeAt, type Target } from "../optimize/ridge.ts";
import type { Ground, Slope, Spot } from "./ground.ts";
import { endByHolding, held, type Line } from "./holding.ts";
import type { Values } from "./result.ts";

/** What a profile runs along: a parameter, in the coordinate of its domain, or a function, as it is. */
export interface Track {
  readonly of: string;
  readonly ground: Ground;
  /** Coordinate of the estimate. */
  readonly top: number;
  readonly range: readonly [number, number];
  /** A distance over which the profile changes, where nothing better is known. */
  readonly stride: number;
  natural(coordinate: number): number;
  /** The coordinate on one side (-1 or 1) where the profile has fallen by `deficit`; the range's end or infinite where it does not. */
  end(side: number, deficit: number): Promise<number>;
  /** What to know of the ends that were asked for: that another peak lies within them, or that the likelihood was lost on the way. */
  readonly note: () => string | undefined;
  /** Walks outward over coordinates, each from the last: the highest point at each, undefined where there is none. */
  spots(coordinates: readonly number[]): Promise<(Spot | undefined)[]>;
}

/** Deficits of likelihoods that belong to the same peak differ by no more, for a row and relative. */
const SAME_PEAK = 1e-9;

/** Steps beyond which a parameter of the whole line counts as infinite. */
const FAR = 1e20;

/** A function that moves by less than this part of its standard error does not move. */
const FLAT = 1e-9;

/** Standard errors beyond which an end need not be looked for. */
const FAR_OUT = 1e6;

/** The track of a parameter: on the slope where the likelihood is smooth, by holding it where that leads to no end. */
export function parameterTrack(ground: Ground, index: number): Track {
  const { slope, names, theta, charts, ranges, strides } = ground;
  const k = slope?.coordinateOf(index) ?? -1;
  // A parameter that other coordinates move, too, is a function of them.
  if (slope && k < 0) return functionTrack(ground, names[index]!, (values) => values[names[index]!]!);
  const chart = charts[index]!;
  const own = slope !== undefined;
  const across = own ? (eta: number) => slope.naturalOf(index, eta) : (eta: number) => chart.at(eta)[0];
  const coordinate = own ? (value: number) => slope.etaOf(index, value) : chart.toEta;
  const top = own ? slope.top.point[k]! : coordinate(theta[index]!);
  // A logarithm and back is an ulp off, which matters where the estimate is the outermost observation.
  const natural = (eta: number) => (eta === top ? theta[index]! : across(eta));
  const [low, high] = ranges[index]!.map(coordinate) as [number, number];
  // A bound outside the domain holds nothing.
  const range = [Number.isNaN(low) ? Number.NEGATIVE_INFINITY : low, Number.isNaN(high) ? Number.POSITIVE_INFINITY : high] as const;
  const error = own ? slope.errors[k]! : Number.NaN;
  const stride = own ? error : strides[index]!;
  const straight = chart.reach > FAR;
  const reach = straight ? FAR * stride + (Number.isFinite(top) ? Math.abs(top) : 0) : chart.reach;
  const line: Line = { ground, index, top, range, stride, reach, straight, natural };
  const target: Target = (point) => ({
    value: point[k]!,
    gradient: point.map((_, i) => Number(i === k)),
    hessian: point.map(() => point.map(() => 0)),
  });
  const walker = own ? walkerOf(ground, slope, target, error) : undefined;
  const hold = async (eta: number): Promise<Spot | undefined> => (ground.hold ? held(line, eta) : undefined);
  let note: string | undefined;
  return {
    of: names[index]!,
    ground,
    top,
    range,
    stride,
    natural,
    async end(side, deficit) {
      const found = await walker?.end(side, deficit);
      if (!ground.hold) return found ?? side * Number.POSITIVE_INFINITY;
      if (found === undefined) return endByHolding(line, side, deficit);
      if (!ground.cheap) return found;
      // Another peak may be higher where this one has come down.
      const { logLik } = await held(line, found);
      const higher = logLik - (ground.logLik - deficit);
      if (!(higher > SAME_PEAK * (1 + Math.abs(logLik)))) return found;
      note = `The likelihood has another peak: at ${names[index]} = ${natural(found)}, where the peak of the estimate has come down, it is higher by ${higher}.`;
      return endByHolding(line, side, deficit, found);
    },
    note: () => note,
    spots: (coordinates) => (walker && !note ? walker.spots(coordinates, hold) : inTurn(coordinates, hold)),
  };
}

/** The track of a function of the parameters by name. */
export function functionTrack(ground: Ground, of: string, fn: (values: Values) => number): Track {
  const { slope, names } = ground;
  if (!slope) {
    throw new RangeError(
      `profile of ${of}: a function of the parameters needs a maximum inside the parameter space at which the likelihood is smooth; parameters by name do not.`,
    );
  }
  const value = (point: readonly number[]) => {
    const theta = slope.natural(point);
    // A difference that steps out of the range of doubles is none.
    return theta.every((own, i) => ground.charts[i]!.holds(own)) ? atValues(fn, names, theta) : Number.NaN;
  };
  const top = value(slope.top.point);
  if (!Number.isFinite(top)) throw new RangeError(`${of} is ${top} at the estimates; a finite number is needed.`);
  const jet = jetOf(value, slope.errors);
  const { gradient } = jet(slope.top.point);
  if (!gradient.every(Number.isFinite))
    throw new RangeError(`${of} is not smooth at the estimates: its derivatives are ${gradient.join(", ")}.`);
  const error = lengthOf(gradient.map((g, i) => g * slope.errors[i]!));
  if (!(error > 1e-13 * Math.abs(top)))
    throw new RangeError(`${of} does not depend on the parameters; a profile needs a function that does.`);
  const walker = walkerOf(ground, slope, jet, error);
  const peak: Place = { ...slope.top, jet: jet(slope.top.point) };
  const faces: Faced[] = [];
  let note: string | undefined;
  return {
    of,
    ground,
    top,
    range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    stride: error,
    natural: (own) => own,
    async end(side, deficit) {
      const height = ground.logLik - deficit;
      const walked = await ground.run(alongFaces(slope.likelihood, jet, peak, side, height, error));
      const { value: found, point, limits } = walked;
      if (limits.length > 0) faces.push(walked);
      if (found !== undefined && (slope.isExact?.(slope.natural(point)) ?? true)) return found;
      const { value: last, gradient: slopes } = jet(point);
      const isHeld = (k: number) => limits.some(({ coordinate }) => coordinate === k);
      if (limits.length > 0 && slopes.every((own, k) => isHeld(k) || Math.abs(own * slope.errors[k]!) <= FLAT * error)) {
        const at = limitOf(ground, slope, fn, point, limits);
        if (side * (at - top) > 0) return at;
      } else if (!(Math.abs(last - top) > FAR_OUT * error)) {
        note = `The likelihood could not be followed beyond ${of} = ${last}, where it has not fallen far enough: the interval is open there.`;
      }
      return side * Number.POSITIVE_INFINITY;
    },
    note: () => note,
    spots: (coordinates) =>
      walker.spots(coordinates, async (own) => {
        // Beyond where the ridge met a limit, on the face on which its end was found.
        for (const { point, limits } of faces) {
          const place = await ground.run(onFace(slope.likelihood, jet, point, limits, own));
          if (place && (own - top) * (jet(point).value - top) > 0)
            return { logLik: place.evaluated.value, theta: slope.natural(place.point) };
        }
        return undefined;
      }),
  };
}

/** What a function tends to as parameters leave for the limits of their domains; NaN where it cannot say. */
function limitOf(
  { charts, names }: Ground,
  slope: Slope,
  fn: (values: Values) => number,
  point: readonly number[],
  limits: readonly Limit[],
) {
  const theta = slope.natural(point);
  for (const { coordinate, way } of limits) {
    const i = names.findIndex((_, own) => slope.coordinateOf(own) === coordinate);
    // A parameter of the whole line stopped at a bound, or where the family has no maximum.
    if (i >= 0 && charts[i]!.reach <= FAR) theta[i] = slope.naturalOf(i, way * Number.POSITIVE_INFINITY);
  }
  try {
    return atValues(fn, names, theta);
  } catch {
    // A function may refuse what no data would give.
    return Number.NaN;
  }
}

/** A caller's function at natural parameters. */
export function atValues(fn: (values: Values) => number, names: readonly string[], theta: readonly number[]): number {
  return numberOf(fn(Object.fromEntries(names.map((name, i) => [name, theta[i]!]))), fn.name);
}

/** Walks along the ridge over a target. */
function walkerOf(ground: Ground, { likelihood, top, natural, isExact }: Slope, target: Target, error: number) {
  const peak: Place = { ...top, jet: target(top.point) };
  const spotOf = ({ point, evaluated }: Place): Spot => ({ logLik: evaluated.value, theta: natural(point) });
  const trusted = (place: Place | undefined) => (place && isExact && !isExact(natural(place.point)) ? undefined : place);
  return {
    async end(side: number, deficit: number): Promise<number | undefined> {
      const height = top.evaluated.value - deficit;
      return trusted((await ground.run(outward(likelihood, target, peak, peak, side, height, error))).end)?.jet.value;
    },
    async spots(coordinates: readonly number[], otherwise: (coordinate: number) => Promise<Spot | undefined>) {
      const found: (Spot | undefined)[] = [];
      let last = peak;
      for (const coordinate of coordinates) {
        const next = trusted(await ground.run(ridgeAt(likelihood, target, last, coordinate)));
        if (next) last = next;
        found.push(next ? spotOf(next) : await otherwise(coordinate));
      }
      return found;
    },
  };
}

async function inTurn(coordinates: readonly number[], hold: (coordinate: number) => Promise<Spot | undefined>) {
  const found: (Spot | undefined)[] = [];
  for (const coordinate of coordinates) found.push(await hold(coordinate));
  return found;
}
