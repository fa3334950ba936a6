import { exp, log, log1p } from "../math/elementary.ts";
import { lbeta } from "../math/gamma.ts";
import { digamma, trigamma } from "../math/polygamma.ts";
import { ExactLaw } from "./exactLaw.ts";
import type { RowLaw } from "./rowLaw.ts";

/** The beta distribution in the coordinates log(shape1) and log(shape2). */
export class BetaLaw extends ExactLaw {
  #p = 1;
  #q = 1;

  constructor(tails: RowLaw) {
    super(2, tails);
  }

  protected place(c: Float64Array): void {
    this.#p = exp(c[0]!);
    this.#q = exp(c[1]!);
  }

  exact(x: number): void {
    const [p, q] = [this.#p, this.#q];
    const [logX, logRest] = [log(x), log1p(-x)];
    const [sum, bend] = [digamma(p + q), trigamma(p + q)];
    this.value = (p - 1) * logX + (q - 1) * logRest - lbeta(p, q);
    this.first[0] = p * (logX - digamma(p) + sum);
    this.first[1] = q * (logRest - digamma(q) + sum);
    this.second[0] = p * p * (trigamma(p) - bend) - this.first[0];
    this.second[1] = -p * q * bend;
    this.second[2] = q * q * (trigamma(q) - bend) - this.first[1];
  }
}
