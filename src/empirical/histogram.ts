import { exp, log, pow } from "../math/elementary.ts";
import type { Empirical } from "./empirical.ts";
import { countBelow, quantileOf, weightBelow } from "./order.ts";
import type { Window } from "./window.ts";

/** Counts by bin: bin i holds the values in [edges[i], edges[i + 1]), the last one its upper edge too. */
export interface Histogram {
  readonly edges: readonly number[];
  /** Sums of weights: whole numbers unless weights or censoring make them fractions. */
  readonly counts: readonly number[];
  /** Weight of the values left and right of all bins. */
  readonly below: number;
  readonly above: number;
  readonly total: number;
}

/** A bin of a picture 600 pixels wide has five. */
const MOST_BINS = 110;
const FEWEST_BINS = 6;
/** Steps of an axis that people can read. */
const STEPS = [1, 2, 2.5, 5];
/** The same as parts of a power of ten. */
const LOG_STEPS = [1 / 50, 1 / 40, 1 / 25, 1 / 20, 1 / 10, 1 / 5, 1 / 4, 1 / 2, 1, 2, 5, 10, 20, 50, 100];
const LN10 = 2.302585092994046;

/**
 * A histogram whose bins are about as wide as Freedman and Diaconis (1981) advise, 2 IQR / n^(1/3), rounded to a readable step, and no more
 * than a picture shows. `whole`: values are whole numbers, and bins hold as many each, with their edges halfway between.
 */
export function histogram(data: Empirical, window: Window, whole: boolean, most = MOST_BINS): Histogram {
  if (data.kind === "intervals" && !whole && isDisjoint(data) && data.from.length <= most) return ownBins(data);
  return count(data, edgesOf(data, window, whole, most));
}

function edgesOf(data: Empirical, { scale, from, to }: Window, whole: boolean, most: number): number[] {
  const forward = scale === "log" && !whole ? (x: number) => log(x) / LN10 : (x: number) => x;
  const spread = forward(quantileOf(data, 0.75)) - forward(quantileOf(data, 0.25));
  const [low, high] = [forward(from), forward(to)];
  // Wider than the range of doubles.
  if (high - low === Number.POSITIVE_INFINITY) return [from, 0, to];
  const advised = (2 * spread) / Math.cbrt(data.size);
  const width = Math.min((high - low) / FEWEST_BINS, Math.max((high - low) / most, advised > 0 ? advised : (high - low) / 30));
  if (whole) {
    const step = Math.max(1, Math.ceil((to - from + 1) / most), data.size > 0 && to - from > 40 ? Math.round(advised) : 1);
    const first = Math.floor(from);
    return Array.from({ length: Math.floor((Math.ceil(to) - first) / step) + 2 }, (_, i) => first - 0.5 + i * step);
  }
  const steps = scale === "log" ? LOG_STEPS : readableSteps(width);
  // The widest that is no wider than advised, within what a picture shows.
  const step =
    steps.findLast((own) => own <= 1.1 * width && (high - low) / own <= most) ?? steps.find((own) => (high - low) / own <= most) ?? width;
  const first = Math.floor(low / step + 1e-9);
  const places = Array.from({ length: Math.max(1, Math.ceil(high / step - first - 1e-9)) + 1 }, (_, i) => (first + i) * step);
  const edges = scale === "log" ? places.map((place) => exp(place * LN10)) : places;
  // A step far below an ulp of the values would make edges that are equal.
  return edges.every((edge, i) => i === 0 || edge > edges[i - 1]!) ? edges : [from, to];
}

/** Steps around a width, ascending. */
function readableSteps(width: number): number[] {
  const power = Math.floor(log(width) / LN10);
  return [power - 1, power, power + 1].flatMap((exponent) => STEPS.map((step) => step * pow(10, exponent)));
}

function count(data: Empirical, edges: readonly number[]): Histogram {
  const last = edges.length - 1;
  const below = edges.map((edge, i) => (i === last ? weightUpTo(data, edge, true) : weightUpTo(data, edge, false)));
  return {
    edges,
    counts: edges.slice(1).map((_, i) => below[i + 1]! - below[i]!),
    below: below[0]!,
    above: data.total - below[last]!,
    total: data.total,
  };
}

/** Weight below an edge; that of an interval around it is spread evenly. */
function weightUpTo(data: Empirical, edge: number, orAt: boolean): number {
  const whole = weightBelow(data, edge, orAt);
  if (data.kind !== "intervals") return whole;
  const next = countBelow(data.to, edge, orAt);
  const [from, to] = [data.from[next], data.to[next]];
  if (from === undefined || !(from < edge) || !Number.isFinite(from) || !Number.isFinite(to)) return whole;
  const weight = data.cumulative[next]! - (next === 0 ? 0 : data.cumulative[next - 1]!);
  return whole + (weight * (edge - from)) / (to! - from);
}

function isDisjoint({ from, to }: Empirical): boolean {
  // Bins that touch: the picture then shows them as they were given.
  return from.every((edge, i) => i === 0 || edge === to[i - 1]!) && from.every((edge, i) => edge < to[i]!);
}

function ownBins({ from, to, cumulative, total }: Empirical): Histogram {
  const finite = [...from.keys()].filter((i) => Number.isFinite(from[i]) && Number.isFinite(to[i]));
  const weightOf = (i: number) => cumulative[i]! - (cumulative[i - 1] ?? 0);
  const first = finite[0] ?? 0;
  const last = finite.at(-1) ?? -1;
  return {
    edges: finite.length > 0 ? [from[first]!, ...finite.map((i) => to[i]!)] : [],
    counts: finite.map(weightOf),
    below: first === 0 ? 0 : cumulative[first - 1]!,
    above: total - (last < 0 ? 0 : cumulative[last]!),
    total,
  };
}
