import { type OrdinalOptions, ordinal } from "loglik";
import { describe, expect, test } from "vitest";
import { log } from "../src/math/elementary.ts";
import { ordinalSample } from "./ordinalSample.ts";

// How ordered levels are read, what is refused, and residuals.

describe("levels", () => {
  const { x, z, y } = ordinalSample(200, 3, 2);
  const names = ["low", "mid", "high"];
  const text = Array.from(y, (level) => names[level - 1]!);
  const data = { x, z, sat: text };

  test("by name, by an array, as places: the same fit", async () => {
    const fits = await Promise.all([
      ordinal({ formula: "sat ~ x + z", data, levels: { sat: names } }),
      ordinal({ formula: "sat ~ x + z - 1", data, levels: names }),
      ordinal({ design: { names: ["x", "z"], columns: [x, z] }, y: text, levels: names }),
      ordinal({ design: { names: ["x", "z"], columns: [x, z] }, y, levels: names }),
      ordinal({ design: { names: ["(Intercept)", "x", "z"], columns: [x.map(() => 1), x, z] }, y: text, levels: names }),
    ]);
    for (const r of fits) {
      expect(r.levels).toEqual(names);
      expect(r.estimates).toEqual(fits[0]!.estimates);
      expect(r.parameters).toEqual(["x", "z", "zeta1", "zeta2"]);
    }
    const sorted = await ordinal({ formula: "sat ~ x + z", data });
    expect(sorted.levels).toEqual(["high", "low", "mid"]);
  });

  test("levels without a row are left out and named", async () => {
    const order = ["none", "low", "never", "mid", "high"];
    const fits = await Promise.all([
      ordinal({ formula: "sat ~ x", data, levels: { sat: order } }),
      ordinal({ formula: "sat ~ x", data, levels: order }),
      ordinal({ design: { names: ["x"], columns: [x] }, y: text, levels: order }),
    ]);
    for (const r of fits) {
      expect(r.emptyLevels).toEqual(["none", "never"]);
      expect(r.levels).toEqual(names);
      expect(r.summary()).toContain("levels without a row, left out: none, never");
    }
    const weighted = await ordinal({ formula: "sat ~ x", data, levels: names, weights: y.map((level) => (level === 2 ? 0 : 1)) });
    expect(weighted.emptyLevels).toEqual(["mid"]);
    expect(weighted.residuals().filter(Number.isNaN).length).toBe(y.filter((level) => level === 2).length);
    expect(weighted.fitted.rows).toBe(200);
  });

  test("combinations of columns and constants are left out", async () => {
    const r = await ordinal({ formula: "sat ~ x + I(2 * x) + z + I(0 * x + 3)", data, levels: names });
    expect(r.status).toBe("interior");
    expect(r.aliased).toEqual(["I(2 * x)", "I(0 * x + 3)"]);
    expect(r.estimates["I(2 * x)"]).toBeNaN();
  });

  test("no columns: the cut-points are the levels' shares", async () => {
    const r = await ordinal({ formula: "sat ~ 1", data, levels: names });
    const share = y.filter((level) => level === 1).length / 200;
    expect(r.estimates.zeta1).toBeCloseTo(log(share / (1 - share)), 12);
  });

  test("quantile residuals are normal, probability residuals have mean 0", async () => {
    const { design, y: many } = ordinalSample(20_000, 4, 8);
    const r = await ordinal({ design, y: many });
    const residuals = r.residuals();
    expect(residuals).toEqual(r.residuals("quantile", { seed: 1 }));
    const mean = (of: Float64Array) => of.reduce((sum, value) => sum + value, 0) / of.length;
    expect(Math.abs(mean(residuals))).toBeLessThan(0.02);
    expect(Math.abs(mean(residuals.map((value) => value * value)) - 1)).toBeLessThan(0.03);
    expect(Math.abs(mean(r.residuals("probability")))).toBeLessThan(0.01);
  });

  test("missing values of new rows", async () => {
    const r = await ordinal({ formula: "sat ~ x", data, levels: names });
    expect(r.predict({ x: [-9, Number.NaN, 9] })).toEqual(["low", null, "high"]);
    expect([...r.predict({ x: [0, Number.NaN] }, { type: "probs" }).values].map(Number.isNaN)).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
    expect(r.predict().length).toBe(200);
  });

  const design = { names: ["x"], columns: [[1, 2, 3]] };
  test.each<[unknown, RegExp]>([
    [{ design, y: [1, 2, 3], link: "log" }, /link is "log"; one of logit, probit, cloglog, loglog, cauchit is needed/],
    [{ design, y: [1, 2] }, /y has 2 entries and the design has 3 rows/],
    [{ design, y: ["a", "b", null] }, /y\[2\] is null; text is needed/],
    [{ design, y: [1, Number.NaN, 2] }, /y\[1\] is NaN; a finite number is needed/],
    [{ design, y: [1, 1, 1] }, /has the level "1" alone; at least two levels are needed/],
    [{ design, y: [1, 2, 4], levels: [1, 2, 3] }, /y\[2\] is "4", which is none of levels: "1", "2", "3"/],
    [{ design, y: ["a", "b", "c"], levels: ["a", "b", "b"] }, /levels\[2\] is "b" again/],
    [{ design, y: ["a", "b", "c"], levels: { y: ["a"] } }, /an array of levels is needed beside a design/],
    [{ design }, /y is undefined; an array of levels is needed/],
    [{ formula: "cbind(a, b) ~ x", data: { a: [1, 2], b: [1, 2], x: [1, 2] } }, /counts; ordinal needs one level a row/],
    [{ formula: "~ x", data: { x: [1, 2] } }, /has no response; a factor, text or numbers are needed/],
    [{ formula: "Surv(t) ~ x", data: { t: [1, 2], x: [1, 2] } }, /has times as its response/],
    [{ formula: "y ~ x | x", data: { y: [1, 2], x: [1, 2] } }, /has 2 parts; one is needed/],
  ])("refused: %#", async (options, message) => {
    await expect(ordinal(options as OrdinalOptions)).rejects.toThrow(message);
  });

  test("types that there are not", async () => {
    const r = await ordinal({ formula: "sat ~ x", data, levels: names });
    expect(() => r.predict(undefined, { type: "response" as "probs" })).toThrow(/"class", "probs", "cumprobs" or "link" is needed/);
    expect(() => r.residuals("deviance" as "quantile")).toThrow(/"quantile" or "probability" is needed/);
  });

  test("equal coefficients for all cut-points: scales and combinations of columns do not matter", async () => {
    const one = await (await ordinal({ formula: "sat ~ x + z", data, levels: names })).parallelTest();
    expect(one.df).toBe(2);
    expect(one.pValue).toBeGreaterThan(0.001);
    const far = { ...data, x: x.map((value) => 1e8 * value + 3e9) };
    const other = await (await ordinal({ formula: "sat ~ x + I(x / 1e8) + z", data: far, levels: names })).parallelTest();
    expect(other.df).toBe(2);
    expect(Math.abs(other.statistic - one.statistic)).toBeLessThan(1e-9);
    // bent tells only the lowest level from the others.
    const bent = y.map((level, i) => (level === 1 ? 1 : 0) + ((37 * i) % 10) / 4);
    const unequal = await (await ordinal({ formula: "sat ~ x + bent", data: { ...data, bent }, levels: names })).parallelTest();
    expect(unequal.pValue).toBeLessThan(0.01);
    const two = await ordinal({ design: { names: ["x"], columns: [x] }, y: y.map((level) => Math.min(level, 2)) });
    await expect(two.parallelTest()).rejects.toThrow(/columns and three levels are needed/);
  });
});
