import { exp } from "../math/elementary.ts";
import { type LogTails, logInterval } from "../math/interval.ts";
import type { RowLaw } from "./rowLaw.ts";
import { at, type StandardLaw } from "./standardLaws.ts";

/** Six points of Gauss–Legendre, for intervals over which the density changes by a 32nd. */
const ABSCISSAE = [
  -0.9324695142031521, -0.6612093864662645, -0.2386191860831969, 0.2386191860831969, 0.6612093864662645, 0.9324695142031521,
];
const WEIGHTS = [0.1713244923791704, 0.3607615730481386, 0.467913934572691, 0.467913934572691, 0.3607615730481386, 0.1713244923791704];
const NARROW = 1 / 32;

/**
 * y = location + scale W in the coordinates location and log(scale). The likelihood of exact and censored rows has one maximum at most where
 * the law's density is log-concave: it is concave in location/scale and 1/scale (Burridge 1981, J. R. Statist. Soc. B 43, 41; Olsen 1978,
 * Econometrica 46, 1211), and these coordinates move no maximum.
 */
export class AcceleratedLaw implements RowLaw {
  readonly coordinates = 2;
  value = 0;
  readonly first = new Float64Array(2);
  readonly second = new Float64Array(3);
  #location = 0;
  #logScale = 0;
  /** 1/scale. */
  #rate = 1;
  readonly #tails: LogTails;

  constructor(readonly law: StandardLaw) {
    this.#tails = law.tails;
  }

  at(c: Float64Array): void {
    this.#location = c[0]!;
    if (c[1] === this.#logScale) return;
    this.#logScale = c[1]!;
    this.#rate = exp(-this.#logScale);
  }

  exact(y: number): void {
    const z = (y - this.#location) * this.#rate;
    this.law.density(z);
    this.#take(z);
    this.value -= this.#logScale;
    this.first[1]! -= 1;
  }

  between(a: number, b: number): void {
    const rate = this.#rate;
    const [from, to] = [(a - this.#location) * rate, (b - this.#location) * rate];
    if (a === Number.NEGATIVE_INFINITY) {
      this.law.lower(to);
      this.#take(to);
      return;
    }
    if (b === Number.POSITIVE_INFINITY) {
      this.law.upper(from);
      this.#take(from);
      return;
    }
    this.value = logInterval(this.#tails, from, to, false);
    this.law.density(from);
    const [below, g] = [at.value, at.first];
    this.law.density(to);
    const [above, h] = [at.value, at.first];
    if ((b - a) * rate * (1 + Math.max(Math.abs(g), Math.abs(h))) < NARROW) {
      this.#average(from, (b - a) * rate);
      return;
    }
    // Densities of the ends over the interval's probability; where one is 0, so is its product with a z however large.
    const p = exp(below - this.value);
    const q = exp(above - this.value);
    const [za, zb] = [p === 0 ? 0 : from, q === 0 ? 0 : to];
    const [pg, qh] = [p === 0 ? 0 : p * g, q === 0 ? 0 : q * h];
    const score = q - p;
    const zScore = q * zb - p * za;
    const bend = qh - pg - score * score;
    const zBend = qh * zb - pg * za - zScore * score;
    const zzBend = qh * zb * zb - pg * za * za - zScore * zScore;
    this.#put(score, zScore, bend, zBend, zzBend);
  }

  /** From a logarithm's derivatives in z. */
  #take(z: number): void {
    const { value, first, second } = at;
    this.value = value;
    // Infinity times 0 is NaN, where the tail's mass is all there is.
    if (first === 0 && second === 0) this.#put(0, 0, 0, 0, 0);
    else this.#put(first, z * first, second, z * second, z * z * second);
  }

  /** From the sums of f', z f', f'', z f'', z² f''; z moves by -1/scale and -z. */
  #put(score: number, zScore: number, bend: number, zBend: number, zzBend: number): void {
    const rate = this.#rate;
    this.first[0] = -score * rate;
    this.first[1] = -zScore;
    this.second[0] = -bend * rate * rate;
    this.second[1] = -(score + zBend) * rate;
    this.second[2] = -(zzBend + zScore);
  }

  /** Derivatives of log P(from < W <= from + width) as means of the density's, which do not cancel. */
  #average(from: number, width: number): void {
    let [total, u, v, uu, uv, vv] = [0, 0, 0, 0, 0, 0];
    this.law.density(from);
    const base = at.value;
    for (let k = 0; k < ABSCISSAE.length; k++) {
      const z = from + 0.5 * width * (1 + ABSCISSAE[k]!);
      this.law.density(z);
      const { value, first, second } = at;
      const share = WEIGHTS[k]! * exp(value - base);
      const own = z * first + 1;
      total += share;
      u += share * first;
      v += share * own;
      uu += share * (second + first * first);
      uv += share * (first + z * second + first * own);
      vv += share * (z * z * second + z * first + own * own);
    }
    const rate = this.#rate;
    [u, v] = [u / total, v / total];
    this.first[0] = -u * rate;
    this.first[1] = -v;
    this.second[0] = -(uu / total - u * u) * rate * rate;
    this.second[1] = -(uv / total - u * v) * rate;
    this.second[2] = -(vv / total - v * v);
  }
}
