import { basisOf, complementOf, dot, length, remainder } from "./cone.ts";
import { type Metric, metricOf } from "./curvature.ts";

/** Value and derivatives at a point: `information` is -∇², row-major. */
export interface Slope {
  readonly value: number;
  readonly score: Float64Array;
  readonly information: Float64Array;
  /** What a decrement of 1 is worth. */
  readonly dispersion: number;
}

/** A function on the points for which no row lies beyond its edge; a row without one is infinitely far from it. */
export interface Bounded {
  /** At a point where the rows held lie at their edges; the value is -Infinity outside of the domain. */
  evaluate(point: Float64Array, held: Uint8Array): Slope;
  /** Distances of the rows from their edges, which are linear in the point. */
  distances(point: Float64Array): Float64Array;
  /** Their derivatives along a direction. */
  slopes(direction: Float64Array): Float64Array;
  /** The gradient of one row's distance. */
  normal(row: number): Float64Array;
  /** A distance below which there is none. */
  rounding(point: Float64Array): number;
}

/** Where a climb along the edges ended. */
export interface Faced {
  readonly point: Float64Array;
  readonly held: Uint8Array;
  readonly slope: Slope;
  readonly decrement: number;
  /** What the conditions of Karush, Kuhn and Tucker leave of the score, in standard errors. */
  readonly violation: number;
  /** Whether the function is flat in some direction along the edges. */
  readonly flat: boolean;
  readonly iterations: number;
  readonly evaluations: number;
  readonly end: "decrement" | "step" | "iterations" | "not-finite";
}

/** What rounding leaves of a value, relative. */
const NOISE = 1e-13;

/** A decrement below which the value says nothing and the score alone judges. */
const CLOSE = 1e-5;

/** The conditions of a maximum hold up to this, in standard errors. */
const HOLDS = 1e-8;

/** Rows of which a direction leads off the edge, as the cosine of the angle. */
const LEAVES = 1e-9;

/** The least curvature of the metric in which directions are compared: with less, rows that differ would seem the same. */
const MODEST = 1e-4;

const STEPS = 1000;

/**
 * Maximises a function whose domain ends at edges, linear in the coordinates, at which it may be finite, and the maximum lie. Newton's steps
 * among the points that keep the rows at the edge there, cut where a row comes to its own; where these end, the steepest direction that
 * leads no row across its edge, in the information's metric, tells which rows leave it, and is 0 at a maximum by the conditions of Karush,
 * Kuhn and Tucker. However many rows meet in a corner, it leads out of it, so that no face is visited twice. Nocedal & Wright (2006),
 * Numerical Optimization, chapter 16.
 */
export function edgeClimb(problem: Bounded, start: Float64Array, tolerance: number): Faced {
  let point = start;
  let held = seated(problem, point, undefined);
  const margin = 10 * problem.rounding(start);
  const isOutside = problem.distances(start).some((distance) => distance < -margin);
  let here = problem.evaluate(point, held);
  let evaluations = 1;
  let iterations = 0;
  let previous = Number.NaN;
  const p = start.length;
  const ended = (end: Faced["end"], decrement: number, violation: number, flat = false): Faced => {
    return { point, held, slope: here, decrement, violation, flat, iterations, evaluations, end };
  };
  /** Goes along a direction as far as the rows and the value let it; whether it went. */
  const go = (direction: Float64Array, close: boolean): boolean => {
    const slopes = problem.slopes(direction);
    const distances = problem.distances(point);
    let most = 1;
    for (let i = 0; i < slopes.length; i++) {
      if (held[i] === 0 && slopes[i]! < 0) most = Math.min(most, distances[i]! / -slopes[i]!);
    }
    const gain = dot(here.score, direction);
    const noise = NOISE * (1 + Math.abs(here.value));
    for (let size = most; size > 1e-14 * most; size /= 2) {
      const next = onEdges(
        problem,
        point.map((x, j) => x + size * direction[j]!),
        held,
      );
      const there = problem.evaluate(next, held);
      evaluations++;
      if (!Number.isFinite(there.value)) continue;
      if (!close && there.value < here.value + 1e-4 * size * gain - noise) continue;
      const before = held;
      [point, held] = [next, seated(problem, next, held)];
      here = held.some((is, i) => is !== before[i]) ? problem.evaluate(point, held) : there;
      return true;
    }
    return false;
  };
  for (;;) {
    if (isOutside || !Number.isFinite(here.value) || !here.information.every(Number.isFinite))
      return ended("not-finite", Number.NaN, Number.NaN);
    if (iterations++ >= STEPS) return ended("iterations", Number.NaN, Number.NaN);
    const along = complementOf(basisOf(normalsOf(problem, held)).basis, p);
    const { direction, metric } = newton(here, along);
    const decrement = Math.sqrt(Math.max(0, dot(here.score, direction)) / here.dispersion);
    const stalled = decrement < CLOSE && decrement > 0.5 * previous;
    if (decrement >= tolerance && !stalled) {
      previous = decrement;
      const count = held.reduce((sum, is) => sum + is, 0);
      if (go(direction, decrement < CLOSE)) {
        if (held.reduce((sum, is) => sum + is, 0) !== count) previous = Number.NaN;
        continue;
      }
    }
    const way = steepest(problem, here, held);
    const violation = Math.sqrt(Math.max(0, dot(here.score, way)) / here.dispersion);
    const arrived = decrement < tolerance || stalled;
    if (violation < HOLDS || !held.includes(1)) {
      if (decrement < tolerance && decrement > 0) go(direction, true);
      return ended(arrived ? "decrement" : "step", decrement, violation, metric.flat);
    }
    held = leaving(problem, held, way);
    previous = Number.NaN;
    if (!go(way, false)) return ended("step", decrement, violation, metric.flat);
  }
}

