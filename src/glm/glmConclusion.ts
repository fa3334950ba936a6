import type { Status } from "../estimators/result.ts";
import { edgeOf, endsOf } from "../laws/edges.ts";
import type { Totals } from "../laws/ownParameter.ts";
import type { Peak } from "../optimize/climb.ts";
import { placeOf } from "../regression/regressionData.ts";
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

/** Why the maximum lies at an edge, and which rows lie there. */
function edgeWords({ data, family, link, places: given }: GlmModel, rows: Int32Array): string {
  const { kept, y } = data;
  const places = rows.map((row) => (kept ? kept[row]! : row));
  const edge = edgeOf(family, link)!;
  const means = [...new Set(Array.from(places, (place) => link.mu(edge.at(y[place]!))))].sort((a, b) => a - b);
  const which = rows.length === 1 ? "one row" : `${rows.length} rows`;
  return `The maximum lies at the edge of the means: ${which}, the first of them y[${given?.[rows[0]!] ?? placeOf(data, places[0]!)}], with mean ${means.join(" or ")}.`;
}

const LEVEL = "The likelihood is flat in some direction from its highest value: there is no single maximum.";

const ZEROS = "Nothing but zeros: the means are 0, whatever theta is.";

/** What a model's search found, in words: where it ended, or why the likelihood has no maximum. */
export function conclusionOf(
  model: GlmModel,
  { peak, poissonLimit, atEdge, outside }: Found,
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
  if (outside) {
    const [from, to] = endsOf(model.family, model.link);
    return say(
      "nonexistent",
      `Whatever the coefficients, some linear predictor is not between ${from} and ${to}: it has no mean by the ${model.link.name} link.`,
    );
  }
  const edged = peak.end === "edge" && atEdge && atEdge.rows.length > 0 ? edgeWords(model, atEdge.rows) : undefined;
  if (atEdge?.flat && (edged || peak.end === "singular")) {
    return say("nonexistent", family.joint && atEdge.rows.length === rows ? ZEROS : LEVEL);
  }
  if (poissonLimit) return say(POISSON_LIMIT.status, [POISSON_LIMIT.reason, ...(edged ? [edged] : [])].join(" "));
  const { status, reason } = edged ? { status: "boundary" as const, reason: edged } : endingOf(peak, model, kinked);
  return say(status, quasi ? `${reason} There is no likelihood: logLik, aic and bic are NaN.` : reason);
}
