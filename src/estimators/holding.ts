import { rootBetween } from "../math/roots.ts";
import type { Ground, Spot } from "./ground.ts";

// A profile by fits with the parameter held: whatever the likelihood looks like, a kink at every observation, an end of the support, a
// maximum on the boundary, several peaks, the family's own fit knows the highest point for each value.

/** One parameter of a ground, in the coordinate of its domain. */
export interface Line {
  readonly ground: Ground;
  /** Index of the parameter. */
  readonly index: number;
  /** Coordinate of the estimate. */
  readonly top: number;
  /** Coordinates between which it may lie. */
  readonly range: readonly [number, number];
  /** A first step outward. */
  readonly stride: number;
  /** Largest coordinate that still counts. */
  readonly reach: number;
  /** Whether the coordinate is the parameter itself, no logarithm. */
  readonly straight: boolean;
  natural(eta: number): number;
}

/** A deficit as near to the wanted one as this, as a root, is it. */
const NEAR = 1e-11;

/** A place where the likelihood cannot be worked out, or has no bound, is approached by halves so often. */
const APPROACHES = 12;

/** A fall within two ulps that no slope makes. */
const JUMP = 1e-4;

const DOUBLINGS = 80;

/** A walk's first steps in a logarithm are no longer than this: a factor of 20. What levels off must be seen to before it is too far out. */
const LONGEST = 3;
const SHORT = 30;

/** A walk that came to where nothing can be worked out had levelled off if its last step made no more than this of the deficit. */
const LEVEL = 1e-5;

/** The highest point with the parameter at a coordinate. */
export function held({ ground, index, natural }: Line, eta: number): Promise<Spot> {
  return ground.hold!(ground.fixed.with(index, natural(eta)));
}

/**
 * The coordinate on one side at which the profile has fallen by `deficit`, going outward from `from`, where it has not; the bound where it
 * has not fallen so far there; infinite where it never does; NaN where the likelihood cannot be followed. At a jump, the last coordinate
 * before it.
 */
export async function endByHolding(line: Line, side: number, deficit: number, from = line.top): Promise<number> {
  const { ground, range, reach } = line;
  const open = side * Number.POSITIVE_INFINITY;
  if (from === open) return from;
  const whole = ground.whole[line.index]!;
  const bound = side < 0 ? range[0] : range[1];
  // The deficit as a part of the wanted one, by its root, which is nearly straight, less 1. -Infinity where the likelihood has no bound;
  // beyond a jump not infinite, for the interpolation's sake.
  const off: Off = async (eta) => {
    const { logLik } = await held(line, eta);
    return logLik === Number.POSITIVE_INFINITY ? -logLik : Math.min(4, Math.sqrt(Math.max(0, ground.logLik - logLik) / deficit)) - 1;
  };
  const first = Number.isFinite(from) ? { at: from, off: -1 } : await firstInside(line, -side, off);
  if (first.outside !== undefined) return narrowed(off, first.at, first.off, first.outside, first.beyond!, whole, open);
  let { at: inside, off: below } = first;
  let { stride } = line;
  const longest = line.straight ? Number.POSITIVE_INFINITY : LONGEST;
  let approaches = 0;
  const gains: number[] = [];
  for (let i = 0; i < DOUBLINGS; i++) {
    const step = whole ? Math.max(1, Math.round(stride)) : stride;
    const next = side * (inside + side * step) > side * bound ? bound : inside + side * step;
    if (Math.abs(next) > reach) return open;
    const there = await off(next);
    if (there >= 0) return narrowed(off, inside, below, next, there, whole, open);
    if (!Number.isFinite(there)) {
      if (levelled(gains, below)) return open;
      if (++approaches > APPROACHES || (whole && step === 1)) return Number.isNaN(there) ? Number.NaN : open;
      stride /= 2;
      continue;
    }
    gains.push(share(there) - share(below));
    [inside, below] = [next, there];
    if (next === bound) return bound;
    if (levelling(gains, below)) return open;
    if (approaches === 0) stride = Math.max(stride, Math.min(2 * stride, i < SHORT ? longest : Number.POSITIVE_INFINITY));
  }
  return open;
}

type Off = (eta: number) => Promise<number>;

/** The part of the wanted deficit. */
const share = (off: number) => (1 + off) * (1 + off);

/**
 * Whether steps that do not get shorter bring gains that halve, so that all that are to come, together no more than the last, do not make up what is
 * missing: a likelihood that levels off towards a limit.
 */
function levelling(gains: readonly number[], off: number): boolean {
  const [a, b, c] = gains.slice(-3) as [number, number, number];
  const missing = 1 - share(off);
  return gains.length >= 4 && b <= 0.5 * a && c <= 0.5 * b && c > 0 && c < 0.1 * missing;
}

function levelled(gains: readonly number[], off: number): boolean {
  return gains.length >= 3 && gains.slice(-2).every((gain) => Math.abs(gain) < LEVEL) && 1 - share(off) > 10 * LEVEL;
}

interface Start {
  readonly at: number;
  readonly off: number;
  readonly outside?: number;
  readonly beyond?: number;
}

/** From a maximum at the limit, `way` leads there: a coordinate inside, and the last one outside on the way to it. */
async function firstInside({ range, reach, stride }: Line, way: number, off: Off): Promise<Start> {
  let at = Math.min(range[1], Math.max(range[0], 0));
  let here = await off(at);
  let outside: number | undefined;
  let beyond: number | undefined;
  for (let step = stride; !(here < 0) && Math.abs(at) <= reach; step *= 2) {
    [outside, beyond] = [at, Number.isNaN(here) ? 3 : here];
    at += way * step;
    here = await off(at);
  }
  return outside === undefined ? { at, off: here } : { at, off: here, outside, beyond: beyond! };
}

/** The root between a coordinate inside and one outside; the last whole one inside. */
async function narrowed(
  off: Off,
  inside: number,
  below: number,
  outside: number,
  above: number,
  whole: boolean,
  open: number,
): Promise<number> {
  if (whole) {
    let [low, high] = [inside, outside];
    while (Math.abs(high - low) > 1) {
      const middle = low + Math.trunc((high - low) / 2);
      if ((await off(middle)) <= 0) low = middle;
      else high = middle;
    }
    return low;
  }
  const search = rootBetween(inside, below, outside, above, 1e-13 * Math.abs(outside - inside));
  let last = { at: inside, off: below };
  let next = { at: outside, off: above };
  for (let step = search.next(); !step.done; ) {
    const found = { at: step.value, off: await off(step.value) };
    if (!Number.isFinite(found.off)) return Number.isNaN(found.off) ? Number.NaN : open;
    if (Math.abs(found.off) < NEAR) return found.at;
    if (found.off < 0) last = found;
    else next = found;
    step = search.next(found.off);
  }
  // Where the bracket is two ulps wide and the likelihood still falls across it, it jumps.
  return next.off - last.off > JUMP || last.off > -next.off ? last.at : next.at;
}
