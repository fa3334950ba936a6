import type { CoefficientRow } from "../regression/regressionTable.ts";
import { significant } from "./number.ts";
import { table } from "./table.ts";

/** What of a regression a report says. */
export interface Summarised<Kind> {
  readonly parameters: readonly string[];
  readonly estimates: Readonly<Record<string, number>>;
  readonly standardErrors: Readonly<Record<string, number>>;
  summary(kind?: Kind): string;
  coefficients(kind?: Kind): CoefficientRow[];
}

export interface Shown<Kind> {
  readonly kind: Kind | undefined;
  /** Which covariance that is, in words. */
  readonly errors: string | undefined;
  readonly intervals: { readonly level: number; readonly confint: Readonly<Record<string, readonly [number, number]>> } | undefined;
}

/** A regression as lines: its summary, whose standard errors those are, and intervals where they are asked for. */
export async function regressionReport<Kind>(result: Summarised<Kind>, { kind, errors, intervals }: Shown<Kind>): Promise<string[]> {
  const lines = [result.summary(kind)];
  if (errors !== undefined) lines.push(`standard errors: ${errors}`);
  if (!intervals) return lines;
  const { level, confint } = intervals;
  const rows = await table(
    [
      { title: "", align: "left" },
      { title: "estimate", align: "right" },
      { title: `${percent(level)} interval`, align: "left" },
    ],
    result.parameters.map((name) => [name, significant(result.estimates[name]!), interval(confint[name]!)]),
  );
  return [...lines, "", ...rows];
}

/** `0.95` as `95 %`. */
export function percent(level: number): string {
  return `${Number((100 * level).toPrecision(12))} %`;
}

export function interval([low, high]: readonly [number, number]): string {
  return Number.isNaN(low + high) ? "–" : `${significant(low)} to ${significant(high)}`;
}
