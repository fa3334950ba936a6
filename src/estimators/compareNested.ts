import { isPartial } from "../data/censoring.ts";
import { describe } from "../data/observations.ts";
import { chiSquaredText, chiSquaredUpper, nullLaw, quadraticForm } from "../inference/chiSquared.ts";
import { charts } from "../math/charts.ts";
import { Random } from "../math/random.ts";
import { type Asked, settingsOf } from "./asked.ts";
import { type ComparableRegression, isComparableRegression } from "./comparedRegression.ts";
import { evaluationAt } from "./evaluation.ts";
import { fit } from "./fit.ts";
import { type NestedRegressions, nestedRegressions } from "./nestedRegressions.ts";
import { type Restriction, restrictionOf } from "./nesting.ts";
import { type NestedTest, ratioOf } from "./ratioTest.ts";
import type { Fit } from "./result.ts";
import { checkMaximum, checkSameData, rowsKnown } from "./sameData.ts";
import { checkOptions } from "./settings.ts";

export interface NestedComparison {
  /** What the narrower family is of the wider one: `shape = 1`. */
  readonly restriction: string;
  readonly likelihoodRatio: NestedTest;
  /** From the wider fit's estimates and `vcov`, on the scale of its Wald intervals (logarithms of positive parameters). */
  readonly wald: NestedTest;
  /** Rao's, from the wider family's score and observed information at the narrower fit's estimates, on the same scale. */
  readonly score: NestedTest;
}

export interface NestedOptions {
  /** Number of samples of the narrower fit by which the likelihood ratio is judged, instead of by its law; none by default. */
  readonly simulations?: number;
  /** Of these samples; 1 by default. */
  readonly seed?: number;
}

/**
 * Likelihood-ratio, Wald and score test of a fit within a wider one: the same family with fewer parameters fixed, or a family that contains
 * the first one's (exponential within gamma, poisson within negativeBinomial), which the descriptors say. Where the narrower one lies on the
 * boundary of the wider one's parameters the likelihood ratio is a mixture of χ² (Chernoff 1954; Self & Liang 1987) and the others do not
 * apply; where there is no such law the p-value is NaN and the reason is told: `simulations` gives one.
 *
 * Of regressions the likelihood-ratio test alone, with the difference of the numbers of estimated parameters as degrees of freedom: each
 * parameter's columns must be combinations of those of the wider fit, which is looked at in the rows themselves.
 *
 * @param r0 the narrower fit.
 * @param r1 the wider fit, of the same rows.
 * @throws RangeError for fits that are not nested, or of different rows, or no maxima.
 * @example
 * const { likelihoodRatio } = await compareNested(await fit("exponential", x), await fit("gamma", x));
 * likelihoodRatio.pValue;
 */
export async function compareNested(r0: Fit, r1: Fit, options?: NestedOptions): Promise<NestedComparison>;
export async function compareNested(r0: ComparableRegression, r1: ComparableRegression): Promise<NestedRegressions>;
export async function compareNested(
  r0: Fit | ComparableRegression,
  r1: Fit | ComparableRegression,
  options: NestedOptions = {},
): Promise<NestedComparison | NestedRegressions> {
  checkOptions(options, ["simulations", "seed"]);
  if (!isComparableRegression(r0) && !isComparableRegression(r1)) return nestedFits(r0, r1, options);
  if (options.simulations !== undefined) throw new RangeError("simulations is given; regressions are not simulated.");
  return nestedRegressions(r0, r1);
}

async function nestedFits(r0: Fit, r1: Fit, options: NestedOptions): Promise<NestedComparison> {
  const { simulations, seed = 1 } = options;
  if (simulations !== undefined && !(Number.isInteger(simulations) && simulations >= 1)) {
    throw new RangeError(`simulations is ${describe(simulations)}; a whole number >= 1 is needed.`);
  }
  const [asked0, asked1] = [rowsKnown(r0, "The first fit"), rowsKnown(r1, "The second fit")];
  checkMaximum(r0, "The first fit");
  checkMaximum(r1, "The second fit");
  checkSameData(asked0, asked1);
  for (const { options, family } of [asked0, asked1]) {
    if (options.lower || options.upper) throw new RangeError(`${family.name} was fitted within bounds; fits without are needed.`);
  }
  const restriction = restrictionOf(r0, asked0, asked1);
  if (typeof restriction === "string") {
    const back = typeof restrictionOf(r1, asked1, asked0) === "string" ? "vuong compares fits that are not nested" : "exchange the two";
    throw new RangeError(`${r0.distribution} is not nested in ${r1.distribution}: ${restriction}; ${back}.`);
  }
  const likelihoodRatio = ratioTest(r0, r1, asked1, restriction);
  return {
    restriction: restriction.text,
    likelihoodRatio: simulations === undefined ? likelihoodRatio : await simulated(likelihoodRatio, r0, asked0, asked1, simulations, seed),
    wald: waldTest(r1, asked1, restriction),
    score: await scoreTest(asked1, restriction),
  };
}

