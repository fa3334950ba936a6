import { describe, numbers } from "../data/observations.ts";
import { givenOptions } from "../estimators/optionNames.ts";
import { pick } from "../regression/regressionData.ts";
import { centredRows, rowsInOrder } from "./centredRows.ts";
import { type EventTimes, eventTimesOf, type Observed } from "./eventTimes.ts";
import { PartialLikelihood, type Ties } from "./partialLikelihood.ts";
import { STRATIFIED_OPTIONS, type StratifiedData, type StratifiedOptions, stratifiedData } from "./stratifiedData.ts";

/** What Cox's model takes: a formula over data whose response is Surv(…), or a design, `time` and `status`. */
export interface CoxOptions extends StratifiedOptions {
  /** When each row's event was, or when it was last seen. */
  readonly time?: ArrayLike<number> | undefined;
  /** 1 for an event and 0 for a censored row; or 2 and 1, as in R; or true and false. */
  readonly status?: ArrayLike<number | boolean> | undefined;
  /** Where rows are under observation only from a time on. */
  readonly start?: ArrayLike<number> | undefined;
  /** How events at one time are treated: `"efron"` by default, as in R. */
  readonly ties?: Ties | undefined;
}

const OPTIONS = { ...STRATIFIED_OPTIONS, time: true, status: true, start: true, ties: true } as const;

/** Cox's model of some rows. */
export interface CoxModel extends StratifiedData {
  readonly ties: Ties;
  readonly observed: Observed;
  readonly at: EventTimes;
  readonly likelihood: PartialLikelihood;
  /** All rows that count without their strata's means, and how columns were scaled. */
  readonly z: Float64Array;
  readonly scales: Float64Array;
  readonly means: Float64Array;
}

/** @throws TypeError or RangeError for what cannot be used, naming place, value and need. */
export function coxModel(asked: CoxOptions): CoxModel {
  const options = givenOptions(asked, OPTIONS);
  const { ties = "efron" } = options;
  if (ties !== "efron" && ties !== "breslow") throw new RangeError(`ties is ${describe(ties)}; "efron" or "breslow" is needed.`);
  const data = stratifiedData(options, options.formula === undefined ? given(options) : {});
  const { design, strata, weights, offset } = data;
  const observed = { ...seenIn(data, options.formula), stratum: strata?.codes, strata: strata?.levels.length ?? 1 };
  const at = eventTimesOf(observed);
  const { z, scales, means } = centredRows(design, strata?.codes, observed.strata, weights);
  const columns = design.names.length;
  const rows = {
    columns,
    z: rowsInOrder(z, columns, at.rows),
    weights: weights && pick(weights, at.rows),
    offset: offset && pick(offset, at.rows),
  };
  return { ...data, ties, observed, at, likelihood: new PartialLikelihood(at, rows, ties), z, scales, means };
}

/** Times and statuses as numbers. */
function given({ time, status, start }: CoxOptions): Record<string, ArrayLike<number>> {
  if (time === undefined) throw new TypeError(`time is ${describe(time)}; one number per row is needed.`);
  if (status === undefined) throw new TypeError(`status is ${describe(status)}; 0 or 1 for each row is needed.`);
  const known = Array.isArray(status) && typeof status[0] === "boolean" ? status.map(Number) : numbers(status, "status");
  return { time, status: known, ...(start && { start }) };
}

type Seen = Pick<Observed, "time" | "status" | "start">;

function seenIn({ response, columns }: StratifiedData, formula: string | undefined): Seen {
  if (formula === undefined) return checked(columns.time!, eventsOf(columns.status!), columns.start);
  if (response?.kind !== "survival") {
    throw new RangeError(`formula: ${JSON.stringify(formula)} has no times as its response; "Surv(time, status) ~ x" has.`);
  }
  const { lower, upper, start } = response;
  const bad = lower.findIndex((value, i) => !(value === upper[i] || upper[i] === Number.POSITIVE_INFINITY) || value === -Infinity);
  if (bad >= 0) {
    const interval = `from ${lower[bad]} to ${upper[bad]}`;
    throw new RangeError(`formula: ${JSON.stringify(formula)} has a time ${interval}; exact or right-censored ones are needed.`);
  }
  const status = Uint8Array.from(lower, (value, i) => (value === upper[i] ? 1 : 0));
  return checked(lower, status, start);
}

/** As of R's Surv: where the largest is 2, 2 is the event and 1 is not. */
function eventsOf(status: Float64Array): Uint8Array {
  const shift = status.includes(2) ? 1 : 0;
  return Uint8Array.from(status, (value, row) => {
    const known = value - shift;
    if (known === 0 || known === 1) return known;
    throw new RangeError(`status[${row}] is ${value}; 0 and 1, 1 and 2, or false and true are needed.`);
  });
}

function checked(time: Float64Array, status: Uint8Array, start: Float64Array | undefined): Seen {
  for (let i = 0; i < time.length; i++) {
    if (!Number.isFinite(time[i])) throw new RangeError(`time[${i}] is ${time[i]}; finite values are needed.`);
    if (start && !(start[i]! < time[i]!)) {
      throw new RangeError(`start[${i}] is ${start[i]} and time[${i}] is ${time[i]}; a start before the time is needed.`);
    }
  }
  return { time, status, start };
}
