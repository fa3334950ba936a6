import { exp, log } from "../math/elementary.ts";
import { log1pexp } from "../math/logarithms.ts";
import { findRoot } from "../math/roots.ts";
import type { Sample } from "../wasm/sample.ts";
import { framedJacobian, framedMoments, framedSketch, type LogFrame } from "./logFrame.ts";
import { boundary, type Verdict } from "./model.ts";
import { logMoments, meanLogRatio } from "./statistics.ts";

// Where Burr XII likelihoods are highest: a grid for the starts, and the limits Weibull (k → ∞) and Pareto (k → 0, c → ∞).

/** A start: y in the frame, c = b/scale, log s = scale ls + center. */
export interface BurrStart {
  readonly b: number;
  readonly k: number;
  readonly ls: number;
}

const LARGEST_K = 1e12;
const WIDTHS = [0.3, 0.5, 0.75, 1.1, 1.6, 2.4, 3.6, 6, 10, 20, 50];
const PLACES = [-8, -5.5, -4, -3, -2.2, -1.6, -1, -0.5, 0, 0.5, 1, 1.6, 2.2, 3, 4, 5.5, 8];

/** Starts on a sketch of the column, the most likely first: those widths b whose best is higher than that of both neighbours. */
export function burrStarts(sample: Sample, frame: LogFrame, given: Partial<BurrStart>): BurrStart[] {
  const sketch = framedSketch(sample, frame);
  const average = sketch.mean((y) => y);
  const at = (b: number, ls: number) => {
    // The most likely k: 1 / mean(log(1 + (x/s)^c)).
    const logs = sketch.mean((y) => log1pexp(b * (y - ls)));
    const k = given.k ?? 1 / logs;
    return { b, k, ls, value: log(b) + log(k) + b * (average - ls) - (k + 1) * logs };
  };
  const widths = given.b === undefined ? WIDTHS : [given.b];
  const places = given.ls === undefined ? PLACES : [given.ls];
  const rows = widths.map((b) => {
    const row = places
      .map((place) => at(b, given.ls ?? place / Math.min(1, b)))
      .filter(({ value, k }) => value < Infinity && k < LARGEST_K);
    return row.reduce((best, one) => (one.value > best.value ? one : best), { b, k: 1, ls: 0, value: Number.NEGATIVE_INFINITY });
  });
  const peaks = rows.filter(({ value }, i) => value >= (rows[i - 1]?.value ?? value) && value >= (rows[i + 1]?.value ?? value));
  peaks.sort((p, q) => q.value - p.value);
  return peaks.map((peak) => refined(peak, at, given));
}

interface Valued extends BurrStart {
  readonly value: number;
}

/** A start after a few rounds of compass search: Newton's first step should not pass the Weibull by. */
function refined(start: Valued, at: (b: number, ls: number) => Valued, given: Partial<BurrStart>): BurrStart {
  let best = start;
  for (let step = 0.25, round = 0; round < 24 && step > 0.02; round++) {
    const { b, ls } = best;
    const tries = [
      ...(given.b === undefined ? [at(b * (1 + step), ls), at(b / (1 + step), ls)] : []),
      ...(given.ls === undefined ? [at(b, ls + step / b), at(b, ls - step / b)] : []),
    ];
    const next = tries.reduce((p, q) => (q.value > p.value && q.k < LARGEST_K ? q : p), best);
    if (next === best) step /= 2;
    best = next;
  }
  return best;
}

/** The Weibull, with its shape fixed or not; b is a guess of the shape in the frame and m of the location. */
export function weibullLimit(sample: Sample, frame: LogFrame, fixedShape: number | undefined, b: number, m: number): Verdict {
  const n = sample.weight;
  const { unit, center, scale, typical } = frame;
  const average = framedMoments(sample, frame).mean;
  // Not far below the largest value: e^z stays in range for the whole bracket.
  const place = Math.max(m, (log(sample.extent.max * unit) - center) / scale - 20 / b);
  // Kernel gumbel on -z: sums of z and e^z.
  const sums = (shape: number) => sample.totals("gumbelOfLog", { unit, center, location: scale * place, scale: -scale / shape });
  const slope = (shape: number) => {
    const [, , u, zu] = sums(shape) as unknown as [number, number, number, number];
    return -zu / u / shape - (average - place) - 1 / shape;
  };
  let shape = b;
  if (fixedShape === undefined) {
    let [low, high] = [b / 2, b * 2];
    while (slope(low) > 0) low /= 2;
    while (slope(high) < 0) high *= 2;
    shape = findRoot(slope, low, high);
  }
  const rise = log(sums(shape)[2]! / n) / shape;
  const logLik = n * (log(shape) + shape * (average - place - rise) - 1) + framedJacobian(sample, frame);
  const natural = `weibull(shape = ${shape / scale}, scale = ${typical * exp(scale * (place + rise))})`;
  return boundary(
    `The upper tail is not heavier than a Weibull's: the likelihood increases with k and the scale; the limit is ${natural}.`,
    [fixedShape ?? shape / scale, Infinity, Infinity],
    logLik,
  );
}

/** The Pareto from a fixed scale or from the smallest value. */
export function paretoLimit(sample: Sample, fixedScale: number | undefined): Verdict {
  const scale = fixedScale ?? sample.extent.min;
  const excess = meanLogRatio(sample, scale);
  const shape = 1 / excess;
  return boundary(
    `The likelihood increases as c → ∞ and k → 0; the limit is pareto(scale = ${scale}, shape = ${shape}).`,
    [Infinity, 0, scale],
    sample.weight * (log(shape) - shape * excess - logMoments(sample).mean),
  );
}
