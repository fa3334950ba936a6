import { CONSTANTS, TILE_ROWS, TOTALS } from "../../assembly/layout.ts";
import { Accumulator } from "../math/sum.ts";
import type { Engine } from "./engine.ts";

/** Constants of a kernel: where the data lie, then the kernel's own (assembly/reduce/kernel.ts). */
export interface Constants {
  readonly unit?: number;
  readonly center?: number;
  readonly location?: number;
  readonly scale?: number;
  readonly shape?: number;
}

/** Distinct values in increasing order, with the weight of each. */
export interface Counts {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Rows of a subsample: groups of 64, evenly spaced, so that sorted columns are sampled evenly too. Groups of 8 take four times as long to
 * gather: every one is a cache miss.
 */
const GROUP = 64;

/** Doubles sorted for quantiles that only have to start an iteration. */
const SKETCH = 1024;

/** More distinct integers than this are counted by sorting. */
const BINS = 65536;

/**
 * A column in an engine's memory, with its weights: finite values, positive weights. Statistics are computed when first asked for and
 * kept, so that all fits of one column share them.
 */
export class Sample {
  /** Full passes over the rows made so far. */
  passes = 0;
  readonly #engine: Engine;
  readonly #cache = new Map<string, unknown>();

  constructor(
    engine: Engine,
    /** Address of the values. */
    readonly x: number,
    /** Address of the weights, or undefined. */
    readonly w: number | undefined,
    readonly rows: number,
  ) {
    this.#engine = engine;
  }

  /** The values, as a view that is valid until the memory grows. */
  get values(): Float64Array {
    return this.#engine.arena.view(this.x, this.rows);
  }

  /** The weights, as a view, or undefined. */
  get weights(): Float64Array | undefined {
    return this.w === undefined ? undefined : this.#engine.arena.view(this.w, this.rows);
  }

