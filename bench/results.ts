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
export interface Setting {
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryGiB: number; readonly platform: string };
  readonly node: string;
  readonly v8: string;
  readonly date: string;
}

export interface Results extends Setting {
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
/** Major version of the Node that runs. */
export const NODE = process.versions.node.split(".")[0]!;
export const FOLDER = new URL("bench/results/", ROOT);

/** bench/results/<node major>.json */
export async function writeResults(rows: readonly Row[]): Promise<void> {
  await write(NODE, { contenders: CONTENDERS, rows });
}

/** bench/results/<name>.json: what was measured, after where and when. */
export async function write(name: string, measured: object): Promise<void> {
  const [{ model } = { model: "unknown" }] = cpus();
  const setting: Setting = {
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
  await mkdir(FOLDER, { recursive: true });
  await writeFile(new URL(`${name}.json`, FOLDER), `${JSON.stringify({ ...setting, ...measured }, undefined, 1)}\n`);
}

export async function readResults(file: string): Promise<Results> {
  return JSON.parse(await readFile(new URL(file, FOLDER), "utf8"));
}

function forThisNode(goals: Goals): Goals {
  const scaled = Object.entries(goals).map(([ratio, goal]) => [ratio, Math.max(1, significant(LEEWAY * goal))]);
  return Object.fromEntries(scaled);
}

export function significant(value: number): number {
  return Number(value.toPrecision(3));
}
