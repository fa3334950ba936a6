import { median } from "../measure.ts";
import { power } from "../report.ts";
import { significant } from "../results.ts";
import { ask, type Outcome } from "./ask.ts";
import { type Bout, type Distance, distance } from "./optimum.ts";
import type { Answer, EngineAnswer, Method, WasmMemory } from "./protocol.ts";
import type { Installed, Peer } from "./roster.ts";

/** Resident mebibytes of a process at the peak of its first fit, and what of it came after the data were loaded. */
export interface Memory {
  readonly peakMiB: number;
  readonly beyondDataMiB: number;
}

/** A peer, or the engine, on the first n rows of a family's sample. */
export interface Row extends Partial<Memory> {
  readonly family: string;
  readonly n: number;
  readonly peer: string;
  readonly method?: Method;
  readonly milliseconds?: number;
  readonly runs?: number;
  /** The peer's time over the engine's, measured before and after it; at least that much where `overSeconds` is given. */
  readonly ratio?: number;
  /** The limit at which the peer was stopped. */
  readonly overSeconds?: number;
  readonly optimum?: Distance;
  /** Why there is no answer. */
  readonly note?: string;
  readonly wasm?: WasmMemory;
}

export interface Contestant {
  readonly peer: Peer;
  readonly installed: Installed;
}

export interface Effort {
  /** Seconds during which a peer repeats its fit; 0 for a single one. */
  readonly seconds: number;
  /** Seconds after which it is stopped. */
  readonly limit: number;
}

/** The engine is fast: a quarter of the effort shows its median. */
const ENGINE_SHARE = 0.25;

/** A peer is not asked for more than these rows where by its time on fewer they would take so many times the limit. */
const ALWAYS_ASKED = 1e6;
const HOPELESS = 2;

/** Lets the peers fit in turn, the engine before and after each. `earlier` are the rows of smaller sizes. */
export async function match(bout: Bout, contestants: readonly Contestant[], effort: Effort, earlier: readonly Row[] = []): Promise<Row[]> {
  const { family, n, file } = bout;
  const question = { family, file, n, seconds: effort.seconds };
  const runs: EngineAnswer[] = [await engine(bout, effort)];
  const rows: Row[] = [];
  for (const { peer, installed } of contestants) {
    const at = { family, n, peer: peer.name };
    const hopeless = hopelessAfter(at, effort.limit, earlier);
    if (hopeless) {
      rows.push({ ...at, note: hopeless });
      continue;
    }
    const outcome = await ask(installed.command, question, effort.limit);
    if (outcome.kind !== "skip") runs.push(await engine(bout, effort));
    const engineMs = median(runs.slice(-2).flatMap(({ ms }) => ms));
    rows.push({ ...at, ...(await judged(outcome, engineMs, (answer) => distance(bout, answer, runs[0]!))) });
  }
  return [engineRow(family, n, runs), ...rows];
}

async function judged(outcome: Outcome<Answer>, engineMs: number, compare: (answer: Answer) => Promise<Distance>): Promise<Partial<Row>> {
  if (outcome.kind === "late") return { overSeconds: outcome.seconds, ratio: significant((1000 * outcome.seconds) / engineMs) };
  if (outcome.kind !== "answer") return { note: outcome.reason };
  const { ms, method } = outcome.answer;
  const timing = { method, milliseconds: significant(median(ms)), runs: ms.length, ratio: significant(median(ms) / engineMs) };
  const memory = memoryOf(outcome.answer);
  try {
    return { ...timing, ...memory, optimum: await compare(outcome.answer) };
  } catch (error) {
    // Outside the parameter space.
    if (error instanceof RangeError) return { ...timing, ...memory, note: error.message };
    throw error;
  }
}

async function engine({ family, file, n, engine: command }: Bout, { seconds, limit }: Effort): Promise<EngineAnswer> {
  const outcome = await ask<EngineAnswer>(command, { family, file, n, seconds: ENGINE_SHARE * seconds }, limit);
  if (outcome.kind !== "answer") throw new Error(`loglik, ${family}, n = ${n}: ${"reason" in outcome ? outcome.reason : "too late"}`);
  if (outcome.answer.status !== "interior") throw new Error(`loglik, ${family}, n = ${n}: ${outcome.answer.status}`);
  return outcome.answer;
}

function engineRow(family: string, n: number, runs: readonly EngineAnswer[]): Row {
  const ms = runs.flatMap((run) => run.ms);
  // Garbage and compilation come on top of what a fit needs: the median of several processes.
  const peaks = runs.map(memoryOf).filter((memory) => memory !== undefined);
  const memory = peaks.length > 0 && {
    peakMiB: significant(median(peaks.map(({ peakMiB }) => peakMiB))),
    beyondDataMiB: significant(median(peaks.map(({ beyondDataMiB }) => beyondDataMiB))),
  };
  return {
    family,
    n,
    peer: "loglik",
    milliseconds: significant(median(ms)),
    runs: ms.length,
    ...memory,
    ...(runs[0]!.wasm && { wasm: runs[0]!.wasm }),
  };
}

function memoryOf({ loadedBytes, peakBytes }: Answer): Memory | undefined {
  if (loadedBytes === undefined || peakBytes === undefined) return undefined;
  return { peakMiB: significant(peakBytes / 2 ** 20), beyondDataMiB: significant(Math.max(0, peakBytes - loadedBytes) / 2 ** 20) };
}

function hopelessAfter({ family, n, peer }: Row, limit: number, earlier: readonly Row[]): string | undefined {
  if (n <= ALWAYS_ASKED) return undefined;
  const last = earlier.findLast((row) => row.family === family && row.peer === peer && secondsOf(row) !== undefined);
  if (!last || (secondsOf(last)! / last.n) * n < HOPELESS * limit) return undefined;
  return `not asked: ${power(last.n)} rows took ${last.overSeconds === undefined ? "" : "over "}${secondsOf(last)!.toPrecision(2)} s`;
}

function secondsOf({ milliseconds, overSeconds }: Row): number | undefined {
  return overSeconds ?? (milliseconds === undefined ? undefined : milliseconds / 1000);
}