  /** Computes a statistic once. */
  keep<T>(name: string, compute: () => T): T {
    if (!this.#cache.has(name)) this.#cache.set(name, compute());
    return this.#cache.get(name) as T;
  }

  /** Sum, smallest and largest value; a NaN among the values makes the sum NaN. */
  get extent(): { sum: number; min: number; max: number } {
    return this.keep("extent", () => this.#scan(this.x));
  }

  /** Sum of the weights: the number of rows where there are none. */
  get weight(): number {
    return this.keep("weight", () => (this.w === undefined ? this.rows : this.#scan(this.w).sum));
  }

  /** Totals of a kernel over all rows: the weighted sums of log factor, s0, s1, … */
  totals(kernel: string, constants: Constants): Float64Array {
    this.passes++;
    const name = this.w === undefined ? kernel : `${kernel}Weighted`;
    const run = this.#engine.kernels[name];
    if (!run) throw new Error(`The wasm module exports no "${name}"; run "npm run build".`);
    const { arena } = this.#engine;
    return arena.scope(() => {
      const { unit = 1, center = 0, location = 0, scale = 1, shape = 1 } = constants;
      const theta = arena.reserve(CONSTANTS);
      const out = arena.reserve(this.#tiles * 2 * TOTALS);
      arena.view(theta, CONSTANTS).set([unit, center, location, 1 / scale, shape, 1 / shape]);
      if (this.w === undefined) run(theta, this.x, this.rows, out);
      else run(theta, this.x, this.w, this.rows, out);
      return addTiles(arena.view(out, this.#tiles * 2 * TOTALS));
    });
  }

  /** About one tile of rows, evenly spaced: for starting values. The column itself where it is not much longer. */
  thin(): Sample {
    if (this.rows <= 4 * TILE_ROWS) return this;
    const { arena } = this.#engine;
    const gather = (from: number): number => {
      const to = arena.reserve(TILE_ROWS);
      const target = arena.view(to, TILE_ROWS);
      const source = arena.view(from, this.rows);
      const groups = TILE_ROWS / GROUP;
      for (let g = 0; g < groups; g++) {
        const at = Math.floor((g * (this.rows - GROUP)) / (groups - 1));
        target.set(source.subarray(at, at + GROUP), g * GROUP);
      }
      return to;
    };
    return this.keep("thin", () => new Sample(this.#engine, gather(this.x), this.w === undefined ? undefined : gather(this.w), TILE_ROWS));
  }

  /**
   * Up to 1,024 values, sorted: one from each of as many equal stretches of the column, at no fixed distance, since columns have
   * periods. With weights, the quantiles of what was picked.
   */
  get sketch(): Float64Array {
    return this.keep("sketch", () => {
      const { values, weights, rows } = this;
      const size = Math.min(rows, SKETCH);
      if (!weights && rows === size) return values.slice().sort();
      const picks = new Uint32Array(size);
      for (let i = 0; i < size; i++) picks[i] = Math.floor(((i + (rows > size ? jitter(i) : 0)) * rows) / size);
      if (!weights) return new Float64Array(size).map((_, i) => values[picks[i]!]!).sort();
      picks.sort((a, b) => values[a]! - values[b]!);
      const total = picks.reduce((sum, row) => sum + weights[row]!, 0);
      let at = 0;
      let below = weights[picks[0]!]!;
      return Float64Array.from({ length: SKETCH }, (_, i) => {
        while (at < size - 1 && below <= ((i + 0.5) * total) / SKETCH) below += weights[picks[++at]!]!;
        return values[picks[at]!]!;
      });
    });
  }

  /** Distinct values and their weights, or the index of the first value that is not a whole number. */
  get counts(): Counts | number {
    return this.keep("counts", () => {
      const { min, max } = this.extent;
      if (!Number.isInteger(min) || max - min >= BINS) return this.#countBySorting();
      this.passes++;
      const { arena, kernels } = this.#engine;
      const bins = Math.floor(max - min) + 1;
      return arena.scope(() => {
        const address = arena.reserve(bins);
        arena.view(address, bins).fill(0);
        const fractions = kernels.histogram!(this.x, this.w ?? 0, this.rows, min, address);
        if (fractions > 0) return firstFraction(this.values);
        const filled = [...arena.view(address, bins).entries()].filter(([, weight]) => weight > 0);
        return {
          values: Float64Array.from(filled, ([bin]) => min + bin),
          weights: Float64Array.from(filled, ([, weight]) => weight),
        };
      });
    });
  }

  /** Lower and upper median: the smallest values below which, itself included, lies at least, and more than, half of the weight. */
  get median(): readonly [number, number] {
    return this.keep("median", () => {
      const { arena, kernels } = this.#engine;
      let prefix = 0;
      let below = 0;
      const half = this.weight / 2;
      const value = arena.scope(() => {
        const bins = arena.reserve(65536);
        for (let level = 0; level < 4; level++) {
          this.passes++;
          const view = arena.view(bins, 65536).fill(0);
          // Three levels of 16 bits fit a double exactly; the last digit is joined below.
          kernels.digits!(this.x, this.w ?? 0, this.rows, level, prefix, bins);
          let digit = 0;
          while (digit < 65535 && below + view[digit]! < half) below += view[digit++]!;
          if (level === 3) {
            below += view[digit]!;
            return fromDigits(prefix, digit);
          }
          prefix = prefix * 65536 + digit;
        }
        return Number.NaN;
      });
      if (below > half) return [value, value];
      this.passes++;
      const upper = kernels.next!(this.x, this.rows, value);
      return [value, Number.isFinite(upper) ? upper : value];
    });
  }

  get #tiles(): number {
    return Math.ceil(this.rows / TILE_ROWS);
  }

  #scan(address: number): { sum: number; min: number; max: number } {
    if (address === this.x) this.passes++;
    const { arena, kernels } = this.#engine;
    return arena.scope(() => {
      const out = arena.reserve(this.#tiles * 2 * TOTALS);
      kernels.scan!(address, this.rows, out);
      const row = arena.view(out, this.#tiles * 2 * TOTALS);
      let min = Number.POSITIVE_INFINITY;
      let max = Number.NEGATIVE_INFINITY;
      for (let tile = 0; tile < row.length; tile += 2 * TOTALS) {
        min = Math.min(min, row[tile + 2]!);
        max = Math.max(max, row[tile + 3]!);
      }
      return { sum: addTiles(row)[0]!, min, max };
    });
  }

  #countBySorting(): Counts | number {
    const { values, weights } = this;
    const fraction = firstFraction(values);
    if (fraction >= 0) return fraction;
    const order = weights ? Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!) : undefined;
    const sorted = order ? Float64Array.from(order, (i) => values[i]!) : values.slice().sort();
    const distinct: number[] = [];
    const totals: number[] = [];
    for (let i = 0; i < sorted.length; i++) {
      if (i === 0 || sorted[i] !== sorted[i - 1]) {
        distinct.push(sorted[i]!);
        totals.push(0);
      }
      totals[totals.length - 1]! += order ? weights![order[i]!]! : 1;
    }
    return { values: Float64Array.from(distinct), weights: Float64Array.from(totals) };
  }
}

/** Adds the tiles' rows in tile order, compensated. */
function addTiles(rows: Float64Array): Float64Array {
  return Float64Array.from({ length: TOTALS }, (_, i) => {
    const total = new Accumulator();
    for (let tile = 0; tile < rows.length; tile += 2 * TOTALS) {
      total.add(rows[tile + 2 * i]!);
      total.add(rows[tile + 2 * i + 1]!);
    }
    return total.sum;
  });
}

/** The same number in [0, 1) for the same i: an additive sequence by the golden ratio (Knuth, TAOCP 3, 6.4), scrambled. */
function jitter(i: number): number {
  return (Math.imul(Math.imul(i + 1, 0x9e3779b1) ^ (i << 7), 0x85ebca6b) >>> 0) / 2 ** 32;
}

function firstFraction(values: Float64Array): number {
  return values.findIndex((value) => !Number.isInteger(value));
}

/** The double whose order-preserving bits are `prefix` (48 bits) and `digit` (16 bits). */
function fromDigits(prefix: number, digit: number): number {
  const bits = (BigInt(prefix) << 16n) | BigInt(digit);
  const plain = bits >> 63n ? bits ^ (1n << 63n) : ~bits & 0xffffffffffffffffn;
  return new Float64Array(BigUint64Array.of(plain).buffer)[0]!;
}
