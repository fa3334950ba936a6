import { absorbersOf, type Part } from "./parts.ts";

/** How a column was moved: z = (x - center) scale. */
export interface Move {
  readonly center: number;
  readonly scale: number;
}

/** A coefficient as given, as a combination of coefficients of moved columns. */
type Combination = readonly { readonly place: number; readonly times: number }[];

/** Coefficients of several linear predictors whose columns were moved, and of the columns as they were given. */
export class PartCoordinates {
  readonly #scale: Float64Array;
  /** What moves an absorber, by coefficient. */
  readonly #shifts = new Map<number, { place: number; weight: number }[]>();

  constructor(
    readonly width: number,
    parts: readonly Part[],
    /** How each part's columns were moved; undefined those that were not. */
    readonly moves: readonly (readonly (Move | undefined)[])[],
  ) {
    this.#scale = new Float64Array(width).fill(1);
    parts.forEach((part, a) => {
      const shift: { place: number; weight: number }[] = [];
      moves[a]!.forEach((move, j) => {
        if (!move) return;
        const place = part.places[j]!;
        this.#scale[place] = move.scale;
        if (move.center !== 0) shift.push({ place, weight: move.center * move.scale });
      });
      if (shift.length > 0) for (const absorber of absorbersOf(part)) this.#shifts.set(absorber, shift);
    });
  }

  /** Coefficients of the columns as given. */
  natural(gamma: ArrayLike<number>): Float64Array {
    return Float64Array.from({ length: this.width }, (_, k) =>
      this.#of(k).reduce((sum, { place, times }) => sum + times * gamma[place]!, 0),
    );
  }

  /** The sizes of what each coefficient of the columns as given is a sum of; undefined for a coefficient that is no sum. */
  summands(gamma: ArrayLike<number>): (number | undefined)[] {
    return Array.from({ length: this.width }, (_, k) => {
      if (!this.#shifts.has(k)) return undefined;
      return this.#of(k).reduce((sum, { place, times }) => sum + Math.abs(times * gamma[place]!), 0);
    });
  }

  /** Coefficients of the moved columns. */
  moved(beta: ArrayLike<number>): Float64Array {
    const gamma = Float64Array.from(beta, (b, k) => b / this.#scale[k]!);
    for (const [absorber, shift] of this.#shifts) for (const { place, weight } of shift) gamma[absorber]! += weight * gamma[place]!;
    return gamma;
  }

  /** Covariance of two coefficients as given from those of the moved columns. */
  covariance(of: (i: number, j: number) => number): (i: number, j: number) => number {
    return (i, j) => {
      let sum = 0;
      for (const a of this.#of(i)) for (const b of this.#of(j)) sum += a.times * b.times * of(a.place, b.place);
      return sum;
    };
  }

  /** Standard error of a coefficient: of one alone not the root of a variance, which may lie beyond the doubles. */
  error(k: number, of: (i: number, j: number) => number): number {
    return this.#shifts.has(k) ? Math.sqrt(this.covariance(of)(k, k)) : this.#scale[k]! * Math.sqrt(of(k, k));
  }

  #of(k: number): Combination {
    const own = { place: k, times: this.#scale[k]! };
    return [own, ...(this.#shifts.get(k) ?? []).map(({ place, weight }) => ({ place, times: -weight }))];
  }
}
