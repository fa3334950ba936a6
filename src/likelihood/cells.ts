import { exp, log } from "../math/elementary.ts";
import { artanhExcess } from "../math/logarithms.ts";
import { Accumulator } from "../math/sum.ts";
import { cospi } from "../math/trig.ts";
import type { WeightedIntervals } from "./distinct.ts";
import { edgesOf, type Placing, placing } from "./panels.ts";

// Many intervals, all different, as few: log P(a < X <= b) is log(b - a) plus a function that is smooth in both ends, through a = b, and
// symmetric in them. On a cell, a panel of lower ends times one of upper ends, that function equals its interpolant of total degree n at the
// Padua points to rounding, so the weights of the cell's intervals can be moved to (n + 1)(n + 2)/2 intervals between nodes, once, whatever
// the function; the logarithms of the widths are a constant. As in nodes.ts, in one dimension more. Bos, Caliari, De Marchi, Vianello & Xu
// (2006), J. Approx. Theory 143, 15; Caliari, De Marchi & Vianello (2008), Algorithm 886, ACM TOMS 35, 21.

/** Degree of the interpolant. */
const DEGREE = 14;

/** Width of a panel and its growth (edgesOf). */
const WIDTH = 0.3;
const GROWTH = 0.5;

/** Of the size of log-probabilities, what the last coefficients may be: scores are then exact to 1e-11 of a row, measured. */
const RESOLVED = 5e-10;

/** Fewer intervals are not worth it. */
export const MANY_INTERVALS = 8192;

/** Most cells: ends may lie anywhere, "between -1e300 and 1e300". */
const MOST = 1 << 20;

/** A node next to the diagonal is an interval of this part of its panel: the function is even in the width, so that leaves 1e-13. */
const NARROW = 1e-6;

/** The points (cos(pi j/n), cos(pi k/(n + 1))), j + k even, and what the interpolant weighs them with. */
const POINTS: readonly { readonly u: number; readonly v: number; readonly weight: number }[] = Array.from({ length: DEGREE + 1 }, (_, j) =>
  Array.from({ length: DEGREE + 2 }, (__, k) => {
    const edges = Number(j === 0 || j === DEGREE) + Number(k === 0 || k === DEGREE + 1);
    return {
      even: (j + k) % 2 === 0,
      u: cospi(j / DEGREE),
      v: cospi(k / (DEGREE + 1)),
      weight: [2, 1, 0.5][edges]! / (DEGREE * (DEGREE + 1)),
    };
  }).filter(({ even }) => even),
).flat();

/** Degrees of the products of Chebyshev's polynomials, in the order of the moments. */
const DEGREES = Array.from({ length: DEGREE + 1 }, (_, j) => Array.from({ length: DEGREE + 1 - j }, (__, k) => [j, k] as const)).flat();

/** What a moment, or a value at a point, counts for a point's weight, or a coefficient: point by point. */
const SHARES = POINTS.map(({ u, v, weight }) => {
  const [ofU, ofV] = [chebyshev(u), chebyshev(v)];
  return Float64Array.from(DEGREES, ([j, k]) => {
    // T_n of the first coordinate is ±1 at its points: its square's mean is 1 where that of the others is 1/2.
    const norm = (j === 0 ? 1 : 2) * (k === 0 ? 1 : 2) * (j === DEGREE ? 0.5 : 1);
    return norm * weight * ofU[j]! * ofV[k]!;
  });
});

/** Intervals at nodes, the same number for each cell, and those that stay as they are. */
export interface Cells {
  readonly nodes: WeightedIntervals;
  readonly others: WeightedIntervals;
  /** What the widths add to the sum. */
  readonly constant: number;
  /** Logarithms of the nodes' widths. */
  readonly logWidths: Float64Array;
  /** Number of intervals that each cell stands for. */
  readonly intervals: Float64Array;
}

/**
 * Moves the weights of intervals to nodes, where that makes them fewer; in log x where they are positive; `fineness` 2 halves the panels.
 * Undefined where the ends have no spread, or lie too far out on both sides.
 */
