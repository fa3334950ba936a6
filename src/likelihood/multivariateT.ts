import { exp, log } from "../math/elementary.ts";
import { lgammaDifference } from "../math/gamma.ts";
import { digammaDifference, trigammaDifference } from "../math/polygamma.ts";
import { cholesky } from "../math/symmetric.ts";
import { apply, conjugation, entries, entry, inverseLower, product, symmetric, triangular } from "../math/triangle.ts";
import type { Matrix } from "../wasm/matrix.ts";
import type { Evaluation } from "./model.ts";
import { logRoot, type RowMoments, viewOf } from "./rowMoments.ts";

// The log-likelihood of a multivariate t and its exact derivatives, at any location, scale and df, from one pass. Rows are whitened by
// the scale's factor L: y = L⁻¹ (z - location). There scale = I, and its derivatives in location L a and scale L S Lᵀ at a = 0, S = I are
// linear in the kernel's sums (assembly/kernels/multivariateT.ts).

/** Parameters: location and scale's Cholesky factor in the units of the moments, and df. */
export interface Place {
  readonly location: readonly number[];
  readonly factor: Float64Array;
  readonly df: number;
}

/** log-density's constant, Γ((v+d)/2) / (Γ(v/2) (v π)^(d/2)), and its first two derivatives in v. */
export function constantOf(v: number, d: number): readonly [value: number, first: number, second: number] {
  const half = v / 2;
  return [
    lgammaDifference(half, d / 2) - 0.5 * d * log(v * Math.PI),
    0.5 * digammaDifference(half, d / 2) - (0.5 * d) / v,
    0.25 * trigammaDifference(half, d / 2) + (0.5 * d) / (v * v),
  ];
}

/** A pass of the kernel at a place. */
function sumsAt(matrix: Matrix, moments: RowMoments, { location, factor, df }: Place, full: boolean): Float64Array {
  const d = location.length;
  const inverse = inverseLower(factor, d);
  return matrix.multivariateT(viewOf(moments, inverse, apply(inverse, location, d)), df, full);
}

/** What a pass says of df: value, first and second derivative of the log-likelihood in v; the scale is that of the units. */
function alongDf(sums: ArrayLike<number>, n: number, d: number, { factor, df: v }: Place, unit: ArrayLike<number>) {
  const [logs, gap, bend] = [sums[0]!, sums[1]!, sums[2]!];
  const [constant, first, second] = constantOf(v, d);
  return {
    value: n * (constant - logRoot(factor, unit)) - 0.5 * (v + d) * logs,
    first: n * first - 0.5 * logs + (0.5 * (v + d) * gap) / v,
    second: n * second + (0.5 * gap) / v - (0.5 * d * gap) / (v * v) - (0.5 * (v + d) * bend) / (v * v),
  };
}

/** A step of ECME, and how far it led. */
export interface Alternation {
  readonly place: Place;
  readonly value: number;
  /** Largest change, in standard deviations and logarithms. */
  readonly change: number;
}

/**
 * One step of ECME (Liu & Rubin 1995, Statistica Sinica 5, 19) with the parameter-expanded scale (Liu, Rubin & Wu 1998, Biometrika 85,
 * 755): location and scale from the rows' weights, df by Newton's step in log df. Undefined where the scale collapses.
 */
export function alternate(matrix: Matrix, moments: RowMoments, at: Place, fixedDf: boolean): Alternation | undefined {
  const d = at.location.length;
  const sums = sumsAt(matrix, moments, at, false);
  const triangle = sums.subarray(3);
  const total = triangle[0]!;
  const shift = Array.from({ length: d }, (_, i) => triangle[entry(i + 1, 0)]! / total);
  const spread = Float64Array.from({ length: d * d }, (_, k) => {
    const [i, j] = [Math.floor(k / d), k % d];
    return triangle[entry(i + 1, j + 1)]! / total - shift[i]! * shift[j]!;
  });
  const step = cholesky(spread, d);
  const { value, first, second } = alongDf(sums, matrix.weight, d, at, moments.unit);
  if (!step || !Number.isFinite(value)) return undefined;
  const [slope, bend] = [at.df * first, at.df * at.df * second + at.df * first];
  const newton = bend < 0 ? -slope / bend : Math.sign(slope);
  const inLog = fixedDf ? 0 : Math.max(-1, Math.min(1, newton));
  const moved = apply(at.factor, shift, d);
  const changes = [...shift, ...Array.from({ length: d }, (_, i) => step[i * d + i]! - 1), inLog];
  return {
    place: {
      location: at.location.map((m, i) => m + moved[i]!),
      factor: product(at.factor, step, d),
      df: at.df * exp(inLog),
    },
    value,
    change: Math.max(...changes.map(Math.abs)),
  };
}

/**
 * Value, score and information in the frame of a place: location = frame's + L a, scale = L (I + E) Lᵀ, df = e^eta; the point is a, E's
 * lower triangle, and eta where df is free.
 */
