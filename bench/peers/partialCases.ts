import { distribution, type FitOptions } from "loglik";

/** Rows of which only bounds are known, or which lie within some; both sides know a case by its name (partial.R). */
export interface PartialCase {
  readonly name: string;
  readonly family: string;
  readonly truth: readonly number[];
  /** R's package and function that fits it. */
  readonly peer: "survival::survreg" | "fitdistrplus::fitdistcens" | "fitdistrplus::fitdist";
  /** What is written of each value: lower and upper bound, equal where the value is known. */
  rows(draw: Draw, n: number): Columns;
  /** The engine's data and options. */
  data(rows: Columns): [x: ArrayLike<number> | null, options: FitOptions];
}

export interface Columns {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** The case's sample, or one of another family. */
type Draw = (n: number, other?: { readonly family: string; readonly truth: readonly number[]; readonly seed: number }) => Float64Array;

type How = Pick<PartialCase, "rows" | "data">;

const censored = (rows: How["rows"]): How => ({ rows, data: ({ lower, upper }) => [null, { censored: { lower, upper } }] });

/** Random censoring: what happens after an exponential time is only known to be later. All times are distinct. */
function right(rate: number): How {
  return censored((draw, n) => {
    const x = draw(n);
    const end = draw(n, { family: "exponential", truth: [rate], seed: 26 });
    return { lower: x.map((value, i) => Math.min(value, end[i]!)), upper: x.map((value, i) => (value <= end[i]! ? value : Infinity)) };
  });
}

/** Below a detection limit only that is known. */
function left(limit: number): How {
  return censored((draw, n) => {
    const x = draw(n);
    return { lower: x.map((value) => (value < limit ? -Infinity : value)), upper: x.map((value) => Math.max(value, limit)) };
  });
}

/** Seen at the next of the inspections only. */
function inspected(step: number): How {
  return censored((draw, n) => {
    const count = draw(n).map((value) => Math.ceil(value / step));
    return { lower: count.map((k) => (k - 1) * step), upper: count.map((k) => k * step) };
  });
}

/** Each row has inspections of its own: all ends are distinct. */
function inspectedAlone(longest: number): How {
  return censored((draw, n) => {
    const x = draw(n);
    const uniform = (seed: number) => draw(n, { family: "uniform", truth: [0, 1], seed });
    const [place, part] = [uniform(27), uniform(28)];
    const width = part.map((value) => longest * (0.05 + 0.95 * value));
    return { lower: x.map((value, i) => value - place[i]! * width[i]!), upper: x.map((value, i) => value + (1 - place[i]!) * width[i]!) };
  });
}

/** The same of positive values, where the first inspection may come too late for a lower bound. */
function inspectedLate(longest: number): How {
  const { rows, data } = inspectedAlone(longest);
  return {
    rows(draw, n) {
      const { lower, upper } = rows(draw, n);
      return { lower: lower.map((value) => (value <= 0 ? -Infinity : value)), upper };
    },
    data,
  };
}

/** Rows outside of the bounds are never seen. */
function within(lower: number, upper: number): How {
  return {
    rows(draw, n) {
      const kept = draw(4 * n).filter((value) => value > lower && value <= upper);
      if (kept.length < n) throw new RangeError(`${kept.length} of ${4 * n} rows lie in (${lower}, ${upper}]; ${n} are needed.`);
      const x = kept.slice(0, n);
      return { lower: x, upper: x };
    },
    data: ({ lower: x }) => [x, { truncated: { lower, upper } }],
  };
}

export const partialCases: readonly PartialCase[] = [
  of("weibull, right-censored", "weibull", [1.7, 3], "survival::survreg", right(0.2)),
  of("lognormal, right-censored", "lognormal", [1, 0.5], "survival::survreg", right(0.2)),
  of("exponential, right-censored", "exponential", [0.4], "survival::survreg", right(0.2)),
  of("loglogistic, right-censored", "loglogistic", [2.5, 3], "survival::survreg", right(0.2)),
  of("normal, left-censored", "normal", [3, 2], "survival::survreg", left(2)),
  of("weibull, interval-censored", "weibull", [1.7, 3], "survival::survreg", inspected(0.012)),
  of("weibull, intervals, all different", "weibull", [1.7, 3], "survival::survreg", inspectedLate(2)),
  of("lognormal, intervals, all different", "lognormal", [1, 0.5], "survival::survreg", inspectedLate(2)),
  of("normal, intervals, all different", "normal", [3, 2], "survival::survreg", inspectedAlone(2)),
  of("gamma, right-censored", "gamma", [2.5, 0.8], "fitdistrplus::fitdistcens", right(0.2)),
  of("normal, truncated", "normal", [1, 1.5], "fitdistrplus::fitdist", within(0, 3)),
  of("weibull, left-truncated", "weibull", [1.7, 3], "fitdistrplus::fitdist", within(1, Infinity)),
  of("gamma, truncated", "gamma", [2.5, 0.8], "fitdistrplus::fitdist", within(1, 6)),
];

function of(name: string, family: string, truth: readonly number[], peer: PartialCase["peer"], how: How): PartialCase {
  return { name, family, truth, peer, ...how };
}

/** The rows of a case, seeded. */
export function partialRows({ family, truth, rows }: PartialCase, n: number): Columns {
  const draw: Draw = (count, other = { family, truth, seed: 20 }) => {
    const names = distribution(other.family).parameters;
    const values = Object.fromEntries(names.map((name, i) => [name, other.truth[i]!]));
    return distribution(other.family, values).random(count, { seed: other.seed });
  };
  return rows(draw, n);
}
