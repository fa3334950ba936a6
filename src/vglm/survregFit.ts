import { describe } from "../data/observations.ts";
import { givenOptions } from "../estimators/optionNames.ts";
import type { Design, Strata } from "../formula/design.ts";
import { chiSquaredUpper } from "../inference/chiSquared.ts";
import { at } from "../laws/standardLaws.ts";
import { exp, log } from "../math/elementary.ts";
import { onItsScale, onLogs, type Pictured } from "../regression/effects.ts";
import type { NewData } from "../regression/newRows.ts";
import type { Part } from "../regression/parts.ts";
import type { PartsData } from "../regression/partsData.ts";
import { formatted, printed, pValues, rounded } from "../regression/printed.ts";
import type { Prediction } from "../regression/regressionFit.ts";
import type { ChiSquaredTest } from "../regression/regressionResult.ts";
import type { CovarianceKind } from "../regression/regressionSandwich.ts";
import { type CoefficientRow, coefficientLines, coefficientRows } from "../regression/regressionTable.ts";
import { type Seeded, seedOf } from "../regression/seeded.ts";
import type { KnownRows } from "./knownRows.ts";
import { survregLaw } from "./survregLaw.ts";
import { type SurvivalDistribution, scalePart } from "./survregModel.ts";
import { PREDICT_OPTIONS, type SurvregPredictOptions, timesOf } from "./survregPredict.ts";
import { survregResiduals } from "./survregResiduals.ts";
import type { AcceleratedFound } from "./survregSearch.ts";
import type { ComparedLaw } from "./vglmComparison.ts";
import { VglmFit } from "./vglmFit.ts";
import type { VglmFound, VglmProblem } from "./vglmSearch.ts";

export interface SurvregFindings {
  readonly distribution: SurvivalDistribution;
  /** The power of two that times, or their logarithms, were divided by. */
  readonly unit: number;
  /** All rows, as they were given. */
  readonly known: KnownRows;
  readonly names: readonly string[];
  readonly strata: Strata | undefined;
  readonly given: PartsData;
  readonly data: PartsData;
  readonly problem: VglmProblem;
  readonly found: VglmFound;
  readonly constant: number;
  /** The same without columns: an intercept, and the scales. */
  withoutColumns(): Promise<AcceleratedFound>;
  /** The same where it is known already. */
  readonly nothing: AcceleratedFound | undefined;
}

/** A fit of `survreg`. */
export class SurvregFit extends VglmFit {
  readonly distribution: string;
  readonly strata: readonly string[];
  private readonly survival!: SurvregFindings;

  constructor(of: SurvregFindings) {
    const { distribution, unit, strata } = of;
    const own = distribution.scale === undefined ? (strata ? strata.levels.map((level) => `scale:${level}`) : ["scale"]) : [];
    const scale = (x: number) => unit * exp(x);
    super({
      ...of,
      model: "survreg",
      family: distribution.name,
      link: distribution.logs ? "log" : "identity",
      own: own.map((name) => ({ name, value: scale, slope: scale, positive: true })),
      reported: { value: (x) => unit * x, slope: () => unit, positive: false },
      limit(runs, bounded, signs) {
        const place = runs.findIndex((name, k) => own.includes(name) && signs[k]! < 0);
        if (place < 0) return undefined;
        const how = bounded ? "rises to a limit" : "grows without bound";
        const where = bounded ? "predictors lie within the ends of all rows" : "rows lie on their predictors exactly";
        return { status: "nonexistent", reason: `There is no maximum: the likelihood ${how} as ${runs[place]} goes to 0, where ${where}.` };
      },
    });
    this.distribution = distribution.name;
    this.strata = strata?.levels ?? [];
    Object.defineProperty(this, "survival", { value: of, enumerable: false });
  }

  /** Twice the log-likelihood's distance from that of an intercept alone, as R's summary tests it. */
  async likelihoodRatioTest(): Promise<ChiSquaredTest> {
    return this.#against(this.survival.nothing ?? (await this.survival.withoutColumns()));
  }

