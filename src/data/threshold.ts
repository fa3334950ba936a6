import { describe, numbers } from "./observations.ts";

/**
 * Excesses over a threshold, for fits of a tail: x - threshold of the values above it, in their order.
 * `fit("generalizedPareto", threshold(x, 10))`.
 *
 * @throws TypeError for what is not an array of numbers; RangeError for a threshold that is not finite or that no value exceeds.
 */
export function threshold(x: ArrayLike<number>, threshold: number): Float64Array {
  const values = numbers(x, "x");
  if (!Number.isFinite(threshold)) throw new RangeError(`threshold is ${describe(threshold)}; a finite number is needed.`);
  let count = 0;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]!)) throw new RangeError(`x[${i}] is ${values[i]}; finite values are needed.`);
    max = Math.max(max, values[i]!);
    if (values[i]! > threshold) count++;
  }
  if (count === 0) throw new RangeError(`threshold is ${threshold}; one below the largest of x is needed, ${max}.`);
  const excesses = new Float64Array(count);
  let next = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! > threshold) excesses[next++] = values[i]! - threshold;
  return excesses;
}
