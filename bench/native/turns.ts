import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { distribution } from "loglik";
import { median } from "../measure.ts";
import { type KernelCase, kernelCases } from "./kernels.ts";
import { type Built, Opponent } from "./opponent.ts";
import { WasmSide } from "./wasmSide.ts";

/** One kernel at one size, in both. */
export interface NativeRow {
  readonly kernel: string;
  readonly n: number;
  /** Wasm's time over C's, the median of the rounds' ratios. */
  readonly ratio: number;
  readonly goal: number;
  readonly nanosecondsPerRow: { readonly wasm: number; readonly native: number };
}

const ROUNDS = 9;
const CALLS = 5;
/** Milliseconds. */
const WARMUP = 500;
/** Sums are taken in another order, of values that cancel in some: relative to the largest of them. */
const AGREE = 1e-9;

/**
 * Lets C and wasm compute every kernel in turn on the same column, verified before anything is timed, and yields a row each; the last is
 * the copy into wasm memory against memcpy.
 *
 * @throws Error naming kernel and sum where they differ.
 */
export async function* turns(built: Built, n: number): AsyncGenerator<NativeRow> {
  const folder = mkdtempSync(join(tmpdir(), "loglik-"));
  const opponent = new Opponent(built);
  try {
    const x = distribution("gamma", { shape: 2.5, rate: 0.8 }).random(n, { seed: 20 });
    writeFileSync(join(folder, "x"), x);
    await opponent.load(join(folder, "x"), n);
    const side = await WasmSide.of(x);
    for (const each of kernelCases) {
      verify(each, side.sums(each), (await opponent.run(each.name, 1, n, each.theta)).sums);
      const native = async () => (await opponent.run(each.name, CALLS, n, each.theta)).nanoseconds;
      yield row(each.name, each.goal, n, await rounds(side.call(each), native));
    }
    yield row(
      "copy",
      1.1,
      n,
      await rounds(
        () => side.copy(x),
        () => opponent.copy(CALLS, n),
      ),
    );
  } finally {
    opponent.close();
    rmSync(folder, { recursive: true });
  }
}

/** Medians of each round, C and wasm in turn. */
async function rounds(wasm: () => unknown, native: () => Promise<number[]>): Promise<{ wasm: number; native: number }[]> {
  const found: { wasm: number; native: number }[] = [];
  // V8 compiles what is called often better, in the background, and only turns of the event loop let it in.
  for (const end = performance.now() + WARMUP; performance.now() < end; await new Promise((resolve) => setTimeout(resolve, 1))) wasm();
  for (let round = 0; round < ROUNDS; round++) {
    const theirs = median(await native());
    const ours = Array.from({ length: CALLS }, () => {
      const began = process.hrtime.bigint();
      wasm();
      return Number(process.hrtime.bigint() - began);
    });
    found.push({ wasm: median(ours), native: theirs });
  }
  return found;
}

function row(kernel: string, goal: number, n: number, found: readonly { wasm: number; native: number }[]): NativeRow {
  const of = (pick: (round: { wasm: number; native: number }) => number) => Number(median(found.map(pick)).toPrecision(3));
  return {
    kernel,
    n,
    ratio: of(({ wasm, native }) => wasm / native),
    goal,
    nanosecondsPerRow: { wasm: of(({ wasm }) => wasm / n), native: of(({ native }) => native / n) },
  };
}

function verify({ name }: KernelCase, ours: readonly number[], theirs: readonly number[]): void {
  const size = Math.max(...ours.map(Math.abs));
  ours.forEach((sum, i) => {
    if (!(Math.abs(sum - theirs[i]!) <= AGREE * size)) throw new Error(`${name}, sum ${i}: wasm ${sum}, C ${theirs[i]}.`);
  });
}
