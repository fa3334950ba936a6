import { exp, log } from "../math/elementary.ts";
import { log1pexp } from "../math/logarithms.ts";
import { expit } from "../math/logit.ts";
import { binomialLogMass } from "../math/saddlePoint.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import { ExactLaw } from "./exactLaw.ts";
import type { RowLaw } from "./rowLaw.ts";

/** Successes of `size` trials in the coordinate logit(prob); one trial where there is no size. */
export class BinomialLaw extends ExactLaw {
  #prob = 0.5;
  #size = 1;

  constructor(tails: RowLaw) {
    super(1, tails);
  }

  protected place(c: Float64Array): void {
    this.#prob = expit(c[0]!);
    this.#size = c.length > 1 ? c[1]! : 1;
  }

  exact(x: number): void {
    const [p, n] = [this.#prob, this.#size];
    this.value = binomialLogMass(x, n, p);
    this.first[0] = x - n * p;
    this.second[0] = n * p * (1 - p);
  }
}

/** Failures before the first success in the coordinate logit(prob). */
export class GeometricLaw extends ExactLaw {
  #eta = 0;

  constructor(tails: RowLaw) {
    super(1, tails);
  }

  protected place(c: Float64Array): void {
    this.#eta = c[0]!;
  }

  exact(x: number): void {
    const p = expit(this.#eta);
    const q = expit(-this.#eta);
    this.value = -log1pexp(-this.#eta) - (x === 0 ? 0 : x * log1pexp(this.#eta));
    this.first[0] = q - x * p;
    this.second[0] = (1 + x) * p * q;
  }
}

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
