import { describe, expect, test } from "vitest";
import { charts } from "../src/math/charts.ts";
import { near } from "./closeness.ts";
import { constantsOf, families, trial } from "./trials.ts";

// What a descriptor says of the families it contains: at the mapped parameters the densities are the same, or tend to one another where
// the narrower family is a limit.

const TRIALS = [0, 1, 2, 3];
const DISTANCES = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8];

const pairs = families.flatMap((wider) =>
  Object.entries(wider.contains ?? {}).map(([name, special]) => ({
    name: `${wider.name} contains ${name}`,
    wider,
    special,
    narrower: families.find((family) => family.name === name)!,
  })),
);

test("the catalogue's best known inclusions are there", () => {
  const known = [
    "gamma contains exponential",
    "negativeBinomial contains poisson",
    "studentT contains normal",
    "weibull contains rayleigh",
  ];
  expect(pairs.map(({ name }) => name)).toEqual(expect.arrayContaining(known));
});

describe.each(pairs)("$name", ({ wider, narrower, special }) => {
  const { held } = special;
  const domainOf = (name: string) => wider.parameters.find((parameter) => parameter.name === name)!.domain;
  const limits = Object.keys(held).filter((name) => !charts[domainOf(name)].holds(held[name]!));

  test("each held parameter is one parameter less", () => {
    expect(wider.parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(held)));
    expect(wider.parameters.length - Object.keys(held).length).toBe(narrower.parameters.length);
    expect(wider.constants?.map(({ name }) => name)).toEqual(narrower.constants?.map(({ name }) => name));
    expect(narrower.support.whole).toBe(wider.support.whole);
  });

  test("the densities agree", () => {
    for (const row of TRIALS) {
      const { at, theta } = trial(narrower, row);
      const x = at.random(40, { seed: row + 1 });
      const constants = Object.values(constantsOf(wider));
      const close = (distance: number) =>
        special.at(theta, {
          ...held,
          ...Object.fromEntries(limits.map((name) => [name, held[name] === 0 ? distance : 1 / distance])),
        });
      const inside = (mapped: readonly number[]) => mapped.every((value, i) => charts[wider.parameters[i]!.domain].holds(value));
      const error = (mapped: readonly number[]) => {
        const own = [...mapped, ...constants];
        return Math.max(
          ...Array.from(x, (value) => Math.abs(wider.logPdf(value, own) - at.logPdf(value)) / (1 + Math.abs(at.logPdf(value)))),
        );
      };
      if (limits.length === 0) {
        expect(inside(close(1))).toBe(true);
        near(error(close(1)), 0, 1e-12, "logPdf");
        continue;
      }
      // A limit of order 1/2 in the distance at least, as far as the way to it lies within the range of doubles.
      const errors = DISTANCES.map(close).filter(inside).map(error);
      expect(errors.length).toBeGreaterThan(1);
      for (let k = 1; k < errors.length; k++) expect(errors[k]).toBeLessThan(Math.max(0.5 * errors[k - 1]!, 1e-8));
    }
  });

  test("held parameters are where they are said to be", () => {
    const { theta } = trial(narrower, 1);
    const mapped = special.at(theta, held);
    for (const [name, value] of Object.entries(held)) expect(mapped[wider.parameters.findIndex((p) => p.name === name)]).toBe(value);
  });
});
