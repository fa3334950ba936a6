import { bytesOf, copyingEngine, trim } from "./engine.ts";
import { Matrix, scratchOf } from "./matrix.ts";

/** Rows with a class each, checked: finite values, positive weights but for rows that are absent. */
export interface ClassedRows {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  /** The class of each row, from 0 on; -1 for rows that are absent. */
  readonly classes: Int32Array;
  /** Number of classes. */
  readonly count: number;
  readonly weights: Float64Array | undefined;
}

/**
 * Runs `work` on the rows of each class as a matrix of its own. They are copied once into an engine's memory, column by column, in which the
 * classes lie one after the other. The memory is taken back when the work ends.
 */
export async function withClasses<T>(given: ClassedRows, work: (groups: readonly Matrix[]) => Promise<T> | T): Promise<T> {
  const { names, columns, classes, count, weights } = given;
  const rows = classes.length;
  const engine = copyingEngine(bytesOf(rows) * (names.length + 1) + 8 * scratchOf(names.length));
  try {
    return await engine.exclusive(async () => {
      const { arena } = engine;
      const { starts, places } = sorted(classes, count);
      const addresses = names.map(() => arena.reserve(rows));
      const w = weights && arena.reserve(rows);
      columns.forEach((column, j) => {
        scatter(column, places, arena.view(addresses[j]!, rows));
      });
      if (weights) scatter(weights, places, arena.view(w!, rows));
      const groups = Array.from({ length: count }, (_, k) => {
        const at = 8 * starts[k]!;
        const size = starts[k + 1]! - starts[k]!;
        return new Matrix(engine, (addresses[0] ?? 0) + at, bytesOf(rows), w && w + at, size, names);
      });
      return await work(groups);
    });
  } finally {
    trim(engine);
  }
}

/** Where each class begins, and where each row goes: the rows of a class stay in their order. -1: nowhere. */
function sorted(classes: Int32Array, count: number): { starts: Int32Array; places: Int32Array } {
  const starts = new Int32Array(count + 1);
  for (let i = 0; i < classes.length; i++) if (classes[i]! >= 0) starts[classes[i]! + 1]!++;
  for (let k = 0; k < count; k++) starts[k + 1]! += starts[k]!;
  const next = starts.slice();
  const places = new Int32Array(classes.length);
  for (let i = 0; i < classes.length; i++) places[i] = classes[i]! < 0 ? -1 : next[classes[i]!]!++;
  return { starts, places };
}

function scatter(column: Float64Array, places: Int32Array, to: Float64Array): void {
  for (let i = 0; i < places.length; i++) if (places[i]! >= 0) to[places[i]!] = column[i]!;
}
