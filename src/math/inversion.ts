import { exp, log, log1p } from "./elementary.ts";

/** A continuous distribution by the logarithms of its tails and of its density. */
export interface Tails {
  logCdf(x: number): number;
  logSf(x: number): number;
  logPdf(x: number): number;
}

/**
 * The x in (lower, upper) with P(X <= x) = p: Newton on the logarithm of the smaller tail, which is nearly straight far out, within a
 * bracket that every step narrows.
 */
export function invertTails({ logCdf, logSf, logPdf }: Tails, p: number, start: number, lower: number, upper: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? lower : p === 1 ? upper : Number.NaN;
  const sign = p <= 0.5 ? 1 : -1;
  const tail = sign > 0 ? logCdf : logSf;
  const target = sign > 0 ? log(p) : log1p(-p);
  let [low, high, x] = [lower, upper, start];
  let reach = 1;
  for (let i = 0; i < 200; i++) {
    const found = tail(x);
    if (found === target) return x;
    if (found > target === sign > 0) high = x;
    else low = x;
    let next = x + (sign * (target - found)) / exp(logPdf(x) - found);
    if (!(next > low && next < high)) {
      reach *= 2;
      next = low === Number.NEGATIVE_INFINITY ? high - reach : high === Number.POSITIVE_INFINITY ? low + reach : low + 0.5 * (high - low);
    }
    // After that many steps of Newton's method only the rounding of the tail moves it.
    if (Math.abs(next - x) <= (i < 10 ? 2e-16 : 1e-13) * Math.abs(x) || next === x) return next;
    x = next;
  }
  return x;
}