export function evaluate(matrix: Matrix, moments: RowMoments, frame: Place, point: readonly number[]): Evaluation | undefined {
  const d = frame.location.length;
  const at = placeOf(frame, point);
  if (!at) return undefined;
  const sums = sumsAt(matrix, moments, at.place, true);
  const local = derivatives(sums, matrix.weight, d, at.place, moments.unit);
  // The frame's coordinates are linear in the place's own.
  const inverse = inverseLower(at.step, d);
  const p = point.length;
  const pairs = triangular(d);
  const congruence = conjugation(inverse, d);
  const map = Array.from({ length: p }, (_, i) => {
    const row = new Array<number>(p).fill(0);
    if (i < d) for (let j = 0; j <= i; j++) row[j] = inverse[i * d + j]!;
    else if (i < d + pairs) row.splice(d, pairs, ...congruence[i - d]!);
    else row[i] = 1;
    return row;
  });
  const score = Array.from({ length: p }, (_, j) => map.reduce((sum, row, i) => sum + row[j]! * local.score[i]!, 0));
  const half = map.map((_, i) => map.map((_, j) => map.reduce((sum, row, k) => sum + local.information[i]![k]! * row[j]!, 0)));
  const information = map.map((_, i) => map.map((_, j) => map.reduce((sum, row, k) => sum + row[i]! * half[k]![j]!, 0)));
  return { value: local.value, score, information };
}

/** The place of a point, and the factor that leads there from the frame's. */
export function placeOf(frame: Place, point: readonly number[]): { place: Place; step: Float64Array } | undefined {
  const d = frame.location.length;
  const pairs = triangular(d);
  const scale = symmetric(point.slice(d, d + pairs), d).map((value, at) => (at % (d + 1) === 0 ? value + 1 : value));
  const step = cholesky(scale, d);
  if (!step) return undefined;
  const moved = apply(frame.factor, point.slice(0, d), d);
  return {
    step,
    place: {
      location: frame.location.map((m, i) => m + moved[i]!),
      factor: product(frame.factor, step, d),
      df: point.length > d + pairs ? exp(point[d + pairs]!) : frame.df,
    },
  };
}

/** Derivatives in (a, S, log df) at a = 0, S = I. */
function derivatives(sums: Float64Array, n: number, d: number, place: Place, unit: ArrayLike<number>): Evaluation {
  const v = place.df;
  const pairs = entries(d);
  const tail = (v + d) / v;
  const once = sums.subarray(3);
  const twice = sums.subarray(3 + triangular(d + 1));
  const first = (i: number) => once[entry(i + 1, 0)]!;
  const second = (i: number, j: number) => once[entry(i + 1, j + 1)]!;
  // Features of r²: 1, y_i, y_i y_j.
  const square = (a: number, b: number) => twice[entry(a, b)]!;
  const feature = (i: number, j: number) => 1 + d + entry(i, j);
  const times = ([i, j]: readonly [number, number]) => (i === j ? 1 : 2);
  const same = (i: number, j: number) => (i === j ? 1 : 0);
  const along = alongDf(sums, n, d, place, unit);
  const p = d + pairs.length + 1;
  const eta = p - 1;
  const score = new Array<number>(p).fill(0);
  const information = Array.from({ length: p }, () => new Array<number>(p).fill(0));
  const set = (a: number, b: number, value: number) => {
    information[a]![b] = value;
    information[b]![a] = value;
  };
  // d u / d v of the row's weight u = (v+d)/v r, times v: r (v g - d r) / v with g = 1 - r.
  const slope = (r: number, rr: number) => r - rr - (d / v) * rr;
  for (let i = 0; i < d; i++) {
    score[i] = tail * first(i);
    for (let j = 0; j <= i; j++) set(i, j, tail * (same(i, j) * once[0]! - (2 / v) * square(1 + i, 1 + j)));
    set(i, eta, -slope(first(i), square(1 + i, 0)));
  }
  pairs.forEach((pair, a) => {
    const [i, j] = pair;
    const row = d + a;
    score[row] = 0.5 * times(pair) * tail * second(i, j) - 0.5 * n * same(i, j);
    for (let k = 0; k < d; k++) {
      // (B y)_k of the entry's symmetric unit matrix B.
      const turned = same(k, i) * first(j) + (i === j ? 0 : same(k, j) * first(i));
      set(row, k, tail * (turned - (times(pair) / v) * square(1 + k, feature(i, j))));
    }
    pairs.slice(0, a + 1).forEach((other, b) => {
      const [k, l] = other;
      const straight = tail * bilinear(pair, other, second);
      const trace = i === k && j === l ? times(pair) : 0;
      const fourth = (0.5 / v) * tail * times(pair) * times(other) * square(feature(i, j), feature(k, l));
      set(row, d + b, straight - 0.5 * n * trace - fourth);
    });
    set(row, eta, -0.5 * times(pair) * slope(second(i, j), square(feature(i, j), 0)));
  });
  score[eta] = v * along.first;
  set(eta, eta, -(v * v * along.second + v * along.first));
  return { value: along.value, score, information };
}

/** Half the sum of u yᵀ (B_a B_b + B_b B_a) y for two entries' unit matrices, from the sums of u y_i y_j. */
function bilinear([i, j]: readonly [number, number], [k, l]: readonly [number, number], moment: (i: number, j: number) => number): number {
  const a =
    i === j
      ? [[i, i]]
      : [
          [i, j],
          [j, i],
        ];
  const b =
    k === l
      ? [[k, k]]
      : [
          [k, l],
          [l, k],
        ];
  // yᵀ e_p e_qᵀ e_r e_sᵀ y = y_p y_s where q = r; symmetric, so both orders give the same.
  let sum = 0;
  for (const [p, q] of a) for (const [r, s] of b) if (q === r) sum += moment(p!, s!);
  return sum;
}
