import type { Intervals } from "../data/censoring.ts";
import { kept, picked } from "../data/observations.ts";
import { merged, runningSum, tied } from "./order.ts";
import { productLimit } from "./productLimit.ts";
import { turnbullMasses } from "./turnbull.ts";

/**
 * What the data say of their distribution without a family: weight on ascending places, points or intervals. The empirical distribution
 * function where all values are known, Kaplan and Meier's estimate where some are only known to be larger, Turnbull's otherwise.
 */
export interface Empirical {
  readonly kind: "known" | "right-censored" | "intervals";
  /** Place i is the interval (from[i], to[i]]; a point where the two are equal. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** Weight at or below to[i]; the last may be less than `total` where the largest rows are right-censored. */
  readonly cumulative: Float64Array;
  /** Sum of the weights. */
  readonly total: number;
  /** Number of equally weighted rows that would say as much: Kish (1965), (sum of w)² / sum of w²; `total` for frequencies. */
  readonly size: number;
  /** Greenwood's sum of d / (r (r - d)) up to each place, where rows are right-censored. */
  readonly greenwood?: Float64Array;
}

/** @throws RangeError for what no estimate here covers: rows truncated each at its own upper bound, or intervals with entries of their own. */
export function empirical(rows: Intervals, importance: boolean): Empirical {
  if (typeof rows.until !== "number") {
    throw new RangeError("truncated.upper differs from row to row; pictures need one upper bound for all rows.");
  }
  const form = formOf(rows);
  const entries = typeof rows.after !== "number";
  if (form === "intervals" && entries) {
    throw new RangeError(
      "truncated.lower differs from row to row and rows are known by intervals; pictures need one lower bound for all rows.",
    );
  }
  const found = form === "intervals" ? turnbull(rows) : form === "right-censored" || entries ? kaplanMeier(rows) : known(rows);
  return { ...found, size: importance ? kish(rows) : found.total };
}

function turnbull({ lower, upper, weights }: Intervals): Omit<Empirical, "size"> {
  const keep = weights && kept(weights);
  const own = weights && picked(weights, keep);
  const { lower: from, upper: to, mass } = turnbullMasses({ lower: picked(lower, keep), upper: picked(upper, keep), weights: own });
  const total = own ? own.reduce((sum, weight) => sum + weight, 0) : lower.length;
  return { kind: "intervals", from, to, cumulative: runningSum(mass.map((share) => share * total)), total };
}

function formOf({ rows, lower, upper, weights }: Intervals): Empirical["kind"] {
  let form: Empirical["kind"] = "known";
  if (lower === upper) return form;
  for (let row = 0; row < rows; row++) {
    if (lower[row] === upper[row] || weights?.[row] === 0) continue;
    if (upper[row] !== Number.POSITIVE_INFINITY) return "intervals";
    form = "right-censored";
  }
  return form;
}

/** Sorting a million doubles takes 80 ms, less than a pass of selection for each of the quantiles that a picture shows. */
function known({ rows, lower, weights }: Intervals): Omit<Empirical, "size"> {
  const { at, weight } = weights ? merged(lower, weights) : tied(lower.slice().sort());
  const cumulative = runningSum(weight);
  return { kind: "known", from: at, to: at, cumulative, total: weights ? cumulative.at(-1)! : rows };
}

/** Weight at the times of events alone: others change nothing. */
function kaplanMeier({ rows, lower, upper, weights, after }: Intervals): Omit<Empirical, "size"> {
  const keep = weights && kept(weights);
  const [time, ends] = [picked(lower, keep), picked(upper, keep)];
  const { survival, events, censored, logVariance, ...found } = productLimit({
    time,
    event: Uint8Array.from(time, (at, i) => Number(at === ends[i])),
    entry: typeof after === "number" ? undefined : picked(after, keep),
    weights: weights && picked(weights, keep),
  });
  const total = weights ? events.reduce((sum, own, i) => sum + own + censored[i]!, 0) : rows;
  const dying = (_: number, i: number) => events[i]! > 0;
  const at = found.time.filter(dying);
  return {
    kind: "right-censored",
    from: at,
    to: at,
    cumulative: survival.filter(dying).map((s) => total * (1 - s)),
    total,
    greenwood: logVariance.filter(dying),
  };
}

function kish({ rows, weights }: Intervals): number {
  if (!weights) return rows;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < rows; i++) {
    sum += weights[i]!;
    squares += weights[i]! * weights[i]!;
  }
  return (sum * sum) / squares;
}
