import { exp, log } from "../math/elementary.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import { ExactLaw } from "./exactLaw.ts";
import type { RowLaw } from "./rowLaw.ts";

/** The inverse Gaussian distribution in the coordinates log(mu) and log(lambda). */
export class InverseGaussianLaw extends ExactLaw {
  #mu = 1;
  #lambda = 1;
  #constant = 0;

  constructor(tails: RowLaw) {
    super(2, tails);
  }

  protected place(c: Float64Array): void {
    this.#mu = exp(c[0]!);
    this.#lambda = exp(c[1]!);
    this.#constant = 0.5 * c[1]! - HALF_LOG_2PI;
  }

  exact(x: number): void {
    const mu = this.#mu;
    const share = this.#lambda / mu;
    const gap = (x - mu) / mu;
    const distance = 0.5 * share * gap * (gap / (x / mu));
    this.value = this.#constant - 1.5 * log(x) - distance;
    this.first[0] = share * gap;
    this.first[1] = 0.5 - distance;
    this.second[0] = share * (2 * gap + 1);
    this.second[1] = -share * gap;
    this.second[2] = distance;
  }
}
