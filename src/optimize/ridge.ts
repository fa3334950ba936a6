import type { Jet } from "../math/jets.ts";
import { solvePositiveDefinite } from "../math/symmetric.ts";
import { finite } from "./newton.ts";
import type { Evaluated } from "./objective.ts";

// The ridge of a log-likelihood l over a function g of the parameters: for each value of g the highest point with that value. Along it
// the score is a multiple of the gradient of g, and -∇²(l - multiple g) is positive definite across it.

/** A log-likelihood in unconstrained coordinates. */
export interface Likelihood {
  evaluate(point: readonly number[]): Evaluated;
  /** Whether a point counts; outside, a parameter has run away. */
  within(point: readonly number[]): boolean;
}

/** A function of the same coordinates, with its derivatives. */
export type Target = (point: readonly number[]) => Jet;

/** A point on a ridge, or near it, with everything known there. */
export interface Place {
  readonly point: readonly number[];
  readonly evaluated: Evaluated;
  readonly jet: Jet;
}

/** How the ridge goes on from a place. */
interface Course {
  /** Step back onto the ridge. */
  readonly back: readonly number[];
  /** Step along the ridge, and the change in g that it makes to first order. */
  readonly along: readonly number[];
  readonly change: number;
  /** Distance from the ridge, in standard errors. */
  readonly distance: number;
  /** The standard error of g that the curvature along the ridge implies; NaN where it has none. */
  readonly error: number;
  /** Slope of the profile in g. */
  readonly multiple: number;
}

/** A step as a part of which a value counts as reached: quadratic convergence leaves the square of it. */
const REACHED = 1e-6;

const ITERATIONS = 30;

/** The course at a place; undefined where it lies on no ridge: l - multiple g is not concave across. */
function courseAt({ evaluated, jet }: Place): Course | undefined {
  const { score, information } = evaluated;
  const { gradient, hessian } = jet;
  const norm = lengthOf(gradient);
  if (!(norm > 0 && norm < Number.POSITIVE_INFINITY)) return undefined;
  const normal = gradient.map((slope) => slope / norm);
  const multiple = multipleOf(score, gradient);
  const bowl = information.map((row, i) => row.map((entry, j) => entry + multiple * hessian[i]![j]!));
  const tangents = tangentsOf(normal);
  const across = solver(bowl, tangents);
  const back = across(score);
  const inward = across(bowl.map((row) => -dot(row, normal)));
  if (!back || !inward) return undefined;
  const along = normal.map((component, i) => component + inward[i]!);
  return {
    back,
    along,
    change: norm,
    distance: Math.sqrt(Math.max(0, dot(back, score))),
    error: norm / Math.sqrt(bilinear(along, bowl, along)),
    multiple,
  };
}

/** Solves bowl x = b among the x that the tangents span; the equation holds along them. */
function solver(bowl: readonly (readonly number[])[], tangents: readonly (readonly number[])[]) {
  const q = tangents.length;
  const inside = Float64Array.from(tangents.flatMap((row) => tangents.map((column) => bilinear(row, bowl, column))));
  return (b: readonly number[]): number[] | undefined => {
    const shares =
      q === 0
        ? []
        : solvePositiveDefinite(
            inside,
            tangents.map((tangent) => dot(tangent, b)),
            q,
          );
    return shares ? b.map((_, i) => tangents.reduce((sum, tangent, k) => sum + tangent[i]! * shares[k]!, 0)) : undefined;
  };
}

/** Unit vectors across a unit vector: the other axes where it is one, and columns of a Householder reflection otherwise. */
function tangentsOf(normal: readonly number[]): number[][] {
  const largest = normal.reduce((best, value, i) => (Math.abs(value) > Math.abs(normal[best]!) ? i : best), 0);
  const sign = normal[largest]! < 0 ? -1 : 1;
  const mirror = normal.map((value, i) => (i === largest ? value + sign : value));
  const factor = 1 / (1 + sign * normal[largest]!);
  return normal.flatMap((_, j) => (j === largest ? [] : [normal.map((_, i) => (i === j ? 1 : 0) - factor * mirror[i]! * mirror[j]!)]));
}

/** A place to which a step leads, halved until something is known there. Yields each evaluation. */
function* step(
  likelihood: Likelihood,
  target: Target,
  from: Place,
  move: readonly number[],
  accept: (place: Place) => boolean,
): Generator<Evaluated, Place | undefined> {
  for (let share = 1; share > 1e-3; share /= 2) {
    const point = from.point.map((x, i) => x + share * move[i]!);
    if (!likelihood.within(point)) continue;
    const evaluated = likelihood.evaluate(point);
    yield evaluated;
    if (!finite(evaluated)) continue;
    const place = { point, evaluated, jet: target(point) };
    if (Number.isFinite(place.jet.value) && accept(place)) return place;
  }
  return undefined;
}

