import { exp, log, log1p } from "../math/elementary.ts";
import type { Sample } from "../wasm/sample.ts";
import type { Evaluation } from "./model.ts";
import { outside } from "./pullBack.ts";
import { mean } from "./statistics.ts";

// The generalised Pareto likelihood, density (1/scale) (1 + shape x/scale)^(-1/shape-1): in (log scale, shape) for both signs of the shape,
// and its profile. Grimshaw (1993), Technometrics 35, 185: given theta = shape/scale, shape = mean(log(1 + theta x)).

/** Sizes of the shape below which its powers would cancel in the sums of the fast kernel: 1e-13 standard errors are lost there. */
const SMALL = 0.02;

/** Values on which the profile is looked at. */
const POINTS = 256;

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

/** Local maxima of the profile over theta on a sketch of the column with shape > -1, the highest first: no peak is narrower than the grid. */
export function tailPeaks(sample: Sample, lowest: number): Peak[] {
  const { max } = sample.extent;
  const every = Math.ceil(sample.sketch.length / POINTS);
  const values = sample.sketch.filter((_, i) => i % every === 0);
  const positive = values.filter((x) => x > 0);
  const average = values.reduce((sum, x) => sum + x / values.length, 0);
  const at = (theta: number): Peak => {
    if (theta === 0) return { scale: average, shape: 0, value: -log(average) - 1 };
    const shape = values.reduce((sum, x) => sum + log1p(theta * x), 0) / values.length;
    const value = -log(shape / theta) - shape - 1;
    return { scale: shape / theta, shape, value: shape > -1 && Number.isFinite(value) ? value : Number.NEGATIVE_INFINITY };
  };
  if (positive.length === 0) return [];
  // From a hundredth of what the largest value can tell to ten times what the smallest can.
  const from = log(0.01 / max);
  const steps = Math.min(120, Math.max(8, Math.ceil((log(10 / positive[0]!) - from) / 0.7)));
  const rising = Array.from({ length: steps + 1 }, (_, i) => exp(from + (i * (log(10 / positive[0]!) - from)) / steps));
  const ending = [0.9999, 0.999, 0.995, 0.99, 0.98, 0.96, 0.93, 0.9, 0.85, 0.8, 0.7, 0.6, 0.45, 0.3, 0.15, 0.05, 0.01].map(
    (part) => -part / max,
  );
  const grid = [...ending, 0, ...rising].filter((theta) => theta >= lowest).map(at);
  return grid
    .filter((peak, i) => {
      const before = grid[i - 1]?.value ?? (lowest === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
      return peak.value > Number.NEGATIVE_INFINITY && peak.value >= before && i + 1 < grid.length && peak.value >= grid[i + 1]!.value;
    })
    .sort((a, b) => b.value - a.value);
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
