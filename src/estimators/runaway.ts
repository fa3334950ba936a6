import type { Parameter } from "../distributions/family.ts";
import { inverse } from "../inference/covariance.ts";
import type { Coordinates } from "../likelihood/coordinates.ts";
import { boundary, type Model, type Verdict } from "../likelihood/model.ts";
import { charts } from "../math/charts.ts";
import type { Optimum } from "../optimize/objective.ts";

/** A logarithm that is unsure by more than this belongs to a parameter that ran to its limit: from e^-10 to e^10 all is alike. */
const UNSURE = 10;

/** Beyond this many units a location is on its way to infinity. */
const FAR = 1e4;

/** Further from its start than this on the unconstrained scale, a parameter whose information has sunk in rounding counts as run away. */
const EDGE = 14;

/**
 * The limit that an iteration ran to, where the likelihood flattens as parameters leave for the edges of their domains; undefined where it
 * ended at a maximum, or where the likelihood grows without bound.
 */
export function limitOf(
  parameters: readonly Parameter[],
  at: Coordinates,
  reported: Coordinates,
  model: Model,
  { point, evaluated, stop }: Optimum,
): Verdict | undefined {
  if (!Number.isFinite(evaluated.value) || (stop === "diverged" && !evaluated.score.every((score) => Math.abs(score) < 1e-6))) {
    return undefined;
  }
  const start = at.eta(model.start);
  const covariance = inverse(evaluated.information);
  const ways = at.free.map((i, k) => {
    const gone = point[k]! - start[k]!;
    const real = parameters[i]!.domain === "real";
    const unsure = covariance ? Math.sqrt(covariance[k]![k]!) > (real ? FAR : UNSURE) : Math.abs(gone) > (real ? FAR : EDGE);
    return unsure ? Math.sign(gone) : 0;
  });
  if (ways.every((way) => way === 0)) return undefined;
  const natural = reported.natural(point);
  const ends: string[] = [];
  const estimates = parameters.map(({ name, domain }, i) => {
    const way = ways[at.free.indexOf(i)] ?? 0;
    if (way === 0) return natural[i]!;
    const limit = charts[domain].ends[way < 0 ? 0 : 1];
    ends.push(`${name} → ${String(limit).replace("Infinity", "∞")}`);
    return limit;
  });
  return boundary(`The likelihood increases as ${ends.join(", ")}: there is no maximum inside.`, estimates, evaluated.value);
}
