import { isPartial } from "../data/censoring.ts";
import { describe, numbers } from "../data/observations.ts";
import type { Fit } from "../estimators/result.ts";
import { checkOptions } from "../estimators/settings.ts";
import { exp } from "../math/elementary.ts";
import { normalUpper } from "../math/normal.ts";
import { ROWS } from "./goodnessOfFit.ts";
import { checkReplicates, checkWeightType } from "./goodnessOptions.ts";
import { type ExactRows, type Question, questionOf, type Rows, rowsOf, sizeOf, thetaOf } from "./question.ts";
import { bootstrap, type Simulated, type SimulationOptions } from "./simulation.ts";

export type Alternative = "two.sided" | "greater" | "less";

export interface DispersionOptions extends SimulationOptions {
  /** `"greater"`: the counts vary more than the family has it. `"two.sided"` by default. */
  readonly alternative?: Alternative;
}

export interface DispersionTest {
  /** Σ (x - mean)² / variance over the fit's own, divided by n less the number of estimated parameters: 1 is expected. */
  readonly dispersion: number;
  readonly pValue: number;
  readonly alternative: Alternative;
  readonly method: string;
}

/**
 * Whether counts vary more, or less, than the fitted family has it: Pearson's dispersion, with its law by the parametric bootstrap, which
 * takes the estimation into account. For the Poisson it is Fisher's (1950, Biometrics 6) index of dispersion.
 *
 * @throws RangeError for a continuous family, one without a finite variance, and counts that are not known exactly.
 */
export async function dispersionTest(fit: Fit, options: DispersionOptions = {}): Promise<DispersionTest> {
  checkOptions(options, ["alternative", "B", "seed", "signal", "onProgress"]);
  checkReplicates(options);
  const { alternative = "two.sided", B = 1000 } = options;
  checkAlternative(alternative);
  const { question, rows } = countsOf(fit, "dispersionTest");
  const n = sizeOf(rows);
  const size = Math.max(1, Math.min(ROWS, Math.round(n)));
  const observed = dispersion(question, rows, question.theta);
  if (!Number.isFinite(observed)) {
    throw new RangeError(`dispersionTest: ${question.family.name} has no finite variance > 0 at its estimates.`);
  }
  const picks = picksOf(question, rows, size);
  const draw = (source: Parameters<Question["family"]["random"]>[1]): Simulated => {
    const x = Float64Array.from(picks.rows, (row) => question.family.random(thetaOf(question, row), source));
    return { x, options: picks.options, rows: { ...rows, x, weights: undefined } };
  };
  const at = { ...question, columns: picks.options as Question["columns"] };
  const { statistics, failed } = await bootstrap(question, draw, (sample, theta) => [dispersion(at, sample as ExactRows, theta)], options);
  const common = { dispersion: observed, alternative };
  if (failed > B / 10 || B === 0) {
    return {
      ...common,
      pValue: Number.NaN,
      method: `no p-value: ${B === 0 ? "B = 0" : `${failed} of ${B} simulated samples had no estimates`}`,
    };
  }
  // √n (dispersion - 1) has a law that no longer depends on n.
  const scale = Math.sqrt(n / size);
  const value = 1 + scale * (observed - 1);
  const share = (reached: (one: number) => boolean) => (1 + statistics.filter(([one]) => reached(one!)).length) / (statistics.length + 1);
  const [greater, less] = [share((one) => one >= value - 1e-10), share((one) => one <= value + 1e-10)];
  const pValue = alternative === "greater" ? greater : alternative === "less" ? less : Math.min(1, 2 * Math.min(greater, less));
  return { ...common, pValue, method: `parametric bootstrap, B = ${B}${n > size ? `, samples of ${size} rows` : ""}` };
}

function dispersion(question: Question, { x, weights }: ExactRows, theta: readonly number[]): number {
  const { family, columns } = question;
  const own = { ...question, theta };
  const perRow = Object.keys(columns).length > 0;
  const [mean, variance] = [family.mean(theta), family.variance(theta)];
  let [sum, n] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    const w = weights ? weights[i]! : 1;
    const at = perRow ? thetaOf(own, i) : theta;
    const gap = x[i]! - (perRow ? family.mean(at) : mean);
    const spread = perRow ? family.variance(at) : variance;
    // A binomial of size 0 is always 0.
    sum += gap === 0 && spread === 0 ? 0 : (w * gap * gap) / spread;
    n += w;
  }
  return sum / Math.max(1, n - question.estimated);
}

