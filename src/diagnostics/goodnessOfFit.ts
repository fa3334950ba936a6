import type { Fit } from "../estimators/result.ts";
import type { EdfStatistics } from "../inference/edf.ts";
import { type Cells, pearson } from "../inference/pearson.ts";
import { binCells, type CellPlan, exactCells, exactDistances, ordered, productLimitDistances, turnbullDistances } from "./distances.ts";
import { checkGoodness, type GoodnessOptions, type GoodnessTest, planOf, testsFor } from "./goodnessOptions.ts";
import { knownLaw, simulatedLaw } from "./nullLaws.ts";
import { type Question, questionOf, type Rows, rowsOf, sizeOf, supportOf } from "./question.ts";
import { bootstrap, simulator } from "./simulation.ts";

/** A statistic and how likely one at least as large is where the fitted family is true. */
export interface TestResult {
  readonly statistic: number;
  /** NaN where there is none; `method` says why. */
  readonly pValue: number;
  readonly method: string;
}

export interface ChiSquaredResult extends TestResult {
  /** Cells less one, less one for each estimated parameter: the p-value lies between those of this many and of cells less one. */
  readonly df: number;
  readonly bins: Cells;
}

export interface GoodnessOfFit {
  readonly distribution: string;
  readonly nobs: number;
  /** Kolmogorov and Smirnov's D, the largest distance of the empirical from the fitted distribution function. */
  readonly ks?: TestResult;
  /** Cramér and von Mises' W², the mean squared distance times n. */
  readonly cvm?: TestResult;
  /** Anderson and Darling's A², the same with more weight on the tails. */
  readonly ad?: TestResult;
  /** Pearson's chi-squared over cells. */
  readonly chisq?: ChiSquaredResult;
  /** Simulated samples, the rows of each, and how many of them had no estimates. */
  readonly replicates: { readonly B: number; readonly rows: number; readonly failed: number };
}

/** Rows of a simulated sample where there are more: statistics times their power of n have a law that depends on n no longer. */
export const ROWS = 2000;
/**
 * Tests whether the fitted family can have produced the data: Kolmogorov-Smirnov, Cramér-von Mises, Anderson-Darling and chi-squared, with
 * p-values that hold although the parameters were estimated from the same data. The law of the statistics is found by the parametric
 * bootstrap: B samples from the fit, each fitted in the same way, p = (1 + #{T* >= T}) / (B + 1) (Davison & Hinkley 1997, 4.2). Above 2,000
 * rows the samples have 2,000: √n D, W² and A² have a law that no longer depends on n. Where all parameters are fixed and the family is
 * continuous, the exact laws are used.
 *
 * Counts have the discrete forms of the statistics; right-censored rows the distance of the product-limit estimate, with times of censoring
 * resampled from theirs (Efron 1981), which is conservative; rows known between two bounds the statistics alone; bins the chi-squared test.
 *
 * @param fit what `fit` or `fitBest` returned.
 * @throws TypeError for what is no such fit; RangeError for importance weights, for data that a test does not exist for, and for options
 * that cannot be used.
 * @example
 * const g = await goodnessOfFit(await fit("gamma", x), { B: 1000, seed: 1 });
 * g.ad; // { statistic: 0.52, pValue: 0.21, method: "parametric bootstrap, B = 1000" }
 */
export async function goodnessOfFit(fit: Fit, options: GoodnessOptions = {}): Promise<GoodnessOfFit> {
  const question = questionOf(fit, "goodnessOfFit");
  checkGoodness(options, question);
  const rows = rowsOf(question);
  const tests = testsFor(options.tests, question, rows);
  options.signal?.throwIfAborted();
  const n = sizeOf(rows);
  const size = Math.max(1, Math.min(ROWS, Math.round(n)));
  const plan = planOf(options.bins, size, question);
  const { distances, cells } = measured(question, rows, question.theta, tests, plan);
  const own = (test: GoodnessTest) => (test === "chisq" ? pearson(cells!) : distances![test]);
  const known = new Map(tests.map((test) => [test, knownLaw(test, own(test), n, question, rows, options, cells)]));
  const open = tests.filter((test) => known.get(test) === undefined);
  const { B = 1000 } = options;
  const draw = open.length > 0 && B > 0 ? simulator(question, rows, size) : "no p-value: B = 0";
  const scale = (test: GoodnessTest, rows: number) => (test === "ks" ? Math.sqrt(rows) : 1);
  const measure = (sample: Rows, theta: readonly number[]) => {
    const found = measured(question, sample, theta, open, plan);
    return open.map((test) => scale(test, size) * (test === "chisq" ? pearson(found.cells!) : found.distances![test]));
  };
  const replicates = typeof draw === "string" ? undefined : await bootstrap(question, draw, measure, options);
  const result = (test: GoodnessTest): TestResult => {
    const statistic = own(test);
    const law = known.get(test);
    if (law) return { statistic, ...law };
    if (typeof draw === "string") return { statistic, pValue: Number.NaN, method: draw };
    return { statistic, ...simulatedLaw(scale(test, n) * statistic, replicates!, open.indexOf(test), { B, size, n }) };
  };
  return {
    distribution: question.family.name,
    nobs: n,
    ...(tests.includes("ks") && { ks: result("ks") }),
    ...(tests.includes("cvm") && { cvm: result("cvm") }),
    ...(tests.includes("ad") && { ad: result("ad") }),
    ...(cells && { chisq: { ...result("chisq"), df: degreesOfFreedom(cells, question), bins: cells } }),
    replicates: { B: replicates ? B : 0, rows: replicates ? size : 0, failed: replicates?.failed ?? 0 },
  };
}

function degreesOfFreedom(cells: Cells, { estimated }: Question): number {
  return Math.max(0, cells.observed.length - 1 - estimated);
}

interface Measured {
  readonly distances: EdfStatistics | undefined;
  readonly cells: Cells | undefined;
}

/** What the tests need of a sample at given parameters. */
function measured(question: Question, rows: Rows, theta: readonly number[], tests: readonly GoodnessTest[], plan: CellPlan): Measured {
  const { family } = question;
  const wanted = tests.some((test) => test !== "chisq");
  const chisq = tests.includes("chisq");
  const none = { distances: undefined, cells: undefined };
  if (rows.kind === "bins") return { ...none, cells: chisq ? binCells(family, theta, rows, plan) : undefined };
  if (rows.kind === "right") return { ...none, distances: productLimitDistances(family, theta, rows, sizeOf(rows)) };
  if (rows.kind === "interval") return { ...none, distances: turnbullDistances(family, theta, rows, sizeOf(rows)) };
  const sample = ordered(family, theta, rows);
  return {
    distances: wanted ? exactDistances(family, sample, supportOf(question)) : undefined,
    cells: chisq ? exactCells(family, sample, plan) : undefined,
  };
}

/** The distances of rows that are no bins. */
export function distancesOf(question: Question, rows: Rows): EdfStatistics {
  return measured(question, rows, question.theta, ["ks"], { rows: 1, estimated: 0 }).distances!;
}
