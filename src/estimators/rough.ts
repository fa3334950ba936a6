import type { Verdict } from "../likelihood/model.ts";
import { converged } from "../optimize/objective.ts";
import type { Beginning } from "./beginning.ts";
import { climb } from "./fitPartial.ts";
import type { Problem } from "./problem.ts";

// Parameters in which the likelihood is not smooth: an end of the support, at which it jumps, or one with a kink at every observation. The
// others are fitted at each value that is tried: a profile of one dimension.

/** Distances from the outermost value an end may take, in spreads of the data: 2^-20 to 2^8. */
const SCAN = Array.from({ length: 57 }, (_, i) => 2 ** (i / 2 - 20));

const GOLDEN = (Math.sqrt(5) - 1) / 2;

interface Tried {
  readonly theta: readonly number[];
  readonly logLik: number;
}

/** The maximum, if a parameter that is not fixed makes the likelihood rough; undefined if none does. */
export async function fitRough(problem: Problem, fixed: readonly (number | undefined)[], first: Beginning): Promise<Verdict | undefined> {
  const { parameters } = problem.family;
  const rough = parameters.findIndex((parameter, i) => parameter.rough !== undefined && fixed[i] === undefined);
  if (rough < 0) return undefined;
  const best = await highest(problem, fixed, first, rough);
  const { name, rough: kind } = parameters[rough]!;
  const where = kind === "kinks" ? "where the likelihood has a kink" : `the ${kind} end of the support`;
  if (!best) return { status: "nonexistent", reason: `No value of ${name}, ${where}, has a maximum in the other parameters.` };
  return {
    status: "boundary",
    reason: `The likelihood is not smooth in ${name}, ${where}: standard errors from curvature do not exist.`,
    estimates: best.theta,
    logLik: best.logLik,
  };
}

async function highest(
  problem: Problem,
  fixed: readonly (number | undefined)[],
  first: Beginning,
  index: number,
): Promise<Tried | undefined> {
  const { whole } = problem.parts;
  const tried = new Map<number, Tried>();
  const none = { theta: [], logLik: Number.NEGATIVE_INFINITY };
  const at = async (value: number): Promise<Tried> => {
    const before = tried.get(value);
    if (before) return before;
    const found = (await profile(problem, fixed.with(index, value), first)) ?? none;
    tried.set(value, found);
    return found;
  };
  // A prior may draw it to where no row is.
  const candidates = [...candidatesOf(problem, index), ...(priorMedian(problem, index) ?? [])];
  for (const value of candidates) await at(value);
  const ordered = [...tried.entries()].sort(([a], [b]) => a - b);
  const top = ordered.reduce((best, [, { logLik }], i) => (logLik > ordered[best]![1].logLik ? i : best), 0);
  if (!whole) await golden(at, ordered[Math.max(0, top - 1)]![0], ordered[Math.min(ordered.length - 1, top + 1)]![0]);
  const best = [...tried.values()].reduce((a, b) => (b.logLik > a.logLik ? b : a));
  return best.logLik > Number.NEGATIVE_INFINITY ? best : undefined;
}

function priorMedian({ priors, family, shift }: Problem, index: number): number[] | undefined {
  const median = priors?.medians[index];
  return median === undefined ? undefined : [family.parameters[index]!.shifts ? median - shift : median];
}

/** Values worth trying, dense where the likelihood may jump. */
function candidatesOf({ parts, family }: Problem, index: number): number[] {
  const { exact, above, below, between, whole } = parts;
  const kind = family.parameters[index]!.rough!;
  const own = [...new Set(exact.at)].sort((a, b) => a - b);
  const ends = [...exact.at, ...between.at, ...between.to, ...above.at, ...below.at].filter(Number.isFinite).sort((a, b) => a - b);
  const spread = ends.at(-1)! - ends[0]! || Math.abs(ends[0]!) || 1;
  if (kind === "kinks") {
    const count = Math.min(64, ends.length);
    return Array.from(
      { length: count },
      (_, i) => (own.length > 0 ? own : ends).at(Math.floor(((i + 0.5) * (own.length || ends.length)) / count))!,
    );
  }
  // The end of the support lies beyond every value, and within every interval that counts.
  const way = kind === "lower" ? -1 : 1;
  const last = kind === "lower" ? own[0] : own.at(-1);
  const inner = (kind === "lower" ? [...below.at, ...between.to] : [...above.at, ...between.at]).filter(Number.isFinite);
  const limit = [...inner, ...(last === undefined ? [] : [last])].reduce((a, b) => (way * (b - a) < 0 ? b : a));
  const steps = whole ? Array.from({ length: 64 }, (_, i) => i) : SCAN.map((distance) => distance * spread);
  const found = steps.map((step) => limit + way * step);
  const edges = ends.filter((end) => way * (end - limit) >= 0).slice(0, 64);
  return [...new Set([...(last === limit ? [limit] : []), ...found, ...edges])].filter((value) => !whole || Number.isInteger(value));
}

async function profile(problem: Problem, fixed: readonly (number | undefined)[], first: Beginning): Promise<Tried | undefined> {
  const inner = await fitRough(problem, fixed, first);
  if (inner) return inner.status === "boundary" ? { theta: inner.estimates!, logLik: inner.logLik! } : undefined;
  const { optimum, at, verdict } = await climb(problem, fixed, { ...first, theta: first.theta.map((value, i) => fixed[i] ?? value) });
  if (verdict || !converged(optimum)) return undefined;
  return { theta: at.natural(optimum.point), logLik: optimum.evaluated.value };
}

/** Narrows a bracket around a maximum by the golden section, to the rounding of its ends. */
async function golden(at: (value: number) => Promise<Tried>, from: number, to: number): Promise<void> {
  let [low, high] = [from, to];
  for (let i = 0; i < 80 && high - low > 1e-10 * Math.max(Math.abs(low), Math.abs(high)); i++) {
    const [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    if ((await at(a)).logLik >= (await at(b)).logLik) high = b;
    else low = a;
  }
}
