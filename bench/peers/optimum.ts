import { fit } from "loglik";
import type { EngineAnswer } from "./protocol.ts";
import { named } from "./samples.ts";

/** How far a peer's answer is from the engine's. */
export interface Distance {
  readonly same: boolean;
  /** The engine's log-likelihood less that at the peer's estimates, both computed in the same way. */
  readonly deficit: number;
  /** Largest difference of an estimate, in standard errors. */
  readonly standardErrors: number;
}

/** Log-likelihood units per row within which two answers are one: at a million rows 0.001, a twentieth of a standard error. */
const SAME = 1e-9;

/** What rounding may do to a log-likelihood, relatively. */
const ROUNDING = 1e-12;

/**
 * Compares a peer's estimates with the engine's by the log-likelihood that each has.
 *
 * @throws Error if the peer's is higher: then the engine has not found the maximum, and no time of it counts.
 */
export async function distance(family: string, x: Float64Array, estimates: readonly number[], engine: EngineAnswer): Promise<Distance> {
  const [theirs, ours] = [await logLikAt(family, x, estimates), await logLikAt(family, x, engine.estimates)];
  const deficit = ours - theirs;
  if (deficit < -ROUNDING * Math.abs(ours)) {
    throw new Error(`${family}, n = ${x.length}: the log-likelihood at [${estimates}] is ${theirs}, above the engine's ${ours}.`);
  }
  const differences = estimates.map((value, i) => Math.abs(value - engine.estimates[i]!) / engine.standardErrors[i]!);
  return { same: deficit <= SAME * x.length, deficit: Math.max(0, deficit), standardErrors: Math.max(...differences) };
}

async function logLikAt(family: string, x: Float64Array, estimates: readonly number[]): Promise<number> {
  return (await fit(family, x, { fixed: named(family, estimates) })).logLik;
}
