import { readFile } from "node:fs/promises";
import { compiled, Opponent } from "../native/opponent.ts";
import { ROOT } from "../results.ts";

const PAGE = 65536;
const TILE = 65536;

/** Gigaflops that X'WX of so many rows and columns reaches, and what additions and multiplications of pairs reach on this machine. */
export interface ProductsSpeed {
  readonly gigaflops: number;
  readonly ofPairs: number | undefined;
}

/** X'WX by the kernel alone, in turns with the machine's peak; each flop of the lower triangle counts. */
export async function productsSpeed(rows: number, p: number, rounds: number): Promise<ProductsSpeed> {
  const table = 2 * PAGE;
  const out = table + 8 * p;
  const totals = 1 + p + (p * (p + 1)) / 2;
  const columns = Math.ceil((out + 16 * totals) / 64) * 64;
  const bytes = 8 * rows;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((columns + bytes * (p + 2)) / PAGE), maximum: 65536 });
  const { instance } = await WebAssembly.instantiate(await readFile(new URL("dist/loglik.wasm", ROOT)), { env: { memory } });
  const { designSums } = instance.exports as { designSums: (...numbers: number[]) => void };
  const entries = new Uint32Array(memory.buffer, table, 2 * p);
  for (let j = 0; j < p; j++) entries.set([columns + j * bytes, 8], 2 * j);
  const values = new Float64Array(memory.buffer, columns, rows * (p + 2));
  for (let i = 0; i < values.length; i++) values[i] = ((i * 2654435761) % 1000) / 1000;
  const w = columns + p * bytes;
  const u = w + bytes;
  const pass = () => {
    for (let first = 0; first < rows; first += TILE) {
      designSums(table, p, 0, 0, u + 8 * first, w + 8 * first, first, Math.min(TILE, rows - first), out, 0);
    }
  };
  pass();
  const built = compiled();
  const opponent = built && new Opponent(built);
  let best = 0;
  let share = 0;
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage();
    pass();
    const { user, system } = process.cpuUsage(start);
    const gigaflops = (p * (p + 1) * rows) / (user + system) / 1e3;
    best = Math.max(best, gigaflops);
    if (opponent) share = Math.max(share, gigaflops / Math.max(...(await opponent.peak(3)).pairs));
  }
  opponent?.close();
  return { gigaflops: best, ofPairs: opponent && share };
}
