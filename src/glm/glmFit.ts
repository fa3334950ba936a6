import { upTo, withoutTerms } from "../formula/terms.ts";
import { at, tails } from "../laws/links.ts";
import { Accumulator } from "../math/sum.ts";
import { formatted, printed } from "../regression/printed.ts";
import { pick } from "../regression/regressionData.ts";
import { type RegressionFindings, RegressionFit } from "../regression/regressionFit.ts";
import type { Comparison } from "../regression/regressionResult.ts";
import type { CovarianceKind } from "../regression/regressionSandwich.ts";
import { quartileLines } from "../regression/regressionTable.ts";
import { type Seeded, seedOf } from "../regression/seeded.ts";
import { deviances, type GlmAnovaRow } from "./glmAnova.ts";
import { glmComparison } from "./glmComparison.ts";
import { unitDeviance } from "./glmDeviance.ts";
import type { GlmModel } from "./glmModel.ts";
import { nullDeviance } from "./glmNull.ts";
import { pearsonResidual, quantileResiduals, workingResidual } from "./glmResiduals.ts";

/** A direction in which the likelihood has no maximum. */
export interface SeparationFound {
  /** Whether every row's mean tends to its response, or only some rows' do. */
  readonly kind: "complete" | "quasi-complete";
  /** The coefficients that run away, in these proportions. */
  readonly direction: Readonly<Record<string, number>>;
  /** Rows whose means tend to their responses. */
  readonly rows: number;
}

/** What a generalised linear model's fit found. */
export interface GlmFindings extends RegressionFindings {
  readonly glm: GlmModel;
  readonly theta: number;
  /** Fits another model in the same way. */
  readonly refit: (model: GlmModel) => Promise<GlmFindings>;
  readonly separation?: SeparationFound;
  /** Linear predictors of the rows that count, where some are known better than the coefficients say: at an edge, or at infinity. */
  readonly linear?: Float64Array;
  /** What a prior of the coefficients adds to the log-likelihood, for the columns as they were moved. */
  readonly beyond?: number;
}

export type GlmResiduals = "deviance" | "pearson" | "response" | "working" | "standardized" | "quantile";

/** A generalised linear model's fit. */
export class GlmFit extends RegressionFit {
  /** Where the likelihood has no maximum: along what. */
  declare readonly separation?: SeparationFound;
  protected readonly defaultCovariance: CovarianceKind = "observed";
  declare protected readonly found: GlmFindings;

  constructor(found: GlmFindings) {
    super(found);
    Object.defineProperty(this, "defaultCovariance", { enumerable: false });
    if (found.separation) this.separation = found.separation;
  }

  protected override linear(): Float64Array {
    const eta = super.linear();
    const { linear, given } = this.found;
    linear?.forEach((x, i) => {
      eta[given.kept?.[i] ?? i] = x;
    });
    return eta;
  }

