import { families } from "../laws/families.ts";
import { at, type Link, tails, type UnitLink } from "../laws/links.ts";
import { exp } from "../math/elementary.ts";
import { quantileBetween, quantileOf } from "../math/quantileResidual.ts";
import { Random } from "../math/random.ts";
import type { GlmFindings } from "./glmFit.ts";
import type { GlmModel } from "./glmModel.ts";

// Residuals of a row by its linear predictor. Means of 0 to 1 that are rounded to an end have digits left in their links' tails.

/** (y - mu)/mu'. */
export function workingResidual(link: Link | UnitLink, y: number, eta: number): number {
  if (!("tails" in link)) {
    link.derivatives(eta);
    return (y - at.mu) / at.first;
  }
  link.tails(eta);
  return (y === 0 ? 0 : y / tails.upper) - (y === 1 ? 0 : (1 - y) / tails.lower);
}

/** (y - mu)/√V(mu) as a function of y and eta. */
export function pearsonResidual({ family, link }: GlmModel, theta: number): (y: number, eta: number) => number {
  if (!("tails" in link)) {
    return (y, eta) => {
      const mu = link.mu(eta);
      return y === mu ? 0 : (y - mu) / Math.sqrt(family.variance(mu, theta));
    };
  }
  return (y, eta) => {
    link.tails(eta);
    const rootOfOdds = exp(0.5 * (tails.logMu - tails.logRest));
    return (y === 0 ? 0 : y / rootOfOdds) - (y === 1 ? 0 : (1 - y) * rootOfOdds);
  };
}

/** Normal quantiles of the rows' distribution functions, drawn at random within a discrete jump. */
export function quantileResiduals({ given, glm, theta, beside }: GlmFindings, eta: Float64Array, seed: number): Float64Array {
  const { y, weights } = given;
  const { family, link, trials } = glm;
  const random = new Random(seed);
  const sides = theta === Number.POSITIVE_INFINITY ? families.poisson.tails : family.tails;
  const own = family.joint ? theta : (beside?.value ?? Number.NaN);
  const size = (i: number) => (family.proportions && trials ? trials[i]! : weights ? weights[i]! : 1);
  return eta.map((x, i) => {
    const draw = family.discrete ? random.uniform() : 1;
    if (weights?.[i] === 0) return Number.NaN;
    const mu = link.mu(x);
    const here = sides(y[i]!, mu, own, size(i));
    if (!family.discrete) return quantileOf(here);
    const step = family.proportions ? 1 / size(i) : 1;
    return quantileBetween(sides(y[i]! - step, mu, own, size(i)), here, draw);
  });
}
