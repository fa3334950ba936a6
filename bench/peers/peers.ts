import { parseArgs } from "node:util";
import { write } from "../results.ts";
import { memoryVerdicts, rankingVerdict, ratioVerdicts } from "./goals.ts";
import { type Contestant, match, type Row } from "./match.ts";
import { type RankingTimes, ranking } from "./ranking.ts";
import { peers } from "./roster.ts";
import { families, sampleFile } from "./samples.ts";
import { optimum, printRows, printVerdicts } from "./tables.ts";

// The engine against what else fits distributions. `npm run bench:peers` runs the peers that are installed, each in a process of its own,
// and names the others; it compares the optima, prints ratios and peak memory, and writes bench/results/peers.json.
//   -- --quick              one fit each of 10⁴ rows: do all reach the same optimum?
//   -- --only gamma         one family
//   -- --sizes 1e4,1e6      other sizes than 10⁴, 10⁶ and 10⁷
//   -- --limit 60           seconds after which a peer is stopped
// With --only or --sizes nothing is written. It ends with an error if a peer has found a higher likelihood than the engine.

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    sizes: { type: "string" },
    limit: { type: "string", default: "60" },
  },
});
const sizes = values.sizes?.split(",").map(Number) ?? (values.quick ? [1e4] : [1e4, 1e6, 1e7]);
const chosen = families.filter((name) => values.only === undefined || name === values.only);
const effort = { seconds: values.quick ? 0 : 2, limit: Number(values.limit) };
if (chosen.length === 0) throw new RangeError(`--only ${values.only}: one of ${families.join(", ")} is needed.`);
if (!sizes.every((n) => Number.isInteger(n) && n > 1000)) throw new RangeError(`--sizes ${values.sizes}: whole numbers > 1000 are needed.`);

const contestants: Contestant[] = [];
for (const peer of peers) {
  const installed = await peer.find();
  if (installed) contestants.push({ peer, installed });
  console.log(installed ? `${peer.name} ${installed.version}` : `${peer.name}: skipped, not installed: ${peer.install}`);
}

const rows: Row[] = [];
const failures: string[] = [];
let best: RankingTimes | undefined;
for (const family of chosen) {
  const sample = await sampleFile(family, Math.max(...sizes));
  for (const n of sizes) {
    try {
      const found = await match(family, n, sample, contestants, effort, rows);
      rows.push(...found);
      const missing = found.filter((row) => row.peer !== "loglik" && !row.optimum?.same);
      console.log(
        `${family}, n = ${n}: ${missing.map((row) => `${row.peer}: ${optimum(row)}`).join("; ") || "all reach the same optimum"}`,
      );
    } catch (error) {
      failures.push((error as Error).message);
    }
    const scipy = contestants.find(({ peer }) => peer.name.startsWith("SciPy"));
    if (family === "weibull" && n === 1e6 && scipy && !values.quick) best = await ranking(n, sample, scipy, effort);
  }
  await sample.remove();
}

if (!values.quick) {
  printRows(rows);
  printVerdicts([...ratioVerdicts(rows), ...rankingVerdict(best), ...memoryVerdicts(rows)]);
  if (values.only === undefined && values.sizes === undefined) {
    const versions = Object.fromEntries(contestants.map(({ peer, installed }) => [peer.name, installed.version]));
    await write("peers", { versions, limitSeconds: effort.limit, fitBest: best, rows });
  }
}
for (const message of failures) console.error(message);
if (failures.length > 0) process.exitCode = 1;
