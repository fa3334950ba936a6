import type { RunnerUp } from "../estimators/result.ts";
import { countFamilies } from "../laws/countLaws.ts";
import { inflatedTerms } from "../laws/countRows.ts";
import { log } from "../math/elementary.ts";
import { type PartsData, takenRows } from "../regression/partsData.ts";
import { SUBSAMPLE } from "../wasm/designMatrix.ts";
import { type CountModel, countParts } from "./countModel.ts";
import { countProblem, inflatedStarts, overdispersion, startingTheta } from "./countStarts.ts";
import { type VglmFound, type VglmProblem, vglmSearch } from "./vglmSearch.ts";

/** The highest maximum found, and the next one, if any. */
export interface Highest {
  readonly problem: VglmProblem;
  readonly found: VglmFound;
  readonly runnerUp: RunnerUp | undefined;
  /** Whether it is Poisson's, the limit of the negative binomial. */
  readonly isPoisson?: true;
}

interface Search {
  readonly problem: VglmProblem;
  readonly found: VglmFound;
}

/** Rows above which starts are compared on some of them. */
const MANY = 2 * SUBSAMPLE;

/** Coefficients up to which a subsample says something of each. */
const NARROW = SUBSAMPLE / 50;

/** Rows above which theta is asked whether it runs away before it is let to. */
const SURE = 20_000;

/** A theta to start from where a subsample is Poisson's and all rows are not. */
const ALMOST = 50;

/** A log-likelihood's difference that tells two maxima apart. */
const APART = 1e-6;

/** The likelihood of zero-inflated counts may have several maxima: searches from several starts. */
export async function highestInflated(model: CountModel, data: PartsData): Promise<Highest> {
  if (model.family.own > 0 && data.rows > SURE) {
    const poisson = await highestInflated({ ...model, family: countFamilies.poisson }, data);
    if (overdispersion(poisson.problem, poisson.found, model.link) < 0) return { ...poisson, isPoisson: true };
  }
  if (data.rows > MANY && model.names.length <= NARROW) {
    const few = fewer(data);
    const { problem, found, runnerUp, isPoisson } = await highestInflated(model, few);
    const start = Array.from(found.runaway ? problem.start : found.beta);
    const whole = await search(model, data, isPoisson ? [...start, log(ALMOST)] : start);
    const times = data.rows / few.rows;
    return { ...whole, runnerUp: runnerUp && { ...runnerUp, deficit: times * runnerUp.deficit } };
  }
  const searches: Search[] = [];
  for (const start of await startsOf(model, data)) searches.push(await search(model, data, start));
  searches.sort((a, b) => height(b.found) - height(a.found));
  const [best, second] = searches;
  const passes = searches.reduce((sum, { found }) => sum + found.passes, 0);
  const deficit = second && isPeak(second.found) ? height(best!.found) - height(second.found) : 0;
  const estimates = () => [...model.names, "theta"].map((name, k) => [name, second!.found.beta[k]!] as const);
  const runnerUp = deficit > APART ? { estimates: Object.fromEntries(estimates().slice(0, second!.problem.width)), deficit } : undefined;
  return { problem: best!.problem, found: { ...best!.found, passes }, runnerUp };
}

function isPeak({ runaway, peak }: VglmFound): boolean {
  return !runaway && peak.end === "decrement";
}

function height({ peak }: VglmFound): number {
  const { value } = peak.evaluation;
  return Number.isFinite(value) && peak.factored ? value : Number.NEGATIVE_INFINITY;
}

async function startsOf(model: CountModel, data: PartsData): Promise<number[][]> {
  const starts = await inflatedStarts(model, data);
  if (model.family.own === 0) return starts;
  const width = data.designs[0]!.names.length;
  const alone = await vglmSearch(await countProblem(model, data, false));
  const own = alone.runaway ? [] : [[...alone.beta.slice(0, width), ...starts[0]!.slice(width), alone.beta[width]!]];
  const { problem, found } = await highestInflated({ ...model, family: countFamilies.poisson }, data);
  const from = found.runaway ? starts.at(-1)! : [...found.beta];
  return [...own, [...from, log(startingTheta(data, model, problem, found))]];
}

async function search(model: CountModel, data: PartsData, start: ArrayLike<number>): Promise<Search> {
  const { family, link } = model;
  const parts = countParts(data, family);
  const problem = { parts, width: start.length, columns: data.columns, terms: inflatedTerms(family.law(), link), start };
  return { problem, found: await vglmSearch(problem) };
}

/** Rows evenly spaced in groups of 64. */
function fewer(data: PartsData): PartsData {
  const groups = SUBSAMPLE / 64;
  const rows = Int32Array.from({ length: SUBSAMPLE }, (_, i) => {
    return Math.floor((Math.floor(i / 64) * (data.rows - 64)) / (groups - 1)) + (i % 64);
  });
  return takenRows(data, rows);
}
