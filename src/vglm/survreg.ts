import { givenOptions } from "../estimators/optionNames.ts";
import type { Design } from "../formula/design.ts";
import type { DesignColumns } from "../regression/designGiven.ts";
import { countingRows, PARTS_OPTIONS, type PartsData, type PartsOptions, partsData } from "../regression/partsData.ts";
import { inUnits, KNOWN_OPTIONS, type KnownOptions, type KnownRows, knownColumns, knownRows, refuseLevels, spreadOf } from "./knownRows.ts";
import { SurvregFit } from "./survregFit.ts";
import { type SurvivalDistribution, type SurvivalDistributionName, survivalDistribution } from "./survregModel.ts";
import { acceleratedSearch } from "./survregSearch.ts";

/** What `survreg` takes: a formula over data whose response is Surv(…), or a design with times, or with ends. */
export interface SurvregOptions extends PartsOptions, KnownOptions {
  /** The design matrix: as columns, or with factors as codes (`Design`). No intercept is added. */
  readonly design?: DesignColumns | Design | undefined;
  /** `"weibull"` by default, as in R. */
  readonly distribution?: SurvivalDistributionName | (string & {}) | undefined;
  /** Holds the scale. */
  readonly scale?: number | undefined;
  /** Degrees of freedom of `"t"`; 4 by default, as in R. */
  readonly df?: number | undefined;
}

/** Of the distribution and its design. */
export const ACCELERATED_OPTIONS = { ...PARTS_OPTIONS, design: "formula", distribution: true, scale: true, df: true } as const;

const OPTIONS = { ...ACCELERATED_OPTIONS, ...KNOWN_OPTIONS } as const;

/**
 * Fits log T = x'b + scale W, or T itself for gaussian, logistic, extreme and t: accelerated failure times, of rows that may be censored on
 * the right, on the left or to intervals, and truncated; gaussian with limits is Tobin's model (1958, Econometrica 26, 24). Parameters are R's:
 * W is minus Gumbel's variate for weibull, exponential (scale 1) and rayleigh (scale 1/2). Kalbfleisch & Prentice, The Statistical Analysis
 * of Failure Time Data (2nd ed., 2002), ch. 3.
 *
 * @throws RangeError or TypeError for data or options that cannot be used, naming place, value and need.
 * @example
 * const r = await survreg({ formula: "Surv(time, status) ~ age + sex", data: lung });
 * r.estimates; // { "(Intercept)": 6.27, age: -0.012, sex: 0.38, scale: 0.75 }
 */
export async function survreg(asked: SurvregOptions): Promise<SurvregFit> {
  const options = givenOptions(asked, OPTIONS);
  const distribution = survivalDistribution(options.distribution ?? "weibull", options.df, options.scale);
  return acceleratedFit(distribution, options, (known) => known);
}

/** @param censored - What is known of rows in truth. */
export async function acceleratedFit(
  distribution: SurvivalDistribution,
  options: SurvregOptions,
  censored: (known: KnownRows) => KnownRows,
): Promise<SurvregFit> {
  const read = partsData(options, { design: options.design }, knownColumns(options), true);
  if (read.designs.length !== 1)
    throw new RangeError(`formula: ${JSON.stringify(options.formula)} has ${read.designs.length} parts; one is needed.`);
  refuseLevels(read, options.formula);
  const known = censored(knownRows(read, options));
  if (distribution.logs) checkPositive(known, read.columns.weights, distribution.name);
  const inLogs = inUnits(known, distribution.logs, 1);
  const unit = spreadOf(inLogs, read.columns.weights);
  const ends = inUnits(inLogs, false, unit);
  const { weights, offset } = read.columns;
  const given: PartsData = { ...read, columns: { ...ends, ...(weights && { weights }), ...(offset && { offset }) } };
  const data = countingRows(given);
  const [design] = data.designs;
  const { strata, rows } = design!;
  if (strata && distribution.scale !== undefined) {
    throw new RangeError("strata() have a scale each, and the scale is not a parameter here.");
  }
  const nothing: Design = { ...design!, names: ["(Intercept)"], blocks: [{ kind: "intercept" }], assign: [0], terms: [], rows };
  const withoutColumns = () => acceleratedSearch(distribution, { ...data, designs: [nothing] }, unit);
  // For the summary, where it costs little.
  const few = design!.names.length > 1 && rows <= FEW;
  return new SurvregFit({
    distribution,
    unit,
    known,
    names: design!.names,
    strata,
    given,
    data,
    ...(await acceleratedSearch(distribution, data, unit)),
    withoutColumns,
    nothing: few ? await withoutColumns() : undefined,
  });
}

/** Rows up to which the model without columns is fitted beside the one asked for. */
const FEW = 20_000;

function checkPositive({ lower, upper }: KnownRows, weights: Float64Array | undefined, name: string): void {
  const row = upper.findIndex((value, i) => !(value > 0 && (lower[i]! > 0 || value < Number.POSITIVE_INFINITY)) && weights?.[i] !== 0);
  if (row < 0) return;
  const place = upper[row]! < Number.POSITIVE_INFINITY ? `ends at ${upper[row]}` : `is censored at ${lower[row]}`;
  throw new RangeError(`Row ${row} ${place}; ${name} needs times > 0.`);
}
