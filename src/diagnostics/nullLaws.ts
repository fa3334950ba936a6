import { chiSquaredUpper } from "../inference/chiSquared.ts";
import type { Cells } from "../inference/pearson.ts";
import { andersonDarlingUpper } from "../math/andersonDarling.ts";
import { cramerVonMisesUpper } from "../math/cramerVonMises.ts";
import { kolmogorovUpper } from "../math/kolmogorov.ts";
import type { TestResult } from "./goodnessOfFit.ts";
import type { GoodnessOptions, GoodnessTest } from "./goodnessOptions.ts";
import type { Question, Rows } from "./question.ts";
import type { Replicates } from "./simulation.ts";

const EXACT = {
  ks: [kolmogorovUpper, "exact law, no parameter was estimated (Marsaglia, Tsang & Wang 2003; Simard & L'Ecuyer 2011)"],
  cvm: [cramerVonMisesUpper, "law of n values, no parameter was estimated (Csörgő & Faraway 1996)"],
  ad: [andersonDarlingUpper, "law of n values, no parameter was estimated (Marsaglia & Marsaglia 2004)"],
} as const;

/** The law of a statistic that needs no simulation, if there is one. */
export function knownLaw(
  test: GoodnessTest,
  statistic: number,
  n: number,
  { family, estimated, options }: Question,
  rows: Rows,
  { method = "auto" }: GoodnessOptions,
  cells: Cells | undefined,
): Omit<TestResult, "statistic"> | undefined {
  if (method === "bootstrap") return undefined;
  if (test === "chisq") {
    if (estimated > 0) return undefined;
    const df = cells!.observed.length - 1;
    if (df === 0) return { pValue: Number.NaN, method: "no p-value: all rows are in one cell" };
    return { pValue: chiSquaredUpper(statistic, df), method: `chi-squared with ${df} df, no parameter was estimated` };
  }
  if (rows.kind !== "exact" || family.support.whole) return undefined;
  if (estimated === 0) return { pValue: EXACT[test][0](n, statistic), method: EXACT[test][1] };
  const everywhere = rows.after === Number.NEGATIVE_INFINITY && rows.until === Number.POSITIVE_INFINITY;
  const plain = estimated === family.parameters.length && !options.prior && !options.lower && !options.upper;
  if (test === "ks" || !family.edf || !everywhere || !plain) return undefined;
  const pValue = family.edf[test](statistic, n);
  return Number.isNaN(pValue) ? undefined : { pValue, method: "tables of D'Agostino & Stephens (1986), parameters estimated" };
}

/** The p-value among simulated statistics, (1 + #{T* >= T}) / (B + 1). */
export function simulatedLaw(
  value: number,
  { statistics, failed }: Replicates,
  column: number,
  { B, size, n }: { B: number; size: number; n: number },
): Omit<TestResult, "statistic"> {
  const none = (reason: string) => ({ pValue: Number.NaN, method: `no p-value: ${reason}` });
  if (failed > B / 10) return none(`${failed} of ${B} simulated samples had no estimates`);
  const drawn = statistics.map((one) => one[column]!);
  if (value === Number.POSITIVE_INFINITY && drawn.includes(value)) {
    return none("the statistic is infinite where an end of the support is estimated by an observation");
  }
  // Equal ones among discrete statistics may differ by rounding.
  const least = value - 1e-10 * Math.abs(value);
  const reached = drawn.filter((one) => one >= least).length;
  const fewer = n > size ? `, samples of ${size} rows: the law of the statistic no longer depends on n` : "";
  const left = failed > 0 ? `, ${failed} of them without estimates` : "";
  return { pValue: (1 + reached) / (drawn.length + 1), method: `parametric bootstrap, B = ${B}${left}${fewer}` };
}
