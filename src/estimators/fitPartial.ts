import { type Intervals, intervals, type Knowledge } from "../data/censoring.ts";
import { observations } from "../data/observations.ts";
import type { Family } from "../distributions/family.ts";
import { type Coordinates, coordinates } from "../likelihood/coordinates.ts";
import { boundary, isVerdict, type Model, nonexistent } from "../likelihood/model.ts";
import { PartsValue, partsOf } from "../likelihood/partial.ts";
import { type Frame, partialModel } from "../likelihood/partialModel.ts";
import { thinned } from "../likelihood/thinned.ts";
import { charts } from "../math/charts.ts";
import { converged } from "../optimize/objective.ts";
import { withSample } from "../wasm/placement.ts";
import { type Beginning, begin } from "./beginning.ts";
import { concluded, type Fitted, ruled } from "./conclusion.ts";
import { run, type Settings } from "./fitSample.ts";
import { meatOf } from "./partialScores.ts";
import { isMissing, type Problem, tailsOf } from "./problem.ts";
import type { Fit } from "./result.ts";
import { fitRough } from "./rough.ts";
import { limitOf } from "./runaway.ts";
import { type Climb, search } from "./search.ts";

/** Fewer exactly known rows are added up one by one: their own model may have no maximum without the others. */
const FEW = 200;

/** Of the panels whose nodes stand for many rows, one after the other until they do; 0: every row for itself. */
const FINENESS = [1, 2, 4, 0];

/** Fits rows of which some are censored, truncated or binned. */
export async function fitPartial(family: Family, x: unknown, settings: Settings & Knowledge): Promise<Fit> {
  const { constants } = settings;
  const missing = constants.indexOf(undefined);
  if (missing >= 0) {
    throw new RangeError(
      `${family.constants![missing]!.name} is one per row; one number is needed where rows are censored, truncated or binned.`,
    );
  }
  const known = constants as readonly number[];
  const support = family.supportAt?.(known) ?? family.support;
  const rows = intervals(x, settings);
  const shift = shiftOf(family, rows);
  const parts = partsOf(rows, support, `${family.name} needs ${support.text}`, shift);
  const problem: Problem = { family, parts, rows, constants: known, shift, settings };
  const move = (values: readonly (number | undefined)[]) =>
    values.map((value, i) => (value !== undefined && family.parameters[i]!.shifts ? value - shift : value));
  const fixed = move(settings.fixed);
  const first = await begin(problem, support, fixed, move(settings.start));
  const importance = settings.weightType === "importance";
  const counted = rows.weights ? Array.from(rows.weights).filter((weight) => weight > 0).length : rows.rows;
  const fitted: Fitted = {
    family,
    fixed: settings.fixed,
    nobs: importance ? counted : parts.weight,
  };
  const rough = await fitRough(problem, fixed, first);
  if (rough) return ruled(fitted, { ...rough, ...(rough.estimates && { estimates: back(family, rough.estimates, shift) }) }, 1);
  const found = await climb(problem, fixed, first);
  return conclude(problem, { ...fitted, ...(importance && { meat: meatOf(problem, found.model.unit) }) }, found);
}

/** Parameters of the data where they were. */
function back(family: Family, theta: readonly number[], shift: number): number[] {
  return theta.map((value, i) => (family.parameters[i]!.shifts ? value + shift : value));
}

/** Where a climb ended. */
export interface Ended extends Climb {
  readonly model: Model;
  readonly at: Coordinates;
  readonly passes: number;
}

/** Newton from `first` to the nearest maximum. */
export async function climb(problem: Problem, fixed: readonly (number | undefined)[], first: Beginning): Promise<Ended> {
  const { family, parts, constants } = problem;
  const { exact } = parts;
  if (exact.at.length < FEW) return climbWith(problem, fixed, first, first.frame, undefined, () => 1);
  const weights = exact.weight.some((weight) => weight !== 1) ? exact.weight : undefined;
  return withSample(observations(exact.at, weights), async (sample) => {
    const found = family.model(sample, [...fixed, ...constants]);
    const smooth = family.parameters.every(({ rough }, i) => rough === undefined || fixed[i] !== undefined);
    const own = isVerdict(found) || (found.closed && !smooth) ? undefined : found;
    return climbWith(problem, fixed, first, own ?? first.frame, own, () => sample.passes);
  });
}

