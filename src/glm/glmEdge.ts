import { edgeOf } from "../laws/edges.ts";
import type { GlmFamily } from "../laws/families.ts";
import type { Link, UnitLink } from "../laws/links.ts";
import type { Peak } from "../optimize/climb.ts";
import { type Bounded, edgeClimb, type Faced, type Slope } from "../optimize/edgeClimb.ts";
import type { Evaluation } from "../optimize/newtonStep.ts";
import { factor, type Products } from "../optimize/normalEquations.ts";
import { objectiveOf } from "./glmObjective.ts";
import type { GlmRows } from "./glmRows.ts";

/** Rows whose means lie at an edge of their domain. */
export interface AtEdge {
  readonly rows: Int32Array;
  /** Whether the likelihood is flat in a direction along the edges. */
  readonly flat: boolean;
}

export interface EdgePeak {
  readonly peak: Peak;
  readonly atEdge: AtEdge;
}

/** What of a predictor's size is rounding. */
const ROUNDING = 1e-13;

/** A row nearer to its edge than this share of the predictors' size may belong there. */
const NEAR = 1e-5;

const EXACT = 1e-10;

/** Whether a search may have been stopped by an edge, or have come so near to one that it cannot tell. */
export function meetsEdge(
  family: GlmFamily,
  link: Link | UnitLink,
  rows: GlmRows,
  begin: Float64Array,
  { beta, end, decrement, lost }: Peak,
): boolean {
  if (!edgeOf(family, link) || !rows.isNarrow || !beta.every(Number.isFinite)) return false;
  if (lost || !(end === "decrement" || (end === "step" && decrement < 1e-5))) return true;
  const { problem, point } = boundedBy(family, link, Number.NaN, rows, begin, { beta, own: Number.NaN }, false);
  const least = problem.distances(point).reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return least < (NEAR / ROUNDING) * problem.rounding(point);
}

/** The maximum among the coefficients that leave every mean in its domain or at its edge, from where a search from `begin` ended. */
export function edgePeak(
  family: GlmFamily,
  link: Link | UnitLink,
  theta: number | undefined,
  rows: GlmRows,
  begin: Float64Array,
  start: Pick<Peak, "beta" | "own">,
): EdgePeak {
  const joint = family.joint === true && theta === undefined;
  const { problem, point } = boundedBy(family, link, theta, rows, begin, start, joint);
  return peakOf(edgeClimb(problem, point, EXACT), rows, joint);
}

function boundedBy(
  family: GlmFamily,
  link: Link | UnitLink,
  theta: number | undefined,
  rows: GlmRows,
  begin: Float64Array,
  start: Pick<Peak, "beta" | "own">,
  joint: boolean,
): { problem: Bounded; point: Float64Array } {
  const { matrix, data, used } = rows;
  const edge = edgeOf(family, link)!;
  const ends = data.y.map((y) => edge.at(y));
  const ways = Int8Array.from(data.y, (y) => edge.way(y));
  const p = used.length;
  const offsets = data.offset?.reduce((most, x) => Math.max(most, Math.abs(x)), 0) ?? 0;
  // The way into a corner of zeros makes all sizes small but that of the beginning.
  const least = matrix.reach(begin) + offsets;
  const rounding = (point: Float64Array) => ROUNDING * Math.max(least, matrix.reach(rows.whole(point.subarray(0, p))) + offsets);
  let [held, tiny] = [new Uint8Array(matrix.rows), 0];
  const seat = (first: number, eta: Float64Array) => {
    for (let i = 0; i < eta.length; i++) {
      const row = first + i;
      const beyond = ways[row]! * (eta[i]! - ends[row]!);
      if (held[row] === 1 || (beyond < 0 && beyond >= -tiny)) eta[i] = ends[row]!;
    }
  };
  const without = Array.from({ length: matrix.width }, () => true);
  for (const column of used) without[column] = false;
  const objective = objectiveOf(family, link, theta, matrix, without, { edge, seat });
  const problem: Bounded = {
    evaluate(point, now) {
      [held, tiny] = [now as Uint8Array<ArrayBuffer>, 10 * rounding(point)];
      return slopeOf(objective.evaluate(rows.whole(point.subarray(0, p)), joint ? point[p]! : 0, false), rows, joint);
    },
    distances: (point) =>
      rows.predictors(point.subarray(0, p), true).map((eta, i) => {
        const distance = ways[i]! * (eta - ends[i]!);
        return Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
      }),
    slopes: (direction) =>
      rows.predictors(direction.subarray(0, p), false).map((move, i) => (Number.isNaN(ends[i]!) ? 0 : ways[i]! * move)),
    normal: (row) => {
      const normal = new Float64Array(p + (joint ? 1 : 0));
      normal.set(rows.row(row).map((x) => ways[row]! * x));
      return normal;
    },
    rounding,
  };
  const beta = rows.of(start.beta);
  return { problem, point: joint ? Float64Array.of(...beta, start.own) : beta };
}

