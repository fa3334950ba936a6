import { exp } from "../math/elementary.ts";
import { negativeBinomialLogMass } from "../math/negativeBinomial.ts";
import { poissonLogMass } from "../math/saddlePoint.ts";
import { ExactLaw } from "./exactLaw.ts";
import { thetaDerivatives } from "./families.ts";
import type { RowLaw } from "./rowLaw.ts";

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
