import { givenOptions } from "../estimators/optionNames.ts";
import { REGRESSION_OPTIONS, regressionData } from "../regression/regressionData.ts";
import { FirthFit } from "./firthFit.ts";
import { glmFindings } from "./glmFindings.ts";
import { GlmFit } from "./glmFit.ts";
import { GLM_CHOICES, type GlmOptions, glmModel, penalisedModel } from "./glmModel.ts";
import type { PenaltyOptions } from "./glmPenalty.ts";
import { PenalizedFit } from "./penalizedFit.ts";

const OPTIONS = { ...REGRESSION_OPTIONS, ...GLM_CHOICES, penalty: true, firth: true } as const;

/**
 * Fits a generalised linear model by maximum likelihood: Newton's method on the observed information, on all rows until the score is 0,
 * after a subsample where there are many. The family's own parameter (sigma, shape, lambda, theta) is estimated by maximum likelihood, too.
 * `weights` multiply a row's log-likelihood; for gaussian they are inverse variances, for binomial proportions numbers of trials.
 *
 * @throws RangeError or TypeError for data or options that cannot be used, naming place, value and need.
 * @example
 * const r = await glm({ formula: "am ~ wt", data: { am, wt }, family: "binomial" });
 * r.estimates; // { "(Intercept)": 12.04, wt: -4.02 }
 */
export async function glm(options: GlmOptions & { readonly penalty: PenaltyOptions }): Promise<PenalizedFit>;
export async function glm(options: GlmOptions & { readonly firth: true }): Promise<FirthFit>;
export async function glm(options: GlmOptions): Promise<GlmFit>;
export async function glm(asked: GlmOptions): Promise<GlmFit> {
  const options = givenOptions(asked, OPTIONS);
  const { trials } = options;
  const model = penalisedModel(glmModel(options, regressionData(options, trials && { trials })), options);
  const found = await glmFindings(model);
  if (model.firth) return new FirthFit(found);
  return model.penalty ? new PenalizedFit(found) : new GlmFit(found);
}
