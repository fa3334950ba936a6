import type { Coordinates } from "../regression/coordinates.ts";
import { eachEntry } from "../regression/predictor.ts";
import type { RegressionData } from "../regression/regressionData.ts";
import type { DesignMatrix } from "../wasm/designMatrix.ts";

/** Columns up to which rows are looked at as vectors, one by one. */
const WIDEST = 200;

/** A design's rows as vectors of the columns that count, as these were moved. */
export class GlmRows {
  /** Columns that count. */
  readonly used: Int32Array;

  constructor(
    readonly matrix: DesignMatrix,
    readonly data: RegressionData,
    readonly coordinates: Coordinates,
    without: readonly boolean[],
  ) {
    this.used = Int32Array.from(without.keys()).filter((j) => !without[j]);
  }

  /** Whether there are so few columns that rows may be looked at as vectors. */
  get isNarrow(): boolean {
    return this.used.length <= WIDEST;
  }

  /** A row's columns that count. */
  row(index: number): Float64Array {
    const all = new Float64Array(this.matrix.width);
    eachEntry(this.data.design, index, (column, value) => {
      all[column] = this.coordinates.value(column, value);
    });
    return this.of(all);
  }

  /** Of a vector of all columns, those that count. */
  of(all: ArrayLike<number>): Float64Array {
    return Float64Array.from(this.used, (column) => all[column]!);
  }

  /** A vector of all columns, with 0 for those that do not count. */
  whole(part: ArrayLike<number>): Float64Array {
    const all = new Float64Array(this.matrix.width);
    this.used.forEach((column, j) => {
      all[column] = part[j]!;
    });
    return all;
  }

  /** What coefficients of the columns that count make of every row's predictor, the offset included or not. */
  predictors(part: ArrayLike<number>, withOffset: boolean): Float64Array {
    const eta = new Float64Array(this.matrix.rows);
    this.matrix.predict(this.whole(part), (first, tile) => eta.set(tile, first), withOffset);
    return eta;
  }
}
