import { upTo } from "../formula/terms.ts";
import { betaIComplement } from "../math/incompleteBeta.ts";
import { Accumulator } from "../math/sum.ts";
import { leastSquares } from "../regression/leastSquares.ts";
import { predictor } from "../regression/predictor.ts";
import { general, printed, pValues } from "../regression/printed.ts";
import { pick } from "../regression/regressionData.ts";
import { type RegressionFindings, RegressionFit } from "../regression/regressionFit.ts";
import type { Comparison } from "../regression/regressionResult.ts";
import type { CovarianceKind } from "../regression/regressionSandwich.ts";
import { quartileLines } from "../regression/regressionTable.ts";
import { linearComparison } from "./glmComparison.ts";

/**
 * Residuals of a linear model: `response` is y - fitted; `pearson` and `deviance` are times √w; `standardized` as R's rstandard;
 * `quantile` over sigma, normal if the model is right.
 */
export type LinearResiduals = "response" | "working" | "pearson" | "deviance" | "standardized" | "studentized" | "quantile";

/** One line of a table of terms, added one after the other. */
export interface LinearAnovaRow {
  readonly term: string;
  readonly df: number;
  readonly sumOfSquares: number;
  /** Residual degrees of freedom and sum of squares with the terms so far. */
  readonly residualDf: number;
  readonly residualSumOfSquares: number;
  readonly f: number;
  readonly pValue: number;
}

/** A linear model's fit. */
export class LinearFit extends RegressionFit {
  protected readonly defaultCovariance: CovarianceKind = "classical";

  constructor(found: RegressionFindings) {
    super(found);
    Object.defineProperty(this, "defaultCovariance", { enumerable: false });
  }

  /** R's residual standard error, √(RSS/(n - p)). */
  get sigma(): number {
    return Math.sqrt(this.dispersion);
  }

  get dispersion(): number {
    return this.dfResidual > 0 ? this.deviance / this.dfResidual : Number.NaN;
  }

  /** The (weighted) residual sum of squares. */
  get deviance(): number {
    return this.found.dispersion * this.nobs;
  }

  /** The (weighted) sum of squares about the mean, or about 0 without an intercept. */
  get nullDeviance(): number {
    const { y, weights, offset, design } = this.found.data;
    const of = (i: number) => y[i]! - (offset ? offset[i]! : 0);
    const w = (i: number) => (weights ? weights[i]! : 1);
    let mean = 0;
    if (design.blocks.some(({ kind }) => kind === "intercept")) {
      const [sum, weight] = [new Accumulator(), new Accumulator()];
      for (let i = 0; i < y.length; i++) {
        sum.add(w(i) * of(i));
        weight.add(w(i));
      }
      mean = sum.sum / weight.sum;
    }
    const squares = new Accumulator();
    for (let i = 0; i < y.length; i++) squares.add(w(i) * (of(i) - mean) ** 2);
    return squares.sum;
  }

  /** 1 - RSS/TSS. */
  get rSquared(): number {
    return 1 - this.deviance / this.nullDeviance;
  }

