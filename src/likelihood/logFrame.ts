import { exp, log } from "../math/elementary.ts";
import type { Sample } from "../wasm/sample.ts";
import { type Sketch, sketchOf } from "./sketches.ts";
import { logMoments, secondLogMoments, unitOf } from "./statistics.ts";

/** Where the logarithms of a positive column lie: y = (log(unit x) - center) / scale. */
export interface LogFrame {
  /** Power of two that brings the column near 1. */
  readonly unit: number;
  /** Median of log(unit x) in a sketch of the column. */
  readonly center: number;
  /** A standard deviation of the logarithms, by their quartiles. */
  readonly scale: number;
  /** e^center / unit: the value at y = 0. */
  readonly typical: number;
}

export function logFrame(sample: Sample): LogFrame {
  return sample.keep("log frame", () => {
    const unit = unitOf(sample);
    const { sketch, extent } = sample;
    const at = (p: number) => log(sketch[Math.min(sketch.length - 1, Math.floor(p * sketch.length))]! * unit);
    const center = at(0.5);
    const candidates = [(at(0.75) - at(0.25)) / 1.35, (at(1) - at(0)) / 4, (log(extent.max * unit) - log(extent.min * unit)) / 4];
    return { unit, center, scale: candidates.find((scale) => scale > 0) ?? 1, typical: exp(center) / unit };
  });
}

/** y of a sketch. */
export function framedSketch(sample: Sample, { unit, center, scale }: LogFrame): Sketch {
  return sketchOf(sample, (x) => (log(x * unit) - center) / scale);
}

/** Mean and variance of y, as it lies in another sample's frame, too. */
export function framedMoments(sample: Sample, { unit, center, scale }: LogFrame): { readonly mean: number; readonly variance: number } {
  const { first, second } = secondLogMoments(sample, unit, center);
  return { mean: first / scale, variance: Math.max(0, second - first * first) / (scale * scale) };
}

/** Sum of log |dy/dx| over the rows. */
export function framedJacobian(sample: Sample, { scale }: LogFrame): number {
  return -sample.weight * (log(scale) + logMoments(sample).mean);
}
