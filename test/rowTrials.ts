import { catalogue, distribution, type RowFamilyName, type RowFit, type ShapedValues } from "loglik";
import { expect } from "vitest";
import { near } from "./closeness.ts";

// What the properties of fits of rows are tried on: simulated rows of each family of vectors of the catalogue, whose parameters are made from
// their shapes alone.

export const D = 3;
export const N = 400;

/** A number of a parameter at a place; matrices are positive definite. */
function values(family: { readonly parameters: readonly { name: string; shape: string; domain: string }[] }, d = D): ShapedValues {
  const number = (domain: string, i: number) => (domain === "real" ? 2 * i - 1 : [4.5, 1.2, 2.6, 0.7][i % 4]!);
  const each = Array.from({ length: d }, (_, i) => i);
  const value = ({ shape, domain }: { shape: string; domain: string }) => {
    if (shape === "number") return number(domain, 0);
    if (shape === "vector") return each.map((i) => number(domain, i));
    return each.map((i) => each.map((j) => (i === j ? 1 + i : 0.4 * (i + j - 2))));
  };
  return Object.fromEntries(family.parameters.map((parameter) => [parameter.name, value(parameter)]));
}

const vectors = Object.values(catalogue).flatMap((family) => ("variate" in family && family.variate === "vector" ? [family] : []));
export const names = vectors.map(({ name }) => name as Exclude<RowFamilyName, "categorical">);
/** Families whose rows may be moved and turned. */
export const free = vectors.filter((family) => !("refuse" in family) || !family.refuse).map(({ name }) => name as "multivariateNormal");
export const truth = (name: string, d = D) => values(vectors.find((family) => family.name === name)!, d);
export const sample = (name: RowFamilyName, n = N, seed = 1) => distribution(name as "multivariateNormal", truth(name)).random(n, { seed });

/** The numbers of two fits, parameter by parameter. */
export function expectSame(
  found: RowFit,
  expected: RowFit,
  relative = 1e-9,
  map: (name: string) => [name: string, unit: number] = (name) => [name, 1],
) {
  expect(found.status, found.reason).toBe(expected.status);
  for (const name of expected.parameters as readonly `${string}[${string}]`[]) {
    const [other, unit] = map(name) as [`${string}[${string}]`, number];
    const error = expected.standardErrors[name]! * unit;
    near(found.estimates[other]!, expected.estimates[name]! * unit, relative * error, name);
    near(found.standardErrors[other]!, error, 1e-7 * error, `standard error of ${name}`);
  }
}
