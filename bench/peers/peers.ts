import { parseArgs } from "node:util";
import { fit } from "loglik";
import { write } from "../results.ts";
import { GOAL_ROWS, memoryVerdicts, rankingVerdicts, ratioVerdicts } from "./goals.ts";
import { type Contestant, match, type Row } from "./match.ts";
import { type RankingTimes, ranking } from "./ranking.ts";
import { javascript, peers } from "./roster.ts";
import { families, named, sampleFile } from "./samples.ts";
import { optimum, printRanking, printRows, printVerdicts } from "./tables.ts";

// The engine against what else fits distributions. `npm run bench:peers` runs the peers that are installed, each in a process of its own,
// and names the others; it compares the optima, prints ratios and peak memory, and writes bench/results/peers.json.
//   -- --quick              one fit each of 10⁴ rows: do all reach the same optimum?
//   -- --only gamma         one family; fitBest: only the ranking
//   -- --sizes 1e4,1e6      other sizes than 10⁴, 10⁶ and 10⁷
//   -- --limit 60           seconds after which a peer is stopped
//   -- --rankingLimit 40    the same for SciPy's fits of the families that fitBest ranks
// With --only or --sizes no peers.json is written; the ranking writes ranking.json. It ends with an error if a peer has found a higher likelihood than the engine.

/** The ranking's name among the families. */
const RANKING = "fitBest";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    sizes: { type: "string" },
    limit: { type: "string", default: "60" },
    rankingLimit: { type: "string", default: "40" },
  },
});
const sizes = values.sizes?.split(",").map(Number) ?? (values.quick ? [1e4] : [1e4, 1e6, 1e7]);
const chosen = families.filter((name) => values.only === undefined || name === values.only);
const effort = { seconds: values.quick ? 0 : 2, limit: Number(values.limit) };
if (chosen.length === 0 && values.only !== RANKING) throw new RangeError(`--only ${values.only}: one of ${families.join(", ")} is needed.`);
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
      const x = sample.x.subarray(0, n);
      const logLikAt = async (estimates: readonly number[]) => (await fit(family, x, { fixed: named(family, estimates) })).logLik;
      const bout = { family, n, file: sample.file, engine: javascript("engine"), logLikAt };
      const found = await match(bout, contestants, effort, rows);
      rows.push(...found);
      const missing = found.filter((row) => row.peer !== "loglik" && !row.optimum?.same);
      console.log(
        `${family}, n = ${n}: ${missing.map((row) => `${row.peer}: ${optimum(row)}`).join("; ") || "all reach the same optimum"}`,
      );
    } catch (error) {
      failures.push((error as Error).message);
    }
  }
  await sample.remove();
}

const scipy = contestants.find(({ peer }) => peer.name.startsWith("SciPy"));
if (scipy && (values.only === undefined || values.only === RANKING)) {
  const n = values.quick ? 1e4 : GOAL_ROWS;
  const sample = await sampleFile("weibull", n);
  try {
    best = await ranking(n, sample, scipy, { ...effort, limit: Number(values.rankingLimit) });
    printRanking(best, values.quick);
  } catch (error) {
    failures.push((error as Error).message);
  }
  await sample.remove();
}

if (!values.quick) {
  if (rows.length > 0) printRows(rows);
  printVerdicts([...ratioVerdicts(rows), ...rankingVerdicts(best), ...memoryVerdicts(rows)]);
  const limitSeconds = Number(values.rankingLimit);
  if (best) await write("ranking", { version: scipy!.installed.version, limitSeconds, ...best });
  if (values.only === undefined && values.sizes === undefined) {
    const versions = Object.fromEntries(contestants.map(({ peer, installed }) => [peer.name, installed.version]));
    await write("peers", { versions, limitSeconds: effort.limit, rows });
  }
}
for (const message of failures) console.error(message);
if (failures.length > 0) process.exitCode = 1;
