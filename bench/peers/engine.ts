import { allocate, type Fit, fit, fitBest, type Ranking } from "loglik";
import { question, readInto, serve } from "./childSide.ts";
import type { RankedFit, WasmMemory } from "./protocol.ts";

// The engine as a peer: the column is filled in its memory before the clock starts, as the other peers hold theirs.
// "fitBest:<family>,<family>" as a family stands for the ranking of these.

const { family, file } = question();
const load = (n: number) => readInto(allocate(n), file);

const [best, list] = family.split(":");
if (best === "fitBest") {
  const families = list!.split(",");
  await serve(
    load,
    (x) => fitBest(x, { families }),
    () => [],
    "own iteration",
    async (found, x) => ({ fits: await eachAlone(found, x) }),
  );
} else {
  await serve(
    load,
    (x) => fit(family, x),
    estimates,
    "own iteration",
    (found, x) => ({
      status: found.status,
      logLik: found.logLik,
      standardErrors: found.parameters.map((name) => found.standardErrors[name]!),
      wasm: wasmOf(x),
    }),
  );
}

async function eachAlone({ ranking }: Ranking, x: Float64Array): Promise<RankedFit[]> {
  const fits: RankedFit[] = [];
  for (const { distribution, status, logLik } of ranking) {
    const start = performance.now();
    await fitBest(x, { families: [distribution] });
    fits.push({ family: distribution, status, logLik, ms: performance.now() - start });
  }
  return fits;
}

function estimates(found: Fit): number[] {
  return found.parameters.map((name) => found.estimates[name]!);
}

/** A new memory is zero: a page that is not has been written to. A short column shares its memory, whose rest is other columns' room. */
function wasmOf(column: Float64Array): WasmMemory {
  const page = 4096 / 8;
  const all = new Float64Array(column.buffer);
  const first = column.byteOffset / 8;
  let used = 0;
  for (let at = 0; at < all.length; at += page) {
    if (at >= first && at + page <= first + column.length) continue;
    if (all.subarray(at, at + page).some((value, i) => !Object.is(value, 0) && outside(at + i, first, column.length))) used++;
  }
  return { reservedBytes: column.buffer.byteLength - column.byteLength, usedBytes: 4096 * used };
}

function outside(at: number, first: number, length: number): boolean {
  return at < first || at >= first + length;
}
