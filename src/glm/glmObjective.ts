import type { Edge } from "../laws/edges.ts";
import type { GlmFamily } from "../laws/families.ts";
import type { Link, UnitLink } from "../laws/links.ts";
import { type RowTerms, rowScores, rowTerms, type TileRows } from "../laws/rowTerms.ts";
import { ThetaTerms } from "../laws/thetaTerms.ts";
import { exp } from "../math/elementary.ts";
import { Accumulator } from "../math/sum.ts";
import type { Objective } from "../optimize/climb.ts";
import type { Evaluation } from "../optimize/newtonStep.ts";
import { type DesignMatrix, type POINTWISE, SUBSAMPLE } from "../wasm/designMatrix.ts";

/** Rows from which on a pass is worth sparing. */
export const LONG = 12 * SUBSAMPLE;

/** Which pairs the kernels work out themselves. */
export function kernelOf(family: GlmFamily, link: Link | UnitLink): keyof typeof POINTWISE | undefined {
  return family.kernels?.[link.name];
}

/** A tile's responses and weights. */
export function tileOf(matrix: DesignMatrix, first: number, n: number): TileRows {
  const { arena } = matrix.engine;
  const { y, weights } = matrix.vectors;
  return { y: arena.view(y! + 8 * first, n), weights: weights === undefined ? undefined : arena.view(weights + 8 * first, n) };
}

/** Rows that may lie at an edge: what is theirs there, and which of a tile's predictors are put at it. */
export interface Edges {
  readonly edge: Edge;
  seat(first: number, eta: Float64Array): void;
}

export function objectiveOf(
  family: GlmFamily,
  link: Link | UnitLink,
  theta: number | undefined,
  matrix: DesignMatrix,
  without: readonly boolean[],
  edges?: Edges,
): Objective {
  const kernel = kernelOf(family, link);
  const isMany = matrix.rows >= SUBSAMPLE;
  const reach = (step: Float64Array) => matrix.reach(step);
  if (kernel) {
    const canonical = link.name === family.links[0];
    const score = (beta: Float64Array) => matrix.known(kernel, beta, false, () => false).score;
    return {
      canonical,
      fisher: false,
      without,
      evaluate: (beta, _, expected) => ({ ...matrix.known(kernel, beta, expected && !canonical), dispersion: 1 }),
      ...(canonical && matrix.rows >= LONG && { reach }),
      ...(isMany && { score }),
    };
  }
  if (family.joint && theta === undefined) return withTheta(family, link, matrix, without, edges);
  const terms = rowTerms(family, link, theta, undefined, edges?.edge);
  const rowScore = rowScores(family, link, theta);
  const weight = weightOf(matrix);
  const score = (beta: Float64Array) => {
    let outside = false;
    const found = matrix.scores(beta, (first, eta, u) => {
      if (rowScore(tileOf(matrix, first, eta.length), eta, u)) return;
      outside = true;
      u.fill(0);
    });
    return outside ? undefined : found;
  };
  return {
    canonical: false,
    fisher: true,
    without,
    ...(isMany && { score }),
    evaluate(beta, _, expected) {
      const sums = pointwise(matrix, beta, terms, expected, edges);
      return { ...sums, dispersion: family.parameter ? (-2 * sums.value) / weight : 1 };
    },
  };
}

function weightOf(matrix: DesignMatrix): number {
  const total = new Accumulator();
  matrix.eachTile((first, n) => {
    for (const weight of tileOf(matrix, first, n).weights ?? []) total.add(weight);
  });
  return matrix.vectors.weights === undefined ? matrix.rows : total.sum;
}

export function pointwise(
  matrix: DesignMatrix,
  beta: Float64Array,
  terms: RowTerms,
  expected: boolean,
  edges?: Edges,
): Omit<Evaluation, "dispersion"> {
  let outside = false;
  const sums = matrix.pointwise(beta, (first, eta, u, w) => {
    edges?.seat(first, eta);
    const value = terms(tileOf(matrix, first, eta.length), eta, u, w, expected);
    if (Number.isFinite(value)) return value;
    outside = true;
    u.fill(0);
    w.fill(0);
    return 0;
  });
  return outside ? { ...sums, value: Number.NEGATIVE_INFINITY } : sums;
}

/** The negative binomial with theta: its logarithm is searched for together with the coefficients. */
function withTheta(
  family: GlmFamily,
  link: Link | UnitLink,
  matrix: DesignMatrix,
  without: readonly boolean[],
  edges: Edges | undefined,
): Objective {
  const cross = new Float64Array(matrix.rows);
  return {
    canonical: false,
    fisher: true,
    without,
    evaluate(beta, tau, expected) {
      const theta = exp(tau);
      const sums = { terms: new ThetaTerms(theta), first: new Accumulator(), second: new Accumulator() };
      let begin = 0;
      const terms: RowTerms = (rows, eta, u, w, of) => {
        const tile = { ...sums, cross: cross.subarray(begin, begin + eta.length) };
        begin += eta.length;
        return rowTerms(family, link, theta, tile, edges?.edge)(rows, eta, u, w, of);
      };
      const found = pointwise(matrix, beta, terms, expected, edges);
      const score = theta * sums.first.sum;
      const mixed = matrix.scores(beta, (first, eta, u) => {
        for (let i = 0; i < eta.length; i++) u[i] = -theta * cross[first + i]!;
      });
      const own = { score, information: -theta * theta * sums.second.sum - score, cross: expected ? mixed.fill(0) : mixed };
      return { ...found, own, dispersion: 1 };
    },
  };
}
