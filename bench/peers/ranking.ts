import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { distributions, fit, fitBest } from "loglik";
import { median } from "../measure.ts";
import { significant } from "../results.ts";
import { ask } from "./ask.ts";
import type { Contestant, Effort } from "./match.ts";
import type { Answer, Method, RankedFit, RankingAnswer } from "./protocol.ts";
import { javascript } from "./roster.ts";
import { named, type SampleFile } from "./samples.ts";

/** A family of the ranking, as SciPy fits it. */
export interface RankedRow {
  readonly family: string;
  /** The engine's, with the family alone in the ranking: its first look at the column included. */
  readonly alone: number;
  readonly status: string;
  readonly milliseconds?: number;
  readonly method?: Method;
  /** The limit at which SciPy was stopped. */
  readonly overSeconds?: number;
  /** The engine's log-likelihood less that at SciPy's estimates. */
  readonly deficit?: number;
  /** Why SciPy's is no fit: an error, estimates that are none, or a lower likelihood. */
  readonly failure?: string;
}

/** Times of both for the same families on the same positive column. */
export interface RankingTimes {
  readonly n: number;
  readonly milliseconds: number;
  readonly runs: number;
  /** SciPy's sum; an error costs nothing in it, a family that was stopped the limit. */
  readonly scipy: number;
  readonly ratio: number;
  /** Whether SciPy was stopped, so that its time is a lower bound. */
  readonly stopped: boolean;
  readonly rows: readonly RankedRow[];
}

/** Log-likelihood units within which SciPy's answer is a maximum. */
const LOWER = 0.01;

/** What rounding may do to a log-likelihood, relatively. */
const ROUNDING = 1e-12;

/** The engine's turn comes again after so many of SciPy's families. */
const TURN = 8;

/** Seconds during which SciPy repeats a fit. */
const REPEATED = 0.5;

/**
 * `fitBest` of the continuous families that hold the column and that SciPy has, before, between and after SciPy's fits of them, one by one.
 *
 * @throws Error if SciPy finds a higher likelihood, or the ranking is no maximum.
 */
export async function ranking(n: number, { x: all, file }: SampleFile, scipy: Contestant, effort: Effort): Promise<RankingTimes> {
  const x = all.subarray(0, n);
  const [python, script] = scipy.installed.command as [string, string];
  const known: readonly string[] = JSON.parse((await promisify(execFile)(python, [script, "families"])).stdout);
  const ours = distributions.filter(({ discrete, name }) => !discrete && known.includes(name)).map(({ name }) => name);
  const families = (await fitBest(x.slice(0, 1000), { families: ours })).ranking.map(({ distribution }) => distribution);
  const turns = [await engine(families, file, n, effort)];
  const rows: RankedRow[] = [];
  for (const [i, family] of families.entries()) {
    const found = turns[0]!.fits.find((each) => each.family === family);
    if (!found) throw new Error(`fitBest, n = ${n}: ${family} is missing.`);
    const outcome = await ask<Answer>(
      scipy.installed.command,
      { family, file, n, seconds: Math.min(REPEATED, effort.seconds) },
      effort.limit,
    );
    const at = { family, alone: significant(found.ms), status: found.status };
    if (outcome.kind === "late") rows.push({ ...at, overSeconds: outcome.seconds, failure: `stopped after ${outcome.seconds} s` });
    else if (outcome.kind !== "answer") rows.push({ ...at, failure: outcome.reason });
    else {
      const { ms, method, estimates } = outcome.answer;
      rows.push({ ...at, milliseconds: significant(median(ms)), method, ...(await compared(x, found, estimates)) });
    }
    if (i % TURN === TURN - 1 || i === families.length - 1) turns.push(await engine(families, file, n, effort));
  }
  const runs = turns.flatMap(({ ms }) => ms);
  const milliseconds = significant(median(runs));
  const theirs = rows.reduce((sum, { milliseconds: ms, overSeconds }) => sum + (ms ?? 1000 * (overSeconds ?? 0)), 0);
  return {
    n,
    milliseconds,
    runs: runs.length,
    scipy: significant(theirs),
    ratio: significant(theirs / milliseconds),
    stopped: rows.some(({ overSeconds }) => overSeconds !== undefined),
    rows,
  };
}

async function engine(families: readonly string[], file: string, n: number, { seconds, limit }: Effort): Promise<RankingAnswer> {
  const question = { family: `fitBest:${families}`, file, n, seconds: seconds / 2 };
  const outcome = await ask<RankingAnswer>(javascript("engine"), question, limit);
  if (outcome.kind !== "answer") throw new Error(`fitBest, n = ${n}: ${"reason" in outcome ? outcome.reason : "too late"}`);
  return outcome.answer;
}

/** How far SciPy's estimates are from the engine's maximum, or why they are no estimates. */
async function compared(
  x: Float64Array,
  found: RankedFit,
  estimates: readonly (number | null)[],
): Promise<Pick<RankedRow, "deficit" | "failure">> {
  if (!estimates.every(Number.isFinite)) return { failure: `estimates ${estimates.join(", ")}` };
  const { family, logLik, status } = found;
  // Nothing to compare with; an infinite likelihood is null in JSON.
  if (status === "nonexistent") return {};
  let theirs: number;
  try {
    theirs = (await fit(family, x, { fixed: named(family, estimates as number[]) })).logLik;
  } catch (error) {
    if (error instanceof RangeError) return { failure: error.message };
    throw error;
  }
  if (!Number.isFinite(logLik) || logLik - theirs < -ROUNDING * Math.abs(logLik)) {
    throw new Error(
      `${family}, n = ${x.length}: the log-likelihood at SciPy's [${estimates}] is ${theirs}, fitBest's ${logLik}, ${found.status}.`,
    );
  }
  const deficit = Math.max(0, logLik - theirs);
  return deficit > LOWER ? { deficit, failure: `${deficit.toPrecision(2)} below` } : { deficit };
}
