import { RESAMPLED_ROWS } from "../../assembly/layout.ts";
import { bytesOf, copyingEngine, type Engine } from "./engine.ts";

/** Rows of a segment: its columns are made once and every replicate takes from them. */
export const SEGMENT_ROWS = 256 * RESAMPLED_ROWS;

/** Replicates of a call of the kernel: on a segment 10 ms, so that the caller gets a turn often. */
const GROUP = 64;

/** The halves of a seed's bits. */
function words(seed: number): [high: number, low: number] {
  const [low, high] = new Int32Array(Float64Array.of(seed + 0).buffer);
  return [high!, low!];
}

/** Poisson(1) weights of `rows` rows in one replicate: those with which `resampledSums` sums. */
export function resampledWeights(seed: number, replicate: number, rows: number): Float64Array {
  const engine = copyingEngine(bytesOf(RESAMPLED_ROWS));
  const weights = new Float64Array(rows);
  engine.arena.scope(() => {
    const at = engine.arena.reserve(RESAMPLED_ROWS);
    for (let first = 0; first < rows; first += RESAMPLED_ROWS) {
      const count = Math.min(RESAMPLED_ROWS, rows - first);
      engine.kernels.resampledWeights!(...words(seed), replicate, first / RESAMPLED_ROWS, count, at);
      weights.set(engine.arena.view(at, count), first);
    }
  });
  return weights;
}

/** Weighted sums of columns in many replicates, segment by segment. */
export class ResampledSums {
  /** By replicate: the sum of the weights, then of each column, pairs of high and low. */
  readonly #totals: Float64Array;
  readonly #width: number;

  constructor(
    readonly seed: number,
    readonly replicates: number,
    readonly columns: number,
  ) {
    this.#width = 2 * (columns + 1);
    this.#totals = new Float64Array(replicates * this.#width);
  }

  /**
   * Adds the rows of a segment, whose first is number `first`, a multiple of SEGMENT_ROWS; `turn` runs between the kernel's calls and
   * hears how many replicates have it.
   */
  async add(first: number, columns: readonly Float64Array[], turn: (replicates: number) => Promise<void>): Promise<void> {
    const rows = columns[0]?.length ?? 0;
    const padded = RESAMPLED_ROWS * Math.ceil(rows / RESAMPLED_ROWS);
    const engine = copyingEngine(bytesOf(padded * columns.length) + bytesOf(GROUP * this.#width));
    await engine.exclusive(async () => {
      const at = engine.arena.reserve(padded * columns.length);
      columns.forEach((column, k) => {
        const view = engine.arena.view(at + 8 * padded * k, padded);
        view.set(column);
        view.fill(0, rows);
      });
      const out = engine.arena.reserve(GROUP * this.#width);
      for (let b = 0; b < this.replicates; b += GROUP) {
        this.#run(engine, { block: first / RESAMPLED_ROWS, at, stride: 8 * padded, rows, out, b });
        await turn(Math.min(b + GROUP, this.replicates));
      }
    });
  }

  #run(engine: Engine, call: { block: number; at: number; stride: number; rows: number; out: number; b: number }): void {
    const { block, at, stride, rows, out, b } = call;
    const count = Math.min(GROUP, this.replicates - b);
    const totals = this.#totals.subarray(b * this.#width, (b + count) * this.#width);
    engine.arena.view(out, totals.length).set(totals);
    engine.kernels.resample!(...words(this.seed), b, count, block, at, stride, this.columns, rows, out);
    totals.set(engine.arena.view(out, totals.length));
  }

  /** Sum of the weights in a replicate, then the weighted sum of each column. */
  of(replicate: number): number[] {
    const at = replicate * this.#width;
    return Array.from({ length: this.columns + 1 }, (_, k) => this.#totals[at + 2 * k]! + this.#totals[at + 2 * k + 1]!);
  }
}
