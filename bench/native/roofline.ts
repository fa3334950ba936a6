import { median } from "../measure.ts";
import { table } from "../report.ts";
import { writeMeasured } from "../results.ts";
import { kernelCases } from "./kernels.ts";
import { compiled, Opponent } from "./opponent.ts";
import { turns } from "./turns.ts";

// `npm run bench:roofline`: bytes and floating-point operations a second that the kernels reach, against what the machine can do at most on
// one thread: memcpy (16 bytes a double), fused multiply-adds over full vectors, and additions and multiplications of pairs (f64x2).

const built = compiled();
if (!built) console.log("No C compiler is installed (gcc, clang, cc): the machine's peaks cannot be measured.");
else {
  const opponent = new Opponent(built);
  const { fused, pairs } = await opponent.peak(9);
  opponent.close();
  const peak = { fused: median(fused), pairs: median(pairs) };
  const rows = [];
  const print = table(["kernel", "rows", "GB/s", "of copy", "Gflop/s", "of f64x2", "of FMA"]);
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
        gigabytes: rounded(bytes / nanosecondsPerRow.wasm),
        ofCopy: rounded(bytes / nanosecondsPerRow.wasm / copy),
        gigaflops: rounded(flops / nanosecondsPerRow.wasm),
        ofPairs: rounded(flops / nanosecondsPerRow.wasm / peak.pairs),
        ofFused: rounded(flops / nanosecondsPerRow.wasm / peak.fused),
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
  await writeMeasured("roofline", { peaks: { fused: rounded(peak.fused), pairs: rounded(peak.pairs) }, rows });
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