/** An evaluation in the columns that count, and the logarithm of theta after them. */
function slopeOf({ value, score, products, own, dispersion }: Evaluation, { used }: GlmRows, joint: boolean): Slope {
  const q = used.length + (joint ? 1 : 0);
  const of = entryOf(products);
  const information = Float64Array.from({ length: q * q }, (_, at) => {
    const [i, j] = [Math.floor(at / q), at % q];
    if (i < used.length && j < used.length) return of(used[i]!, used[j]!);
    return i === j ? own!.information : own!.cross[used[Math.min(i, j)]!]!;
  });
  const all = Float64Array.from({ length: q }, (_, j) => (j < used.length ? score[used[j]!]! : own!.score));
  return { value, score: all, information, dispersion };
}

/** Element (i, j) of products. */
function entryOf({ columns, dense, gram, large }: Products): (i: number, j: number) => number {
  const place = new Int32Array(columns).fill(-1);
  dense.forEach((column, k) => {
    place[column] = k;
  });
  const m = dense.length;
  return (i, j) => {
    const [a, b] = [place[i]!, place[j]!];
    if (a >= 0 && b >= 0) return gram[Math.max(a, b) * m + Math.min(a, b)]!;
    if (a < 0 && b < 0) return i === j ? large!.own[i - large!.first]! : 0;
    return large!.cross[((a < 0 ? i : j) - large!.first) * m + Math.max(a, b)]!;
  };
}

function peakOf({ point, held, slope, flat, ...found }: Faced, rows: GlmRows, joint: boolean): EdgePeak {
  const { used, matrix } = rows;
  const p = used.length;
  const q = point.length;
  const gram = new Float64Array(matrix.width * matrix.width);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) gram[used[i]! * matrix.width + used[j]!] = slope.information[i * q + j]!;
  const products: Products = { columns: matrix.width, dense: Int32Array.from({ length: matrix.width }, (_, j) => j), gram };
  const own = joint && {
    own: {
      score: slope.score[p]!,
      information: slope.information[q * q - 1]!,
      cross: rows.whole(Float64Array.from({ length: p }, (_, j) => slope.information[j * q + p]!)),
    },
  };
  const without = Array.from({ length: matrix.width }, (_, j) => !used.includes(j));
  const factored =
    factor(products, without) ?? factor({ ...products, gram: gram.map((_, at) => (at % (matrix.width + 1) === 0 ? 1 : 0)) }, without)!;
  const lost = factored.aliased.map((is, j) => is && !without[j]);
  const arrived = found.violation < 1e-5 && (found.end === "decrement" || found.decrement < 1e-5);
  return {
    peak: {
      beta: rows.whole(point.subarray(0, p)),
      own: joint ? point[p]! : 0,
      evaluation: { value: slope.value, score: rows.whole(slope.score.subarray(0, p)), products, dispersion: slope.dispersion, ...own },
      factored,
      decrement: Math.max(found.decrement, found.violation),
      iterations: found.iterations,
      evaluations: found.evaluations,
      end: !arrived ? found.end : held.includes(1) ? "edge" : flat ? "singular" : "decrement",
      ...(lost.includes(true) && { lost }),
    },
    atEdge: { rows: Int32Array.from(held.keys()).filter((row) => held[row] === 1), flat },
  };
}
