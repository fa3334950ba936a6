import { describe } from "../data/observations.ts";
import { givenOptions } from "../estimators/optionNames.ts";
import type { Coordinates } from "./coordinates.ts";
import { eachEntry, moved } from "./predictor.ts";
import type { RegressionData } from "./regressionData.ts";

/** Which covariance of the coefficients: see `vcovOf`. */
export type CovarianceKind =
  | "observed"
  | "expected"
  | "classical"
  | "HC0"
  | "HC1"
  | "HC2"
  | "HC3"
  | { readonly cluster: ArrayLike<number | string> };

/** The labels of a covariance by clusters. @throws TypeError or RangeError for an object that has none. */
export function labelsOf(kind: Extract<CovarianceKind, object>): ArrayLike<number | string> {
  const { cluster } = givenOptions(kind, { cluster: true }, "covariance");
  if (typeof cluster === "object" && "length" in cluster) return cluster;
  throw new TypeError(`covariance.cluster is ${describe(cluster)}; one label per row is needed.`);
}

const KINDS = ["HC0", "HC1", "HC2", "HC3"];

/**
 * A^-1 M A^-1 for the columns as they were moved, M the sum over rows, or over clusters, of the outer products of their scores. White
 * (1980); for HC1 to HC3 MacKinnon & White (1985), J. Econometrics 29, 305: times n/(n - p), scores over (1 - h)^½ and over 1 - h.
 */
export function sandwichOf(
  kind: CovarianceKind,
  data: RegressionData,
  coordinates: Coordinates,
  bread: (i: number, j: number) => number,
  scores: Float64Array,
  leverage: Float64Array | undefined,
  aliased: readonly boolean[],
): (i: number, j: number) => number {
  const { rows, names } = data.design;
  if (typeof kind !== "object" && !KINDS.includes(kind as string)) {
    throw new RangeError(
      `covariance is ${JSON.stringify(kind)}; "observed", "expected", "classical", ${KINDS.join(", ")} or { cluster } is needed.`,
    );
  }
  const design = moved(data.design, coordinates);
  const scoresOf = (row: number, call: (column: number, score: number) => void) => {
    const h = leverage ? 1 - leverage[row]! : 1;
    const score = kind === "HC2" ? scores[row]! / Math.sqrt(h) : kind === "HC3" ? scores[row]! / h : scores[row]!;
    eachEntry(design, row, (column, value) => call(column, value * score));
  };
  return sandwichFrom(kind, rows, names.length, scoresOf, bread, aliased);
}

/**
 * A^-1 M A^-1 from the rows' scores: `scoresOf` calls with each coefficient's place and the row's score in it, a place perhaps more than
 * once. A^-1 is `bread`.
 */
export function sandwichFrom(
  kind: CovarianceKind,
  rows: number,
  width: number,
  scoresOf: (row: number, call: (place: number, score: number) => void) => void,
  bread: (i: number, j: number) => number,
  aliased: readonly boolean[],
): (i: number, j: number) => number {
  const clusters = typeof kind === "object" ? clustersOf(labelsOf(kind), rows) : undefined;
  const place = new Int32Array(width).fill(-1);
  const columns = aliased.flatMap((is, k) => (is ? [] : [k]));
  columns.forEach((column, k) => {
    place[column] = k;
  });
  const m = columns.length;
  const meat = new Float64Array(m * m);
  const addTo = (score: Float64Array, at: readonly number[]) => {
    for (const a of at) for (const b of at) meat[a * m + b]! += score[a]! * score[b]!;
  };
  const sums = clusters && Array.from({ length: clusters.count }, () => new Float64Array(m));
  const own = new Float64Array(m);
  const touched: number[] = [];
  for (let row = 0; row < rows; row++) {
    const sum = sums ? sums[clusters!.codes[row]!]! : own;
    scoresOf(row, (column, score) => {
      const at = place[column]!;
      if (at < 0) return;
      if (!sums && !touched.includes(at)) touched.push(at);
      sum[at]! += score;
    });
    if (sums) continue;
    addTo(own, touched);
    for (const at of touched) own[at] = 0;
    touched.length = 0;
  }
  const all = columns.map((_, k) => k);
  for (const sum of sums ?? []) addTo(sum, all);
  const factor = clusters ? clusters.count / (clusters.count - 1) : kind === "HC1" ? rows / (rows - m) : 1;
  const inverse = Float64Array.from({ length: m * m }, (_, at) => bread(columns[Math.floor(at / m)]!, columns[at % m]!));
  const half = multiply(inverse, meat, m);
  const whole = multiply(half, inverse, m);
  return (i, j) => (place[i]! < 0 || place[j]! < 0 ? 0 : factor * whole[place[i]! * m + place[j]!]!);
}

function multiply(a: Float64Array, b: Float64Array, m: number): Float64Array {
  const product = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < m; k++) {
      const value = a[i * m + k]!;
      for (let j = 0; j < m; j++) product[i * m + j]! += value * b[k * m + j]!;
    }
  }
  return product;
}

function clustersOf(labels: ArrayLike<number | string>, rows: number): { codes: Int32Array; count: number } {
  if (labels.length !== rows)
    throw new RangeError(`cluster has ${labels.length} entries and the fit has ${rows} rows; one label per row is needed.`);
  const seen = new Map<number | string, number>();
  const codes = Int32Array.from({ length: rows }, (_, i) => {
    const label = labels[i]!;
    if (!seen.has(label)) seen.set(label, seen.size);
    return seen.get(label)!;
  });
  if (seen.size < 2) throw new RangeError("cluster has one label; at least two clusters are needed.");
  return { codes, count: seen.size };
}
