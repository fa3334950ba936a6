import { distribution } from "loglik";
import { exponential, gamma, lognormal, logTotal, normal, type PlainFitter, total } from "./closedForms.ts";
import { iteration } from "./iterations.ts";

/** Least ratios at a million rows, by what is divided: time of a plain contender over the engine's on data it already holds. */
export interface Goals {
  readonly reduce?: number;
  readonly loop: number;
  /** Against the loop that starts its iteration without a subsample. */
  readonly cold?: number;
  /** The loop over the engine's time with the copy into its memory. */
  readonly copied: number;
}

/** One row of the benchmark. */
export interface Case {
  readonly name: string;
  /** The family that the data come from. */
  readonly family: string;
  readonly truth: Readonly<Record<string, number>>;
  /** "fit", or the name of a total of the column. */
  readonly work: "fit" | "sum" | "sumLog";
  /** The same algorithm with the same passes, in plain JavaScript. */
  readonly plain: PlainFitter;
  /** The same iteration without a start from a subsample. */
  readonly cold?: PlainFitter;
  readonly goals?: Goals;
}

/** Cases that are timed up to 10^8 rows too. */
const LONG_CASES: readonly string[] = ["normal", "gamma", "weibull", "studentT"];

/** Rows of a case's samples. */
export function sizesOf({ name }: Case, quick: boolean): readonly number[] {
  if (quick) return [1e4, 1e6];
  return [1e3, 1e4, 1e5, 1e6, 1e7, ...(LONG_CASES.includes(name) ? [1e8] : [])];
}

function closed(family: string, truth: Case["truth"], plain: PlainFitter, loop: number): Case {
  return { name: family, family, truth, work: "fit", plain, goals: { loop, copied: 1 } };
}

function iterated(family: Parameters<typeof iteration>[0], truth: Case["truth"], goals: Omit<Goals, "copied">): Case {
  const name = family;
  return { name, family, truth, work: "fit", plain: iteration(name, true), cold: iteration(name, false), goals: { ...goals, copied: 3 } };
}

const POSITIVE = { family: "gamma", truth: { shape: 2.5, rate: 0.8 } };

export const cases: readonly Case[] = [
  { name: "Σ x", ...POSITIVE, work: "sum", plain: total },
  { name: "Σ log x", ...POSITIVE, work: "sumLog", plain: logTotal, goals: { loop: 20, reduce: 50, copied: 1 } },
  closed("exponential", { rate: 0.5 }, exponential, 6),
  closed("normal", { mean: 3, sd: 2 }, normal, 6),
  closed("lognormal", { meanlog: 1, sdlog: 0.5 }, lognormal, 2.5),
  closed("gamma", { shape: 2.5, rate: 0.8 }, gamma, 10),
  iterated("weibull", { shape: 1.7, scale: 3 }, { loop: 3, cold: 6 }),
  iterated("gumbel", { location: 4, scale: 2 }, { loop: 3, cold: 6 }),
  iterated("logistic", { location: 5, scale: 1.5 }, { loop: 3, cold: 6 }),
  iterated("studentT", { location: 2, scale: 1.5, df: 5 }, { loop: 8 }),
  iterated("cauchy", { location: 1, scale: 2 }, { loop: 8 }),
];

/** The longest sample of a case by name, the last one kept: the same numbers in every isolate. */
export function samples(quick: boolean): (name: string) => { readonly case: Case; readonly x: Float64Array } {
  let last: { readonly case: Case; readonly x: Float64Array } | undefined;
  return (name) => {
    if (last?.case.name === name) return last;
    const found = cases.find((each) => each.name === name);
    if (!found) throw new RangeError(`No case is named ${name}.`);
    last = undefined;
    last = { case: found, x: distribution(found.family, found.truth).random(Math.max(...sizesOf(found, quick)), { seed: 20 }) };
    return last;
  };
}
