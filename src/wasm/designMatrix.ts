import { TILE_ROWS } from "../../assembly/layout.ts";
import { Accumulator } from "../math/sum.ts";
import type { Engine } from "./engine.ts";
import type { Column, Factor } from "./placedColumns.ts";
import { crossings, type DesignSums, TileSums } from "./tileSums.ts";

/** Families and links whose rows are worked out in the kernels (assembly/regression/pointwise.ts). */
export const POINTWISE = { logistic: 1, logPoisson: 2, probit: 3 } as const;

/** A factor of so many levels is kept apart in the normal equations. */
const LARGE = 64;

const FACTOR_BYTES = 24;

/** Rows of a subsample. */
export const SUBSAMPLE = TILE_ROWS;

/** A design in an engine's memory; every pass over its rows adds up tile by tile, in order, compensated. */
export class DesignMatrix {
  /** Full passes over the rows made so far. */
  passes = 0;
  /** Address of the columns' table. */
  readonly table: number;
  /** Address of the factors' table. */
  readonly factorTable: number;
  /** Address of the factors' sums. */
  readonly levelSums: number;
  /** Index of the factor that is kept apart, or -1. */
  readonly large: number;
  /** Places of the plain columns, then of the factors' columns, in the design. */
  readonly order: Int32Array;

  constructor(
    readonly engine: Engine,
    readonly rows: number,
    readonly columns: readonly Column[],
    readonly factors: readonly Factor[],
    /** Columns of rows beside the design: y, weights, offset. */
    readonly vectors: Readonly<Record<string, number>>,
    /** The response as a column, moved as the others are. */
    readonly response?: Column,
  ) {
    const { arena } = engine;
    const all = response ? [...columns, response] : columns;
    this.table = arena.reserve(all.length);
    const d = all.length;
    const table = new Uint32Array(arena.buffer, this.table, 2 * d);
    all.forEach(({ address, constant }, j) => {
      table[2 * j] = address;
      table[2 * j + 1] = constant ? 0 : 8;
    });
    const counts = factors.map(({ count }) => count);
    this.levelSums = arena.reserve(counts.reduce((sum, count) => sum + count * (d + 2), 1 + crossings(counts)));
    this.factorTable = arena.reserve(Math.max(1, 3 * factors.length));
    this.order = Int32Array.from([
      ...columns.map(({ index }) => index),
      ...factors.flatMap(({ first, count }) => Array.from({ length: count }, (_, l) => first + l)),
    ]);
    const largest = Math.max(0, ...counts);
    this.large = largest >= LARGE ? counts.indexOf(largest) : -1;
    this.layOut(d);
  }

  /** Number of columns, all of them. */
  get width(): number {
    return this.order.length;
  }

  /** The factors' table, for sums of `d` columns. */
  layOut(d: number): number {
    const table = new Uint32Array(this.engine.arena.buffer, this.factorTable, (FACTOR_BYTES / 4) * Math.max(1, this.factors.length));
    let at = this.levelSums;
    let first = this.columns.length;
    this.factors.forEach(({ codes, values, count }, f) => {
      table.set([codes, values, count, first, at, 0], 6 * f);
      at += 8 * count * (d + 2);
      first += count;
    });
    return at;
  }

  /** Runs `work` tile by tile: first row, number of rows. */
  eachTile(work: (first: number, n: number) => void): void {
    for (let first = 0; first < this.rows; first += TILE_ROWS) work(first, Math.min(TILE_ROWS, this.rows - first));
  }

  /** Address of coefficients, given in the design's order, as the kernels take them. */
  put(beta: ArrayLike<number>): number {
    return this.engine.arena.put(this.order.length > 0 ? Array.from(this.order, (column) => beta[column]!) : [0]);
  }

  /** offset + X beta, tile by tile; `take` gets the tile's first row and a view that lasts until it returns. */
  predict(beta: ArrayLike<number>, take: (first: number, eta: Float64Array) => void, withOffset = true): void {
    this.passes++;
    const { arena, kernels } = this.engine;
    arena.scope(() => {
      const b = this.put(beta);
      const eta = arena.reserve(TILE_ROWS);
      const k = this.factors.length;
      const offset = (withOffset && this.vectors.offset) || 0;
      this.eachTile((first, n) => {
        kernels.linearPredictor!(this.table, this.columns.length, this.factorTable, k, b, offset, first, n, eta);
        take(first, arena.view(eta, n));
      });
    });
  }

