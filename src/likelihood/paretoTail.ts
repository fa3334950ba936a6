import { exp, log, log1p } from "../math/elementary.ts";
import type { Sample } from "../wasm/sample.ts";
import type { Evaluation } from "./model.ts";
import { outside } from "./pullBack.ts";
import { sketchOf } from "./sketches.ts";
import { mean } from "./statistics.ts";

// The generalised Pareto likelihood, density (1/scale) (1 + shape x/scale)^(-1/shape-1): in (log scale, shape) for both signs of the shape,
// and its profile. Grimshaw (1993), Technometrics 35, 185: given theta = shape/scale, shape = mean(log(1 + theta x)).

/** Sizes of the shape below which its powers would cancel in the sums of the fast kernel: 1e-13 standard errors are lost there. */
const SMALL = 0.05;

/** Value and derivatives in (log scale, shape). */
export function paretoTail(sample: Sample, scale: number, shape: number): Evaluation {
  if (!(scale > 0 && Number.isFinite(scale + shape)) || 1 + (shape / scale) * sample.extent.max <= 0) return outside(2);
  const n = sample.weight;
  const { a, q, qq, slope, bend } = tailSums(sample, scale, shape);
  const cross = (1 + shape) * qq - q;
  return {
    value: -n * log(scale) - (1 + shape) * a,
    score: [(1 + shape) * q - n, slope - q],
    information: [
      [(1 + shape) * (q - shape * qq), cross],
      [cross, bend - qq],
    ],
  };
}

/** Sums over the rows, z = shape x / scale: of log(1 + z)/shape, minus its first and its second derivative in the shape, q = (x/scale)/(1 + z), q². */
function tailSums(sample: Sample, scale: number, shape: number) {
  if (Math.abs(shape) < SMALL) {
    const [, a, q, qq, slope, bend] = sample.totals("generalizedPareto", { scale, shape });
    return { a: a!, q: q!, qq: qq!, slope: slope!, bend: bend! };
  }
  const [logs, g, gg] = sample.totals("lomax", { scale: scale / shape });
  const square = shape * shape;
  return {
    a: logs! / shape,
    q: g! / shape,
    qq: gg! / square,
    slope: (logs! - g!) / square,
    bend: (2 * (logs! - g!) - gg!) / (square * shape),
  };
}

/** A point of the profile. */
export interface Peak {
  readonly scale: number;
  readonly shape: number;
  readonly value: number;
}

/** Local maxima of the profile, the highest first, and whether all rows were asked for them: a subsample then leads away from them. */
export interface Peaks {
  readonly peaks: readonly Peak[];
  readonly onRows: boolean;
}

/** Local maxima of the profile over theta on a sketch of the column with shape > -1: no peak is narrower than the grid. */
export function tailPeaks(sample: Sample, lowest: number): Peaks {
  const { max } = sample.extent;
  const sketch = sketchOf(sample);
  const smallest = sketch.values.find((x) => x > 0);
  if (smallest === undefined) return { peaks: [], onRows: false };
  const average = sketch.mean((x) => x);
  const onSketch = (theta: number) => pointOf(theta, theta === 0 ? average : sketch.mean((x) => log1p(theta * x)));
  // From a hundredth of what the largest value can tell to ten times what the smallest can.
  const from = log(0.01 / max);
  const steps = Math.min(120, Math.max(8, Math.ceil((log(10 / smallest) - from) / 0.7)));
  const rising = Array.from({ length: steps + 1 }, (_, i) => exp(from + (i * (log(10 / smallest) - from)) / steps));
  const ending = Array.from({ length: 40 }, (_, i) => (exp(-0.25 * (i + 0.2)) - 1) / max).reverse();
  const down = [...ending, -0.01 / max, 0].filter((theta) => theta >= lowest);
  const whole = sample.rows <= sketch.values.length || down.length === 1;
  const found = peaksOn([...down, ...rising].map(onSketch), lowest, whole);
  const sorted = (peaks: Peak[]) => peaks.sort((p, q) => q.value - p.value);
  if (whole || found.length > 0) return { peaks: sorted(found), onRows: false };
  // Without the largest values a light tail may seem to end before them: all rows are asked there.
  const onRows = (theta: number) =>
    pointOf(theta, theta === 0 ? mean(sample) : sample.totals("lomax", { scale: 1 / theta })[0]! / sample.weight);
  return { peaks: sorted(peaksOn([...down, ...rising.slice(0, 2)].map(onRows), lowest, true)), onRows: true };
}

/** The profile at theta, from the mean of log(1 + theta x); at 0 from the mean of x. */
function pointOf(theta: number, average: number): Peak {
  if (theta === 0) return { scale: average, shape: 0, value: -log(average) - 1 };
  const value = -log(average / theta) - average - 1;
  return { scale: average / theta, shape: average, value: average > -1 && Number.isFinite(value) ? value : Number.NEGATIVE_INFINITY };
}

/** The points of a grid that are higher than their neighbours; `flat`: or else the flattest. */
function peaksOn(grid: readonly Peak[], lowest: number, flat: boolean): Peak[] {
  // Left of a point with shape > -1 the likelihood rises without bound.
  const left = (i: number) =>
    grid[i - 1] && grid[i - 1]!.value > Number.NEGATIVE_INFINITY
      ? grid[i - 1]!.value
      : lowest === 0
        ? Number.NEGATIVE_INFINITY
        : Number.POSITIVE_INFINITY;
  const inside = grid.map((peak, i) => ({ ...peak, before: left(i), after: grid[i + 1]?.value ?? Number.POSITIVE_INFINITY }));
  const peaks = inside.filter(({ value, before, after }) => value > Number.NEGATIVE_INFINITY && value >= before && value >= after);
  if (peaks.length > 0 || !flat) return peaks;
  // A peak between two points of the grid shows as a flat place.
  const level = inside.filter(({ shape, before, after }) => shape > -0.95 && Number.isFinite(before - after));
  return level.sort((p, q) => Math.abs(p.after - p.before) - Math.abs(q.after - q.before)).slice(0, 1);
}

/** The exponential, the limit of shape 0. */
export function exponentialLimit(sample: Sample): { readonly scale: number; readonly logLik: number } {
  const scale = mean(sample);
  return { scale, logLik: -sample.weight * (log(scale) + 1) };
}

/** A length of the column's positive values: its largest scale and its smallest lie far from it in heavy tails. */
export function typicalOf(sample: Sample): number {
  const { sketch } = sample;
  const positive = sketch.filter((x) => x > 0);
  return positive[Math.floor(positive.length / 2)] ?? (sample.extent.max || 1);
}

/** The scale that brings the largest value as near to the end of a tail with shape < 0 as that of n rows is expected to lie. */
export function tamedScale(sample: Sample, scale: number, shape: number): number {
  if (shape >= 0) return scale;
  const largest = -shape * sample.extent.max;
  return scale > largest ? scale : largest / (1 - exp(Math.max(shape, -1) * log(sample.rows + 1)));
}
