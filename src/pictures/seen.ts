import { intervals } from "../data/censoring.ts";
import { type Empirical, empirical } from "../empirical/empirical.ts";
import { weightBelow } from "../empirical/order.ts";
import type { Window } from "../empirical/window.ts";
import { type Law, lawOf, questionOf } from "../estimators/law.ts";
import type { Fit } from "../estimators/result.ts";

/** Data as a picture sees them, with the laws fitted to them. */
export interface Seen {
  readonly data: Empirical;
  readonly laws: readonly Law[];
  /** Least value that all of the laws can have. */
  readonly lower: number;
  readonly discrete: boolean;
}

/** @throws RangeError where the fits are of different data. */
export function seenBy(fits: readonly Fit[], kind: string): Seen {
  const questions = fits.map((fit) => questionOf(fit, kind));
  const { x, options } = questions[0]!;
  for (const [i, other] of questions.entries()) {
    const same =
      other.x === x && (["censored", "bins", "weights", "truncated"] as const).every((name) => other.options[name] === options[name]);
    if (!same)
      throw new RangeError(`${fits[i]!.distribution} is fitted to other data than ${fits[0]!.distribution}; one picture shows one sample.`);
  }
  const data = empirical(intervals(x, options), options.weightType === "importance");
  const laws = fits.map((fit, i) => lawOf(fit, questions[i]!));
  return { data, laws, lower: Math.min(...laws.map((law) => law.lower)), discrete: fits[0]!.discrete };
}

/** What of the data lies outside of a window, in words. */
export function unseen(data: Empirical, { from, to }: Pick<Window, "from" | "to">): string[] {
  const notes: string[] = [];
  const [left, right] = [weightBelow(data, from), data.total - weightBelow(data, to, true)];
  const say = (weight: number, words: string) => {
    if (weight > 1e-9 * data.total) notes.push(`${amount(weight)} of ${amount(data.total)} ${words}`);
  };
  const known = data.kind !== "intervals";
  say(left, `below ${readable(from)} not shown${known ? `, the smallest ${readable(data.from[0]!)}` : ""}`);
  if (data.kind === "right-censored") {
    const reached = data.cumulative.at(-1) ?? 0;
    say(reached - weightBelow(data, to, true), `above ${readable(to)} not shown, the largest known ${readable(data.to.at(-1)!)}`);
    say(data.total - reached, `estimated beyond the largest known value, ${readable(data.to.at(-1) ?? Number.NaN)}`);
  } else say(right, `above ${readable(to)} not shown${known ? `, the largest ${readable(data.to.at(-1)!)}` : ""}`);
  return notes;
}

function amount(weight: number): string {
  const rounded = Math.abs(weight - Math.round(weight)) < 1e-6 ? Math.round(weight) : Number(weight.toPrecision(3));
  return rounded.toLocaleString("en-US");
}

/** A number as a note shows it. */
export function readable(value: number): string {
  const short = Number(value.toPrecision(4));
  return Math.abs(short) < 1e-4 || Math.abs(short) >= 1e9 ? String(short) : short.toLocaleString("en-US", { maximumFractionDigits: 12 });
}
