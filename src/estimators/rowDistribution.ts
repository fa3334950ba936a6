import { describe } from "../data/observations.ts";
import type { LevelFamily, RowDensity, ShapedValues, VectorFamily } from "../distributions/rowFamily.ts";
import { exp, log } from "../math/elementary.ts";
import { Random } from "../math/random.ts";
import type { RandomOptions } from "./distribution.ts";

/** A distribution of rows at given parameters. */
export interface VectorDistribution {
  readonly name: string;
  readonly parameters: ShapedValues;
  logPdf(row: ArrayLike<number>): number;
  pdf(row: ArrayLike<number>): number;
  /** n rows, one after the other. */
  random(n: number, options?: RandomOptions): Float64Array;
  mean(): number[];
  /** The diagonal of the covariance. */
  variance(): number[];
  covariance(): number[][];
  /** @throws RangeError always: rows have no order. */
  cdf(...row: unknown[]): never;
  /** @throws RangeError always: rows have no order. */
  quantile(...p: unknown[]): never;
}

/** A distribution of labels at given probabilities. */
export interface LevelDistribution {
  readonly name: string;
  readonly levels: readonly string[];
  readonly parameters: Readonly<Record<string, number>>;
  logPdf(level: string | number): number;
  /** Probability of a level; 0 for one that there is not. */
  pdf(level: string | number): number;
  random(n: number, options?: RandomOptions): string[];
  /** @throws RangeError always: labels have no order. */
  cdf(...level: unknown[]): never;
  /** @throws RangeError always: labels have no order. */
  quantile(...p: unknown[]): never;
  /** @throws RangeError always: labels are no numbers. */
  mean(): never;
  /** @throws RangeError always: labels are no numbers. */
  variance(): never;
}

/** Probabilities by level, or in the order of the levels 1, 2, …; or a fit's `estimates`. */
export type LevelValues = { readonly prob?: readonly number[] | Readonly<Record<string, number>> } & Readonly<Record<string, unknown>>;

/** @throws RangeError for parameters that are none. */
export function rowDistribution(family: VectorFamily | LevelFamily, parameters: unknown): VectorDistribution | LevelDistribution {
  if (typeof parameters !== "object" || parameters === null) {
    throw new TypeError(
      `parameters is ${describe(parameters)}; ${family.name} needs an object with ${family.parameters.map(({ name }) => name).join(", ")}.`,
    );
  }
  if (family.variate === "level") return levelDistribution(family, parameters as LevelValues);
  const at = family.at(parameters as ShapedValues);
  if (typeof at === "string") throw new RangeError(`parameters.${at}.`);
  return vectorDistribution(family, parameters as ShapedValues, at);
}

function vectorDistribution({ name }: VectorFamily, parameters: ShapedValues, at: RowDensity): VectorDistribution {
  const { dimension: d } = at;
  const logPdf = (row: ArrayLike<number>) => {
    if (row?.length !== d) throw new RangeError(`the row is ${describe(row)} of length ${row?.length}; ${d} numbers are needed.`);
    return at.logPdf(row);
  };
  return {
    name,
    parameters,
    logPdf,
    pdf: (row) => exp(logPdf(row)),
    random(n, { seed = 1 } = {}) {
      const source = new Random(seed);
      const rows = new Float64Array(size(n) * d);
      for (let i = 0; i < n; i++) rows.set(at.random(source), i * d);
      return rows;
    },
    mean: at.mean,
    variance: () => at.covariance().map((row, i) => row[i]!),
    covariance: at.covariance,
    ...without(name, "rows have no order", ["cdf", "quantile"]),
  };
}

function levelDistribution({ name }: LevelFamily, given: LevelValues): LevelDistribution {
  const flat = Object.keys(given).filter((key) => key.startsWith("prob["));
  const named = flat.length > 0 ? Object.fromEntries(flat.map((key) => [key.slice(5, -1), given[key]])) : given.prob;
  if (typeof named !== "object" || named === null) throw new RangeError(`parameters.prob is ${describe(named)}; probabilities are needed.`);
  const pairs = Array.isArray(named) ? named.map((p, k) => [String(k + 1), p] as const) : Object.entries(named);
  const levels = pairs.map(([level]) => level);
  const prob = pairs.map(([, p]) => p as number);
  const wrong = prob.findIndex((p) => !(typeof p === "number" && p >= 0 && p <= 1));
  if (wrong >= 0) throw new RangeError(`parameters.prob[${levels[wrong]}] is ${describe(prob[wrong])}; a number from 0 to 1 is needed.`);
  const sum = prob.reduce((total, p) => total + p, 0);
  if (!(Math.abs(sum - 1) <= 1e-9)) throw new RangeError(`parameters.prob sums to ${sum}; a sum of 1 is needed.`);
  const of = new Map(pairs.map(([level], k) => [level, prob[k]!]));
  const pdf = (level: string | number) => of.get(String(level)) ?? 0;
  return {
    name,
    levels,
    parameters: Object.fromEntries(levels.map((level, k) => [level, prob[k]!])),
    pdf,
    logPdf: (level) => log(pdf(level)),
    random(n, { seed = 1 } = {}) {
      const source = new Random(seed);
      return Array.from({ length: size(n) }, () => {
        let rest = source.uniform() * sum;
        const k = prob.findIndex((p) => {
          rest -= p;
          return rest < 0;
        });
        return levels[k < 0 ? prob.findLastIndex((p) => p > 0) : k]!;
      });
    },
    ...without(name, "labels have no order", ["cdf", "quantile"]),
    ...without(name, "labels are no numbers", ["mean", "variance"]),
  };
}

/** Functions that there cannot be. */
function without<K extends string>(name: string, why: string, functions: readonly K[]): Record<K, () => never> {
  const refusing = (what: K) => () => {
    throw new RangeError(`${name} has no ${what}: ${why}.`);
  };
  return Object.fromEntries(functions.map((what) => [what, refusing(what)])) as Record<K, () => never>;
}

function size(n: number): number {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`n is ${describe(n)}; a whole number >= 0 is needed.`);
  return n;
}
