/**
 * Compensated summation: the error grows with the condition of the sum, not with its length.
 * A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54, 1974.
 */
export class Accumulator {
  private total = 0;
  private compensation = 0;

  add(x: number): this {
    const t = this.total + x;
    this.compensation += Math.abs(this.total) >= Math.abs(x) ? this.total - t + x : x - t + this.total;
    this.total = t;
    return this;
  }

  /** After an overflow or a NaN the compensation is NaN (Infinity - Infinity); the plain total says what happened. */
  get sum(): number {
    return Math.abs(this.total) < Infinity ? this.total + this.compensation : this.total;
  }
}

export function sum(x: ArrayLike<number>): number {
  let total = 0;
  let compensation = 0;
  for (let i = 0; i < x.length; i++) {
    const xi = x[i]!;
    const t = total + xi;
    compensation += Math.abs(total) >= Math.abs(xi) ? total - t + xi : xi - t + total;
    total = t;
  }
  return Math.abs(total) < Infinity ? total + compensation : total;
}
