import { BLOCK_ROWS, TILE_ROWS } from "../../assembly/layout.ts";
import { Accumulator } from "../math/sum.ts";
import { triangular } from "../math/triangle.ts";
import type { Products } from "../optimize/normalEquations.ts";
import type { DesignMatrix } from "./designMatrix.ts";

/** Sums over the rows: of l, X'u, X'WX. */
export interface DesignSums {
  readonly value: number;
  readonly score: Float64Array;
  readonly products: Products;
}

/** Entries of the tables of factors by factors. */
export function crossings(counts: readonly number[]): number {
  return counts.reduce((sum, count, f) => sum + counts.slice(0, f).reduce((own, other) => own + count * other, 0), 0);
}

/** Doubles that sums over a design need beside its columns: tiles of eta, u, w and one more, tables, totals. */
export function scratchOf(d: number, counts: readonly number[]): number {
  const pairs = 2 * (1 + d + triangular(d));
  const sums = counts.reduce((sum, count) => sum + count * (d + 2), 0) + crossings(counts);
  const exact = BLOCK_ROWS * (2 * d + 3) + 2 * triangular(d);
  return 4 * (TILE_ROWS + 8) + 2 * pairs + 3 * sums + exact + 2 * d + 4 * counts.length + counts.reduce((a, b) => a + b, 0) + 1024;
}

/** Totals of a design's tiles, compensated: of the dense part [l, X'u, X'WX], and of the factors' sums, [of each factor, then crossed]. */
export class TileSums {
  readonly #totals: Accumulator[];
  readonly #out: number;
  readonly #plain: number;
  readonly #scattered: number;
  readonly #crossed: number;

  /** Sums of `d` columns: the design's own, and what stands beside. Its memory is the caller's scope's. */
  constructor(
    readonly matrix: DesignMatrix,
    readonly d: number,
  ) {
    const { arena } = matrix.engine;
    const count = 1 + d + triangular(d);
    this.#crossed = matrix.layOut(d);
    this.#plain = (this.#crossed - matrix.levelSums) / 8 + crossings(matrix.factors.map((own) => own.count));
    this.#out = arena.reserve(2 * count);
    this.#totals = Array.from({ length: count }, () => new Accumulator());
    this.#scattered = this.#plain > 0 ? arena.reserve(2 * this.#plain) : 0;
    if (this.#plain > 0) {
      arena.view(matrix.levelSums, this.#plain).fill(0);
      arena.view(this.#scattered, 2 * this.#plain).fill(0);
    }
  }

  /** One tile: `call` adds to the totals at its two addresses. */
  add(call: (out: number, crossed: number) => void): void {
    const { arena, kernels } = this.matrix.engine;
    const count = this.#totals.length;
    arena.view(this.#out, 2 * count).fill(0);
    call(this.#out, this.#crossed);
    const row = arena.view(this.#out, 2 * count);
    for (let i = 0; i < count; i++) this.#totals[i]!.add(row[2 * i]!).add(row[2 * i + 1]!);
    if (this.#plain > 0) kernels.collect!(this.matrix.levelSums, this.#plain, this.#scattered);
  }

  /** The last column's own entry of X'u, which stands beside the design. */
  get own(): number {
    return this.#totals[this.d]!.sum;
  }

  /** The sums in the design's order; of `d` columns beyond the design's own, those with the response are left out. */
  finish(): DesignSums {
    const { d, matrix } = this;
    const pairs = Float64Array.from(this.#totals, ({ sum }) => sum);
    const sums = new Float64Array(this.#plain);
    const view = matrix.engine.arena.view(this.#scattered, 2 * this.#plain);
    for (let i = 0; i < sums.length; i++) sums[i] = view[2 * i]! + view[2 * i + 1]!;
    const { width } = matrix;
    const score = new Float64Array(width);
    const large = matrix.large < 0 ? undefined : matrix.factors[matrix.large]!;
    const isDense = (column: number) => !large || column < large.first || column >= large.first + large.count;
    const dense = Int32Array.from({ length: width }, (_, column) => column).filter(isDense);
    const m = dense.length;
    const place = new Int32Array(width);
    dense.forEach((column, j) => {
      place[column] = j;
    });
    const gram = new Float64Array(m * m);
    const own = new Float64Array(large?.count ?? 0);
    const cross = new Float64Array((large?.count ?? 0) * m);
    const put = (i: number, j: number, value: number) => {
      const [a, b] = [isDense(i), isDense(j)];
      if (a && b) gram[place[i]! * m + place[j]!] = gram[place[j]! * m + place[i]!] = value;
      else if (a) cross[(j - large!.first) * m + place[i]!] = value;
      else if (b) cross[(i - large!.first) * m + place[j]!] = value;
      else own[i - large!.first] = value;
    };
    const products = 1 + d;
    matrix.columns.forEach(({ index }, i) => {
      score[index] = pairs[1 + i]!;
      for (let j = 0; j <= i; j++) put(index, matrix.columns[j]!.index, pairs[products + triangular(i) + j]!);
    });
    let at = 0;
    for (const { first, count } of matrix.factors) {
      for (let l = 0; l < count; l++, at += d + 2) {
        score[first + l] = sums[at]!;
        put(first + l, first + l, sums[at + 1]!);
        for (let j = 0; j < matrix.columns.length; j++) put(first + l, matrix.columns[j]!.index, sums[at + 2 + j]!);
      }
    }
    matrix.factors.forEach(({ first, count }, f) => {
      for (let g = 0; g < f; g++) {
        const other = matrix.factors[g]!;
        for (let l = 0; l < count; l++) for (let k = 0; k < other.count; k++) put(first + l, other.first + k, sums[at++]!);
      }
    });
    const apart = large && { first: large.first, own, cross };
    return { value: pairs[0]!, score, products: { columns: width, dense, gram, ...(apart && { large: apart }) } };
  }
}
