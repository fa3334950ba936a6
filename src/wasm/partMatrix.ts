import { TILE_ROWS } from "../../assembly/layout.ts";
import type { PartTerms, TileColumns } from "../laws/partTerms.ts";
import { positiveRows } from "../math/positiveRows.ts";
import { Accumulator } from "../math/sum.ts";
import { entry, triangular } from "../math/triangle.ts";
import type { Products } from "../optimize/normalEquations.ts";
import type { DesignMatrix } from "./designMatrix.ts";
import { assembled, type LargeFactor, type Pair } from "./partSums.ts";
import type { Column } from "./placedColumns.ts";
import { thinDesign } from "./thinDesign.ts";
import { type DesignSums, TileSums } from "./tileSums.ts";

export type { PartTerms, TileColumns };

/** A linear predictor over some blocks of a design. */
export interface PlacedPart {
  /** First columns of its blocks in the design of all. */
  readonly firsts: readonly number[];
  /** Place of each column among the coefficients. */
  readonly places: Int32Array;
  /** Name of its offset among the vectors. */
  readonly offset: string;
}

/** Several linear predictors over the columns of one design. */
export class PartMatrix {
  readonly #own: readonly DesignMatrix[];
  readonly #pairs: readonly Pair[];
  /** Part and first coefficient of a factor of many levels, whose products are kept apart. */
  readonly #large: LargeFactor | undefined;
  readonly #dense: Int32Array;

