import type { Design } from "../formula/design.ts";
import type { Factored } from "../optimize/normalEquations.ts";
import { exactProducts } from "../wasm/designSquares.ts";
import type { Coordinates } from "./coordinates.ts";
import { exactSquares } from "./exactSquares.ts";
import { withExpanded } from "./leastSquares.ts";

/**
 * (X'WX)^-1 from products of about 106 bits, for the columns as `coordinates` moves them: as exact as the weights are, whatever the columns
 * leave of one another. Weights may be negative; undefined where the matrix is not positive definite without the `aliased` columns.
 */
export async function exactInverse(
  design: Design,
  weights: Float64Array,
  coordinates: Coordinates,
  aliased: readonly boolean[],
): Promise<Pick<Factored, "solve" | "inverse"> | undefined> {
  const placed = { design, vectors: { weights }, response: new Float64Array(design.rows), thinned: false };
  const total = weights.reduce((sum, w) => sum + w, 0);
  const { solution, scales } = await withExpanded(placed, (matrix, own) => ({
    solution: exactSquares(exactProducts(matrix), matrix.columns, total),
    scales: own.scales,
  }));
  if (solution.aliased.some((is, j) => is !== aliased[j])) return undefined;
  // Written out, a factor's columns are scaled where its numbers are not.
  const ratio = coordinates.scales.map((scale, j) => scales[j]! / scale);
  return {
    solve: (b) => solution.solve(ratio.map((r, j) => r * b[j]!)).map((x, j) => ratio[j]! * x),
    inverse: (i, j) => ratio[i]! * ratio[j]! * solution.inverse(i, j),
  };
}
