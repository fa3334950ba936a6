/** (e^(k l) - 1)/k, its inverse log(1 + k z)/k and the derivative of that in k, all of them through k = 0. */
import { expm1, log, log1p } from "./elementary.ts";

/** log(1 + k z)/k; -Infinity or Infinity past where 1 + k z reaches 0. */
export function boxCoxLog(z: number, k: number): number {
  const v = k * z;
  if (Math.abs(v) < 1e-8) return z * (1 - 0.5 * v);
  if (v <= -1) return k > 0 ? -Infinity : Infinity;
  // v may leave the range of doubles where its logarithm does not.
  return (v === Infinity && Math.abs(z) < Infinity ? log(Math.abs(k)) + log(Math.abs(z)) : log1p(v)) / k;
}

/** (e^(k l) - 1)/k. */
export function boxCoxExp(l: number, k: number): number {
  const v = k * l;
  return Math.abs(v) < 1e-8 ? l * (1 + 0.5 * v) : expm1(v) / k;
}

/** d/dk of log(1 + k z)/k, where 1 + k z > 0: Σ (-1)^(j+1) (j+1)/(j+2) v^j z², v = k z, where v is small. */
export function boxCoxLogSlope(z: number, k: number): number {
  const v = k * z;
  if (Math.abs(v) > 0.03) return (z / (1 + v) - log1p(v) / k) / k;
  let sum = 0;
  for (let j = 12; j >= 0; j--) sum = -(j + 1) / (j + 2) - v * sum;
  return z * z * sum;
}

/** d²/dk² of log(1 + k z)/k, where 1 + k z > 0: Σ (-1)^j (j+1)(j+2)/(j+3) v^j z³, v = k z, where v is small. */
export function boxCoxLogBend(z: number, k: number): number {
  const v = k * z;
  const share = z / (1 + v);
  if (Math.abs(v) > 0.1) return -(share * share + 2 * boxCoxLogSlope(z, k)) / k;
  let sum = 0;
  for (let j = 18; j >= 0; j--) sum = ((j + 1) * (j + 2)) / (j + 3) - v * sum;
  return z * z * z * sum;
}
