import { betaI } from "../math/incompleteBeta.ts";
import { normalCdf } from "../math/normal.ts";
import { aligned, formatted, printed, pValues, rounded, zapped } from "./printed.ts";

/** One line of a table of coefficients. */
export interface CoefficientRow {
  readonly name: string;
  readonly estimate: number;
  readonly standardError: number;
  /** Estimate over standard error. */
  readonly statistic: number;
  /** Two-sided: of Student's t where `df` is finite, of the normal otherwise. */
  readonly pValue: number;
}

/** Coefficients with their tests that each is 0. */
export function coefficientRows(
  names: readonly string[],
  estimates: readonly number[],
  errors: readonly number[],
  df: number,
): CoefficientRow[] {
  return names.map((name, j) => {
    const statistic = estimates[j]! / errors[j]!;
    return { name, estimate: estimates[j]!, standardError: errors[j]!, statistic, pValue: twoSided(statistic, df) };
  });
}

/** P(|T| > |t|) of Student's t with df degrees of freedom, the normal's where they are infinite. */
function twoSided(t: number, df: number): number {
  if (Number.isNaN(t) || !(df > 0)) return Number.NaN;
  if (df === Number.POSITIVE_INFINITY) return 2 * normalCdf(-Math.abs(t));
  const square = t * t;
  return square === Number.POSITIVE_INFINITY ? 0 : betaI(df / 2, 0.5, df / (df + square), square / (df + square));
}

/** Significant digits of estimates and errors: R's, at its seven by default. */
const DIGITS = 4;

/** A column of a table of coefficients, with its head. */
type NumberColumn = readonly [head: string, values: readonly number[]];

/** Text of a table of coefficients, as R prints it. */
export function tableText(rows: readonly CoefficientRow[], letter: "t" | "z"): string {
  const columns: NumberColumn[] = [
    ["Estimate", rows.map(({ estimate }) => estimate)],
    ["Std. Error", rows.map(({ standardError }) => standardError)],
  ];
  return coefficientLines(rows, columns, `${letter} value`, `Pr(>|${letter}|)`).join("\n");
}

/** R's printCoefmat(): columns of the coefficients' size to one number of decimals, then statistics and p-values. */
export function coefficientLines(
  rows: readonly CoefficientRow[],
  columns: readonly NumberColumn[],
  statistic: string,
  p: string,
  digits = DIGITS,
): string[] {
  const all = columns.flatMap(([, values]) => values);
  const sizes = all.filter((value) => value !== 0 && Number.isFinite(value)).map((value) => Number(value.toExponential().split("e")[1]));
  const decimals = Math.max(1, digits - 1 - Math.min(...(sizes.length > 0 ? sizes : [0])));
  const numbers = formatted(
    all.map((value) => rounded(value, decimals)),
    digits,
  ).map((text, i) => {
    // What is not 0 is not printed as 0.
    const lost = Number(text) === 0 && all[i] !== 0;
    return lost ? printed(all[i]!, digits - 1) : text;
  });
  const width = Math.max(...numbers.map(({ length }) => length));
  const statistics = formatted(
    rows.map((row) => rounded(row.statistic, digits - 1)),
    digits,
  );
  const probabilities = pValues(
    rows.map(({ pValue }) => pValue),
    digits - 1,
  );
  const cells = rows.map(({ name }, i) => [
    name,
    ...columns.map((_, k) => numbers[k * rows.length + i]!.padStart(width)),
    statistics[i]!,
    probabilities[i]!,
  ]);
  return aligned([["", ...columns.map(([head]) => head), statistic, p], ...cells]);
}

/** R's print() of a matrix with names of its rows: each column to its own number of decimals. */
export function matrixLines(names: readonly string[], columns: readonly NumberColumn[]): string[] {
  const texts = columns.map(([, values]) => formatted(values, DIGITS));
  return aligned([["", ...columns.map(([head]) => head)], ...names.map((name, i) => [name, ...texts.map((column) => column[i]!)])]);
}

/** The least, the quartiles and the largest of residuals, as R's summaries print them. */
export function quartileLines(title: string, residuals: Float64Array, gap: number): string[] {
  const sorted = residuals.slice().sort();
  const quantile = (share: number) => {
    const at = share * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
    return low + (at - Math.floor(at)) * (high - low);
  };
  const values = formatted(zapped([0, 0.25, 0.5, 0.75, 1].map(quantile), DIGITS + 1), DIGITS);
  const names = ["Min", "1Q", "Median", "3Q", "Max"];
  const width = Math.max(...[...names, ...values].map(({ length }) => length));
  const line = (cells: readonly string[]) => cells.map((cell) => cell.padStart(width)).join(" ".repeat(gap));
  return [title, line(names), line(values)];
}

/** A number in so many significant digits; "NA" where there is none. */
export function digits(value: number, count = 5): string {
  if (Number.isNaN(value)) return "NA";
  if (!Number.isFinite(value)) return value > 0 ? "Inf" : "-Inf";
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e7) ? value.toExponential(count - 1) : String(Number(value.toPrecision(count)));
}
