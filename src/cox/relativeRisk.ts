import { givenOptions } from "../estimators/optionNames.ts";
import type { Status } from "../estimators/result.ts";
import type { Design } from "../formula/design.ts";
import { chiSquaredUpper } from "../inference/chiSquared.ts";
import { checkInterval } from "../inference/wald.ts";
import { exp } from "../math/elementary.ts";
import { normalQuantile } from "../math/normal.ts";
import { factor, times } from "../optimize/normalEquations.ts";
import { DesignPart } from "../regression/comparedPart.ts";
import { Coordinates } from "../regression/coordinates.ts";
import { printed, pValues, rounded } from "../regression/printed.ts";
import { type ChiSquaredTest, type Comparison, RegressionResult } from "../regression/regressionResult.ts";
import { type CovarianceKind, labelsOf, sandwichFrom } from "../regression/regressionSandwich.ts";
import { coefficientLines, digits, matrixLines } from "../regression/regressionTable.ts";
import { endOf } from "../regression/searchEnd.ts";
import type { ConditionalFound } from "./conditionalSearch.ts";

/** What a model of relative risks found. */
export interface RelativeRiskFindings {
  readonly model: "coxph" | "clogit";
  readonly family: string;
  /** What its likelihood is called. */
  readonly likelihood: string;
  /** Of the coefficients. */
  readonly names: readonly string[];
  /** What the columns were multiplied by. */
  readonly scales: Float64Array;
  readonly found: ConditionalFound;
  readonly nobs: number;
  readonly omitted: number;
  readonly formula: string | undefined;
  /** Events, or chosen rows, whose weight is not 0. */
  readonly nevent: number;
  /** What comparisons ask of the rows that count, beside their design and offset. */
  readonly compared: Pick<Comparison, "likelihood"> & {
    readonly design: Design;
    readonly offset: Float64Array | undefined;
    readonly columns: Readonly<Record<string, ArrayLike<number> | undefined>>;
  };
  /** Why the likelihood says nothing, where it does not. */
  readonly empty: string | undefined;
}

/** What Cox's model and conditional logistic regression answer: exponentials of coefficients are ratios of hazards or of odds. */
export abstract class RelativeRiskFit extends RegressionResult {
  /** Events among the rows that count. */
  readonly nevent: number;
  /** With all coefficients 0. */
  readonly logLikNull: number;
  /** Where the likelihood is monotone: the coefficients that run away, in these proportions. */
  declare readonly direction?: Readonly<Record<string, number>>;
  protected readonly defaultCovariance: CovarianceKind = "observed";
  protected readonly coordinates!: Coordinates;
  protected readonly findings!: RelativeRiskFindings;

  constructor(findings: RelativeRiskFindings) {
    const { names, scales, found } = findings;
    const moves = Array.from(scales, (scale, index) => ({ index, center: 0, scale }));
    const coordinates = new Coordinates(names.length, moves, -1);
    const { peak, factored } = found;
    super({
      ...findings,
      link: "log",
      coefficients: coordinates.natural(found.beta),
      // What is open at a limit is no combination of columns.
      aliased: found.aliased,
      own: [],
      error: (j) => coordinates.error(j, factored!.inverse),
      logLik: found.logLik,
      ...conclusionOf(findings),
      passes: found.passes,
      certificate: {
        scoreNorm: peak ? peak.evaluation.score.reduce((most, s, j) => (found.aliased[j] ? most : Math.max(most, Math.abs(s))), 0) : 0,
        decrement: peak ? peak.decrement : 0,
        smallest: peak?.factored ? peak.factored.smallest : 0,
        iterations: peak ? peak.iterations : 0,
        evaluations: peak ? peak.evaluations : 0,
        subsampleEvaluations: 0,
        stop: peak ? peak.end : "closed form",
      },
    });
    // What is behind the numbers is not printed with them.
    Object.defineProperty(this, "findings", { value: findings, enumerable: false });
    Object.defineProperty(this, "coordinates", { value: coordinates, enumerable: false });
    Object.defineProperty(this, "defaultCovariance", { enumerable: false });
    this.nevent = findings.nevent;
    this.logLikNull = found.start.value;
    if (found.recession) this.direction = directionOf(findings);
  }

  /** Of each row that counts the score, `parameters.length` numbers, for columns as they were scaled; undefined where there is none. */
  protected abstract rowScores(): Float64Array | undefined;
  /** Labels of the rows that count from those of all rows. */
  protected abstract labelsOf(cluster: ArrayLike<number | string>): ArrayLike<number | string>;

  protected covarianceOf(kind: CovarianceKind): (i: number, j: number) => number {
    const { found, names, nobs } = this.findings;
    const zero = () => 0;
    const inverse = found.factored ? found.factored.inverse : zero;
    if (kind === "observed") return this.coordinates.covariance(inverse);
    const scores = kind === "HC0" || kind === "HC1" || typeof kind === "object" ? this.rowScores() : undefined;
    if (!scores) {
      const has = this.model === "coxph" ? '"observed", "HC0", "HC1" and { cluster }' : '"observed"';
      throw new RangeError(`covariance is ${JSON.stringify(kind)}; ${this.model} has ${has}.`);
    }
    const p = names.length;
    const own = typeof kind === "object" ? { cluster: this.labelsOf(labelsOf(kind)) } : kind;
    const scoresOf = (row: number, call: (column: number, score: number) => void) => {
      for (let j = 0; j < p; j++) call(j, scores[row * p + j]!);
    };
    return this.coordinates.covariance(sandwichFrom(own, nobs, p, scoresOf, inverse, found.aliased));
  }

