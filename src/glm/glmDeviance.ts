import { families } from "../laws/families.ts";
import { tails } from "../laws/links.ts";
import type { GlmModel } from "./glmModel.ts";

/** A row's deviance at weight 1 from its response and linear predictor; theta infinite is the Poisson's. */
export function unitDeviance({ family, link }: GlmModel, theta: number): (y: number, eta: number) => number {
  const { deviance } = theta === Number.POSITIVE_INFINITY ? families.poisson : family;
  if (!("tails" in link)) return (y, eta) => Math.max(0, deviance(y, link.mu(eta), theta));
  return (y, eta) => {
    if (y !== 0 && y !== 1) return Math.max(0, deviance(y, link.mu(eta), theta));
    // A mean of 1 - 1e-20 is 1 as a double: 0 and 1 are compared by the tail.
    link.tails(eta, y);
    return -2 * (y === 1 ? tails.logMu : tails.logRest);
  };
}
