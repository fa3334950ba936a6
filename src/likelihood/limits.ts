import type { Placed } from "./mass.ts";
import type { Verdict } from "./model.ts";

// Families that others are limits of: the highest of the interior maximum and the limits is the answer.

/** A face of the parameter space, at its own maximum. */
export interface Limit {
  readonly verdict: Verdict & { readonly logLik: number };
  /** The score from there into the interior, and the size of the terms that it is a sum of. */
  readonly inward: number;
  readonly size: number;
  /** Whether a point is so close that no maximum inside lies between. */
  near(t: readonly number[]): boolean;
}

/** A score this small beside its terms is rounding. */
const ROUNDING = 1e-10;

/** Log-likelihoods this close, relative, are one. */
const SAME = 1e-11;

/** The highest of the limits from which the likelihood falls into the interior: it may be the supremum. */
export function highestLimit(limits: readonly Limit[]): Limit | undefined {
  return possible(limits).sort((a, b) => b.verdict.logLik - a.verdict.logLik)[0];
}

const possible = (limits: readonly Limit[]) => limits.filter(({ inward, size }) => inward <= ROUNDING * size);

/** An iteration that comes near such a limit ends there, and one that ends elsewhere must be higher. */
export function bounded(limits: readonly Limit[]): Pick<Placed, "nearLimit" | "settle"> {
  const best = highestLimit(limits);
  if (!best) return {};
  return {
    nearLimit: (t) => possible(limits).some(({ near }) => near(t)),
    settle(_, value, { converged }) {
      const { logLik } = best.verdict;
      return converged && value > logLik + SAME * (1 + Math.abs(logLik)) ? undefined : best.verdict;
    },
  };
}
