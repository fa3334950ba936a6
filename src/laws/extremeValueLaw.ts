import { boxCoxLog, boxCoxLogBend, boxCoxLogSlope } from "../math/boxCox.ts";
import { exp } from "../math/elementary.ts";
import { ExactLaw } from "./exactLaw.ts";
import type { RowLaw } from "./rowLaw.ts";

/**
 * The generalised extreme value distribution in the coordinates location, log(scale) and shape, Coles' sign. With z = (x - location)/scale and
 * l = log(1 + shape z)/shape the log-density is -log(scale) - (1 + shape) l - e^-l: Prescott & Walden (1980), Biometrika 67, 723.
 */
export class ExtremeValueLaw extends ExactLaw {
  #location = 0;
  #logScale = 0;
  #rate = 1;
  #shape = 0;

  constructor(tails: RowLaw) {
    super(3, tails);
  }

  protected place(c: Float64Array): void {
    this.#location = c[0]!;
    this.#logScale = c[1]!;
    this.#rate = exp(-c[1]!);
    this.#shape = c[2]!;
  }

  exact(x: number): void {
    const [rate, k] = [this.#rate, this.#shape];
    const z = (x - this.#location) * rate;
    const l = boxCoxLog(z, k);
    const u = exp(-l);
    if (u === Number.POSITIVE_INFINITY || l === Number.POSITIVE_INFINITY) {
      this.value = Number.NEGATIVE_INFINITY;
      return;
    }
    this.value = -this.#logScale - (1 + k) * l - u;
    const r = 1 / (1 + k * z);
    const slope = boxCoxLogSlope(z, k);
    // The log-density's derivative in l, then those in z and the shape.
    const inL = u - 1 - k;
    const inZ = inL * r;
    const inZz = -r * r * (u + k * inL);
    const inZk = -r * (u * slope + 1) - inL * z * r * r;
    const inKk = -slope * (u * slope + 2) + inL * boxCoxLogBend(z, k);
    this.first[0] = -inZ * rate;
    this.first[1] = -z * inZ - 1;
    this.first[2] = inL * slope - l;
    this.second[0] = -inZz * rate * rate;
    this.second[1] = -(z * inZz + inZ) * rate;
    this.second[2] = -z * (inZ + z * inZz);
    this.second[3] = inZk * rate;
    this.second[4] = z * inZk;
    this.second[5] = -inKk;
  }
}
