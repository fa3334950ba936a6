import type { Family, Theta } from "../distributions/family.ts";
import { addIntervalScore } from "../likelihood/intervalScore.ts";
import { charts } from "../math/charts.ts";
import { FIRST, SECOND, SECOND_AT_0 } from "../math/differences.ts";
import { logInterval } from "../math/interval.ts";
import { entry, triangular } from "../math/triangle.ts";
import type { RowLaw } from "../regression/rowLaw.ts";
import { isMissing, tailsOf } from "./problem.ts";

/** A value and its gradient in the coordinates; NaN where that is known from values only. */
interface Slope {
  readonly value: number;
  readonly gradient: ArrayLike<number>;
}

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

  constructor(
    readonly family: Family,
    /** Spread of one observation's information in each coordinate. */
    readonly spreads: readonly number[],
  ) {
    this.coordinates = family.parameters.length;
    this.first = new Float64Array(this.coordinates);
    this.second = new Float64Array(triangular(this.coordinates));
    this.#point = new Float64Array(this.coordinates);
  }

  at(c: Float64Array): void {
    this.#point = c.slice();
  }

  exact(x: number): void {
    this.#differentiate((point) => {
      const { theta, slopes } = this.#natural(point);
      const value = this.family.logPdf(x, theta);
      const score = value === Number.NEGATIVE_INFINITY ? slopes.map(() => Number.NaN) : this.family.score(x, theta);
      return { value, gradient: slopes.map((slope, k) => slope * score[k]!) };
    });
  }

  between(a: number, b: number): void {
    const { family } = this;
    const { whole } = family.support;
    this.#differentiate((point) => {
      const { theta, slopes } = this.#natural(point);
      const tails = tailsOf(family, theta);
      const value = logInterval(tails, a, b, whole);
      const sums = new Float64Array(this.coordinates);
      const missing = isMissing(family, theta);
      if (value > Number.NEGATIVE_INFINITY) addIntervalScore(tails, a, b, whole, value, 1, sums);
      return { value, gradient: sums.map((sum, k) => (missing[k] ? Number.NaN : slopes[k]! * sum)) };
    });
  }

  #natural(point: Float64Array): { theta: Theta; slopes: number[] } {
    const theta = Array.from(point);
    const slopes = this.family.parameters.map(({ domain }, k) => {
      const [value, slope] = charts[domain].at(point[k]!);
      theta[k] = value;
      return slope;
    });
    return { theta, slopes };
  }

  #differentiate(ask: (point: Float64Array) => Slope): void {
    const { coordinates: count, first, second } = this;
    const here = ask(this.#point);
    this.value = here.value;
    first.fill(Number.NaN);
    second.fill(Number.NaN);
    if (!Number.isFinite(here.value)) return;
    const known = Array.from(here.gradient, (slope) => !Number.isNaN(slope));
    const steps: number[] = [];
    const lines = Array.from({ length: count }, (_, k) => {
      let step = STEP * Math.min(1, this.spreads[k]!);
      if (this.family.parameters[k]!.domain === "real") step = STEP * this.spreads[k]!;
      for (let round = 0; ; round++, step /= 4) {
        const line = this.#along(ask, here, k, step);
        steps[k] = step;
        if (line.gap <= GAP || round === SHORTER) return line;
      }
    });
    lines.forEach((line, k) => {
      first[k] = known[k] ? here.gradient[k]! : line.slope;
      for (let j = 0; j <= k; j++) {
        const [one, other] = [line.gradient[j]!, lines[j]!.gradient[k]!];
        second[triangular(k) + j] = -(known[j] && known[k] ? (one + other) / 2 : known[j] ? one : known[k] ? other : Number.NaN);
      }
      if (!known[k]) second[entry(k, k)] = -line.bend;
    });
    for (let k = 0; k < count; k++) {
      for (let j = 0; j < k; j++) {
        if (!known[k] && !known[j]) second[triangular(k) + j] = -this.#corner(ask, here.value, k, steps[k]!, j, steps[j]!);
      }
    }
  }

  /** Along a coordinate: the value's first two derivatives, the gradient's first, and how far off order 6 is. */
  #along(ask: (point: Float64Array) => Slope, { value, gradient: here }: Slope, k: number, step: number) {
    let [slope, sixth] = [0, 0];
    let bend = SECOND_AT_0 * value;
    const gradient = new Float64Array(this.coordinates);
    const less = new Float64Array(this.coordinates);
    for (let m = 1; m <= FIRST.length; m++) {
      const ahead = ask(this.#point.with(k, this.#point[k]! + m * step));
      const behind = ask(this.#point.with(k, this.#point[k]! - m * step));
      const [eight, six] = [FIRST[m - 1]! / step, SIXTH[m - 1]! / step];
      slope += eight * (ahead.value - behind.value);
      sixth += six * (ahead.value - behind.value);
      bend += SECOND[m - 1]! * (ahead.value + behind.value);
      for (let j = 0; j < gradient.length; j++) {
        const rise = ahead.gradient[j]! - behind.gradient[j]!;
        gradient[j]! += eight * rise;
        less[j]! += six * rise;
      }
    }
    const { spreads } = this;
    let gap = Math.abs(slope - sixth) / (Math.abs(slope) + 1 / spreads[k]!);
    for (let j = 0; j < gradient.length; j++) {
      if (Number.isNaN(here[j]!)) continue;
      gap = Math.max(gap, Math.abs(gradient[j]! - less[j]!) / (Math.abs(gradient[j]!) + 1 / (spreads[k]! * spreads[j]!)));
    }
    return {
      slope,
      bend: bend / (step * step),
      gradient,
      gap: Number.isFinite(slope) && !Number.isNaN(gap) ? gap : Number.POSITIVE_INFINITY,
    };
  }

  /** The mixed second derivative of the value. */
  #corner(ask: (point: Float64Array) => Slope, value: number, i: number, a: number, j: number, b: number): number {
    const diagonal = (sign: number) => {
      let bend = SECOND_AT_0 * value;
      for (let m = 1; m <= SECOND.length; m++) {
        for (const way of [m, -m]) {
          bend += SECOND[m - 1]! * ask(this.#point.with(i, this.#point[i]! + way * a).with(j, this.#point[j]! + sign * way * b)).value;
        }
      }
      return bend;
    };
    return (diagonal(1) - diagonal(-1)) / (4 * a * b);
  }
}
