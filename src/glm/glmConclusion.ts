import type { Status } from "../estimators/result.ts";
import type { Totals } from "../laws/ownParameter.ts";
import type { Peak } from "../optimize/climb.ts";
import { endOf } from "../regression/searchEnd.ts";
import type { GlmModel } from "./glmModel.ts";
import type { Found } from "./glmSearch.ts";

/** How a fit ended, and why in words. */
export interface Conclusion {
  readonly status: Status;
  readonly reason: string;
}

const KINKED =
  "A maximum of the log-likelihood less the penalty, by the conditions of Karush, Kuhn and Tucker. There are no standard errors: estimates of the lasso are not normal, however many the rows.";

/** Of counts to which theta gives nothing. */
export const POISSON_LIMIT: Conclusion = {
  status: "boundary",
  reason: "The counts vary no more than a Poisson's: theta tends to infinity, and the limit is the Poisson fit.",
};

/** Residuals of 1e-12 of a response and less. */
const EXACT = 1e-24;

/** What a search's end means; `kinked`: with a lasso's penalty. */
export function endingOf(
  { end, decrement, lost }: Pick<Peak, "end" | "decrement" | "lost">,
  { penalty, firth }: GlmModel,
  kinked: boolean,
): Conclusion {
  const ended = endOf(lost && end !== "edge" ? "singular" : end, decrement);
  if (ended.status !== "interior" || !(penalty || firth)) return ended;
  const of = penalty ? "of the log-likelihood less the penalty" : "of the log-likelihood with Jeffreys' prior";
  return { status: "interior", reason: kinked ? KINKED : `A maximum ${of}, with zero score and positive definite information.` };
}

/** What a model's search found, in words: where it ended, or why the likelihood has no maximum. */
export function conclusionOf(
  model: GlmModel,
  { peak, poissonLimit }: Found,
  rows: number,
  dispersion: number,
  totals: (Totals & { size: number }) | undefined,
  aliased: readonly boolean[],
  names: readonly string[],
  kinked: boolean,
): Conclusion {
  const { family, quasi, penalty } = model;
  const left = names.filter((_, j) => aliased[j]);
  const without = left.length > 0 ? ` Combinations of columns before them, and left out: ${left.join(", ")}.` : "";
  const say = (status: Status, reason: string) => ({ status, reason: reason + without });
  if (!penalty && rows <= names.length - left.length) {
    if (totals) return say("nonexistent", "There are as many coefficients as rows: the likelihood has no bound.");
    if (quasi) return say("nonexistent", "There are as many coefficients as rows: nothing is left to estimate the dispersion from.");
  }
  if (totals && !(totals.deviance > EXACT * totals.size)) {
    return say(
      "nonexistent",
      `The fit is exact: ${family.parameter!.name} runs to the edge of its domain and the likelihood has no bound.`,
    );
  }
  if (quasi && !(dispersion > EXACT)) return say("nonexistent", "The fit is exact: the dispersion is 0.");
  if (poissonLimit) return say(POISSON_LIMIT.status, POISSON_LIMIT.reason);
  const { status, reason } = endingOf(peak, model, kinked);
  return say(status, quasi ? `${reason} There is no likelihood: logLik, aic and bic are NaN.` : reason);
}
