import { vuongStatistics } from "../inference/vuong.ts";
import { type ComparedRegression, checkSameRows, comparedMaximum } from "./comparedRegression.ts";
import type { VuongTest } from "./vuong.ts";

/** Vuong's test of two regressions, from the log-likelihoods of their rows: see `vuong`. */
export function vuongRegressions(r1: unknown, r2: unknown): VuongTest {
  const fits = [comparedMaximum(r1, "The first fit"), comparedMaximum(r2, "The second fit")] as const;
  const [one, other] = [fits[0].compared, fits[1].compared];
  checkSameRows(one, other);
  const [first, second] = [rowsOf(one, "The first fit"), rowsOf(other, "The second fit")];
  const { weights } = first;
  return vuongStatistics(pairs(first.values, second.values, weights), [one.k, other.k]);
}

function rowsOf({ rowLogLik, label, likelihood }: ComparedRegression, role: string) {
  const rows = rowLogLik();
  if (!rows) throw new RangeError(`${role}, ${label}, has ${likelihood}, which is no product over rows; fits that have one are needed.`);
  const outside = rows.values.findIndex((value) => !Number.isFinite(value));
  if (outside < 0) return rows;
  throw new RangeError(
    `${role}, ${label}, is at its limit: row ${outside} of those that count has log-likelihood ${rows.values[outside]}.`,
  );
}

function* pairs(first: Float64Array, second: Float64Array, weights: Float64Array | undefined) {
  for (let i = 0; i < first.length; i++) yield { first: first[i]!, second: second[i]!, weight: weights ? weights[i]! : 1 };
}
