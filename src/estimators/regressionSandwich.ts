import type { Coordinates } from "../regression/coordinates.ts";
import { eachEntry, moved } from "../regression/predictor.ts";
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
  const p = names.length;
  const clusters = typeof kind === "object" ? clustersOf(kind.cluster, rows) : undefined;
  if (!clusters && !KINDS.includes(kind as string)) {
    throw new RangeError(
      `covariance is ${JSON.stringify(kind)}; "observed", "expected", "classical", ${KINDS.join(", ")} or { cluster } is needed.`,
    );
  }
  const design = moved(data.design, coordinates);
  const columns = names.map((_, j) => j).filter((j) => !aliased[j]);
  const place = new Int32Array(p).fill(-1);
  columns.forEach((column, k) => {
    place[column] = k;
  });
  const m = columns.length;
  const meat = new Float64Array(m * m);
  const sums = clusters && Array.from({ length: clusters.count }, () => new Float64Array(m));
  const places: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < rows; row++) {
    const h = leverage ? 1 - leverage[row]! : 1;
    const score = kind === "HC2" ? scores[row]! / Math.sqrt(h) : kind === "HC3" ? scores[row]! / h : scores[row]!;
    places.length = 0;
    values.length = 0;
    eachEntry(design, row, (column, value) => {
      if (place[column]! < 0) return;
      places.push(place[column]!);
      values.push(value * score);
    });
    if (sums) {
      const sum = sums[clusters.codes[row]!]!;
      for (let a = 0; a < places.length; a++) sum[places[a]!]! += values[a]!;
    } else {
      for (let a = 0; a < places.length; a++)
        for (let b = 0; b < places.length; b++) meat[places[a]! * m + places[b]!]! += values[a]! * values[b]!;
    }
  }
  for (const sum of sums ?? []) for (let a = 0; a < m; a++) for (let b = 0; b < m; b++) meat[a * m + b]! += sum[a]! * sum[b]!;
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
