import { addPairs, dividePairs, low, multiplyPairs, rootOfPair } from "../math/doubleDouble.ts";
import { entry } from "../math/triangle.ts";
import type { Moved } from "./coordinates.ts";

/** A triangle of numbers of about 106 bits, row by row. */
export interface PairTriangle {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

/** Least squares from X'WX with the response as the last row. */
export interface ExactSolution {
  readonly aliased: readonly boolean[];
  /** Coefficients as pairs. */
  readonly high: Float64Array;
  readonly low: Float64Array;
  /** x with X'WX x = b, b a double. */
  solve(b: ArrayLike<number>): Float64Array;
  /** (X'WX)^-1; zeros for aliased columns. */
  readonly inverse: (i: number, j: number) => number;
}

/**
 * Part of a column's own product, taken about 0, that the columns before it must leave: its square root is 450 roundings of a double, so
 * that a combination of columns computed in doubles is seen as one.
 */
const ALIASED = 1e-26;

/**
 * Cholesky's factors of the cross-products, in numbers of about 106 bits, in the design's order, columns that are combinations of earlier
 * ones left out. `moves` are the columns as they were moved, `total` is the sum of the weights.
 */
export function exactSquares(triangle: PairTriangle, moves: readonly Pick<Moved, "center" | "scale">[], total: number): ExactSolution {
  const columns = moves.length;
  const d = columns + 1;
  /** Column j's product with itself about 0. */
  const own = moves.map(({ center, scale }, j) => triangle.high[entry(j, j)]! + total * center * center * scale * scale);
  const high = triangle.high.slice();
  const lows = triangle.low.slice();
  const aliased = new Array<boolean>(columns).fill(false);
  /** What row i has left in column j, after the columns before `upTo`. */
  const reduce = (i: number, j: number, upTo: number) => {
    const at = entry(i, j);
    let h = high[at]!;
    let l = lows[at]!;
    for (let k = 0; k < upTo; k++) {
      if (aliased[k]) continue;
      const [a, b] = [entry(i, k), entry(j, k)];
      const product = multiplyPairs(high[a]!, lows[a]!, high[b]!, lows[b]!);
      h = addPairs(h, l, -product, -low[0]!);
      l = low[0]!;
    }
    low[0] = l;
    return h;
  };
  for (let j = 0; j < columns; j++) {
    const pivot = reduce(j, j, j);
    if (!(pivot > ALIASED * own[j]!)) {
      aliased[j] = true;
      continue;
    }
    const diagonal = entry(j, j);
    high[diagonal] = rootOfPair(pivot, low[0]!);
    lows[diagonal] = low[0]!;
    for (let i = j + 1; i < d; i++) {
      const at = entry(i, j);
      high[at] = dividePairs(reduce(i, j, j), low[0]!, high[diagonal]!, lows[diagonal]!);
      lows[at] = low[0]!;
    }
  }

  /** L' x = b in place. */
  const back = (x: Float64Array, x2: Float64Array) => {
    for (let i = columns - 1; i >= 0; i--) {
      if (aliased[i]) {
        x[i] = x2[i] = 0;
        continue;
      }
      let h = x[i]!;
      let l = x2[i]!;
      for (let k = i + 1; k < columns; k++) {
        if (aliased[k]) continue;
        const at = entry(k, i);
        const product = multiplyPairs(high[at]!, lows[at]!, x[k]!, x2[k]!);
        h = addPairs(h, l, -product, -low[0]!);
        l = low[0]!;
      }
      x[i] = dividePairs(h, l, high[entry(i, i)]!, lows[entry(i, i)]!);
      x2[i] = low[0]!;
    }
  };
  /** L x = b in place. */
  const forward = (x: Float64Array, x2: Float64Array) => {
    for (let i = 0; i < columns; i++) {
      if (aliased[i]) {
        x[i] = x2[i] = 0;
        continue;
      }
      let h = x[i]!;
      let l = x2[i]!;
      for (let k = 0; k < i; k++) {
        if (aliased[k]) continue;
        const at = entry(i, k);
        const product = multiplyPairs(high[at]!, lows[at]!, x[k]!, x2[k]!);
        h = addPairs(h, l, -product, -low[0]!);
        l = low[0]!;
      }
      x[i] = dividePairs(h, l, high[entry(i, i)]!, lows[entry(i, i)]!);
      x2[i] = low[0]!;
    }
  };
  const solve = (b: ArrayLike<number>) => {
    const x = Float64Array.from(b);
    const x2 = new Float64Array(columns);
    forward(x, x2);
    back(x, x2);
    return x;
  };
  const gamma = Float64Array.from({ length: columns }, (_, j) => high[entry(columns, j)]!);
  const gamma2 = Float64Array.from({ length: columns }, (_, j) => lows[entry(columns, j)]!);
  back(gamma, gamma2);
  let inverse: Float64Array[] | undefined;
  const inverted = () => {
    inverse ??= Array.from({ length: columns }, (_, j) => {
      const unit = new Float64Array(columns);
      unit[j] = 1;
      return solve(unit);
    });
    return inverse;
  };
  return { aliased, high: gamma, low: gamma2, solve, inverse: (i, j) => (aliased[j] ? 0 : inverted()[Math.max(i, j)]![Math.min(i, j)]!) };
}
