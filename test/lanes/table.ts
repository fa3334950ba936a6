// The lanes' table, test/data/lanes.json, and what belongs to a row: rows of 40 digits from outside, and a function of 30 digits.

import { readFileSync } from "node:fs";
import { type Scaled, ulps, unitUlps } from "../precise/arithmetic.ts";

/** Where an argument lies; "log": evenly by magnitude. */
export type Interval = readonly [low: number, high: number, spacing?: "log"];

export interface Range {
  readonly of: readonly Interval[];
  /** The largest error allowed, in the row's unit. */
  readonly ulp: number;
  /** In its last argument: rising (1), falling (-1). */
  readonly monotone?: 1 | -1;
  /** Arguments that many ulps apart must keep that order; 1 where it is not given: neighbouring doubles. */
  readonly apart?: number;
  /** How many points `npm run ulp` takes, where a million of the exact function would take more than a minute; the tests take their share. */
  readonly points?: number;
}

export interface LaneRow {
  readonly function: string;
  /** Stem of its file in assembly/lanes, where that is not the function's name. */
  readonly file?: string;
  /** Stem of the file in test/precise with the function of 30 digits. */
  readonly precise: string;
  /** The most that any range may allow. */
  readonly goal: number;
  /** What an error is counted in: ulps of the value, or, where it has zeros between doubles, of max(1, |value|). */
  readonly unit?: "ulp" | "ulp of max(1, |value|)";
  readonly ranges: readonly Range[];
  /** Arguments and the value, to the bit: poles, limits, signed zeros. */
  readonly values: readonly (readonly (number | string)[])[];
}

const data = new URL("../data/", import.meta.url);
const read = (file: string) => JSON.parse(readFileSync(new URL(file, data), "utf8"));

export const table: readonly LaneRow[] = read("lanes.json");

/** The exact function: slow, to 30 digits. */
export async function preciseOf(row: LaneRow): Promise<(...x: number[]) => Scaled> {
  const module = await import(`../precise/${row.precise}.ts`);
  const exact = module[row.function];
  if (!exact) throw new Error(`test/precise/${row.precise}.ts has no ${row.function}.`);
  return exact;
}

/** Error of a result in the row's unit. */
export function errorOf({ unit = "ulp" }: LaneRow): (found: number, exact: Scaled) => number {
  return unit === "ulp" ? ulps : unitUlps;
}

/** Arguments and exact values to some 32 digits, from test/data/special. */
export function referencesOf(row: LaneRow): { x: number[]; exact: Scaled }[] {
  const rows: [string[], string, string][] = read(`special/${row.function}.json`);
  return rows.map(([x, high, low]) => ({ x: x.map(double), exact: { high: double(high), low: double(low), binary: 0 } }));
}

function double(hex: string): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${hex}`));
  return view.getFloat64(0);
}
