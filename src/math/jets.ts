import { alongLine, FIRST } from "./differences.ts";

// Derivatives of a function of a few variables that is a formula, not a sum over rows: smooth to rounding, cheap, of unknown scale.
// Central differences of order 8, each coordinate's step being the one of a ladder at which truncation, told by the difference to order 6,
// and rounding, the value's divided by the step, are together smallest: some 1e-13 of the derivative.

/** A function's value with its gradient and Hessian. */
export interface Jet {
  readonly value: number;
  readonly gradient: readonly number[];
  readonly hessian: readonly (readonly number[])[];
}

const SIXTH = [3 / 4, -3 / 20, 1 / 60];
const EPSILON = 2.220446049250313e-16;
/** From one rung of the ladder to the next. */
const RUNG = 2;
const RUNGS = 32;
/** Second derivatives stand longer steps: rounding is divided by the square. */
const LONGER = 4;

interface Slope {
  readonly slope: number;
  /** Estimated error of the slope. */
  readonly error: number;
}

/** The derivative along one coordinate by differences with this step. */
function slopeAt(f: (point: readonly number[]) => number, point: readonly number[], i: number, step: number): Slope {
  let [eighth, sixth, largest] = [0, 0, Math.abs(f(point))];
  for (let k = 1; k <= 4; k++) {
    const ahead = f(point.with(i, point[i]! + k * step));
    const behind = f(point.with(i, point[i]! - k * step));
    eighth += FIRST[k - 1]! * (ahead - behind);
    sixth += (SIXTH[k - 1] ?? 0) * (ahead - behind);
    largest = Math.max(largest, Math.abs(ahead), Math.abs(behind));
  }
  const slope = eighth / step;
  // What order 8 leaves is a higher power of the step than what tells it: at the least, the next quarter.
  const gap = Math.abs(eighth - sixth) / step;
  const truncation = gap * Math.sqrt(Math.sqrt(Math.min(1, gap / Math.abs(slope)) || 0));
  const error = truncation + (EPSILON * (largest + Math.abs(point[i]! * slope))) / step;
  return Number.isFinite(error) ? { slope, error } : { slope: Number.NaN, error: Number.POSITIVE_INFINITY };
}

/** The best step along one coordinate, looked for from a first guess up and down the ladder. */
function bestStep(f: (point: readonly number[]) => number, point: readonly number[], i: number, guess: number): Slope & { step: number } {
  let best = { ...slopeAt(f, point, i, guess), step: guess };
  for (const rung of [RUNG, 1 / RUNG]) {
    let step = best.step;
    let worse = 0;
    for (let k = 0; k < RUNGS && worse < 2; k++) {
      step *= rung;
      const found = slopeAt(f, point, i, step);
      if (found.error < best.error) best = { ...found, step };
      // Beyond the domain nothing is finite, and shorter steps may be.
      else if (Number.isFinite(best.error)) worse++;
    }
  }
  return best;
}

/**
 * The gradient of a smooth function; `scale` is how far each coordinate may move for the function to change noticeably, to a few powers
 * of ten. NaN where the function is not finite around the point.
 */
export function gradientOf(f: (point: readonly number[]) => number, point: readonly number[], scale: readonly number[]): number[] {
  return point.map((_, i) => (scale[i]! > 0 ? bestStep(f, point, i, 0.1 * scale[i]!).slope : 0));
}

/** The function with its first two derivatives. The ladder is climbed at the first point only, and where its step no longer serves. */
export function jetOf(f: (point: readonly number[]) => number, scale: readonly number[]): (point: readonly number[]) => Jet {
  const steps: number[] = [];
  return (point) => {
    const value = f(point);
    const gradient = point.map((_, i) => {
      const known = steps[i] === undefined ? undefined : slopeAt(f, point, i, steps[i]!);
      if (known && known.error <= 1e-10 * Math.abs(known.slope)) return known.slope;
      const found = bestStep(f, point, i, steps[i] ?? 0.1 * scale[i]!);
      steps[i] = found.step;
      return found.slope;
    });
    const second = (direction: readonly number[]): number => {
      const bend = alongLine(f, point, value, direction).second;
      // A formula may end within a long step; its bend there is not what decides.
      return Number.isFinite(bend)
        ? bend
        : alongLine(
            f,
            point,
            value,
            direction.map((step) => step / LONGER),
          ).second *
            LONGER *
            LONGER;
    };
    const unit = (i: number) => LONGER * steps[i]!;
    const hessian = point.map(() => point.map(() => 0));
    point.forEach((_, i) => {
      hessian[i]![i] = second(point.map((_, k) => (k === i ? unit(i) : 0))) / (unit(i) * unit(i));
      for (let j = 0; j < i; j++) {
        const both = (sign: number) => second(point.map((_, k) => (k === i ? unit(i) : k === j ? sign * unit(j) : 0)));
        hessian[i]![j] = hessian[j]![i] = (both(1) - both(-1)) / (4 * unit(i) * unit(j));
      }
    });
    return { value, gradient, hessian };
  };
}
