import { entry, triangular } from "../math/triangle.ts";
import type { RowLaw } from "./rowLaw.ts";

/** A law in other coordinates: its own are `shift` plus a matrix times these. */
export class LinearLaw implements RowLaw {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly #own: Float64Array;

  constructor(
    readonly law: RowLaw,
    /** A row for each of the law's coordinates. */
    readonly matrix: readonly (readonly number[])[],
    readonly shift: readonly number[] = [],
  ) {
    this.first = new Float64Array(this.coordinates);
    this.second = new Float64Array(triangular(this.coordinates));
    this.#own = new Float64Array(law.coordinates);
  }

  get coordinates(): number {
    return this.matrix[0]!.length;
  }

  get value(): number {
    return this.law.value;
  }

  at(c: Float64Array): void {
    const constants = c.length - this.coordinates;
    for (let k = 0; k < this.matrix.length; k++) {
      let sum = this.shift[k] ?? 0;
      for (let j = 0; j < this.coordinates; j++) sum += this.matrix[k]![j]! * c[j]!;
      this.#own[k] = sum;
    }
    this.law.at(constants > 0 ? Float64Array.of(...this.#own, ...c.subarray(this.coordinates)) : this.#own);
  }

  exact(x: number): void {
    this.law.exact(x);
    this.#back();
  }

  between(a: number, b: number): void {
    this.law.between(a, b);
    this.#back();
  }

  #back(): void {
    const { law, matrix, coordinates } = this;
    for (let i = 0; i < coordinates; i++) {
      let slope = 0;
      for (let k = 0; k < matrix.length; k++) if (matrix[k]![i] !== 0) slope += matrix[k]![i]! * law.first[k]!;
      this.first[i] = slope;
      for (let j = 0; j <= i; j++) {
        let bend = 0;
        for (let k = 0; k < matrix.length; k++) {
          if (matrix[k]![i] === 0) continue;
          for (let m = 0; m < matrix.length; m++) {
            if (matrix[m]![j] !== 0) bend += matrix[k]![i]! * matrix[m]![j]! * law.second[entry(k, m)]!;
          }
        }
        this.second[triangular(i) + j] = bend;
      }
    }
  }
}
