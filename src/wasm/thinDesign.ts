import { TILE_ROWS } from "../../assembly/layout.ts";
import { DesignMatrix } from "./designMatrix.ts";

/** Rows of a subsample that lie together: a group is a kibibyte of a column. */
const GROUP = 128;

/** So many of a design's rows, a tile at most, evenly spaced in groups, for starting values. Its memory is the caller's scope's. */
export function thinDesign({ engine, rows, columns, factors, vectors }: DesignMatrix, kept = TILE_ROWS): DesignMatrix {
  const { arena } = engine;
  const groups = kept / GROUP;
  const from = Array.from({ length: groups }, (_, g) => Math.floor((g * (rows - GROUP)) / (groups - 1)));
  // For so few rows a view that `set` would need costs more than the copy.
  const gather = (source: Float64Array | Int32Array, target: Float64Array | Int32Array) => {
    let to = 0;
    for (const at of from) for (let i = at; i < at + GROUP; i++) target[to++] = source[i]!;
  };
  const numbers = (address: number) => {
    const to = arena.reserve(kept);
    gather(arena.view(address, rows), arena.view(to, kept));
    return to;
  };
  const codes = (address: number) => {
    const to = arena.reserve(kept / 2);
    gather(new Int32Array(arena.buffer, address, rows), new Int32Array(arena.buffer, to, kept));
    return to;
  };
  return new DesignMatrix(
    engine,
    kept,
    columns.map((column) => (column.constant ? column : { ...column, address: numbers(column.address) })),
    factors.map((factor) => ({ ...factor, codes: codes(factor.codes), values: factor.values && numbers(factor.values) })),
    Object.fromEntries(Object.entries(vectors).map(([name, address]) => [name, numbers(address)])),
  );
}
