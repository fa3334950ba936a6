import { describe } from "../data/observations.ts";
import { type Constants, type Family, holds } from "../distributions/family.ts";
import { fit } from "../estimators/fit.ts";
import type { Fit } from "../estimators/result.ts";
import { type Link, links, unitLinks } from "../laws/links.ts";
import type { Coordinate } from "../laws/rowLaw.ts";
import { type Chart, charts } from "../math/charts.ts";
import { powerOfTwo } from "../math/doubleDouble.ts";
import { log2 } from "../math/logarithms.ts";
import type { PartsData } from "../regression/partsData.ts";
import type { DistributionLaw } from "./distregLaws.ts";
import { type KnownRows, middle } from "./knownRows.ts";
import { interceptOf } from "./vglmParts.ts";
import { type VglmProblem, vglmSearch } from "./vglmSearch.ts";

/** A family of all rows alike. */
export interface Marginal {
  /** The family's parameters of all rows alike. */
  readonly theta: readonly number[];
  /** Spreads of one row's information about them, in the coordinates of their domains. */
  readonly spreads: readonly number[];
}

/** The family without any columns; where that has no maximum, numbers in the middle of the domains. */
export async function marginalOf(
  family: Family,
  { lower, upper, after, until }: KnownRows,
  { columns, rows }: PartsData,
  options: Constants,
  fixed: ReadonlyMap<string, number>,
): Promise<Marginal> {
  const isExact = lower === upper || lower.every((value, i) => value === upper[i]);
  const constants = Object.fromEntries((family.constants ?? []).map(({ name }) => [name, columns[name] ?? options[name]]));
  const perRow = Object.values(constants).some((value) => typeof value === "object");
  const partial = !isExact || after !== undefined || until !== undefined;
  const common = {
    ...constants,
    ...(columns.weights && { weights: columns.weights }),
    ...(fixed.size > 0 && { fixed: Object.fromEntries(fixed) }),
  };
  const truncated = after || until ? { truncated: { ...(after && { lower: after }), ...(until && { upper: until }) } } : {};
  const censored = isExact ? {} : { censored: { lower, upper } };
  let found: Fit | undefined;
  if (!(perRow && partial)) found = await fit(family, isExact ? lower : null, { ...common, ...censored, ...truncated });
  if (partial && found?.status !== "interior") {
    // The rows as if they were known: where only the tails are seen, a limit may be nearer than anything to begin from.
    const values = lower.map((value, i) => middle(value, upper[i]!));
    const nearly = values.every((value) => holds(family.support, value)) ? await fit(family, values, common) : undefined;
    if (nearly?.status === "interior") found = nearly;
  }
  const median = medianOf(lower, upper);
  const chartOf = (k: number): Chart => charts[family.parameters[k]!.domain];
  const theta = family.parameters.map(({ name, domain }, k) => {
    const value = found?.estimates[name];
    if (value !== undefined && chartOf(k).holds(value)) return value;
    return { real: median, whole: Math.round(median), positive: Math.abs(median) || 1, aboveOne: 2, unit: 0.5 }[domain];
  });
  const spreads = family.parameters.map(({ name, domain }, k) => {
    const error = found?.standardErrors[name] ?? Number.NaN;
    const [, slope] = chartOf(k).at(chartOf(k).toEta(theta[k]!));
    const spread = (Math.sqrt(rows) * error) / slope;
    return spread > 0 && spread < Number.POSITIVE_INFINITY ? spread : domain === "real" ? Math.abs(theta[k]!) || 1 : 1;
  });
  return { theta, spreads };
}

function medianOf(lower: Float64Array, upper: Float64Array): number {
  const ends = lower.map((value, i) => (Number.isFinite(value) ? value : upper[i]!)).sort();
  return ends[ends.length >> 1]!;
}

/** Logarithms or logits from that of all rows alike to where a shape cannot be told from its limit. */
const TOLD = 20;

export interface Predictor {
  readonly coordinate: Coordinate;
  readonly link: Link;
  readonly start: number;
  /** Where its parameter is told from the limits of its domain, as a search needs it. */
  readonly within?: readonly [least: number, most: number];
}

/** A parameter's link, its coordinate and where its predictor starts, in units of the predictor's spread. */
export function predictorOf(law: DistributionLaw, name: string, asks: string | undefined, { theta, spreads }: Marginal): Predictor {
  const place = law.parameters.findIndex((one) => one.name === name);
  const { domain } = law.parameters[place]!;
  const own = law.own(theta)[place]!;
  const known: Readonly<Record<string, Link>> = domain === "unit" ? unitLinks : links;
  const usual = { real: "identity", whole: "identity", positive: "log", unit: "logit", aboveOne: "" }[domain];
  const chart = charts[domain];
  if (asks === undefined || asks === usual) {
    const spread = domain === "real" ? spreads[place]! : 1;
    const unit = spread > 1e-300 && spread < 1e300 ? powerOfTwo(Math.round(log2(spread))) : 1;
    const link =
      usual === "" ? { ...links.log, name: "log(x - 1)", eta: chart.toEta, mu: (eta: number) => chart.at(eta)[0] } : known[usual]!;
    const start = chart.toEta(own) / unit;
    const open = domain === "real" || domain === "whole";
    return { coordinate: { place, unit }, link, start, ...(!open && { within: [start - TOLD, start + TOLD] }) };
  }
  const link = Object.hasOwn(known, asks) ? known[asks]! : undefined;
  if (!link) throw new RangeError(`links.${name} is ${describe(asks)}; one of ${Object.keys(known).join(", ")} is needed.`);
  const coordinate = (value: number): readonly [number, number, number] => {
    if (!chart.holds(value)) return [Number.NaN, 0, 0];
    const eta = chart.toEta(value);
    const [, first, second] = chart.at(eta);
    return [eta, 1 / first, -second / (first * first * first)];
  };
  return { coordinate: { place, unit: 1, through: { link, coordinate } }, link, start: link.eta(own) };
}

/** Predictors as near to these numbers as their columns come: the intercept where there is one, else least squares. */
export async function startOf(
  parts: VglmProblem["parts"],
  width: number,
  targets: readonly number[],
  weights: Float64Array | undefined,
): Promise<Float64Array> {
  const start = new Float64Array(width);
  for (const [a, { design, places, offset }] of parts.entries()) {
    const target = targets[a]!;
    const intercept = interceptOf(design);
    if (intercept >= 0 && !offset) {
      start[places[intercept]!] = target;
      continue;
    }
    const y = new Float64Array(design.rows).map((_, i) => target - (offset ? offset[i]! : 0));
    const part = { design, places: Int32Array.from(places, (_, j) => j) };
    const terms: VglmProblem["terms"] = ({ y: rows }, [eta], l, [u], [w]) => {
      for (let i = 0; i < l.length; i++) {
        u![i] = rows![i]! - eta![i]!;
        l[i] = -0.5 * u![i]! * u![i]!;
        w![i] = 1;
      }
    };
    const own = { parts: [part], width: places.length, columns: { y, ...(weights && { weights }) }, terms };
    const { beta } = await vglmSearch({ ...own, start: new Float64Array(places.length) });
    places.forEach((place, j) => {
      start[place] = beta[j]!;
    });
  }
  return start;
}
