import { exp, log } from "../math/elementary.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import { ExactLaw } from "./exactLaw.ts";
import type { RowLaw } from "./rowLaw.ts";
import { at, normal } from "./standardLaws.ts";

const CONSTANT = log(2) - HALF_LOG_2PI;

/** The skew-normal distribution in the coordinates xi, log(omega) and alpha: Azzalini (1985), Scand. J. Stat. 12, 171. */
export class SkewNormalLaw extends ExactLaw {
  #xi = 0;
  #logOmega = 0;
  #rate = 1;
  #alpha = 0;

  constructor(tails: RowLaw) {
    super(3, tails);
  }

  protected place(c: Float64Array): void {
    this.#xi = c[0]!;
    this.#logOmega = c[1]!;
    this.#rate = exp(-c[1]!);
    this.#alpha = c[2]!;
  }

  exact(x: number): void {
    const [rate, alpha] = [this.#rate, this.#alpha];
    const z = (x - this.#xi) * rate;
    const w = alpha * z;
    // log Φ(w) and its derivatives.
    normal.lower(w);
    const { value, first, second } = at;
    const inZ = alpha * first - z;
    const inZz = alpha * alpha * second - 1;
    const inZAlpha = first + w * second;
    this.value = CONSTANT - this.#logOmega - 0.5 * z * z + value;
    this.first[0] = -inZ * rate;
    this.first[1] = -z * inZ - 1;
    this.first[2] = z * first;
    this.second[0] = -inZz * rate * rate;
    this.second[1] = -(z * inZz + inZ) * rate;
    this.second[2] = -z * (inZ + z * inZz);
    this.second[3] = inZAlpha * rate;
    this.second[4] = z * inZAlpha;
    this.second[5] = -z * z * second;
  }
}
