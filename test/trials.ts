import { catalogue, distribution, type Family, type FixedDistribution } from "loglik";
import { cases, isMaximum } from "./agreement.ts";

// What every property is tried on: each family of the catalogue at parameters that its domains alone determine, so that a new
// family is tested without being mentioned.

/** Random cases per property and family; `LOGLIK_RUNS=2000 npx vitest run test/properties` looks harder. */
export const RUNS = { numRuns: Number(process.env.LOGLIK_RUNS ?? 25), seed: 4 };

export const families: readonly Family[] = Object.values(catalogue).filter(
  (family): family is Extract<typeof family, Family> => !("variate" in family),
);

/** Row k of trial parameters; several real parameters are in increasing order. */
const VALUES = {
  real: (row: number, i: number) => [-4, 0, 2.5, 30][row]! + 2.5 * i,
  positive: (row: number, i: number) => [0.6, 1, 3.5, 12][(row + 2 * i) % 4]!,
  unit: (row: number, i: number) => [0.08, 0.5, 0.93, 0.3][(row + i) % 4]!,
};

export interface Trial {
  readonly family: Family;
  readonly name: string;
  readonly theta: readonly number[];
  readonly parameters: Readonly<Record<string, number>>;
  readonly at: FixedDistribution;
}

/** Four per family. */
export const trials: readonly Trial[] = families.flatMap((family) => [0, 1, 2, 3].map((row) => trial(family, row)));

/** One of them. */
export function trial(family: Family, row: number): Trial {
  const theta = family.parameters.map(({ domain }, i) => VALUES[domain](row, i));
  const parameters = named(family, theta);
  const text = Object.entries(parameters).map(([name, value]) => `${name} = ${value}`);
  return { family, name: `${family.name} (${text.join(", ")})`, theta, parameters, at: distribution(family.name, parameters) };
}

/** Parameters by name. */
export function named(family: Family, theta: readonly number[]): Record<string, number> {
  return Object.fromEntries(family.parameters.map(({ name }, i) => [name, theta[i]!]));
}

/** Whether the likelihood is smooth at its maximum, nothing fixed: the reference cases state standard errors exactly where it is. */
export function isRegular(family: Family): boolean {
  const smooth = cases.filter(({ expected, fixed }) => !fixed && isMaximum(expected) && expected.se !== undefined);
  return smooth.some(({ distribution }) => distribution === family.name);
}
