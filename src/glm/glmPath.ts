import { describe, numbers } from "../data/observations.ts";
import { givenOptions } from "../estimators/optionNames.ts";
import type { Status } from "../estimators/result.ts";
import { REGRESSION_OPTIONS, type RegressionOptions, regressionData, rowsOf } from "../regression/regressionData.ts";
import { type CrossValidation, type CrossValidationOptions, crossValidate } from "./crossValidation.ts";
import { glmFindings } from "./glmFindings.ts";
import { GLM_CHOICES, type GlmChoices, type GlmModel, glmModel, penalisedModel } from "./glmModel.ts";
import { PENALTY_SHAPE, type PenaltyShape } from "./glmPenalty.ts";
import { PenalizedFit } from "./penalizedFit.ts";
import { type Followed, followPath, type Lambdas, type PathFit } from "./penaltyPath.ts";

export interface PathShape extends PenaltyShape {
  /** The lambdas, in any order; they are gone through from the largest. Where not given, `count` of them are chosen. */
  readonly lambdas?: ArrayLike<number>;
  /** How many: 100 by default; fewer where the last explain no more, as in glmnet. */
  readonly count?: number;
  /** The least over the largest: 1e-4 by default, 0.01 with fewer rows than columns. */
  readonly ratio?: number;
}

export type PathOptions = RegressionOptions & GlmChoices & PathShape;

const OPTIONS = { ...REGRESSION_OPTIONS, ...GLM_CHOICES, ...PENALTY_SHAPE, lambdas: true, count: true, ratio: true } as const;

/** The fit at one lambda of a path. */
export interface PathStep {
  readonly lambda: number;
  readonly coef: Readonly<Record<string, number>>;
  /** Coefficients that are not 0, the intercept aside. */
  readonly nonzero: number;
  /** Effective degrees of freedom. */
  readonly df: number;
  readonly deviance: number;
  /** Share of the intercept's deviance that it leaves no more: glmnet's dev.ratio. */
  readonly explained: number;
  /** negativeBinomial, where it is estimated. */
  readonly theta?: number;
  readonly status: Status;
  readonly reason: string;
  readonly certificate: {
    /** Largest violation of the conditions of Karush, Kuhn and Tucker, in the scores of the columns as they were scaled, at dispersion 1. */
    readonly violation: number;
    /** What a step would still gain, as a distance in standard errors. */
    readonly decrement: number;
    readonly iterations: number;
    readonly evaluations: number;
    readonly stop: string;
  };
}

/**
 * Fits a generalised linear model along a path of penalties, from the largest lambda at which every penalised coefficient is 0, found exactly, downwards:
 * the lasso's, ridge's or the elastic net's, as glmnet. What is largest at each is the log-likelihood at dispersion 1 (half the negative deviance)
 * less lambda Σ f_j ((1 - alpha)/2 (s_j b_j)² + alpha |s_j b_j|); so lambda is glmnet's times the sum of the weights.
 *
 * @throws RangeError or TypeError for data or options that cannot be used, naming place, value and need.
 * @example
 * const path = await glmPath({ formula: "type ~ .", data, family: "binomial" });
 * const { lambda1se } = await path.cv({ folds: 10, seed: 1 });
 * (await path.fit(lambda1se)).estimates;
 */
export async function glmPath(asked: PathOptions): Promise<GlmPath> {
  const options = givenOptions(asked, OPTIONS);
  const { trials, alpha, factors, standardize } = options;
  const penalty = {
    lambda: 1,
    ...(alpha !== undefined && { alpha }),
    ...(factors && { factors }),
    ...(standardize !== undefined && { standardize }),
  };
  const model = penalisedModel(glmModel(options, regressionData(options, trials && { trials })), { penalty });
  const { ridge, lasso } = model.penalty!.weights;
  if (!ridge.some((r, j) => r + lasso[j]! > 0))
    throw new RangeError("No column is penalised; a factor > 0 of a column that varies is needed.");
  const { data } = model;
  const rows = data.kept ? rowsOf(data, data.kept) : data;
  return new GlmPath(model, await followPath(model, rows, lambdasOf(options, rows.design.rows, rows.design.names.length)));
}

