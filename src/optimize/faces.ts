import type { Evaluated } from "./objective.ts";
import { outward } from "./outward.ts";
import { restrict } from "./restrict.ts";
import { type Likelihood, multipleOf, type Place, ridgeAt, type Target } from "./ridge.ts";

/** A coordinate of the whole line, a logarithm say, that went so much further has run away: e^-20 is 0. */
const AWAY = 20;

/** More coordinates than this are not held at a limit at once. */
const DEPTH = 2;

/** A coordinate that is held at a limit of the space, and on which side that lies. */
export interface Limit {
  readonly coordinate: number;
  readonly at: number;
  readonly way: number;
}

/** Where a walk along the faces of the space came to. */
export interface Faced {
  /** The function's value where the ridge has come down to the height; undefined where it does not. */
  readonly value?: number;
  /** The whole point there, or the last one that was reached. */
  readonly point: readonly number[];
  readonly limits: readonly Limit[];
}

/**
 * The point of the ridge on one side of the maximum that has come down to `height`, as `outward` finds it; and where the ridge meets a limit
 * of the space on the way, a bound or a parameter that runs away, on that face: the coordinate is held at the limit and the ridge of the
 * others followed on. It counts if the likelihood, the function held, rises towards the limit there.
 */
export function* alongFaces(
  likelihood: Likelihood,
  target: Target,
  top: Place,
  side: number,
  height: number,
  error: number,
  start: Place = top,
  limits: readonly Limit[] = [],
): Generator<Evaluated, Faced> {
  const face = restrict(
    likelihood,
    start.point.map((_, k) => limits.find(({ coordinate }) => coordinate === k)?.at),
  );
  const part = face.part(start.point);
  const on = { ...start, point: part, evaluated: face.reduced(start.evaluated), jet: face.target(() => start.jet)(part) };
  const { end, stuck } = yield* outward(face, face.target(target), top, on, side, height, error);
  if (end) {
    const point = face.whole(end.point);
    if (limits.length === 0 || (yield* risesTowards(likelihood, target, point, limits))) return { value: end.jet.value, point, limits };
  }
  const point = face.whole((stuck ?? on).point);
  let open: Faced = { point, limits };
  for (const limit of limits.length < DEPTH ? limitsAround(likelihood, top.point, point, limits) : []) {
    const all = [...limits, limit];
    const onto = yield* onFace(likelihood, target, point, all, target(point).value);
    if (!onto || onto.evaluated.value < height) continue;
    const found: Faced = yield* alongFaces(likelihood, target, top, side, height, error, onto, all);
    if (found.value !== undefined) return found;
    if (open.limits.length === limits.length) open = found;
  }
  return open;
}

/** The ridge's point on a face where the function has a value, from a point near it; undefined where there is none. */
export function* onFace(
  likelihood: Likelihood,
  target: Target,
  point: readonly number[],
  limits: readonly Limit[],
  value: number,
): Generator<Evaluated, Place | undefined> {
  const moved = limits.reduce((at, { coordinate, at: value }) => at.with(coordinate, value), point);
  const evaluated = likelihood.evaluate(moved);
  yield evaluated;
  const here = { point: moved, evaluated, jet: target(moved) };
  const face = restrict(
    likelihood,
    point.map((_, k) => limits.find(({ coordinate }) => coordinate === k)?.at),
  );
  const part = face.part(moved);
  const flat = face
    .target(() => here.jet)(part)
    .gradient.every((slope) => slope === 0);
  // The function's value there is the face's own, where it depends on nothing else.
  if (flat || part.length === 0) return here;
  const on = { point: part, evaluated: face.reduced(evaluated), jet: face.target(() => here.jet)(part) };
  const found: Place | undefined = yield* ridgeAt(face, face.target(target), on, value);
  if (!found) return undefined;
  const whole = face.whole(found.point);
  const again = likelihood.evaluate(whole);
  yield again;
  return { point: whole, evaluated: again, jet: target(whole) };
}

/** Whether the likelihood at a point, the function held, rises towards all limits. */
function* risesTowards(
  likelihood: Likelihood,
  target: Target,
  point: readonly number[],
  limits: readonly Limit[],
): Generator<Evaluated, boolean> {
  const evaluated = likelihood.evaluate(point);
  yield evaluated;
  const { gradient } = target(point);
  const isHeld = (k: number) => limits.some(({ coordinate }) => coordinate === k);
  const free = <T>(values: readonly T[]) => values.filter((_, k) => !isHeld(k));
  const multiple = multipleOf(free(evaluated.score), free(gradient));
  return limits.every(({ coordinate: k, way }) => way * (evaluated.score[k]! - multiple * gradient[k]!) >= 0);
}

/** Limits that the space has in the ways a walk went, nearest first as parts of those ways. */
function limitsAround({ within }: Likelihood, top: readonly number[], point: readonly number[], limits: readonly Limit[]): Limit[] {
  const found = point.flatMap((at, k) => {
    const gone = at - top[k]!;
    if (gone === 0 || limits.some(({ coordinate }) => coordinate === k)) return [];
    const way = Math.sign(gone);
    const beyond = (distance: number) => !within(point.with(k, at + way * distance));
    let [inside, outside] = [0, 0.1 * Math.abs(gone)];
    while (outside < AWAY && !beyond(outside)) [inside, outside] = [outside, 2 * outside];
    const away = outside >= AWAY && !beyond(AWAY);
    for (let i = 0; i < 60 && !away; i++) {
      const middle = 0.5 * (inside + outside);
      if (middle === inside || middle === outside) break;
      if (beyond(middle)) outside = middle;
      else inside = middle;
    }
    return [{ coordinate: k, at: at + way * (away ? AWAY : inside), way, share: (away ? AWAY : inside) / Math.abs(gone) }];
  });
  return found.sort((a, b) => a.share - b.share).map(({ coordinate, at, way }) => ({ coordinate, at, way }));
}
