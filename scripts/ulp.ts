// npm run ulp: the largest error of every lane, over a million points a function (fewer where a range says so) and on
// both builds; fails where the table is exceeded.
// `-- --only lgamma` measures one; `-- --points 10000` fewer points; `-- --write` puts the table into docs/accuracy.md.

import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { disorderIn, type Worst, worstIn } from "../test/lanes/measure.ts";
import { lanesOf } from "../test/lanes/module.ts";
import { errorOf, type LaneRow, preciseOf, type Range, referencesOf, table } from "../test/lanes/table.ts";

const DOC = "docs/accuracy.md";
const HEAD = "| function | arguments | unit | largest error | allowed | at | order kept |\n|---|---|---|---|---|---|---|";

/** What is said of one lane. */
interface Measured {
  readonly lines: readonly string[];
  readonly failures: readonly string[];
}

if (isMainThread) await main();
else {
  const { names, points } = workerData as { names: readonly string[]; points: number };
  for (const name of names) parentPort!.postMessage({ name, ...(await measure(table.find((row) => row.function === name)!, points)) });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: "string" }, points: { type: "string", default: "1000000" }, write: { type: "boolean", default: false } },
  });
  const names = table.map((row) => row.function).filter((name) => values.only === undefined || name === values.only);
  const found = new Map<string, Measured>();
  const threads = Math.min(availableParallelism(), names.length);
  await Promise.all(
    Array.from({ length: threads }, (_, thread) => {
      const share = names.filter((_, i) => i % threads === thread);
      return finished(share, Number(values.points), (name, measured) => {
        found.set(name, measured);
        console.log(measured.lines.join("\n"));
      });
    }),
  );
  const all = names.map((name) => found.get(name)!);
  const failures = all.flatMap((measured) => measured.failures);
  if (values.write) {
    const text = await readFile(DOC, "utf8");
    await writeFile(DOC, `${text.slice(0, text.indexOf(HEAD))}${HEAD}\n${all.flatMap(({ lines }) => lines).join("\n")}\n`);
  }
  console.log(failures.length > 0 ? `\n${failures.join("\n")}` : `\n${names.length} functions within what they promise`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

/** Measures lanes in a thread of their own. */
function finished(names: readonly string[], points: number, tell: (name: string, measured: Measured) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    // tsx is not inherited by workers in every Node: the thread registers it itself.
    const worker = new Worker(
      `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(import.meta.url)}); });`,
      {
        eval: true,
        workerData: { names, points },
      },
    );
    worker.on("message", ({ name, ...measured }) => tell(name, measured));
    worker.on("error", reject);
    worker.on("exit", () => resolve());
  });
}

async function measure(lane: LaneRow, points: number): Promise<Measured> {
  const exact = await preciseOf(lane);
  const builds = await Promise.all((["release", "debug"] as const).map(lanesOf));
  const lines: string[] = [];
  const failures: string[] = [];
  const report = (where: string, { ulp, x }: Worst, allowed: number, kept: string) => {
    lines.push(`| ${lane.function} | ${where} | ${lane.unit ?? "ulp"} | ${ulp.toFixed(2)} | ${allowed} | ${x.join(", ")} | ${kept} |`);
    if (!(ulp <= allowed)) failures.push(`${lane.function} on ${where}: ${ulp} where ${allowed} is allowed, at ${x}`);
  };
  report("40-digit references", ofReferences(lane, builds[0]!), lane.goal, "");
  const each = Math.ceil(points / lane.ranges.length);
  for (const range of lane.ranges) {
    const worst = worstIn(lane, range, exact, builds, Math.min(each, range.points ?? each), 5);
    const disorder = range.monotone ? disorderIn(lane, range, builds[0]!, Math.min(points, range.points ?? points), 6) : undefined;
    if (disorder) failures.push(`${lane.function} on ${show(range)} loses its order: ${disorder}`);
    report(show(range), worst, range.ulp, !range.monotone ? "" : disorder ? "no" : range.apart ? `${range.apart} ulp apart` : "neighbours");
  }
  return { lines, failures };
}

function ofReferences(lane: LaneRow, run: Awaited<ReturnType<typeof lanesOf>>): Worst {
  const rows = referencesOf(lane);
  const error = errorOf(lane);
  const found = run(lane.function, ...rows[0]!.x.map((_, i) => rows.map(({ x }) => x[i]!)));
  let worst: Worst = { ulp: 0, x: [] };
  rows.forEach(({ x, exact }, row) => {
    const ulp = error(found[row]!, exact);
    if (!(ulp <= worst.ulp)) worst = { ulp, x };
  });
  return worst;
}

function show({ of }: Range): string {
  return of.map(([low, high]) => `[${low}, ${high}]`).join(" × ");
}
