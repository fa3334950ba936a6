type Allocate = (length: number) => Float64Array;

/** Columns that grow: parts of one block, since the engine fits values and weights in place only where they share a memory. */
export class Sink {
  readonly #allocate: Allocate;
  #values: readonly Float64Array[];

  private constructor(allocate: Allocate, columns: number, rows: number) {
    this.#allocate = allocate;
    this.#values = this.#block(columns, rows);
  }

  /** Columns within the engine's memory. */
  static async open(columns: number, rows: number): Promise<Sink> {
    const { allocate } = await import("loglik");
    return new Sink(allocate, columns, rows);
  }

  /** Columns of their own, for what the engine copies anyway. */
  static apart(columns: number, rows: number): Sink {
    return new Sink((length) => new Float64Array(length), columns, rows);
  }

  /** The columns, with room for more rows than they have. */
  get values(): readonly Float64Array[] {
    return this.#values;
  }

  /** Makes room for `rows`, doubling what was too little; pages that no value reaches cost nothing. */
  reserve(rows: number): void {
    const room = this.#values[0]?.length ?? Number.POSITIVE_INFINITY;
    if (rows <= room) return;
    const larger = this.#block(this.#values.length, Math.max(rows, 2 * room));
    for (const [i, column] of this.#values.entries()) larger[i]!.set(column);
    this.#values = larger;
  }

  #block(columns: number, rows: number): Float64Array[] {
    const whole = this.#allocate(columns * rows);
    return Array.from({ length: columns }, (_, i) => whole.subarray(i * rows, (i + 1) * rows));
  }
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
