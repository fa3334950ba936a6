import { charts } from "../math/charts.ts";
import { run } from "./fitSample.ts";
import type { Slope } from "./ground.ts";
import type { Open } from "./profile.ts";
import type { Found } from "./result.ts";

/**
 * The ground around a maximum of a likelihood of your own: there is nothing to place, and nothing but the slope to go by. `real`: which
 * parameters have no bounds.
 */
export function ownGround(found: Found, slope: Slope | undefined, real: readonly boolean[]): Open {
  const names = found.parameters;
  return async (signal, work) => {
    if (!slope) throw new RangeError(`The fit's status is "${found.status}"; a profile of your own likelihood needs a maximum inside.`);
    return work({
      names,
      charts: real.map((own) => (own ? charts.real : { ...charts.positive, holds: Number.isFinite })),
      whole: names.map(() => false),
      theta: names.map((name) => found.estimates[name]!),
      logLik: found.logLik,
      fixed: names.map(() => undefined),
      strides: slope.errors,
      ranges: names.map(() => [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]),
      slope,
      cheap: false,
      run: (walk) => run(walk, 0, signal ? { signal } : {}),
    });
  };
}
