import { median } from "../measure.ts";
import { grid } from "../report.ts";
import { NODE, significant, write } from "../results.ts";
import { kernelCases } from "./kernels.ts";
import { compiled, Opponent } from "./opponent.ts";
import { turns } from "./turns.ts";

/** What a kernel reaches, and the share of the peaks that this is. */
export interface RooflineRow {
  readonly kernel: string;
  readonly n: number;
  readonly gigabytes: number;
  readonly ofCopy: number;
  readonly gigaflops: number;
  readonly ofPairs: number;
  readonly ofFused: number;
}

// `npm run bench:roofline`: bytes and floating-point operations a second that the kernels reach, against what the machine can do at most on
// one thread: memcpy (16 bytes a double), fused multiply-adds over full vectors, and additions and multiplications of pairs (f64x2).

const built = compiled();
if (!built) console.log("No C compiler is installed (gcc, clang, cc): the machine's peaks cannot be measured.");
else {
  const opponent = new Opponent(built);
  const { fused, pairs } = await opponent.peak(9);
  opponent.close();
  const peak = { fused: median(fused), pairs: median(pairs) };
  const rows: RooflineRow[] = [];
  const print = grid(["kernel", "rows", "GB/s", "of copy", "Gflop/s", "of f64x2", "of FMA"]);
  for (const n of [2 ** 20, 2 ** 24]) {
    const measured = [];
    for await (const row of turns(built, n)) measured.push(row);
    const copy = 16 / measured.find(({ kernel }) => kernel === "copy")!.nanosecondsPerRow.native;
    for (const { kernel, nanosecondsPerRow } of measured) {
      const flops = kernelCases.find(({ name }) => name === kernel)?.flops ?? 0;
      const bytes = kernel === "copy" ? 16 : 8;
      const row = {
        kernel,
        n,
        gigabytes: significant(bytes / nanosecondsPerRow.wasm),
        ofCopy: significant(bytes / nanosecondsPerRow.wasm / copy),
        gigaflops: significant(flops / nanosecondsPerRow.wasm),
        ofPairs: significant(flops / nanosecondsPerRow.wasm / peak.pairs),
        ofFused: significant(flops / nanosecondsPerRow.wasm / peak.fused),
      };
      rows.push(row);
      print.push([
        kernel,
        `2^${Math.log2(n)}`,
        row.gigabytes,
        percent(row.ofCopy),
        row.gigaflops,
        percent(row.ofPairs),
        percent(row.ofFused),
      ]);
    }
  }
  console.log(`peaks: ${peak.fused.toFixed(1)} Gflop/s fused over full vectors, ${peak.pairs.toFixed(1)} of pairs\n${print}`);
  await write(`roofline-${NODE}`, { peaks: { fused: significant(peak.fused), pairs: significant(peak.pairs) }, rows });
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
