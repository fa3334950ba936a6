import Table from "cli-table3";
import type { Ratios, Row } from "./results.ts";

// Ratios, not times: how many times longer the plain contender takes than the engine, medians of interleaved runs.

export function printTables(rows: readonly Row[]): void {
  const sizes = [...new Set(rows.map(({ n }) => n))];
  const names = [...new Set(rows.map((row) => row.case))];
  const at = (name: string, n: number) => rows.find((row) => row.case === name && row.n === n);
  const byContender = grid(["n = 10⁶", "reduce", "loop", "loop, no subsample", "loop : with copy", "passes", "goals missed"]);
  for (const name of names) {
    const row = at(name, 1e6);
    if (!row) continue;
    const { reduce, loop, cold, copied } = row.ratios;
    byContender.push([name, ...[reduce, loop, cold, copied].map(times), passes(row), missed(row).join(", ")]);
  }
  console.log(`Plain JavaScript's time over loglik's, data already in the engine's memory unless said otherwise\n${byContender}`);
  for (const [ratio, title] of [
    ["loop", "Plain loop : loglik, data already there"],
    ["copied", "Plain loop : loglik, copy included"],
    ["reduce", "reduce : loglik, data already there"],
  ] as const) {
    const bySize = grid([title, ...sizes.map(power)]);
    for (const name of names) bySize.push([name, ...sizes.map((n) => times(at(name, n)?.ratios[ratio]))]);
    console.log(String(bySize));
  }
}

/** Goals that a row does not reach, as "loop 5.1 of 6". */
export function missed({ ratios, goals }: Row): string[] {
  if (!goals) return [];
  const pairs = Object.entries(goals) as [keyof Ratios, number][];
  return pairs.filter(([key, goal]) => (ratios[key] ?? 0) < goal).map(([key, goal]) => `${key} ${ratios[key]} of ${goal}`);
}

/** The engine's passes, the plain loop's where it makes others, and those without a subsample. */
function passes({ passes: { resident, loop, cold } }: Row): string {
  const others = loop !== undefined && resident !== undefined && loop !== resident ? [`loop ${loop}`] : [];
  return [resident ?? loop, ...others, ...(cold === undefined ? [] : [`cold ${cold}`])].join(", ");
}

/** "12.3×", "1,230×", or nothing where there is no ratio. */
export function times(ratio: number | undefined): string {
  if (ratio === undefined) return "";
  return ratio < 1000 ? `${ratio.toPrecision(ratio < 10 ? 2 : 3)}×` : `${Number(ratio.toPrecision(3)).toLocaleString("en")}×`;
}

/** 1e6 as "10⁶". */
export function power(n: number): string {
  return `10${superscript(Math.round(Math.log10(n)))}`;
}

export function grid(head: string[]): InstanceType<typeof Table> {
  return new Table({ head, colAligns: head.map((_, i) => (i === 0 ? "left" : "right")), style: { head: [], border: [], compact: true } });
}

function superscript(power: number): string {
  return String(power).replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]!);
}
