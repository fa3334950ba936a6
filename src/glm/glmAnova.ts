import { gammaQ } from "../math/incompleteGamma.ts";

/** One line of an analysis of deviance: terms added one after the other. */
export interface GlmAnovaRow {
  /** "NULL" for the intercept alone or, where there is none, for the offset alone. */
  readonly term: string;
  readonly df: number;
  readonly deviance: number;
  readonly residualDf: number;
  readonly residualDeviance: number;
  readonly logLik: number;
  /** Likelihood-ratio statistic against the line before, and its chi-squared p-value. */
  readonly statistic: number;
  readonly pValue: number;
}

/** What of a fit an analysis of deviance tells. */
interface Deviant {
  readonly deviance: number;
  readonly logLik: number;
  readonly dfResidual: number;
}

/** Terms added one after the other: `partOf` fits the first so many of them. `scale` is the dispersion of families without a likelihood. */
export async function deviances(
  terms: readonly string[],
  scale: number | undefined,
  partOf: (term: number) => Promise<Deviant>,
): Promise<readonly GlmAnovaRow[]> {
  const rows: GlmAnovaRow[] = [];
  for (let term = 0; term <= terms.length; term++) {
    const { deviance, logLik, dfResidual } = await partOf(term);
    const before = rows.at(-1);
    const df = before ? before.residualDf - dfResidual : Number.NaN;
    const gain = before ? before.residualDeviance - deviance : Number.NaN;
    const statistic = before ? (scale === undefined ? 2 * (logLik - before.logLik) : gain / scale) : Number.NaN;
    const pValue = df > 0 ? gammaQ(df / 2, Math.max(0, statistic) / 2) : Number.NaN;
    const name = term === 0 ? "NULL" : terms[term - 1]!;
    rows.push({ term: name, df, deviance: gain, residualDf: dfResidual, residualDeviance: deviance, logLik, statistic, pValue });
  }
  return rows;
}
