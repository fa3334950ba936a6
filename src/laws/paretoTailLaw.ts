import { boxCoxLog, boxCoxLogBend, boxCoxLogSlope } from "../math/boxCox.ts";
import { exp } from "../math/elementary.ts";
import { ExactLaw } from "./exactLaw.ts";
import type { RowLaw } from "./rowLaw.ts";

/**
 * The generalised Pareto distribution in the coordinates log(scale) and shape. With y = x/scale the log-density is -log(scale) - (1 + shape)
 * log(1 + shape y)/shape: Davison & Smith (1990), J. R. Statist. Soc. B 52, 393.
 */
export class ParetoTailLaw extends ExactLaw {
  #logScale = 0;
  #rate = 1;
  #shape = 0;

  constructor(tails: RowLaw) {
    super(2, tails);
  }

  protected place(c: Float64Array): void {
    this.#logScale = c[0]!;
    this.#rate = exp(-c[0]!);
    this.#shape = c[1]!;
  }

  exact(x: number): void {
    const k = this.#shape;
    const y = x * this.#rate;
    const l = boxCoxLog(y, k);
    if (Math.abs(l) === Number.POSITIVE_INFINITY) {
      this.value = Number.NEGATIVE_INFINITY;
      return;
    }
    this.value = -this.#logScale - (1 + k) * l;
    const r = 1 / (1 + k * y);
    const slope = boxCoxLogSlope(y, k);
    const share = y * r;
    this.first[0] = (1 + k) * share - 1;
    this.first[1] = -l - (1 + k) * slope;
    this.second[0] = (1 + k) * share * r;
    this.second[1] = share * ((1 + k) * share - 1);
    this.second[2] = 2 * slope + (1 + k) * boxCoxLogBend(y, k);
  }
}
