import { describe, numbers } from "../data/observations.ts";
import { givenOptions, type OptionNames } from "../estimators/optionNames.ts";
import type { Design } from "../formula/design.ts";
import type { Penalty } from "../optimize/penalty.ts";
import type { RegressionData } from "../regression/regressionData.ts";
import { columnSpreads } from "./spread.ts";

/** What every penalty of a family of them has in common. */
export interface PenaltyShape {
  /** 1, the default: the lasso; 0: ridge; between them the elastic net. */
  readonly alpha?: number;
  /** What the penalty of a column is multiplied by: one number per column of the design, or by name (1 where a column is not named). 0: not penalised. */
  readonly factors?: ArrayLike<number> | Readonly<Record<string, number>>;
  /** Whether a coefficient counts per standard deviation of its column (with n for divisor). True by default, as in glmnet. */
  readonly standardize?: boolean;
}

/**
 * An elastic net's penalty: lambda Σ f_j ((1 - alpha)/2 (s_j b_j)² + alpha |s_j b_j|) is taken off the log-likelihood, the sum over the rows. The
 * intercept is never penalised. lambda is glmnet's times the sum of the weights.
 */
export interface PenaltyOptions extends PenaltyShape {
  readonly lambda: number;
}

/** The names of a family's. */
export const PENALTY_SHAPE = { alpha: true, factors: true, standardize: true } as const satisfies OptionNames<PenaltyShape>;

const OPTIONS = { ...PENALTY_SHAPE, lambda: true } as const;

/** A penalty, all of it said. */
export interface StatedPenalty {
  readonly lambda: number;
  readonly alpha: number;
  readonly standardize: boolean;
  /** One per column of the design; 0 for the intercept. */
  readonly factors: readonly number[];
}

/** A penalty as stated, and as what each coefficient loses by it. */
export interface ModelPenalty {
  readonly stated: StatedPenalty;
  readonly weights: Penalty;
}

/**
 * The penalty of a model's coefficients.
 *
 * @throws RangeError or TypeError for numbers that cannot be, naming them.
 */
export function modelPenalty(given: PenaltyOptions, { design, weights }: RegressionData): ModelPenalty {
  if (typeof given !== "object" || given === null) throw new TypeError(`penalty is ${describe(given)}; { lambda, alpha } is needed.`);
  const { lambda, alpha = 1, standardize = true, factors: asked } = givenOptions(given, OPTIONS, "penalty");
  if (!(lambda >= 0 && lambda < Number.POSITIVE_INFINITY))
    throw new RangeError(`penalty.lambda is ${describe(lambda)}; a finite number >= 0 is needed.`);
  if (!(alpha >= 0 && alpha <= 1)) throw new RangeError(`alpha is ${describe(alpha)}; a number from 0 (ridge) to 1 (lasso) is needed.`);
  if (typeof standardize !== "boolean") throw new TypeError(`standardize is ${describe(standardize)}; true or false is needed.`);
  const factors = factorsOf(asked, design);
  const spreads = standardize ? columnSpreads(design, weights) : undefined;
  const ridge = Float64Array.from(factors, (f, j) => lambda * (1 - alpha) * f * (spreads ? spreads[j]! * spreads[j]! : 1));
  const lasso = Float64Array.from(factors, (f, j) => lambda * alpha * f * (spreads ? spreads[j]! : 1));
  return { stated: { lambda, alpha, standardize, factors }, weights: { ridge, lasso } };
}

function factorsOf(given: PenaltyShape["factors"], { names, blocks }: Design): number[] {
  const factors = listed(given, names);
  const wrong = factors.findIndex((f) => !(f >= 0 && f < Number.POSITIVE_INFINITY));
  if (wrong >= 0) throw new RangeError(`factors of ${names[wrong]} is ${factors[wrong]}; a finite number >= 0 is needed.`);
  let column = 0;
  for (const block of blocks) {
    if (block.kind === "intercept") factors[column] = 0;
    column += block.kind === "levels" ? block.count : 1;
  }
  return factors;
}

function listed(given: PenaltyShape["factors"], names: readonly string[]): number[] {
  if (given === undefined) return names.map(() => 1);
  if (typeof given === "object" && given !== null && !("length" in given)) {
    const unknown = Object.keys(given).find((name) => !names.includes(name));
    if (unknown !== undefined) throw new RangeError(`factors names ${JSON.stringify(unknown)}; the columns are ${JSON.stringify(names)}.`);
    return names.map((name) => given[name] ?? 1);
  }
  const values = Array.from(numbers(given, "factors"));
  if (values.length !== names.length) {
    throw new RangeError(`factors has ${values.length} entries and the design has ${names.length} columns; one per column is needed.`);
  }
  return values;
}