function lambdasOf({ lambdas, count = 100, ratio }: PathShape, rows: number, columns: number): Lambdas {
  if (lambdas !== undefined) {
    const values = Float64Array.from(numbers(lambdas, "lambdas"));
    const wrong = values.findIndex((lambda) => !(lambda >= 0 && lambda < Number.POSITIVE_INFINITY));
    if (wrong >= 0) throw new RangeError(`lambdas[${wrong}] is ${values[wrong]}; finite numbers >= 0 are needed.`);
    if (values.length === 0) throw new RangeError("lambdas is empty; at least one is needed.");
    return values.sort().reverse();
  }
  if (!(Number.isInteger(count) && count >= 2 && count <= 10000))
    throw new RangeError(`count is ${describe(count)}; a whole number from 2 to 10000 is needed.`);
  const share = ratio ?? (rows < columns ? 0.01 : 1e-4);
  if (!(share > 0 && share < 1)) throw new RangeError(`ratio is ${describe(ratio)}; a number between 0 and 1 is needed.`);
  return { count, ratio: share };
}

/** A path of penalised fits, the largest lambda first. */
export class GlmPath {
  readonly family: string;
  readonly link: string;
  readonly names: readonly string[];
  readonly alpha: number;
  readonly standardize: boolean;
  readonly factors: readonly number[];
  readonly lambdas: Float64Array;
  /** The least lambda at which every penalised coefficient is 0; for ridge alone, where that of alpha = 0.001 would be. */
  readonly lambdaMax: number;
  readonly steps: readonly PathStep[];
  /** Of the intercept alone, with the offset; where theta is estimated, at the first step's. */
  readonly nullDeviance: number;
  readonly aliased: readonly string[];
  readonly nobs: number;
  /** The worst step's; "nonexistent" where the columns that are not penalised have no fit of their own. */
  readonly status: Status;
  readonly reason: string;
  readonly passes: number;
  private readonly model!: GlmModel;

  constructor(model: GlmModel, { fits, largest, aliased, passes }: Followed) {
    Object.defineProperty(this, "model", { value: model, enumerable: false });
    const { names, rows } = model.data.design;
    const { alpha, standardize, factors } = model.penalty!.stated;
    this.family = model.name;
    this.link = model.link.name;
    this.names = names;
    this.alpha = alpha;
    this.standardize = standardize;
    this.factors = factors;
    this.lambdas = Float64Array.from(fits, ({ lambda }) => lambda);
    this.lambdaMax = largest;
    this.steps = fits.map((fit) => stepOf(fit, names, aliased));
    this.nullDeviance = fits[0]?.nullDeviance ?? Number.NaN;
    this.aliased = names.filter((_, j) => aliased[j]);
    this.nobs = model.data.kept?.length ?? rows;
    const worst = fits.length === 0 ? UNFITTED : fits.reduce((a, b) => (SEVERITY[b.status] > SEVERITY[a.status] ? b : a));
    this.status = worst.status;
    this.reason = worst.reason;
    this.passes = passes;
  }

  /** The whole fit at any lambda. @throws RangeError for one that is not a finite number >= 0. */
  async fit(lambda: number): Promise<PenalizedFit> {
    const { alpha, standardize, factors, model } = this;
    return new PenalizedFit(await glmFindings(penalisedModel(model, { penalty: { lambda, alpha, standardize, factors } })));
  }

  /**
   * Chooses lambda by cross-validation: the path is followed again without each fold's rows, and these rows' mean deviance by it is averaged. The
   * folds are drawn by `seed`, or given. A fold's lambdas are in proportion to its weights.
   */
  cv(options: CrossValidationOptions = {}): Promise<CrossValidation> {
    return crossValidate(this.model, this.lambdas, options);
  }
}

const SEVERITY: Record<Status, number> = { interior: 0, boundary: 1, nonexistent: 2, failed: 3 };

const UNFITTED = {
  status: "nonexistent" as const,
  reason: "The columns that are not penalised have no maximum of their own: their likelihood increases for ever.",
};

function stepOf(fit: PathFit, names: readonly string[], aliased: readonly boolean[]): PathStep {
  const {
    lambda,
    beta,
    nonzero,
    degrees,
    deviance,
    nullDeviance,
    theta,
    status,
    reason,
    violation,
    decrement,
    iterations,
    evaluations,
    stop,
  } = fit;
  return {
    lambda,
    coef: Object.fromEntries(names.map((name, j) => [name, aliased[j] ? Number.NaN : beta[j]!])),
    nonzero,
    df: degrees,
    deviance,
    explained: nullDeviance > 0 ? 1 - deviance / nullDeviance : 0,
    ...(!Number.isNaN(theta) && { theta }),
    status,
    reason,
    certificate: { violation, decrement, iterations, evaluations, stop },
  };
}
