import { power, times } from "../report.ts";
import type { Row } from "./match.ts";
import { peers } from "./roster.ts";

/** One line of what was to be reached. */
export interface Verdict {
  readonly goal: string;
  readonly found: string;
  /** "met", "MISSED", or why it is neither. */
  readonly met: string;
}

/** The size for which ratios are promised. */
const GOAL_ROWS = 1e6;

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

/** All families ranked in less time than one peer takes for one family. */
export function rankingVerdict(ranking: { readonly milliseconds: number; readonly weibull: number } | undefined): Verdict[] {
  if (!ranking) return [];
  const { milliseconds, weibull } = ranking;
  const goal = "fitBest of all families in less time than SciPy's Weibull";
  return [{ goal, found: `1/${(weibull / milliseconds).toPrecision(3)} of it`, met: verdict(milliseconds < weibull) }];
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
