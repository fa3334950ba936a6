import { describe, numbers } from "../data/observations.ts";
import { exp } from "../math/elementary.ts";
import { type Concordance, concordance } from "../regression/concordance.ts";
import { columnsOf } from "../regression/dense.ts";
import type { Design } from "../regression/design.ts";
import type { Moments } from "../regression/partialLikelihood.ts";
import type { ConditionalFound } from "./conditionalSearch.ts";
import { type BaselineHazard, CumulativeHazard } from "./coxBaseline.ts";
import type { CoxModel } from "./coxData.ts";
import { devianceResidual, schoenfeldRows, scoreRows } from "./coxResiduals.ts";
import { type NewData, newRows } from "./newRows.ts";
import { digits } from "./regressionTable.ts";
import { RelativeRiskFit } from "./relativeRisk.ts";
import { withoutIntercept } from "./stratifiedData.ts";

/** Residuals that are one number per row, and those with one per row and coefficient. */
export type CoxResiduals = "martingale" | "deviance";
export type CoxResidualColumns = "score" | "dfbeta" | "schoenfeld";

/** What linear predictors are measured from. */
export type CoxReference = "strata" | "sample" | "zero";

export interface CoxPredictOptions {
  /** `"lp"`, the default: the linear predictor; `"risk"`: e to it; `"survival"`: the probability of no event up to `times`. */
  readonly type?: "lp" | "risk" | "survival";
  /**
   * Of lp and risk, as R's: `"strata"`, the default, measures from the means of the row's own stratum; `"sample"` from those of all rows,
   * where columns of nothing but -1, 0 and 1 count from 0; `"zero"` from 0. Without strata the first is the second.
   */
  readonly reference?: CoxReference;
  /** Of survival: one time, or one for each row. */
  readonly times?: number | ArrayLike<number>;
  /** One number per row of the new data, where the fit has an offset. */
  readonly offset?: ArrayLike<number>;
  /** One label per row of the new data, where the fit's strata are not the formula's. */
  readonly strata?: ArrayLike<string | number | boolean>;
}

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
      nevent,
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
  basehaz({ centered = true }: { readonly centered?: boolean } = {}): BaselineHazard {
    const shifts = this.#shifts(centered ? "sample" : "zero").map((shift) => -shift);
    return new CumulativeHazard(this.cox, this.moments).table(shifts);
  }

  /**
   * Linear predictors, relative risks or survival of new rows; of the fit's own where none are given.
   *
   * @throws RangeError for columns that the fit does not have, or lacks, and for unknown strata.
   */
  predict(newData?: NewData, options: CoxPredictOptions = {}): Float64Array {
    const { type = "lp", reference = "strata" } = options;
    if (type !== "lp" && type !== "risk" && type !== "survival") {
      throw new RangeError(`type is ${describe(type)}; "lp", "risk" or "survival" is needed.`);
    }
    if (reference !== "strata" && reference !== "sample" && reference !== "zero") {
      throw new RangeError(`reference is ${describe(reference)}; "strata", "sample" or "zero" is needed.`);
    }
    const { eta, stratum, placed } = this.#linear(newData, options);
    if (type === "survival") return placed(this.#survival(eta, stratum, options.times));
    const shifts = reference === "strata" && this.cox.strata ? undefined : this.#shifts(reference);
    const lp = shifts ? eta.map((value, i) => value + shifts[stratum ? stratum[i]! : 0]!) : eta;
    return placed(type === "risk" ? lp.map(exp) : lp);
  }

  #survival(eta: Float64Array, stratum: Int32Array | undefined, times: CoxPredictOptions["times"]): Float64Array {
    if (times === undefined) throw new TypeError(`times is ${describe(times)}; one time, or one for each row, is needed.`);
    const given = typeof times === "number" ? undefined : numbers(times, "times");
    if (given && given.length !== eta.length) {
      throw new RangeError(`times has ${given.length} entries and there are ${eta.length} rows; one per row is needed.`);
    }
    const hazard = new CumulativeHazard(this.cox, this.moments);
    return eta.map((value, i) => {
      const s = stratum ? stratum[i]! : 0;
      return exp(-hazard.at(given ? given[i]! : (times as number), s) * exp(value));
    });
  }

  /** Predictors of rows measured from the means of their strata. */
  #linear(newData: NewData | undefined, { offset, strata }: CoxPredictOptions) {
    const { design, given, strata: own, offset: ownOffset, z, likelihood } = this.cox;
    const { finite } = this.findings.found;
    if (newData === undefined) {
      const p = likelihood.columns;
      const eta = Float64Array.from({ length: design.rows }, (_, i) => {
        let sum = ownOffset ? ownOffset[i]! : 0;
        for (let j = 0; j < p; j++) sum += z[i * p + j]! * finite[j]!;
        return sum;
      });
      return { eta, stratum: own?.codes, placed: (answers: Float64Array) => this.#onAllRows(answers) };
    }
    const reader = { names: [design.names], recipe: given.recipe, hasOffset: ownOffset !== undefined };
    const rows = newRows(newData, reader, offset);
    const read = given.recipe ? withoutIntercept(rows.designs[0]!) : rows.designs[0]!;
    const stratum = this.#strataOf(read, strata);
    return { eta: this.#away(read, stratum, rows.offsets[0]), stratum, placed: (answers: Float64Array) => rows.placed(answers) };
  }

  /** Predictors of a design's rows measured from the strata's means. */
  #away(design: Design, stratum: Int32Array | undefined, offset: Float64Array | undefined): Float64Array {
    const { means, scales } = this.cox;
    const { finite } = this.findings.found;
    const p = scales.length;
    const eta = offset ? offset.slice() : new Float64Array(design.rows);
    columnsOf(design).forEach((column, j) => {
      if (finite[j] === 0) return;
      for (let i = 0; i < eta.length; i++) {
        const mean = means[(stratum ? stratum[i]! : 0) * p + j]!;
        eta[i]! += (column[i]! - mean) * scales[j]! * finite[j]!;
      }
    });
    return eta;
  }

  /** New rows' strata by their labels. */
  #strataOf(design: Design, labels: CoxPredictOptions["strata"]): Int32Array | undefined {
    const { strata } = this.cox;
    if (!strata) return undefined;
    const places = new Map(strata.levels.map((level, s) => [level, s]));
    const of = design.strata;
    if (!of && !labels) throw new RangeError("The fit has strata; newData needs them too, as options.strata.");
    return Int32Array.from({ length: design.rows }, (_, i) => {
      const label = of ? of.levels[of.codes[i]!]! : String(labels![i]);
      const place = places.get(label);
      if (place !== undefined) return place;
      throw new RangeError(`strata[${i}] is ${describe(label)}, which is none of the fit's.`);
    });
  }

  /** By how much a stratum's mean predictor lies above the reference. */
  #shifts(reference: CoxReference): Float64Array {
    const { means, scales, observed } = this.cox;
    const { finite } = this.findings.found;
    const p = scales.length;
    const from = reference === "zero" ? new Float64Array(p) : reference === "sample" ? this.#sampleMeans() : undefined;
    return Float64Array.from({ length: observed.strata }, (_, s) => {
      let sum = 0;
      for (let j = 0; j < p; j++) if (finite[j] !== 0) sum += (means[s * p + j]! - from![j]!) * scales[j]! * finite[j]!;
      return sum;
    });
  }

  /** R's `means`: weighted, and 0 for columns of nothing but -1, 0 and 1. */
  #sampleMeans(): Float64Array {
    const { design, weights } = this.cox;
    const total = weights ? weights.reduce((sum, w) => sum + w, 0) : design.rows;
    return Float64Array.from(columnsOf(design), (column) => {
      if (column.every((x) => x === 0 || x === 1 || x === -1)) return 0;
      return column.reduce((sum, x, i) => sum + (x - column[0]!) * (weights ? weights[i]! : 1), 0) / total + column[0]!;
    });
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
    return [`concordance ${digits(this.concordance.value, 4)}`];
  }
}
