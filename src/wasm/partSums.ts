import type { Products } from "../optimize/normalEquations.ts";
import type { DesignMatrix } from "./designMatrix.ts";
import type { DesignSums } from "./tileSums.ts";

/** Two linear predictors, whose mixed products X_a'W_ab X_b are sums over a design of the columns of both. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly matrix: DesignMatrix;
  /** Places of the matrix's columns among the coefficients, as columns of a and of b; -1 of those that the part does not have. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Part b is a constant alone: X_a'w is all there is. */
  readonly constant: boolean;
}

/** A factor of many levels in one part alone, whose products are kept apart: its first coefficient and their number. */
export interface LargeFactor {
  readonly first: number;
  readonly count: number;
}

/** Gradient and information in the coefficients from the sums of all pairs of predictors. */
export function assembled(
  found: readonly DesignSums[],
  pairs: readonly Pair[],
  dense: Int32Array,
  large: LargeFactor | undefined,
  width: number,
): { score: Float64Array; products: Products } {
  const score = new Float64Array(width);
  const m = dense.length;
  const gram = new Float64Array(m * m);
  const place = new Int32Array(width).fill(-1);
  dense.forEach((k, i) => {
    place[k] = i;
  });
  const own = new Float64Array(large?.count ?? 0);
  const cross = new Float64Array((large?.count ?? 0) * m);
  const add = (i: number, j: number, value: number) => {
    const [p, q] = [place[i]!, place[j]!];
    if (p >= 0 && q >= 0) gram[p * m + q]! += value;
    else if (p >= 0) cross[(j - large!.first) * m + p]! += value;
    else if (q < 0 && i === j) own[i - large!.first]! += value;
  };
  found.forEach(({ score: sums, products }, k) => {
    const { a, b, left, right, constant } = pairs[k]!;
    if (constant) {
      left.forEach((i, c) => {
        add(i, right[0]!, sums[c]!);
        add(right[0]!, i, sums[c]!);
      });
      return;
    }
    if (a === b) for (let c = 0; c < left.length; c++) score[left[c]!]! += sums[c]!;
    eachEntry(products, (c, d, value) => {
      const [i, j] = [left[c]!, right[d]!];
      if (i < 0 || j < 0) return;
      add(i, j, value);
      if (a !== b) add(j, i, value);
    });
  });
  const apart = large && { first: large.first, own, cross };
  return { score, products: { columns: width, dense, gram, ...(apart && { large: apart }) } };
}

/** All entries of a symmetric matrix of products but those of two levels of the factor that is kept apart. */
function eachEntry({ dense, gram, large }: Products, call: (i: number, j: number, value: number) => void): void {
  const m = dense.length;
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) call(dense[i]!, dense[j]!, gram[i * m + j]!);
  if (!large) return;
  for (let l = 0; l < large.own.length; l++) {
    const level = large.first + l;
    call(level, level, large.own[l]!);
    for (let j = 0; j < m; j++) {
      call(level, dense[j]!, large.cross[l * m + j]!);
      call(dense[j]!, level, large.cross[l * m + j]!);
    }
  }
}