  constructor(
    readonly all: DesignMatrix,
    readonly parts: readonly PlacedPart[],
    /** Number of coefficients. */
    readonly width: number,
  ) {
    this.#own = parts.map(({ firsts }) => all.only(firsts));
    this.#large = this.#largest();
    const large = this.#large;
    this.#dense = Int32Array.from({ length: width }, (_, k) => k).filter(
      (k) => !large || k < large.first || k >= large.first + large.count,
    );
    this.#pairs = parts.flatMap((_, a) => Array.from({ length: a + 1 }, (__, b) => this.#pair(a, b)));
  }

  get rows(): number {
    return this.all.rows;
  }

  get passes(): number {
    return this.all.passes;
  }

  /** Coefficients whose products are held in a matrix: all but those of the factor that is kept apart. */
  get dense(): number {
    return this.#dense.length;
  }

  /** The same over a tile of rows. Its memory is the caller's scope's. */
  thin(): PartMatrix {
    return new PartMatrix(thinDesign(this.all), this.parts, this.width);
  }

  #largest(): LargeFactor | undefined {
    let found: LargeFactor | undefined;
    this.#own.forEach((matrix, part) => {
      if (matrix.large < 0) return;
      const { first, count } = matrix.factors[matrix.large]!;
      const { places, firsts } = this.parts[part]!;
      const start = places[first]!;
      const shared = this.parts.some((other, b) => b !== part && other.places.some((place) => place >= start && place < start + count));
      const inOrder = places.subarray(first, first + count).every((place, l) => place === start + l);
      const union = this.all.factors.find((one) => firsts.includes(one.first) && one.codes === matrix.factors[matrix.large]!.codes)!;
      const elsewhere = this.parts.some((other, b) => b !== part && other.firsts.includes(union.first));
      if (!shared && inOrder && !elsewhere && !(found && found.count >= count)) found = { first: start, count };
    });
    return found;
  }

  #pair(a: number, b: number): Pair {
    const [left, right] = [this.parts[a]!, this.parts[b]!];
    const own = this.#own[a]!;
    if (a === b) return { a, b, matrix: own, left: left.places, right: left.places, constant: false };
    const isConstant = (part: number) => this.#own[part]!.width === 1 && this.#own[part]!.columns[0]?.constant === true;
    if (isConstant(b)) return { a, b, matrix: own, left: left.places, right: right.places, constant: true };
    if (isConstant(a)) return { a: b, b: a, matrix: this.#own[b]!, left: right.places, right: left.places, constant: true };
    const firsts = [...new Set([...left.firsts, ...right.firsts])];
    const matrix = this.all.only(firsts);
    const among = ({ firsts: blocks, places }: PlacedPart) => {
      const found = new Int32Array(matrix.width).fill(-1);
      let column = 0;
      const width = (first: number) => this.all.factors.find((one) => one.first === first)?.count ?? 1;
      const starts = new Map<number, number>();
      let at = 0;
      for (const first of firsts) {
        starts.set(first, at);
        at += width(first);
      }
      for (const first of blocks) {
        for (let j = 0; j < width(first); j++) found[starts.get(first)! + j] = places[column++]!;
      }
      return found;
    };
    return { a, b, matrix, left: among(left), right: among(right), constant: false };
  }

  /** l, its gradient and its information at the coefficients; with `positive`, the information made of rows' that are positive. */
  evaluate(gamma: ArrayLike<number>, terms: PartTerms, positive: boolean): DesignSums {
    const { arena } = this.all.engine;
    const count = this.parts.length;
    this.all.passes++;
    return arena.scope(() => {
      const tiles = (n: number) => Array.from({ length: n }, () => arena.reserve(TILE_ROWS + 2));
      const [etas, us, ws] = [tiles(count), tiles(count), tiles(triangular(count))];
      const l = arena.reserve(TILE_ROWS);
      const beta = this.parts.map(({ places }, a) => this.#own[a]!.put(Float64Array.from(places, (place) => gamma[place]!)));
      const sums = this.#pairs.map(({ matrix }) => new TileSums(matrix, matrix.columns.length));
      const total = new Accumulator();
      const views = (addresses: readonly number[], n: number) => addresses.map((address) => arena.view(address, n));
      let outside = false;
      this.all.eachTile((first, n) => {
        if (outside) return;
        etas.forEach((eta, a) => {
          this.#own[a]!.predictTile(beta[a]!, first, n, eta, this.all.vectors[this.parts[a]!.offset] ?? 0);
        });
        const columns = this.#columns(first, n);
        const [value, u, w] = [arena.view(l, n), views(us, n), views(ws, n)];
        terms(columns, views(etas, n), value, u, w);
        if (positive) positiveRows(count, w);
        outside = !weigh(columns.weights, value, u, w, total);
        if (outside) return;
        for (const address of [...us, ...ws]) arena.view(address + 8 * n, 1)[0] = 0;
        this.#pairs.forEach(({ a, b, matrix, constant }, k) => {
          const weight = ws[entry(a, b)]!;
          sums[k]!.add((out, crossed) => matrix.addTile(constant ? weight : us[a]!, constant ? 0 : weight, first, n, out, crossed));
        });
      });
      if (outside) {
        const none = { columns: this.width, dense: this.#dense, gram: new Float64Array(this.#dense.length ** 2) };
        return { value: Number.NEGATIVE_INFINITY, score: new Float64Array(this.width), products: none };
      }
      return {
        value: total.sum,
        ...assembled(
          sums.map((sum) => sum.finish()),
          this.#pairs,
          this.#dense,
          this.#large,
          this.width,
        ),
      };
    });
  }

  /** Runs over the rows' linear predictors, tile by tile. */
  predict(
    gamma: ArrayLike<number>,
    take: (first: number, columns: TileColumns, eta: readonly Float64Array[]) => void,
    offsets = true,
  ): void {
    const { arena } = this.all.engine;
    this.all.passes++;
    arena.scope(() => {
      const beta = this.parts.map(({ places }, a) => this.#own[a]!.put(Float64Array.from(places, (place) => gamma[place]!)));
      const etas = this.parts.map(() => arena.reserve(TILE_ROWS + 2));
      this.all.eachTile((first, n) => {
        etas.forEach((eta, a) => {
          const offset = offsets ? (this.all.vectors[this.parts[a]!.offset] ?? 0) : 0;
          this.#own[a]!.predictTile(beta[a]!, first, n, eta, offset);
        });
        take(
          first,
          this.#columns(first, n),
          etas.map((eta) => arena.view(eta, n)),
        );
      });
    });
  }

  /** How each part's columns were moved; undefined of a factor's levels. */
  moves(): (Column | undefined)[][] {
    return this.#own.map((matrix) => Array.from({ length: matrix.width }, (_, j) => matrix.columns.find(({ index }) => index === j)));
  }

  /** Products of each part's columns, unweighted: which of them are combinations of others. */
  grams(): Products[] {
    return this.#own.map(
      (matrix) =>
        matrix.pointwise(undefined, (_, __, u, w) => {
          u.fill(0);
          w.fill(1);
          return 0;
        }).products,
    );
  }

  #columns(first: number, n: number): TileColumns {
    const { arena } = this.all.engine;
    return Object.fromEntries(Object.entries(this.all.vectors).map(([name, address]) => [name, arena.view(address + 8 * first, n)]));
  }
}

/** Multiplies by the weights and adds the values up; false where one is not finite. */
function weigh(
  weights: Float64Array | undefined,
  l: Float64Array,
  u: readonly Float64Array[],
  w: readonly Float64Array[],
  total: Accumulator,
): boolean {
  for (let i = 0; i < l.length; i++) {
    const value = l[i]!;
    if (value - value !== 0) return false;
    total.add(weights ? weights[i]! * value : value);
  }
  if (weights) for (const column of [...u, ...w]) for (let i = 0; i < column.length; i++) column[i]! *= weights[i]!;
  return true;
}
