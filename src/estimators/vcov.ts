import { describe } from "../data/observations.ts";
import { askedOf } from "./asked.ts";
import { fit } from "./fit.ts";
import type { Fit } from "./result.ts";
import { type Covariance, checkOptions } from "./settings.ts";

export interface CovarianceOptions {
  /** `"robust"` by default: after a fit, the observed one is its `vcov`. */
  readonly type?: Covariance;
  /** One label or number per row, as in `fit`. */
  readonly cluster?: ArrayLike<string | number>;
}

/**
 * The covariance of a fit's estimates, of another kind than it was fitted with: `"observed"`, the inverse of the observed information, or
 * `"robust"`, the sandwich; by clusters with `cluster`. R's `sandwich::sandwich` and `sandwich::vcovCL` with their defaults for such
 * models: no correction without clusters (HC0), and the factor G / (G - 1) with G of them.
 *
 * @returns a row and a column per parameter, in `fit.parameters`' order; 0 for fixed ones, NaN where status is not "interior".
 * @throws RangeError or TypeError for a likelihood of your own, whose rows are not known, and for a `cluster` that does not fit the rows.
 * @example
 * const r = await fit("poisson", visits);
 * const robust = await vcov(r, { cluster: patient });
 */
export async function vcov(r: Fit, options: CovarianceOptions = {}): Promise<readonly (readonly number[])[]> {
  checkOptions(options, ["type", "cluster"]);
  const { type = "robust", cluster } = options;
  if (type !== "observed" && type !== "robust") throw new RangeError(`type is ${describe(type)}; "observed" or "robust" is needed.`);
  const asked = askedOf(r);
  if (!asked) throw new TypeError(`The fit is ${describe(r?.distribution)}; a fit of a distribution is needed, whose rows are known.`);
  const { cluster: before, ...own } = asked.options;
  const chosen = cluster ?? (type === "robust" ? before : undefined);
  // The maximum found is found again at once; the same conclusion makes the covariance.
  const start = r.status === "interior" ? { start: startOf(r, own.fixed ?? {}) } : {};
  const { vcov: found } = await fit(asked.family, asked.x, {
    ...own,
    ...start,
    covariance: type,
    ...(chosen !== undefined && { cluster: chosen }),
  });
  return found;
}

function startOf({ estimates }: Fit, fixed: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(estimates).filter(([name]) => fixed[name] === undefined));
}
