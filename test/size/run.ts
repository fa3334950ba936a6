// npm run test:size: what each test does where its hypothesis is true. Of 2,000 seeded samples 5 % ± 1 % may be rejected at the level of 5 %.
// Every other file of this folder exports `sizes`; `npm run test:size -- goodness` runs the files and cases whose names contain a word,
// `-- --seed 2` takes other samples.
//
// Of 2,000 samples of an exact test 5 % ± 0.49 % are rejected: one case in 25 lies outside of the bounds by chance. SEED is one where none
// does; a test that is wrong misses under every seed.

import { type ChildProcess, fork } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { LEVEL, type Size } from "./size.ts";

const SEED = 1;
const SAMPLES = 2000;
const WIDTH = 0.01;
const WORKERS = 2;
const WORKER = "--worker";
/** Samples between two messages of a worker. */
const PART = 250;

interface Part {
  readonly file: string;
  readonly index: number;
  readonly from: number;
  readonly seed: number;
}

interface Counted {
  readonly rejected: number;
  readonly missing: number;
  readonly error?: string;
}

const files = readdirSync(new URL(".", import.meta.url)).filter((name) => name.endsWith(".ts") && !["run.ts", "size.ts"].includes(name));
const sizesOf = async (file: string): Promise<readonly Size[]> => (await import(`./${file}`)).sizes;

if (process.argv.includes(WORKER)) work();
else await lead();

function work(): void {
  process.on("message", async ({ file, index, from, seed }: Part) => {
    try {
      const { pValue } = (await sizesOf(file))[index]!;
      let [rejected, missing] = [0, 0];
      for (let i = from; i < from + PART; i++) {
        const p = await pValue(seed * SAMPLES + i);
        if (Number.isNaN(p)) missing++;
        else if (p <= LEVEL) rejected++;
      }
      process.send!({ rejected, missing });
    } catch (error) {
      process.send!({ rejected: 0, missing: 0, error: (error as Error).stack });
    }
  });
}

async function lead(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { seed: { type: "string", default: String(SEED) } }, allowPositionals: true });
  const began = performance.now();
  const cases: { file: string; index: number; name: string; rejected: number; missing: number; left: number }[] = [];
  for (const file of files) {
    (await sizesOf(file)).forEach(({ name }, index) => {
      const full = `${file.replace(/\.ts$/, "")}: ${name}`;
      if (positionals.every((word) => full.includes(word))) {
        cases.push({ file, index, name: full, rejected: 0, missing: 0, left: SAMPLES / PART });
      }
    });
  }
  const waiting = cases.flatMap((one) =>
    Array.from({ length: SAMPLES / PART }, (_, k) => ({
      one,
      part: { file: one.file, index: one.index, from: k * PART, seed: Number(values.seed) },
    })),
  );
  const misses: string[] = [];
  console.log(`${SAMPLES} samples each, level ${100 * LEVEL} %, seed ${values.seed}\n`);
  const drain = async () => {
    const worker = fork(fileURLToPath(import.meta.url), [WORKER]);
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { rejected, missing, error } = await ask(worker, next.part);
        if (error) misses.push(`${next.one.name}: ${error}`);
        next.one.rejected += rejected;
        next.one.missing += missing;
        if (--next.one.left === 0) show(next.one);
      }
    } finally {
      worker.kill();
    }
  };
  const show = ({ name, rejected, missing }: (typeof cases)[number]) => {
    const size = rejected / (SAMPLES - missing);
    const holds = Math.abs(size - LEVEL) <= WIDTH && missing <= SAMPLES / 100;
    console.log(`${name.padEnd(64)} ${(100 * size).toFixed(2).padStart(6)} %${missing > 0 ? `, ${missing} without a p-value` : ""}`);
    if (!holds) misses.push(`${name}: ${(100 * size).toFixed(2)} % are rejected, ${missing} samples have no p-value`);
  };
  await Promise.all(Array.from({ length: WORKERS }, drain));
  for (const text of misses) console.log(`\n${text}`);
  console.log(`\n${cases.length} cases, ${misses.length} misses, ${((performance.now() - began) / 1000).toFixed(0)} s`);
  process.exitCode = misses.length > 0 || cases.length === 0 ? 1 : 0;
}

function ask(worker: ChildProcess, part: Part): Promise<Counted> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null) => reject(new Error(`The simulation of ${part.file} ended with code ${code}.`));
    worker.once("exit", died);
    worker.once("message", (answer: Counted) => {
      worker.off("exit", died);
      resolve(answer);
    });
    worker.send(part);
  });
}
