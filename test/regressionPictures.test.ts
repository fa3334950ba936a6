import {
  betareg,
  clogit,
  coxph,
  type DrawableRegression,
  distreg,
  distribution,
  hurdle,
  multinomial,
  ordinal,
  plotData,
  type RegressionPlotKind,
  type RegressionResult,
  regressionPlotKinds,
  survreg,
  tobit,
  treg,
  zeroInflated,
} from "loglik";
import { plot } from "loglik/plot";
import { describe, expect, test } from "vitest";
import { Random } from "../src/math/random.ts";
import { expectAll } from "./command.ts";

// Pictures of regressions with several linear predictors. Those of lm and glm are in regressionPlots.test.ts.

const random = new Random(12);
const n = 150;
const x = Float64Array.from({ length: n }, () => random.normal());
const noise = Float64Array.from({ length: n }, () => random.normal());
const counts = distribution("poisson", { lambda: 2.5 }).random(n, { seed: 4 });
const data = {
  x,
  z: Float64Array.from({ length: n }, (_, i) => i % 7),
  g: Array.from({ length: n }, (_, i) => ["a", "b", "c"][i % 3]!),
  y: x.map((value, i) => 0.5 + value + noise[i]!),
  t: x.map((value, i) => Math.exp(1 + 0.4 * value + 0.5 * noise[i]!)),
  status: x.map((_, i) => (i % 4 === 0 ? 0 : 1)),
  p: x.map((value, i) => 1 / (1 + Math.exp(-0.4 * value - 0.7 * noise[i]!))),
  n: counts.map((value, i) => (i % 4 === 0 ? 0 : value)),
  level: Array.from(x, (value, i) => ["low", "mid", "top"][Math.max(0, Math.min(2, Math.round(1 + value / 2 + noise[i]! / 2)))]!),
  set: Float64Array.from({ length: n }, (_, i) => Math.floor(i / 3)),
  case: Float64Array.from({ length: n }, (_, i) => (i % 3 === 1 ? 1 : 0)),
};
const weights = x.map((_, i) => (i < 10 ? 0 : 1));

type Drawn = RegressionResult & DrawableRegression;
const models: Record<string, () => Promise<Drawn>> = {
  survreg: () => survreg({ formula: "Surv(t, status) ~ x + g", data, weights }),
  "survreg, strata": () => survreg({ formula: "Surv(t, status) ~ x + g + strata(z)", data, weights, distribution: "loglogistic" }),
  tobit: () => tobit({ formula: "y ~ x + g", data, weights }),
  treg: () => treg({ formula: "y ~ x + g", data, weights, df: 5 }),
  zeroInflated: () => zeroInflated({ formula: "n ~ x + g | z", data, weights, family: "poisson" }),
  hurdle: () => hurdle({ formula: "n ~ x + g | z", data, weights, family: "negativeBinomial" }),
  betareg: () => betareg({ formula: "p ~ x + g | z", data, weights }),
  distreg: () => distreg({ gamma: { mean: "~ x + g", dispersion: "~ z" }, response: "Surv(t, status)", data, weights }),
  ordinal: () => ordinal({ formula: "level ~ x + g", data, weights }),
};

