import { countLabels, type Labels } from "../data/labels.ts";
import { describe } from "../data/observations.ts";
import { type ColumnsOption, firstRow, place, type Rows, type Table, table, valueAt } from "../data/rows.ts";
import type { LevelFamily, RowFamily, VectorFamily } from "../distributions/rowFamily.ts";
import { isVerdict } from "../likelihood/model.ts";
import type { Ascent, Newton, Peak } from "../likelihood/rowModel.ts";
import { powerOfTwo } from "../likelihood/statistics.ts";
import { charts } from "../math/charts.ts";
import { newton } from "../optimize/newton.ts";
import { converged, type Evaluated, EXACT } from "../optimize/objective.ts";
import type { Matrix } from "../wasm/matrix.ts";
import { checkWeights } from "../wasm/placement.ts";
import { withMatrix } from "../wasm/rowPlacement.ts";
import { concludedRows, type RowFit, ruledRows } from "./rowResult.ts";
import { checkOptions, type FitOptions } from "./settings.ts";

/** Options of a fit of rows or of labels. */
export interface RowOptions extends Omit<FitOptions, "start" | "covariance" | "cluster" | "prior"> {
  /** Rows one after the other: how many columns, or their names. Columns: their names. */
  readonly columns?: ColumnsOption;
  /** Labels: the levels in order, those that do not occur included. */
  readonly levels?: readonly (string | number)[];
}

const COMMON = ["weights", "weightType", "signal", "onProgress"];

/** Rows above which the caller's event loop gets a turn between evaluations. */
const YIELD_ROWS = 1 << 18;

/** Fits a distribution of rows or labels; `fit` leads here. */
export async function fitRows(family: RowFamily, data: Rows | Labels, options: RowOptions = {}): Promise<RowFit> {
  if (family.variate === "level") return fitLevels(family, data as Labels, options);
  checkOptions(options, [...COMMON, "columns", "fixed"]);
  const fixed = fixedOf(family, options.fixed);
  const given = table(data, options.columns, options.weights);
  options.signal?.throwIfAborted();
  return withMatrix(given, async (matrix) => {
    checkRows(family, given);
    const found = await run(family.search(matrix, fixed, climbing(matrix)), family, matrix, options);
    const fitted = { family, names: matrix.names, fixed, passes: matrix.passes };
    const importance = options.weightType === "importance";
    const nobs = importance ? matrix.rows : matrix.weight;
    if (isVerdict(found)) return ruledRows({ ...fitted, nobs }, found);
    return concludedRows({ ...fitted, nobs }, found, importance ? robust(matrix, found) : found.covariance);
  });
}

function fitLevels(family: LevelFamily, data: Labels, options: RowOptions): RowFit {
  checkOptions(options, [...COMMON, "levels"]);
  if (options.weights) checkWeights(options.weights);
  const tally = countLabels(data, options.levels, options.weights);
  options.signal?.throwIfAborted();
  const importance = options.weightType === "importance";
  const peak = family.maximum(tally, importance);
  options.onProgress?.({ distribution: family.name, passes: 1, logLik: peak.logLik });
  const nobs = importance ? tally.rows : tally.weights.reduce((sum, weight) => sum + weight, 0);
  return concludedRows({ family, names: tally.levels, fixed: {}, nobs, passes: 1 }, peak, peak.covariance);
}

/** Runs a search to its end, with progress, turns for the event loop and the caller's signal. */
async function run<T>(search: Generator<number, T>, family: RowFamily, matrix: Matrix, { signal, onProgress }: RowOptions): Promise<T> {
  for (;;) {
    signal?.throwIfAborted();
    const { done, value } = search.next();
    if (done) return value;
    onProgress?.({ distribution: family.name, passes: matrix.passes, logLik: value });
    if (matrix.rows > YIELD_ROWS && (signal || onProgress)) await new Promise((resolve) => setTimeout(resolve));
  }
}

/** Newton's method on the log-likelihood of a matrix. */
function climbing({ rows, weight }: Matrix): Newton {
  // Weights that sum to 1, or to 1e-20, do not move the maximum: it is looked for as if they summed to the number of rows at least.
  const scale = Math.max(1, powerOfTwo(rows / weight));
  const times = (by: number, { value, score, information }: Evaluated): Evaluated => ({
    value: by * value,
    score: score.map((s) => by * s),
    information: information.map((row) => row.map((entry) => by * entry)),
  });
  return function* climb(evaluate, start, within): Generator<number, Ascent> {
    const objective = { dimension: start.length, evaluate: (point: readonly number[]) => times(scale, evaluate(point)) };
    const iteration = newton(objective, start, { ...EXACT, within });
    for (;;) {
      const { done, value } = iteration.next();
      if (done) return { ...value, evaluated: times(1 / scale, value.evaluated), reached: converged(value) };
      yield value.value / scale;
    }
  };
}

/** The sandwich: sum of the outer products of the rows' weighted shares in the error. */
function robust(matrix: Matrix, { influence, theta }: Peak): number[][] {
  const sum = theta.map(() => theta.map(() => 0));
  matrix.eachRow((row, weight) => {
    const share = influence!(row);
    for (let i = 0; i < share.length; i++) {
      const own = weight * weight * share[i]!;
      for (let j = 0; j <= i; j++) sum[i]![j]! += own * share[j]!;
    }
  });
  return sum.map((row, i) => row.map((_, j) => (j <= i ? sum[i]![j]! : sum[j]![i]!)));
}

/** @throws RangeError naming the first row outside the family's support, and how many there are. */
function checkRows(family: VectorFamily, given: Table): void {
  if (!family.refuse) return;
  const row = given.names.map(() => 0);
  const refused = (i: number) => {
    for (let j = 0; j < row.length; j++) row[j] = valueAt(given, i, j);
    return family.refuse!(row);
  };
  const first = firstRow(given, (i) => refused(i) !== undefined);
  if (first < 0) return;
  const { column, is, need } = refused(first)!;
  let count = 0;
  for (let i = 0; i < given.rows; i++) if (given.weights?.[i] !== 0 && refused(i)) count++;
  const what = column === undefined ? `row ${first} ${is}` : `${place(given, first, column)} is ${valueAt(given, first, column)}`;
  throw new RangeError(`${what}; ${need}${count > 1 ? ` (${count} rows are refused)` : ""}.`);
}

function fixedOf(family: VectorFamily, given: unknown): Readonly<Record<string, number>> {
  if (given === undefined) return {};
  if (typeof given !== "object" || given === null) throw new TypeError(`fixed is ${describe(given)}; an object is needed.`);
  for (const [name, value] of Object.entries(given)) {
    const parameter = family.parameters.find((own) => own.name === name);
    if (!parameter?.fixable) {
      const names = family.parameters.filter(({ fixable }) => fixable).map((own) => own.name);
      const can = names.length > 0 ? `only ${names.join(", ")} can be` : "none of its parameters can be";
      throw new RangeError(`fixed.${name}: ${family.name} cannot hold it; ${can}.`);
    }
    const { holds, text } = charts[parameter.domain];
    if (value !== undefined && (typeof value !== "number" || !holds(value))) {
      throw new RangeError(`fixed.${name} is ${describe(value)}; ${text} is needed.`);
    }
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
