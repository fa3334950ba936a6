import { exp, log } from "../math/elementary.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import { Accumulator, sum } from "../math/sum.ts";
import { AcceleratedLaw } from "../regression/acceleratedLaw.ts";
import type { Design } from "../regression/design.ts";
import type { Part } from "../regression/parts.ts";
import { type Coordinate, lawTerms } from "../regression/rowLaw.ts";
import { normal } from "../regression/standardLaws.ts";
import { inUnits, type KnownOptions, type KnownRows, knownColumns, knownRows, middle, spreadOf } from "./knownRows.ts";
import { countingRows, type PartsData, type PartsOptions, partsData } from "./partsData.ts";
import type { DesignColumns } from "./regressionData.ts";
import { SurvregFit, scalePart } from "./survregFit.ts";
import { type SurvivalDistribution, type SurvivalDistributionName, survivalDistribution } from "./survregModel.ts";
import { interceptOf, inUnit, partsOf } from "./vglmParts.ts";
import { type VglmFound, type VglmProblem, vglmSearch } from "./vglmSearch.ts";

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
export async function survreg(options: SurvregOptions): Promise<SurvregFit> {
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
  const known = censored(knownRows(read, options));
  if (distribution.logs) checkPositive(known, read.columns.weights, distribution.name);
  const inLogs = inUnits(known, distribution.logs, 1);
  const unit = spreadOf(inLogs, read.columns.weights);
  const ends = inUnits(inLogs, false, unit);
  const { weights, offset } = read.columns;
  const given: PartsData = { ...read, columns: { ...ends, ...(weights && { weights }), ...(offset && { offset }) } };
  const data = countingRows(given);
  const design = data.designs[0]!;
  const { strata } = design;
  const isFree = distribution.scale === undefined;
  if (strata && !isFree) throw new RangeError("strata() have a scale each, and the scale is not a parameter here.");
  const [mean] = partsOf([design], 0, [data.columns.offset]);
  const columns = design.names.length;
  const parts: Part[] = [inUnit(mean!, unit)];
  if (isFree) parts.push(scalePart(design, columns));
  const width = columns + (isFree ? (strata?.levels.length ?? 1) : 0);
  const fixed = Float64Array.of(0, distribution.scale === undefined ? 0 : log(distribution.scale / unit));
  const coordinates: Coordinate[] = parts.map((_, place) => ({ place, unit: 1 }));
  const { lower, upper, after, until } = data.columns as Readonly<Record<string, Float64Array>>;
  const problem: VglmProblem = {
    parts,
    width,
    columns: {
      lower: lower!,
      upper: upper!,
      ...(after && { after }),
      ...(until && { until }),
      ...(data.columns.weights && { weights: data.columns.weights }),
    },
    terms: lawTerms({ law: new AcceleratedLaw(distribution.law), coordinates, fixed }),
    start: new Float64Array(width),
  };
  const start = await leastSquaresStart(problem, columns, isFree ? undefined : fixed[1]!);
  const found = withoutMaximum(await vglmSearch({ ...problem, start }), problem, columns);
  return new SurvregFit({
    distribution,
    unit,
    known,
    names: design.names,
    strata,
    given,
    data,
    problem,
    found,
    constant: jacobian(data, distribution.logs, unit),
  });
}

/** Rows of which a subsample goes ahead, and far enough from their mean and spread. */
const LONG = 262_144;

/** Least squares of what is known of the rows, and their spread around it. */
export async function leastSquaresStart(problem: VglmProblem, columns: number, logScale: number | undefined): Promise<Float64Array> {
  const { parts, width, columns: given } = problem;
  const { lower, upper, weights } = given;
  const { design, offset } = parts[0]!;
  const intercept = interceptOf(design);
  const y = lower!.map((value, i) => middle(value, upper![i]!));
  if (y.length > LONG && intercept >= 0 && !offset) {
    const start = new Float64Array(width).fill(logScale ?? 0, columns);
    start[intercept] = sum(y) / y.length;
    return start;
  }
  const terms = lawTerms({ law: new AcceleratedLaw(normal), coordinates: [{ place: 0, unit: 1 }], fixed: new Float64Array(2) });
  const squares = { parts: [parts[0]!], width: columns, columns: { lower: y, upper: y, ...(weights && { weights }) }, terms };
  const { beta, peak } = await vglmSearch({ ...squares, start: new Float64Array(columns) });
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : y.length;
  const rss = -2 * (peak.evaluation.value + total * HALF_LOG_2PI);
  const start = new Float64Array(width).fill(logScale ?? 0.5 * log(Math.max(rss / total, 1e-32)));
  start.set(beta);
  return start;
}

/** Scales that are rounding of the rows' own numbers: the likelihood has grown to where doubles end. */
const ROUNDING = 1e-13;
/** A log-likelihood of censored rows above which all have probability 1. */
const CERTAIN = -1e-5;

/** Where rows lie on their predictors the likelihood is unbounded, and where predictors lie within all rows' ends it rises to 1. */
function withoutMaximum(found: VglmFound, { parts, width, columns: { lower, upper } }: VglmProblem, columns: number): VglmFound {
  const running = (sign: number, bounded: boolean, runs: readonly boolean[]): VglmFound =>
    runs.includes(true) ? { ...found, runaway: { direction: Float64Array.from(runs, (is) => (is ? sign : 0)), runs, bounded } } : found;
  const scales = (is: (scale: number) => boolean) => Array.from({ length: width }, (_, k) => k >= columns && is(exp(found.beta[k]!)));
  if (lower!.some((value, i) => value === upper![i])) {
    const largest = lower!.reduce((most, value, i) => Math.max(most, Math.abs(middle(value, upper![i]!))), 1);
    return running(
      -1,
      false,
      scales((scale) => scale < ROUNDING * largest),
    );
  }
  if (!(found.peak.evaluation.value > CERTAIN)) return found;
  const intercept = interceptOf(parts[0]!.design);
  const above = upper!.every((value) => value === Number.POSITIVE_INFINITY);
  const oneSided = above || lower!.every((value) => value === Number.NEGATIVE_INFINITY);
  if (!oneSided)
    return running(
      -1,
      true,
      scales(() => true),
    );
  return running(
    above ? 1 : -1,
    true,
    Array.from({ length: width }, (_, k) => k === intercept),
  );
}

/** From the density of y/unit to that of the time. */
function jacobian({ columns: { lower, upper, weights } }: PartsData, logs: boolean, unit: number): number {
  const total = new Accumulator();
  for (let i = 0; i < lower!.length; i++) {
    if (lower![i] === upper![i]) total.add(-(weights ? weights[i]! : 1) * (log(unit) + (logs ? unit * lower![i]! : 0)));
  }
  return total.sum;
}

function checkPositive({ lower, upper }: KnownRows, weights: Float64Array | undefined, name: string): void {
  const row = upper.findIndex((value, i) => (!(value > 0) || (lower[i] === value && !(value > 0))) && weights?.[i] !== 0);
  if (row < 0) return;
  throw new RangeError(`Row ${row} ends at ${upper[row]}; ${name} needs times > 0.`);
}
