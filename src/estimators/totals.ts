import { observations } from "../data/observations.ts";
import { holds, positive } from "../distributions/family.ts";
import { logMoments } from "../likelihood/statistics.ts";
import { withSample } from "../wasm/placement.ts";

/**
 * Compensated sum of a column of finite values.
 *
 * @throws RangeError or TypeError naming the first value that is not a finite number.
 */
export function sum(x: ArrayLike<number>): Promise<number> {
  return withSample(observations(x, undefined), (sample) => sample.extent.sum);
}

/**
 * Sum of the logarithms of a column of positive values, as the logarithm of a product: mantissas are multiplied, exponents added.
 *
 * @throws RangeError or TypeError naming the first value that is not a finite number > 0.
 */
export function sumLog(x: ArrayLike<number>): Promise<number> {
  const given = observations(x, undefined);
  return withSample(given, (sample) => {
    if (!holds(positive, sample.extent.min)) {
      for (let i = 0; i < x.length; i++) if (!(x[i]! > 0)) throw new RangeError(`x[${i}] is ${x[i]}; sumLog needs ${positive.text}.`);
    }
    return sample.rows * logMoments(sample).mean;
  });
}
