import { exp, expm1, log } from "../math/elementary.ts";
import { log1pmx } from "../math/logarithms.ts";
import { logMinusDigamma, logMinusDigammaDerivative } from "../math/polygamma.ts";
import { HALF_LOG_2PI, stirlingError } from "../math/stirling.ts";
import { ExactLaw } from "./exactLaw.ts";
import type { RowLaw } from "./rowLaw.ts";

/**
 * The gamma distribution of log x in the coordinates log(mean) and log(dispersion), 1/dispersion the shape: their information is diagonal.
 * In Loader's saddle-point form, which keeps its digits where the shape is large.
 */
export class GammaLaw extends ExactLaw {
  #logMean = 0;
  #logDispersion = Number.NaN;
  #shape = 1;
  #constant = 0;
  #slope = 0;
  #bend = 0;

  /** @param tails - In the same coordinates. */
  constructor(tails: RowLaw) {
    super(2, tails);
  }

  protected place(c: Float64Array): void {
    this.#logMean = c[0]!;
    if (c[1] === this.#logDispersion) return;
    this.#logDispersion = c[1]!;
    const shape = exp(-c[1]!);
    this.#shape = shape;
    this.#constant = 0.5 * log(shape) - HALF_LOG_2PI - stirlingError(shape);
    this.#slope = logMinusDigamma(shape);
    this.#bend = logMinusDigammaDerivative(shape);
  }

  exact(x: number): void {
    const logX = log(x);
    const shape = this.#shape;
    const excess = expm1(logX - this.#logMean);
    // x/mean - 1 - log(x/mean).
    const distance = excess < 1e-3 && excess > -1e-3 ? -log1pmx(excess) : excess - (logX - this.#logMean);
    const slope = shape * (this.#slope - distance);
    this.value = this.#constant - shape * distance - logX;
    this.first[0] = shape * excess;
    this.first[1] = -slope;
    this.second[0] = shape * (excess + 1);
    this.second[1] = shape * excess;
    this.second[2] = -(shape * shape * this.#bend + slope);
  }
}
