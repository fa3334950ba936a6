import { normalQuantile } from "../math/normal.ts";

/**
 * Wald interval on the unconstrained scale, mapped back: it respects the parameter's domain and is the same whichever way the
 * parameter is written on that scale.
 */
export function waldInterval(eta: number, standardError: number, level: number, natural: (eta: number) => number): [number, number] {
  const reach = normalQuantile((1 + level) / 2) * standardError;
  const ends = [natural(eta - reach), natural(eta + reach)] as const;
  return [Math.min(...ends), Math.max(...ends)];
}

/** @throws RangeError unless 0 < level < 1 and the method is one there is. */
export function checkInterval(level: number, method: string): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}; a number between 0 and 1 is needed.`);
  if (method === "profile") throw new RangeError('method is "profile"; "wald" is needed, as this fit has no other intervals.');
  if (method !== "wald") throw new RangeError(`method is "${method}"; "wald" or "profile" is needed.`);
}