  #against({ found, constant }: AcceleratedFound): ChiSquaredTest {
    const statistic = this.status === "interior" ? 2 * (this.logLik - found.peak.evaluation.value - constant) : Number.NaN;
    const df = this.survival.names.length - this.aliased.length - 1;
    return { statistic, df, pValue: chiSquaredUpper(statistic, df) };
  }

  /** What R's summary prints, to the same digits, without stars; below it how the search ended. */
  override summary(kind: CovarianceKind = this.defaultCovariance): string {
    const { distribution, nothing, names } = this.survival;
    const rows = this.tableRows(kind);
    const columns = [
      ["Value", rows.map(({ estimate }) => estimate)],
      ["Std. Error", rows.map(({ standardError }) => standardError)],
    ] as const;
    const scales = this.parameters.slice(names.length).map((name) => this.estimates[name]!);
    const scaleLine =
      distribution.scale === undefined ? `Scale= ${formatted(scales, 3).join(" ")}` : `Scale fixed at ${printed(distribution.scale, 3)}`;
    const test = nothing && this.#against(nothing);
    const missing = this.omitted === 1 ? "1 observation" : `${this.omitted} observations`;
    return [
      "Call:",
      `${this.model}(${this.outcome.formula ?? "design"}, ${distribution.name})`,
      ...coefficientLines(rows, columns, "z", "p", 3),
      "",
      scaleLine,
      "",
      `${distribution.title} distribution`,
      ...(test && nothing
        ? [
            `Loglik(model)= ${printed(rounded(this.logLik, 1))}   Loglik(intercept only)= ${printed(rounded(nothing.found.peak.evaluation.value + nothing.constant, 1))}`,
            `\tChisq= ${printed(rounded(test.statistic, 2))} on ${test.df} degrees of freedom, p= ${pValues([test.pValue], 2)[0]}`,
          ]
        : []),
      `n=${this.nobs}${this.omitted > 0 ? ` (${missing} deleted due to missingness)` : ""}`,
      "",
      `log-likelihood: ${printed(this.logLik, 8)}, AIC: ${printed(this.aic, 5)}, BIC: ${printed(this.bic, 5)}`,
      `Number of Newton iterations: ${this.certificate.iterations}`,
      `${this.status}: ${this.reason}`,
    ].join("\n");
  }

  /** Predictions of `"response"`. */
  get fitted(): Float64Array {
    return this.predict();
  }

  /**
   * What the model says of new rows, or of its own.
   *
   * @throws RangeError for columns that the fit does not have, or lacks, and for options that do not fit the type.
   */
  predict(newData: NewData | undefined, options: SurvregPredictOptions & { readonly se: true }): Prediction;
  predict(newData?: NewData, options?: SurvregPredictOptions & { readonly se?: false }): Float64Array;
  predict(newData?: NewData, asked: SurvregPredictOptions = {}): Float64Array | Prediction {
    const options = givenOptions(asked, PREDICT_OPTIONS);
    const { type = "response", p = 0.5, se = false } = options;
    const { distribution, unit } = this.survival;
    if (!["response", "lp", "quantile", "survival"].includes(type)) {
      throw new RangeError(`type is ${describe(type)}; "response", "lp", "quantile" or "survival" is needed.`);
    }
    if (!(p > 0 && p < 1)) throw new RangeError(`p is ${describe(p)}; a number between 0 and 1 is needed.`);
    const { parts, etas, placed } = this.linear(newData, options.offset);
    const lp = etas[0]!.map((eta) => unit * eta);
    const scales = this.scales(etas[1], lp.length);
    const back = distribution.logs ? exp : (y: number) => y;
    if (type === "survival") {
      if (se) throw new RangeError("Standard errors are there for the predictor, the response and quantiles.");
      const times = timesOf(options.at, lp.length);
      return placed(lp.map((eta, i) => this.survivor(times(i), eta, scales[i]!)));
    }
    const w = type === "quantile" ? distribution.law.quantile(p) : 0;
    const y = lp.map((eta, i) => eta + (w === 0 ? 0 : w * scales[i]!));
    const fit = type === "lp" ? y : y.map(back);
    if (!se) return placed(fit);
    const slopes = [new Float64Array(y.length).fill(1), w === 0 ? undefined : scales.map((scale) => (w * scale) / unit)];
    const moved = this.deltaErrors(parts, slopes.slice(0, parts.length), this.defaultCovariance);
    const errors = moved.map((error, i) => unit * error * (type === "lp" || !distribution.logs ? 1 : fit[i]!));
    return { fit: placed(fit), se: placed(errors) };
  }

  /**
   * Residuals of the rows, NaN for those of weight 0. `"response"`: the time, or the end of what is known of it, less the prediction;
   * `"deviance"`: signed roots of twice what the log-likelihood falls short of the most a predictor could give the row; `"coxSnell"`:
   * -log of the survivor function, censored where the row is; `"quantile"`: standard normal where the model holds, with a random share of
   * what is not known (Dunn & Smyth 1996).
   */
  residuals(type: "response" | "deviance" | "coxSnell" | "quantile" = "deviance", options: Seeded = {}): Float64Array {
    const seed = seedOf(options);
    const { distribution, unit, known, given } = this.survival;
    const { etas } = this.linear();
    const lp = etas[0]!.map((eta) => unit * eta);
    return survregResiduals(type, {
      distribution,
      known,
      lp,
      scales: this.scales(etas[1], lp.length),
      weights: given.columns.weights,
      seed,
    });
  }

  /** As R prints them, with the logarithms of the scales. */
  protected override tableRows(kind: CovarianceKind): readonly CoefficientRow[] {
    const rows = this.coefficients(kind);
    const scales = this.parameters.slice(rows.length);
    const of = this.status === "interior" ? this.covarianceOf(kind) : () => Number.NaN;
    const errors = scales.map((name, k) => Math.sqrt(of(rows.length + k, rows.length + k)) / this.estimates[name]!);
    const names = scales.map((name) => name.replace("scale", "Log(scale)"));
    return [
      ...rows,
      ...coefficientRows(
        names,
        scales.map((name) => log(this.estimates[name]!)),
        errors,
        Number.POSITIVE_INFINITY,
      ),
    ];
  }

  /** @internal What pictures need; effects are on the median. */
  pictured(): Pictured {
    const rows = this.picturedRows();
    const { distribution, known } = this.survival;
    return {
      ...rows,
      predictor: { link: this.link, values: () => this.predict(undefined, { type: "lp" }) },
      residuals: { quantile: () => this.residuals("quantile"), deviance: () => this.residuals("deviance") },
      censored: (row) => known.lower[row] !== known.upper[row],
      effect: {
        on: `median of ${rows.response}`,
        at: (newRows, offset, reach) => {
          const median = this.predict(newRows, { type: "quantile", se: true, ...(offset && { offset }) });
          return distribution.logs ? onLogs(median, reach) : onItsScale(median, reach);
        },
      },
    };
  }

  protected comparedLaw(): ComparedLaw {
    return survregLaw(this.survival);
  }

  protected override partsFor(designs: readonly Design[], offsets: readonly (Float64Array | undefined)[]): readonly Part[] {
    const { problem, unit } = this.survival;
    const [mean, scale] = problem.parts;
    const design = designs[0]!;
    const offset = offsets[0]?.map((value) => value / unit);
    return [{ ...mean!, design, offset }, ...(scale ? [scalePart(design, design.names.length)] : [])];
  }

  private scales(logScales: Float64Array | undefined, rows: number): Float64Array {
    const { distribution, unit } = this.survival;
    return logScales ? logScales.map((x) => unit * exp(x)) : new Float64Array(rows).fill(distribution.scale!);
  }

  private survivor(time: number, lp: number, scale: number): number {
    const { law, logs } = this.survival.distribution;
    if (logs && time <= 0) return 1;
    law.upper(((logs ? log(time) : time) - lp) / scale);
    return exp(at.value);
  }
}
