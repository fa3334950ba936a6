import { families, type GlmFamily } from "../laws/families.ts";
import { at, type Link, type UnitLink } from "../laws/links.ts";
import { rowTerms } from "../laws/rowTerms.ts";
import { Accumulator } from "../math/sum.ts";
import { factor, type Products } from "../optimize/normalEquations.ts";
import type { DesignMatrix } from "../wasm/designMatrix.ts";
import type { GlmModel } from "./glmModel.ts";
import { kernelOf, pointwise, tileOf } from "./glmObjective.ts";

// Where a search for a generalised linear model's maximum begins.

/** theta by moments from a Poisson fit's means; Infinity where the score at 1/theta = 0 points below. */
export function startingTheta(link: Link | UnitLink, matrix: DesignMatrix, beta: Float64Array): number {
  const excess = new Accumulator();
  const terms = new Accumulator();
  const size = new Accumulator();
  matrix.predict(beta, (first, eta) => {
    const { y, weights } = tileOf(matrix, first, eta.length);
    for (let i = 0; i < eta.length; i++) {
      const mu = link.mu(eta[i]!);
      const weight = weights ? weights[i]! : 1;
      const squared = (y[i]! - mu) * (y[i]! - mu);
      excess.add(weight * (squared - y[i]!));
      terms.add(weight * (squared + y[i]!));
      size.add(weight * mu * mu);
    }
  });
  // Small whole numbers often cancel, and means are rounded.
  return excess.sum > 1e-12 * terms.sum ? size.sum / excess.sum : Number.POSITIVE_INFINITY;
}

/** Coefficients to start from, and what they were found by. */
export interface Start {
  readonly gamma: Float64Array;
  /** Columns that are left out, or combinations of those before them. */
  readonly aliased: readonly boolean[];
  /** The smallest part of a column's own product that the columns before it leave. */
  readonly smallest: number;
}

/**
 * Coefficients to start from, and how delicate the design is: least squares of the link at means near the responses, as R's glm.fit starts.
 * Where these lie outside the link's domain, a constant mean, if there is an intercept.
 */
export function starting(model: GlmModel, matrix: DesignMatrix, without: readonly boolean[]): Start {
  const { link } = model;
  const family = model.family.joint ? families.poisson : model.family;
  const { arena } = matrix.engine;
  const { offset } = matrix.vectors;
  const [total, weight] = [new Accumulator(), new Accumulator()];
  const from = (near: (y: number, weight: number) => number) =>
    matrix.pointwise(undefined, (first, eta, u, w) => {
      const { y, weights } = tileOf(matrix, first, eta.length);
      const given = offset === undefined ? undefined : arena.view(offset + 8 * first, eta.length);
      let [last, lastWeight, x, information] = [Number.NaN, Number.NaN, 0, 0];
      for (let i = 0; i < eta.length; i++) {
        const own = weights ? weights[i]! : 1;
        // Neighbours are often equal: of 0 and 1, every second.
        if (y[i] !== last || own !== lastWeight) {
          [last, lastWeight] = [y[i]!, own];
          const mu = near(last, own);
          x = link.eta(mu);
          link.derivatives(x);
          information = (own * at.first * at.first) / family.variance(mu, Number.NaN);
        }
        w[i] = information;
        u[i] = w[i]! * (x - (given ? given[i]! : 0));
        total.add(own * y[i]!);
        weight.add(own);
      }
      return 0;
    });
  const first = from(startingMean(model));
  const mean = total.sum / weight.sum;
  const factored = factor(first.products, without);
  if (!factored) return { gamma: new Float64Array(matrix.width), aliased: without, smallest: 0 };
  const { aliased } = factored;
  const gamma = factored.solve(first.score);
  const smallest = aliased.some((is, j) => is && !without[j] && !isLarge(first.products, j)) ? 0 : factored.smallest;
  const terms = rowTerms(family, link);
  if (kernelOf(family, link)) return { gamma, aliased, smallest };
  const { value } = pointwise(matrix, gamma, terms, true);
  const flat = from(() => inside(family, mean));
  const constant = factor(flat.products, without)?.solve(flat.score) ?? gamma;
  // Responses near 0 have so much weight that least squares may lead away from all the others.
  if (Number.isFinite(value)) {
    const better = pointwise(matrix, constant, terms, true).value > value;
    return { gamma: better ? constant : gamma, aliased, smallest };
  }
  // Half way to a constant, until every mean is one.
  for (let share = 0.5; share > 1e-3; share /= 2) {
    const between = constant.map((c, j) => c + share * (gamma[j]! - c));
    if (Number.isFinite(pointwise(matrix, between, terms, true).value)) return { gamma: between, aliased, smallest };
  }
  return { gamma: constant, aliased, smallest };
}

/** A large factor's levels without rows are no reason for doubt. */
function isLarge({ large }: Products, column: number): boolean {
  return large !== undefined && column >= large.first && column < large.first + large.own.length;
}

function inside(family: GlmFamily, mean: number): number {
  if (family.proportions) return Math.min(0.99, Math.max(0.01, mean));
  return family.holdsMean(mean) ? mean : 0.1;
}

/** R's mustart; where the link has no value there, inside. */
function startingMean({ family, link }: GlmModel): (y: number, weight: number) => number {
  return (y, weight) => {
    const mu = family.near(y, weight);
    const eta = link.eta(mu);
    // A gaussian response with a log link may be negative.
    return Number.isFinite(eta) && link.valid(eta) ? mu : 0.1;
  };
}
