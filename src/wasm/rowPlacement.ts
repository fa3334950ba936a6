import { firstRow, place, type Table, valueAt } from "../data/rows.ts";
import { bytesOf, copyingEngine, trim } from "./engine.ts";
import { Matrix, scratchOf } from "./matrix.ts";
import { checkWeights } from "./placement.ts";

/**
 * Runs `work` on the rows as a matrix in an engine's memory, into which they are copied column by column; rows of weight 0 are absent. The
 * memory is taken back when the work ends.
 *
 * @throws RangeError for NaN, infinities, negative weights, no positive weight, each with place and value.
 */
export async function withMatrix<T>(given: Table, work: (matrix: Matrix) => Promise<T> | T): Promise<T> {
  checkWeights(given.weights);
  const d = given.names.length;
  const engine = copyingEngine(bytesOf(given.rows) * (d + 1) + 8 * scratchOf(d));
  try {
    return await engine.exclusive(async () => {
      const { arena } = engine;
      const { rows, weights } = given;
      const addresses = given.names.map(() => arena.reserve(rows));
      const w = weights && arena.reserve(rows);
      const kept = fill(given, arena.view(addresses[0]!, (bytesOf(rows) / 8) * d), bytesOf(rows) / 8, w ? arena.view(w, rows) : undefined);
      const matrix = new Matrix(engine, addresses[0]!, bytesOf(rows), w, kept, given.names);
      if (!matrix.finite) {
        const fails = (row: number) => given.names.some((_, j) => !Number.isFinite(valueAt(given, row, j)));
        const row = firstRow(given, fails);
        if (row >= 0) {
          const column = given.names.findIndex((_, j) => !Number.isFinite(valueAt(given, row, j)));
          throw new RangeError(`${place(given, row, column)} is ${valueAt(given, row, column)}; finite values are needed.`);
        }
      }
      return await work(matrix);
    });
  } finally {
    trim(engine);
  }
}

/** Copies the rows whose weight is not 0, column by column; returns their number. */
function fill({ rows, columns, values, names, weights }: Table, to: Float64Array, stride: number, w: Float64Array | undefined): number {
  const d = names.length;
  let kept = rows;
  if (weights) {
    kept = 0;
    for (let row = 0; row < rows; row++) if (weights[row] !== 0) w![kept++] = weights[row]!;
  }
  const thinned = kept < rows;
  for (let j = 0; j < d; j++) {
    const column = columns?.[j];
    if (column && !thinned) {
      to.set(column, j * stride);
      continue;
    }
    let at = j * stride;
    for (let row = 0; row < rows; row++) {
      if (thinned && weights![row] === 0) continue;
      to[at++] = column ? column[row]! : values![row * d + j]!;
    }
  }
  return kept;
}
