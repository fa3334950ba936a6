import { low, twoProduct } from "../math/doubleDouble.ts";
import { Accumulator } from "../math/sum.ts";

/** A column that was moved: z = (x - center) scale. */
export interface Moved {
  /** Its place in the design. */
  readonly index: number;
  readonly center: number;
  readonly scale: number;
}

/** Numbers below it are split in two halves without overflow. */
const HALVED = 1e290;

/** Coefficients of a design whose columns were moved, and of the columns as they were given. Only a design with an intercept is centred. */
export class Coordinates {
  readonly #scale: Float64Array;
  readonly #center: Float64Array;
  readonly #centred: readonly Moved[];

  constructor(
    readonly width: number,
    columns: readonly Moved[],
    /** Place of the intercept, or -1. */
    readonly intercept: number,
    /** How the response was moved. */
    readonly response: Pick<Moved, "center" | "scale"> = { center: 0, scale: 1 },
  ) {
    this.#scale = new Float64Array(width).fill(1);
    this.#center = new Float64Array(width);
    for (const { index, center, scale } of columns) {
      this.#scale[index] = scale;
      this.#center[index] = center;
    }
    this.#centred = columns.filter(({ center }) => center !== 0);
  }

  /** Coefficients of the columns as given; with `rest`, from coefficients gamma + rest of twice the digits. */
  natural(gamma: ArrayLike<number>, rest?: ArrayLike<number>): Float64Array {
    const { scale, center } = this.response;
    const beta = Float64Array.from(gamma, (value, j) => (value * this.#scale[j]!) / scale);
    if (this.intercept < 0) return beta;
    const constant = new Accumulator()
      .add(beta[this.intercept]!)
      .add((rest?.[this.intercept] ?? 0) / scale)
      .add(center);
    for (const { index, center: c } of this.#centred) {
      if (beta[index] === 0) continue;
      // Of numbers too large to be halved, the product alone.
      const exact = Math.abs(c) < HALVED && Math.abs(beta[index]!) < HALVED;
      constant.add(exact ? -twoProduct(c, beta[index]!) : -c * beta[index]!);
      if (exact) constant.add(-low[0]!);
      if (rest) constant.add((-c * rest[index]! * this.#scale[index]!) / scale);
    }
    beta[this.intercept] = constant.sum;
    return beta;
  }

  /** A column's value as it was moved. */
  value(column: number, x: number): number {
    return (x - this.#center[column]!) * this.#scale[column]!;
  }

  /** Coefficients of the moved columns. */
  moved(beta: ArrayLike<number>): Float64Array {
    const { scale, center } = this.response;
    const gamma = Float64Array.from(beta, (value, j) => (value * scale) / this.#scale[j]!);
    if (this.intercept < 0) return gamma;
    let constant = beta[this.intercept]! - center;
    for (const { index, center: c } of this.#centred) constant += c * beta[index]!;
    gamma[this.intercept] = constant * scale;
    return gamma;
  }

  /** What the coefficients of the moved columns are multiplied by; the intercept's by 1. */
  get scales(): Float64Array {
    return this.#scale.map((scale, j) => (j === this.intercept ? 1 : scale));
  }

  /** A direction of moved coefficients, as one of the columns as given. */
  direction(gamma: ArrayLike<number>): Float64Array {
    const beta = Float64Array.from(gamma, (value, j) => value * this.#scale[j]!);
    if (this.intercept >= 0) for (const { index, center } of this.#centred) beta[this.intercept]! -= center * beta[index]!;
    return beta;
  }

  /** Covariances of the coefficients as given from those of the moved, the response's scale included. */
  covariance(of: (i: number, j: number) => number): (i: number, j: number) => number {
    const s = this.#scale;
    const unit = 1 / this.response.scale;
    const { intercept } = this;
    const centred = this.#centred.map(({ index, center }) => ({ index, weight: center * s[index]! }));
    /** Of the constant that all centers together make, with column j. */
    const shift = (j: number) => centred.reduce((sum, { index, weight }) => sum + weight * of(index, j), 0);
    return (i, j) => {
      const both = unit * unit;
      if (i !== intercept && j !== intercept) return both * s[i]! * s[j]! * of(i, j);
      if (i !== j) {
        const other = i === intercept ? j : i;
        return both * s[other]! * (of(intercept, other) - shift(other));
      }
      const second = centred.reduce((sum, { index, weight }) => sum + weight * shift(index), 0);
      return both * (of(i, i) - 2 * shift(i) + second);
    };
  }

  /** Standard error of a coefficient as given: not the root of its variance, which may lie beyond the doubles where its root does not. */
  error(column: number, of: (i: number, j: number) => number): number {
    if (column === this.intercept) return Math.sqrt(this.covariance(of)(column, column));
    return (Math.sqrt(of(column, column)) * this.#scale[column]!) / this.response.scale;
  }
}
