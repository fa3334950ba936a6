import type { Placed } from "./mass.ts";
import type { Verdict } from "./model.ts";

// Families that others are limits of: the highest of the interior maximum and the limits is the answer.

/** A face of the parameter space, at its own maximum. */
export interface Limit {
  readonly verdict: Verdict & { readonly logLik: number };
  /** The score from there into the interior, and the size of the terms that it is a sum of. */
  readonly inward: number;
  readonly size: number;
  /** Whether a point is so close that the log-likelihoods no longer differ. */
  near(t: readonly number[]): boolean;
}

/** A score this small beside its terms is rounding. */
const ROUNDING = 1e-10;

/** Log-likelihoods this close, relative, are one. */
const SAME = 1e-11;

/**
 * Where the likelihood falls from a limit into the interior, the limit may be the supremum: an iteration that comes near it ends there, and
 * one that ends elsewhere must be higher.
 */
export function bounded(limits: readonly Limit[]): Pick<Placed, "nearLimit" | "settle"> {
  const possible = limits.filter(({ inward, size }) => inward <= ROUNDING * size).sort((a, b) => b.verdict.logLik - a.verdict.logLik);
  const [best] = possible;
  if (!best) return {};
  return {
    nearLimit: (t) => possible.some(({ near }) => near(t)),
    settle(_, value, { converged }) {
      const { logLik } = best.verdict;
      return converged && value > logLik + SAME * (1 + Math.abs(logLik)) ? undefined : best.verdict;
    },
  };
}
