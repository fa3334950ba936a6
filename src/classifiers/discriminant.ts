import type { Predictor } from "../formula/predictors.ts";
import { type GroupMoments, logRoot } from "../likelihood/rowMoments.ts";
import { log } from "../math/elementary.ts";
import { inverseLower } from "../math/triangle.ts";
import type { Matrix } from "../wasm/matrix.ts";
import { gaussianOf, naturalCovariance, naturalMeans } from "./gaussian.ts";
import { type Canonical, canonical, centerOf, linearScores, linearScoring } from "./linear.ts";
import { together } from "./parts.ts";
import type { Scoring } from "./posterior.ts";
import type { Classes, Factors } from "./priors.ts";
import { GenerativeFit, type Learned } from "./result.ts";

/** Linear discriminant analysis: normal distributions of the classes with one covariance (Fisher 1936). */
export class LdaFit extends GenerativeFit {
  /** Of each class, by column. */
  readonly means: Readonly<Record<string, readonly number[]>>;
  /** Within the classes. */
  readonly covariance: readonly (readonly number[])[];
  /**
   * Of each class an intercept and a coefficient per column: differences of these linear functions of a row are the classes' log odds. R's
   * MASS does not report them.
   */
  readonly discriminants: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The canonical variates, a row per column as MASS's `scaling`; each with its largest coefficient, in the columns' units, positive. */
  readonly scaling: Canonical["scaling"];
  readonly singularValues: Canonical["singularValues"];

  constructor(learned: Learned, moments: GroupMoments | undefined, unbiased: boolean) {
    super(learned);
    const { columns, prior, counts } = learned;
    const none = columns.map(() => Number.NaN);
    this.means = this.byClass(moments ? naturalMeans(moments) : prior.map(() => none));
    this.covariance = moments ? naturalCovariance(moments) : columns.map(() => none);
    const scores =
      moments &&
      linearScores(
        moments,
        prior,
        columns.map(() => 0),
      );
    this.discriminants = this.byClass(
      prior.map((_, k) => {
        const slopes = columns.map((name, j) => [name, scores ? scores.slopes[k]![j]! / moments.unit[j]! : Number.NaN]);
        return Object.fromEntries([["(Intercept)", scores?.constants[k] ?? Number.NaN], ...slopes]);
      }),
    );
    const divisor = unbiased ? prior.length - 1 : prior.length;
    const weight = counts.reduce((sum, count) => sum + count, 0);
    const { scaling, singularValues } = moments
      ? canonical(moments, prior, weight, divisor)
      : { scaling: columns.map(() => []), singularValues: [] };
    this.scaling = scaling;
    this.singularValues = singularValues;
  }
}

/** Quadratic discriminant analysis: a normal distribution of each class with a covariance of its own. */
export class QdaFit extends GenerativeFit {
  /** Of each class, by column. */
  readonly means: Readonly<Record<string, readonly number[]>>;
  readonly covariances: Readonly<Record<string, readonly (readonly number[])[]>>;

  constructor(learned: Learned, moments: readonly (GroupMoments | undefined)[]) {
    super(learned);
    const none = learned.columns.map(() => Number.NaN);
    this.means = this.byClass(moments.map((own) => (own ? naturalMeans(own)[0]! : none)));
    this.covariances = this.byClass(moments.map((own) => (own ? naturalCovariance(own) : none.map(() => none))));
  }
}

export function linearDiscriminant(groups: readonly Matrix[], { rows, columns, prior, counts }: Classes, unbiased: boolean): LdaFit {
  const prefixes = rows.classes.map((name) => `${name}:`);
  const found = gaussianOf(groups, prefixes, "", unbiased);
  const { moments, parts, status, reason } = found;
  const d = columns.length;
  const factors: Factors = { parts, free: d * groups.length + (d * (d + 1)) / 2, logLik: found.logLik, status, reason };
  const total = counts.reduce((sum, count) => sum + count, 0);
  const center =
    moments &&
    centerOf(
      moments,
      counts.map((count) => count / total),
    );
  const scoring = moments && linearScoring(linearScores(moments, prior.values, center!), moments.unit);
  return new LdaFit({ model: "lda", rows, columns, counts, ...prior.with(factors), scoring }, moments, unbiased);
}

export function quadraticDiscriminant(groups: readonly Matrix[], { rows, columns, prior, counts }: Classes, unbiased: boolean): QdaFit {
  const d = columns.length;
  const found = groups.map((group, k) => gaussianOf([group], [`${rows.classes[k]}:`], `${rows.classes[k]}:`, unbiased));
  const moments = found.map((own) => own.moments);
  const { status, reason } = together(found.map((own, k) => ({ ...own, of: `class ${JSON.stringify(rows.classes[k])}` })));
  const factors: Factors = {
    parts: found.flatMap(({ parts }) => parts),
    free: groups.length * (d + (d * (d + 1)) / 2),
    logLik: found.reduce((sum, { logLik }) => sum + logLik, 0),
    status,
    reason: status === "interior" ? found[0]!.reason : reason,
  };
  const known = moments.filter((own) => own !== undefined);
  const scoring = known.length === moments.length ? quadraticScoring(known, prior.values) : undefined;
  return new QdaFit({ model: "qda", rows, columns, counts, ...prior.with(factors), scoring }, moments);
}

/** log p_k - log|S_k|/2 - |L_k⁻¹(x - mean_k)|²/2. */
function quadraticScoring(moments: readonly GroupMoments[], prior: readonly number[]): Scoring {
  const d = moments[0]!.unit.length;
  const classes = moments.map(({ centers, unit, means, factor }, k) => ({
    constant: log(prior[k]!) - logRoot(factor, unit),
    center: centers[0]!,
    unit,
    mean: Float64Array.from(means[0]!),
    inverse: inverseLower(factor, d),
  }));
  return (columns) => {
    const values = columns.map((column) => (column as Predictor & { kind: "numbers" }).values);
    const z = new Float64Array(d);
    return (row, scores) => {
      for (let k = 0; k < classes.length; k++) {
        const { constant, center, unit, mean, inverse } = classes[k]!;
        for (let j = 0; j < d; j++) z[j] = (values[j]![row]! - center[j]!) / unit[j]! - mean[j]!;
        let squares = 0;
        for (let i = 0; i < d; i++) {
          let y = 0;
          for (let j = 0; j <= i; j++) y += inverse[i * d + j]! * z[j]!;
          squares += y * y;
        }
        scores[k] = constant - 0.5 * squares;
      }
    };
  };
}
