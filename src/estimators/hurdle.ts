import { hurdleTerms } from "../regression/countRows.ts";
import { type CountFindings, CountFit, described } from "./countFit.ts";
import { onlyZeros, poissonLimit } from "./countLimits.ts";
import { type CountModel, type CountOptions, countModel, countParts, lawOf } from "./countModel.ts";
import { countProblem, positives, zeroProblem } from "./countStarts.ts";
import { vglmSearch } from "./vglmSearch.ts";
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

async function hurdleFindings(model: CountModel): Promise<CountFindings> {
  const { data, family, link } = model;
  const some = positives(data).length;
  if (some === 0) return onlyZeros(model, "hurdle");
  const counts = await countProblem(model, data, true);
  const positive = await vglmSearch(counts);
  const { runaway } = positive;
  const own = family === "poisson" ? -1 : counts.width - 1;
  const runs = runaway?.runs.flatMap((is, k) => (is ? [k] : [])) ?? [];
  if (runs.length === 1 && runs[0] === own && runaway!.direction[own]! > 0) return poissonLimit(model, hurdleFindings);
  const share = data.columns.y!.map((y) => (y > 0 ? 1 : 0));
  const zeros = await zeroProblem(data, link, share);
  const taken = await vglmSearch(zeros);
  const parts = countParts(data, family);
  const width = counts.width + zeros.width;
  const found = together(parts, width, [
    { found: positive, problem: counts, places: family === "poisson" ? [0] : [0, 2] },
    { found: taken, problem: zeros, places: [1] },
  ]);
  const problem = { parts, width, columns: data.columns, terms: hurdleTerms(lawOf(family), link), start: found.beta };
  const findings: CountFindings = { ...described(model, "hurdle"), problem, found, remark: remarkOn(data.columns.y!, some) };
  if (some === data.rows && !runaway) {
    const reason = "No count is 0: the probability of a positive one tends to 1, and the limit is the fit of the truncated counts.";
    return { ...findings, conclusion: { status: "boundary", reason } };
  }
  // Both the mean and theta tend to 0.
  if (runs.includes(own) && !taken.runaway && runaway!.bounded && runaway!.direction[own]! < 0) {
    const reason = "The counts spread more than any theta allows: theta tends to 0, and the limit is the logarithmic distribution.";
    return { ...findings, conclusion: { status: "boundary", reason } };
  }
  return findings;
}

function remarkOn(y: Float64Array, some: number): string | undefined {
  if (some === 1) return "Only one count is positive.";
  return y.every((value) => value < 2) ? "No count is above 1: nothing tells how large the positive ones are." : undefined;
}
