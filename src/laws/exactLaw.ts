import { triangular } from "../math/triangle.ts";
import type { RowLaw } from "./rowLaw.ts";

/** A law whose exact rows have a closed form; censored ones are another's. */
export abstract class ExactLaw implements RowLaw {
  value = 0;
  readonly first: Float64Array;
  readonly second: Float64Array;
  private point: Float64Array = new Float64Array(0);

  constructor(
    readonly coordinates: number,
    private readonly tails: RowLaw,
  ) {
    this.first = new Float64Array(coordinates);
    this.second = new Float64Array(triangular(coordinates));
  }

  at(c: Float64Array): void {
    this.point = c;
    this.place(c);
  }

  /** What is worked out once for a row's coordinates. */
  protected abstract place(c: Float64Array): void;
  abstract exact(x: number): void;

  between(a: number, b: number): void {
    this.tails.at(this.point);
    this.tails.between(a, b);
    this.value = this.tails.value;
    this.first.set(this.tails.first);
    this.second.set(this.tails.second);
  }
}
