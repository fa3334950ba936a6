import { boundOf } from "../data/censoring.ts";
import { addIntervalScore } from "../likelihood/intervalScore.ts";
import { charts } from "../math/charts.ts";
import { gradient } from "../math/differences.ts";
import { logInterval } from "../math/interval.ts";
import { isMissing, type Problem, tailsOf } from "./problem.ts";

/** Steps as a part of a parameter's own size. */
const STEP = 0.01;

/**
 * For robust standard errors of censored and truncated rows: the sum over the rows of w² s s' with s the score of a row's contribution,
 * by differences where the row is not known exactly and a parameter does not say how it moves values; `unit` is the size of the parameters.
 */
export function meatOf({ family, rows, constants, shift }: Problem, unit: readonly number[]) {
  return (reported: readonly number[], map: (score: readonly number[]) => number[]): number[][] => {
    const theta = reported.map((value, i) => (family.parameters[i]!.shifts ? value - shift : value));
    const steps = theta.map((value, i) => {
      const chart = charts[family.parameters[i]!.domain];
      return family.parameters[i]!.domain === "real" ? STEP * Math.abs(unit[i]!) : STEP * Math.abs(chart.at(chart.toEta(value))[1]);
    });
    const { whole } = family.support;
    const at = tailsOf(family, [...theta, ...constants]);
    const missing = isMissing(family, [...theta, ...constants]);
    const logProbability = (a: number, b: number) => (values: readonly number[]) =>
      logInterval(tailsOf(family, [...values, ...constants]), a, b, whole);
    const slopeOf = (a: number, b: number): number[] => {
      const sums = new Float64Array(theta.length);
      addIntervalScore(at, a, b, whole, logInterval(at, a, b, whole), 1, sums);
      const rest = missing.includes(true) ? gradient(logProbability(a, b), theta, steps) : [];
      return [...sums].map((value, i) => (missing[i] ? rest[i]! : value));
    };
    const slopes = new Map<string, number[]>();
    const slope = (a: number, b: number): number[] => {
      const key = `${a} ${b}`;
      const found = slopes.get(key) ?? slopeOf(a - shift, b - shift);
      if (slopes.size < 1e5) slopes.set(key, found);
      return found;
    };
    const everything = (a: number, b: number) => a <= family.support.lower && b >= family.support.upper && !whole;
    const sum: number[][] = [];
    for (let row = 0; row < rows.rows; row++) {
      const weight = rows.weights?.[row] ?? 1;
      if (weight === 0) continue;
      const [lower, upper] = [rows.lower[row]!, rows.upper[row]!];
      const [after, until] = [boundOf(rows.after, row), boundOf(rows.until, row)];
      const own =
        lower === upper ? family.score(lower - shift, [...theta, ...constants]) : slope(Math.max(lower, after), Math.min(upper, until));
      const seen = everything(after, until) ? own.map(() => 0) : slope(after, until);
      const score = map(own.map((value, i) => weight * (value - seen[i]!)));
      score.forEach((si, i) => {
        sum[i] ??= score.map(() => 0);
        score.forEach((sj, j) => {
          sum[i]![j]! += si * sj;
        });
      });
    }
    return sum;
  };
}
