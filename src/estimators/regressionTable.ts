import { betaI } from "../math/incompleteBeta.ts";
import { normalCdf } from "../math/normal.ts";

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

/** Text of a table of coefficients, as R's summary lays it out. */
export function tableText(rows: readonly CoefficientRow[], letter: "t" | "z"): string {
  const head = ["", "Estimate", "Std. Error", `${letter} value`, `Pr(>|${letter}|)`];
  const cells = rows.map(({ name, estimate, standardError, statistic, pValue }) => [
    name,
    digits(estimate),
    digits(standardError),
    Number.isFinite(statistic) ? statistic.toFixed(3) : digits(statistic),
    pValue < 2e-16 ? "<2e-16" : digits(pValue, 3),
  ]);
  return layout(head, cells);
}

/** Text of a table: the first column to the left, the others to the right. */
export function layout(head: readonly string[], cells: readonly (readonly string[])[]): string {
  const widths = head.map((title, k) => Math.max(title.length, ...cells.map((row) => row[k]!.length)));
  const line = (row: readonly string[]) => row.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]!) : cell.padStart(widths[k]!))).join("  ");
  return [head, ...cells].map(line).join("\n");
}

/** A number in so many significant digits; "NA" where there is none. */
export function digits(value: number, count = 5): string {
  if (Number.isNaN(value)) return "NA";
  if (!Number.isFinite(value)) return value > 0 ? "Inf" : "-Inf";
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e7) ? value.toExponential(count - 1) : String(Number(value.toPrecision(count)));
}
