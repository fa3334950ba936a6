import { log } from "./elementary.ts";
import { deviance, HALF_LOG_2PI, stirlingError } from "./stirling.ts";

/** log(lambda^x e^(-lambda) / x!) for whole x >= 0, lambda > 0, by Loader's saddle-point form (2000): no cancellation at large lambda. */
export function poissonLogMass(x: number, lambda: number): number {
  if (x === 0) return -lambda;
  return -stirlingError(x) - deviance(x, lambda) - HALF_LOG_2PI - 0.5 * log(x);
}
