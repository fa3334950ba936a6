import { TILE_ROWS } from "../../assembly/layout.ts";
import { DesignMatrix } from "./designMatrix.ts";

/** Rows of a subsample that lie together: a group is a kibibyte of a column. */
const GROUP = 128;

/** So many of a design's rows, a tile at most, evenly spaced in groups, for starting values. Its memory is the caller's scope's. */
export function thinDesign({ engine, rows, columns, factors, vectors }: DesignMatrix, kept = TILE_ROWS): DesignMatrix {
  const { arena } = engine;
  const groups = kept / GROUP;
  const from = Array.from({ length: groups }, (_, g) => Math.floor((g * (rows - GROUP)) / (groups - 1)));
  const memory = new Uint8Array(arena.buffer);
  /** The groups' rows of a column of so many bytes each. */
  const gathered = (column: number, size: number) => {
    const to = arena.reserve((kept * size) / 8);
    const bytes = GROUP * size;
    from.forEach((row, g) => {
      memory.copyWithin(to + g * bytes, column + row * size, column + row * size + bytes);
    });
    return to;
  };
  const numbers = (column: number) => gathered(column, 8);
  return new DesignMatrix(
    engine,
    kept,
    columns.map((column) => (column.constant ? column : { ...column, address: numbers(column.address) })),
    factors.map((factor) => ({ ...factor, codes: gathered(factor.codes, 4), values: factor.values && numbers(factor.values) })),
    Object.fromEntries(Object.entries(vectors).map(([name, address]) => [name, numbers(address)])),
  );
}
