import { boundOf } from "../data/censoring.ts";
import type { ScoredRow } from "../inference/meat.ts";
import { addIntervalScore } from "../likelihood/intervalScore.ts";
import { charts } from "../math/charts.ts";
import { gradient } from "../math/differences.ts";
import { logInterval } from "../math/interval.ts";
import { isMissing, type Problem, tailsOf } from "./problem.ts";

/** Steps as a part of a parameter's own size. */
const STEP = 0.01;

/**
 * The rows that count with the scores of their contributions at natural parameters, by differences where a row is not known exactly and a
 * parameter does not say how it moves values; `unit` is the size of the parameters, `at` a row's place in the
 * data.
 */
export function* scoredRows(
  { family, rows, constants, shift }: Problem,
  unit: readonly number[],
  reported: readonly number[],
): Generator<ScoredRow & { readonly at: number }> {
  const theta = reported.map((value, i) => (family.parameters[i]!.shifts ? value - shift : value));
  const steps = theta.map((value, i) => {
    const chart = charts[family.parameters[i]!.domain];
    return family.parameters[i]!.domain === "real" ? STEP * Math.abs(unit[i]!) : STEP * Math.abs(chart.at(chart.toEta(value))[1]);
  });
  const { whole } = family.support;
  const tails = tailsOf(family, [...theta, ...constants]);
  const missing = isMissing(family, [...theta, ...constants]);
  const logProbability = (a: number, b: number) => (values: readonly number[]) =>
    logInterval(tailsOf(family, [...values, ...constants]), a, b, whole);
  const slopeOf = (a: number, b: number): number[] => {
    const sums = new Float64Array(theta.length);
    addIntervalScore(tails, a, b, whole, logInterval(tails, a, b, whole), 1, sums);
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
  for (let row = 0, place = 0; row < rows.rows; row++) {
    const weight = rows.weights?.[row] ?? 1;
    if (weight === 0) continue;
    const [lower, upper] = [rows.lower[row]!, rows.upper[row]!];
    const [after, until] = [boundOf(rows.after, row), boundOf(rows.until, row)];
    const own =
      lower === upper ? family.score(lower - shift, [...theta, ...constants]) : slope(Math.max(lower, after), Math.min(upper, until));
    const seen = everything(after, until) ? undefined : slope(after, until);
    yield { at: row, row: place++, weight, score: seen ? own.map((value, i) => value - seen[i]!) : own };
  }
}
