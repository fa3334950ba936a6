import { readFileSync } from "node:fs";
import { glm } from "loglik";
import { expect, test } from "vitest";

// Means next to 0 and 1, offsets of 30, trials of a million, shapes from 0.05 to 1e8, columns that leave 1e-12 of one another: to the digits of
// 50-digit arithmetic (scripts/reference/glmDigits.py).

type Values = Readonly<Record<string, number>>;

interface Case {
  readonly id: string;
  readonly family: string;
  readonly link: string;
  readonly names: readonly string[];
  readonly columns: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly trials?: readonly number[];
  readonly weights?: readonly number[];
  readonly offset?: readonly number[];
  readonly theta?: number;
  readonly estimates: Values;
  readonly errors: Values;
  readonly logLik: number;
}

const cases: readonly Case[] = JSON.parse(readFileSync(new URL("data/glmDigits.json", import.meta.url), "utf8"));

test.each(cases)("$id", async ({ names, columns, estimates, errors, logLik, id: _, ...given }) => {
  const fit = await glm({ design: { names, columns }, ...given });
  expect(fit.status).toBe("interior");
  expect(Object.keys(fit.estimates)).toEqual(Object.keys(estimates));
  for (const [name, value] of Object.entries(estimates)) {
    const error = errors[name]!;
    expect(Math.abs(fit.estimates[name]! - value), name).toBeLessThan(Math.max(1e-9 * error, 1e-12 * Math.abs(value)));
    expect(Math.abs(fit.standardErrors[name]! / error - 1), `standard error of ${name}`).toBeLessThan(1e-11);
  }
  expect(Math.abs(fit.logLik - logLik)).toBeLessThan(1e-11 * (1 + Math.abs(logLik)));
});