  get #theta(): number {
    return this.found.theta;
  }

  /** Weights of the rows as given. */
  #weight(row: number): number {
    const { weights } = this.found.given;
    return weights ? weights[row]! : 1;
  }

  get fitted(): Float64Array {
    return this.linear().map((eta) => this.mean(eta));
  }

  /** Twice the log-likelihood's deficit to the saturated model's, at dispersion 1. */
  get deviance(): number {
    const total = new Accumulator();
    for (const part of this.#deviances(this.linear())) total.add(part);
    return total.sum;
  }

  /** The deviance of the intercept alone, with the offset; of the offset alone where there is no intercept. */
  get nullDeviance(): number {
    const { glm, data } = this.found;
    return nullDeviance(glm, data, this.#theta);
  }

  get dispersion(): number {
    const { glm } = this.found;
    if (glm.family.discrete && !glm.quasi) return 1;
    const total = new Accumulator();
    for (const residual of this.residuals("pearson")) total.add(residual * residual);
    return total.sum / this.dfResidual;
  }

  get #family() {
    return this.found.glm.family;
  }

  #deviances(eta: Float64Array): Float64Array {
    const { y } = this.found.given;
    const deviance = unitDeviance(this.found.glm, this.#theta);
    return eta.map((x, i) => {
      const weight = this.#weight(i);
      return weight === 0 ? 0 : weight * deviance(y[i]!, x);
    });
  }

  /**
   * Residuals of all rows. `deviance`: signed roots of the rows' deviances; `pearson`: over the root of the variance function;
   * `standardized`: deviance over the root of dispersion times 1 - leverage; `working`: of the last weighted least squares; `quantile`: normal
   * quantiles of the distribution function, drawn at random within a discrete jump (Dunn & Smyth 1996), the same for the same `seed`.
   */
  residuals(type: GlmResiduals = "deviance", options: Seeded = {}): Float64Array {
    const seed = seedOf(options);
    const { y } = this.found.given;
    const { link } = this.found.glm;
    const eta = this.linear();
    if (type === "response") return eta.map((x, i) => y[i]! - link.mu(x));
    if (type === "working") return eta.map((x, i) => workingResidual(link, y[i]!, x));
    if (type === "pearson") {
      const residual = pearsonResidual(this.found.glm, this.#theta);
      return eta.map((x, i) => Math.sqrt(this.#weight(i)) * residual(y[i]!, x));
    }
    if (type === "deviance") return this.#deviances(eta).map((d, i) => Math.sign(y[i]! - link.mu(eta[i]!)) * Math.sqrt(d));
    if (type === "standardized") {
      const h = this.hatvalues();
      const scale = this.dispersion;
      return this.residuals("deviance").map((r, i) => r / Math.sqrt(scale * (1 - h[i]!)));
    }
    if (type === "quantile") return quantileResiduals(this.found, eta, seed);
    const types = '"deviance", "pearson", "response", "working", "standardized" or "quantile"';
    throw new RangeError(`The type of residuals is ${JSON.stringify(type)}; ${types} is needed.`);
  }

  /** Cook's distance of each row: (pearson/(1 - h))² h/(p dispersion), as R has it. */
  cooksDistance(): Float64Array {
    const h = this.hatvalues();
    const p = this.nobs - this.dfResidual;
    const scale = this.dispersion * p;
    return this.residuals("pearson").map((r, i) => ((r / (1 - h[i]!)) ** 2 * h[i]!) / scale);
  }

  /** Terms added one after the other, each tested by the likelihood ratio. Quasi families have no likelihood: by the scaled deviance. */
  async anova(): Promise<readonly GlmAnovaRow[]> {
    const { glm, refit } = this.found;
    const { design } = glm.data;
    return deviances(design.terms, glm.quasi ? this.dispersion : undefined, async (term) => {
      if (term > 0 && term === design.terms.length) return this;
      return new GlmFit(await refit({ ...glm, data: { ...glm.data, design: term > 0 ? upTo(design, term) : withoutTerms(design) } }));
    });
  }

  protected override get testDegrees(): number {
    const estimated = this.found.glm.quasi || !this.#family.discrete;
    return estimated ? this.dfResidual : Number.POSITIVE_INFINITY;
  }

  protected override residualLines(): string[] {
    const { kept } = this.found.given;
    const residuals = this.residuals("deviance");
    return quartileLines("Deviance Residuals:", kept ? pick(residuals, kept) : residuals, 2);
  }

  protected override fitLines(): string[] {
    const constant = this.found.data.design.blocks.some(({ kind }) => kind === "intercept") ? 1 : 0;
    const deviances = padded(formatted([this.nullDeviance, this.deviance], 5));
    const degrees = padded([this.nobs - constant, this.dfResidual].map((df) => String(Number(df.toFixed(2)))));
    return [
      `(Dispersion parameter for ${this.family} family taken to be ${printed(this.dispersion)})`,
      "",
      ...["    Null", "Residual"].map((which, k) => `${which} deviance: ${deviances[k]}  on ${degrees[k]}  degrees of freedom`),
    ];
  }

  protected rowWeights(): Float64Array {
    const { kept } = this.found.given;
    const { link } = this.found.glm;
    const all = this.linear().map((x, i) => {
      const weight = this.#weight(i);
      if ("tails" in link) {
        link.tails(x);
        return weight * tails.lower * tails.upper;
      }
      link.derivatives(x);
      return (weight * at.first * at.first) / this.#family.variance(at.mu, this.#theta);
    });
    return kept ? pick(all, kept) : all;
  }

  protected rowScores(): Float64Array {
    const { kept, y } = this.found.given;
    const { link } = this.found.glm;
    const all = this.linear().map((x, i) => {
      const weight = this.#weight(i);
      if ("tails" in link) {
        link.tails(x);
        return weight * (y[i]! * tails.lower - (1 - y[i]!) * tails.upper);
      }
      link.derivatives(x);
      return (weight * (y[i]! - at.mu) * at.first) / this.#family.variance(at.mu, this.#theta);
    });
    return kept ? pick(all, kept) : all;
  }

  protected comparison(): Comparison {
    return glmComparison(this.found);
  }

  protected mean(eta: number): number {
    return this.found.glm.link.mu(eta);
  }

  protected slope(eta: number): number {
    this.found.glm.link.derivatives(eta);
    return at.first;
  }
}

/** To one width. */
function padded(texts: readonly string[]): string[] {
  const width = Math.max(...texts.map(({ length }) => length));
  return texts.map((text) => text.padStart(width));
}
