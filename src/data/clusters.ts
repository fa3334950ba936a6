import { describe, type Numbers } from "./observations.ts";

/** Which rows belong together: those of one cluster depend on one another in ways that the model does not know. */
export interface Clusters {
  /** Clusters, 0 … count - 1, of the rows that count: those of weight 0 are left out. */
  readonly of: Int32Array;
  readonly count: number;
}

/**
 * Numbers clusters in the order in which they occur.
 *
 * @throws TypeError for labels that are neither strings nor numbers, RangeError for another count than rows or a single cluster.
 */
export function clustersOf(given: unknown, rows: number, weights: Numbers | undefined): Clusters {
  if (!(Array.isArray(given) || (ArrayBuffer.isView(given) && !(given instanceof DataView)))) {
    throw new TypeError(`cluster is ${describe(given)}; an array of labels or numbers is needed, one per row.`);
  }
  const labels = given as ArrayLike<unknown>;
  if (labels.length !== rows) throw new RangeError(`cluster has ${labels.length} entries; ${rows} are needed, one per row.`);
  const known = new Map<unknown, number>();
  const of = new Int32Array(rows);
  let counting = 0;
  for (let row = 0; row < rows; row++) {
    if (weights?.[row] === 0) continue;
    const label = labels[row];
    let cluster = known.get(label);
    if (cluster === undefined) {
      if (typeof label !== "string" && !(typeof label === "number" && Number.isFinite(label))) {
        throw new TypeError(`cluster[${row}] is ${describe(label)}; a string or a finite number is needed.`);
      }
      cluster = known.size;
      known.set(label, cluster);
    }
    of[counting++] = cluster;
  }
  if (known.size < 2) throw new RangeError("cluster holds one label only; two clusters at least are needed to see how they vary.");
  return { of: of.subarray(0, counting), count: known.size };
}
