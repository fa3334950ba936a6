import { TILE_ROWS } from "../../assembly/layout.ts";
import { DesignMatrix } from "./designMatrix.ts";

/** Rows of a subsample that lie together: a group is a few cache lines. */
const GROUP = 64;

/** A tile of a design's rows, evenly spaced in groups, for starting values. Its memory is the caller's scope's. */
export function thinDesign({ engine, rows, columns, factors, vectors }: DesignMatrix): DesignMatrix {
  const { arena } = engine;
  const groups = TILE_ROWS / GROUP;
  const from = Array.from({ length: groups }, (_, g) => Math.floor((g * (rows - GROUP)) / (groups - 1)));
  const gather = <T extends Float64Array | Int32Array>(source: T, target: T) => {
    from.forEach((at, g) => {
      target.set(source.subarray(at, at + GROUP), g * GROUP);
    });
  };
  const numbers = (address: number) => {
    const to = arena.reserve(TILE_ROWS);
    gather(arena.view(address, rows), arena.view(to, TILE_ROWS));
    return to;
  };
  const codes = (address: number) => {
    const to = arena.reserve(TILE_ROWS / 2);
    gather(new Int32Array(arena.buffer, address, rows), new Int32Array(arena.buffer, to, TILE_ROWS));
    return to;
  };
  return new DesignMatrix(
    engine,
    TILE_ROWS,
    columns.map((column) => (column.constant ? column : { ...column, address: numbers(column.address) })),
    factors.map((factor) => ({ ...factor, codes: codes(factor.codes), values: factor.values && numbers(factor.values) })),
    Object.fromEntries(Object.entries(vectors).map(([name, address]) => [name, numbers(address)])),
  );
}
