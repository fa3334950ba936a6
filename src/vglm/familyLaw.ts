import type { Family } from "../distributions/family.ts";
import { isMissing, tailsOf } from "../estimators/problem.ts";
import type { RowLaw } from "../laws/rowLaw.ts";
import { addIntervalScore } from "../likelihood/intervalScore.ts";
import { charts } from "../math/charts.ts";
import { FIRST, SECOND, SECOND_AT_0 } from "../math/differences.ts";
import { logInterval } from "../math/interval.ts";
import { entry, triangular } from "../math/triangle.ts";

/**
 * The value where the law stands, its gradient in the coordinates put into `gradient`: NaN where that is known from values only. Where all of it
 * is known, the value is asked for at the ends of a line of differences only, and -Infinity beyond the support.
 */
type Ask = (gradient: Float64Array, atEnd: boolean) => number;

/** Share of a coordinate's spread that a step is: order 8 leaves 5e-11 for Cauchy's law, whose poles are close, and rounding 1e-14. */
const STEP = 0.02;
/** Of order 6, by how much it may be off from order 8, relative: order 8 is a hundredfold better, at the least. */
const GAP = 1e-8;
/** A step that leaves the support, or is too long for a row far out, is shortened so often. */
const SHORTER = 8;
const SIXTH = [3 / 4, -3 / 20, 1 / 60, 0];

/**
 * Any family's likelihood of a row in the coordinates of its parameters' domains: first derivatives are its own scores, and for censored rows
 * those of the ends' densities; second ones, and first ones of parameters that do not say how they move values, are central differences of
 * order 8.
 */
export class FamilyLaw implements RowLaw {
  value = 0;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly coordinates: number;
  #point: Float64Array;
  /** Where the law stands: the family's parameters and constants, and the parameters' derivatives in the coordinates. */
  readonly #theta: number[];
  readonly #slopes: Float64Array;
  /** Gradients on both sides, and sums of their differences of order 8 and 6. */
  readonly #ahead: Float64Array;
  readonly #behind: Float64Array;
  readonly #eight: Float64Array;
  readonly #six: Float64Array;

