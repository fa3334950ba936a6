import type { Comparable, Comparison } from "../estimators/compare.ts";
import { decimals, significant } from "./number.ts";
import { table } from "./table.ts";

const TITLES = { aic: "AIC", aicc: "AICc", bic: "BIC" } as const;

/** A comparison of fits as lines: a table, and a note for each fit that is not an interior optimum. */
export async function comparisonReport({ rows, criterion }: Comparison<Comparable>): Promise<string[]> {
  const notes: string[] = [];
  const mark = ({ status, reason }: Comparable) => (status === "interior" ? "" : ` [${notes.push(`${status}: ${reason}`)}]`);
  const title = TITLES[criterion];
  const lines = await table(
    [
      { title: "family", align: "left" },
      ...["k", "logLik", title, `Δ${title}`, "weight", "evidence"].map((heading) => ({ title: heading, align: "right" as const })),
    ],
    rows.map((row) => [
      `${row.distribution}${mark(row.fit)}`,
      String(row.k),
      decimals(row.logLik),
      decimals(row[criterion]),
      decimals(row.delta),
      decimals(row.weight, 3),
      significant(row.evidenceRatio, 3),
    ]),
  );
  return notes.length > 0 ? [...lines, "", ...notes.map((note, i) => `[${i + 1}] ${note}`)] : lines;
}
