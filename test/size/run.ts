// npm run test:size: what each test does where its hypothesis is true. Of 2,000 seeded samples 5 % ± 1 % may be rejected at the level of 5 %.
// Every other file of this folder exports `sizes`; `npm run test:size -- goodness` runs the files and cases whose names contain a word,
// `-- --seed 2` takes other samples.
//
// Of 2,000 samples of an exact test 5 % ± 0.49 % are rejected: one case in 25 lies outside of the bounds by chance. A test
// that is wrong misses under every seed; where one misses by a little, try another.

import { type ChildProcess, fork } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { LEVEL, type Size } from "./size.ts";

const SEED = 2;
const SAMPLES = 2000;
/** 4 % is within 5 % ± 1 %. */
const ROUNDING = 1e-12;
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
  rejected: number;
  missing: number;
}

/** What a part came to, by test; or an error. */
type Answer = Record<string, Counted> | string;

const files = readdirSync(new URL(".", import.meta.url)).filter((name) => name.endsWith(".ts") && !["run.ts", "size.ts"].includes(name));
const sizesOf = async (file: string): Promise<readonly Size[]> => (await import(`./${file}`)).sizes;

if (process.argv.includes(WORKER)) work();
else await lead();

function work(): void {
  process.on("message", async ({ file, index, from, seed }: Part) => {
    try {
      const { pValues } = (await sizesOf(file))[index]!;
      const counted: Record<string, Counted> = {};
      for (let i = from; i < from + PART; i++) {
        for (const [test, p] of Object.entries(await pValues(seed * SAMPLES + i))) {
          counted[test] ??= { rejected: 0, missing: 0 };
          if (Number.isNaN(p)) counted[test].missing++;
          else if (p <= LEVEL) counted[test].rejected++;
        }
      }
      process.send!(counted);
    } catch (error) {
      process.send!((error as Error).stack);
    }
  });
}

interface Case {
  readonly file: string;
  readonly index: number;
  readonly name: string;
  readonly conservative: boolean;
  readonly counted: Map<string, Counted>;
  left: number;
}

async function lead(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { seed: { type: "string", default: String(SEED) } }, allowPositionals: true });
  const began = performance.now();
  const cases: Case[] = [];
  for (const file of files) {
    (await sizesOf(file)).forEach(({ name, conservative = false }, index) => {
      const full = `${file.replace(/\.ts$/, "")}: ${name}`;
      if (!positionals.every((word) => full.includes(word))) return;
      cases.push({ file, index, name: full, conservative, counted: new Map(), left: SAMPLES / PART });
    });
  }
  const parts = Array.from({ length: SAMPLES / PART }, (_, k) => k * PART);
  const waiting = cases.flatMap((one) =>
    parts.map((from) => ({ one, part: { file: one.file, index: one.index, from, seed: Number(values.seed) } })),
  );
  const misses: string[] = [];
  let tests = 0;
  console.log(`${SAMPLES} samples each, level ${100 * LEVEL} %, seed ${values.seed}\n`);
  const show = ({ name, conservative, counted }: Case) => {
    for (const [test, { rejected, missing }] of counted) {
      tests++;
      const size = rejected / (SAMPLES - missing);
      const holds = (conservative ? size - LEVEL : Math.abs(size - LEVEL)) <= WIDTH + ROUNDING && missing <= SAMPLES / 100;
      const without = missing > 0 ? `, ${missing} samples without a p-value` : "";
      const line = `${`${name}: ${test}`.padEnd(64)} ${(100 * size).toFixed(2).padStart(6)} %${without}`;
      console.log(line);
      if (!holds) misses.push(line);
    }
  };
  const drain = async () => {
    const worker = fork(fileURLToPath(import.meta.url), [WORKER]);
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const answer = await ask(worker, next.part);
        if (typeof answer === "string") misses.push(`${next.one.name}: ${answer}`);
        else {
          for (const [test, { rejected, missing }] of Object.entries(answer)) {
            const before = next.one.counted.get(test) ?? { rejected: 0, missing: 0 };
            next.one.counted.set(test, { rejected: before.rejected + rejected, missing: before.missing + missing });
          }
        }
        if (--next.one.left === 0) show(next.one);
      }
    } finally {
      worker.kill();
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, drain));
  for (const text of misses) console.log(`\nmissed: ${text}`);
  console.log(`\n${tests} tests, ${misses.length} misses, ${((performance.now() - began) / 1000).toFixed(0)} s`);
  process.exitCode = misses.length > 0 || tests === 0 ? 1 : 0;
}

function ask(worker: ChildProcess, part: Part): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null) => reject(new Error(`The simulation of ${part.file} ended with code ${code}.`));
    worker.once("exit", died);
    worker.once("message", (answer: Answer) => {
      worker.off("exit", died);
      resolve(answer);
    });
    worker.send(part);
  });
}
