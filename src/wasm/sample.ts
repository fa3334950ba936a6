import { CONSTANTS, TILE_ROWS } from "../../assembly/layout.ts";
import { type Counts, countsOf } from "./counts.ts";
import type { Engine } from "./engine.ts";
import { medianOf } from "./median.ts";
import { eachTile, Totals } from "./tiles.ts";

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

/** What the first look at a column sums: its values alone; the extremes too; the logarithms too, for columns that should be positive. */
export type Look = "plainSum" | "scan" | "scanLogs";

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
    readonly look: Look = "scan",
    /** Constants of a family that come one per row. */
    readonly columns: ReadonlyMap<string, Float64Array> = new Map(),
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
    return this.keep("extent", () => this.#scan(this.look === "scanLogs" && this.w === undefined ? "scanLogs" : "scan"));
  }

  /** Sum of the values; the extremes are not looked for. */
  get sum(): number {
    return this.keep("sum", () => (this.look === "plainSum" ? this.#plainSum(this.x) : this.extent.sum));
  }

  /** Whether all values are finite. A finite column may sum to infinity; only its extremes tell. */
  get finite(): boolean {
    if (Number.isFinite(this.sum)) return true;
    const { sum, min, max } = this.extent;
    return !Number.isNaN(sum) && Number.isFinite(min) && Number.isFinite(max);
  }

  /** Sum of the weights: the number of rows where there are none. */
  get weight(): number {
    return this.keep("weight", () => (this.w === undefined ? this.rows : this.#plainSum(this.w)));
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
      arena.view(theta, CONSTANTS).set([unit, center, location, 1 / scale, shape, 1 / shape]);
      const totals = new Totals();
      const call = (first: number, count: number, out: number) =>
        this.w === undefined ? run(theta, this.x + 8 * first, count, out) : run(theta, this.x + 8 * first, this.w + 8 * first, count, out);
      eachTile(arena, this.rows, call, totals.add);
      return totals.sums;
    });
  }

  /** A tile of rows, or half a tile with weights, evenly spaced: for starting values. The column itself where it is not much longer. */
  thin(): Sample {
    if (this.rows <= 4 * TILE_ROWS) return this;
    const { arena } = this.engine;
    const size = this.w === undefined ? TILE_ROWS : TILE_ROWS / 2;
    const gather = (from: number): number => {
      const to = arena.reserve(size);
      const target = arena.view(to, size);
      const source = arena.view(from, this.rows);
      const groups = size / GROUP;
      for (let g = 0; g < groups; g++) {
        const at = Math.floor((g * (this.rows - GROUP)) / (groups - 1));
        target.set(source.subarray(at, at + GROUP), g * GROUP);
      }
      return to;
    };
    return this.keep("thin", () => new Sample(this.engine, gather(this.x), this.w === undefined ? undefined : gather(this.w), size));
  }

  /** Some rows, evenly spaced. */
  few(count: number): Sample {
    const pick = (column: Float64Array) =>
      Float64Array.from({ length: count }, (_, i) => column[Math.floor(((i + 0.5) * this.rows) / count)]!);
    const put = (column: Float64Array) => this.engine.arena.put(pick(column));
    const columns = new Map([...this.columns].map(([name, column]) => [name, pick(column)]));
    return new Sample(this.engine, put(this.values), this.weights && put(this.weights), count, this.look, columns);
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

  /** Sum of e^(x - center). */
  expSum(center: number): number {
    return this.#lookAt(this.x, (x, count, out) => this.engine.kernels.expSum!(x, count, center, out))[0]!;
  }

  #scan(kernel: "scan" | "scanLogs"): Extent {
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    const run = this.engine.kernels[kernel]!;
    const totals = this.#lookAt(this.x, run, (row) => {
      min = Math.min(min, row[2]!);
      max = Math.max(max, row[3]!);
    });
    // A product of subnormal factors is not what the kernel takes it for.
    const logs = kernel === "scanLogs" && min >= SMALLEST_NORMAL ? totals[2] : undefined;
    return { sum: totals[0]!, min, max, logs };
  }

  #plainSum(address: number): number {
    return this.#lookAt(address, this.engine.kernels.plainSum!)[0]!;
  }

  /** A pass of a kernel that takes no constants; `each` sees every tile's row. */
  #lookAt(address: number, run: (x: number, count: number, out: number) => unknown, each?: (row: Float64Array) => void): Float64Array {
    if (address === this.x) this.passes++;
    const totals = new Totals();
    eachTile(
      this.engine.arena,
      this.rows,
      (first, count, out) => run(address + 8 * first, count, out),
      (row) => {
        each?.(row);
        totals.add(row);
      },
    );
    return totals.sums;
  }
}

/** The same number in [0, 1) for the same i: an additive sequence by the golden ratio (Knuth, TAOCP 3, 6.4), scrambled. */
function jitter(i: number): number {
  return (Math.imul(Math.imul(i + 1, 0x9e3779b1) ^ (i << 7), 0x85ebca6b) >>> 0) / 2 ** 32;
}
