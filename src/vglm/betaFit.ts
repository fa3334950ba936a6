import { describe } from "../data/observations.ts";
import { givenOptions, type OptionNames } from "../estimators/optionNames.ts";
import { at, type Link, tails, type UnitLink } from "../laws/links.ts";
import { exp } from "../math/elementary.ts";
import { betaQuantile, logBetaI, logBetaIComplement } from "../math/incompleteBeta.ts";
import { quantileOf } from "../math/quantileResidual.ts";
import { type Pictured, throughLink } from "../regression/effects.ts";
import type { NewData } from "../regression/newRows.ts";
import type { Prediction } from "../regression/regressionFit.ts";
import type { CovarianceKind } from "../regression/regressionSandwich.ts";
import type { ComparedLaw } from "./vglmComparison.ts";
import type { VglmFindings } from "./vglmFindings.ts";
import { VglmFit } from "./vglmFit.ts";

/** A beta regression, and what its search found. */
export interface BetaFindings extends VglmFindings {
  readonly mean: UnitLink;
  /** Of the second predictor. */
  readonly precision: Link;
}

const TYPES = ["response", "link", "precision", "variance", "quantile"] as const;

/** What can be predicted, and what with it. */
export interface BetaPredictOptions {
  readonly type?: (typeof TYPES)[number];
  /** Standard errors too, by the delta method; not of quantiles. */
  readonly se?: boolean;
  readonly covariance?: CovarianceKind;
  /** One number per row of the new data, where the fit has an offset. */
  readonly offset?: ArrayLike<number>;
  /** Of `"quantile"`: the probability, 0.5 where not given. */
  readonly at?: number;
}

const OPTIONS = { type: true, se: true, covariance: true, offset: true, at: true } as const satisfies OptionNames<BetaPredictOptions>;

/** A beta regression's fit. */
export class BetaFit extends VglmFit {
  declare protected readonly findings: BetaFindings;

  /** Means of all rows. */
  get fitted(): Float64Array {
    return this.predict();
  }

  /** Squared correlation of the mean's linear predictor with the link of the responses (Ferrari & Cribari-Neto 2004). */
  get pseudoRSquared(): number {
    const { given, mean } = this.findings;
    const { y, weights } = given.columns;
    const eta = this.linear().etas[0]!;
    const rows = Array.from(eta.keys()).filter((i) => weights?.[i] !== 0);
    const average = (of: (i: number) => number) => rows.reduce((sum, i) => sum + of(i), 0) / rows.length;
    const [a, b] = [average((i) => eta[i]!), average((i) => mean.eta(y![i]!))];
    const [u, v] = [(i: number) => eta[i]! - a, (i: number) => mean.eta(y![i]!) - b];
    return average((i) => u(i) * v(i)) ** 2 / (average((i) => u(i) ** 2) * average((i) => v(i) ** 2));
  }