export interface ZeroInflationTest {
  readonly observed: number;
  /** Zeros that the fit expects. */
  readonly expected: number;
  /** (observed - expected) over its standard error, the estimation taken into account. */
  readonly statistic: number;
  readonly pValue: number;
  readonly alternative: Alternative;
  readonly method: string;
}

/**
 * Whether there are more zeros, or fewer, than the fitted family has: the score test of van den Broek (1995, Biometrics 51), for the Poisson
 * his own, for others with the variance n p0 (1 - p0) - n² (dp0/dθ)' vcov (dp0/dθ) that maximum likelihood leaves.
 *
 * @throws RangeError for a continuous family, one that cannot be 0 or estimates the share of zeros itself, a fit without covariance, and
 * counts that are not known exactly.
 */
export function zeroInflationTest(fit: Fit, options: { readonly alternative?: Alternative } = {}): ZeroInflationTest {
  checkOptions(options, ["alternative"]);
  const { alternative = "two.sided" } = options;
  checkAlternative(alternative);
  const { question, rows } = countsOf(fit, "zeroInflationTest");
  const { family } = question;
  let [observed, expected, spread] = [0, 0, 0];
  const gradient = family.parameters.map(() => 0);
  const perRow = Object.keys(question.columns).length > 0;
  const zero = (theta: readonly number[]) => ({ p: exp(family.logPdf(0, theta)), score: family.score(0, theta) });
  const shared = perRow ? undefined : zero(question.theta);
  rows.x.forEach((x, i) => {
    const w = rows.weights ? rows.weights[i]! : 1;
    const { p, score } = shared ?? zero(thetaOf(question, i));
    if (x === 0) observed += w;
    expected += w * p;
    spread += w * p * (1 - p);
    if (p > 0) for (let k = 0; k < gradient.length; k++) gradient[k]! += w * p * score[k]!;
  });
  if (!(expected > 0)) throw new RangeError(`zeroInflationTest: ${family.name} is never 0; nothing is to be tested.`);
  const taken = gradient.reduce(
    (sum, g, j) => sum + gradient.reduce((inner, h, k) => inner + (g === 0 || h === 0 ? 0 : g * h * fit.vcov[j]![k]!), 0),
    0,
  );
  const variance = spread - taken;
  if (Number.isNaN(variance)) {
    throw new RangeError(`zeroInflationTest: the fit has status "${fit.status}" and no covariance, which the test needs.`);
  }
  if (!(variance > 1e-6 * spread)) {
    throw new RangeError(`zeroInflationTest: ${family.name} estimates the share of zeros itself; nothing is left to be tested.`);
  }
  const statistic = (observed - expected) / Math.sqrt(variance);
  const pValue =
    alternative === "greater"
      ? normalUpper(statistic)
      : alternative === "less"
        ? normalUpper(-statistic)
        : Math.min(1, 2 * normalUpper(Math.abs(statistic)));
  return { observed, expected, statistic, pValue, alternative, method: "score test, van den Broek (1995)" };
}

function countsOf(fit: Fit, asker: string): { question: Question; rows: ExactRows } {
  const question = questionOf(fit, asker);
  checkWeightType(question, asker);
  const { family, x, options } = question;
  if (!family.support.whole) throw new RangeError(`${asker}: ${family.name} is continuous; a family of counts is needed.`);
  if (isPartial(options)) throw new RangeError(`${asker}: counts known exactly, not truncated, are needed.`);
  if (Object.keys(question.columns).length > 0 && options.weights) {
    throw new RangeError(`${asker}: weights together with constants of each row are not taken; repeat the rows.`);
  }
  numbers(x, "x");
  return { question, rows: rowsOf(question) as ExactRows };
}

/** Rows whose constants simulated samples take: all, or some evenly spaced. */
function picksOf({ columns }: Question, rows: Rows, size: number): { rows: number[]; options: Record<string, Float64Array> } {
  const length = rows.kind === "exact" ? rows.x.length : size;
  const picks = Array.from({ length: size }, (_, i) => Math.min(length - 1, Math.floor(((i + 0.5) * length) / size)));
  const options = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, Float64Array.from(picks, (row) => column[row]!)]),
  );
  return { rows: picks, options };
}

function checkAlternative(alternative: unknown): void {
  if (!["two.sided", "greater", "less"].includes(alternative as string)) {
    throw new RangeError(`alternative is ${describe(alternative)}; "two.sided", "greater" or "less" is needed.`);
  }
}
