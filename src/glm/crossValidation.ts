import { describe, numbers } from "../data/observations.ts";
import { givenOptions, type OptionNames } from "../estimators/optionNames.ts";
import { families } from "../laws/families.ts";
import { Random } from "../math/random.ts";
import { Accumulator } from "../math/sum.ts";
import { predictor } from "../regression/predictor.ts";
import { type RegressionData, rowsOf } from "../regression/regressionData.ts";
import { unitDeviance } from "./glmDeviance.ts";
import { type GlmModel, penalisedModel } from "./glmModel.ts";
import { type Followed, followPath } from "./penaltyPath.ts";

export interface CrossValidationOptions {
  /** How many folds, 10 by default, or the fold of each row, as whole numbers from 0. */
  readonly folds?: number | ArrayLike<number>;
  /** What the folds are drawn by: 1 by default. */
  readonly seed?: number;
}

const OPTIONS = { folds: true, seed: true } as const satisfies OptionNames<CrossValidationOptions>;

/** What cross-validation says of each lambda. */
export interface CrossValidation {
  readonly lambdas: Float64Array;
  /** Mean deviance of a row by fits without it; of negativeBinomial with theta estimated, -2 log-likelihood. */
  readonly mean: Float64Array;
  /** Its standard error, from the folds. */
  readonly se: Float64Array;
  /** Where the mean is least. */
  readonly lambdaMin: number;
  /** The largest lambda whose mean is within one standard error of the least (Breiman et al. 1984, section 3.4.3). */
  readonly lambda1se: number;
  /** Their places in `lambdas`. */
  readonly indexMin: number;
  readonly index1se: number;
  /** The fold of each row; -1 for rows of weight 0. */
  readonly folds: Int32Array;
}

/** Cross-validates a path: means and errors over folds as cv.glmnet has them with `grouped = TRUE`. */
export async function crossValidate(model: GlmModel, lambdas: Float64Array, options: CrossValidationOptions): Promise<CrossValidation> {
  const { folds: asked = 10, seed = 1 } = givenOptions(options, OPTIONS);
  const { data } = model;
  const rows = data.kept ?? Int32Array.from({ length: data.design.rows }, (_, i) => i);
  const folds = foldsOf(asked, rows, data.design.rows, seed);
  const count = rows.reduce((most, row) => Math.max(most, folds[row]!), 0) + 1;
  const weightOf = (part: Int32Array) => (data.weights ? part.reduce((sum, row) => sum + data.weights![row]!, 0) : part.length);
  const total = weightOf(rows);
  const losses: Float64Array[] = [];
  const weights: number[] = [];
  for (let fold = 0; fold < count; fold++) {
    const inside = rows.filter((row) => folds[row] !== fold);
    const outside = rows.filter((row) => folds[row] === fold);
    if (outside.length === 0) continue;
    const share = weightOf(inside) / total;
    const part = { ...model, data: rowsOf(data, inside) };
    const trained = penalisedModel(part, { penalty: model.penalty!.stated });
    const followed = await followPath(
      trained,
      trained.data,
      lambdas.map((lambda) => lambda * share),
    );
    losses.push(lossesOf(model, rowsOf(data, outside), followed, lambdas.length));
    weights.push(weightOf(outside));
  }
  const mean = lambdas.map((_, k) => losses.reduce((sum, loss, f) => sum + weights[f]! * loss[k]!, 0) / total);
  const se = lambdas.map((_, k) => {
    const squares = losses.reduce((sum, loss, f) => sum + weights[f]! * (loss[k]! - mean[k]!) ** 2, 0);
    return Math.sqrt(squares / total / (losses.length - 1));
  });
  const indexMin = mean.reduce((best, value, k) => (value < mean[best]! || Number.isNaN(mean[best]!) ? k : best), 0);
  const index1se = mean.findIndex((value) => value <= mean[indexMin]! + se[indexMin]!);
  const place = index1se < 0 ? indexMin : index1se;
  return { lambdas, mean, se, lambdaMin: lambdas[indexMin]!, lambda1se: lambdas[place]!, indexMin, index1se: place, folds };
}

/** A fold of each row: as given, or in equal shares at random. */
function foldsOf(asked: number | ArrayLike<number>, rows: Int32Array, length: number, seed: number): Int32Array {
  const folds = new Int32Array(length).fill(-1);
  if (typeof asked !== "number") {
    const given = numbers(asked, "folds");
    if (given.length !== length)
      throw new RangeError(`folds has ${given.length} entries and the data have ${length} rows; one per row is needed.`);
    for (const row of rows) {
      if (!(Number.isInteger(given[row]!) && given[row]! >= 0 && given[row]! < length))
        throw new RangeError(`folds[${row}] is ${given[row]}; a whole number from 0 to ${length - 1} is needed.`);
      folds[row] = given[row]!;
    }
    if (rows.every((row) => folds[row] === folds[rows[0]!])) throw new RangeError("folds has one fold; at least two are needed.");
    return folds;
  }
  if (!(Number.isInteger(asked) && asked >= 2 && asked <= rows.length)) {
    throw new RangeError(`folds is ${describe(asked)}; a whole number from 2 to ${rows.length}, the rows, is needed.`);
  }
  if (!Number.isFinite(seed)) throw new RangeError(`seed is ${describe(seed)}; a finite number is needed.`);
  const random = new Random(seed);
  const order = rows.slice();
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  order.forEach((row, i) => {
    folds[row] = i % asked;
  });
  return folds;
}

/** Mean deviance of rows by each fit of a path; NaN where it has none. */
function lossesOf(
  model: GlmModel,
  { design, y, weights, offset }: RegressionData,
  { fits, coordinates }: Followed,
  count: number,
): Float64Array {
  const { family, link } = model;
  const joint = family.joint && model.theta === undefined;
  const losses = new Float64Array(count).fill(Number.NaN);
  fits.forEach(({ gamma, theta, status }, k) => {
    if (status !== "interior" && status !== "boundary") return;
    const deviance = unitDeviance(model, theta);
    const mass = theta === Number.POSITIVE_INFINITY ? families.poisson.logMass : family.logMass;
    const loss = joint ? (value: number, eta: number) => -2 * mass!(value, link.mu(eta), 1, theta) : deviance;
    const eta = predictor(design, gamma, coordinates, offset);
    const [sum, total] = [new Accumulator(), new Accumulator()];
    for (let i = 0; i < eta.length; i++) {
      const weight = weights ? weights[i]! : 1;
      sum.add(weight * loss(y[i]!, eta[i]!));
      total.add(weight);
    }
    losses[k] = sum.sum / total.sum;
  });
  return losses;
}
