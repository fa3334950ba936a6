import { columnsOf } from "../formula/dense.ts";
import type { Design } from "../formula/design.ts";
import { highWord, powerOfTwo } from "../math/doubleDouble.ts";

/** A design's rows without their strata's means, each column scaled by a power of 2 to the size of 1. */
export interface CentredRows {
  /** Row by row. */
  readonly z: Float64Array;
  readonly scales: Float64Array;
  /** Mean of each column in each stratum, stratum by stratum. */
  readonly means: Float64Array;
}

/** 2 GB. */
const MOST_VALUES = 2 ** 28;

/** Rows whose numbers stay in the cache while all columns are written. */
const TILE = 128;

/** What is left of a constant column are the roundings of how it was computed. */
const CONSTANT = 1e-14;

/**
 * Only differences within strata count in a conditional likelihood: without their means, columns of any size and place have all their digits.
 *
 * @throws RangeError for a value that is not finite, or a matrix beyond all bounds.
 */
export function centredRows(
  design: Design,
  stratum: Int32Array | undefined,
  strata: number,
  weights: Float64Array | undefined,
): CentredRows {
  const { rows, names } = design;
  const p = names.length;
  if (rows * p > MOST_VALUES) {
    throw new RangeError(`The design has ${rows} rows and ${p} columns; one of at most ${MOST_VALUES} values is needed.`);
  }
  const z = new Float64Array(rows * p);
  const scales = new Float64Array(p);
  const [near, shift] = [new Float64Array(strata * p), new Float64Array(strata * p)];
  const constant = new Uint8Array(p);
  const total = new Float64Array(strata);
  for (let i = 0; i < rows; i++) total[stratum ? stratum[i]! : 0]! += weights ? weights[i]! : 1;
  const columns = columnsOf(design);
  columns.forEach((column, j) => {
    const bad = column.findIndex((value) => value - value !== 0);
    if (bad >= 0) throw new RangeError(`column ${JSON.stringify(names[j])}[${bad}] is ${column[bad]}; finite values are needed.`);
    // A stratum's first value is near its mean, or as far away as the column's values are from one another.
    for (let i = rows - 1; i >= 0; i--) near[(stratum ? stratum[i]! : 0) * p + j] = column[i]!;
    for (let i = 0; i < rows; i++) {
      const s = stratum ? stratum[i]! : 0;
      shift[s * p + j]! += (weights ? weights[i]! : 1) * ((column[i]! - near[s * p + j]!) / total[s]!);
    }
    let [size, largest] = [0, 0];
    for (let i = 0; i < rows; i++) {
      const s = (stratum ? stratum[i]! : 0) * p + j;
      size = Math.max(size, Math.abs(column[i]! - near[s]! - shift[s]!));
      largest = Math.max(largest, Math.abs(column[i]!));
    }
    constant[j] = size > CONSTANT * largest ? 0 : 1;
    const exponent = constant[j] === 1 ? 0 : Math.max(-1021, Math.min(1021, ((highWord(size) >> 20) & 0x7ff) - 1022));
    scales[j] = powerOfTwo(-exponent);
  });
  // Rows are written together, so that a line of memory is touched once.
  for (let from = 0; from < rows; from += TILE) {
    const to = Math.min(rows, from + TILE);
    columns.forEach((column, j) => {
      if (constant[j] === 1) return;
      for (let i = from; i < to; i++) {
        const s = (stratum ? stratum[i]! : 0) * p + j;
        z[i * p + j] = (column[i]! - near[s]! - shift[s]!) * scales[j]!;
      }
    });
  }
  const means = near.map((value, at) => value + shift[at]!);
  return { z, scales, means };
}

/** The rows of a matrix, `columns` numbers each, in another order. */
export function rowsInOrder(z: Float64Array, columns: number, order: Int32Array): Float64Array {
  const sorted = new Float64Array(order.length * columns);
  for (let i = 0; i < order.length; i++) {
    for (let j = 0; j < columns; j++) sorted[i * columns + j] = z[order[i]! * columns + j]!;
  }
  return sorted;
}
