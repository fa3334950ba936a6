import type { GlmFamily } from "./families.ts";
import { at, type Link, tails, type UnitLink } from "./links.ts";

/** What `informationSlopes` leaves: an object for each row would cost more than the row. */
export const slopes = { first: 0, second: 0 };

/** Leaves dW/deta and d²W/deta² of a row's expected information W = mu'²/V(mu), at weight and dispersion 1, in `slopes`. */
export function informationSlopes(family: GlmFamily, link: Link | UnitLink, theta: number): (eta: number) => void {
  const put = (information: number, first: number, second: number) => {
    slopes.first = information * first;
    slopes.second = information * (first * first + second);
  };
  if ("tails" in link) {
    // W = (mu'/mu) (mu'/(1 - mu)); the logarithm of each factor has the derivative mu''/mu' less or plus the factor.
    return (eta) => {
      link.tails(eta);
      const { lower, upper, bend } = tails;
      const own = link.bendSlope(eta);
      put(lower * upper, 2 * bend - lower + upper, 2 * own - lower * (bend - lower) + upper * (bend + upper));
    };
  }
  return (eta) => {
    link.derivatives(eta);
    const { mu, first, second } = at;
    const variance = family.variance(mu, theta);
    const relative = family.slope(mu, theta) / variance;
    const own = family.curvature(mu, theta) / variance - relative * relative;
    const bend = second / first;
    put((first * first) / variance, 2 * bend - relative * first, 2 * link.bendSlope(eta) - own * first * first - relative * second);
  };
}
