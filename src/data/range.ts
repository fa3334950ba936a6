/** The doubles from one to another, both included, or the whole ones among them. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly whole?: boolean;
}

export const finite: Range = { from: -Number.MAX_VALUE, to: Number.MAX_VALUE };

/** The first row that counts (its weight is not 0) and whose value lies outside; -1 if none does. */
export function rowOutside(values: Float64Array, { from, to, whole = false }: Range, weights?: ArrayLike<number>): number {
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value >= from && value <= to && !(whole && Math.floor(value) !== value)) continue;
    if (weights?.[row] !== 0) return row;
  }
  return -1;
}
