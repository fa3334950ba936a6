import type { Block, Design } from "./design.ts";

/** A design's columns, written out. */
export function columnsOf({ blocks, rows }: Design): Float64Array[] {
  return blocks.flatMap((block) => written(block, rows));
}

function written(block: Block, rows: number): Float64Array[] {
  if (block.kind === "intercept") return [new Float64Array(rows).fill(1)];
  if (block.kind === "column") return [block.values];
  const { codes, count, by } = block;
  const columns = Array.from({ length: count }, () => new Float64Array(rows));
  for (let i = 0; i < rows; i++) if (codes[i]! >= 0) columns[codes[i]!]![i] = by ? by[i]! : 1;
  return columns;
}
