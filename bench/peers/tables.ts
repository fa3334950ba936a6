import { grid, power, times } from "../report.ts";
import type { Verdict } from "./goals.ts";
import type { Row } from "./match.ts";

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
