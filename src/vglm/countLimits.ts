import { countFamilies } from "../laws/countLaws.ts";
import { inflatedTerms } from "../laws/countRows.ts";
import { log } from "../math/elementary.ts";
import { PartCoordinates } from "../regression/partCoordinates.ts";
import { type CountFindings, CountFit, described } from "./countFit.ts";
import { type CountModel, countParts } from "./countModel.ts";
import { levelled, partsOf } from "./vglmParts.ts";
import { type VglmFound, type VglmProblem, vglmSearch } from "./vglmSearch.ts";
import { together } from "./vglmTogether.ts";

/** theta at its limit. */
const INFINITE = { name: "theta", value: () => Number.POSITIVE_INFINITY, slope: () => Number.NaN, positive: true };

/** theta above which the variance that it adds is no longer told from rounding. */
const LARGE = 1e8;

/** Whether a negative binomial's search ends near Poisson's distribution. */
export function isPoisson({ runaway, beta }: VglmFound): boolean {
  const tau = beta.length - 1;
  return runaway?.runs[tau] ? runaway.direction[tau]! > 0 : beta[tau]! > log(LARGE);
}

/** Whether a limit is as likely as what a search on its way there came to. */
export function reaches({ peak, runaway }: VglmFound, value: number): boolean {
  return (!runaway || runaway.bounded) && peak.evaluation.value >= value - 1e-9 * (1 + Math.abs(value));
}

/** What a search says that ended where means are no doubles. */
export function beyond({ peak }: VglmFound): Pick<CountFindings, "conclusion"> {
  if (peak.end !== "edge") return {};
  const reason = "There is no maximum: the likelihood rises as coefficients run away, beyond the range of doubles.";
  return { conclusion: { status: "nonexistent", reason } };
}

/** What a fit of negative binomial counts becomes where theta runs away: that of Poisson's. */
export async function poissonLimit(model: CountModel, fit: (model: CountModel) => Promise<CountFindings>): Promise<CountFindings> {
  const inner = await fit({ ...model, family: countFamilies.poisson });
  const { status, reason } = new CountFit(inner);
  const says = "The counts vary no more than a Poisson's: theta tends to infinity, and the limit is the Poisson fit.";
  return {
    ...inner,
    family: model.family.name,
    own: [INFINITE],
    remark: undefined,
    conclusion: {
      status: status === "interior" ? "boundary" : status,
      reason: status === "interior" ? says : `${says} ${reason}`,
    },
  };
}

/** What zero-inflated counts become where the inflation tends to 0: the counts alone. */
export function withoutInflation(findings: CountFindings, alone: VglmProblem, rest: VglmFound): CountFindings {
  const { problem, found, data, names } = findings;
  const { parts, width } = problem;
  const { design, places } = parts[1]!;
  const own = partsOf([design], 0);
  const direction = new Float64Array(places.length);
  let column = 0;
  let constant = -1;
  for (const block of design.blocks) {
    if (block.kind === "intercept") constant = column;
    column += block.kind === "levels" ? block.count : 1;
  }
  places.forEach((place, j) => {
    if (constant < 0 ? found.runaway!.runs[place] : j === constant) direction[j] = constant < 0 ? found.runaway!.direction[place]! : -1;
  });
  const gamma = Float64Array.from(places, (place) => found.peak.beta[place]!);
  const zero: VglmFound = {
    ...found,
    peak: { ...found.peak, beta: gamma, evaluation: { ...found.peak.evaluation, value: 0, score: new Float64Array(places.length) } },
    coordinates: new PartCoordinates(places.length, own, [found.coordinates.moves[1]!]),
    beta: new Float64Array(places.length).fill(Number.NaN),
    aliased: Array.from(places, (place) => found.aliased[place]!),
    runaway: { direction, runs: Array.from(direction, (d) => d !== 0), bounded: true },
    passes: 0,
    subsampleEvaluations: 0,
  };
  const pieces = [
    { found: { ...rest, passes: rest.passes + found.passes }, problem: alone, places: alone.parts.map((_, a) => (a === 0 ? 0 : 2)) },
    { found: zero, problem: { parts: own, width: places.length }, places: [1] },
  ];
  const some = data.columns.y!.includes(0) ? "There are no more zeros than the counts' own" : "No count is 0";
  const open = names.filter((_, k) => k >= places[0]! && !found.aliased[k] && direction[k - places[0]!] === 0);
  const left = open.length > 0 ? ` Nothing tells ${open.join(", ")}.` : "";
  return {
    ...findings,
    found: together(parts, width, pieces),
    uninflated: true,
    conclusion: {
      status: "boundary",
      reason: `${some}: the inflation tends to 0, and the limit is the fit of the counts alone.${left}`,
    },
  };
}

/** Nothing but zeros: a model that makes them certain has no parameters to tell. */
export async function onlyZeros(model: CountModel, kind: CountFindings["kind"]): Promise<CountFindings> {
  const { data, family, link } = model;
  const parts = countParts(data, family);
  const levels = [...(await levelled(data.designs[0]!, -1)), ...(await levelled(data.designs[1]!, link.eta(0.5)))];
  const start = [...levels, ...new Array<number>(family.own).fill(0)];
  const problem = { parts, width: start.length, columns: data.columns, terms: inflatedTerms(family.law(), link), start };
  const found = await vglmSearch(problem);
  const { peak } = found;
  const which = kind === "inflated" ? "means that tend to 0, or an inflation that tends to 1, make" : "a hurdle that none takes makes";
  return {
    ...described(model, kind),
    problem,
    found: {
      ...found,
      beta: found.beta.fill(Number.NaN),
      aliased: found.aliased.map(() => false),
      runaway: undefined,
      peak: { ...peak, evaluation: { ...peak.evaluation, value: 0 } },
    },
    conclusion: { status: "nonexistent", reason: `All counts are 0: ${which} that certain, and nothing tells the coefficients.` },
  };
}
