import { TILE_ROWS } from "../../assembly/layout.ts";
import { triangular } from "../math/triangle.ts";
import type { Part, Union } from "../regression/parts.ts";
import { withDesign } from "./designPlacement.ts";
import { PartMatrix } from "./partMatrix.ts";
import { scratchOf } from "./tileSums.ts";

/** What goes with several linear predictors into an engine's memory. */
export interface PlacedParts {
  readonly parts: readonly Part[];
  /** Their columns, each once. */
  readonly union: Union;
  /** Number of coefficients. */
  readonly width: number;
  /** Columns of rows beside the designs. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  /** Whether rows are looked at as a subsample first. */
  readonly thinned: boolean;
}

/**
 * Runs `work` on several linear predictors in an engine's memory, as `withDesign` does on one.
 *
 * @throws RangeError for values that are not finite, naming column and row.
 */
export function withParts<T>(
  { parts, union, width, columns, thinned }: PlacedParts,
  work: (matrix: PartMatrix) => Promise<T> | T,
): Promise<T> {
  const { design, firsts, centred } = union;
  const offsets = Object.fromEntries(parts.flatMap(({ offset }, a) => (offset ? [[nameOf(a), offset]] : [])));
  const counts = design.blocks.flatMap((block) => (block.kind === "levels" ? [block.count] : []));
  const plain = design.blocks.length - counts.length;
  const matrices = (thinned ? 2 : 1) * (parts.length + triangular(parts.length));
  const tables = matrices * 2 * (scratchOf(plain, counts) - 4 * TILE_ROWS);
  const tiles = (1 + 2 * parts.length + triangular(parts.length)) * (TILE_ROWS + 16);
  const placed = { design, vectors: { ...columns, ...offsets }, thinned, centred, scratch: tables + tiles };
  return withDesign(placed, (matrix) => {
    const over = parts.map(({ places }, a) => ({ firsts: firsts[a]!, places, offset: nameOf(a) }));
    return work(new PartMatrix(matrix, over, width));
  });
}

const nameOf = (part: number) => `offset of part ${part}`;
