import { clustersOf } from "../data/clusters.ts";
import { meatOf, type ScoredRow } from "../inference/meat.ts";
import type { Fitted } from "./conclusion.ts";
import type { Settings } from "./fitSample.ts";
import type { FitOptions } from "./settings.ts";

/** The clusters of an option, for `rows` rows. */
export function clustered({ cluster, weights }: Pick<FitOptions, "cluster" | "weights">, rows: number): Pick<Settings, "clusters"> {
  return cluster === undefined ? {} : { clusters: clustersOf(cluster, rows, weights) };
}

/** The middle of the sandwich, where the settings ask for one; `scored` are the rows that count, with their scores at natural parameters. */
export function robustly(
  settings: Pick<Settings, "covariance" | "weightType" | "clusters">,
  scored: (theta: readonly number[]) => Iterable<ScoredRow>,
): Fitted["meat"] {
  const { clusters, weightType } = settings;
  const importance = weightType === "importance";
  if ((settings.covariance ?? (importance || clusters ? "robust" : "observed")) === "observed") return undefined;
  return (theta, p, map) => meatOf(mapped(scored(theta), map), p, { repeats: !importance, groups: clusters });
}

function* mapped(rows: Iterable<ScoredRow>, map: (score: readonly number[]) => number[]): Generator<ScoredRow> {
  for (const { score, ...row } of rows) yield { ...row, score: map(score) };
}
