import { exp, log } from "../math/elementary.ts";
import { findRoot } from "../math/roots.ts";

/** Points at which a slope's sign is looked at. */
const POINTS = 64;

/**
 * Where a function of one positive variable is highest in [from, to]: of the places where its slope changes from rising to falling on a
 * geometric grid, and of the ends.
 */
export function highestPeak(value: (t: number) => number, slope: (t: number) => number, from: number, to: number): number {
  if (!(from < to)) return to;
  const step = (log(to) - log(from)) / (POINTS - 1);
  const grid = Array.from({ length: POINTS }, (_, i) => (i === 0 ? from : i === POINTS - 1 ? to : from * exp(i * step)));
  const rising = grid.map((t) => slope(t) > 0);
  const peaks: number[] = [];
  if (!rising[0]) peaks.push(from);
  for (let i = 1; i < POINTS; i++) if (rising[i - 1] && !rising[i]) peaks.push(findRoot(slope, grid[i - 1]!, grid[i]!));
  if (rising[POINTS - 1]) peaks.push(to);
  return peaks.reduce((best, t) => (value(t) > value(best) ? t : best));
}
