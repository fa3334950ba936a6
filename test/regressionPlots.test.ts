// The numbers of a regression's pictures, and that they are drawn.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { distribution, fit, formulaVariables, glm, lm, plotData, type RegressionPlotKind, regressionPlotKinds } from "loglik";
import { plot } from "loglik/plot";
import { describe, expect, test } from "vitest";
import { smooth } from "../src/empirical/smooth.ts";

type Columns = Record<string, number[] | string[]>;
interface Row {
  readonly id: string;
  readonly data: Columns;
  readonly levels: Record<string, string[]>;
}
const sets = JSON.parse(readFileSync("test/data/summaries.json", "utf8")) as Row[];
const set = (id: string) => sets.find((row) => row.id === id)!;
const cars = set("mtcars, linear").data as Record<string, number[]>;
const quine = set("quine, main effects");
const absent = () => glm({ formula: "Days ~ Sex + Age", data: quine.data, levels: quine.levels, family: "negativeBinomial" });

describe("residuals", () => {
  test("of few rows are points: of lm those over sigma, against the fitted values", async () => {
    const r = await lm({ formula: "mpg ~ wt + hp", data: cars });
    const { points, cells, link, response } = await plotData(r, "residuals");
    expect([points.length, cells, link, response]).toEqual([32, [], "identity", "mpg"]);
    points.forEach(({ x, y }, i) => {
      expect(x).toBeCloseTo(r.fitted[i]!, 12);
      expect(y).toBeCloseTo((cars.mpg![i]! - r.fitted[i]!) / r.estimates.sigma!, 12);
    });
  });

  test("of many rows are counted in cells, each once", async () => {
    const n = 20_000;
    const x = distribution("normal", { mean: 0, sd: 1 }).random(n, { seed: 1 });
    const y = distribution("poisson", { lambda: 3 }).random(n, { seed: 2 });
    const r = await glm({ formula: "y ~ x", data: { x, y }, family: "poisson" });
    const { points, cells, rows, smooth: line } = await plotData(r, "residuals");
    expect([points.length, rows, cells.reduce((sum, { count }) => sum + count, 0)]).toEqual([0, n, n]);
    // The model is right: the local mean is flat.
    expect(Math.max(...line.slice(20, -20).map((point) => Math.abs(point.y)))).toBeLessThan(0.1);
  });

  test("rows of weight 0 are in no picture", async () => {
    const weights = cars.mpg!.map((_, i) => (i < 4 ? 0 : 1));
    for (const r of [
      await lm({ formula: "mpg ~ wt", data: cars, weights }),
      await glm({ formula: "mpg ~ wt", data: cars, family: "gamma", weights }),
    ]) {
      expect((await plotData(r, "residuals")).points.length).toBe(28);
      expect((await plotData(r, "qq")).pairs.length).toBe(28);
    }
  });

  test("deviance residuals, where they are asked for", async () => {
    const r = await absent();
    const { points } = await plotData(r, "residuals", { residuals: "deviance" });
    expect(points.map(({ y }) => y)).toEqual([...r.residuals("deviance")]);
  });
});

describe("Q-Q", () => {
  test("of counts that vary no more than a Poisson's, at the limit", async () => {
    const r = await glm({ formula: "y ~ x", data: { y: [3, 4, 3, 4, 5, 4], x: [1, 2, 3, 4, 5, 6] }, family: "negativeBinomial" });
    const { pairs } = await plotData(r, "qq");
    expect([r.status, pairs.length, pairs.every(({ sample }) => Number.isFinite(sample))]).toEqual(["boundary", 6, true]);
  });

  test("quantile residuals of a right model are normal: within the bands", async () => {
    const y = distribution("negativeBinomial", { size: 2, mu: 5 }).random(3000, { seed: 3 });
    const x = distribution("uniform", { min: 0, max: 1 }).random(3000, { seed: 4 });
    const { pairs } = await plotData(await glm({ formula: "y ~ x", data: { x, y }, family: "negativeBinomial" }), "qq", { level: 0.9999 });
    expect(pairs.length).toBeLessThanOrEqual(512);
    for (const { sample, lower, upper } of pairs) expect([sample > lower! - 0.05, sample < upper! + 0.05]).toEqual([true, true]);
  });
});

