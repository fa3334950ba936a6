import { exp, log } from "../math/elementary.ts";
import { cospi } from "../math/trig.ts";

// A sum of a smooth function over many points is a sum over few nodes: on a short panel the function equals its Chebyshev interpolant to
// rounding, the interpolant is linear in its values at the nodes, and so the points' weights can be moved to the nodes once, whatever the
// function. log P(X > x) over a million censoring times costs some 500 evaluations from then on. Trefethen (2013), Approximation Theory
// and Approximation Practice, ch. 8: a panel whose half-width is 1/8 of the distance to the nearest singularity leaves 16^-14.

/** Nodes a panel. */
const NODES = 14;

/** Width of a panel, as a part of the spread of the points or of the distance from their median, whichever is larger. */
const WIDTH = 0.25;

/** Fewer points are not worth it. */
export const MANY = 4096;

/** Chebyshev's polynomials at their nodes, T_k(u_j), row by row. */
const POLYNOMIALS = Array.from({ length: NODES }, (_, k) => Float64Array.from({ length: NODES }, (_, j) => cospi((k * (j + 0.5)) / NODES)));

/** Points with weights. */
export interface Weighted {
  readonly at: Float64Array;
  readonly weight: Float64Array;
}

/** The nodes of some panels, 14 after 14. */
export interface Panels extends Weighted {
  /** Number of points that each panel stands for. */
  readonly points: Float64Array;
}

/** Moves the weights of points to nodes; in log x where the points are positive. Undefined where the points have no spread. */
export function lump({ at, weight }: Weighted, positive: boolean): Panels | undefined {
  const y = positive ? at.map(log) : at;
  const edges = edgesOf(y);
  if (!edges) return undefined;
  const panels = edges.length - 1;
  const moments = new Float64Array(panels * NODES);
  const points = new Float64Array(panels);
  for (let i = 0; i < y.length; i++) {
    const panel = panelOf(edges, y[i]!);
    const [from, to] = [edges[panel]!, edges[panel + 1]!];
    const u = (y[i]! - from - (to - y[i]!)) / (to - from);
    const w = weight[i]!;
    points[panel]!++;
    // T_k+1 = 2 u T_k - T_k-1.
    let before = w;
    let now = w * u;
    const first = panel * NODES;
    moments[first]! += before;
    for (let k = 1; k < NODES; k++) {
      moments[first + k]! += now;
      const next = 2 * u * now - before;
      before = now;
      now = next;
    }
  }
  const used = [...points.keys()].filter((panel) => points[panel]! > 0);
  const node = (panel: number, j: number) => {
    const [from, to] = [edges[panel]!, edges[panel + 1]!];
    const u = POLYNOMIALS[1]![j]!;
    const value = 0.5 * ((1 + u) * to + (1 - u) * from);
    return positive ? exp(value) : value;
  };
  const share = (panel: number, j: number) => {
    let sum = 0;
    for (let k = 0; k < NODES; k++) sum += (k === 0 ? 1 : 2) * POLYNOMIALS[k]![j]! * moments[panel * NODES + k]!;
    return sum / NODES;
  };
  const every = <T>(f: (panel: number, j: number) => T) => used.flatMap((panel) => POLYNOMIALS.map((_, j) => f(panel, j)));
  return {
    at: Float64Array.from(every(node)),
    weight: Float64Array.from(every(share)),
    points: Float64Array.from(used, (panel) => points[panel]!),
  };
}

/** Whether the interpolant of these values at the nodes is the function to rounding: its last coefficients say so. */
export function isResolved({ points }: Panels, values: Float64Array): boolean {
  let [size, rest] = [0, 0];
  points.forEach((count, panel) => {
    const own = values.subarray(panel * NODES, (panel + 1) * NODES);
    for (const k of [NODES - 1, NODES - 2]) {
      let coefficient = 0;
      own.forEach((value, j) => {
        coefficient += (2 / NODES) * POLYNOMIALS[k]![j]! * value;
      });
      rest += count * Math.abs(coefficient);
    }
    size += count * own.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  });
  return rest <= 1e-12 * size;
}

/** Panel borders, from the points' median outwards. */
function edgesOf(y: Float64Array): Float64Array | undefined {
  const picks = Float64Array.from({ length: 1024 }, (_, i) => y[Math.floor(((i + 0.5) * y.length) / 1024)]!).sort();
  const [low, median, high] = [picks[256]!, picks[512]!, picks[768]!];
  const spread = high - low;
  let min = median;
  let max = median;
  for (let i = 0; i < y.length; i++) {
    if (y[i]! < min) min = y[i]!;
    else if (y[i]! > max) max = y[i]!;
  }
  if (!(spread > 0 && Number.isFinite(min) && Number.isFinite(max))) return undefined;
  const walk = (end: number, direction: 1 | -1) => {
    const found = [median];
    for (let distance = 0; direction * (found.at(-1)! - end) < 0; ) {
      distance += WIDTH * Math.max(spread, distance);
      found.push(median + direction * distance);
    }
    return found;
  };
  return Float64Array.from([...walk(min, -1).slice(1).reverse(), ...walk(max, 1)]);
}

/** Index of the panel of a point, by bisection. */
function panelOf(edges: Float64Array, y: number): number {
  let [low, high] = [0, edges.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (y < edges[middle]!) high = middle;
    else low = middle;
  }
  return low;
}
