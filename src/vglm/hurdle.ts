import { countFamilies } from "../laws/countLaws.ts";
import { hurdleTerms } from "../laws/countRows.ts";
import { type CountFindings, CountFit, described } from "./countFit.ts";
import { beyond, isPoisson, onlyZeros, poissonLimit, reaches } from "./countLimits.ts";
import { type CountModel, type CountOptions, countModel, countParts } from "./countModel.ts";
import { countProblem, overdispersion, positives, zeroProblem } from "./countStarts.ts";
import { type VglmFound, vglmSearch } from "./vglmSearch.ts";
import { together } from "./vglmTogether.ts";

/**
 * Fits counts in two steps (Mullahy 1986): whether a count is positive, by its own predictor, and how large it then is, by a Poisson or
 * negative binomial distribution without its zero. The likelihood is a product of two that share nothing; both are climbed by Newton's
 * method. Coefficients `count:name` on the logarithm of the mean before the zero is taken away, `zero:name` on the link of P(Y > 0) (in
 * `zeroInflated` that of an extra zero, so the signs are other ones), then `theta`. `offset` is the counts'.
 *
 * @throws RangeError or TypeError for data or options that cannot be used, naming place, value and need.
 * @example
 * const r = await hurdle({ formula: "art ~ fem + ment | ment", data, family: "negativeBinomial" });
 */
export async function hurdle(options: CountOptions): Promise<CountFit> {
  return new CountFit(await hurdleFindings(countModel(options)));
}

/** Rows above which theta is asked whether it runs away before it is let to. */
const SURE = 20_000;

async function hurdleFindings(model: CountModel): Promise<CountFindings> {
  const { data, family, link } = model;
  const y = data.columns.y!;
  const some = positives(data).length;
  if (some === 0) return onlyZeros(model, "hurdle");
  const ones = y.every((value) => value < 2);
  if (family.own > 0 && some > SURE) {
    const poisson = await countProblem({ ...model, family: countFamilies.poisson }, data, true);
    const found = await vglmSearch(poisson);
    if (!found.runaway && overdispersion(poisson, found) < 0) return poissonLimit(model, hurdleFindings);
  }
  const counts = await countProblem(model, data, true);
  const positive = await vglmSearch(counts);
  if (family.own > 0 && isPoisson(positive) && !ones) {
    const limit = await poissonLimit(model, hurdleFindings);
    const last = await vglmSearch(await countProblem(limit.counts, data, true));
    if (reaches(last, positive.peak.evaluation.value)) return limit;
  }
  const share = y.map((value) => (value > 0 ? 1 : 0));
  const zeros = await zeroProblem(data, link, share);
  const taken = await vglmSearch(zeros);
  const all = some === data.rows;
  const parts = countParts(data, family);
  const width = counts.width + zeros.width;
  const found = together(parts, width, [
    { found: positive, problem: counts, places: [0, 2].slice(0, 1 + family.own) },
    { found: all ? untold(taken) : taken, problem: zeros, places: [1] },
  ]);
  const problem = { parts, width, columns: data.columns, terms: hurdleTerms(family.law(), link), start: found.beta };
  const remark = ones
    ? "No count is above 1: nothing tells how large the positive ones are."
    : some === 1
      ? "Only one count is positive."
      : undefined;
  const findings: CountFindings = { ...described(model, "hurdle"), problem, found, ...beyond(found), remark };
  const { runaway } = positive;
  if (all && !runaway) {
    const reason = "No count is 0: the probability of a positive one tends to 1, and the limit is the fit of the truncated counts.";
    return { ...findings, conclusion: { status: "boundary", reason } };
  }
  const theta = counts.width - 1;
  if (family.own > 0 && runaway?.bounded && runaway.runs[theta] && !taken.runaway && !ones) {
    const reason =
      "The counts spread more than any theta allows: theta and the mean tend to 0, and the limit is the logarithmic distribution.";
    return { ...findings, conclusion: { status: "boundary", reason } };
  }
  return findings;
}

/** Of a response without failures: what does not run away nothing tells. */
function untold(found: VglmFound): VglmFound {
  const { runaway, beta, peak } = found;
  return {
    ...found,
    beta: beta.map((b, k) => (runaway?.runs[k] ? b : Number.NaN)),
    peak: { ...peak, evaluation: { ...peak.evaluation, value: 0 } },
  };
}
