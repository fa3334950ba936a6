import { meatOf, type ScoredRow } from "../inference/meat.ts";
import { type VuongStatistic, varianceTail, vuongStatistics } from "../inference/vuong.ts";
import { type Asked, settingsOf } from "./asked.ts";
import { type ComparableRegression, isComparableRegression } from "./comparedRegression.ts";
import { type ContributingRow, contributions } from "./contributions.ts";
import type { Fit } from "./result.ts";
import { checkMaximum, checkSameData, rowsKnown } from "./sameData.ts";
import { vcov } from "./vcov.ts";
import { vuongRegressions } from "./vuongRegressions.ts";

/** Vuong's test, without correction and with those of the criteria. */
export interface VuongTest {
  readonly nobs: number;
  /** logLik of the first fit less that of the second. */
  readonly logLikRatio: number;
  /** Mean square deviation ω² of the rows' log-likelihood ratios. */
  readonly variance: number;
  readonly raw: VuongStatistic;
  /** The ratio less the difference of the numbers of parameters. */
  readonly aic: VuongStatistic;
  /** The ratio less half that difference times log n. */
  readonly bic: VuongStatistic;
}

/** The same of two distributions. */
export interface VuongComparison extends VuongTest {
  /**
   * Of the hypothesis that both fits are one distribution (ω² = 0), in which z has no normal law: to be rejected first where the families
   * overlap. The statistic is n ω², a weighted sum of χ²₁.
   */
  readonly distinguishable: { readonly statistic: number; readonly pValue: number; readonly reason: string };
}

/**
 * Vuong's test (1989, Econometrica 57, 307) of two fits that need not be nested: which is closer to the truth in Kullback-Leibler distance.
 * Positive z speaks for the first. Of regressions, too, whose log-likelihoods are sums over rows: `zeroInflated` against `glm`. As R's `pscl::vuong` and `nonnest2::vuongtest`, with n in the variance (the latter's convention).
 *
 * @throws RangeError or TypeError for fits of different rows, no maxima, with importance weights, or at a limit of their family.
 * @example
 * const { raw } = await vuong(await fit("gamma", x), await fit("lognormal", x));
 * raw.pFirst; // small where the gamma is closer
 */
export async function vuong(r1: Fit, r2: Fit): Promise<VuongComparison>;
export async function vuong(r1: ComparableRegression, r2: ComparableRegression): Promise<VuongTest>;
export async function vuong(r1: Fit | ComparableRegression, r2: Fit | ComparableRegression): Promise<VuongTest> {
  return isComparableRegression(r1) || isComparableRegression(r2) ? vuongRegressions(r1, r2) : vuongFits(r1, r2);
}

async function vuongFits(r1: Fit, r2: Fit): Promise<VuongComparison> {
  const sides = [side(r1, "The first fit"), side(r2, "The second fit")] as const;
  checkSameData(sides[0].asked, sides[1].asked);
  if (sides[0].asked.options.weightType === "importance") {
    throw new RangeError('weightType is "importance"; rows without weights, or with frequency weights, are needed.');
  }
  const k = [freeOf(sides[0].asked).length, freeOf(sides[1].asked).length] as const;
  const statistics = vuongStatistics(pairs(sides[0].rows(), sides[1].rows()), k);
  return { ...statistics, distinguishable: await distinguished(r1, r2, sides, statistics.nobs * statistics.variance) };
}

interface Side {
  readonly asked: Asked;
  rows(): Iterable<ContributingRow>;
}

function side(r: Fit, role: string): Side {
  const asked = rowsKnown(r, role);
  checkMaximum(r, role);
  const away = r.parameters.find((name) => !Number.isFinite(r.estimates[name]!));
  const rows = () => contributions(asked, r);
  const outside = [...rows()].some(({ logLik }) => !Number.isFinite(logLik));
  if (away !== undefined || outside) {
    throw new RangeError(`${role} is ${r.distribution} at its limit (${r.reason}); a fit of the limit's own family is needed.`);
  }
  return { asked, rows };
}

function* pairs(first: Iterable<ContributingRow>, second: Iterable<ContributingRow>) {
  const other = second[Symbol.iterator]();
  for (const { weight, logLik } of first) yield { weight, first: logLik, second: (other.next().value as ContributingRow).logLik };
}

async function distinguished(
  r1: Fit,
  r2: Fit,
  sides: readonly [Side, Side],
  statistic: number,
): Promise<VuongComparison["distinguishable"]> {
  const none = (reason: string) => ({ statistic, pValue: Number.NaN, reason });
  const rough = [r1, r2].find(({ status }) => status !== "interior");
  if (rough) return none(`${rough.distribution} has no information to compute the law from: ${rough.reason}`);
  const frees = sides.map(({ asked }) => freeOf(asked)) as [number[], number[]];
  if (frees[0].length + frees[1].length === 0) return none("No parameter is free: two fixed distributions differ or do not.");
  const breads = await Promise.all([r1, r2].map((r) => vcov(r, { type: "observed" })));
  const parts = breads.map((bread, s) => frees[s]!.map((i) => frees[s]!.map((j) => bread[i]![j]!))) as [number[][], number[][]];
  const size = frees[0].length + frees[1].length;
  const meat = meatOf(together(sides, frees), size, { repeats: true, groups: undefined });
  return {
    statistic,
    pValue: varianceTail(statistic, parts, meat),
    reason: "By the rows' scores and both informations (Vuong 1989, eq. 6.2).",
  };
}

function* together(sides: readonly [Side, Side], frees: readonly [number[], number[]]): Generator<ScoredRow> {
  const other = sides[1].rows()[Symbol.iterator]();
  for (const { row, weight, score } of sides[0].rows()) {
    const [first, second] = [score(), (other.next().value as ContributingRow).score()];
    yield { row, weight, score: [...frees[0].map((i) => first[i]!), ...frees[1].map((i) => second[i]!)] };
  }
}

function freeOf(asked: Asked): number[] {
  return settingsOf(asked).fixed.flatMap((value, i) => (value === undefined ? [i] : []));
}
