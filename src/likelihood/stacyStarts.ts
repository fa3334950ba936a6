import { exp, log } from "../math/elementary.ts";
import { lgamma } from "../math/gamma.ts";
import { HALF_LOG_2PI, stirlingError } from "../math/stirling.ts";
import type { Sample } from "../wasm/sample.ts";
import { framedSketch, type LogFrame } from "./logFrame.ts";

/** A start: power in the frame's units, shape, and the logarithm of the scale in the frame. */
export interface StacyStart {
  readonly power: number;
  readonly shape: number;
  readonly ls: number;
}

/** Powers in standard deviations of log x, from all but lognormal to all but a power function with an end. */
const POWERS = [0.03, 0.06, 0.1, 0.16, 0.25, 0.35, 0.5, 0.7, 1, 1.4, 2, 2.8, 4, 6, 9, 14, 25, 50, 100];

/**
 * Local maxima of the profile over the power on a sketch of the column, the highest first: given the power, x^power is gamma, and what is
 * fixed of shape and scale leaves one equation.
 */
export function stacyStarts(sample: Sample, frame: LogFrame, given: Partial<StacyStart>): StacyStart[] {
  const sketch = framedSketch(sample, frame);
  const average = sketch.mean((y) => y);
  const highest = sketch.values.at(-1)!;
  const at = (power: number) => {
    const mean = highest + log(sketch.mean((y) => exp(power * (y - highest)))) / power;
    const gap = power * (mean - average);
    const shape = given.shape ?? (given.ls === undefined ? shapeOfGap(gap) : inverseDigamma(power * (average - given.ls)));
    const ls = given.ls ?? mean - log(shape) / power;
    // shape log(shape) - shape - lgamma(shape), which would cancel.
    const constant = shape > 10 ? 0.5 * log(shape) - HALF_LOG_2PI - stirlingError(shape) : shape * log(shape) - shape - lgamma(shape);
    const excess = shape * (power * (mean - ls) - log(shape)) + shape - exp(power * (mean - ls));
    return { power, shape, ls, value: log(power) + constant - shape * gap + excess };
  };
  const grid = (given.power === undefined ? POWERS : [given.power]).map(at).filter(({ value }) => Number.isFinite(value));
  const peaks = grid.filter(({ value }, i) => value >= (grid[i - 1]?.value ?? value) && value >= (grid[i + 1]?.value ?? value));
  return peaks.sort((p, q) => q.value - p.value);
}

/** The shape with log(shape) - digamma(shape) = gap to 1.5 % (Minka 2002). */
function shapeOfGap(gap: number): number {
  return (3 - gap + Math.sqrt((gap - 3) * (gap - 3) + 24 * gap)) / (12 * gap);
}

/** The shape with digamma(shape) = y, roughly (Minka 2000). */
export function inverseDigamma(y: number): number {
  return y > -2.2 ? exp(y) + 0.5 : -1 / (y + 0.5772156649015329);
}