describe.each(Object.entries(models))("%s", (_, fitted) => {
  test("every kind is drawn, without the rows of weight 0", async () => {
    const r = await fitted();
    expect(["interior", "boundary"]).toContain(r.status);
    for (const kind of regressionPlotKinds as readonly RegressionPlotKind[]) {
      const svg = await plot(r, kind);
      expect(svg).toMatch(/^<svg [^>]*>/);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
    const { points } = await plotData(r, "residuals");
    const { pairs } = await plotData(r, "qq");
    expect([points.length, pairs.length]).toEqual([140, 140]);
    // The model is about right: residuals are within the normal's reach.
    expect(points.every((point) => Math.abs(point.y) < 5)).toBe(true);
  });

  test("effects are means, medians or probabilities within their intervals; of a factor one a level", async () => {
    const r = await fitted();
    const { curve, held, on } = await plotData(r, "effect", { points: 9 });
    expect([curve.length, held.find(({ name }) => name === "g")]).toEqual([9, { name: "g", value: "a" }]);
    expect(on).toMatch(/^(?:mean|median|location|probability)\b/);
    const { levels } = await plotData(r, "effect", { term: "g" });
    expect(levels.map(({ level }) => level)).toEqual(["a", "b", "c"]);
    for (const { y, lower = y - 1, upper = y + 1 } of [...curve, ...levels]) expect(lower < y && y < upper).toBe(true);
    expect(curve.some(({ lower }) => lower === undefined)).toBe(r.model === "distreg");
  });
});

test("the effect of a median is the prediction's, with the interval of its logarithm", async () => {
  const r = await survreg({ formula: "Surv(t, status) ~ x", data });
  const { curve, on } = await plotData(r, "effect", { points: 5, level: 0.9 });
  expect(on).toBe("median of Surv(t, status)");
  const { fit, se } = r.predict({ x: curve.map((point) => point.x) }, { type: "quantile", se: true });
  curve.forEach(({ y, lower, upper }, i) => {
    expect(y).toBeCloseTo(fit[i]!, 12);
    expect(Math.log(upper! / y)).toBeCloseTo((1.6448536269514722 * se[i]!) / y, 10);
    expect(Math.log(y / lower!)).toBeCloseTo((1.6448536269514722 * se[i]!) / y, 10);
  });
});

test("an offset beside the formula is held at its mean", async () => {
  const offset = x.map((_, i) => 1 + (i % 2));
  const r = await zeroInflated({ formula: "n ~ x | 1", data, family: "poisson", offset });
  const { held, curve } = await plotData(r, "effect", { points: 5 });
  expect(held).toEqual([{ name: "offset", value: 1.5 }]);
  const means = r.predict({ x: curve.map((point) => point.x) }, { offset: new Float64Array(5).fill(1.5) });
  expect(curve.map(({ y }) => y)).toEqual([...means]);
});

test("censored rows are marked: their residuals are drawn at random within what is known", async () => {
  const r = await models.survreg!();
  const { points, notes } = await plotData(r, "residuals");
  const rows = Array.from({ length: 140 }, (_, i) => i + 10);
  expect(points.map(({ censored }) => censored === true)).toEqual(rows.map((row) => data.status[row] === 0));
  const count = rows.filter((row) => data.status[row] === 0).length;
  const note = `${count} censored rows: their residuals are drawn at random within what is known`;
  expect(notes).toEqual([note]);
  expect((await plotData(r, "qq")).notes).toEqual([note]);
  const svg = String(await plot(r, "residuals"));
  expectAll(svg, ["of censored rows", note]);
  const known = await plotData(r, "residuals", { residuals: "deviance" });
  expect(known.points.some(({ censored }) => censored)).toBe(false);
  const left = await plotData(await models.tobit!(), "residuals");
  expect(left.points.filter(({ censored }) => censored).length).toBe(rows.filter((row) => data.y[row]! <= 0).length);
});

test("what a residual is drawn against", async () => {
  const axis = async (name: string) => {
    const { predictor, link } = await plotData(await models[name]!(), "residuals");
    return [predictor, link];
  };
  expect(await axis("treg")).toEqual([undefined, "identity"]);
  expect(await axis("distreg")).toEqual(["mean", "log"]);
  expect(await axis("hurdle")).toEqual(["the counts", "log"]);
  expect(String(await plot(await models.distreg!(), "residuals"))).toContain("linear predictor of mean (log link)");
});

test("of designs, too", async () => {
  const ones = new Float64Array(n).fill(1);
  const design = { names: ["(Intercept)", "x"], columns: [ones, x] };
  const r = await zeroInflated({
    design,
    zeroDesign: { names: ["(Intercept)", "z"], columns: [ones, data.z] },
    y: data.n,
    family: "poisson",
  });
  const { term, held, response } = await plotData(r, "effect");
  expect([term, held.map(({ name }) => name), response]).toEqual(["x", ["z"], "y"]);
});

test("refusals: types of residuals, and models without pictures", async () => {
  await expect(plotData(await models.ordinal!(), "residuals", { residuals: "deviance" })).rejects.toThrow(
    'residuals is "deviance"; ordinal has "quantile".',
  );
  for (const r of [
    await multinomial({ formula: "level ~ x", data }),
    await coxph({ formula: "Surv(t, status) ~ x", data }),
    await clogit({ formula: "case ~ x + strata(set)", data }),
  ]) {
    expect("pictured" in r).toBe(false);
  }
});

test("a mean that is no number: the median", async () => {
  const { on } = await plotData(await distreg({ cauchy: { location: "~ x" }, response: "y", data }), "effect");
  expect(on).toBe("median of y");
});