  /**
   * Of all rows, or new ones: `"response"`, the mean mu; `"link"`, its linear predictor; `"precision"`, phi; `"variance"`,
   * mu (1 - mu)/(1 + phi); `"quantile"`, that of the probability `at`.
   *
   * @throws RangeError for columns that the fit does not have, or lacks.
   */
  predict(newData: NewData | undefined, options: BetaPredictOptions & { readonly se: true }): Prediction;
  predict(newData?: NewData, options?: BetaPredictOptions & { readonly se?: false }): Float64Array;
  predict(newData?: NewData, asked: BetaPredictOptions = {}): Float64Array | Prediction {
    const options = givenOptions(asked, OPTIONS);
    const { type = "response", se = false, covariance = this.defaultCovariance, offset, at: probability = 0.5 } = options;
    if (!TYPES.includes(type)) throw new RangeError(`type is ${describe(type)}; one of ${TYPES.join(", ")} is needed.`);
    if (type === "quantile") {
      if (se) throw new RangeError("se is true; quantiles have no standard errors here.");
      if (!(probability >= 0 && probability <= 1)) throw new RangeError(`at is ${describe(probability)}; a probability is needed.`);
    }
    const { parts, etas, placed } = this.linear(newData, offset);
    const slopes = etas.map((eta) => new Float64Array(eta.length));
    const fit = etas[0]!.map((eta, i) => {
      this.#see(etas, i);
      const { mu, rest, phi, first, slope } = seen;
      const variance = (mu * rest) / (1 + phi);
      const [e, z] = {
        response: [first, 0],
        link: [1, 0],
        precision: [0, slope],
        variance: [((rest - mu) * first) / (1 + phi), (-variance * slope) / (1 + phi)],
        quantile: [0, 0],
      }[type];
      slopes[0]![i] = e!;
      if (slopes[1]) slopes[1][i] = z!;
      if (type === "quantile") return betaQuantile(probability, mu * phi, rest * phi);
      return { response: mu, link: eta, precision: phi, variance }[type];
    });
    return se ? { fit: placed(fit), se: placed(this.deltaErrors(parts, slopes, covariance)) } : placed(fit);
  }

  /** Residuals of all rows: `response`, `pearson` (over the standard deviation, times the root of the weight) and normal `quantile`. */
  residuals(type: "pearson" | "response" | "quantile" = "pearson"): Float64Array {
    if (type !== "pearson" && type !== "response" && type !== "quantile") {
      throw new RangeError(`The type of residuals is ${JSON.stringify(type)}; "pearson", "response" or "quantile" is needed.`);
    }
    const { y, weights } = this.findings.given.columns;
    const { etas } = this.linear();
    return etas[0]!.map((_, i) => {
      this.#see(etas, i);
      const { mu, rest, phi } = seen;
      const value = y![i]!;
      if (type === "response") return value - mu;
      if (type === "pearson") return (value - mu) * Math.sqrt(((weights ? weights[i]! : 1) * (1 + phi)) / (mu * rest));
      if (weights?.[i] === 0) return Number.NaN;
      return quantileOf({ lower: logBetaI(mu * phi, rest * phi, value), upper: logBetaIComplement(mu * phi, rest * phi, value) });
    });
  }

  /** @internal What pictures need. */
  pictured(): Pictured {
    const rows = this.picturedRows();
    return {
      ...rows,
      predictor: { of: "the mean", link: this.findings.mean.name, values: () => this.predict(undefined, { type: "link" }) },
      residuals: { quantile: () => this.residuals("quantile") },
      effect: { on: `mean of ${rows.response}`, at: (newRows, offset, reach) => throughLink(this, newRows, offset, reach) },
    };
  }

  protected comparedLaw(): ComparedLaw {
    const { data, mean, precision } = this.findings;
    return {
      likelihood: "densities",
      law: "beta",
      names: ["mean", "phi"],
      links: [mean.name, precision.name],
      responses: { response: data.columns.y },
    };
  }

  protected override fitLines(): string[] {
    return [`pseudo R-squared ${this.pseudoRSquared.toFixed(4)}`];
  }

  /** Leaves in `seen` what the model says of row i. */
  #see(etas: readonly Float64Array[], i: number): void {
    const { mean, precision } = this.findings;
    // Without one of its own it has run away.
    const zeta = etas[1]?.[i];
    if (zeta !== undefined) precision.derivatives(zeta);
    seen.phi = zeta === undefined ? Number.POSITIVE_INFINITY : at.mu;
    seen.slope = zeta === undefined ? 0 : at.first;
    mean.derivatives(etas[0]![i]!);
    seen.mu = at.mu;
    seen.first = at.first;
    seen.rest = exp(tails.logRest);
  }
}

/** What `#see` leaves: mu, 1 - mu, phi, and the slopes of mu and phi in their predictors. */
const seen = { mu: 0, rest: 0, phi: 0, first: 0, slope: 0 };
