import { exp, log, log1p } from "../math/elementary.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import { eigenSymmetric, inversePositiveDefinite } from "../math/symmetric.ts";
import { apply, conjugate, conjugation, entries, entry, identity, inverseLower, triangular } from "../math/triangle.ts";
import type { Matrix } from "../wasm/matrix.ts";
import { boundary, type Evaluation, nonexistent, type Verdict } from "./model.ts";
import { alternate, constantOf, evaluate, type Place, placeOf } from "./multivariateT.ts";
import type { Ascent, Newton, Peak, Search } from "./rowModel.ts";
import { logRoot, type RowMoments, rowMoments, singular, viewOf } from "./rowMoments.ts";

/** Degrees of freedom that cannot be told from infinity: the log-likelihoods differ by n / df, and by less where tails are light. */
const DF_LIMIT = 1e6;

/** Rows up to which the likelihood is climbed from several degrees of freedom; with more, one peak stands out. */
const FEW_ROWS = 1000;

/** Steps of ECME at most, and the change at which Newton's method takes over. */
const STEPS = 100;
const CLOSE = 0.03;

/** A standard deviation of the scale that is this small a part of the rows' own belongs to no peak of all rows. */
const NARROW = 1e-7;

const COLLAPSED =
  "The likelihood grows without bound as the scale shrinks onto a point or a plane that holds too many of the rows; there is no maximum elsewhere.";

/** The maximum of a multivariate t's likelihood, df fixed or free: ECME from the rows' moments, then Newton's method. */
export function* multivariateTSearch(matrix: Matrix, fixedDf: number | undefined, newton: Newton): Search {
  const moments = rowMoments(matrix);
  if (typeof moments === "string") return singular(moments);
  const starts = fixedDf !== undefined ? [fixedDf] : matrix.rows <= FEW_ROWS ? [4, 30, 1] : [4];
  let best: Found | undefined;
  let unbounded = false;
  for (const df of starts) {
    const end = yield* climb(matrix, moments, df, fixedDf !== undefined, newton);
    unbounded ||= end === "collapsed";
    if (typeof end === "object" && !(best && best.ascent.evaluated.value >= end.ascent.evaluated.value)) best = end;
  }
  if (fixedDf === undefined) {
    const limit = normalLimit(matrix, moments, best?.ascent.evaluated.value, !best && unbounded);
    if (limit) return limit;
  }
  return best ? peakOf(matrix, moments, best, fixedDf) : nonexistent(COLLAPSED);
}

interface Found {
  readonly frame: Place;
  readonly ascent: Ascent;
}

/** One climb; where it ended if at no maximum: the scale collapsed, or df ran away. */
function* climb(
  matrix: Matrix,
  moments: RowMoments,
  df: number,
  fixedDf: boolean,
  newton: Newton,
): Generator<number, Found | "collapsed" | "away"> {
  const d = moments.unit.length;
  let frame: Place = { location: moments.mean, factor: moments.factor, df };
  const narrow = ({ factor }: Place) => moments.mean.some((_, i) => factor[i * d + i]! < NARROW * moments.factor[i * d + i]!);
  for (let step = 0; step < STEPS; step++) {
    const next = alternate(matrix, moments, frame, fixedDf);
    if (!next || narrow(next.place)) return "collapsed";
    yield next.value;
    frame = next.place;
    if (frame.df > DF_LIMIT) return "away";
    if (next.change < CLOSE) break;
  }
  const start = new Array<number>(d + triangular(d)).fill(0);
  if (!fixedDf) start.push(log(frame.df));
  const nothing: Evaluation = { value: Number.NEGATIVE_INFINITY, score: start, information: start.map(() => start) };
  const inside = (point: readonly number[]) => {
    if (!fixedDf && exp(point.at(-1)!) > DF_LIMIT) return false;
    const at = placeOf(frame, point);
    return !at || !narrow(at.place);
  };
  const ascent = yield* newton((point) => evaluate(matrix, moments, frame, point) ?? nothing, start, inside);
  if (ascent.reached) return { frame, ascent };
  return !fixedDf && exp(ascent.point.at(-1)!) > DF_LIMIT ? "away" : "collapsed";
}