  get adjustedRSquared(): number {
    return 1 - (1 - this.rSquared) * ((this.nobs - this.#constant) / this.dfResidual);
  }

  /** F test of all coefficients but the intercept. */
  get fTest(): { readonly f: number; readonly df: number; readonly residualDf: number; readonly pValue: number } {
    const df = this.nobs - this.dfResidual - this.#constant;
    const f = (this.nullDeviance - this.deviance) / df / this.dispersion;
    return { f, df, residualDf: this.dfResidual, pValue: fUpper(f, df, this.dfResidual) };
  }

  get #constant(): number {
    return this.found.data.design.blocks.some(({ kind }) => kind === "intercept") ? 1 : 0;
  }

  get fitted(): Float64Array {
    const { given, gamma, coordinates } = this.found;
    return predictor(given.design, gamma, coordinates, given.offset);
  }

  residuals(type: LinearResiduals = "response"): Float64Array {
    const { given } = this.found;
    const fitted = this.fitted;
    const raw = given.y.map((value, i) => value - fitted[i]!);
    if (type === "response" || type === "working") return raw;
    const weighted = given.weights ? raw.map((r, i) => r * Math.sqrt(given.weights![i]!)) : raw;
    if (type === "pearson" || type === "deviance") return weighted;
    if (type === "quantile") return weighted.map((r) => r / Math.sqrt(this.found.dispersion));
    if (type !== "standardized" && type !== "studentized") {
      const types = '"response", "working", "pearson", "deviance", "standardized", "studentized" or "quantile"';
      throw new RangeError(`The type of residuals is ${JSON.stringify(type)}; ${types} is needed.`);
    }
    const h = this.hatvalues();
    const standard = weighted.map((r, i) => r / (this.sigma * Math.sqrt(1 - h[i]!)));
    if (type === "standardized") return standard;
    const n = this.dfResidual;
    // With one degree of freedom nothing is left when a row is left out.
    return standard.map((r) => (n > 1 ? r * Math.sqrt((n - 1) / (n - r * r)) : Number.NaN));
  }

  /** Cook's distance of each row (Cook 1977). */
  cooksDistance(): Float64Array {
    const h = this.hatvalues();
    const p = this.nobs - this.dfResidual;
    return this.residuals("standardized").map((r, i) => (r * r * h[i]!) / ((1 - h[i]!) * p));
  }

  /** Terms added one after the other, each tested by F against the residuals of the whole model. */
  async anova(): Promise<readonly LinearAnovaRow[]> {
    const { data } = this.found;
    const { design } = data;
    const scale = this.dispersion;
    const rows: LinearAnovaRow[] = [];
    let before = { rss: this.nullDeviance, df: this.nobs - this.#constant };
    for (let term = 1; term <= design.terms.length; term++) {
      const last = term === design.terms.length;
      const part = last ? undefined : await leastSquares({ ...data, design: upTo(design, term) });
      const rss = part ? part.rss : this.deviance;
      const df = part ? this.nobs - part.aliased.filter((is) => !is).length : this.dfResidual;
      const used = before.df - df;
      const f = used > 0 ? (before.rss - rss) / used / scale : Number.NaN;
      rows.push({
        term: design.terms[term - 1]!,
        df: used,
        sumOfSquares: before.rss - rss,
        residualDf: df,
        residualSumOfSquares: rss,
        f,
        pValue: used > 0 ? fUpper(f, used, this.dfResidual) : Number.NaN,
      });
      before = { rss, df };
    }
    return rows;
  }

  protected override get testDegrees(): number {
    return this.dfResidual;
  }

  protected override residualLines(): string[] {
    const { kept, weights } = this.found.given;
    const residuals = this.residuals("deviance");
    return quartileLines(weights ? "Weighted Residuals:" : "Residuals:", kept ? pick(residuals, kept) : residuals, 1);
  }

  protected override fitLines(): string[] {
    const { f, df, residualDf, pValue } = this.fTest;
    const lines = [
      `Residual standard error: ${printed(Number(this.sigma.toPrecision(4)), 4)} on ${this.dfResidual} degrees of freedom`,
      `Multiple R-squared:  ${general(this.rSquared, 4)},\tAdjusted R-squared:  ${general(this.adjustedRSquared, 4)}`,
    ];
    const test = `F-statistic: ${general(f, 4)} on ${df} and ${residualDf} DF,  p-value: ${pValues([pValue], 4)[0]}`;
    // As in R, the intercept alone is compared with nothing.
    return df > 0 ? [...lines, test] : lines.slice(0, 1);
  }

  protected rowWeights(): Float64Array {
    const { weights, design } = this.found.data;
    return weights ?? new Float64Array(design.rows).fill(1);
  }

  protected rowScores(): Float64Array {
    const { y, weights, kept } = { ...this.found.data, kept: this.found.given.kept };
    const residuals = kept ? pick(this.residuals(), kept) : this.residuals();
    return y.map((_, i) => residuals[i]! * (weights ? weights[i]! : 1));
  }

  protected comparison(): Comparison {
    return linearComparison(this.found);
  }

  protected mean(eta: number): number {
    return eta;
  }

  protected slope(): number {
    return 1;
  }
}

/** P(F > f). */
export function fUpper(f: number, df1: number, df2: number): number {
  if (!(f >= 0)) return Number.NaN;
  return betaIComplement(df1 / 2, df2 / 2, (df1 * f) / (df1 * f + df2), df2 / (df1 * f + df2));
}
