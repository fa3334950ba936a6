import type { Evaluated } from "./objective.ts";
import { type Likelihood, type Place, ridgeAt, ridgeEnd, type Target } from "./ridge.ts";

/** Steps along a ridge; each may be twice the last. */
const STEPS = 100;

/** Parts of the first step below which a walk is stuck. */
const SHORTEST = 1e-4;

/** Halvings of a bracket before Newton's method must have taken over. */
const HALVINGS = 50;

/** Where a walk outward came to. */
export interface Walk {
  /** The ridge's point at the wanted height. */
  readonly end?: Place;
  /** Otherwise the last point that was reached, above that height. */
  readonly stuck?: Place;
}

/**
 * The point on one side of the maximum where the ridge has come down to `height`: at once where Newton's method finds it, otherwise on foot,
 * step by step outward from `start`, so that it is the same ridge all the way, and by halving the last step. Stuck where the ridge ends or
 * does not come down.
 */
export function* outward(
  likelihood: Likelihood,
  target: Target,
  top: Place,
  start: Place,
  side: number,
  height: number,
  error: number,
): Generator<Evaluated, Walk> {
  const direct = yield* ridgeEnd(likelihood, target, top, start, side, height);
  if (direct) return { end: direct };
  let inside = start;
  let outside: Place | undefined;
  let stride = 0.25 * error;
  for (let i = 0; i < STEPS && !outside && stride >= SHORTEST * error; i++) {
    const next: Place | undefined = yield* ridgeAt(likelihood, target, inside, inside.jet.value + side * stride);
    if (!next) stride /= 3;
    else if (next.evaluated.value < height) outside = next;
    else {
      inside = next;
      stride *= 2;
    }
  }
  for (let i = 0; i < HALVINGS && outside; i++) {
    const end: Place | undefined = yield* ridgeEnd(likelihood, target, top, inside, side, height);
    const [a, b] = [inside.jet.value, outside.jet.value];
    if (end && (end.jet.value - a) * (end.jet.value - b) <= 0) return { end };
    const middle: Place | undefined = yield* ridgeAt(likelihood, target, inside, a + 0.5 * (b - a));
    if (!middle) break;
    if (middle.evaluated.value < height) outside = middle;
    else inside = middle;
  }
  return { stuck: inside };
}
