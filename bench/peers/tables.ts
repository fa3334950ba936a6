import { grid, power, times } from "../report.ts";
import type { Verdict } from "./goals.ts";
import type { Row } from "./match.ts";
import type { RankedRow, RankingTimes } from "./ranking.ts";

/** Per size: family by peer with ratio, whether it reached the optimum, and memory. */
export function printRows(rows: readonly Row[]): void {
  for (const n of new Set(rows.map((row) => row.n))) {
    const table = grid([`${power(n)} rows`, "", "", "time : loglik's", "optimum", "peak MiB", "beyond data MiB"]);
    for (const row of rows.filter((each) => each.n === n)) {
      const { family, peer, method, ratio, overSeconds, peakMiB, beyondDataMiB } = row;
      const name = peer === "loglik" ? family : "";
      table.push([name, peer, method ?? "", late(overSeconds) + times(ratio), optimum(row), peakMiB ?? "", beyondDataMiB ?? ""]);
    }
    console.log(String(table));
  }
}

export function printVerdicts(verdicts: readonly Verdict[]): void {
  const table = grid([`time : loglik's at ${power(1e6)} rows, and other goals`, "found", ""]);
  for (const { goal, found, met } of verdicts) table.push([goal, found, met]);
  console.log(String(table));
}

/** Families of the ranking: SciPy's time for each over that of the whole ranking, and what became of its fit. */
export function printRanking({ n, milliseconds, rows }: RankingTimes, quick: boolean): void {
  const table = grid([
    `fitBest, ${power(n)} rows: ${quick ? "" : `${milliseconds} ms`}`,
    "status",
    "alone, ms",
    "SciPy, s",
    "",
    "SciPy's fit",
  ]);
  for (const row of rows) {
    const seconds = row.overSeconds ?? (row.milliseconds ?? 0) / 1000;
    const time = quick ? ["", ""] : [row.alone, `${late(row.overSeconds)}${seconds.toPrecision(3)}`];
    table.push([row.family, row.status, ...time, row.method ?? "", rankedOptimum(row)]);
  }
  console.log(String(table));
}

export function rankedOptimum({ status, deficit, failure }: RankedRow): string {
  if (status === "nonexistent") return "not compared";
  return failure ?? (deficit === undefined ? "" : "same");
}

/** "same", how far below, or why there is nothing to compare. */
export function optimum({ optimum: found, overSeconds, note }: Row): string {
  if (overSeconds !== undefined) return `stopped after ${overSeconds} s`;
  if (!found) return note ?? "";
  if (found.same) return "same";
  return `${found.deficit.toPrecision(2)} below, ${found.standardErrors.toPrecision(2)} SE off`;
}

function late(overSeconds: number | undefined): string {
  return overSeconds === undefined ? "" : "> ";
}
