import { Basis, skeleton } from "../math/basis.ts";
import { interpolation, polynomialAt } from "../math/interpolation.ts";
import { cholesky } from "../math/symmetric.ts";
import type { Objective } from "../optimize/objective.ts";

// The log-likelihoods of many weighted samples of the same rows, near the maximum of the unweighted one, where all of theirs lie. What row i
// adds, g(x_i; θ) = log f(x_i; θ) - log f(x_i; maximum), is interpolated in θ by a polynomial through nodes. As functions of x the g of all
// nodes are combinations of few: of the sufficient statistics where a family has them, and of some more elsewhere, since no function of θ
// changes much within a few standard errors of many rows. So a few columns g(x_i; θ_k) are all that has to be summed with weights.

/** Half the side of the cube of nodes, in standard errors: of a thousand normal replicates the farthest is expected at 3.3. */
const REACH = 4.5;

/** Total degree of the polynomials, by the number of free parameters. */
const DEGREES = [0, 10, 8, 6];

/** Columns beyond which weighted fits of the rows cost no more. */
const MOST_COLUMNS = 24;

/**
 * Sum over the rows of what the few columns miss of any other, in log-likelihood: what the rows leave on the average is less by far, since
 * it is orthogonal to a constant.
 */
const MISSED = 3e-7;

/** Rounding of a log-density, relative to the largest. */
const ROUNDING = 1e-15;

/** Where the surface is wanted. */
export interface Summit {
  /** At natural parameters, fixed ones and constants included. */
  logPdf(x: number, theta: readonly number[]): number;
  /** Natural parameters of free unconstrained coordinates. */
  natural(eta: readonly number[]): number[];
  /** The maximum in these, and the covariance of its errors. */
  readonly eta: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

/** The weighted log-likelihoods near a maximum, as functions of a few weighted sums. */
export interface Surface {
  /** How many sums. */
  readonly columns: number;
  /** Log-densities of rows at the maximum. */
  base(x: ArrayLike<number>, first: number, rows: number): Float64Array;
  /** What the same rows add to sum k, times their weights. */
  column(k: number, x: ArrayLike<number>, first: number, base: Float64Array): Float64Array;
  /** The log-likelihood of a sample whose weights sum to `sums[0]` and columns to the rest, over the origin's. */
  objective(sums: readonly number[]): Objective;
  /** Natural parameters of a point. */
  natural(point: readonly number[]): number[];
  /** Whether a point lies where the surface is known. */
  within(point: readonly number[]): boolean;
}

/** The surface over `rows` rows of which `some` are a part, or undefined where many columns would be needed or a row leaves the support. */
export function surfaceOf({ logPdf, natural, eta, covariance }: Summit, some: Float64Array, rows: number): Surface | undefined {
  const p = eta.length;
  const degree = DEGREES[p];
  const root = cholesky(Float64Array.from(covariance.flat()), p);
  if (!degree || !root) return undefined;
  const place = (point: readonly number[]) =>
    natural(eta.map((value, i) => value + REACH * point.reduce((sum, z, j) => sum + (j <= i ? root[i * p + j]! * z : 0), 0)));
  const { nodes, monomials, coefficients } = interpolation(p, degree);
  const thetas = nodes.map(place);
  const [center, ...others] = thetas;
  const base = some.map((x) => logPdf(x, center!));
  const all = others.map((theta) => some.map((x, i) => logPdf(x, theta) - base[i]!));
  const basis = new Basis();
  basis.add(new Float64Array(some.length).fill(1));
  const size = base.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const picked = skeleton(basis, all, Math.max(MISSED / rows, ROUNDING * size), MOST_COLUMNS);
  if (!picked) return undefined;
  const combined = all.map((column) => basis.coefficients(column));
  // Coefficient of each monomial from the sums; the first node, the origin, has the value 0.
  const map = coefficients.map((row) =>
    combined[0]!.map((_, k) => combined.reduce((sum, combination, j) => sum + row[j + 1]! * combination[k]!, 0)),
  );
  return {
    columns: picked.length,
    base: (x, first, count) => new Float64Array(count).map((_, i) => logPdf(x[first + i]!, center!)),
    column: (k, x, first, base) => base.map((value, i) => logPdf(x[first + i]!, others[picked[k]!]!) - value),
    objective(sums) {
      const polynomial = map.map((row) => row.reduce((sum, entry, k) => sum + entry * sums[k]!, 0));
      return {
        dimension: p,
        evaluate(point) {
          const { value, gradient, hessian } = polynomialAt(monomials, polynomial, point);
          return { value, score: gradient, information: hessian.map((row) => row.map((entry) => -entry)) };
        },
      };
    },
    natural: place,
    within: (point) => point.every((z) => Math.abs(z) <= 1.5),
  };
}
