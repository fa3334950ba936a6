import { exp } from "../math/elementary.ts";

/** Sums of rows, to be multiplied by e^top, the largest exponent of a row among them: no row overflows, nor makes another vanish. */
export class RunningSums {
  top = Number.NEGATIVE_INFINITY;
  readonly sums: Float64Array;

  constructor(readonly width: number) {
    this.sums = new Float64Array(width);
  }

  clear(): void {
    this.top = Number.NEGATIVE_INFINITY;
    this.sums.fill(0);
  }

  /** Adds share e^exponent times 1 and the numbers of z from a place on. */
  add(share: number, exponent: number, z: Float64Array, from: number): void {
    const { sums, width } = this;
    const own = exponent === this.top ? share : share * this.raise(exponent);
    sums[0]! += own;
    for (let c = 1; c < width; c++) sums[c]! += own * z[from + c - 1]!;
  }

  /** Makes an exponent the top if it is larger; returns e to what is left of it. */
  private raise(exponent: number): number {
    if (!(exponent > this.top)) return exp(exponent - this.top);
    const left = exp(this.top - exponent);
    for (let c = 0; c < this.width; c++) this.sums[c]! *= left;
    this.top = exponent;
    return 1;
  }

  /** Adds the sums to the k-th of others. */
  addTo(tops: Float64Array, all: Float64Array, k: number): void {
    const { sums, width, top } = this;
    const to = k * width;
    const other = tops[k]!;
    if (other === top) {
      for (let c = 0; c < width; c++) all[to + c]! += sums[c]!;
    } else if (other > top) {
      const share = exp(top - other);
      for (let c = 0; c < width; c++) all[to + c]! += share * sums[c]!;
    } else {
      const own = exp(other - top);
      for (let c = 0; c < width; c++) all[to + c] = own * all[to + c]! + sums[c]!;
      tops[k] = top;
    }
  }
}

/** Adds a value to be divided by e^exponent to the k-th of sums to be divided by e^low, at the smaller of both. */
export function mergeLow(lows: Float64Array, sums: Float64Array, k: number, exponent: number, value: number): void {
  const low = lows[k]!;
  if (exponent === low) sums[k]! += value;
  else if (exponent > low) sums[k]! += value * exp(low - exponent);
  else {
    sums[k] = sums[k]! * exp(exponent - low) + value;
    lows[k] = exponent;
  }
}