  protected comparison(): Comparison {
    const { design, offset, columns, likelihood } = this.findings.compared;
    return {
      likelihood,
      penalized: false,
      law: this.family,
      held: {},
      contains: {},
      // Strata make up for constants.
      parts: [new DesignPart("mean", "log", design, offset, true)],
      rows: () => columns,
      rowLogLik: () => undefined,
    };
  }

  private test(statistic: number): ChiSquaredTest {
    const df = this.parameters.length - this.aliased.length;
    return { statistic, df, pValue: chiSquaredUpper(statistic, df) };
  }

  /** Twice the log-likelihood's distance from that of no effects. */
  get likelihoodRatioTest(): ChiSquaredTest {
    return this.test(2 * (this.logLik - this.logLikNull));
  }

  /** Of the estimates with their covariance. */
  get waldTest(): ChiSquaredTest {
    const { peak, finite } = this.findings.found;
    if (this.status !== "interior") return this.test(Number.NaN);
    return this.test(peak ? dot(finite, times(peak.evaluation.products, finite)) : 0);
  }

  /** Of the score at no effects; with no ties in time and one factor the log-rank test. */
  get scoreTest(): ChiSquaredTest {
    const { start, aliased } = this.findings.found;
    const factored = factor(start.products, aliased);
    return this.test(factored ? dot(start.score, factored.solve(start.score)) : Number.NaN);
  }

  /** Ratios of hazards or odds for one unit more, e to the coefficients, with Wald intervals. */
  ratios(options: { readonly level?: number } = {}): Record<string, { ratio: number; lower: number; upper: number }> {
    const { level = 0.95 } = givenOptions(options, { level: true });
    checkInterval(level, "wald");
    if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}; a number between 0 and 1 is needed.`);
    const reach = normalQuantile((1 + level) / 2);
    return Object.fromEntries(
      this.parameters.map((name) => {
        const [b, error] = [this.estimates[name]!, this.standardErrors[name]!];
        return [name, { ratio: exp(b), lower: exp(b - reach * error), upper: exp(b + reach * error) }];
      }),
    );
  }

  /** What R's summary prints. */
  override summary(): string {
    const { nobs, omitted, nevent } = this;
    const rows = this.coefficients();
    const ratios = this.ratios();
    const ratio = (of: "ratio" | "lower" | "upper") => this.parameters.map((name) => ratios[name]![of]);
    const tests: [string, ChiSquaredTest][] = [
      ["Likelihood ratio test", this.likelihoodRatioTest],
      ["Wald test            ", this.waldTest],
      ["Score (logrank) test ", this.scoreTest],
    ];
    const missing = omitted === 1 ? "1 observation" : `${omitted} observations`;
    return [
      "Call:",
      `${this.model}(${this.outcome.formula ?? "design"}): ${this.family}`,
      "",
      `  n= ${nobs}, number of events= ${nevent}`,
      ...(omitted > 0 ? [`   (${missing} deleted due to missingness)`] : []),
      "",
      ...coefficientLines(
        rows,
        [
          ["coef", rows.map(({ estimate }) => estimate)],
          ["exp(coef)", ratio("ratio")],
          ["se(coef)", rows.map(({ standardError }) => standardError)],
        ],
        "z",
        "Pr(>|z|)",
      ),
      "",
      ...matrixLines(this.parameters, [
        ["exp(coef)", ratio("ratio")],
        ["exp(-coef)", ratio("ratio").map((value) => 1 / value)],
        ["lower .95", ratio("lower")],
        ["upper .95", ratio("upper")],
      ]),
      "",
      ...this.fitLines(),
      ...tests.map(([name, { statistic, df, pValue }]) => {
        return `${name}= ${printed(rounded(statistic, 2))}  on ${df} df,   p=${pValues([pValue], 1)[0]}`;
      }),
      `log-likelihood ${printed(this.logLik, 8)}, AIC ${printed(this.aic, 8)}`,
      `${this.status}: ${this.reason}`,
    ].join("\n");
  }
}

function conclusionOf(findings: RelativeRiskFindings): { status: Status; reason: string } {
  const { found, names, empty, likelihood } = findings;
  const left = names.filter((_, j) => found.aliased[j]);
  const without = left.length > 0 ? ` Combinations of columns before them within all strata, and left out: ${left.join(", ")}.` : "";
  if (empty !== undefined) return { status: "nonexistent", reason: empty };
  if (found.recession) {
    const direction = Object.entries(directionOf(findings));
    const along = direction.map(([name, d]) => `${digits(d, 4)} ${name}`).join(" + ");
    const ends = direction.map(([name, d]) => `${name} to ${d > 0 ? "+" : "-"}Infinity`).join(", ");
    const reason = `Monotone ${likelihood}: along ${along} it increases for ever (${ends}); it has a supremum, ${digits(found.logLik, 8)}, and no maximum.`;
    return { status: "nonexistent", reason: reason + without };
  }
  const { peak } = found;
  if (!peak && !Number.isFinite(found.logLik)) return endOf("not-finite", Number.NaN);
  const lost = peak?.factored?.aliased.some((is, j) => is && !found.aliased[j]);
  const { status, reason } = peak
    ? endOf(lost ? "singular" : peak.end, peak.decrement)
    : { status: "interior" as const, reason: "No column tells rows apart." };
  return { status, reason: reason + without };
}

/** Of the columns as given; of the columns that run away the largest in its own column's units is 1. */
function directionOf({ names, found, scales }: RelativeRiskFindings): Record<string, number> {
  const direction = Array.from(found.recession!, (d, j) => d * scales[j]!);
  const size = direction.reduce((most, d) => Math.max(most, Math.abs(d)), 0);
  return Object.fromEntries(names.flatMap((name, j) => (direction[j] === 0 ? [] : [[name, direction[j]! / size]])));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}
