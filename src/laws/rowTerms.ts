import { Accumulator } from "../math/sum.ts";
import { bend as atEdge, type Edge } from "./edges.ts";
import type { GlmFamily } from "./families.ts";
import { at, type Link, tails, type UnitLink } from "./links.ts";
import type { ThetaTerms } from "./thetaTerms.ts";

/** Rows of a tile: responses, and weights where there are any. */
export interface TileRows {
  readonly y: Float64Array;
  readonly weights: Float64Array | undefined;
}

/** What a row's derivatives with respect to theta are summed into. */
export interface ThetaSums {
  readonly terms: ThetaTerms;
  /** d²l/deta dtheta of each row. */
  readonly cross: Float64Array;
  readonly first: Accumulator;
  readonly second: Accumulator;
}

/**
 * Fills u = dl/deta and w = -d²l/deta² of a tile's rows, or the expected value of w, and returns the sum of l up to a constant: half the
 * negative deviance; with theta, the log-likelihood itself. -Infinity where an eta belongs to no mean.
 */
export type RowTerms = (rows: TileRows, eta: Float64Array, u: Float64Array, w: Float64Array, expected: boolean) => number;

/** The terms of a family and a link at dispersion 1; with `edge`, of its observed information, up to the edges and on them. */
export function rowTerms(family: GlmFamily, link: Link | UnitLink, theta = Number.NaN, sums?: ThetaSums, edge?: Edge): RowTerms {
  if ("tails" in link) return unitTerms(link, edge);
  return ({ y, weights }, eta, u, w, expected) => {
    const total = new Accumulator();
    for (let i = 0; i < eta.length; i++) {
      const x = eta[i]!;
      const end = edge ? edge.at(y[i]!) : Number.NaN;
      if (!link.valid(x) && x !== end) return Number.NEGATIVE_INFINITY;
      link.derivatives(x);
      const { mu, first, second } = at;
      if (!family.holdsMean(mu) && x !== end) return Number.NEGATIVE_INFINITY;
      const weight = weights ? weights[i]! : 1;
      if (edge && !Number.isNaN(end)) {
        edge.derivatives!(y[i]!, x, theta);
        u[i] = weight * atEdge.first;
        w[i] = weight * atEdge.second;
      } else {
        const variance = family.variance(mu, theta);
        const gap = y[i]! - mu;
        const squared = (first * first) / variance;
        u[i] = (weight * gap * first) / variance;
        w[i] = weight * (expected ? squared : squared - gap * (second / variance - squared * (family.slope(mu, theta) / variance)));
      }
      if (!sums) {
        total.add(-0.5 * weight * family.deviance(y[i]!, mu, theta));
        continue;
      }
      const { terms } = sums;
      terms.fill(y[i]!, mu);
      total.add(weight * terms.value);
      sums.first.add(weight * terms.first);
      sums.second.add(weight * terms.second);
      sums.cross[i] = weight * terms.cross * first;
    }
    return total.sum;
  };
}

/** Fills u = dl/deta of a tile's rows at dispersion 1; false where an eta belongs to no mean. */
export function rowScores(
  family: GlmFamily,
  link: Link | UnitLink,
  theta = Number.NaN,
): (rows: TileRows, eta: Float64Array, u: Float64Array) => boolean {
  const terms = "tails" in link ? unitTerms(link) : undefined;
  return (rows, eta, u) => {
    if (terms) return terms(rows, eta, u, new Float64Array(eta.length), true) > Number.NEGATIVE_INFINITY;
    const { y, weights } = rows;
    for (let i = 0; i < eta.length; i++) {
      if (!link.valid(eta[i]!)) return false;
      link.derivatives(eta[i]!);
      const { mu, first } = at;
      if (!family.holdsMean(mu)) return false;
      u[i] = ((weights ? weights[i]! : 1) * (y[i]! - mu) * first) / family.variance(mu, theta);
    }
    return true;
  };
}

function unitTerms(link: UnitLink, edge?: Edge): RowTerms {
  return ({ y, weights }, eta, u, w, expected) => {
    const total = new Accumulator();
    for (let i = 0; i < eta.length; i++) {
      const x = eta[i]!;
      const t = y[i]!;
      if (!link.valid(x) && !(edge && x === edge.at(t))) return Number.NEGATIVE_INFINITY;
      link.tails(x, t);
      const { logMu, logRest, lower, upper, bend } = tails;
      const weight = weights ? weights[i]! : 1;
      // A factor of 0 takes an infinite one with it.
      const success = t === 0 ? 0 : t * lower;
      const failure = t === 1 ? 0 : (1 - t) * upper;
      u[i] = weight * (success - failure);
      const observed = (success === 0 ? 0 : success * (lower - bend)) + (failure === 0 ? 0 : failure * (upper + bend));
      w[i] = weight * (expected ? lower * upper : observed);
      total.add(weight * ((t === 0 ? 0 : t * logMu) + (t === 1 ? 0 : (1 - t) * logRest)));
    }
    return total.sum;
  };
}
