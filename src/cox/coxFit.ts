import { givenOptions } from "../estimators/optionNames.ts";
import type { NewData } from "../regression/newRows.ts";
import { printed, rounded } from "../regression/printed.ts";
import { type Concordance, concordance } from "./concordance.ts";
import type { ConditionalFound } from "./conditionalSearch.ts";
import { type BaselineHazard, CumulativeHazard } from "./coxBaseline.ts";
import type { CoxModel } from "./coxData.ts";
import { COX_PREDICT_OPTIONS, type CoxPredictOptions, newPredictors, ownRows, predictionOf, shiftsOf } from "./coxPredict.ts";
import { devianceResidual, schoenfeldRows, scoreRows } from "./coxResiduals.ts";
import type { Moments } from "./partialLikelihood.ts";
import { RelativeRiskFit } from "./relativeRisk.ts";

/** Residuals that are one number per row, and those with one per row and coefficient. */
export type CoxResiduals = "martingale" | "deviance";
export type CoxResidualColumns = "score" | "dfbeta" | "schoenfeld";

/** A fit of Cox's model. */
export class CoxFit extends RelativeRiskFit {
  protected readonly cox!: CoxModel;
  #moments: Moments | undefined;

  constructor(model: CoxModel, found: ConditionalFound) {
    const nevent = model.observed.status.reduce((sum, status) => sum + status, 0);
    super({
      model: "coxph",
      family: `Cox's proportional hazards, ties by ${model.ties === "efron" ? "Efron" : "Breslow"}`,
      likelihood: "partial likelihood",
      names: model.design.names,
      scales: model.scales,
      found,
      nobs: model.design.rows,
      omitted: model.given.omitted,
      formula: model.given.recipe?.formula,
      nevent,
      compared: {
        likelihood: `a partial likelihood with ties by ${model.ties}`,
        design: model.design,
        offset: model.offset,
        columns: {
          time: model.observed.time,
          status: model.observed.status,
          start: model.observed.start,
          strata: model.observed.stratum,
          weights: model.weights,
        },
      },
      empty: nevent === 0 ? "There are no events: the partial likelihood is 1 whatever the coefficients are." : undefined,
    });
    Object.defineProperty(this, "cox", { value: model, enumerable: false });
  }

  private get moments(): Moments {
    this.#moments ??= this.cox.likelihood.moments(this.findings.found.finite);
    return this.#moments;
  }

  /** How well the linear predictor orders the events. */
  get concordance(): Concordance {
    const { at, likelihood } = this.cox;
    return concordance(at, this.moments.eta, likelihood.rows.weights);
  }

  /**
   * The cumulative hazard and the survival that belong to it, at each distinct time of each stratum: Efron's or Breslow's estimate, as the
   * ties. `centered`, the default: of a row whose columns are at their means, where columns of nothing but -1, 0 and 1 are 0, as in R; else
   * of a row of zeros.
   */
  basehaz(options: { readonly centered?: boolean } = {}): BaselineHazard {
    const { centered = true } = givenOptions(options, { centered: true });
    const { finite } = this.findings.found;
    const shifts = shiftsOf(this.cox, finite, centered ? "sample" : "zero").map((shift) => -shift);
    return new CumulativeHazard(this.cox, this.moments).table(shifts);
  }

  /**
   * Linear predictors, relative risks or survival of new rows; of the fit's own where none are given.
   *
   * @throws RangeError for columns that the fit does not have, or lacks, and for unknown strata.
   */
  predict(newData?: NewData, asked: CoxPredictOptions = {}): Float64Array {
    const options = givenOptions(asked, COX_PREDICT_OPTIONS);
    const { finite } = this.findings.found;
    if (newData === undefined) return this.#onAllRows(predictionOf(this.cox, this.moments, finite, ownRows(this.cox, finite), options));
    const { placed, ...rows } = newPredictors(this.cox, finite, newData, options);
    return placed(predictionOf(this.cox, this.moments, finite, rows, options));
  }

