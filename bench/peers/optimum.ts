import type { Answer, EngineAnswer } from "./protocol.ts";

/** A sample on which the engine and its peers are compared. */
export interface Bout {
  /** A family, or a case of one. */
  readonly family: string;
  readonly n: number;
  readonly file: string;
  /** The engine's program. */
  readonly engine: readonly string[];
  /** The engine's log-likelihood at estimates, with all parameters fixed. */
  logLikAt(estimates: readonly number[]): Promise<number>;
}

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

/** What rounding may do to a log-likelihood, relatively; and to one that a peer adds up without compensation. */
const ROUNDING = 1e-12;
const PLAIN_ROUNDING = 1e-9;

/**
 * Compares a peer's estimates with the engine's by the log-likelihood that each has.
 *
 * @throws Error if the peer's is higher: then the engine has not found the maximum, and no time of it counts; or if the peer says another of
 *   its own estimates: then the two have not maximised the same function.
 */
export async function distance({ family, n, logLikAt }: Bout, { estimates, logLik }: Answer, engine: EngineAnswer): Promise<Distance> {
  const [theirs, ours] = [await logLikAt(estimates), await logLikAt(engine.estimates)];
  const deficit = ours - theirs;
  if (deficit < -ROUNDING * Math.abs(ours)) {
    throw new Error(`${family}, n = ${n}: the log-likelihood at [${estimates}] is ${theirs}, above the engine's ${ours}.`);
  }
  if (logLik !== undefined && Math.abs(logLik - theirs) > PLAIN_ROUNDING * Math.abs(theirs)) {
    throw new Error(`${family}, n = ${n}: the log-likelihood at [${estimates}] is ${logLik} by the peer, ${theirs} by the engine.`);
  }
  const differences = estimates.map((value, i) => Math.abs(value - engine.estimates[i]!) / engine.standardErrors[i]!);
  return { same: deficit <= SAME * n, deficit: Math.max(0, deficit), standardErrors: Math.max(...differences) };
}
