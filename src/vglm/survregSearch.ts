import { AcceleratedLaw } from "../laws/acceleratedLaw.ts";
import { type Coordinate, lawTerms } from "../laws/rowLaw.ts";
import { normal } from "../laws/standardLaws.ts";
import { exp, log } from "../math/elementary.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import { Accumulator, sum } from "../math/sum.ts";
import type { Part } from "../regression/parts.ts";
import type { PartsData } from "../regression/partsData.ts";
import { middle } from "./knownRows.ts";
import type { SurvivalDistribution } from "./survregModel.ts";
import { scalePart } from "./survregModel.ts";
import { interceptOf, inUnit, partPredictor, partsOf } from "./vglmParts.ts";
import { type VglmFound, type VglmProblem, vglmSearch } from "./vglmSearch.ts";

/** A likelihood, its maximum, and what was left out of it. */
export interface AcceleratedFound {
  readonly problem: VglmProblem;
  readonly found: VglmFound;
  readonly constant: number;
}

/** Looks for the maximum over rows whose ends are in some unit, as `inUnits` has them. */
export async function acceleratedSearch(distribution: SurvivalDistribution, data: PartsData, unit: number): Promise<AcceleratedFound> {
  const design = data.designs[0]!;
  const columns = design.names.length;
  const { lower, upper, after, until, weights } = data.columns as Readonly<Record<string, Float64Array>>;
  const [mean] = partsOf([design], 0, [data.columns.offset]);
  const parts: Part[] = [inUnit(mean!, unit)];
  if (distribution.scale === undefined) parts.push(scalePart(design, columns));
  const logScale = distribution.scale === undefined ? undefined : log(distribution.scale / unit);
  const coordinates: Coordinate[] = parts.map((_, place) => ({ place, unit: 1 }));
  const width = parts.reduce((count, { places }) => count + places.length, 0);
  const problem: VglmProblem = {
    parts,
    width,
    columns: { lower: lower!, upper: upper!, ...(after && { after }), ...(until && { until }), ...(weights && { weights }) },
    terms: lawTerms({ law: new AcceleratedLaw(distribution.law), coordinates, fixed: Float64Array.of(0, logScale ?? 0) }),
    start: new Float64Array(width),
    unit: (gamma) => exp(logScale ?? gamma.subarray(columns).reduce((least, x) => Math.min(least, x), 0)),
  };
  const start = await leastSquaresStart(problem, columns, logScale);
  const found = withoutMaximum(await vglmSearch({ ...problem, start }), problem, columns);
  return { problem, found, constant: jacobian(data, distribution.logs, unit) };
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
    const mean = sum(y) / y.length;
    const start = new Float64Array(width).fill(logScale ?? log(Math.max(1, furthestEnd(given, () => mean) / FAR)), columns);
    start[intercept] = mean;
    return start;
  }
  const terms = lawTerms({ law: new AcceleratedLaw(normal), coordinates: [{ place: 0, unit: 1 }], fixed: new Float64Array(2) });
  const squares = { parts: [parts[0]!], width: columns, columns: { lower: y, upper: y, ...(weights && { weights }) }, terms };
  const found = await vglmSearch({ ...squares, start: new Float64Array(columns) });
  const total = weights ? weights.reduce((all, weight) => all + weight, 0) : y.length;
  const rss = -2 * (found.peak.evaluation.value + total * HALF_LOG_2PI);
  const eta = partPredictor(parts[0]!, 0, found);
  const furthest = furthestEnd(given, (i) => eta[i]!);
  const start = new Float64Array(width).fill(logScale ?? log(Math.max(Math.sqrt(Math.max(0, rss / total)), furthest / FAR, 1e-16)));
  start.set(found.beta);
  // A scale that is held may be small: no row may lie so far above its predictor that its density is 0.
  if (logScale !== undefined && intercept >= 0) start[intercept]! += Math.max(0, furthest - FAR * exp(logScale));
  return start;
}

/** Scales that a row may lie off its predictor where a search begins: e to their number is a double. */
const FAR = 30;

/** The most that an end of what is known of a row lies off its predictor. */
function furthestEnd({ lower, upper }: VglmProblem["columns"], eta: (row: number) => number): number {
  let most = 0;
  for (let i = 0; i < lower!.length; i++) {
    for (const end of [lower![i]!, upper![i]!]) if (end - end === 0) most = Math.max(most, Math.abs(end - eta(i)));
  }
  return most;
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
