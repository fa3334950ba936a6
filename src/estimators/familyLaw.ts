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

/** Share of a coordinate's spread that a step is: order 8 leaves 1e-13 of it there, and rounding 1e-14. */
const STEP = 0.05;
/** A step that leaves the support is shortened so often. */
const SHORTER = 8;

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
      for (let round = 0; round < SHORTER; round++, step /= 4) {
        const line = this.#along(ask, here, k, step);
        steps[k] = step;
        if (Number.isFinite(line.slope)) return line;
      }
      return this.#along(ask, here, k, step);
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

  /** Along a coordinate: the value's first two derivatives, and the gradient's first. */
  #along(ask: (point: Float64Array) => Slope, { value }: Slope, k: number, step: number) {
    let slope = 0;
    let bend = SECOND_AT_0 * value;
    const gradient = new Float64Array(this.coordinates);
    for (let m = 1; m <= FIRST.length; m++) {
      const ahead = ask(this.#point.with(k, this.#point[k]! + m * step));
      const behind = ask(this.#point.with(k, this.#point[k]! - m * step));
      slope += (FIRST[m - 1]! * (ahead.value - behind.value)) / step;
      bend += SECOND[m - 1]! * (ahead.value + behind.value);
      for (let j = 0; j < gradient.length; j++) gradient[j]! += (FIRST[m - 1]! * (ahead.gradient[j]! - behind.gradient[j]!)) / step;
    }
    return { slope, bend: bend / (step * step), gradient };
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
