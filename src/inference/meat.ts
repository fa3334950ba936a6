// The middle of the sandwich H^-1 M H^-1 (Huber 1967; White 1982): M is the sum of the outer products of the rows' scores, or where rows
// come in clusters, of the clusters' (Liang & Zeger 1986, Biometrika 73, 13). Conventions of R's package sandwich (Zeileis 2006, J. Stat.
// Softw. 16, 9; Zeileis, Köll & Graham 2020, J. Stat. Softw. 95, 1): no correction without clusters (HC0), and the factor G / (G - 1) with
// G of them.

/** The clusters of the rows that count, numbered from 0. */
export interface Groups {
  readonly of: ArrayLike<number>;
  readonly count: number;
}

/** How rows make up the middle of a sandwich. */
export interface Meat {
  /** A weight repeats its row: the same score several times, each by itself. */
  readonly repeats: boolean;
  readonly groups: Groups | undefined;
}

/** A row that counts, with its place among those, its weight and its score. */
export interface ScoredRow {
  readonly row: number;
  readonly weight: number;
  readonly score: readonly number[];
}

/** M from the rows, of p parameters. */
export function meatOf(rows: Iterable<ScoredRow>, p: number, { repeats, groups }: Meat): number[][] {
  const sum = Array.from({ length: p }, () => new Array<number>(p).fill(0));
  const add = (score: ArrayLike<number>, from: number, factor: number) => {
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) sum[i]![j]! += factor * score[from + i]! * score[from + j]!;
  };
  if (!groups) {
    for (const { weight, score } of rows) add(score, 0, repeats ? weight : weight * weight);
    return sum;
  }
  const totals = new Float64Array(groups.count * p);
  for (const { row, weight, score } of rows) {
    const from = groups.of[row]! * p;
    for (let i = 0; i < p; i++) totals[from + i]! += weight * score[i]!;
  }
  for (let cluster = 0; cluster < groups.count; cluster++) add(totals, cluster * p, groups.count / (groups.count - 1));
  return sum;
}
