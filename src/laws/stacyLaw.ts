import { exp, expm1, log } from "../math/elementary.ts";
import { logMinusDigamma, logMinusDigammaDerivative } from "../math/polygamma.ts";
import { deviance, HALF_LOG_2PI, stirlingError } from "../math/stirling.ts";
import { ExactLaw } from "./exactLaw.ts";
import type { RowLaw } from "./rowLaw.ts";

/** The generalised gamma distribution of Stacy (1962), Ann. Math. Statist. 33, 1187, in the coordinates log(scale), log(shape) and log(power). */
export class StacyLaw extends ExactLaw {
  #logScale = 0;
  #logShape = Number.NaN;
  #shape = 1;
  #logPower = 0;
  #power = 1;
  /** log(shape) - digamma(shape), its derivative, and what of the log-density depends on the shape alone. */
  #digamma = 0;
  #trigamma = 0;
  #constant = 0;

  constructor(tails: RowLaw) {
    super(3, tails);
  }

  protected place(c: Float64Array): void {
    this.#logScale = c[0]!;
    this.#logPower = c[2]!;
    this.#power = exp(c[2]!);
    if (c[1] === this.#logShape) return;
    this.#logShape = c[1]!;
    const shape = exp(c[1]!);
    this.#shape = shape;
    this.#digamma = logMinusDigamma(shape);
    this.#trigamma = logMinusDigammaDerivative(shape);
    this.#constant = 0.5 * c[1]! - HALF_LOG_2PI - stirlingError(shape);
  }

  exact(x: number): void {
    const [shape, power] = [this.#shape, this.#power];
    const logX = log(x);
    const w = power * (logX - this.#logScale);
    const y = exp(w);
    if (y === Number.POSITIVE_INFINITY) {
      this.value = Number.NEGATIVE_INFINITY;
      return;
    }
    const gap = w - this.#logShape;
    // y - shape, which cancels where the shape is large.
    const excess = shape * expm1(gap);
    const slope = shape * (gap + this.#digamma);
    // Loader's saddle-point form, as for the gamma; of a y that is no double, its deviance is shape (-gap - 1).
    const distance = y < 1e-300 ? shape * (-gap - 1) : deviance(shape, y, excess);
    this.value = this.#logPower + this.#constant - distance - logX;
    this.first[0] = power * excess;
    this.first[1] = slope;
    this.first[2] = 1 - w * excess;
    this.second[0] = power * power * y;
    this.second[1] = power * shape;
    this.second[2] = shape * (1 - shape * this.#trigamma) - slope;
    this.second[3] = -power * (excess + w * y);
    this.second[4] = -shape * w;
    this.second[5] = w * (excess + w * y);
  }
}