/**
 * The point of the ridge where g has a value, by Newton's method on the equations of Lagrange from a place nearby; undefined where that
 * does not converge.
 */
export function* ridgeAt(likelihood: Likelihood, target: Target, from: Place, value: number): Generator<Evaluated, Place | undefined> {
  let here = from;
  let before = Number.POSITIVE_INFINITY;
  for (let i = 0; i < ITERATIONS; i++) {
    const course = courseAt(here);
    if (!course) return undefined;
    const gap = value - here.jet.value;
    const move = course.back.map((step, k) => step + (gap / course.change) * course.along[k]!);
    const far = lengthOf([course.distance, gap === 0 ? 0 : gap / (course.error || Math.abs(gap))]);
    if (here !== from && far < REACHED)
      return arrived(likelihood, here, move, course.multiple * gap + 0.5 * course.distance * course.distance, value);
    if (i > 8 && far > 0.5 * before) return undefined;
    before = far;
    const next = yield* step(likelihood, target, here, move, (place) => courseAt(place) !== undefined);
    if (!next) return undefined;
    here = next;
  }
  return undefined;
}

/**
 * The point of the ridge on one side of the maximum (-1 or 1) where the log-likelihood is `height`: Newton's method for both at once, that
 * the score is a multiple of the gradient of g and that l = height, of which l is taken to second order. Venzon & Moolgavkar (1988),
 * Appl. Statist. 37, 87. From the maximum itself the first step is that of the quadratic there. Undefined where it does not converge.
 */
export function* ridgeEnd(
  likelihood: Likelihood,
  target: Target,
  top: Place,
  from: Place,
  side: number,
  height: number,
): Generator<Evaluated, Place | undefined> {
  const wanted = Math.sqrt(2 * (top.evaluated.value - height));
  const far = (place: Place, course: Course) =>
    lengthOf([Math.sqrt(2 * Math.max(0, top.evaluated.value - place.evaluated.value)) - wanted, course.distance]);
  let here = from;
  for (let i = 0; i < ITERATIONS; i++) {
    const course = courseAt(here);
    if (!course) return undefined;
    const length = lengthTo(height, here.evaluated, course, side);
    const move = course.back.map((step, k) => step + length * course.along[k]!);
    const off = far(here, course);
    if (here !== from && off < REACHED) {
      const value = here.jet.value + dot(here.jet.gradient, move) + 0.5 * bilinear(move, here.jet.hessian, move);
      if (!(side * (value - top.jet.value) > 0)) return undefined;
      return arrived(likelihood, here, move, height - here.evaluated.value, value);
    }
    const closer = (place: Place) => {
      const there = courseAt(place);
      return there !== undefined && (far(place, there) < 0.9 * off || here === from);
    };
    const next = yield* step(likelihood, target, here, move, closer);
    if (!next) return undefined;
    here = next;
  }
  return undefined;
}

/** How far to go along the ridge for l = height: the root of l's quadratic at which l falls outwards. */
function lengthTo(height: number, { value, score, information }: Evaluated, { back, along }: Course, side: number): number {
  const a = 0.5 * bilinear(along, information, along);
  const b = dot(score, along) - bilinear(back, information, along);
  const c = height - value - dot(score, back) + 0.5 * bilinear(back, information, back);
  const inside = b * b - 4 * a * c;
  // Above the top of the quadratic, or where it opens upwards: as far as the slope says, or to the top.
  if (!(inside >= 0)) return a > 0 ? (0.5 * b) / a : c / b;
  const root = side * Math.sqrt(inside);
  return side * b <= 0 ? (2 * c) / (b - root) : a > 0 ? (0.5 * (b + root)) / a : c / b;
}

/** A last step, too short for its evaluation to tell anything new; undefined where it leads out of the space. */
function arrived(likelihood: Likelihood, here: Place, move: readonly number[], gain: number, value: number): Place | undefined {
  const point = here.point.map((x, i) => x + move[i]!);
  if (!likelihood.within(point)) return undefined;
  return { point, evaluated: { ...here.evaluated, value: here.evaluated.value + gain }, jet: { ...here.jet, value } };
}

/** The multiple of the gradient that is nearest to the score. */
export function multipleOf(score: readonly number[], gradient: readonly number[]): number {
  const norm = lengthOf(gradient);
  return norm > 0
    ? dot(
        score,
        gradient.map((slope) => slope / norm),
      ) / norm
    : 0;
}

/** Euclidean length, also where squares leave the range of doubles. */
export function lengthOf(vector: readonly number[]): number {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return largest;
  return largest * Math.sqrt(vector.reduce((sum, value) => sum + (value / largest) * (value / largest), 0));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function bilinear(a: readonly number[], matrix: readonly (readonly number[])[], b: readonly number[]): number {
  return matrix.reduce((sum, row, i) => sum + a[i]! * dot(row, b), 0);
}
