import { describe } from "../data/observations.ts";
import { givenOptions } from "../estimators/optionNames.ts";
import { ordinalLinks } from "../laws/ordinalLinks.ts";
import { REGRESSION_OPTIONS } from "../regression/regressionData.ts";
import { separated } from "./categoricalFit.ts";
import { type LevelsOptions, levelsData } from "./levelsData.ts";
import { OrdinalFit } from "./ordinalFit.ts";
import { ordinalProblem } from "./ordinalParts.ts";
import { asItIs, type Reported } from "./vglmFindings.ts";
import { vglmSearch } from "./vglmSearch.ts";

export type OrdinalOptions = LevelsOptions & {
  /** The latent distribution F: `"logit"` (proportional odds) by default, `"probit"`, `"cloglog"`, `"loglog"`, `"cauchit"`. */
  readonly link?: keyof typeof ordinalLinks;
};

const OPTIONS = { ...REGRESSION_OPTIONS, link: true } as const;

/** The predictors' coefficients are -b. */
const negative: Reported = { value: (x) => -x, slope: () => -1, positive: false };

/**
 * Fits ordered levels by maximum likelihood, P(Y <= j) = F(zeta_j - x'b), as R's polr: McCullagh, Regression models for ordinal data (1980).
 * `levels` gives their order (in a formula by the response's name, or as an array); a column of ones is left out, as the cut-points stand
 * for it. `weights` multiply a row's log-likelihood, and their sum is `nobs`; `offset` is added to x'b.
 *
 * @throws RangeError or TypeError for data or options that cannot be used, naming place, value and need.
 * @example
 * const r = await ordinal({ formula: "Sat ~ Infl + Type + Cont", data, levels: { Sat: ["Low", "Medium", "High"] } });
 * r.estimates; // { InflMedium: 0.566, …, zeta1: -0.496, zeta2: 0.691 }
 */
export async function ordinal(asked: OrdinalOptions): Promise<OrdinalFit> {
  const options = givenOptions(asked, OPTIONS);
  const { link = "logit" } = options;
  if (!Object.hasOwn(ordinalLinks, link)) {
    throw new RangeError(`link is ${describe(link)}; one of ${Object.keys(ordinalLinks).join(", ")} is needed.`);
  }
  const read = levelsData(options);
  if (read.cells) throw new RangeError("The response is counts; ordinal needs one level a row, with counts as weights.");
  const { given, data, levels, empty } = read;
  const distribution = ordinalLinks[link];
  const { problem, design } = ordinalProblem(distribution, read);
  const found = await vglmSearch(problem);
  const { weights } = data.columns;
  return new OrdinalFit({
    model: "ordinal",
    family: "cumulative",
    link,
    names: design.names,
    own: levels.slice(1).map((_, j) => ({ ...asItIs, name: `zeta${j + 1}` })),
    reported: negative,
    nobs: weights ? weights.reduce((sum, weight) => sum + weight, 0) : data.rows,
    given,
    data,
    problem,
    found,
    distribution,
    levels,
    empty,
    limit: separated,
  });
}
