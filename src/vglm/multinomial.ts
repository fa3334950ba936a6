import { givenOptions } from "../estimators/optionNames.ts";
import { cellTerms, countOf, multinomialTerms } from "../laws/multinomialTerms.ts";
import { log } from "../math/elementary.ts";
import { lgamma } from "../math/gamma.ts";
import { Accumulator } from "../math/sum.ts";
import { absorbersOf } from "../regression/parts.ts";
import { REGRESSION_OPTIONS } from "../regression/regressionData.ts";
import { separated } from "./categoricalFit.ts";
import { type LevelsData, type LevelsOptions, levelShares, levelsData, occursInSubsample } from "./levelsData.ts";
import { MultinomialFit } from "./multinomialFit.ts";
import { partsOf } from "./vglmParts.ts";
import { type VglmProblem, vglmSearch } from "./vglmSearch.ts";

export type MultinomialOptions = LevelsOptions;

/**
 * Fits levels without order by maximum likelihood, log P(level)/P(base) = x'b with coefficients of its own for every level but the first, as
 * nnet's multinom. Their names are `level:name`. The response is a factor, or counts of all levels, `cbind(a, b, c) ~ x`. `weights` multiply
 * a row's log-likelihood; `offset` is added to the predictor of every level but the base.
 *
 * @throws RangeError or TypeError for data or options that cannot be used, naming place, value and need.
 * @example
 * const r = await multinomial({ formula: "prog ~ ses + write", data, levels: { prog: ["academic", "general", "vocation"] } });
 * r.estimates; // { "general:(Intercept)": 2.85, "general:write": -0.0579, … }
 */
export async function multinomial(options: MultinomialOptions): Promise<MultinomialFit> {
  const read = levelsData(givenOptions(options, REGRESSION_OPTIONS));
  const { given, data, levels, empty, cells } = read;
  const problem = problemOf(read);
  const found = await vglmSearch(problem);
  const { names } = data.designs[0]!;
  return new MultinomialFit({
    model: "multinomial",
    family: "multinomial",
    link: "logit",
    names: levels.slice(1).flatMap((level) => names.map((name) => `${level}:${name}`)),
    own: [],
    given,
    data,
    problem,
    found,
    levels,
    empty,
    limit: separated,
    cells,
    constant: cells ? coefficients(read) : 0,
  });
}

/** One linear predictor for every level but the base, over one design; it starts at the levels' shares where there is an intercept. */
function problemOf(read: LevelsData): VglmProblem {
  const { data, levels, cells } = read;
  const design = data.designs[0]!;
  const { y, weights, offset, ...others } = data.columns;
  const parts = partsOf(
    levels.slice(1).map(() => design),
    0,
    levels.slice(1).map(() => offset),
  );
  const width = design.names.length;
  const start = new Float64Array(width * parts.length);
  const shares = levelShares(read);
  // The intercept is what makes up for moved columns.
  parts.forEach((part, a) => {
    for (const intercept of absorbersOf(part)) start[intercept] = log(shares[a + 1]! / shares[0]!);
  });
  const columns = { ...(cells ? others : { y: y! }), ...(weights && { weights }) };
  const terms = cells ? cellTerms(levels.length) : multinomialTerms();
  return { parts, width: start.length, columns, terms, start, subsample: occursInSubsample(read) };
}

/** Σ log of the multinomial coefficients of the rows' counts. */
function coefficients({ data, levels }: LevelsData): number {
  const { weights } = data.columns;
  const counts = levels.map((_, k) => data.columns[countOf(k)]!);
  const total = new Accumulator();
  for (let row = 0; row < data.rows; row++) {
    const weight = weights ? weights[row]! : 1;
    let size = 0;
    for (const column of counts) {
      size += column[row]!;
      total.add(-weight * lgamma(column[row]! + 1));
    }
    total.add(weight * lgamma(size + 1));
  }
  return total.sum;
}
