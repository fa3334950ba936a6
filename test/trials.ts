import { type Family, type Fit, type FitOptions, fit as fitAny } from "loglik";
import { cases, isMaximum } from "./agreement.ts";
import { constantsOf, families } from "./trialFamilies.ts";

// The trials where they are fitted.

export * from "./trialFamilies.ts";

/** `fit` with the constants of the trials. */
export function fit(family: Family | string, x: ArrayLike<number> | null, options: FitOptions = {}): Promise<Fit> {
  const found = typeof family === "string" ? families.find(({ name }) => name === family) : family;
  return fitAny(family, x, { ...(found && constantsOf(found)), ...options });
}

/** Whether the likelihood is smooth at its maximum, nothing fixed: the reference cases state standard errors exactly where it is. */
export function isRegular(family: Family): boolean {
  const smooth = cases.filter(({ expected, fixed }) => !fixed && isMaximum(expected) && expected.se !== undefined);
  return smooth.some(({ distribution }) => distribution === family.name);
}
