import { type RowTerms, rowTerms } from "../laws/rowTerms.ts";
import { ThetaTerms } from "../laws/thetaTerms.ts";
import { Accumulator } from "../math/sum.ts";
import type { Factored } from "../optimize/normalEquations.ts";
import { exactInverse } from "../regression/exactInverse.ts";
import { DELICATE, deservesPairs } from "../regression/leastSquares.ts";
import { eachEntry, moved, predictor } from "../regression/predictor.ts";
import type { RegressionData } from "../regression/regressionData.ts";
import type { GlmModel } from "./glmModel.ts";
import type { Found } from "./glmSearch.ts";

/**
 * What was found with its informations at the maximum itself, from products of about 106 bits, where the data are small or columns leave
 * little of one another. A search ends with the information before its last step, in doubles: good to 1e-7 of a standard error, and to
 * 1e-4 where a column leaves 1e-12 of the next.
 */
export async function withExactInformation(model: GlmModel, data: RegressionData, found: Found): Promise<Found> {
  const { peak, theta, coordinates, separation, poissonLimit } = found;
  const { factored } = peak;
  if (separation || poissonLimit || peak.lost || (peak.end !== "decrement" && peak.end !== "step")) return found;
  if (!deservesPairs(data.design, factored.smallest < DELICATE)) return found;
  const { family, link } = model;
  const { design, y, weights, offset } = data;
  const eta = predictor(design, peak.beta, coordinates, offset);
  const factors = async (terms: RowTerms, isExpected: boolean): Promise<Factored | undefined> => {
    const w = new Float64Array(eta.length);
    terms({ y, weights }, eta, new Float64Array(eta.length), w, isExpected);
    const exact = w.every(Number.isFinite) ? await exactInverse(design, w, coordinates, factored.aliased) : undefined;
    return exact && { ...factored, ...exact };
  };
  const joint = peak.evaluation.own;
  const cross = new Float64Array(joint ? eta.length : 0);
  const sums = { terms: new ThetaTerms(theta), first: new Accumulator(), second: new Accumulator(), cross };
  const observed = await factors(rowTerms(family, link, theta, joint && sums), false);
  if (!observed) return found;
  const same = found.expected === factored;
  const expected = same ? observed : ((await factors(rowTerms(family, link, theta), true)) ?? found.expected);
  const own = joint && {
    score: joint.score,
    information: -theta * (theta * sums.second.sum + sums.first.sum),
    cross: scores(
      data,
      found,
      sums.cross.map((c) => -theta * c),
    ),
  };
  return { ...found, expected, peak: { ...peak, factored: observed, evaluation: { ...peak.evaluation, ...(own && { own }) } } };
}

/** X'v for the columns as they were moved. */
function scores({ design }: RegressionData, { coordinates }: Found, v: Float64Array): Float64Array {
  const seen = moved(design, coordinates);
  const total = design.names.map(() => new Accumulator());
  for (let i = 0; i < v.length; i++) eachEntry(seen, i, (column, value) => total[column]!.add(value * v[i]!));
  return Float64Array.from(total, ({ sum }) => sum);
}
