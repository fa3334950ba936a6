import { describe } from "../data/observations.ts";
import { givenOptions } from "../estimators/optionNames.ts";
import { type CountLaw, count } from "../laws/countLaws.ts";
import { logCount } from "../laws/families.ts";
import { at, tails } from "../laws/links.ts";
import { exp, expm1 } from "../math/elementary.ts";
import { negativeBinomialTails } from "../math/negativeBinomial.ts";
import { quantileBetween } from "../math/quantileResidual.ts";
import { Random } from "../math/random.ts";
import { poissonTails } from "../math/saddlePoint.ts";
import { inflatedAtZero, type Tails, truncatedAtZero } from "../math/wholeValued.ts";
import { onLogs, type Pictured } from "../regression/effects.ts";
import type { NewData } from "../regression/newRows.ts";
import type { Part } from "../regression/parts.ts";
import type { Prediction } from "../regression/regressionFit.ts";
import { type Seeded, seedOf } from "../regression/seeded.ts";
import { countComparison } from "./countComparison.ts";
import type { CountModel } from "./countModel.ts";
import { type CountPrediction, type CountPredictOptions, PREDICT_OPTIONS } from "./countPredict.ts";
import { withoutOffset } from "./twoDesigns.ts";
import type { ComparedLaw } from "./vglmComparison.ts";
import type { OwnParameterGiven, VglmFindings } from "./vglmFindings.ts";
import { VglmFit } from "./vglmFit.ts";

/** A model of counts with zeros of their own, and what its search found. */
export interface CountFindings extends VglmFindings {
  /** Zeros that are too many, or a hurdle that positive counts have taken. */
  readonly kind: "inflated" | "hurdle";
  readonly counts: CountModel;
  /** The inflation is 0. */
  readonly uninflated?: true;
}

const THETA: OwnParameterGiven = { name: "theta", value: exp, slope: exp, positive: true };

/** What all fits of a model say of it. */
export function described(model: CountModel, kind: CountFindings["kind"]) {
  const { family, link, names, given, data } = model;
  return {
    model: kind === "inflated" ? "zeroInflated" : "hurdle",
    kind,
    family: family.name,
    link: `log/${link.name}`,
    names,
    given,
    data,
    counts: model,
    own: [THETA].slice(0, family.own),
  };
}

/** What zero-inflated and hurdle models answer. */
export class CountFit extends VglmFit {
  declare protected readonly findings: CountFindings;

  /** Means of all rows. */
  get fitted(): Float64Array {
    return this.predict();
  }

  /**
   * Of all rows, or new ones: `"response"`, the mean; `"count"`, the mean that the counts' part has by itself; `"zero"`, the probability of an
   * extra zero, or for a hurdle, as pscl has it, P(Y > 0) over what the counts' part alone would give; `"prob"`, P(Y = k) as one array for
   * each row. With `se`, standard errors by the delta method.
   *
   * @throws RangeError for columns that the fit does not have, or lacks.
   */
  predict(newData: NewData | undefined, options: CountPredictOptions & { readonly type: "prob" }): Float64Array[];
  predict(newData: NewData | undefined, options: CountPredictOptions & { readonly se: true }): Prediction;
  predict(newData?: NewData, options?: CountPredictOptions & { readonly type?: CountPrediction; readonly se?: false }): Float64Array;
  predict(newData?: NewData, asked: CountPredictOptions = {}): Float64Array | Float64Array[] | Prediction {
    const options = givenOptions(asked, PREDICT_OPTIONS);
    const { type = "response", se = false, covariance = this.defaultCovariance, offset } = options;
    if (type === "prob") return this.#probabilities(newData, options);
    if (!["response", "count", "zero"].includes(type)) {
      throw new RangeError(`type is ${describe(type)}; "response", "count", "zero" or "prob" is needed.`);
    }
    const { parts, etas, placed } = this.linear(newData, offset);
    const slopes = se ? etas.map((eta) => new Float64Array(eta.length)) : undefined;
    const fit = etas[0]!.map((_, i) => {
      this.#see(etas, i);
      const value = type === "response" ? seen.mean : type === "count" ? seen.mu : seen.ratio;
      if (slopes) {
        const [e, z, t] = type === "response" ? seen.meanSlopes : type === "count" ? [seen.mu, 0, 0] : seen.ratioSlopes;
        slopes[0]![i] = e!;
        slopes[1]![i] = z!;
        if (slopes[2]) slopes[2][i] = t!;
      }
      return value;
    });
    return slopes ? { fit: placed(fit), se: placed(this.deltaErrors(parts, slopes, covariance)) } : placed(fit);
  }

  /**
   * Residuals of all rows: `response`, y less its mean; `pearson`, these over the standard deviation, times the root of the weight;
   * `quantile`, normal quantiles of the distribution function, drawn at random within its jumps (Dunn & Smyth 1996), the same for a `seed`.
   */
  residuals(type: "pearson" | "response" | "quantile" = "pearson", options: Seeded = {}): Float64Array {
    const seed = seedOf(options);
    const { y, weights } = this.findings.given.columns;
    const { etas } = this.linear();
    if (type === "quantile") return this.#quantiles(etas, seed);
    if (type !== "pearson" && type !== "response") {
      throw new RangeError(`The type of residuals is ${JSON.stringify(type)}; "pearson", "response" or "quantile" is needed.`);
    }
    return etas[0]!.map((_, i) => {
      this.#see(etas, i);
      const gap = y![i]! - seen.mean;
      return type === "response" || gap === 0 ? gap : gap * Math.sqrt((weights ? weights[i]! : 1) / seen.variance);
    });
  }

