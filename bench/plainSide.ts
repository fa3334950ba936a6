import { parentPort, workerData } from "node:worker_threads";
import { samples } from "./cases.ts";
import type { PlainFit } from "./closedForms.ts";
import type { Contender, Entry } from "./contenders.ts";
import type { Question } from "./isolate.ts";
import { LONG } from "./iterations.ts";
import { loops } from "./loops.ts";
import { Contest } from "./measure.ts";
import { reductions } from "./reductions.ts";

// The plain contenders, in a worker: an isolate in which no ArrayBuffer was ever detached. Growing a WebAssembly memory detaches its
// buffer, and from then on V8 checks for that in every loop over any typed array of the isolate: 0.8 to 1.6 ns a row for a sum on
// Node 20, to 4.3 on Node 26. The loops that the engine is compared with must not pay for it.

/** Above it the plain loop alone is timed: the others take minutes. */
const LONGEST = 1e7;

const column = samples(workerData.quick);

const contest = new Contest((name, n) => {
  const { case: each, x: all } = column(name);
  const { work, plain, cold } = each;
  const x = all.subarray(0, n);
  const list = [plainEntry("loop", () => plain(loops, x))];
  if (n > LONGEST) return list;
  list.unshift(plainEntry("reduce", () => plain(reductions, x)));
  if (cold && n > LONG) list.unshift(plainEntry("cold", () => cold(loops, x)));
  if (work === "fit") return list;
  const array = Array.from(x);
  const alone: [() => number, () => number] =
    work === "sum"
      ? [() => plainSum(x), () => array.reduce((s, value) => s + value, 0)]
      : [() => plainSumLog(x), () => array.reduce((s, value) => s + Math.log(value), 0)];
  return [numberEntry("bare", alone[0]), numberEntry("reduceArray", alone[1]), ...list];
});

parentPort!.on("message", async ({ name, n, calls, warmup }: Question) => {
  try {
    const answer = calls === 0 ? await contest.find(name, n) : await contest.time(name, n, calls, warmup);
    parentPort!.postMessage({ answer });
  } catch (error) {
    parentPort!.postMessage({ error });
  }
});

function plainSum(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]!;
  return sum;
}

function plainSumLog(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += Math.log(x[i]!);
  return sum;
}

function plainEntry(contender: Contender, run: () => PlainFit): Entry {
  return { contender, async: false, run, find: async () => run() };
}

function numberEntry(contender: Contender, run: () => number): Entry {
  return { contender, async: false, run, find: async () => ({ estimates: [run()], logLik: Number.NaN, passes: Number.NaN }) };
}