/** Parameters, errors and proof of a maximum that was reached. */
function peakOf(_matrix: Matrix, moments: RowMoments, { frame, ascent }: Found, fixedDf: number | undefined): Peak | Verdict {
  const { evaluated, point } = ascent;
  const { center, unit } = moments;
  const d = unit.length;
  const p = point.length;
  const { place } = placeOf(frame, point)!;
  const information = Float64Array.from(evaluated.information.flat());
  const inverse = inversePositiveDefinite(information, p);
  if (!inverse) return nonexistent("The information is singular: the likelihood is flat in some direction.");
  // From the frame's coordinates to location, scale and df.
  const congruence = conjugation(frame.factor, d);
  const pairs = entries(d);
  const all = d + pairs.length + 1;
  const map = Array.from({ length: all }, (_, i) => {
    const row = new Array<number>(p).fill(0);
    if (i < d) for (let j = 0; j <= i; j++) row[j] = frame.factor[i * d + j]!;
    else if (i < all - 1) row.splice(d, pairs.length, ...congruence[i - d]!);
    else if (fixedDf === undefined) row[p - 1] = place.df;
    return row;
  });
  const half = map.map((row) => apply(inverse, row, p));
  const covariance = map.map((row) => half.map((other) => row.reduce((sum, value, k) => sum + value * other[k]!, 0)));
  const scale = conjugate(place.factor, identity(d), d);
  return {
    theta: [
      ...place.location.map((m, j) => center[j]! + unit[j]! * m),
      ...pairs.map(([i, j]) => scale[i * d + j]! * unit[i]! * unit[j]!),
      place.df,
    ],
    covariance,
    unit: [...unit, ...pairs.map(([i, j]) => unit[i]! * unit[j]!), 1],
    free: p,
    logLik: evaluated.value,
    influence: influenceOf(moments, place, covariance, fixedDf),
    proof: {
      scoreNorm: Math.max(...evaluated.score.map(Math.abs)),
      decrement: ascent.decrement,
      eigenvalues: [...eigenSymmetric(information, p).values],
      iterations: ascent.iterations,
      evaluations: ascent.evaluations,
      stop: ascent.stop,
    },
  };
}

/** A row's share in the errors: the covariance times the row's score in location, scale and df, in units. */
function influenceOf({ center, unit }: RowMoments, place: Place, covariance: readonly (readonly number[])[], fixedDf: number | undefined) {
  const d = unit.length;
  const { location, factor, df } = place;
  const inverse = inverseLower(factor, d);
  const pairs = entries(d);
  const slope = constantOf(df, d)[1];
  return (row: readonly number[]): number[] => {
    const z = row.map((x, j) => (x - center[j]!) / unit[j]! - location[j]!);
    const y = apply(inverse, z, d);
    const square = y.reduce((sum, own) => sum + own * own, 0);
    const weight = (df + d) / (df + square);
    // scale⁻¹ z, and scale⁻¹ itself, by the factor's inverse.
    const turned = z.map((_, i) => y.reduce((sum, own, k) => sum + inverse[k * d + i]! * own, 0));
    const precision = (i: number, j: number) => {
      let sum = 0;
      for (let k = Math.max(i, j); k < d; k++) sum += inverse[k * d + i]! * inverse[k * d + j]!;
      return sum;
    };
    const score = [
      ...turned.map((own) => weight * own),
      ...pairs.map(([i, j]) => (i === j ? 0.5 : 1) * (weight * turned[i]! * turned[j]! - precision(i, j))),
      fixedDf === undefined ? slope - 0.5 * log1p(square / df) + (0.5 * (df + d) * square) / (df * (df + square)) : 0,
    ];
    return covariance.map((errors) => errors.reduce((sum, error, k) => sum + error * score[k]!, 0));
  };
}

/**
 * df = ∞, if that is more likely than the peak found, or if none was found because df ran away. The score in 1/df at 1/df = 0 is n/4 times
 * Mardia's kurtosis (1970, Biometrika 57, 519) less the normal's, d (d + 2): where that is positive, the normal is no maximum.
 */
function normalLimit(matrix: Matrix, moments: RowMoments, value: number | undefined, collapsed: boolean): Verdict | undefined {
  const { center, unit, mean, covariance, factor } = moments;
  const d = unit.length;
  const logLik = -matrix.weight * (d * (HALF_LOG_2PI + 0.5) + logRoot(factor, unit));
  if (value !== undefined && logLik < value) return undefined;
  if ((value !== undefined || collapsed) && kurtosis(matrix, moments) > d * (d + 2)) return undefined;
  const theta = [
    ...mean.map((m, j) => center[j]! + unit[j]! * m),
    ...entries(d).map(([i, j]) => covariance[i * d + j]! * unit[i]! * unit[j]!),
    Number.POSITIVE_INFINITY,
  ];
  const reason =
    "The tails are not heavier than normal: the likelihood increases with df; the limit is multivariateNormal(location, scale).";
  return boundary(reason, theta, logLik);
}

/** Mean of the squared squares of the whitened rows. */
function kurtosis(matrix: Matrix, moments: RowMoments): number {
  const d = moments.unit.length;
  const inverse = inverseLower(moments.factor, d);
  const view = viewOf(moments, inverse, apply(inverse, moments.mean, d));
  // With 1/df = 0 every row has weight 1; the features are 1, y, and the products of the y.
  const features = matrix.multivariateT(view, Number.POSITIVE_INFINITY, true).subarray(3 + triangular(d + 1));
  const own = moments.mean.map((_, i) => 1 + d + entry(i, i));
  return own.reduce((sum, a) => own.reduce((part, b) => part + features[entry(a, b)]!, sum), 0) / matrix.weight;
}
