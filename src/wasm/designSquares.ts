import { BLOCK_ROWS, TILE_ROWS } from "../../assembly/layout.ts";
import { low as tail, twoSum } from "../math/doubleDouble.ts";
import { triangular } from "../math/triangle.ts";
import type { Products } from "../optimize/normalEquations.ts";
import type { DesignMatrix } from "./designMatrix.ts";

/** X'WX and X'Wy of the columns as they lie there, and y'Wy. */
export function squaresWithResponse(matrix: DesignMatrix): { products: Products; score: Float64Array; own: number } {
  const { arena } = matrix.engine;
  return arena.scope(() => {
    const [u, w] = [arena.reserve(TILE_ROWS + 2), arena.reserve(TILE_ROWS + 2)];
    const { weights } = matrix.vectors;
    const y = matrix.response!.address;
    const sums = matrix.collect(matrix.columns.length + 1, (first, n, out, crossed) => {
      const [us, ws] = [arena.view(u, n + 1), arena.view(w, n + 1)];
      if (weights === undefined) ws.fill(1);
      else ws.set(arena.view(weights + 8 * first, n));
      const ys = arena.view(y + 8 * first, n);
      for (let i = 0; i < n; i++) us[i] = ws[i]! * ys[i]!;
      us[n] = ws[n] = 0;
      matrix.addTile(u, w, first, n, out, crossed, 1);
    });
    const { score, products } = sums.finish();
    return { score, products, own: sums.own };
  });
}

/** X'WX of the plain columns and the response, to about 106 bits: the lower triangle row by row, high parts and low parts. */
export function exactProducts(matrix: DesignMatrix): { high: Float64Array; low: Float64Array } {
  matrix.passes++;
  const { arena, kernels } = matrix.engine;
  return arena.scope(() => {
    const d = matrix.columns.length + 1;
    const count = triangular(d);
    const scratch = arena.reserve(BLOCK_ROWS * (2 * d + 3));
    const out = arena.reserve(2 * count);
    const high = new Float64Array(count);
    const low = new Float64Array(count);
    matrix.eachTile((first, n) => {
      arena.view(out, 2 * count).fill(0);
      kernels.exactProducts!(matrix.table, d, matrix.vectors.weights ?? 0, first, n, scratch, out);
      const pairs = arena.view(out, 2 * count);
      for (let i = 0; i < count; i++) {
        const sum = twoSum(high[i]!, pairs[2 * i]!);
        const rest = tail[0]! + (low[i]! + pairs[2 * i + 1]!);
        high[i] = twoSum(sum, rest);
        low[i] = tail[0]!;
      }
    });
    return { high, low };
  });
}