  /** @internal What pictures need. */
  pictured(): Pictured {
    const rows = this.picturedRows();
    return {
      ...rows,
      predictor: { of: "the counts", link: "log", values: () => this.linear().etas[0]! },
      residuals: { quantile: () => this.residuals("quantile") },
      effect: {
        on: `mean of ${rows.response}`,
        at: (newRows, offset, reach) => onLogs(this.predict(newRows, { se: true, ...(offset && { offset }) }), reach),
      },
    };
  }

  protected comparedLaw(): ComparedLaw {
    return countComparison(this.findings);
  }

  #quantiles(etas: readonly Float64Array[], seed: number): Float64Array {
    const { y, weights } = this.findings.given.columns;
    const random = new Random(seed);
    return etas[0]!.map((_, i) => {
      const v = random.uniform();
      if (weights?.[i] === 0) return Number.NaN;
      this.#see(etas, i);
      return quantileBetween(this.#tails(y![i]! - 1), this.#tails(y![i]!), v);
    });
  }

  /** log P(Y <= k) and log P(Y > k) of the row that was seen last. */
  #tails(k: number): Tails {
    const { mu, theta, zero, logNone } = seen;
    if (k < 0) return NONE;
    const hurdle = this.findings.kind === "hurdle";
    if (hurdle && k === 0) return inflatedAtZero(NONE, zero);
    const own = theta < Number.POSITIVE_INFINITY ? negativeBinomialTails(k, theta, mu) : poissonTails(k, mu);
    return inflatedAtZero(hurdle ? truncatedAtZero(own, logNone) : own, zero);
  }

  #probabilities(newData: NewData | undefined, { at: asked, offset }: CountPredictOptions): Float64Array[] {
    const { given, kind } = this.findings;
    const most = given.columns.y!.reduce((a, b) => Math.max(a, b), 0);
    const counts = asked ?? Array.from({ length: most + 1 }, (_, k) => k);
    if (!Array.isArray(counts)) throw new TypeError(`at is ${describe(counts)}; an array of whole numbers is needed.`);
    const wrong = counts.findIndex((k) => !(k >= 0 && Number.isInteger(k)));
    if (wrong >= 0) throw new RangeError(`at[${wrong}] is ${describe(counts[wrong])}; whole numbers >= 0 are needed.`);
    const { etas, placed } = this.linear(newData, offset);
    const law = this.#law;
    const columns = counts.map((k) => {
      const floor = logCount(k);
      const own = etas[0]!.map((eta, i) => {
        this.#see(etas, i);
        if (k === 0) return kind === "hurdle" ? seen.zero : seen.zero + (1 - seen.zero) * exp(seen.logNone);
        if (kind === "hurdle") law.positive(k, floor, eta);
        else law.mass(k, floor, eta);
        return (1 - seen.zero) * exp(count.value);
      });
      return placed(own);
    });
    const rows = columns[0]?.length ?? 0;
    return Array.from({ length: rows }, (_, i) => Float64Array.from(columns, (column) => column[i]!));
  }

  /** A formula of one part is that of both. */
  protected override partsFor(designs: readonly Part["design"][], offsets: readonly (Float64Array | undefined)[]): readonly Part[] {
    const [count, zero = withoutOffset(count!)] = designs;
    return super.partsFor([count!, zero], offsets);
  }

  #kept?: CountLaw;

  get #law() {
    this.#kept ??= this.findings.counts.family.law();
    return this.#kept;
  }

  /** Leaves in `seen` what the model says of row i. */
  #see(etas: readonly Float64Array[], i: number): void {
    const { kind, counts, uninflated } = this.findings;
    const [eta, zeta, tau] = [etas[0]![i]!, etas[1]![i]!, etas[2]?.[i]];
    const law = this.#law;
    if (tau !== undefined) law.at(tau);
    law.zero(eta);
    const { value, e, t } = count;
    const mu = exp(eta);
    const theta = tau === undefined ? Number.POSITIVE_INFINITY : exp(tau);
    seen.mu = mu;
    seen.theta = theta;
    seen.logNone = value;
    counts.link.derivatives(zeta);
    const square = mu + mu * mu * (1 + 1 / theta);
    if (kind === "inflated") {
      const [pi, slope] = uninflated ? [0, 0] : [at.mu, at.first];
      seen.zero = pi;
      seen.ratio = pi;
      put(seen.ratioSlopes, 0, slope, 0);
      seen.mean = (1 - pi) * mu;
      put(seen.meanSlopes, seen.mean, -slope * mu, 0);
      seen.variance = seen.mean * (1 + mu * (pi + 1 / theta));
      return;
    }
    seen.zero = exp(tails.logRest);
    const some = -expm1(value);
    const odds = 1 / expm1(-value);
    seen.ratio = at.mu / some;
    put(seen.ratioSlopes, seen.ratio * odds * e, at.first / some, seen.ratio * odds * t);
    seen.mean = seen.ratio * mu;
    put(seen.meanSlopes, seen.mean * (1 + odds * e), (at.first * mu) / some, seen.mean * odds * t);
    seen.variance = Math.max(0, seen.ratio * square - seen.mean * seen.mean);
  }
}

const NONE: Tails = { lower: Number.NEGATIVE_INFINITY, upper: 0 };

/** What `#see` leaves: `zero` is the probability of a zero that is not the counts' own, or of any in a hurdle. Slopes in eta, zeta, tau. */
const seen = {
  mu: 0,
  theta: 0,
  /** log of the counts' own probability of 0. */
  logNone: 0,
  zero: 0,
  ratio: 0,
  ratioSlopes: new Float64Array(3),
  mean: 0,
  meanSlopes: new Float64Array(3),
  variance: 0,
};

function put(slopes: Float64Array, e: number, z: number, t: number): void {
  slopes[0] = e;
  slopes[1] = z;
  slopes[2] = t;
}
