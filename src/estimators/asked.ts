import type { Family } from "../distributions/family.ts";
import type { Settings } from "./fitSample.ts";
import type { Fit } from "./result.ts";
import { byIndex, constantsOf, type FitOptions } from "./settings.ts";

/** What a fit was asked for, so that more can be asked about it: its data are kept as they came, not copied. */
export interface Asked {
  readonly family: Family;
  readonly x: ArrayLike<number> | null;
  /** Those that `fit` takes for this family. */
  readonly options: FitOptions;
}

/** Not a field of the result: a result is numbers, and prints as such. */
const questions = new WeakMap<Fit, Asked>();

/** Remembers what a fit answers. */
export function answering(fit: Fit, asked: Asked): Fit {
  questions.set(fit, asked);
  return fit;
}

/** What the fit answers; undefined for a likelihood of your own. */
export function askedOf(fit: Fit): Asked | undefined {
  return questions.get(fit);
}

/** The options by index, as the estimators take them. */
export function settingsOf({ family, options }: Asked): Settings {
  return {
    ...options,
    constants: constantsOf(family, options).values,
    fixed: byIndex(family, options.fixed, "fixed"),
    start: byIndex(family, options.start, "start"),
  };
}
