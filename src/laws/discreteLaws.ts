import { exp } from "../math/elementary.ts";
import { log1pexp } from "../math/logarithms.ts";
import { expit } from "../math/logit.ts";
import { negativeBinomialLogMass } from "../math/negativeBinomial.ts";
import { binomialLogMass, poissonLogMass } from "../math/saddlePoint.ts";
import { ExactLaw } from "./exactLaw.ts";
import type { RowLaw } from "./rowLaw.ts";
import { thetaDerivatives } from "./thetaTerms.ts";

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

/** Poisson counts in the coordinate log(lambda). */
export class PoissonLaw extends ExactLaw {
  #lambda = 1;

  constructor(tails: RowLaw) {
    super(1, tails);
  }

  protected place(c: Float64Array): void {
    this.#lambda = exp(c[0]!);
  }

  exact(x: number): void {
    this.value = poissonLogMass(x, this.#lambda);
    this.first[0] = x - this.#lambda;
    this.second[0] = this.#lambda;
  }
}

/** Negative binomial counts in the coordinates log(size) and log(mu). */
export class NegativeBinomialLaw extends ExactLaw {
  #size = 1;
  #mu = 1;

  constructor(tails: RowLaw) {
    super(2, tails);
  }

  protected place(c: Float64Array): void {
    this.#size = exp(c[0]!);
    this.#mu = exp(c[1]!);
  }

  exact(x: number): void {
    const [size, mu] = [this.#size, this.#mu];
    const [first, second, gap] = thetaDerivatives(x, mu, size);
    const share = size / (size + mu);
    this.value = negativeBinomialLogMass(x, size, mu);
    this.first[0] = size * first;
    this.first[1] = (x - mu) * share;
    this.second[0] = -size * (size * second + first);
    this.second[1] = -size * mu * gap;
    this.second[2] = mu * share * ((x + size) / (size + mu));
  }
}
