import type { Knowledge } from "../data/censoring.ts";
import type { Family } from "../distributions/family.ts";
import { type Coordinates, coordinates } from "../likelihood/coordinates.ts";
import { boundary, type Fixed, type Model, nonexistent } from "../likelihood/model.ts";
import { charts } from "../math/charts.ts";
import { converged } from "../optimize/objective.ts";
import { type Beginning, begin } from "./beginning.ts";
import { concluded, type Fitted, ruled } from "./conclusion.ts";
import { run, type Settings } from "./fitSample.ts";
import { likelihood, withExact } from "./partialLikelihood.ts";
import { scoredRows } from "./partialScores.ts";
import { moved, movedBack, type Problem, problemOf, tailsOf } from "./problem.ts";
import type { Found } from "./result.ts";
import { clustered, robustly } from "./robust.ts";
import { fitRough } from "./rough.ts";
import { limitOf } from "./runaway.ts";
import { type Climb, search } from "./search.ts";

/** Of the panels whose nodes stand for many rows, one after the other until they do; 0: every row for itself. */
const FINENESS = [1, 2, 4, 0];

/** Rows of which some are censored, truncated or binned, ready to be fitted. */
export interface Prepared {
  readonly problem: Problem;
  readonly fitted: Fitted;
  readonly first: Beginning;
}

/** Fits rows of which some are censored, truncated or binned. */
export async function fitPartial(family: Family, x: unknown, settings: Settings & Knowledge): Promise<Found> {
  return solve(await prepare(family, x, settings));
}

/** Checks the rows, sorts them into parts and looks for a place to begin. */
export async function prepare(family: Family, x: unknown, settings: Settings & Knowledge): Promise<Prepared> {
  const { problem: found, support } = problemOf(family, x, settings);
  const { parts, rows } = found;
  const problem = { ...found, settings: { ...settings, ...clustered(settings, rows.rows) } };
  const first = await begin(problem, support, moved(problem, settings.fixed), moved(problem, settings.start));
  const importance = settings.weightType === "importance";
  const counted = rows.weights ? Array.from(rows.weights).filter((weight) => weight > 0).length : rows.rows;
  const fitted: Fitted = {
    family,
    fixed: settings.fixed,
    nobs: importance ? counted : parts.weight,
    ...(settings.priors && { logPrior: settings.priors.logPdf }),
  };
  return { problem, fitted, first };
}

/** The maximum of prepared rows, with the parameters held that `fitted` says. */
export async function solve({ problem, fitted, first }: Prepared): Promise<Found> {
  const fixed = moved(problem, fitted.fixed);
  const rough = await fitRough(problem, fixed, first);
  if (rough) return ruled(fitted, { ...rough, ...(rough.estimates && { estimates: movedBack(problem, rough.estimates) }) }, 1);
  const found = await climb(problem, fixed, first);
  const meat = robustly(problem.settings, (theta) => scoredRows(problem, found.model.unit, theta));
  return conclude(problem, { ...fitted, ...(meat && { meat }) }, found);
}

/** Where a climb ended. */
export interface Ended extends Climb {
  readonly model: Model;
  readonly at: Coordinates;
  readonly passes: number;
  /** Whether the model is exact at natural parameters: rows that are known in part may count at nodes that suit its maximum. */
  readonly isExact: (theta: readonly number[]) => boolean;
}

/** Newton from `first` to the nearest maximum; with priors, to the highest of those from their medians, too. */
export async function climb(problem: Problem, fixed: readonly (number | undefined)[], first: Beginning): Promise<Ended> {
  const { family, constants } = problem;
  return withExact(problem, fixed, (exact, passes) => {
    const frame = exact ?? first.frame;
    const attempt = async (start: readonly number[], [fineness, ...finer]: readonly number[]): Promise<Ended> => {
      // From the end of another attempt it is not far.
      const far = start === first.theta;
      const { model, value } = likelihood(problem, fixed, { theta: start, frame }, exact, { fineness: fineness!, far });
      const ended = await walk(problem, fixed, model, passes);
      const theta = ended.at.natural(ended.optimum.point);
      const isExact = (place: readonly number[]) => value.raw || value.isResolved(tailsOf(family, [...place, ...constants]));
      if (!isExact(theta)) return attempt(theta.every(Number.isFinite) ? theta : start, finer);
      return { ...ended, isExact };
    };
    return attempt(first.theta, FINENESS);
  });
}

async function walk(
  { family, rows, parts, settings }: Problem,
  fixed: Fixed,
  model: Model,
  passes: () => number,
): Promise<Omit<Ended, "isExact">> {
  const own = family.parameters.map(({ domain }) => charts[domain]);
  const at = coordinates(model, own, fixed);
  const report = (logLik: number) => settings.onProgress?.({ distribution: family.name, passes: passes(), logLik });
  const size = { rows: rows.rows, weight: parts.weight };
  const ended = await search(model, { at, near: undefined }, size, [], (iteration, _, scale) =>
    run(iteration, size.rows, settings, (logLik) => report(logLik / scale)),
  );
  return { ...ended, model, at, passes: passes() };
}

function conclude(problem: Problem, fitted: Fitted, { model, at, optimum, passes, runnerUp }: Ended): Found {
  const { family } = problem;
  const moved = movedBack(problem, model.origin);
  const own = family.parameters.map(({ domain }) => charts[domain]);
  const reported = coordinates({ ...model, origin: moved }, own, fitted.fixed);
  const theta = reported.natural(optimum.point);
  const second = runnerUp && {
    estimates: Object.fromEntries(family.parameters.map(({ name }, i) => [name, reported.natural(runnerUp.optimum.point)[i]!])),
    deficit: optimum.evaluated.value - runnerUp.optimum.evaluated.value,
  };
  const ended = converged(optimum);
  const free = fitted.fixed.includes(undefined);
  const none = free && !problem.priors ? family.unbounded?.(theta, fitted.fixed, ended) : undefined;
  const irregular = free && ended ? family.irregular?.(theta, fitted.fixed) : undefined;
  const limit =
    limitOf(family.parameters, at, reported, model, optimum) ??
    (none ? nonexistent(none) : irregular && boundary(irregular, theta, optimum.evaluated.value));
  // A density may be infinite at the end of a domain, so that the posterior grows for ever where a likelihood would level off.
  const grows = limit && problem.priors && !optimum.evaluated.score.every((score) => Math.abs(score) < 1e-6);
  if (grows) return ruled(fitted, nonexistent(limit.reason.replace("likelihood", "posterior"), limit.estimates), passes);
  return limit ? ruled(fitted, limit, passes) : concluded(fitted, model, reported, { optimum, subsampleEvaluations: 0 }, passes, second);
}