function ratioTest(r0: Fit, r1: Fit, { options }: Asked, { df, onBoundary, irregular, text }: Restriction): NestedTest {
  const statistic = ratioOf(r0, r1);
  const unknown = (reason: string) => ({ statistic, df, pValue: Number.NaN, distribution: "unknown", reason });
  if (statistic < 0) return unknown("The wider fit is less likely than the narrower one: it is a local maximum.");
  if (irregular) return unknown(`No χ² law: ${irregular}. \`simulations\` gives a p-value.`);
  if (options.weightType === "importance") return unknown("Importance weights make no likelihood: its ratio has no χ² law.");
  if (onBoundary.length > 1) {
    return unknown(
      `${onBoundary.join(" and ")} are both on a boundary: the mixture's weights depend on the parameters. \`simulations\` gives a p-value.`,
    );
  }
  const law = nullLaw(df, onBoundary.length);
  const reason = onBoundary.length
    ? `${text} is on the boundary of the parameter space (Self & Liang 1987, cases 5 and 6).`
    : `${text} is inside the parameter space (Wilks 1938).`;
  return { statistic, df, pValue: law.upper(statistic), distribution: law.text, reason };
}

function none(df: number, reason: string): NestedTest {
  return { statistic: Number.NaN, df, pValue: Number.NaN, distribution: "unknown", reason };
}

function chiSquaredTest(statistic: number | undefined, df: number, reason: string, singular: string): NestedTest {
  if (statistic === undefined) return none(df, singular);
  return { statistic, df, pValue: chiSquaredUpper(statistic, df), distribution: chiSquaredText(df), reason };
}

function waldTest(r1: Fit, { family }: Asked, { df, onBoundary, held, irregular }: Restriction): NestedTest {
  const domains = family.parameters.map(({ domain }) => domain);
  if (onBoundary.length) return none(df, `${onBoundary.join(" and ")} on the boundary: the estimate is not normal there.`);
  if (irregular) return none(df, `The estimates are not normal there: ${irregular}.`);
  if (r1.status !== "interior") return none(df, `The wider fit has no standard errors: ${r1.reason}`);
  if (held.length !== df) return none(df, "The restriction holds no parameter of the wider family at a value of its own.");
  // On the scale of confint: a value is rejected where the Wald interval does not hold it.
  const places = held.map(({ index, value }) => {
    const chart = charts[domains[index]!];
    const eta = chart.toEta(r1.estimates[r1.parameters[index]!]!);
    return { index, distance: eta - chart.toEta(value), slope: chart.at(eta)[1] };
  });
  const covariance = places.map(({ index: i, slope: a }) => places.map(({ index: j, slope: b }) => r1.vcov[i]![j]! / (a * b)));
  return chiSquaredTest(
    quadraticForm(
      covariance,
      places.map(({ distance }) => distance),
    ),
    df,
    "By the wider fit's vcov, on the scale of its Wald intervals.",
    "vcov is singular.",
  );
}

async function scoreTest(asked1: Asked, { df, onBoundary, theta, irregular }: Restriction): Promise<NestedTest> {
  if (onBoundary.length) return none(df, `${onBoundary.join(" and ")} on the boundary: the score is one-sided there.`);
  if (irregular) return none(df, `The score's law is not known: ${irregular}.`);
  if (asked1.options.weightType === "importance") return none(df, "Importance weights make no likelihood: its information is no variance.");
  if (settingsOf(asked1).constants.includes(undefined)) return none(df, "A constant comes one per row.");
  const { score, information } = await evaluationAt(asked1, theta);
  const statistic = score.every(Number.isFinite) ? quadraticForm(information, score) : undefined;
  return chiSquaredTest(
    statistic,
    df,
    "By the observed information at the narrower fit's estimates.",
    "The observed information at the narrower fit's estimates is not positive definite.",
  );
}

/** The parametric bootstrap of the ratio: how many samples of the narrower fit have one as large. */
async function simulated(observed: NestedTest, r0: Fit, asked0: Asked, asked1: Asked, count: number, seed: number): Promise<NestedTest> {
  const { family, x, options } = asked0;
  if (isPartial(options) || options.weights) {
    throw new RangeError("simulations needs rows known exactly and without weights: how rows came to be in part known is not known.");
  }
  const own = settingsOf(asked0).constants;
  const theta = family.parameters.map(({ name }) => r0.estimates[name]!);
  const column = (name: string) => (options as Record<string, ArrayLike<number>>)[name]!;
  const constants = (row: number) => own.map((value, k) => value ?? column(family.constants![k]!.name)[row]!);
  const random = new Random(seed);
  let [larger, fits] = [0, 0];
  for (let i = 0; i < count; i++) {
    options.signal?.throwIfAborted();
    const sample = Float64Array.from({ length: x!.length }, (_, row) => family.random([...theta, ...constants(row)], random));
    const narrow = await fit(family, sample, quiet(asked0));
    const wide = await fit(asked1.family, sample, quiet(asked1));
    const ratio = ratioOf(narrow, wide);
    if (Number.isNaN(ratio) || narrow.logLik === Number.POSITIVE_INFINITY) continue;
    fits++;
    if (ratio >= observed.statistic) larger++;
  }
  return {
    ...observed,
    pValue: (1 + larger) / (1 + fits),
    distribution: `simulated, ${fits} samples`,
    reason: `${larger} of ${fits} samples of the narrower fit have a ratio as large${fits < count ? `; ${count - fits} had no maximum` : ""}.`,
  };
}

function quiet({ options }: Asked): Asked["options"] {
  const { onProgress: _, start: __, covariance: ___, cluster: ____, ...own } = options;
  return own;
}
