import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { fit } from "loglik";
import { ROOT, write } from "../results.ts";
import { GOAL_ROWS, partialVerdicts } from "./goals.ts";
import { type Contestant, match, type Row } from "./match.ts";
import { partialCases, partialRows } from "./partialCases.ts";
import { javascript, partialPeers } from "./roster.ts";
import { named } from "./samples.ts";
import { optimum, printRows, printVerdicts } from "./tables.ts";

// Censored and truncated rows: the engine before and after the function of R's that fits them. `npm run bench:partial` writes
// bench/results/partial.json and names the packages that are not installed.
//   -- --quick              one fit each of 10⁴ rows: do both reach the same optimum?
//   -- --only weibull       cases whose name holds this; nothing is written
//   -- --limit 60           seconds after which R is stopped
// It ends with an error if R has found a higher likelihood than the engine.

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false }, only: { type: "string" }, limit: { type: "string", default: "60" } },
});
const { quick, only = "" } = values;
const n = quick ? 1e4 : GOAL_ROWS;
const effort = { seconds: quick ? 0 : 2, limit: Number(values.limit) };
const chosen = partialCases.filter(({ name }) => name.includes(only));
if (chosen.length === 0)
  throw new RangeError(`--only ${only}: part of one of ${partialCases.map(({ name }) => name).join("; ")} is needed.`);

const contestants: Contestant[] = [];
for (const peer of partialPeers) {
  const installed = await peer.find();
  if (installed) contestants.push({ peer, installed });
  console.log(installed ? `${peer.name} ${installed.version}` : `${peer.name}: skipped, not installed: ${peer.install}`);
}

const rows: Row[] = [];
const failures: string[] = [];
const url = new URL("build/bench/partial.f64", ROOT);
await mkdir(new URL(".", url), { recursive: true });
for (const each of chosen) {
  const { name, family, peer } = each;
  const columns = partialRows(each, n);
  await writeFile(
    url,
    [columns.lower, columns.upper].map((column) => new Uint8Array(column.buffer, column.byteOffset, column.byteLength)),
  );
  const [x, options] = each.data(columns);
  const logLikAt = async (estimates: readonly number[]) => (await fit(family, x, { ...options, fixed: named(family, estimates) })).logLik;
  const bout = { family: name, n, file: fileURLToPath(url), engine: javascript("partialEngine"), logLikAt };
  try {
    const found = await match(
      bout,
      contestants.filter((contestant) => contestant.peer.name === peer),
      effort,
    );
    rows.push(...found);
    for (const row of found.filter((one) => one.peer !== "loglik")) {
      const apart = row.optimum?.same ? `, ${row.optimum.standardErrors.toPrecision(2)} SE off` : "";
      console.log(`${name}: ${peer}: ${optimum(row)}${apart}`);
      // Whatever R stops at is its own affair; that it says nothing is not.
      if (row.note) failures.push(`${name}: ${peer}: ${row.note}`);
    }
  } catch (error) {
    failures.push((error as Error).message);
  }
}
await rm(url);

if (!quick) {
  printRows(rows);
  printVerdicts(partialVerdicts(rows));
  const versions = Object.fromEntries(contestants.map(({ peer, installed }) => [peer.name, installed.version]));
  if (only === "") await write("partial", { versions, limitSeconds: effort.limit, rows });
}
for (const message of failures) console.error(message);
if (failures.length > 0) process.exitCode = 1;
