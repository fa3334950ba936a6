import { TILE_ROWS, TOTALS } from "../../assembly/layout.ts";
import { Accumulator } from "../math/sum.ts";
import type { Arena } from "./arena.ts";

/** Bytes of a tile's row of totals. */
export const TILE_BYTES = 16 * TOTALS;

/** Tiles that a call of a kernel runs over: their rows take 48 KiB, however long the column. */
export const CHUNK_TILES = 256;

/**
 * Runs a kernel over all rows of a column, chunk by chunk, and hands on each tile's row of totals in order: the same sequence, and so the
 * same bits, whatever the chunks.
 */
export function eachTile(
  arena: Arena,
  rows: number,
  run: (first: number, count: number, out: number) => void,
  take: (row: Float64Array) => void,
): void {
  arena.scope(() => {
    const tiles = Math.min(CHUNK_TILES, Math.ceil(rows / TILE_ROWS));
    const out = arena.reserve((tiles * TILE_BYTES) / 8);
    for (let first = 0; first < rows; first += CHUNK_TILES * TILE_ROWS) {
      const count = Math.min(CHUNK_TILES * TILE_ROWS, rows - first);
      run(first, count, out);
      const view = arena.view(out, (Math.ceil(count / TILE_ROWS) * TILE_BYTES) / 8);
      for (let at = 0; at < view.length; at += 2 * TOTALS) take(view.subarray(at, at + 2 * TOTALS));
    }
  });
}

/** Totals over all tiles, compensated. */
export class Totals {
  readonly #totals = Array.from({ length: TOTALS }, () => new Accumulator());

  /** Adds a tile's row: pairs of high and low. */
  readonly add = (row: Float64Array): void => {
    this.#totals.forEach((total, i) => {
      total.add(row[2 * i]!);
      total.add(row[2 * i + 1]!);
    });
  };

  get sums(): Float64Array {
    return Float64Array.from(this.#totals, ({ sum }) => sum);
  }
}
