import { readFileSync } from "node:fs";
import { type GlmFit, glm } from "loglik";
import { describe, expect, test } from "vitest";
import { flaws } from "./endingChecks.ts";
import { type Family, LINKS, trialOf } from "./endingTrials.ts";

const SEEDS = 20;
const pairs = Object.entries(LINKS).flatMap(([family, links]) => links.map((link) => [family as Family, link] as const));

// A gaussian's mean has no end above 0 that its responses below it could lie at: the search goes on for ever.
const mayFail = (family: Family, link: string) => family === "gaussian" && link !== "identity";

test.each(pairs)("%s %s: every ending is what it says", async (family, link) => {
  for (let seed = 0; seed < SEEDS; seed++) {
    const trial = trialOf(family, link, seed);
    const fit = await glm(trial);
    if (fit.status === "failed" && mayFail(family, link)) continue;
    expect(flaws(trial, fit), `seed ${seed}, ${fit.status}: ${fit.reason}`).toEqual([]);
  }
});

interface Row {
  readonly id: string;
  readonly family: string;
  readonly link: string;
  readonly columns: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly estimates: readonly number[];
  readonly logLik: number;
}

// scripts/reference/glmEndings.R
const rows: readonly Row[] = JSON.parse(readFileSync(new URL("data/glmEndings.json", import.meta.url), "utf8"));

test.each(rows.map((row) => [row.id, row] as const))("%s: the constrained maximum is R's, by constrOptim", async (_, row) => {
  const { family, link, columns, y, estimates, logLik } = row;
  const names = columns.map((_, j) => `b${j}`);
  const fit = await glm({ design: { names, columns: columns.map((c) => Float64Array.from(c)) }, y, family, link });
  expect(["interior", "boundary"]).toContain(fit.status);
  // A barrier's maximum lies within: R's is the lower one.
  expect(fit.logLik - logLik).toBeGreaterThan(-1e-11 * Math.abs(logLik));
  expect(fit.logLik - logLik).toBeLessThan(1e-7);
  estimates.forEach((value, j) => {
    expect(Math.abs(fit.estimates[names[j]!]! - value)).toBeLessThan(1e-6);
  });
});

describe("what a reason says", () => {
  const x = [0.2, 0.5, 1.1, 1.6, 2.3, 2.9, 3.4, 4.2, 4.8, 5.5];

  test("which rows lie at the edge, and what their means are", async () => {
    const y = [0, 0, 1, 1, 3, 2, 4, 6, 5, 9];
    const fit = await glm({ formula: "y ~ x", data: { y, x }, family: "poisson", link: "identity" });
    expect(fit.status).toBe("boundary");
    expect(fit.reason).toBe("The maximum lies at the edge of the means: the mean of one row, y[0], is 0.");
    expect(fit.fitted[0]).toBe(0);
    expect(fit.standardErrors.x).toBeNaN();
  });

  test("rows have their places in the data, those of weight 0 and missing ones before them", async () => {
    const y = [3, 5, 0, 0, 1, 1, 3, 2, 4, 6, 5, 9];
    const data = { y, x: [Number.NaN, 7, ...x] };
    const fit = await glm({ formula: "y ~ x", data, family: "poisson", link: "identity", weights: y.map((_, i) => (i === 1 ? 0 : 1)) });
    expect(fit.reason).toContain("the mean of one row, y[2], is 0");
  });

  test("coefficients that give no row a mean", async () => {
    const fit = await glm({ formula: "y ~ 0 + x", data: { y: [1, 2, 1], x: [-1, 1, 2] }, family: "poisson", link: "identity" });
    expect([fit.status, fit.reason.slice(0, 26)]).toEqual(["nonexistent", "Whatever the coefficients,"]);
  });

  test("a likelihood that is flat from its highest value", async () => {
    const fit = await glm({ formula: "y ~ x", data: { y: [0, 2, 0], x: [-1, 0, 1] }, family: "poisson", link: "identity" });
    expect(fit.status).toBe("nonexistent");
    expect(fit.reason).toContain("there is no single maximum");
  });
});

