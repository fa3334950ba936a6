// npm run ulp: the largest error of every lane, over a million points a range and on both builds; fails where the table is exceeded.
// `--only lgamma` measures one; `--points n`; `--write` puts the table into docs/accuracy.md.

import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { disorderIn, type Worst, worstIn } from "../test/lanes/measure.ts";
import { lanesOf } from "../test/lanes/module.ts";
import { errorOf, type LaneRow, preciseOf, type Range, referencesOf, table } from "../test/lanes/table.ts";

const DOC = "docs/accuracy.md";

const { values } = parseArgs({
  options: { only: { type: "string" }, points: { type: "string", default: "1000000" }, write: { type: "boolean", default: false } },
});
const builds = await Promise.all((["release", "debug"] as const).map(lanesOf));
const chosen = table.filter((row) => values.only === undefined || row.function === values.only);
const lines = ["| function | arguments | unit | largest error | allowed | at | order kept |", "|---|---|---|---|---|---|---|"];
const failures: string[] = [];
console.log(lines.join("\n"));
for (const lane of chosen) {
  const exact = await preciseOf(lane);
  const unit = lane.unit ?? "ulp";
  report(lane, "40-digit references", unit, ofReferences(lane), lane.goal, "");
  for (const range of lane.ranges) {
    const worst = worstIn(lane, range, exact, builds, Number(values.points), 5);
    report(lane, show(range), unit, worst, range.ulp, order(lane, range));
  }
}
if (values.write) {
  const text = await readFile(DOC, "utf8");
  await writeFile(DOC, `${text.slice(0, text.indexOf(lines[0]!))}${lines.join("\n")}\n`);
}
console.log(failures.length > 0 ? `\n${failures.join("\n")}` : `\n${chosen.length} functions within what they promise`);
process.exitCode = failures.length > 0 ? 1 : 0;

function report(lane: LaneRow, where: string, unit: string, { ulp, x }: Worst, allowed: number, kept: string): void {
  const line = `| ${lane.function} | ${where} | ${unit} | ${ulp.toFixed(2)} | ${allowed} | ${x.join(", ")} | ${kept} |`;
  lines.push(line);
  console.log(line);
  if (!(ulp <= allowed)) failures.push(`${lane.function} on ${where}: ${ulp} where ${allowed} is allowed, at ${x}`);
}

function ofReferences(lane: LaneRow): Worst {
  const rows = referencesOf(lane);
  const error = errorOf(lane);
  const found = builds[0]!(lane.function, ...rows[0]!.x.map((_, i) => rows.map(({ x }) => x[i]!)));
  let worst: Worst = { ulp: 0, x: [] };
  rows.forEach(({ x, exact }, row) => {
    const ulp = error(found[row]!, exact);
    if (!(ulp <= worst.ulp)) worst = { ulp, x };
  });
  return worst;
}

function order(lane: LaneRow, range: Range): string {
  if (!range.monotone) return "";
  const disorder = disorderIn(lane, range, builds[0]!, Number(values.points), 6);
  if (disorder) failures.push(`${lane.function} on ${show(range)} loses its order: ${disorder}`);
  return disorder ? "no" : range.apart ? `${range.apart} ulp apart` : "neighbours";
}

function show({ of }: Range): string {
  return of.map(([low, high]) => `[${low}, ${high}]`).join(" × ");
}
