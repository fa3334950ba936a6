import { parseArgs } from "node:util";
import { grid } from "../report.ts";
import { NODE, write } from "../results.ts";
import { compiled } from "./opponent.ts";
import { type NativeRow, turns } from "./turns.ts";

// The kernels against C that this machine's compiler vectorises, in turn on the same column. `npm run bench:native` verifies, times, prints
// ratios and writes bench/results/native-<node major>.json; `npm run bench:native -- --quick` verifies and times 2^16 rows, and writes nothing.

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const built = compiled();
if (!built) console.log("No C compiler is installed (gcc, clang, cc): nothing to compare with.");
else {
  const rows: NativeRow[] = [];
  for (const n of values.quick ? [2 ** 16] : [2 ** 20, 2 ** 24]) for await (const row of turns(built, n)) rows.push(row);
  const print = grid(["kernel", "rows", "wasm : C", "goal", "", "wasm ns a row", "C ns a row"]);
  for (const { kernel, n, ratio, goal, nanosecondsPerRow: time } of rows) {
    print.push([kernel, `2^${Math.log2(n)}`, ratio, goal, ratio <= goal ? "" : "missed", time.wasm, time.native]);
  }
  console.log(`${built.compiler}, ${built.flags}\n${print}`);
  if (!values.quick) await write(`native-${NODE}`, { compiler: built.compiler, flags: built.flags, rows });
}
