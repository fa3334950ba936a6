import { mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import type { Case, Goals } from "./cases.ts";
import { type AllFound, CONTENDERS, type Contender } from "./contenders.ts";
import type { Timings } from "./measure.ts";

/** Times of plain contenders over the engine's: how many times faster it is. */
export type Ratios = Partial<Record<keyof Goals, number>>;

/** A case at a size, measured. */
export interface Row {
  readonly case: string;
  readonly n: number;
  /** Full passes over the data, by contender. */
  readonly passes: Partial<Record<Contender, number>>;
  readonly nanosecondsPerRow: Partial<Record<Contender, number>>;
  readonly samples: number;
  readonly ratios: Ratios;
  readonly goals?: Goals;
}

/** Where and when something was measured. */
export interface Circumstances {
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryGiB: number; readonly platform: string };
  readonly node: string;
  readonly v8: string;
  readonly date: string;
}

export interface Results extends Circumstances {
  readonly contenders: typeof CONTENDERS;
  readonly rows: readonly Row[];
}

export function rowOf({ name, goals }: Case, n: number, found: AllFound, timings: Timings): Row {
  const contenders = Object.keys(timings) as Contender[];
  const pick = (value: (contender: Contender) => number) =>
    Object.fromEntries(contenders.map((contender) => [contender, value(contender)]).filter(([, number]) => Number.isFinite(number)));
  const ratio = (plain: Contender, engine: Contender) => {
    const time = timings[plain];
    return time && significant(time.nanoseconds / timings[engine]!.nanoseconds);
  };
  const ratios = {
    reduce: ratio("reduce", "resident"),
    loop: ratio("loop", "resident"),
    cold: ratio("cold", "resident"),
    copied: ratio("loop", "copied"),
  };
  return {
    case: name,
    n,
    passes: pick((contender) => found[contender]!.passes),
    nanosecondsPerRow: pick((contender) => significant(timings[contender]!.nanoseconds / n)),
    samples: timings.resident!.samples,
    ratios: Object.fromEntries(Object.entries(ratios).filter(([, value]) => value !== undefined)),
    ...(goals && n === 1e6 && { goals: forThisNode(goals) }),
  };
}

/** The goals are stated for Node 20; on a newer one, whose code generator differs, a third may be missing. */
const LEEWAY = process.versions.node.startsWith("20.") ? 1 : 2 / 3;

/** Seen from build/bench/, where the bundle runs. */
export const ROOT = new URL("../../", import.meta.url);
const NODE = process.versions.node.split(".")[0]!;
export const FOLDER = new URL("bench/results/", ROOT);

/** bench/results/<node major>.json */
export async function writeResults(rows: readonly Row[]): Promise<void> {
  await write(NODE, { ...circumstances(), contenders: CONTENDERS, rows });
}

/** bench/results/<what>-<node major>.json */
export async function writeMeasured(what: string, measured: Readonly<Record<string, unknown>>): Promise<void> {
  await write(`${what}-${NODE}`, { ...circumstances(), ...measured });
}

async function write(stem: string, results: object): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(new URL(`${stem}.json`, FOLDER), `${JSON.stringify(results, undefined, 1)}\n`);
}

function circumstances(): Circumstances {
  const [{ model } = { model: "unknown" }] = cpus();
  return {
    machine: {
      cpu: model.trim(),
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      platform: `${process.platform}-${process.arch}`,
    },
    node: process.versions.node,
    v8: process.versions.v8,
    date: new Date().toISOString().slice(0, 10),
  };
}

export async function readResults(file: string): Promise<Results> {
  return JSON.parse(await readFile(new URL(file, FOLDER), "utf8"));
}

function forThisNode(goals: Goals): Goals {
  const scaled = Object.entries(goals).map(([ratio, goal]) => [ratio, Math.max(1, significant(LEEWAY * goal))]);
  return Object.fromEntries(scaled);
}

function significant(value: number): number {
  return Number(value.toPrecision(3));
}
