import { readFile } from "node:fs/promises";
import { ROOT } from "../results.ts";
import type { KernelCase } from "./kernels.ts";

const PAGE = 65536;
/** As the engine places things: constants and tiles' rows above the static data, then the column. */
const THETA = 2 * PAGE;
const OUT = THETA + 64;
const TILE = 65536;
const TOTALS = 12;

type Export = (...numbers: number[]) => number;

/** Wasm kernels by their exports, without an estimator around them, on a column in the module's memory. */
export class WasmSide {
  readonly #exports: Record<string, Export>;
  readonly #memory: WebAssembly.Memory;
  readonly #x: number;
  readonly #rows: number;

  /** The package's module, with the column copied in. */
  static async of(column: Float64Array): Promise<WasmSide> {
    const x = Math.ceil((OUT + 16 * TOTALS * Math.ceil(column.length / TILE)) / PAGE) * PAGE;
    const memory = new WebAssembly.Memory({ initial: Math.ceil((x + 8 * column.length) / PAGE), maximum: 65536 });
    const { instance } = await WebAssembly.instantiate(await readFile(new URL("dist/loglik.wasm", ROOT)), { env: { memory } });
    const side = new WasmSide(instance.exports as Record<string, Export>, memory, x, column.length);
    side.copy(column);
    return side;
  }

  private constructor(exports: Record<string, Export>, memory: WebAssembly.Memory, x: number, rows: number) {
    this.#exports = exports;
    this.#memory = memory;
    this.#x = x;
    this.#rows = rows;
  }

  /** Copies a column in, as a fit does. */
  copy(column: Float64Array): void {
    new Float64Array(this.#memory.buffer, this.#x, this.#rows).set(column);
  }

  /** A call of the kernel over all rows. */
  call({ constants, run }: KernelCase): () => number {
    const at = { x: this.#x, n: this.#rows, theta: THETA, out: OUT };
    new Float64Array(this.#memory.buffer, THETA, constants.length).set(constants);
    return () => run(this.#exports, at);
  }

  /** The sums of a call, to compare with those of C. */
  sums(each: KernelCase): number[] {
    this.call(each)();
    const rows = new Float64Array(this.#memory.buffer, OUT, 2 * TOTALS * Math.ceil(this.#rows / TILE));
    return Array.from({ length: each.sums }, (_, i) => {
      let total = 0;
      for (let tile = 0; tile < rows.length; tile += 2 * TOTALS) total += rows[tile + 2 * (each.first + i)]!;
      return total;
    });
  }
}
