import { describe, numbers } from "../data/observations.ts";
import type { OptionNames } from "../estimators/optionNames.ts";
import { columnsOf } from "../formula/dense.ts";
import type { Design } from "../formula/design.ts";
import { exp } from "../math/elementary.ts";
import { type NewData, newRows } from "../regression/newRows.ts";
import { CumulativeHazard } from "./coxBaseline.ts";
import type { CoxModel } from "./coxData.ts";
import type { Moments } from "./partialLikelihood.ts";
import { withoutIntercept } from "./stratifiedData.ts";

/** What linear predictors are measured from. */
export type CoxReference = "strata" | "sample" | "zero";

export interface CoxPredictOptions {
  /** `"lp"`, the default: the linear predictor; `"risk"`: e to it; `"survival"`: the probability of no event up to `times`. */
  readonly type?: "lp" | "risk" | "survival";
  /**
   * Of lp and risk, as R's: `"strata"`, the default, measures from the means of the row's own stratum; `"sample"` from those of all rows,
   * where columns of nothing but -1, 0 and 1 count from 0; `"zero"` from 0. Without strata the first is the second.
   */
  readonly reference?: CoxReference;
  /** Of survival: one time, or one for each row. */
  readonly times?: number | ArrayLike<number>;
  /** One number per row of the new data, where the fit has an offset. */
  readonly offset?: ArrayLike<number>;
  /** One label per row of the new data, where the fit's strata are not the formula's. */
  readonly strata?: ArrayLike<string | number | boolean>;
}

/** Their names. */
export const COX_PREDICT_OPTIONS = {
  type: true,
  reference: true,
  times: true,
  offset: true,
  strata: true,
} as const satisfies OptionNames<CoxPredictOptions>;

/** Rows' predictors, measured from the means of their strata. */
export interface Predictors {
  readonly eta: Float64Array;
  readonly stratum: Int32Array | undefined;
}

/** Of the rows that count, at coefficients of the columns as they were scaled. */
export function ownRows({ design, strata, offset, z }: CoxModel, beta: Float64Array): Predictors {
  const p = beta.length;
  const eta = Float64Array.from({ length: design.rows }, (_, i) => {
    let sum = offset ? offset[i]! : 0;
    for (let j = 0; j < p; j++) sum += z[i * p + j]! * beta[j]!;
    return sum;
  });
  return { eta, stratum: strata?.codes };
}

/** Of new rows; `placed` puts answers at the places of the rows given. */
export function newPredictors(model: CoxModel, beta: Float64Array, newData: NewData, { offset, strata }: CoxPredictOptions) {
  const { design, given, means, scales } = model;
  const reader = { names: [design.names], recipe: given.recipe, hasOffset: model.offset !== undefined };
  const rows = newRows(newData, reader, offset);
  const read = given.recipe ? withoutIntercept(rows.designs[0]!) : rows.designs[0]!;
  const stratum = strataIn(model, read, strata);
  const eta = rows.offsets[0] ? rows.offsets[0].slice() : new Float64Array(read.rows);
  columnsOf(read).forEach((column, j) => {
    if (beta[j] === 0) return;
    for (let i = 0; i < eta.length; i++) {
      const mean = means[(stratum ? stratum[i]! : 0) * scales.length + j]!;
      eta[i]! += (column[i]! - mean) * scales[j]! * beta[j]!;
    }
  });
  return { eta, stratum, placed: (answers: Float64Array) => rows.placed(answers) };
}

/** New rows' strata by their labels. */
function strataIn({ strata }: CoxModel, design: Design, labels: CoxPredictOptions["strata"]): Int32Array | undefined {
  if (!strata) return undefined;
  const places = new Map(strata.levels.map((level, s) => [level, s]));
  const own = design.strata;
  if (!own && !labels) throw new RangeError("The fit has strata; newData needs them too, as options.strata.");
  return Int32Array.from({ length: design.rows }, (_, i) => {
    const label = own ? own.levels[own.codes[i]!]! : String(labels![i]);
    const place = places.get(label);
    if (place !== undefined) return place;
    throw new RangeError(`strata[${i}] is ${describe(label)}, which is none of the fit's.`);
  });
}

/** @throws RangeError for a type or a reference that is none. */
export function predictionOf(
  model: CoxModel,
  moments: Moments,
  beta: Float64Array,
  { eta, stratum }: Predictors,
  { type = "lp", reference = "strata", times }: CoxPredictOptions,
): Float64Array {
  if (type !== "lp" && type !== "risk" && type !== "survival") {
    throw new RangeError(`type is ${describe(type)}; "lp", "risk" or "survival" is needed.`);
  }
  if (reference !== "strata" && reference !== "sample" && reference !== "zero") {
    throw new RangeError(`reference is ${describe(reference)}; "strata", "sample" or "zero" is needed.`);
  }
  const of = (i: number) => (stratum ? stratum[i]! : 0);
  if (type === "survival") {
    const at = timesOf(times, eta.length);
    const hazard = new CumulativeHazard(model, moments);
    return eta.map((value, i) => exp(-hazard.at(at(i), of(i), value)));
  }
  const measured = reference === "strata" && !model.strata ? "sample" : reference;
  const shifts = measured === "strata" ? undefined : shiftsOf(model, beta, measured);
  const lp = shifts ? eta.map((value, i) => value + shifts[of(i)]!) : eta;
  return type === "risk" ? lp.map(exp) : lp;
}

function timesOf(times: CoxPredictOptions["times"], rows: number): (row: number) => number {
  if (times === undefined) throw new TypeError(`times is ${describe(times)}; one time, or one for each row, is needed.`);
  if (typeof times === "number") return () => times;
  const given = numbers(times, "times");
  if (given.length === rows) return (row) => given[row]!;
  throw new RangeError(`times has ${given.length} entries and there are ${rows} rows; one per row is needed.`);
}

/** By how much each stratum's mean predictor lies above that of the reference. */
export function shiftsOf(model: CoxModel, beta: Float64Array, reference: "sample" | "zero"): Float64Array {
  const { means, scales, observed } = model;
  const p = scales.length;
  const from = reference === "zero" ? new Float64Array(p) : sampleMeans(model);
  return Float64Array.from({ length: observed.strata }, (_, s) => {
    let sum = 0;
    for (let j = 0; j < p; j++) if (beta[j] !== 0) sum += (means[s * p + j]! - from[j]!) * scales[j]! * beta[j]!;
    return sum;
  });
}

/** R's `means`: weighted, and 0 for columns of nothing but -1, 0 and 1. */
function sampleMeans({ design, weights }: CoxModel): Float64Array {
  const total = weights ? weights.reduce((sum, w) => sum + w, 0) : design.rows;
  return Float64Array.from(columnsOf(design), (column) => {
    if (column.every((x) => x === 0 || x === 1 || x === -1)) return 0;
    const [first] = column as unknown as [number];
    return column.reduce((sum, x, i) => sum + (x - first) * (weights ? weights[i]! : 1), 0) / total + first;
  });
}
