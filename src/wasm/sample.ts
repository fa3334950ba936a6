import { CONSTANTS, TILE_ROWS, TOTALS } from "../../assembly/layout.ts";
import { Accumulator } from "../math/sum.ts";
import { type Counts, countsOf } from "./counts.ts";
import type { Engine } from "./engine.ts";
import { medianOf } from "./median.ts";

/** Constants of a kernel: where the data lie, then the kernel's own (assembly/reduce/kernel.ts). */
export interface Constants {
  readonly unit?: number;
  readonly center?: number;
  readonly location?: number;
  readonly scale?: number;
  readonly shape?: number;
}

/** The first look at a column. */
export interface Extent {
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** Sum of the logarithms, where that was asked for and all values are positive. */
  readonly logs: number | undefined;
}

const SMALLEST_NORMAL = 2.2250738585072014e-308;

/**
 * Rows of a subsample: groups of 64, evenly spaced, so that sorted columns are sampled evenly too. Groups of 8 take four times as long to
 * gather: every one is a cache miss.
 */
const GROUP = 64;

/** Doubles sorted for quantiles that only have to start an iteration. */
const SKETCH = 1024;

/**
 * A column in an engine's memory, with its weights: finite values, positive weights. Statistics are computed when first asked for and
 * kept, so that all fits of one column share them.
 */
export class Sample {
  /** Full passes over the rows made so far. */
  passes = 0;
  readonly #cache = new Map<string, unknown>();

  constructor(
    readonly engine: Engine,
    /** Address of the values. */
    readonly x: number,
    /** Address of the weights, or undefined. */
    readonly w: number | undefined,
    readonly rows: number,
    /** Whether the first look sums logarithms too: for columns that should be positive. */
    readonly withLogs = false,
  ) {}

  /** The values, as a view. */
  get values(): Float64Array {
    return this.engine.arena.view(this.x, this.rows);
  }

  /** The weights, as a view, or undefined. */
  get weights(): Float64Array | undefined {
    return this.w === undefined ? undefined : this.engine.arena.view(this.w, this.rows);
  }

  /** Computes a statistic once. */
  keep<T>(name: string, compute: () => T): T {
    if (!this.#cache.has(name)) this.#cache.set(name, compute());
    return this.#cache.get(name) as T;
  }

  /** Sum, smallest and largest value; a NaN among the values makes the sum NaN. */
  get extent(): Extent {
    return this.keep("extent", () => this.#scan(this.x, this.withLogs && this.w === undefined ? "scanLogs" : "scan"));
  }

  /** Sum of the weights: the number of rows where there are none. */
  get weight(): number {
    return this.keep("weight", () => (this.w === undefined ? this.rows : this.#scan(this.w, "scan").sum));
  }

  /** Totals of a kernel over all rows: the weighted sums of log factor, s0, s1, … */
  totals(kernel: string, constants: Constants): Float64Array {
    this.passes++;
    const name = this.w === undefined ? kernel : `${kernel}Weighted`;
    const run = this.engine.kernels[name];
    if (!run) throw new Error(`The wasm module exports no "${name}"; run "npm run build".`);
    const { arena } = this.engine;
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
    const { arena } = this.engine;
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
    return this.keep("thin", () => new Sample(this.engine, gather(this.x), this.w === undefined ? undefined : gather(this.w), TILE_ROWS));
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
    return this.keep("counts", () => countsOf(this));
  }

  /** Lower and upper median: the smallest values below which, itself included, lies at least, and more than, half of the weight. */
  get median(): readonly [number, number] {
    return this.keep("median", () => medianOf(this));
  }

  get #tiles(): number {
    return Math.ceil(this.rows / TILE_ROWS);
  }

  #scan(address: number, kernel: "scan" | "scanLogs"): Extent {
    if (address === this.x) this.passes++;
    const { arena, kernels } = this.engine;
    return arena.scope(() => {
      const out = arena.reserve(this.#tiles * 2 * TOTALS);
      kernels[kernel]!(address, this.rows, out);
      const row = arena.view(out, this.#tiles * 2 * TOTALS);
      let min = Number.POSITIVE_INFINITY;
      let max = Number.NEGATIVE_INFINITY;
      for (let tile = 0; tile < row.length; tile += 2 * TOTALS) {
        min = Math.min(min, row[tile + 2]!);
        max = Math.max(max, row[tile + 3]!);
      }
      const totals = addTiles(row);
      // A product of subnormal factors is not what the kernel takes it for.
      const logs = kernel === "scanLogs" && min >= SMALLEST_NORMAL ? totals[2] : undefined;
      return { sum: totals[0]!, min, max, logs };
    });
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
