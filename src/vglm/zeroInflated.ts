import { type CountFindings, CountFit, described } from "./countFit.ts";
import { beyond, isPoisson, onlyZeros, poissonLimit, reaches, withoutInflation } from "./countLimits.ts";
import { type CountModel, type CountOptions, countModel } from "./countModel.ts";
import { countProblem, positives } from "./countStarts.ts";
import { highestInflated } from "./inflatedSearch.ts";
import { singleCount } from "./singleCount.ts";
import { vglmSearch } from "./vglmSearch.ts";

/**
 * Fits counts of which some are zeros of another kind: with probability pi, by its own predictor, a count is 0, and otherwise Poisson's or
 * negative binomial (Lambert 1992). Newton's method on the observed information from two starts, as the likelihood may have several
 * maxima; the highest counts, and the certificate has the runner-up. Coefficients `count:name` on the logarithm of the counts' mean,
 * `zero:name` on the link of pi, then `theta`. `offset` is the counts'; `weights` multiply a row's log-likelihood.
 *
 * @throws RangeError or TypeError for data or options that cannot be used, naming place, value and need.
 * @example
 * const r = await zeroInflated({ formula: "art ~ fem + ment | ment", data, family: "poisson" });
 * r.estimates; // { "count:(Intercept)": …, "zero:(Intercept)": … }
 */
export async function zeroInflated(options: CountOptions): Promise<CountFit> {
  return new CountFit(await inflatedFindings(countModel(options)));
}

async function inflatedFindings(model: CountModel): Promise<CountFindings> {
  const { data } = model;
  const [only, ...more] = positives(data);
  if (only === undefined) return onlyZeros(model, "inflated");
  const single = more.length === 0 ? await singleCount(model, only) : undefined;
  if (single) return single;
  const { isPoisson: limited, ...highest } = await highestInflated(model, data);
  if (limited) return poissonLimit(model, inflatedFindings);
  const remark = more.length === 0 ? "Only one count is positive." : undefined;
  const findings: CountFindings = { ...described(model, "inflated"), ...highest, ...beyond(highest.found), remark };
  const { runaway, peak } = highest.found;
  if (model.family.own > 0 && isPoisson(highest.found)) {
    const limit = await poissonLimit(model, inflatedFindings);
    if (reaches(limit.found, peak.evaluation.value)) return limit;
  }
  return runaway?.bounded ? withoutZeros(model, findings) : findings;
}

/** The limit where the inflation runs away: the counts alone. */
async function withoutZeros(model: CountModel, findings: CountFindings): Promise<CountFindings> {
  const { found, problem } = findings;
  const { runs } = found.runaway!;
  const [counts, zeros] = problem.parts.map(({ places }) => places.some((place) => runs[place]));
  if (counts || !zeros) return findings;
  const alone = await countProblem(model, model.data, false);
  const rest = await vglmSearch(alone);
  // Where the inflation tends to 0 on some rows only, these zeros are worth something.
  if (!reaches(rest, found.peak.evaluation.value)) return findings;
  const poisson = model.family.own > 0 && isPoisson(rest);
  return poisson ? poissonLimit(model, inflatedFindings) : withoutInflation(findings, alone, rest);
}
