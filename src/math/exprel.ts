/** (e^s - 1) / s and its derivative, for s >= 0. */
import { exp, expm1, log } from "./elementary.ts";
import { polynomial } from "./polynomial.ts";

/** (j + 1) / (j + 2)!, the derivative's series: 2^-55 of it at s = 1. */
const SLOPE = Float64Array.from({ length: 20 }, (_, j) => {
  let term = 0.5;
  for (let i = 1; i <= j; i++) term *= (i + 1) / i / (i + 2);
  return term;
});

/** (e^s - 1) / s. */
export function exprel(s: number): number {
  if (s > 700) return s === Infinity ? s : exp(s - log(s));
  return s < 1e-300 ? 1 : expm1(s) / s;
}

/** Its derivative, (s e^s - (e^s - 1)) / s². */
export function exprelSlope(s: number): number {
  if (s < 1) return polynomial(SLOPE, s);
  if (s > 700) return exprel(s) * (1 - 1 / s);
  const u = exp(s);
  return (u - (u - 1) / s) / s;
}
