import { observations } from "../data/observations.ts";
import { type Fixed, isVerdict, type Model } from "../likelihood/model.ts";
import { partialModel } from "../likelihood/partialModel.ts";
import type { Parts } from "../likelihood/partialRows.ts";
import { PartsValue } from "../likelihood/partialSums.ts";
import { thinned } from "../likelihood/thinned.ts";
import { withSample } from "../wasm/placement.ts";
import type { Sample } from "../wasm/sample.ts";
import type { Beginning } from "./beginning.ts";
import { isMissing, movedBack, type Problem, tailsOf } from "./problem.ts";

/** Fewer exactly known rows are added up one by one: their own model may have no maximum without the others. */
const FEW = 200;

/** Runs `work` with the family's own model of the rows known exactly, where it has one that is smooth, and their passes so far. */
export async function withExact<T>(
  { family, parts, constants, priors, sample: placed }: Problem,
  fixed: Fixed,
  work: (exact: Model | undefined, passes: () => number) => Promise<T>,
  // With priors its derivatives are wanted, whether or not it has a maximum.
  few = priors ? 1 : FEW,
): Promise<T> {
  const { exact } = parts;
  if (exact.at.length < few) return work(undefined, () => 1);
  const on = async (sample: Sample) => {
    const found = family.model(sample, [...fixed, ...constants]);
    const smooth = family.parameters.every(({ rough }, i) => rough === undefined || fixed[i] !== undefined);
    return work(isVerdict(found) || (found.closed && !smooth) ? undefined : found, () => sample.passes);
  };
  return placed ? on(placed) : withExactSample(exact, on);
}

/** Runs `work` with the rows known exactly placed once, so that several climbs share them. */
export async function withPlaced<T>(problem: Problem, work: (problem: Problem) => Promise<T>): Promise<T> {
  const { exact } = problem.parts;
  if (exact.at.length === 0) return work(problem);
  return withExactSample(exact, (sample) => work({ ...problem, sample }));
}

function withExactSample<T>({ at, weight }: Parts["exact"], work: (sample: Sample) => Promise<T>): Promise<T> {
  return withSample(observations(at, weight.some((own) => own !== 1) ? weight : undefined), work);
}

/** How rows are counted. */
export interface Counting {
  /** Of the panels whose nodes stand for many rows; 0: every row for itself. */
  readonly fineness: number;
  /** Whether the start is far enough from the maximum for some of the rows to lead there first. */
  readonly far: boolean;
}

/** The log-likelihood of all rows, and the priors, as a model. */
export function likelihood(
  problem: Problem,
  fixed: Fixed,
  { theta, frame }: Beginning,
  exact: Model | undefined,
  { fineness, far }: Counting,
): { readonly model: Model; readonly value: PartsValue } {
  const { family, parts, constants, priors } = problem;
  const positive = family.support.lower === 0;
  const value = new PartsValue(parts, positive, fineness, exact === undefined);
  const restOf = (of: PartsValue) => (theta: readonly number[]) =>
    of.at(tailsOf(family, [...theta, ...constants]), family.parameters.length);
  const rest = value.empty ? undefined : restOf(value);
  const some = exact === undefined && far ? thinned(parts) : undefined;
  const thin = some && { rest: restOf(new PartsValue(some, positive, 0, true)), weight: some.weight };
  const missing = isMissing(family, [...theta, ...constants]);
  const prior = priors && {
    also: (theta: readonly number[]) => priors.evaluate(movedBack(problem, theta)),
    others: [mediansOf(problem, fixed, theta)],
  };
  const { origin, unit } = frame;
  const domains = family.parameters.map(({ domain }) => domain);
  const model = partialModel({ exact, origin, unit, start: theta, ...prior, fixed, domains, weight: parts.weight, rest, thin, missing });
  return { model, value };
}

/** The priors' medians, where they are; a posterior may have a peak there and another where the likelihood has one. */
function mediansOf({ family, priors, shift }: Problem, fixed: Fixed, theta: readonly number[]): number[] {
  return family.parameters.map(({ shifts }, i) => {
    const median = priors!.medians[i];
    return fixed[i] ?? (median === undefined ? theta[i]! : shifts ? median - shift : median);
  });
}
