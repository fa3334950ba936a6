import { power, times } from "../report.ts";
import type { Row } from "./match.ts";
import type { RankingTimes } from "./ranking.ts";
import { peers } from "./roster.ts";

/** One line of what was to be reached. */
export interface Verdict {
  readonly goal: string;
  readonly found: string;
  /** "met", "MISSED", or why it is neither. */
  readonly met: string;
}

/** The size for which ratios are promised. */
export const GOAL_ROWS = 1e6;

/** What a fit may need beside the data in wasm memory, whatever n. */
const MEMORY = 2 ** 20;

/** The ratios promised at a million rows, where the peer iterates over the data; the others' are shown too. */
export function ratioVerdicts(rows: readonly Row[]): Verdict[] {
  return rows.flatMap((row) => {
    const { family, peer, n, ratio, method, overSeconds } = row;
    const goal = peers.find(({ name }) => name === peer)?.goal;
    if (!goal || n !== GOAL_ROWS || ratio === undefined) return [];
    const found = `${overSeconds === undefined ? "" : "> "}${times(ratio)}`;
    if (method === "closed form" || method === "equation of sums")
      return [{ goal: `${family}: ${peer}`, found, met: `no goal: ${method}` }];
    const least = method === "own iteration" ? goal.iterating : goal.generic;
    const met = ratio >= least ? "met" : overSeconds === undefined ? "MISSED" : "stopped too early";
    return [{ goal: `${family}: ${least}× ${peer}`, found, met }];
  });
}

/** Least ratio of SciPy's time for the ranked families to that of `fitBest`. */
const RANKING = 20;

/** All families ranked in a part of SciPy's time for them, and in less than it takes for one. */
export function rankingVerdicts(best: RankingTimes | undefined): Verdict[] {
  if (!best) return [];
  const { milliseconds, ratio, stopped, rows } = best;
  const goal = `fitBest of ${rows.length} families: ${RANKING}× SciPy's fits of them`;
  const weibull = rows.find(({ family }) => family === "weibull")?.milliseconds;
  return [
    { goal, found: `${stopped ? "> " : ""}${times(ratio)}`, met: verdict(ratio >= RANKING) },
    ...(weibull === undefined
      ? []
      : [
          {
            goal: "fitBest of these in less time than SciPy's Weibull",
            found: `${(milliseconds / weibull).toPrecision(3)} of it`,
            met: verdict(milliseconds < weibull),
          },
        ]),
  ];
}

/** Least ratio of R's time to the engine's for censored and truncated rows. */
const PARTIAL = 20;

export function partialVerdicts(rows: readonly Row[]): Verdict[] {
  return rows.flatMap(({ family, peer, n, ratio, overSeconds }) => {
    if (n !== GOAL_ROWS || ratio === undefined) return [];
    const met = ratio >= PARTIAL ? "met" : overSeconds === undefined ? "MISSED" : "stopped too early";
    return [{ goal: `${family}: ${PARTIAL}× ${peer}`, found: `${overSeconds === undefined ? "" : "> "}${times(ratio)}`, met }];
  });
}

export function memoryVerdicts(rows: readonly Row[]): Verdict[] {
  const engine = rows.filter(({ wasm }) => wasm !== undefined);
  const sizes = [...new Set(engine.map(({ n }) => n))];
  return sizes.map((n) => {
    const all = engine.filter((row) => row.n === n).map(({ wasm }) => wasm!);
    const used = Math.max(...all.map(({ usedBytes }) => usedBytes));
    const reserved = Math.max(...all.map(({ reservedBytes }) => reservedBytes));
    return {
      goal: `${power(n)} rows: 1 MiB of wasm memory beside the data`,
      found: `${Math.round(used / 1024)} KiB written, ${(reserved / 2 ** 20).toFixed(1)} MiB reserved`,
      met: verdict(used <= MEMORY),
    };
  });
}

function verdict(met: boolean): string {
  return met ? "met" : "MISSED";
}
