import { BLOCK_ROWS, TILE_ROWS } from "../../assembly/layout.ts";
import { Accumulator } from "../math/sum.ts";
import { triangular } from "../math/triangle.ts";
import type { Engine } from "./engine.ts";
import { Sample } from "./sample.ts";

/** Where a kernel looks at the rows from: y = W (x - center) - shift, W's lower triangle row by row. */
export interface View {
  readonly center: ArrayLike<number>;
  readonly shift: ArrayLike<number>;
  readonly whitening: ArrayLike<number>;
}

/** Doubles that fits of d columns need beside them. */
export function scratchOf(d: number): number {
  const features = d + triangular(d);
  const totals = 2 * (3 + triangular(d + 1) + triangular(features + 1));
  return totals + BLOCK_ROWS * (5 + features) + 2 * d + triangular(d) + 1 + 64;
}

/** Rows in an engine's memory, column by column, with their weights: positive weights, finite values once `finite` says so. */
export class Matrix {
  /** Full passes over the rows made so far. */
  passes = 0;
  /** Each column by itself. */
  readonly columns: readonly Sample[];

  constructor(
    readonly engine: Engine,
    /** Address of the first column. */
    readonly x: number,
    /** Bytes from a column to the next. */
    readonly stride: number,
    readonly w: number | undefined,
    readonly rows: number,
    readonly names: readonly string[],
  ) {
    this.columns = names.map((_, j) => new Sample(engine, x + j * stride, w, rows));
  }

  /** Number of columns. */
  get dimension(): number {
    return this.names.length;
  }

  /** Whether all values are finite. */
  get finite(): boolean {
    this.passes++;
    return this.columns.every(({ finite }) => finite);
  }

  /** Sum of the weights: the number of rows where there are none. */
  get weight(): number {
    return this.columns[0]!.weight;
  }

  /** The weights, as a view, or undefined. */
  get weights(): Float64Array | undefined {
    return this.columns[0]!.weights;
  }

  /** A row, copied. */
  row(i: number): number[] {
    return this.columns.map(({ values }) => values[i]!);
  }

  /** Calls for every row with its values, in one array that is used again. */
  eachRow(call: (row: readonly number[], weight: number) => void): void {
    const columns = this.columns.map(({ values }) => values);
    const { weights } = this;
    const row = columns.map(() => 0);
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < columns.length; j++) row[j] = columns[j]![i]!;
      call(row, weights ? weights[i]! : 1);
    }
  }

  /** Weighted sums of the products of (1, y) with itself: a lower triangle, row by row. */
  crossProducts(view: View): Float64Array {
    const d = this.dimension;
    return this.#totals("crossProducts", [], view, [], 2, triangular(d + 1));
  }

  /** The sums of the multivariate t (assembly/kernels/multivariateT.ts), with those of its second derivatives where `full`. */
  multivariateT(view: View, df: number, full: boolean): Float64Array {
    const d = this.dimension;
    const features = d + triangular(d);
    const count = 3 + triangular(d + 1) + (full ? triangular(features + 1) : 0);
    return this.#totals("multivariateT", [1 / df], view, [full ? 1 : 0], 5 + (full ? features - d : 0), count);
  }

  /** A kernel's totals, tile by tile, compensated. */
  #totals(kernel: string, constants: readonly number[], view: View, more: readonly number[], columns: number, count: number): Float64Array {
    this.passes++;
    const { arena, kernels } = this.engine;
    const d = this.dimension;
    return arena.scope(() => {
      const theta = arena.put([...constants, ...Array.from(view.center), ...Array.from(view.shift), ...Array.from(view.whitening)]);
      const scratch = arena.reserve(BLOCK_ROWS * (columns + d));
      const out = arena.reserve(2 * count);
      const totals = Array.from({ length: count }, () => new Accumulator());
      for (let first = 0; first < this.rows; first += TILE_ROWS) {
        const n = Math.min(TILE_ROWS, this.rows - first);
        const w = this.w === undefined ? 0 : this.w + 8 * first;
        kernels[kernel]!(theta, this.x + 8 * first, this.stride, w, n, d, ...more, scratch, out);
        const row = arena.view(out, 2 * count);
        totals.forEach((total, i) => {
          total.add(row[2 * i]!).add(row[2 * i + 1]!);
        });
      }
      return Float64Array.from(totals, ({ sum }) => sum);
    });
  }
}
