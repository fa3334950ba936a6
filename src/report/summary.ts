import type { Bootstrap } from "../estimators/bootstrap.ts";
import type { Certificate, Fit } from "../estimators/result.ts";
import { counted, decimals, significant } from "./number.ts";
import type { Distances } from "./ranking.ts";
import { table } from "./table.ts";

/** How intervals were made, where not from the standard errors. */
export interface IntervalsMade {
  readonly method: string;
  readonly bootstrap?: Pick<Bootstrap, "B" | "seed" | "failed">;
}

/** Methods as a heading names them. */
const TITLES: Readonly<Record<string, string>> = { bca: "BCa ", percentile: "percentile ", profile: "profile " };

/** One fit in full, as lines: estimates with intervals, likelihood and criteria, and what proves the optimum. */
export async function fitReport(
  fit: Fit,
  intervals: Readonly<Record<string, readonly [number, number]>>,
  level: number,
  { method, bootstrap }: IntervalsMade = { method: "wald" },
  { ks, ad }: Distances = {},
): Promise<string[]> {
  const percent = `${Number((100 * level).toPrecision(12))} % ${TITLES[method] ?? ""}interval`;
  const lines = await table(
    [
      { title: "", align: "left" },
      { title: "estimate", align: "right" },
      { title: "std. error", align: "right" },
      { title: percent, align: "left" },
    ],
    fit.parameters.map((parameter) => [parameter, significant(fit.estimates[parameter]!, 7), ...intervalCells(fit, parameter, intervals)]),
  );
  return [
    ...lines,
    "",
    `logLik ${decimals(fit.logLik)}   AIC ${decimals(fit.aic)}   AICc ${decimals(fit.aicc)}   BIC ${decimals(fit.bic)}   nobs ${counted(fit.nobs, "row")}`,
    ...(fit.logPrior === undefined ? [] : [`log prior ${decimals(fit.logPrior)}   log posterior ${decimals(fit.logPosterior!)}`]),
    ...(ks === undefined || ad === undefined ? [] : [`KS ${decimals(ks, 4)}   AD ${significant(ad, 4)}`]),
    `status: ${fit.status}. ${fit.reason}`,
    ...(bootstrap ? replicated(bootstrap) : []),
    `certificate: ${certified(fit.certificate)}; ${counted(fit.passes, "pass over the data", "passes over the data")}`,
  ];
}

function replicated({ B, seed, failed }: Pick<Bootstrap, "B" | "seed" | "failed">): string[] {
  const reasons = Object.entries(failed.reasons).map(([reason, count]) => `  ${count}: ${reason}`);
  const without = failed.count === 0 ? "" : `, ${failed.count} of them without a maximum:`;
  return [`bootstrap: ${counted(B, "replicate")}, seed ${seed}${without}`, ...reasons];
}

/** A parameter's standard error and interval, as two cells. */
export function intervalCells(
  fit: Fit,
  parameter: string,
  intervals: Readonly<Record<string, readonly [number, number]>>,
): [error: string, interval: string] {
  const [low, high] = intervals[parameter] ?? [Number.NaN, Number.NaN];
  const error = fit.standardErrors[parameter]!;
  return [
    error === 0 ? "fixed" : significant(error, 4),
    error === 0 || Number.isNaN(low + high) ? "–" : `${significant(low)} to ${significant(high)}`,
  ];
}

/** What proves the optimum, in words. */
export function certified({ decrement, scoreNorm, eigenvalues, iterations, evaluations, subsampleEvaluations, stop }: Certificate): string {
  const sample = subsampleEvaluations > 0 ? ` and ${subsampleEvaluations} on a subsample` : "";
  return [
    `Newton decrement ${significant(decrement, 2)} standard errors`,
    `score norm ${significant(scoreNorm, 2)}`,
    ...(eigenvalues.length > 0 ? [`eigenvalues of the information ${eigenvalues.map((value) => significant(value, 3)).join(" ")}`] : []),
    `${counted(iterations, "iteration")}, ${counted(evaluations, "evaluation")}${sample}, ended by ${stop}`,
  ].join("; ");
}
