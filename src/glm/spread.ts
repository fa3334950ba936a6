import type { Design } from "../formula/design.ts";
import { Accumulator } from "../math/sum.ts";

/**
 * Standard deviation of each column of a design, weighted, with the sum of the weights for divisor, as glmnet standardises; 0 for the
 * intercept and for a constant.
 */
export function columnSpreads({ blocks, names, rows }: Design, weights: Float64Array | undefined): Float64Array {
  const spreads = new Float64Array(names.length);
  const weight = (i: number) => (weights ? weights[i]! : 1);
  const total = weights ? weights.reduce((sum, w) => sum + w, 0) : rows;
  let column = 0;
  for (const block of blocks) {
    if (block.kind === "column") spreads[column] = spreadOf(block.values, weights, total);
    if (block.kind !== "levels") {
      column++;
      continue;
    }
    const { codes, count, by } = block;
    const [sums, squares, least] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
    for (let i = 0; i < rows; i++) if (codes[i]! >= 0) sums[codes[i]!]! += weight(i) * (by ? by[i]! : 1);
    for (let i = 0; i < rows; i++) {
      const code = codes[i]!;
      if (code < 0) continue;
      const gap = (by ? by[i]! : 1) - sums[code]! / total;
      squares[code]! += weight(i) * gap * gap;
      least[code]! += weight(i);
    }
    for (let l = 0; l < count; l++) {
      const mean = sums[l]! / total;
      spreads[column + l] = Math.sqrt((squares[l]! + (total - least[l]!) * mean * mean) / total);
    }
    column += count;
  }
  return spreads;
}

function spreadOf(values: Float64Array, weights: Float64Array | undefined, total: number): number {
  const sum = new Accumulator();
  for (let i = 0; i < values.length; i++) sum.add((weights ? weights[i]! : 1) * (values[i]! / total));
  const mean = sum.sum;
  let size = 0;
  for (const value of values) size = Math.max(size, Math.abs(value - mean));
  // What is left of a constant column are the roundings of its mean.
  if (!(size > 2 ** -44 * Math.abs(mean))) return 0;
  const squares = new Accumulator();
  for (let i = 0; i < values.length; i++) {
    // Over the largest: of values near 1e200 the squares are no doubles.
    const gap = (values[i]! - mean) / size;
    squares.add((weights ? weights[i]! : 1) * gap * gap);
  }
  return size * Math.sqrt(squares.sum / total);
}
