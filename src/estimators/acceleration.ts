import { boundOf } from "../data/censoring.ts";
import type { Family } from "../distributions/family.ts";
import { Influences } from "../inference/bootstrap.ts";
import { charts } from "../math/charts.ts";
import { gradient } from "../math/differences.ts";
import { fit } from "./fit.ts";
import type { Pace } from "./pace.ts";
import { reweighted, type Source } from "./resampling.ts";
import type { Fit } from "./result.ts";

/**
 * Rows up to which each is left out in turn where there are no scores, and how many of more: an acceleration is a skewness over 6 √rows,
 * which 1,000 of them know to 0.02/√rows.
 */
const ALL_OUT = 2000;
const SOME_OUT = 1000;

/** Rows between two turns. */
const STRETCH = 2 ** 16;

/** Steps of a statistic's differences, as a part of a standard error. */
const STEP = 0.1;

/** Statistics of parameters in the family's order. */
export type Statistics = (theta: readonly number[]) => readonly number[];

/** The accelerations of statistics, or why there are none. */
export type Accelerations = readonly number[] | string;

/**
 * Accelerations of BCa intervals (Efron 1987, JASA 82): of a maximum inside by the rows' influences, inverse information times score; of
 * others, and of rows known in part, by the jackknife.
 */
export async function accelerationsOf(source: Source, given: Fit, statistics: Statistics, pace: Pace): Promise<Accelerations> {
  if (given.status === "interior" && source.smooth && source.bare) return byScores(source, given, statistics, pace);
  return byLeavingOut(source, given, statistics, pace);
}

async function byScores(source: Source, given: Fit, statistics: Statistics, pace: Pace): Promise<number[]> {
  const { family, x, options, rows, counts, importance } = source;
  const theta = thetaOf(given);
  // The inverse information, not a sandwich.
  const { vcov } = source.sandwich ? await fit(family, x, { ...options, ...(importance && { weights: importance }) }) : given;
  const slopes = slopesOf(family, given, statistics);
  const directions = slopes.map((slope) => vcov.map((row) => row.reduce((sum, value, j) => sum + value * slope[j]!, 0)));
  const constants = (family.constants ?? []).map((constant) => options[constant.name] ?? constant.default!);
  const influences = new Influences(slopes.length);
  const own = new Array<number>(slopes.length);
  const complete = [...theta, ...constants.map((constant) => (typeof constant === "number" ? constant : Number.NaN))];
  for (let row = 0; row < rows; row++) {
    const weight = importance?.[row] ?? 1;
    const count = counts?.[row] ?? 1;
    if (row % STRETCH === STRETCH - 1) await pace.turn(0);
    if (weight === 0 || count === 0) continue;
    for (let k = 0; k < constants.length; k++) complete[theta.length + k] = boundOf(constants[k]!, row);
    const score = family.score(x![row]!, complete);
    for (let s = 0; s < own.length; s++) {
      let along = 0;
      // A fixed parameter's entry is 0, and its score may be anything.
      for (let i = 0; i < theta.length; i++) if (directions[s]![i] !== 0) along += directions[s]![i]! * score[i]!;
      own[s] = weight * along;
    }
    influences.add(own, count);
  }
  return influences.accelerations;
}

/** Derivatives of the statistics in the parameters that are free. */
function slopesOf(family: Family, given: Fit, statistics: Statistics): number[][] {
  const theta = thetaOf(given);
  const steps = given.parameters.map((name, i) => {
    const { domain } = family.parameters[i]!;
    // Four steps are taken, and must stay within the domain.
    const most =
      domain === "real" || domain === "whole" ? Number.POSITIVE_INFINITY : 0.05 * charts[domain].at(charts[domain].toEta(theta[i]!))[1];
    return Math.min(STEP * given.standardErrors[name]!, most);
  });
  return statistics(theta).map((_, s) =>
    gradient(
      (at) => statistics(at)[s]!,
      theta,
      steps.map((step) => step || 1),
    ).map((slope, i) => (steps[i] === 0 ? 0 : slope)),
  );
}

async function byLeavingOut(source: Source, given: Fit, statistics: Statistics, pace: Pace): Promise<Accelerations> {
  const { family, rows, counts, importance, clusters } = source;
  const all = Float64Array.from({ length: rows }, (_, i) => importance?.[i] ?? counts?.[i] ?? 1);
  const without: (readonly number[])[] = [];
  const times: number[] = [];
  const units = clusters?.count ?? rows;
  const left = units <= ALL_OUT ? units : SOME_OUT;
  for (let i = 0; i < left; i++) {
    const unit = Math.floor(((i + 0.5) * units) / left);
    if (!clusters && all[unit] === 0) continue;
    const fewer = importance || clusters ? 0 : Math.max(0, all[unit]! - 1);
    const weights = clusters ? all.map((weight, row) => (clusters.of[row] === unit ? 0 : weight)) : all.with(unit, fewer);
    if (!weights.some((weight) => weight > 0)) return clusters ? "there is one cluster only" : "there is one row only";
    const { x, options } = reweighted(source, weights);
    const { estimates, reason } = await fit(family, x, options);
    const values = statistics(given.parameters.map((name) => estimates[name]!));
    if (!values.every(Number.isFinite)) return `without ${clusters ? "cluster" : "row"} ${unit} there is no maximum: ${reason}`;
    without.push(values);
    times.push((importance || clusters ? 1 : all[unit]!) * (units / left));
    await pace.turn(0);
  }
  const total = times.reduce((sum, time) => sum + time, 0);
  const means = without[0]!.map((_, s) => without.reduce((sum, values, i) => sum + times[i]! * values[s]!, 0) / total);
  const influences = new Influences(means.length);
  without.forEach((values, i) => {
    influences.add(
      means.map((mean, s) => mean - values[s]!),
      times[i]!,
    );
  });
  return influences.accelerations;
}

function thetaOf({ parameters, estimates }: Fit): number[] {
  return parameters.map((name) => estimates[name]!);
}
