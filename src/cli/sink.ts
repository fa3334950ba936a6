/**
 * Columns that grow within the engine's memory: parts of one block, since the engine fits values and weights in place only
 * where they share a memory.
 */
export class Sink {
  #values: readonly Float64Array[];

  private constructor(values: readonly Float64Array[]) {
    this.#values = values;
  }

  static async open(columns: number, rows: number): Promise<Sink> {
    return new Sink(await block(columns, rows));
  }

  /** The columns, with room for more rows than they have. */
  get values(): readonly Float64Array[] {
    return this.#values;
  }

  /** Makes room for `rows`, doubling what was too little; pages that no value reaches cost nothing. */
  async reserve(rows: number): Promise<void> {
    const room = this.#values[0]!.length;
    if (rows <= room) return;
    const larger = await block(this.#values.length, Math.max(rows, 2 * room));
    for (const [i, column] of this.#values.entries()) larger[i]!.set(column);
    this.#values = larger;
  }
}

async function block(columns: number, rows: number): Promise<Float64Array[]> {
  const { allocate } = await import("loglik");
  const whole = allocate(columns * rows);
  return Array.from({ length: columns }, (_, i) => whole.subarray(i * rows, (i + 1) * rows));
}

/** Where a value is not a finite number: its row within the chunk, and its column. */
export interface Unfit {
  readonly row: number;
  readonly column: number;
}

/**
 * Appends a chunk to rows that are there already; returns how many rows there are then, or where a value is unfit.
 * With `drop`, rows with a NaN are left out.
 */
export function append(
  chunk: readonly Float64Array[],
  rows: number,
  columns: readonly Float64Array[],
  kept: number,
  drop: boolean,
): number | Unfit {
  for (let row = 0; row < rows; row++) {
    let missing = false;
    let unfit = -1;
    for (let column = 0; column < columns.length; column++) {
      const value = chunk[column]![row]!;
      columns[column]![kept] = value;
      if (value - value === 0) continue;
      if (drop && Number.isNaN(value)) missing = true;
      else if (unfit < 0) unfit = column;
    }
    if (missing) continue;
    if (unfit >= 0) return { row, column: unfit };
    kept++;
  }
  return kept;
}
