import type { Fit } from "../estimators/result.ts";
import { decimals, plusMinus, significant } from "./number.ts";
import { table } from "./table.ts";

export type Criterion = "aic" | "aicc" | "bic" | "logLik";

/** A family that was not fitted, and why. */
export interface Skipped {
  readonly distribution: string;
  readonly reason: string;
}

const TITLES: Readonly<Record<Criterion, string>> = { aic: "AIC", aicc: "AICc", bic: "BIC", logLik: "logLik" };

/** Distances of the data from a fit; undefined where there are none. */
export interface Distances {
  readonly ks?: number;
  readonly ad?: number;
}

/** The families in order of a criterion, as lines: a table, a note for each fit that is not an interior optimum, the families left out. */
export async function rankingReport(
  ranking: readonly Fit[],
  skipped: readonly Skipped[],
  criterion: Criterion,
  distances: readonly Distances[],
): Promise<string[]> {
  const shown: Criterion[] = ["logLik", criterion === "aicc" ? "aicc" : "aic", "bic"];
  // Densities are compared with densities, masses with masses.
  const best = (discrete: boolean) =>
    ranking.find((fit) => fit.discrete === discrete && (fit.status === "interior" || fit.status === "boundary"))?.[criterion] ?? Number.NaN;
  const headings = shown.flatMap((name) => (name === criterion ? [TITLES[name], `Δ${TITLES[name]}`] : [TITLES[name]]));
  const notes: string[] = [];
  const mark = (fit: Fit) => (fit.status === "interior" ? "" : ` [${notes.push(`${fit.status}: ${fit.reason}`)}]`);
  const rows = ranking.map((fit, i) => [
    `${fit.distribution}${mark(fit)}`,
    ...shown.flatMap((name) =>
      name === criterion ? [decimals(fit[name]), decimals(Math.abs(fit[name] - best(fit.discrete)))] : [decimals(fit[name])],
    ),
    decimals(distances[i]?.ks ?? Number.NaN, 4),
    significant(distances[i]?.ad ?? Number.NaN, 4),
    fit.parameters.map((parameter) => `${parameter} ${plusMinus(fit.estimates[parameter]!, fit.standardErrors[parameter]!)}`).join(", "),
  ]);
  const lines = await table(
    [
      { title: "family", align: "left" },
      ...[...headings, "KS", "AD"].map((title) => ({ title, align: "right" as const })),
      { title: "estimates ± standard errors", align: "left" },
    ],
    rows,
  );
  if (notes.length > 0) lines.push("", ...notes.map((note, i) => `[${i + 1}] ${note}`));
  if (skipped.length > 0) lines.push("", ...skippedLines(skipped));
  return lines;
}

/** One line for each reason, with the families it holds for. */
export function skippedLines(skipped: readonly Skipped[]): string[] {
  const families = new Map<string, string[]>();
  for (const { distribution, reason } of skipped) {
    // The same value is refused by several families: what each needs is told, which of them says so is not.
    const shared = reason.replace(new RegExp(`\\b${distribution}\\b ?`), "").replace(/\.$/, "");
    families.set(shared, [...(families.get(shared) ?? []), distribution]);
  }
  return [...families].map(([reason, names]) => `not fitted: ${names.join(", ")} (${reason})`);
}
