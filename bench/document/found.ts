import { readdirSync, readFileSync } from "node:fs";
import type { RooflineRow } from "../native/roofline.ts";
import type { NativeRow } from "../native/turns.ts";
import type { BootstrapRow } from "../peers/bootstrap.ts";
import type { Row as PeerRow } from "../peers/match.ts";
import type { RankingTimes } from "../peers/ranking.ts";
import { FOLDER, type Results, type Setting } from "../results.ts";

export interface NativeResults extends Setting {
  readonly compiler: string;
  readonly flags: string;
  readonly rows: readonly NativeRow[];
}

export interface RooflineResults extends Setting {
  readonly peaks: { readonly fused: number; readonly pairs: number };
  readonly rows: readonly RooflineRow[];
}

export interface PeerResults extends Setting {
  readonly versions: Readonly<Record<string, string>>;
  readonly limitSeconds: number;
  readonly rows: readonly PeerRow[];
}

export interface BootstrapResults extends Setting {
  readonly rows: readonly BootstrapRow[];
}

export interface RankingResults extends Setting, RankingTimes {
  readonly version: string;
  readonly limitSeconds: number;
}

const files = readdirSync(FOLDER);

/** What is in bench/results. */
export const found = {
  /** By Node's major version, the oldest first: goals are stated for it. */
  plain: named(/^\d+\.json$/) as readonly Results[],
  native: named(/^native-\d+\.json$/) as readonly NativeResults[],
  roofline: named(/^roofline-\d+\.json$/)[0] as RooflineResults,
  peers: named(/^peers\.json$/)[0] as PeerResults,
  /** In the peers' form: cases instead of families. */
  partial: named(/^partial\.json$/)[0] as PeerResults,
  bootstrap: named(/^bootstrap\.json$/)[0] as BootstrapResults,
  ranking: named(/^ranking\.json$/)[0] as RankingResults,
};

function named(pattern: RegExp): unknown[] {
  const major = (file: string) => Number(file.match(/\d+/)?.[0] ?? 0);
  return files
    .filter((file) => pattern.test(file))
    .sort((a, b) => major(a) - major(b))
    .map((file) => JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")));
}