  /**
   * `"martingale"`: events less their expected number (Barlow & Prentice 1988); `"deviance"`: the same made symmetric. By coefficient:
   * `"score"`, each row's share in the score; `"dfbeta"`, about the change of the coefficients without the row, times its weight;
   * `"schoenfeld"`, of the rows that `eventRows` lists, in their order.
   */
  residuals(type?: CoxResiduals): Float64Array;
  residuals(type: CoxResidualColumns): Record<string, Float64Array>;
  residuals(type: CoxResiduals | CoxResidualColumns = "martingale"): Float64Array | Record<string, Float64Array> {
    if (type === "martingale" || type === "deviance") return this.#martingale(type);
    if (type !== "score" && type !== "dfbeta" && type !== "schoenfeld") {
      throw new RangeError(
        `The type of residuals is ${JSON.stringify(type)}; "martingale", "deviance", "score", "dfbeta" or "schoenfeld" is needed.`,
      );
    }
    const { cox, parameters } = this;
    const { scales, likelihood, at } = cox;
    const p = parameters.length;
    const column = (values: Float64Array, j: number) => Float64Array.from({ length: values.length / p }, (_, i) => values[i * p + j]!);
    if (type === "schoenfeld") {
      const rows = schoenfeldRows(likelihood, this.moments);
      const events = Int32Array.from(at.event.keys()).filter((i) => at.event[i] === 1);
      return this.#named((j) => Float64Array.from(events, (i) => rows[i * p + j]! / scales[j]!));
    }
    if (type === "score") {
      const rows = this.#scores(false);
      return this.#named((j) => this.#onAllRows(column(rows, j).map((value) => value / scales[j]!)));
    }
    const rows = this.#scores(true);
    const { factored } = this.findings.found;
    return this.#named((j) => {
      if (!factored || this.status !== "interior") return new Float64Array(cox.given.rows).fill(Number.NaN);
      const own = Float64Array.from({ length: p }, (_, l) => factored.inverse(j, l) * scales[j]!);
      const change = Float64Array.from({ length: cox.design.rows }, (_, i) => {
        let sum = 0;
        for (let l = 0; l < p; l++) sum += rows[i * p + l]! * own[l]!;
        return sum;
      });
      return this.#onAllRows(change);
    });
  }

  /** The rows of the events, by stratum and time: those of the Schoenfeld residuals. */
  get eventRows(): Int32Array {
    const { at, given } = this.cox;
    const events = at.rows.filter((_, i) => at.event[i] === 1);
    return given.kept ? events.map((row) => given.kept![row]!) : events;
  }

  #named(of: (j: number) => Float64Array): Record<string, Float64Array> {
    return Object.fromEntries(this.parameters.map((name, j) => [name, of(j)]));
  }

  #martingale(type: CoxResiduals): Float64Array {
    const { at, likelihood, observed, design } = this.cox;
    const expected = likelihood.expected(this.moments);
    const residuals = new Float64Array(design.rows);
    for (let i = 0; i < at.rows.length; i++) residuals[at.rows[i]!] = at.event[i]! - expected[i]!;
    if (type === "martingale") return this.#onAllRows(residuals);
    return this.#onAllRows(residuals.map((residual, row) => devianceResidual(observed.status[row]!, residual)));
  }

  /** Score residuals of the rows that count, for columns as they were scaled. */
  #scores(weighted: boolean): Float64Array {
    const { at, likelihood, design, weights } = this.cox;
    const p = likelihood.columns;
    const sorted = scoreRows(likelihood, this.moments, likelihood.expected(this.moments));
    const rows = new Float64Array(design.rows * p);
    for (let i = 0; i < at.rows.length; i++) {
      const row = at.rows[i]!;
      const w = weighted && weights ? weights[row]! : 1;
      for (let j = 0; j < p; j++) rows[row * p + j] = w * sorted[i * p + j]!;
    }
    return rows;
  }

  protected rowScores(): Float64Array {
    return this.#scores(true);
  }

  protected labelsOf(cluster: ArrayLike<number | string>): ArrayLike<number | string> {
    const { kept, rows } = this.cox.given;
    return kept && cluster.length === rows ? Array.from(kept, (row) => cluster[row]!) : cluster;
  }

  /** Answers of the rows that count at the places of all; NaN for the others. */
  #onAllRows(answers: Float64Array): Float64Array {
    const { kept, rows } = this.cox.given;
    if (!kept) return answers;
    const all = new Float64Array(rows).fill(Number.NaN);
    for (let i = 0; i < kept.length; i++) all[kept[i]!] = answers[i]!;
    return all;
  }

  protected override fitLines(): string[] {
    const { value, standardError } = this.concordance;
    return [`Concordance= ${printed(rounded(value, 3))}  (se = ${printed(rounded(standardError, 3))} )`];
  }
}