describe("nothing but zeros", () => {
  const data = { y: [0, 0, 0, 0], x: [1, 2, 3, 5] };
  test.each([
    ["poisson", "identity", "boundary", 0],
    ["poisson", "sqrt", "boundary", 0],
    ["binomial", "identity", "boundary", 0],
    ["poisson", "log", "nonexistent", Number.NEGATIVE_INFINITY],
    ["binomial", "log", "nonexistent", Number.NEGATIVE_INFINITY],
    ["binomial", "cauchit", "nonexistent", Number.NEGATIVE_INFINITY],
  ])("%s %s", async (family, link, status, intercept) => {
    const fit = await glm({ formula: "y ~ 1", data, family, link });
    expect([fit.status, fit.estimates["(Intercept)"], fit.logLik]).toEqual([status, intercept, 0]);
    expect(Array.from(fit.fitted).every((mean) => mean >= 0 && mean < 1e-16)).toBe(true);
  });
});

describe("separation", () => {
  // At g = v the responses are all 1; the others have a maximum of their own.
  const g = ["u", "u", "u", "u", "u", "v", "v", "w", "w", "w", "w"];
  const y = [0, 1, 0, 1, 1, 1, 1, 0, 0, 1, 1];
  const x = [1, 2, 3, 2.5, 4, 1, 5, 1, 2, 3, 1.5];
  const rest = y.flatMap((_, i) => (g[i] === "v" ? [] : [i]));
  const some = <T>(values: readonly T[]) => rest.map((i) => values[i]!);

  test.each(["logit", "probit", "cloglog", "loglog", "cauchit"])("%s: the limit of the rows left over, to 1e-8", async (link) => {
    const fit = await glm({ formula: "y ~ g + x", data: { y, g, x }, family: "binomial", link });
    const left = await glm({ formula: "y ~ g + x", data: { y: some(y), g: some(g), x: some(x) }, family: "binomial", link });
    expect([fit.status, left.status]).toEqual(["nonexistent", "interior"]);
    expect(fit.separation).toEqual({ kind: "quasi-complete", direction: { gv: 1 }, rows: 2 });
    for (const name of ["(Intercept)", "gw", "x"]) expect(Math.abs(fit.estimates[name]! - left.estimates[name]!)).toBeLessThan(1e-8);
    expect(Math.abs(fit.logLik - left.logLik)).toBeLessThan(1e-10);
    expect(Math.abs(fit.deviance - left.deviance)).toBeLessThan(1e-10);
  });

  test("a level with nothing but zeros, whatever the weights and the offset", async () => {
    const counts = [0, 2, 1, 3, 4, 0, 0, 1, 0, 2, 5];
    const given = { weights: x.map((_, i) => 1 + (i % 3)), offset: x.map((value) => 20 * value) };
    for (const family of ["poisson", "negativeBinomial"]) {
      const fit = await glm({ formula: "y ~ g", data: { y: counts, g }, family, ...given });
      expect([fit.status, fit.estimates.gv]).toEqual(["nonexistent", Number.NEGATIVE_INFINITY]);
      expect(fit.separation).toEqual({ kind: "quasi-complete", direction: { gv: -1 }, rows: 2 });
    }
  });

  test("two groups, one after the other: one direction for both", async () => {
    const trial = trialOf("binomial", "cloglog", 200);
    const fit: GlmFit = await glm(trial);
    const direction = trial.design.names.map((name) => fit.separation!.direction[name] ?? 0);
    const moves = trial.y.map((_, i) => direction.reduce((sum, d, j) => sum + d * trial.design.columns[j]![i]!, 0));
    expect(moves.filter((move) => Math.abs(move) > 1e-9).length).toBe(fit.separation!.rows);
  });
});

test("columns of any size and order change nothing at an edge", async () => {
  const row = rows.find(({ id }) => id === "binomial log, two columns")!;
  const fit = async (scale: number) => {
    const columns = [row.columns[0]!, row.columns[2]!.map((v) => v / scale), row.columns[1]!.map((v) => scale * v)];
    return glm({
      design: { names: ["b0", "b2", "b1"], columns: columns.map((c) => Float64Array.from(c)) },
      y: row.y,
      family: "binomial",
      link: "log",
    });
  };
  const one = await fit(1);
  for (const scale of [1e-8, 1e8]) {
    const other = await fit(scale);
    expect(other.status).toBe(one.status);
    expect(Math.abs(other.estimates.b1! * scale - one.estimates.b1!)).toBeLessThan(1e-9);
    expect(Math.abs(other.logLik - one.logLik)).toBeLessThan(1e-11);
  }
});