  constructor(
    readonly family: Family,
    /** Spread of one observation's information in each coordinate. */
    readonly spreads: readonly number[],
  ) {
    const count = family.parameters.length;
    this.coordinates = count;
    this.first = new Float64Array(count);
    this.second = new Float64Array(triangular(count));
    this.#point = new Float64Array(count);
    this.#theta = new Array<number>(count).fill(Number.NaN);
    this.#slopes = new Float64Array(count);
    [this.#ahead, this.#behind] = [new Float64Array(count), new Float64Array(count)];
    [this.#eight, this.#six] = [new Float64Array(count), new Float64Array(count)];
  }

  at(c: Float64Array): void {
    this.#point = c;
    for (let k = 0; k < this.coordinates; k++) this.#move(k, c[k]!);
    for (let k = this.coordinates; k < c.length; k++) this.#theta[k] = c[k]!;
  }

  #move(k: number, value: number): void {
    const [theta, slope] = charts[this.family.parameters[k]!.domain].at(value);
    this.#theta[k] = theta;
    this.#slopes[k] = slope;
  }

  exact(x: number): void {
    const { family } = this;
    this.#differentiate((gradient, atEnd) => {
      const value = atEnd ? family.logPdf(x, this.#theta) : 0;
      const score = value === Number.NEGATIVE_INFINITY ? undefined : family.score(x, this.#theta);
      for (let k = 0; k < gradient.length; k++) gradient[k] = score ? this.#slopes[k]! * score[k]! : Number.NaN;
      return value;
    });
  }

  between(a: number, b: number): void {
    const { family } = this;
    const { whole } = family.support;
    const missing = isMissing(family, this.#theta);
    this.#differentiate((gradient) => {
      const tails = tailsOf(family, this.#theta);
      const value = logInterval(tails, a, b, whole);
      gradient.fill(0);
      if (value > Number.NEGATIVE_INFINITY) addIntervalScore(tails, a, b, whole, value, 1, gradient);
      for (let k = 0; k < gradient.length; k++) gradient[k] = missing[k] ? Number.NaN : this.#slopes[k]! * gradient[k]!;
      return value;
    });
  }

  #differentiate(ask: Ask): void {
    const { coordinates: count, first, second, spreads } = this;
    second.fill(Number.NaN);
    this.value = ask(first, true);
    if (!Number.isFinite(this.value)) return;
    const known = Array.from(first, (slope) => !Number.isNaN(slope));
    const steps: number[] = [];
    const cross = new Float64Array(count * count);
    for (let k = 0; k < count; k++) {
      const usual = this.family.parameters[k]!.domain === "real" ? spreads[k]! : Math.min(1, spreads[k]!);
      for (let round = 0, step = STEP * usual; round <= SHORTER; round++, step /= 4) {
        steps[k] = step;
        const line = this.#along(ask, known, k, step);
        if (line.gap > GAP && round < SHORTER) continue;
        cross.set(this.#eight, k * count);
        if (!known[k]) [first[k], second[entry(k, k)]] = [line.slope, -line.bend];
        break;
      }
    }
    for (let k = 0; k < count; k++) {
      for (let j = 0; j <= k; j++) {
        const [one, other] = [cross[k * count + j]!, cross[j * count + k]!];
        const at = triangular(k) + j;
        if (known[j] && known[k]) second[at] = -(one + other) / 2;
        else if (known[j]) second[at] = -one;
        else if (known[k]) second[at] = -other;
        else if (j < k) second[at] = -this.#corner(ask, k, steps[k]!, j, steps[j]!);
      }
    }
  }

  /** Along a coordinate: the value's first two derivatives, the gradient's first in `eight`, and how far off order 6 is. */
  #along(ask: Ask, known: readonly boolean[], k: number, step: number): { slope: number; bend: number; gap: number } {
    const { value, spreads, coordinates: count } = this;
    const [ahead, behind, eighth, sixth] = [this.#ahead, this.#behind, this.#eight, this.#six];
    const center = this.#point[k]!;
    const all = !known.includes(false);
    let [slope, less] = [0, 0];
    let bend = SECOND_AT_0 * value;
    eighth.fill(0);
    sixth.fill(0);
    let inside = true;
    // From the ends inwards: most lines that leave the support are told there.
    for (let m = FIRST.length; m >= 1 && inside; m--) {
      const atEnd = !all || m === FIRST.length;
      this.#move(k, center + m * step);
      const rise = ask(ahead, atEnd);
      this.#move(k, center - m * step);
      const fall = ask(behind, atEnd);
      inside = Number.isFinite(rise) && Number.isFinite(fall);
      const [eight, six] = [FIRST[m - 1]! / step, SIXTH[m - 1]! / step];
      slope += eight * (rise - fall);
      less += six * (rise - fall);
      bend += SECOND[m - 1]! * (rise + fall);
      for (let j = 0; j < count; j++) {
        const difference = ahead[j]! - behind[j]!;
        eighth[j]! += eight * difference;
        sixth[j]! += six * difference;
      }
    }
    this.#move(k, center);
    let gap = all ? 0 : Math.abs(slope - less) / (Math.abs(slope) + 1 / spreads[k]!);
    for (let j = 0; j < count; j++) {
      if (known[j]) gap = Math.max(gap, Math.abs(eighth[j]! - sixth[j]!) / (Math.abs(eighth[j]!) + 1 / (spreads[k]! * spreads[j]!)));
    }
    return { slope, bend: bend / (step * step), gap: inside && !Number.isNaN(gap) ? gap : Number.POSITIVE_INFINITY };
  }

  /** The mixed second derivative of the value. */
  #corner(ask: Ask, i: number, a: number, j: number, b: number): number {
    let sum = 0;
    for (let m = 1; m <= SECOND.length; m++) {
      for (const [up, sign] of [
        [m, 1],
        [-m, 1],
        [m, -1],
        [-m, -1],
      ] as const) {
        this.#move(i, this.#point[i]! + up * a);
        this.#move(j, this.#point[j]! + sign * up * b);
        sum += sign * SECOND[m - 1]! * ask(this.#ahead, true);
      }
    }
    this.#move(i, this.#point[i]!);
    this.#move(j, this.#point[j]!);
    return sum / (4 * a * b);
  }
}