  /** Sums of a family and a link of the kernels at beta, with the expected w if `expected`; X'WX over the tiles for which `full` holds. */
  known(
    kind: keyof typeof POINTWISE,
    beta: ArrayLike<number>,
    expected: boolean,
    full: (first: number) => boolean = () => true,
  ): DesignSums {
    const { arena, kernels } = this.engine;
    return arena.scope(() => {
      const b = this.put(beta);
      const { y, weights = 0, offset = 0 } = this.vectors;
      return this.#total((first, n, out, crossed) =>
        kernels.glmTile!(
          POINTWISE[kind],
          this.table,
          this.columns.length,
          this.factorTable,
          this.factors.length,
          b,
          offset,
          y!,
          weights,
          first,
          n,
          out,
          crossed,
          full(first) ? 1 : 0,
          expected ? 1 : 0,
        ),
      );
    });
  }

  /**
   * Sums with rows worked out here: `rowsOf` fills u and w of a tile from its eta and returns the sum of l. With `beta` undefined, eta is 0.
   */
  pointwise(
    beta: ArrayLike<number> | undefined,
    rowsOf: (first: number, eta: Float64Array, u: Float64Array, w: Float64Array) => number,
  ): DesignSums {
    const { arena } = this.engine;
    return arena.scope(() => {
      const b = beta && this.put(beta);
      const [eta, u, w] = [arena.reserve(TILE_ROWS + 2), arena.reserve(TILE_ROWS + 2), arena.reserve(TILE_ROWS + 2)];
      const values = new Accumulator();
      const sums = this.#total((first, n, out, crossed) => {
        if (b) this.predictTile(b, first, n, eta);
        values.add(rowsOf(first, arena.view(eta, n), arena.view(u, n), arena.view(w, n)));
        // Rows go by in pairs.
        for (const address of [u, w]) arena.view(address + 8 * n, 1)[0] = 0;
        this.addTile(u, w, first, n, out, crossed);
      });
      return { ...sums, value: values.sum };
    });
  }

  /** X'u alone: `rowsOf` fills u of a tile from its eta. */
  scores(beta: ArrayLike<number>, rowsOf: (first: number, eta: Float64Array, u: Float64Array) => void): Float64Array {
    const { arena } = this.engine;
    return arena.scope(() => {
      const b = this.put(beta);
      const [eta, u] = [arena.reserve(TILE_ROWS + 2), arena.reserve(TILE_ROWS + 2)];
      return this.#total((first, n, out, crossed) => {
        this.predictTile(b, first, n, eta);
        rowsOf(first, arena.view(eta, n), arena.view(u, n));
        arena.view(u + 8 * n, 1)[0] = 0;
        this.addTile(u, 0, first, n, out, crossed);
      }).score;
    });
  }

  /** A bound of what coefficients can make of any row's predictor, its offset aside. */
  reach(beta: ArrayLike<number>): number {
    const plain = this.columns.reduce((sum, { index, size }) => sum + Math.abs(beta[index]!) * size, 0);
    return this.factors.reduce((sum, { first, count, size }) => {
      let most = 0;
      for (let l = first; l < first + count; l++) most = Math.max(most, Math.abs(beta[l]!));
      return sum + most * size;
    }, plain);
  }

  /** Some of the blocks, by their first columns here, as a design of its own in that order. */
  only(firsts: readonly number[]): DesignMatrix {
    const columns: Column[] = [];
    const factors: Factor[] = [];
    let next = 0;
    for (const first of firsts) {
      const column = this.columns.find(({ index }) => index === first);
      if (column) columns.push({ ...column, index: next++ });
      else {
        const factor = this.factors.find((one) => one.first === first)!;
        factors.push({ ...factor, first: next });
        next += factor.count;
      }
    }
    return new DesignMatrix(this.engine, this.rows, columns, factors, this.vectors);
  }

  /** Fills the tile's eta from coefficients at an address. */
  predictTile(beta: number, first: number, n: number, eta: number, offset = this.vectors.offset ?? 0): void {
    const { columns, factors, table, factorTable } = this;
    this.engine.kernels.linearPredictor!(table, columns.length, factorTable, factors.length, beta, offset, first, n, eta);
  }

  /** Adds X'u and X'WX of a tile to the totals from `out` and `crossed` on; with `w` 0, X'u alone. `beside`: columns of the response. */
  addTile(u: number, w: number, first: number, n: number, out: number, crossed: number, beside = 0): void {
    const { columns, factors, table, factorTable } = this;
    this.engine.kernels.designSums!(table, columns.length + beside, factorTable, factors.length, u, w, first, n, out, crossed);
  }

  #total(call: (first: number, n: number, out: number, crossed: number) => void): DesignSums {
    return this.collect(this.columns.length, call).finish();
  }

  /** Sums of `d` columns over all tiles. */
  collect(d: number, call: (first: number, n: number, out: number, crossed: number) => void): TileSums {
    this.passes++;
    const sums = new TileSums(this, d);
    this.eachTile((first, n) => sums.add((out, crossed) => call(first, n, out, crossed)));
    return sums;
  }
}