/** Newton's step among the combinations of some directions. */
function newton({ score, information }: Slope, along: readonly Float64Array[]): { direction: Float64Array; metric: Metric } {
  const p = score.length;
  const k = along.length;
  const bent = along.map((unit) => Float64Array.from({ length: p }, (_, i) => dot(information.subarray(i * p, i * p + p), unit)));
  const metric = metricOf(
    Float64Array.from({ length: k * k }, (_, at) => dot(along[Math.floor(at / k)]!, bent[at % k]!)),
    k,
  );
  const shares = metric.solve(Float64Array.from(along, (unit) => dot(unit, score)));
  const direction = new Float64Array(p);
  along.forEach((unit, a) => {
    for (let j = 0; j < p; j++) direction[j]! += shares[a]! * unit[j]!;
  });
  return { direction, metric };
}

/** The step that leads no row held across its edge and that the score and the information make the best. */
function steepest(problem: Bounded, { score, information }: Slope, held: Uint8Array): Float64Array {
  const metric = metricOf(information, score.length, MODEST);
  const rows = Array.from(held.keys()).filter((row) => held[row] === 1);
  return metric.turn(
    remainder(metric.turned(score), {
      products: (vector) => {
        const slopes = problem.slopes(metric.turn(vector));
        return Float64Array.from(rows, (row) => slopes[row]!);
      },
      vector: (index) => metric.turned(problem.normal(rows[index]!)),
    }),
  );
}

/** The rows that a direction leaves at their edges. */
function leaving(problem: Bounded, held: Uint8Array, way: Float64Array): Uint8Array {
  const slopes = problem.slopes(way);
  const size = length(way);
  return held.map((is, row) => (is === 1 && slopes[row]! <= LEAVES * size * length(problem.normal(row)) ? 1 : 0));
}

/** The rows at their edges: those that were held, and those that came to theirs. */
function seated(problem: Bounded, point: Float64Array, before: Uint8Array | undefined): Uint8Array {
  const rounding = problem.rounding(point);
  return Uint8Array.from(problem.distances(point), (distance, row) => (before?.[row] === 1 || distance <= rounding ? 1 : 0));
}

/** The point nearby at which the rows held lie at their edges exactly. */
function onEdges(problem: Bounded, point: Float64Array, held: Uint8Array): Float64Array {
  const rows = Array.from(held.keys()).filter((row) => held[row] === 1);
  if (rows.length === 0) return point;
  const { basis, shares, kept } = basisOf(normalsOf(problem, held));
  const distances = problem.distances(point);
  const next = point.slice();
  // R'x = -distances, forwards.
  const x: number[] = [];
  kept.forEach((place, k) => {
    let sum = -distances[rows[place]!]!;
    for (let l = 0; l < k; l++) sum -= shares[k]![l]! * x[l]!;
    x.push(sum / shares[k]![k]!);
  });
  basis.forEach((unit, k) => {
    for (let j = 0; j < next.length; j++) next[j]! += x[k]! * unit[j]!;
  });
  return next;
}

function* normalsOf(problem: Bounded, held: Uint8Array): Generator<Float64Array> {
  for (let row = 0; row < held.length; row++) if (held[row] === 1) yield problem.normal(row);
}
