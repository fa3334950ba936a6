import { informationSlopes, slopes } from "../laws/informationSlopes.ts";
import { rowTerms } from "../laws/rowTerms.ts";
import { log } from "../math/elementary.ts";
import { Accumulator } from "../math/sum.ts";
import { cholesky } from "../math/symmetric.ts";
import { conjugate, inverseLower } from "../math/triangle.ts";
import type { Objective } from "../optimize/climb.ts";
import type { Evaluation } from "../optimize/newtonStep.ts";
import type { Products } from "../optimize/normalEquations.ts";
import { writtenProducts } from "../optimize/penalty.ts";
import type { DesignMatrix } from "../wasm/designMatrix.ts";
import type { GlmModel } from "./glmModel.ts";
import { pointwise, tileOf } from "./glmObjective.ts";

/** Half the logarithm of the information's determinant and the transposed inverse of its factor: the inverse is C C'. */
interface Root {
  readonly halfLog: number;
  /** Columns of C, in all of the design's columns; 0 for those that are left out. */
  readonly columns: readonly Float64Array[];
}

/**
 * The log-likelihood plus half the logarithm of the determinant of its expected information, Jeffreys' prior: D. Firth, "Bias reduction of maximum
 * likelihood estimates", Biometrika 80 (1993), 27. The score is X'(u + q W'/2) with q_i = x_i' I^-1 x_i, leverage over weight; the exact second
 * derivatives add X'diag(q W'')X/2 less the traces of I^-1 dI_j I^-1 dI_k /2. 2p + 3 passes over the rows, p + 3 where `expected`.
 */
export function firthObjective(
  { family, link, theta = Number.NaN }: GlmModel,
  matrix: DesignMatrix,
  without: readonly boolean[],
): Objective {
  const terms = rowTerms(family, link, theta);
  const jets = informationSlopes(family, link, theta);
  const kept = without.flatMap((is, j) => (is ? [] : [j]));
  const q = new Float64Array(matrix.rows);
  const bend = new Float64Array(matrix.rows);
  const column = new Float64Array(matrix.rows);
  return {
    canonical: false,
    fisher: true,
    without,
    evaluate(beta, _, expected): Evaluation {
      const plain = pointwise(matrix, beta, terms, true);
      const root = Number.isFinite(plain.value) ? rootOf(plain.products, kept) : undefined;
      if (!root) return { ...plain, value: Number.NEGATIVE_INFINITY, dispersion: 1 };
      q.fill(0);
      for (const c of root.columns) {
        matrix.predict(
          c,
          (first, part) => {
            for (let i = 0; i < part.length; i++) q[first + i]! += part[i]! * part[i]!;
          },
          false,
        );
      }
      const { score, products } = matrix.pointwise(beta, (first, eta, u, w) => {
        const rows = tileOf(matrix, first, eta.length);
        terms(rows, eta, u, w, expected);
        for (let i = 0; i < eta.length; i++) {
          jets(eta[i]!);
          const half = 0.5 * (rows.weights ? rows.weights[i]! : 1) * q[first + i]!;
          u[i]! += half * slopes.first;
          if (!expected) w[i]! -= half * slopes.second;
          bend[first + i] = (rows.weights ? rows.weights[i]! : 1) * slopes.first;
        }
        return 0;
      });
      const found = { value: plain.value + root.halfLog, score, dispersion: 1, beyond: root.halfLog };
      return { ...found, products: expected ? plain.products : withTraces(products, matrix, root, kept, bend, column) };
    },
  };
}

function rootOf(products: Products, kept: readonly number[]): Root | undefined {
  const full = writtenProducts(products);
  const { columns: width } = products;
  const m = kept.length;
  // Scaled to a unit diagonal.
  const size = kept.map((j) => Math.sqrt(full[j * width + j]!));
  const unit = Float64Array.from({ length: m * m }, (_, at) => {
    const [a, b] = [Math.floor(at / m), at % m];
    return full[kept[a]! * width + kept[b]!]! / size[a]! / size[b]!;
  });
  const l = cholesky(unit, m);
  if (!l) return undefined;
  const inverse = inverseLower(l, m);
  const halfLog = new Accumulator();
  for (let a = 0; a < m; a++) halfLog.add(log(l[a * m + a]!)).add(log(size[a]!));
  const columns = kept.map((_, k) => {
    const c = new Float64Array(width);
    for (let a = 0; a <= k; a++) c[kept[a]!] = inverse[k * m + a]! / size[a]!;
    return c;
  });
  return { halfLog: halfLog.sum, columns };
}

/** Adds half the traces of I^-1 dI_j I^-1 dI_k; `bend` is dW/deta of each row. */
function withTraces(
  products: Products,
  matrix: DesignMatrix,
  root: Root,
  kept: readonly number[],
  bend: Float64Array,
  column: Float64Array,
): Products {
  const m = kept.length;
  const width = products.columns;
  const inverse = Float64Array.from({ length: m * m }, (_, at) => root.columns[Math.floor(at / m)]![kept[at % m]!]!);
  const slopesOf = kept.map((j) => {
    const unit = new Float64Array(width);
    unit[j] = 1;
    matrix.predict(unit, (first, part) => column.set(part, first), false);
    const { products: own } = matrix.pointwise(undefined, (first, _, u, w) => {
      u.fill(0);
      for (let i = 0; i < w.length; i++) w[i] = bend[first + i]! * column[first + i]!;
      return 0;
    });
    const full = writtenProducts(own);
    const part = Float64Array.from({ length: m * m }, (_, at) => full[kept[Math.floor(at / m)]! * width + kept[at % m]!]!);
    return conjugate(inverse, part, m);
  });
  const full = writtenProducts(products);
  slopesOf.forEach((one, a) => {
    for (let b = 0; b <= a; b++) {
      const other = slopesOf[b]!;
      const half = 0.5 * one.reduce((sum, value, at) => sum + value * other[at]!, 0);
      const [j, k] = [kept[a]!, kept[b]!];
      full[j * width + k]! += half;
      if (j !== k) full[k * width + j]! += half;
    }
  });
  return { columns: width, dense: Int32Array.from({ length: width }, (_, j) => j), gram: full };
}
