import { exp, log } from "../math/elementary.ts";
import type { Empirical } from "./empirical.ts";
import { quantileOf } from "./order.ts";

// What part of the line a picture shows, and on which scale. One value a thousand times as far out as the others must not press them into
// a single bar: the window ends a little beyond the central 99 %, unless all of the data are not much wider.

export type Scale = "linear" | "log";

export interface Window {
  readonly scale: Scale;
  /** Finite ends; on the logarithmic scale both > 0. */
  readonly from: number;
  readonly to: number;
}

/** Shares of the data that the window always holds the middle of. */
const OUTER = 0.005;
/** How far beyond them it goes, in their distance. */
const MARGIN = 0.25;
/** How many interquartile ranges a linear axis goes beyond the quartiles. */
const BEYOND = 10;
/** Part of the axis below which the middle half of the data cannot be read. */
const NARROW = 0.05;
/** Ratio of largest to smallest from which a logarithmic axis has something to show. */
const SPANS = 30;

/** The window of data that lie in [lower, upper]; `scale` overrides what the data suggest. */
export function windowOf(data: Empirical, lower: number, scale: Scale | "auto" = "auto"): Window {
  const at = (p: number) => quantileOf(data, p);
  const ends = outermost(data);
  const chosen = scaleOf(at, ends.min, ends.max, lower, scale);
  const forward = chosen === "log" ? log : (x: number) => x;
  const back = chosen === "log" ? exp : (x: number) => x;
  const [min, max] = [forward(ends.min), forward(ends.max)];
  const [low, high] = [Math.max(min, forward(at(OUTER))), Math.min(max, forward(at(1 - OUTER)))];
  const quartiles = [forward(at(0.25)), forward(at(0.75))] as const;
  const spread = quartiles[1] - quartiles[0];
  // Tails as heavy as Cauchy's hold more than 1 % far out.
  const [nearest, farthest] = spread > 0 ? [quartiles[0] - BEYOND * spread, quartiles[1] + BEYOND * spread] : [min, max];
  const room = MARGIN * (high - low);
  const reach = high > low ? [Math.max(min, nearest, low - room), Math.min(max, farthest, high + room)] : [min, max];
  // Where all of the data are not much wider, nothing is left out.
  const all = max - min <= 2 * (reach[1]! - reach[0]!);
  const [from, to] = all
    ? [ends.min, ends.max]
    : [reach[0] === min ? ends.min : back(reach[0]!), reach[1] === max ? ends.max : back(reach[1]!)];
  if (to > from) return { scale: chosen, from, to };
  // All data equal.
  const half = Math.abs(from) < 1e-300 ? 1 : 0.5 * Math.abs(from);
  return { scale: chosen, from: from - half, to: to + half };
}

/** The finite ends of all places. */
function outermost({ from, to }: Empirical): { min: number; max: number } {
  const known = (value: number) => Number.isFinite(value);
  const min = from.find(known) ?? to.find(known) ?? 0;
  const max = to.findLast(known) ?? from.findLast(known) ?? 0;
  return { min, max };
}

/** @throws RangeError where a logarithmic scale is asked for and some data are not positive. */
function scaleOf(at: (p: number) => number, min: number, max: number, lower: number, wanted: Scale | "auto"): Scale {
  if (wanted === "log" && !(min > 0)) throw new RangeError(`The smallest value is ${min}; a logarithmic scale needs values > 0.`);
  if (wanted !== "auto") return wanted;
  if (!(lower >= 0 && min > 0) || max / min < SPANS) return "linear";
  return at(0.75) - at(0.25) < NARROW * (at(1 - OUTER) - at(OUTER)) ? "log" : "linear";
}