async function climbWith(
  problem: Problem,
  fixed: readonly (number | undefined)[],
  first: Beginning,
  frame: Frame,
  exact: Model | undefined,
  passes: () => number,
): Promise<Ended> {
  const { family, parts, constants, settings } = problem;
  const own = family.parameters.map(({ domain }) => charts[domain]);
  const positive = family.support.lower === 0;
  const attempt = async (start: readonly number[], [fineness, ...finer]: readonly number[]): Promise<Ended> => {
    const value = new PartsValue(parts, positive, fineness!, exact === undefined);
    const restOf = (of: PartsValue) => (theta: readonly number[]) =>
      of.at(tailsOf(family, [...theta, ...constants]), family.parameters.length);
    const rest = value.empty ? undefined : restOf(value);
    // From the start of another attempt it is not far.
    const some = exact === undefined && start === first.theta ? thinned(parts) : undefined;
    const thin = some && { rest: restOf(new PartsValue(some, positive, 0, true)), weight: some.weight };
    const missing = isMissing(family, [...start, ...constants]);
    const domains = family.parameters.map(({ domain }) => domain);
    const model = partialModel({
      exact,
      origin: frame.origin,
      unit: frame.unit,
      start,
      fixed,
      domains,
      weight: parts.weight,
      rest,
      thin,
      missing,
    });
    const at = coordinates(model, own, fixed);
    const report = (logLik: number) => settings.onProgress?.({ distribution: family.name, passes: passes(), logLik });
    const size = { rows: problem.rows.rows, weight: parts.weight };
    const ended = await search(model, { at, near: undefined }, size, [], (iteration, _, scale) =>
      run(iteration, size.rows, settings, (logLik) => report(logLik / scale)),
    );
    const theta = at.natural(ended.optimum.point);
    if (!value.raw && !value.isResolved(tailsOf(family, [...theta, ...constants])))
      return attempt(theta.every(Number.isFinite) ? theta : start, finer);
    return { ...ended, model, at, passes: passes() };
  };
  return attempt(first.theta, FINENESS);
}

function conclude({ family, shift }: Problem, fitted: Fitted, { model, at, optimum, passes }: Ended): Fit {
  const moved = back(family, model.origin, shift);
  const own = family.parameters.map(({ domain }) => charts[domain]);
  const reported = coordinates({ ...model, origin: moved }, own, fitted.fixed);
  const theta = reported.natural(optimum.point);
  const ended = converged(optimum);
  const free = fitted.fixed.includes(undefined);
  const none = free ? family.unbounded?.(theta, fitted.fixed, ended) : undefined;
  const irregular = free && ended ? family.irregular?.(theta, fitted.fixed) : undefined;
  const limit =
    limitOf(family.parameters, at, reported, model, optimum) ??
    (none ? nonexistent(none) : irregular && boundary(irregular, theta, optimum.evaluated.value));
  return limit ? ruled(fitted, limit, passes) : concluded(fitted, model, reported, { optimum, subsampleEvaluations: 0 }, passes);
}

/** How far the data are moved towards 0, so that differences of a location keep their digits: only where they lie far out. */
function shiftOf(family: Family, { rows, lower, upper }: Intervals): number {
  if (!family.parameters.some(({ shifts }) => shifts)) return 0;
  const picks = Array.from({ length: Math.min(rows, 1024) }, (_, i) => Math.floor(((i + 0.5) * rows) / Math.min(rows, 1024)));
  const ends = Float64Array.from(picks.flatMap((row) => [lower[row]!, upper[row]!]).filter(Number.isFinite)).sort();
  const median = ends[ends.length >> 1] ?? 0;
  const spread = (ends[(3 * ends.length) >> 2] ?? 0) - (ends[ends.length >> 2] ?? 0);
  return Math.abs(median) > 1000 * spread ? median : 0;
}
