/** One number for each row and name: `values[row * names.length + k]`. */
export interface LevelTable {
  readonly names: readonly string[];
  readonly rows: number;
  readonly values: Float64Array;
  /** Standard errors, where they were asked for. */
  readonly se?: Float64Array;
}

/** What of a row's linear predictors is asked for: so many numbers, and their derivatives. */
export interface RowAnswer {
  readonly names: readonly string[];
  /** Fills the numbers from the predictors. */
  values(eta: Float64Array, out: Float64Array): void;
  /** Fills the derivatives, number by number and in each predictor by predictor. */
  slopes(eta: Float64Array, out: Float64Array): void;
}

/** The answers of all rows. */
export function tableOf({ names, values }: RowAnswer, etas: readonly Float64Array[]): LevelTable {
  const rows = etas[0]!.length;
  const width = names.length;
  const all = new Float64Array(rows * width);
  const eta = new Float64Array(etas.length);
  const out = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    for (let a = 0; a < eta.length; a++) eta[a] = etas[a]![row]!;
    values(eta, out);
    all.set(out, row * width);
  }
  return { names, rows, values: all };
}

/** Coefficients' places and values of a row in a linear predictor, for columns as they were moved. */
export type Entries = (row: number, predictor: number, call: (place: number, value: number) => void) => void;

/** Standard errors of the answers of all rows, by the delta method. */
export function errorsOf(
  { names, slopes }: RowAnswer,
  etas: readonly Float64Array[],
  entries: Entries,
  covariance: (i: number, j: number) => number,
): Float64Array {
  const rows = etas[0]!.length;
  const [width, count] = [names.length, etas.length];
  const all = new Float64Array(rows * width);
  const eta = new Float64Array(count);
  const slope = new Float64Array(width * count);
  const between = new Float64Array(count * count);
  const places = Array.from({ length: count }, (): number[] => []);
  const weights = Array.from({ length: count }, (): number[] => []);
  for (let row = 0; row < rows; row++) {
    for (let a = 0; a < count; a++) {
      eta[a] = etas[a]![row]!;
      places[a]!.length = weights[a]!.length = 0;
      entries(row, a, (place, value) => {
        if (value === 0) return;
        places[a]!.push(place);
        weights[a]!.push(value);
      });
    }
    for (let a = 0; a < count; a++) {
      for (let b = 0; b <= a; b++) {
        let sum = 0;
        for (let i = 0; i < places[a]!.length; i++) {
          for (let j = 0; j < places[b]!.length; j++) sum += weights[a]![i]! * weights[b]![j]! * covariance(places[a]![i]!, places[b]![j]!);
        }
        between[a * count + b] = between[b * count + a] = sum;
      }
    }
    slopes(eta, slope);
    for (let k = 0; k < width; k++) {
      let variance = 0;
      for (let a = 0; a < count; a++) {
        for (let b = 0; b < count; b++) variance += slope[k * count + a]! * slope[k * count + b]! * between[a * count + b]!;
      }
      all[row * width + k] = Math.sqrt(Math.max(0, variance));
    }
  }
  return all;
}

/** A table's rows at the places of the rows given. */
export function placedTable({ names, rows, values, se }: LevelTable, placed: (column: Float64Array) => Float64Array): LevelTable {
  const width = names.length;
  const spread = (of: Float64Array) => {
    const columns = names.map((_, k) => placed(Float64Array.from({ length: rows }, (__, row) => of[row * width + k]!)));
    const count = columns[0]!.length;
    const all = new Float64Array(count * width);
    columns.forEach((column, k) => {
      for (let row = 0; row < count; row++) all[row * width + k] = column[row]!;
    });
    return all;
  };
  const spreadValues = spread(values);
  return { names, rows: spreadValues.length / width, values: spreadValues, ...(se && { se: spread(se) }) };
}
