import { isPartial } from "../data/censoring.ts";
import type { Labels } from "../data/labels.ts";
import { observations } from "../data/observations.ts";
import type { Rows } from "../data/rows.ts";
import { type Family, isPositive } from "../distributions/family.ts";
import type { LevelFamily, VectorFamily } from "../distributions/rowFamily.ts";
import { withSample } from "../wasm/placement.ts";
import type { Sample } from "../wasm/sample.ts";
import { answered } from "./answers.ts";
import { type Asked, settingsOf } from "./asked.ts";
import { fitWithin } from "./bounds.ts";
import { fitPartial } from "./fitPartial.ts";
import { fitRows, type RowOptions } from "./fitRows.ts";
import { checkSupport, fitSample } from "./fitSample.ts";
import { priorsOf } from "./prior.ts";
import type { Fit, Found } from "./result.ts";
import { clustered } from "./robust.ts";
import type { RowFit } from "./rowResult.ts";
import {
  checkOptions,
  constantsOf,
  type FamilyName,
  type FitOptions,
  familyOf,
  optionsOf,
  type RowFamilyName,
  rowFamilyOf,
} from "./settings.ts";

/**
 * Fits a distribution to a sample by maximum likelihood.
 *
 * @param distribution a name of the catalogue, or a family's descriptor: one of this package's, or your own.
 * @param x the sample; from `allocate`, it is not copied. Rows of numbers one after the other or as columns, or labels, for the families of these.
 * @throws RangeError or TypeError for data or options that cannot be used, naming place, value and need; AbortError on `signal`.
 * @example
 * const r = await fit("gamma", x);
 * r.estimates; // { shape: 2.35, rate: 0.868 }
 * @example
 * const r = await fit("multivariateNormal", rows, { columns: ["Girth", "Height"] });
 * r.estimates["mean[Girth]"]; // and r.estimates.mean, r.estimates.covariance
 */
export function fit(distribution: "categorical" | LevelFamily, labels: Labels, options?: RowOptions): Promise<RowFit>;
export function fit(distribution: RowFamilyName | VectorFamily, rows: Rows, options?: RowOptions): Promise<RowFit>;
export function fit(distribution: FamilyName | Family | (string & {}), x: ArrayLike<number> | null, options?: FitOptions): Promise<Fit>;
export async function fit(
  distribution: string | Family | VectorFamily | LevelFamily,
  x: ArrayLike<number> | Rows | Labels | null,
  options: FitOptions | RowOptions = {},
): Promise<Fit | RowFit> {
  const ofRows = rowFamilyOf(distribution);
  if (ofRows) return fitRows(ofRows, x as Rows | Labels, options);
  const asked = { family: familyOf(distribution as string | Family), x: x as ArrayLike<number> | null, options: options as FitOptions };
  return answered(await fitNumbers(asked), asked);
}

async function fitNumbers(asked: Asked): Promise<Found> {
  const { family, x, options } = asked;
  checkOptions(options, optionsOf(family));
  const constants = constantsOf(family, options);
  const settings = settingsOf(asked);
  const priors = priorsOf(family, options);
  const { lower, upper, ...free } = options;
  if (lower || upper) {
    const bounds = { lower: lower ?? {}, upper: upper ?? {} };
    return fitWithin(family, settings.fixed, bounds, (fixed) => fit(family, x, { ...free, fixed }));
  }
  if (isPartial(options) || priors) return fitPartial(family, x, { ...settings, priors });
  const given = observations(x, options.weights, constants.columns);
  const clusters = clustered(options, given.x.length);
  options.signal?.throwIfAborted();
  const work = (sample: Sample) => {
    checkSupport(family, sample, given, constants.values);
    return fitSample(family, sample, { ...settings, ...clusters });
  };
  return withSample(given, work, isPositive(family.support) ? "scanLogs" : "scan");
}
