import { firstFailing, observations } from "../data/observations.ts";
import { holds, positive } from "../distributions/family.ts";
import { logMoments } from "../likelihood/statistics.ts";
import { log } from "../math/elementary.ts";
import { withSample } from "../wasm/placement.ts";
import type { Sample } from "../wasm/sample.ts";

/**
 * Compensated sum of a column of finite values.
 *
 * @throws RangeError or TypeError naming the first value that is not a finite number.
 */
export function sum(x: ArrayLike<number>): Promise<number> {
  return withSample(observations(x, undefined), ({ sum }) => sum, "plainSum");
}

/**
 * Sum of the logarithms of a column of positive values, as the logarithm of a product: mantissas are multiplied, exponents added.
 *
 * @throws RangeError or TypeError naming the first value that is not a finite number > 0.
 */
export function sumLog(x: ArrayLike<number>): Promise<number> {
  const given = observations(x, undefined);
  const work = (sample: Sample) => {
    if (!holds(positive, sample.extent.min)) {
      throw new RangeError(`${firstFailing(given, (value) => value > 0)}; sumLog needs ${positive.text}.`);
    }
    return sample.extent.logs ?? sample.rows * logMoments(sample).mean;
  };
  return withSample(given, work, "scanLogs");
}

/**
 * log(Σ e^x) of a column of finite values, without overflow or underflow: the largest value is taken out.
 *
 * @throws RangeError or TypeError naming the first value that is not a finite number.
 */
export function logSumExp(x: ArrayLike<number>): Promise<number> {
  return withSample(observations(x, undefined), (sample) => sample.extent.max + log(sample.expSum(sample.extent.max)));
}
