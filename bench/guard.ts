import { existsSync } from "node:fs";
import { cases } from "./cases.ts";
import { engineSide } from "./engineSide.ts";
import { Isolate } from "./isolate.ts";
import { timed } from "./measure.ts";
import { FOLDER, NODE, type Results, readResults } from "./results.ts";
import { verified } from "./verify.ts";

// `npm run bench:guard`: is the engine still as many times faster than the plain loop as the committed results say? Ratios, never times, of
// a million rows; three repetitions over all cases in turn, the best of which counts, since what disturbs one makes it smaller or larger.

const ROWS = 1e6;
const REPETITIONS = 3;
const LOSS = 0.3;
const EFFORT = { rounds: 2, calls: 2, warmup: 2 };

const file = `${NODE}.json`;
if (!existsSync(new URL(file, FOLDER))) console.log(`bench/results/${file} does not exist: nothing to compare with.`);
else await guard(await readResults(file));

async function guard({ rows, node, date }: Results): Promise<void> {
  const plain = new Isolate(true);
  const sides = [plain, engineSide(true)];
  const ratios = new Map<string, number[]>();
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    for (const { name } of cases) {
      if (repetition === 0) await verified(sides, name, ROWS);
      const { loop, resident } = await timed(sides, name, ROWS, EFFORT);
      ratios.set(name, [...(ratios.get(name) ?? []), loop!.nanoseconds / resident!.nanoseconds]);
    }
  }
  await plain.close();
  console.log(`Times faster than the plain loop, 10^6 rows; committed: Node ${node}, ${date}`);
  for (const [name, found] of ratios) {
    const committed = rows.find((row) => row.case === name && row.n === ROWS)?.ratios.loop;
    const best = Math.max(...found);
    const lost = committed !== undefined && best < (1 - LOSS) * committed;
    console.log(`${name}: ${found.map((ratio) => ratio.toPrecision(3)).join(", ")}; committed ${committed}${lost ? ": LOST" : ""}`);
    if (lost) process.exitCode = 1;
  }
}
