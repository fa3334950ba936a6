import type { Intervals } from "../data/censoring.ts";
import { observations } from "../data/observations.ts";
import type { Support } from "../distributions/family.ts";
import { isVerdict } from "../likelihood/model.ts";
import type { Frame } from "../likelihood/partialModel.ts";
import { charts } from "../math/charts.ts";
import { withSample } from "../wasm/placement.ts";
import { fitSample } from "./fitSample.ts";
import type { Problem } from "./problem.ts";

/** Rows that a beginning is taken from. */
const ROWS = 4096;

/** Ends further out than this many spreads say nothing. */
const FAR = 100;

/** Where to begin: natural parameters, and a frame for rows that have no model of their own. */
export interface Beginning {
  readonly theta: readonly number[];
  readonly frame: Frame;
}

/** A fit of what the rows may have been: exact values as they are, the middle of an interval, half a spread beyond an open end. */
export async function begin(
  { family, rows, constants, shift }: Problem,
  support: Support,
  fixed: readonly (number | undefined)[],
  start: readonly (number | undefined)[],
): Promise<Beginning> {
  const { values, weights, spread } = likely(rows, support, shift);
  const none = family.parameters.map(() => undefined);
  return withSample(observations(values, weights), async (sample) => {
    const found = family.model(sample, [...fixed, ...constants]);
    const fit = await fitSample(family, sample, { fixed, constants, start: none });
    const average = values.reduce((sum, x) => sum + x / values.length, 0);
    const theta = family.parameters.map(({ name, domain }, i) => {
      const estimate = fit.estimates[name]!;
      const own = charts[domain];
      return fixed[i] ?? start[i] ?? (own.holds(estimate) ? estimate : domain === "real" ? average : own.at(0)[0]);
    });
    const frame = isVerdict(found)
      ? {
          origin: family.parameters.map(({ domain }, i) => (domain === "real" ? theta[i]! : 0)),
          unit: family.parameters.map(({ domain }, i) => (domain === "real" ? spread || 1 : domain === "positive" ? theta[i]! : 1)),
        }
      : found;
    return { theta, frame };
  });
}

function likely(rows: Intervals, support: Support, shift: number) {
  const count = Math.min(rows.rows, ROWS);
  const picks = Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * rows.rows) / count)).filter(
    (row) => rows.weights?.[row] !== 0,
  );
  const chosen = picks.length > 0 ? picks : [firstCounting(rows)];
  // An end may be anything, "no more than 1e300": where there are exact values, they say how wide the data are.
  const exact = chosen.filter((row) => rows.lower[row] === rows.upper[row]);
  const telling = exact.length >= 10 ? exact : chosen;
  const ends = Float64Array.from(telling.flatMap((row) => [rows.lower[row]!, rows.upper[row]!]).filter(Number.isFinite)).sort();
  const quartiles = (ends[(3 * ends.length) >> 2] ?? 0) - (ends[ends.length >> 2] ?? 0);
  const spread = quartiles || (ends.at(-1) ?? 0) - (ends[0] ?? 0) || Math.abs(ends[0] ?? 1);
  const center = ends[ends.length >> 1] ?? 0;
  const values = chosen.map((row) => middle(rows.lower[row]!, rows.upper[row]!, support, spread, center) - shift);
  return { values, weights: rows.weights && chosen.map((row) => rows.weights![row]!), spread };
}

function firstCounting({ weights }: Intervals): number {
  return Array.from(weights!).findIndex((weight) => weight > 0);
}

/** A value in (a, b] that the support holds. */
function middle(a: number, b: number, { lower, upper, whole, open }: Support, spread: number, center: number): number {
  if (a === b) return a;
  const [low, high] = [Math.max(a, lower), Math.min(b, upper)];
  const wide = high - low > 4 * spread;
  // Between ends that say nothing, "from -1e300 to 1e300", where the others are.
  const far = Number.isFinite(low) && Number.isFinite(high) && Math.min(center - low, high - center) > FAR * spread;
  const within = far ? center : !wide ? low / 2 + high / 2 : Math.abs(low) < Math.abs(high) ? low + spread / 2 : high - spread / 2;
  if (!whole) return open && within === low ? low + spread / 2 : within;
  return Math.min(Math.max(Math.round(within), Math.floor(a) + 1, lower), Math.floor(b), upper);
}
