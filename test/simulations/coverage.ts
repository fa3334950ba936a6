// npm run test:coverage: seeded samples, and how often 95 % intervals cover the truth. Where the estimate's distribution is known (Wald and
// profile intervals of exponential, normal and poisson) the part covered must be the exact one, and elsewhere the recorded one, within
// simulation error.
//   -- --samples 2000       samples of a cell; --bca 500: those of them with a bootstrap, of --B replicates
//   -- --seed 2             other samples
//   -- --write              records test/data/coverage.json and docs/coverage.md

import { type ChildProcess, fork } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CELLS, type Cell, type Effort, exactCoverage, LEVEL, METHODS, type Method, type Tally, tally } from "./coverageCells.ts";

const WORKERS = 2;
const WORKER = "--worker";
/** Normal quantile of the 75 comparisons that are made at most: one of 2,000 runs misses by chance. */
const ERRORS = 4.5;
/** At 200 rows and more every method is this close to its level. */
const CLOSE = 0.015;
const RECORD = new URL("../data/coverage.json", import.meta.url);
const PAGE = new URL("../../docs/coverage.md", import.meta.url);

interface Found extends Cell {
  readonly tallies: Readonly<Partial<Record<Method, Tally>>>;
}

if (process.argv.includes(WORKER)) {
  process.on("message", async ({ cell, effort }: { cell: Cell; effort: Effort }) => {
    process.send!(await tally(cell, effort).catch((error) => String(error.stack)));
  });
} else await lead();

async function lead(): Promise<void> {
  const { values } = parseArgs({
    options: {
      samples: { type: "string", default: "2000" },
      bca: { type: "string", default: "500" },
      B: { type: "string", default: "500" },
      seed: { type: "string", default: "1" },
      write: { type: "boolean", default: false },
    },
  });
  const counts = { wald: Number(values.samples), profile: Number(values.samples), bca: Number(values.bca) };
  const samples = Object.fromEntries(METHODS.map((method) => [method, counts[method]]));
  const effort: Effort = { samples, B: Number(values.B), seed: Number(values.seed) };
  const found: Found[] = [];
  // Large samples take longest.
  const waiting = [...CELLS].sort((a, b) => b.n - a.n);
  await Promise.all(Array.from({ length: WORKERS }, () => drain(waiting, effort, (each) => found.push(each))));
  found.sort((a, b) => place(a) - place(b));
  const page = described(found, effort);
  console.log(page);
  if (values.write) {
    await writeFile(RECORD, `${JSON.stringify(found, undefined, 1)}\n`);
    await writeFile(PAGE, page);
  }
  const recorded: Found[] = values.write ? [] : JSON.parse(await readFile(RECORD, "utf8"));
  const misses = found.flatMap((each) => missesOf(each, recorded[place(each)]));
  for (const miss of misses) console.error(miss);
  console.log(`${found.length} cells, ${misses.length} misses`);
  process.exitCode = misses.length > 0 ? 1 : 0;
}

async function drain(waiting: Cell[], effort: Effort, take: (found: Found) => void): Promise<void> {
  const worker = fork(fileURLToPath(import.meta.url), [WORKER]);
  try {
    for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
      take({ ...cell, tallies: await ask(worker, cell, effort) });
    }
  } finally {
    worker.kill();
  }
}

function ask(worker: ChildProcess, cell: Cell, effort: Effort): Promise<Found["tallies"]> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null) => reject(new Error(`The simulation of ${cell.family} ended with code ${code}.`));
    worker.once("exit", died);
    worker.once("message", (answer: Found["tallies"] | string) => {
      worker.off("exit", died);
      if (typeof answer === "string") reject(new Error(answer));
      else resolve(answer);
    });
    worker.send({ cell, effort });
  });
}

function missesOf(each: Found, recorded: Found | undefined): string[] {
  return (Object.keys(each.tallies) as Method[]).flatMap((method) => {
    const { part, samples } = covered(each.tallies[method]!);
    const exact = exactCoverage(each, method);
    const before = recorded?.tallies[method] && covered(recorded.tallies[method]);
    const name = `${each.family} ${each.parameter}, n = ${each.n}, ${method}: ${percent(part)} of ${samples} cover`;
    const misses: string[] = [];
    const compare = (expected: number, error: number, what: string) => {
      if (!(Math.abs(part - expected) <= error)) misses.push(`${name}, for ${percent(expected)} ${what}`);
    };
    const spread = (p: number) => ERRORS * Math.sqrt(p * (1 - p));
    if (exact !== undefined) compare(exact, spread(exact) / Math.sqrt(samples), "exactly");
    else if (before) compare(before.part, spread((part + before.part) / 2) * Math.sqrt(1 / samples + 1 / before.samples), "recorded");
    if (each.n >= 200) compare(LEVEL, CLOSE + spread(LEVEL) / Math.sqrt(samples), "wanted");
    return misses;
  });
}

function covered({ below, covering, above }: Tally): { part: number; samples: number } {
  const samples = below + covering + above;
  return { part: covering / samples, samples };
}

function place({ family, n }: Cell): number {
  return CELLS.findIndex((cell) => cell.family === family && cell.n === n);
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}

function described(found: readonly Found[], { samples, B, seed }: Effort): string {
  const titles = { wald: "Wald", profile: "profile", bca: "BCa" };
  const cells = ({ tallies, ...cell }: Found) =>
    METHODS.flatMap((method) => {
      const { below, above, none } = tallies[method]!;
      const { part, samples: counted } = covered(tallies[method]!);
      const exact = exactCoverage(cell, method);
      const missing = none > 0 ? `, ${none} without` : "";
      return [
        `${percent(part)}${exact === undefined ? "" : ` (${percent(exact)})`}`,
        `${percent(below / counted)}, ${percent(above / counted)}${missing}`,
      ];
    });
  const errors = METHODS.map((method) => `${titles[method]} ±${(100 * Math.sqrt((LEVEL * (1 - LEVEL)) / samples[method]!)).toFixed(1)}`);
  const distances = METHODS.map((method) => {
    const away = found.map(({ tallies }) => Math.abs(covered(tallies[method]!).part - LEVEL));
    return `${titles[method]} ${((100 * away.reduce((sum, one) => sum + one, 0)) / away.length).toFixed(2)}`;
  });
  const table = [
    ["", "n", ...METHODS.flatMap((method) => [titles[method], "below, above"])],
    ["---", "--:", ...METHODS.flatMap(() => ["--:", "--:"])],
    ...found.map((each) => [`${each.family} ${each.parameter}`, String(each.n), ...cells(each)]),
  ];
  return `# Coverage of confidence intervals

Written by \`npm run test:coverage -- --write\`; without \`--write\` it compares other runs with this one. How often 95 % intervals cover the
truth in simulated samples, ${METHODS.map((method) => `${samples[method]} with ${titles[method]} intervals`).join(", ")}, of ${B} bootstrap replicates
each, seed ${seed}. Simulation errors in percent (one standard deviation): ${errors.join(", ")}. In parentheses what theory
gives where the estimate's distribution is known. "Below, above": intervals that lie wholly below, and above, the truth; 2.5 % of each are wanted.

Mean distance of the coverages from 95 %: ${distances.join(", ")} points.

Wald intervals are made on the unconstrained scale (the logarithm, for all of these) and mapped back.

${table.map((row) => `| ${row.join(" | ")} |`).join("\n")}
`;
}
