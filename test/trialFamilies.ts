import type { Constants, Family, Support } from "loglik";
import { catalogue } from "../src/distributions/catalogue.generated.ts";
import { distribution, type FixedDistribution } from "../src/estimators/distribution.ts";
import type { Domain } from "../src/math/charts.ts";

// What every property is tried on: each family of the catalogue at parameters that its domains alone determine, so that a new
// family is tested without being mentioned.

/** Random cases per property and family; `LOGLIK_RUNS=2000 npx vitest run test/properties` looks harder. */
export const RUNS = { numRuns: Number(process.env.LOGLIK_RUNS ?? 25), seed: 4 };

export const families: readonly Family[] = Object.values(catalogue).filter(
  (family): family is Extract<typeof family, Family> => !("variate" in family),
);

/** Row k of trial parameters; several real or whole parameters are in increasing order. */
const VALUES: Record<Domain, (row: number, i: number) => number> = {
  real: (row: number, i: number) => [-4, 0, 2.5, 30][row]! + 2.5 * i,
  whole: (row: number, i: number) => [-4, 0, 2, 30][row]! + (4 + row) * i,
  positive: (row: number, i: number) => [0.6, 1, 3.5, 12][(row + 2 * i) % 4]!,
  aboveOne: (row: number, i: number) => 1 + VALUES.positive(row, i),
  unit: (row: number, i: number) => [0.08, 0.5, 0.93, 0.3][(row + i) % 4]!,
};

/** Smaller and larger ones, for what needs no sample: shapes whose powers of the smallest doubles are no small numbers. */
const EXTREME: typeof VALUES = {
  real: (row, i) => 40 * row - 30 + 2.5 * i,
  whole: VALUES.whole,
  positive: (row, i) => [0.02, 0.3, 25, 3000][(row + 2 * i) % 4]!,
  aboveOne: (row, i) => 1 + EXTREME.positive(row, i),
  unit: (row, i) => [0.01, 0.25, 0.99, 0.6][(row + i) % 4]!,
};

/** How far a parameter may move within its domain. */
export const room: Record<Domain, (value: number) => number> = {
  real: () => Number.POSITIVE_INFINITY,
  whole: () => Number.POSITIVE_INFINITY,
  positive: (value) => value,
  aboveOne: (value) => value - 1,
  unit: (value) => value * (1 - value),
};

/** Constants of the families that have them. */
const CONSTANTS: Required<Constants> = { size: 12, location: -1.5 };

export interface Trial {
  readonly family: Family;
  readonly name: string;
  /** Parameters, then constants. */
  readonly theta: readonly number[];
  readonly parameters: Readonly<Record<string, number>>;
  readonly at: FixedDistribution;
}

/** Four per family. */
export const trials: readonly Trial[] = families.flatMap((family) => [0, 1, 2, 3].map((row) => trial(family, row)));

/** Three more per family, far from usual; within the usual where it is named, halfway between the others. */
export const extremes: readonly Trial[] = families.flatMap((family) => [0, 1, 2].map((row) => trial(family, row, EXTREME, 0.5)));

/** One of them. */
export function trial(family: Family, row: number, table = VALUES, shift = 0): Trial {
  const values = family.parameters.map(({ domain, usual }, i) =>
    usual ? usual[0] + ((row + shift) / 3) * (usual[1] - usual[0]) : table[domain](row, i),
  );
  const parameters = named(family, values);
  const all = { ...parameters, ...constantsOf(family) };
  const text = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
  const theta = thetaOf(family, parameters);
  return { family, name: `${family.name} (${text.join(", ")})`, theta, parameters, at: distribution(family.name, all) };
}

/** What a descriptor's functions take: parameters by name, then the constants of the trials. */
export function thetaOf(family: Family, values: Readonly<Record<string, number>>): number[] {
  return [...family.parameters.map(({ name }) => values[name]!), ...Object.values(constantsOf(family))];
}

/** The trials' constants of a family. */
export function constantsOf(family: Family): Record<string, number> {
  return Object.fromEntries((family.constants ?? []).map(({ name }) => [name, CONSTANTS[name] as number]));
}

/** The support at the trials' constants. */
export function supportOf(family: Family): Support {
  return family.supportAt?.(Object.values(constantsOf(family))) ?? family.support;
}

/** Parameters by name. */
export function named(family: Family, theta: readonly number[]): Record<string, number> {
  return Object.fromEntries(family.parameters.map(({ name }, i) => [name, theta[i]!]));
}
