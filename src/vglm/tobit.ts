import { describe } from "../data/observations.ts";
import { givenOptions } from "../estimators/optionNames.ts";
import type { KnownRows } from "./knownRows.ts";
import { ACCELERATED_OPTIONS, acceleratedFit, type SurvregOptions } from "./survreg.ts";
import type { SurvregFit } from "./survregFit.ts";
import { survivalDistribution } from "./survregModel.ts";

/** What `tobit` takes: a response of numbers, and the limits beyond which it was not seen. */
export interface TobitOptions extends Omit<SurvregOptions, "time" | "status" | "lower" | "upper"> {
  /** Values at or below it are known to be there only; 0 by default, -Infinity for no limit. */
  readonly left?: number | undefined;
  /** Values at or above it are known to be there only; Infinity, no limit, by default. */
  readonly right?: number | undefined;
}

const OPTIONS = { ...ACCELERATED_OPTIONS, y: true, truncated: true, left: true, right: true } as const;

/**
 * Fits y* = x'b + scale W, y* seen within limits only: Tobin's model (1958, Econometrica 26, 24), with a normal W; other distributions of
 * `survreg` by `distribution`.
 *
 * @throws RangeError or TypeError for data or options that cannot be used, naming place, value and need.
 */
export async function tobit(asked: TobitOptions): Promise<SurvregFit> {
  const options = givenOptions(asked, OPTIONS);
  const { left = 0, right = Number.POSITIVE_INFINITY } = options;
  if (typeof left !== "number" || typeof right !== "number" || !(left < right))
    throw new RangeError(`left is ${describe(left)} and right is ${describe(right)}; a left limit below the right is needed.`);
  const censored = (known: KnownRows): KnownRows => ({
    ...known,
    lower: known.lower.map((value) => (value <= left ? Number.NEGATIVE_INFINITY : Math.min(value, right))),
    upper: known.upper.map((value) => (value >= right ? Number.POSITIVE_INFINITY : Math.max(value, left))),
  });
  return acceleratedFit(survivalDistribution(options.distribution ?? "gaussian", options.df, options.scale), options, censored);
}
