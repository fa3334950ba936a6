import { boundOf, type Intervals } from "../data/censoring.ts";
import type { Empirical } from "./empirical.ts";
import { merged } from "./order.ts";

/**
 * The product-limit estimate of Kaplan and Meier (1958), Nonparametric estimation from incomplete observations, with Greenwood's variance,
 * for rows known or right-censored. With lower truncation from row to row, a row is at risk from its entry on (Turnbull 1974).
 */
export function productLimit(rows: Intervals): Omit<Empirical, "size"> {
  const { lower, upper, weights, after } = rows;
  const weightOf = (row: number) => weights?.[row] ?? 1;
  const indices = Uint32Array.from({ length: rows.rows }, (_, i) => i).filter((row) => weightOf(row) > 0);
  const weightAt = (chosen: Uint32Array) => Float64Array.from(chosen, weightOf);
  const at = (chosen: Uint32Array, value: (row: number) => number) => merged(Float64Array.from(chosen, value), weightAt(chosen));
  const ends = at(indices, (row) => lower[row]!);
  const deaths = at(
    indices.filter((row) => lower[row] === upper[row]),
    (row) => lower[row]!,
  );
  const entries = typeof after === "number" ? undefined : at(indices, (row) => boundOf(after, row));
  const total = ends.weight.reduce((sum, weight) => sum + weight, 0);
  const cumulative = new Float64Array(deaths.at.length);
  const greenwood = new Float64Array(deaths.at.length);
  let survival = 1;
  let variance = 0;
  let entered = entries ? 0 : total;
  let left = 0;
  let [nextEntry, nextEnd] = [0, 0];
  for (let i = 0; i < deaths.at.length; i++) {
    const time = deaths.at[i]!;
    while (entries && nextEntry < entries.at.length && entries.at[nextEntry]! < time) entered += entries.weight[nextEntry++]!;
    while (nextEnd < ends.at.length && ends.at[nextEnd]! < time) left += ends.weight[nextEnd++]!;
    const atRisk = entered - left;
    const dying = deaths.weight[i]!;
    survival *= Math.max(0, 1 - dying / atRisk);
    variance += dying / (atRisk * Math.max(atRisk - dying, 0));
    cumulative[i] = total * (1 - survival);
    greenwood[i] = variance;
  }
  return { kind: "right-censored", from: deaths.at, to: deaths.at, cumulative, total, greenwood };
}