export function lumpIntervals(given: WeightedIntervals, positive: boolean, fineness: number): Cells | undefined {
  const { at, to } = given;
  const [lower, upper] = [at, to].map((ends) => edgesOf(ends, positive, WIDTH / fineness, GROWTH));
  if (!(lower && upper && lower.length * upper.length < MOST)) return undefined;
  const panels = upper.length - 1;
  const [ofAt, ofTo] = [placing(lower, positive), placing(upper, positive)];
  const cells = new Int32Array(at.length);
  const counts = new Int32Array((lower.length - 1) * panels);
  for (let i = 0; i < at.length; i++) {
    const cell = ofAt.panel(at[i]!) * panels + ofTo.panel(to[i]!);
    cells[i] = cell;
    counts[cell]!++;
  }
  const used = [...counts.keys()].filter((cell) => counts[cell]! > POINTS.length);
  const slots = new Int32Array(counts.length).fill(-1);
  used.forEach((cell, slot) => {
    slots[cell] = slot;
  });
  const { moments, logWidths, others } = momentsOf(given, { ofAt, ofTo, panels, cells, slots, slotCount: used.length, positive });
  const nodes = { at: new Float64Array(used.length * POINTS.length), to: new Float64Array(used.length * POINTS.length) };
  const shares = new Float64Array(nodes.at.length);
  used.forEach((cell, slot) => {
    const [first, second] = [Math.floor(cell / panels), cell % panels];
    const own = moments.subarray(slot * DEGREES.length, (slot + 1) * DEGREES.length);
    POINTS.forEach(({ u, v }, p) => {
      const [a, b] = [between(lower, first, u), between(upper, second, v)];
      const width = lower[first + 1]! - lower[first]!;
      const half = Math.abs(b - a) < NARROW * width ? NARROW * width : 0;
      const ends = [Math.min(a, b) - half, Math.max(a, b) + half].map((end) => (positive ? exp(end) : end));
      const index = slot * POINTS.length + p;
      nodes.at[index] = ends[0]!;
      nodes.to[index] = ends[1]!;
      shares[index] = SHARES[p]!.reduce((sum, share, d) => sum + share * own[d]!, 0);
    });
  });
  const nodeWidths = shares.map((_, i) => log(widthOf(nodes.at[i]!, nodes.to[i]!, positive)));
  const constant = new Accumulator();
  constant.add(logWidths);
  shares.forEach((share, i) => {
    constant.add(-share * nodeWidths[i]!);
  });
  return {
    nodes: { ...nodes, weight: shares },
    others,
    constant: constant.sum,
    logWidths: nodeWidths,
    intervals: Float64Array.from(used, (cell) => counts[cell]!),
  };
}

/** Whether the interpolant of these log-probabilities of the nodes is the function to rounding: its last coefficients say so. */
export function isResolvedOn({ intervals, logWidths }: Cells, values: Float64Array): boolean {
  let [size, rest] = [0, 0];
  intervals.forEach((count, cell) => {
    const first = cell * POINTS.length;
    const own = POINTS.map((_, p) => values[first + p]! - logWidths[first + p]!);
    DEGREES.forEach(([j, k], d) => {
      if (j + k >= DEGREE - 1) rest += count * Math.abs(own.reduce((sum, value, p) => sum + SHARES[p]![d]! * value, 0));
    });
    size += count * own.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  });
  return rest <= RESOLVED * size;
}

interface Placed {
  readonly ofAt: Placing;
  readonly ofTo: Placing;
  /** Of the upper ends. */
  readonly panels: number;
  /** The cell of each interval. */
  readonly cells: Int32Array;
  /** Where a cell's moments are, -1 where its intervals stay. */
  readonly slots: Int32Array;
  readonly slotCount: number;
  readonly positive: boolean;
}

/** Sums of the products of Chebyshev's polynomials of both ends, cell by cell, and of the logarithms of the widths. */
function momentsOf({ at, to, weight }: WeightedIntervals, { ofAt, ofTo, panels, cells, slots, slotCount, positive }: Placed) {
  const moments = new Float64Array(slotCount * DEGREES.length);
  const [ofA, ofB] = [new Float64Array(DEGREE + 1), new Float64Array(DEGREE + 1)];
  const kept: number[] = [];
  // Widths of equal weights are multiplied up: one logarithm for some hundred.
  const logWidths = new Accumulator();
  let [product, common] = [1, 0];
  const flush = () => logWidths.add(common * log(product));
  for (let i = 0; i < at.length; i++) {
    const cell = cells[i]!;
    const slot = slots[cell]!;
    if (slot < 0) {
      kept.push(i);
      continue;
    }
    const first = Math.floor(cell / panels);
    const [a, b, w] = [at[i]!, to[i]!, weight[i]!];
    fill(ofA, ofAt.within(a, first));
    fill(ofB, ofTo.within(b, cell - first * panels));
    const width = widthOf(a, b, positive);
    const larger = product * width;
    if (w === common && larger > 1e-280 && larger < 1e280) product = larger;
    else {
      flush();
      [product, common] = [width, w];
    }
    for (let j = 0, d = slot * DEGREES.length; j <= DEGREE; j++) {
      const factor = w * ofA[j]!;
      for (let k = 0; k <= DEGREE - j; k++) moments[d++]! += factor * ofB[k]!;
    }
  }
  flush();
  const own = (column: Float64Array) => Float64Array.from(kept, (i) => column[i]!);
  return { moments, logWidths: logWidths.sum, others: { at: own(at), to: own(to), weight: own(weight) } };
}

/** Chebyshev's polynomials at u. */
function fill(values: Float64Array, u: number): void {
  values[0] = 1;
  values[1] = u;
  for (let k = 2; k <= DEGREE; k++) values[k] = 2 * u * values[k - 1]! - values[k - 2]!;
}

function chebyshev(u: number): Float64Array {
  const values = new Float64Array(DEGREE + 1);
  fill(values, u);
  return values;
}

/** The place u, from -1 to 1, in a panel. */
function between(edges: Float64Array, panel: number, u: number): number {
  return 0.5 * ((1 + u) * edges[panel + 1]! + (1 - u) * edges[panel]!);
}

function widthOf(a: number, b: number, positive: boolean): number {
  if (!positive) return b - a;
  const s = (b - a) / (b + a);
  return s < 1 / 3 && b + a < Number.POSITIVE_INFINITY ? 2 * s * (1 + artanhExcess(s)) : log(b) - log(a);
}