describe("effects", () => {
  test("of a number: predictions with the others at their means and base levels", async () => {
    const data = { ...cars, cyl: cars.wt!.map((_, i) => [4, 6, 8][i % 3]!) };
    const r = await lm({ formula: "mpg ~ log(wt) + hp + factor(cyl)", data });
    const { curve, held, rug, term, levels } = await plotData(r, "effect", { points: 5 });
    const mean = cars.hp!.reduce((sum, value) => sum + value, 0) / 32;
    expect([term, levels, rug.length]).toEqual(["wt", [], 11]);
    expect(held.map(({ name }) => name)).toEqual(["hp", "cyl"]);
    expect(held[0]!.value).toBeCloseTo(mean, 12);
    expect(held[1]!.value).toBe(4);
    const rows = { wt: curve.map(({ x }) => x), hp: curve.map(() => mean), cyl: curve.map(() => 4) };
    const { fit: means, se } = r.predict(rows, { se: true });
    curve.forEach(({ y, lower, upper }, i) => {
      expect(y).toBeCloseTo(means[i]!, 11);
      expect(lower).toBeCloseTo(means[i]! - 1.959963984540054 * se[i]!, 10);
      expect(upper).toBeCloseTo(means[i]! + 1.959963984540054 * se[i]!, 10);
    });
  });

  test("of a factor: one mean a level, in its order, with an interval of the linear predictor", async () => {
    const r = await absent();
    const { curve, levels, held } = await plotData(r, "effect", { term: "Age", level: 0.9 });
    expect([curve, levels.map(({ level }) => level), held]).toEqual([[], ["F0", "F1", "F2", "F3"], [{ name: "Sex", value: "F" }]]);
    const { fit: eta, se } = r.predict({ Age: ["F2"], Sex: ["F"] }, { type: "link", se: true });
    expect(levels[2]!.y).toBeCloseTo(Math.exp(eta[0]!), 10);
    expect(levels[2]!.upper).toBeCloseTo(Math.exp(eta[0]! + 1.6448536269514722 * se[0]!), 10);
  });

  test("an offset is held at its mean; that of the formula where its columns are", async () => {
    const offset = cars.hp!.map((hp) => Math.log(hp));
    const beside = await glm({ formula: "carb ~ wt", data: { ...cars, carb: cars.wt!.map((_, i) => i % 4) }, family: "poisson", offset });
    const { held } = await plotData(beside, "effect");
    expect(held).toEqual([{ name: "offset", value: expect.closeTo(offset.reduce((sum, value) => sum + value, 0) / 32, 12) }]);
    const inside = await glm({
      formula: "carb ~ wt + offset(log(hp))",
      data: { ...cars, carb: cars.wt!.map((_, i) => i % 4) },
      family: "poisson",
    });
    expect((await plotData(inside, "effect")).held.map(({ name }) => name)).toEqual(["hp"]);
  });

  test("of a design's columns, too", async () => {
    const r = await lm({ design: { names: ["(Intercept)", "wt"], columns: [cars.wt!.map(() => 1), cars.wt!] }, y: cars.mpg! });
    const { term, curve } = await plotData(r, "effect", { points: 5 });
    expect([term, curve[0]!.y]).toEqual(["wt", expect.closeTo(r.coef["(Intercept)"]! + r.coef.wt! * Math.min(...cars.wt!), 10)]);
  });
});

describe("refusals", () => {
  test("of terms, kinds and fits that there are not", async () => {
    const r = await lm({ formula: "mpg ~ wt", data: cars });
    await expect(plotData(r, "effect", { term: "hp" })).rejects.toThrow('term is "hp"; one of wt is needed.');
    await expect(plotData(r, "pp")).rejects.toThrow('kind is "pp"; one of residuals, qq, effect is needed for a regression.');
    await expect(plotData(await lm({ formula: "mpg ~ 1", data: cars }), "effect")).rejects.toThrow("no term");
    const none = await glm({ formula: "y ~ x", data: { y: [0, 0, 1, 1], x: [1, 2, 3, 4] }, family: "binomial" });
    await expect(plotData(none, "qq")).rejects.toThrow('its status is "nonexistent"');
    await expect(plotData(await fit("normal", [1, 2, 4]), "residuals")).rejects.toThrow('kind is "residuals"; one of density');
  });
});

test("every kind is drawn, whatever the family", async () => {
  const y = [1, 2, 0, 4, 3, 6, 2, 5];
  const data = { y, p: y.map((value) => value / 8), z: y.map((value) => value + 1), x: y.map((_, i) => i), g: [..."abababab"] };
  const models = [
    ["p", "binomial"],
    ["y", "poisson"],
    ["z", "gamma"],
    ["z", "inverseGaussian"],
    ["z", "gaussian"],
    ["y", "quasipoisson"],
  ] as const;
  for (const [response, family] of models) {
    const r = await glm({ formula: `${response} ~ x + g`, data, family, ...(family === "inverseGaussian" && { link: "log" }) });
    for (const kind of regressionPlotKinds as readonly RegressionPlotKind[]) {
      if (family === "quasipoisson" && kind === "qq") {
        await expect(plot(r, kind)).rejects.toThrow("quasipoisson has no distribution");
        continue;
      }
      const svg = await plot(r, kind, { theme: "dark" });
      expect(svg).toMatch(/^<svg [^>]*>/);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  }
});

describe("the smooth", () => {
  test("of a line is the line, wherever its points lie", () => {
    const place = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(place, { minLength: 2, maxLength: 60 }), fc.integer({ min: -5, max: 5 }), (places, slope) => {
        const x = Float64Array.from(places);
        for (const point of smooth(
          x,
          x.map((value) => slope * value),
        ))
          expect(Math.abs(point.y - slope * point.x)).toBeLessThan(1e-3);
      }),
    );
  });

  test("of one value there is none", () => expect(smooth(Float64Array.of(2, 2), Float64Array.of(1, 3))).toEqual([]));
});

test("the columns that a formula names", () => {
  expect(formulaVariables("log(y) ~ x:g + I(x^2) + offset(n)").map(({ name, at }) => `${name}@${at}`)).toEqual([
    "y@5",
    "x@10",
    "g@12",
    "n@32",
  ]);
  expect(formulaVariables("y ~ . - z", ["y", "z", "x"]).map(({ name }) => name)).toEqual(["y", "z", "x"]);
  expect(formulaVariables("y ~ pi * x").map(({ name }) => name)).toEqual(["y", "x"]);
  expect(formulaVariables("y ~ pi", ["pi"]).map(({ name }) => name)).toEqual(["y", "pi"]);
});
