import { parseArgs } from "node:util";
import { cases, sizesOf } from "./cases.ts";
import { engineSide } from "./engineSide.ts";
import { Isolate } from "./isolate.ts";
import { effort, timed } from "./measure.ts";
import { printTables } from "./report.ts";
import { type Row, rowOf, writeResults } from "./results.ts";
import { verified } from "./verify.ts";

// Large-n fitting, the engine against pure-JavaScript reduction. `npm run bench` verifies, times, prints ratios and writes
// bench/results/<node major>.json; `npm run bench -- --quick` verifies only. What runs is bundled into build/bench/ and imports the
// package by its name: the release build in dist/. Any Node can run it: `node-26 build/bench/bench.js`.

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false }, only: { type: "string" } } });
const chosen = cases.filter(({ name }) => values.only === undefined || name === values.only);
const rows: Row[] = [];
const plain = new Isolate(values.quick);
const sides = [plain, engineSide(values.quick)];

for (const each of chosen) {
  const sizes = sizesOf(each, values.quick);
  for (const n of sizes) {
    const found = await verified(sides, each.name, n);
    if (!values.quick) rows.push(rowOf(each, n, found, await timed(sides, each.name, n, effort(n))));
  }
  console.error(values.quick ? `${each.name}: ${sizes.length} sizes agree` : `${each.name}: verified and timed`);
}
await plain.close();

if (!values.quick) {
  printTables(rows);
  if (values.only === undefined) await writeResults(rows);
}
