// build/lanes.{debug,release}.wasm: the lanes over columns.

import { readFile } from "node:fs/promises";

/** Most rows of a call. */
export const ROWS = 65_536;

const BYTES = 8 * ROWS + 64;

export type Columns = (name: string, ...x: ArrayLike<number>[]) => Float64Array;

/**
 * An instance of a build: f of columns of up to 65,536 rows.
 *
 * @throws Error if a row beside the result was written.
 */
export async function lanesOf(build: "debug" | "release"): Promise<Columns> {
  const memory = new WebAssembly.Memory({ initial: 1024, maximum: 65536 });
  const bytes = await readFile(new URL(`../../build/lanes.${build}.wasm`, import.meta.url));
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  const base = 1 << 24;
  return (name, ...x) => {
    const n = x[0]!.length;
    const at = x.map((column, i) => {
      new Float64Array(memory.buffer, base + i * BYTES, n + 2).fill(Number.NaN).set(column);
      return base + i * BYTES;
    });
    const out = base + x.length * BYTES;
    const around = new Float64Array(memory.buffer, out - 16, n + 4).fill(-7);
    (instance.exports[name] as (...numbers: number[]) => void)(...at, n, out);
    for (const i of [0, 1, n + 2, n + 3]) if (around[i] !== -7) throw new Error(`${name} of ${n} rows wrote row ${i - 2}.`);
    return around.slice(2, n + 2);
  };
}
