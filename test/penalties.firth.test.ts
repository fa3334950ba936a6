import { readFileSync } from "node:fs";
import { glm } from "loglik";
import { describe, expect, test } from "vitest";
import { families } from "../src/laws/families.ts";
import { informationSlopes, slopes } from "../src/laws/informationSlopes.ts";
import { at, links, unitLinks } from "../src/laws/links.ts";
import { exp } from "../src/math/elementary.ts";
import { casesOf } from "./regressionAgreement.ts";

// Firth's correction: profiles, and maxima for links that are not canonical, against 30 digits (scripts/reference/firth.py). The maxima of the
// canonical ones are in regression.reference.test.ts.

interface Row {
  readonly id: string;
  readonly link: string;
  readonly lower?: readonly number[];
  readonly upper?: readonly number[];
  readonly statistic?: readonly number[];
  readonly estimates?: readonly number[];
  readonly se?: readonly number[];
  readonly penalised?: number;
}

const rows: readonly Row[] = JSON.parse(readFileSync(new URL("data/firth.json", import.meta.url), "utf8"));
const data = new Map(casesOf("firth").map((given) => [given.id, given]));

test.each(rows.map((row) => [`${row.id}, ${row.link}`, row] as const))("%s", async (_, row) => {
  const { names, columns, y, family } = data.get(row.id)!;
  const fit = await glm({ design: { names, columns }, y, family, link: row.link, firth: true });
  expect(fit.status).toBe("interior");
  row.estimates?.forEach((value, j) => {
    expect(Math.abs(fit.estimates[names[j]!]! - value)).toBeLessThan(1e-8 * row.se![j]!);
    expect(Math.abs(fit.standardErrors[names[j]!]! / row.se![j]! - 1)).toBeLessThan(1e-6);
  });
  if (row.penalised) expect(Math.abs(fit.penalizedLogLik / row.penalised - 1)).toBeLessThan(1e-10);
  if (!row.lower) return;
  const intervals = await fit.confint({ method: "profile" });
  const tests = await fit.tests();
  names.forEach((name, j) => {
    const error = fit.standardErrors[name]!;
    expect(Math.abs(intervals[name]![0] - row.lower![j]!), `${name} below`).toBeLessThan(1e-8 * error);
    expect(Math.abs(intervals[name]![1] - row.upper![j]!), `${name} above`).toBeLessThan(1e-8 * error);
    expect(Math.abs(tests[j]!.statistic - row.statistic![j]!)).toBeLessThan(1e-8);
  });
});

describe("derivatives of a row's information", () => {
  const pairs = [
    ...Object.values(unitLinks).map((link) => [families.binomial, link] as const),
    ...[links.log, links.sqrt, links.identity].map((link) => [families.poisson, link] as const),
    ...[links.log, links.sqrt].map((link) => [families.negativeBinomial, link] as const),
    ...[links.inverse, links.log].map((link) => [families.gamma, link] as const),
    ...[links["1/mu^2"], links.log].map((link) => [families.inverseGaussian, link] as const),
  ];
  test.each(pairs.map(([family, link]) => [`${family.name}, ${link.name}`, family, link] as const))("%s", (_, family, link) => {
    const jets = informationSlopes(family, link, 1.7);
    const information = (eta: number) => {
      link.derivatives(eta);
      return (at.first * at.first) / family.variance(at.mu, 1.7);
    };
    for (const eta of link.valid(-0.4) ? (link.valid(0.7) ? [-1.3, -0.4, 0.7] : [-1.3, -0.4]) : [0.3, 0.8]) {
      const h = 1e-3;
      const [a, b, c, d, e] = [-2, -1, 0, 1, 2].map((k) => information(eta + k * h)) as [number, number, number, number, number];
      jets(eta);
      expect(Math.abs(slopes.first - (a - 8 * b + 8 * d - e) / (12 * h))).toBeLessThan(1e-8 * (1 + Math.abs(slopes.first)));
      expect(Math.abs(slopes.second - (-a + 16 * b - 30 * c + 16 * d - e) / (12 * h * h))).toBeLessThan(
        1e-7 * (1 + Math.abs(slopes.second)),
      );
    }
  });
});

test("weights, trials, an offset, aliased columns, columns of any size", async () => {
  const x = Float64Array.from({ length: 24 }, (_, i) => i / 8);
  const g = Float64Array.from({ length: 24 }, (_, i) => i % 2);
  const y = x.map((v, i) => (v + 0.3 * g[i]! > 1.6 ? 1 : 0));
  const ones = new Float64Array(24).fill(1);
  const names = ["(Intercept)", "x", "g"];
  const plain = await glm({ design: { names, columns: [ones, x, g] }, y, family: "binomial", firth: true });
  expect(plain.status).toBe("interior");
  const same = async (over: object, times: readonly number[] = [1, 1, 1]) => {
    const fit = await glm({ design: { names, columns: [ones, x, g] }, y, family: "binomial", firth: true, ...over });
    names.forEach((name, j) => {
      expect(Math.abs(fit.coef[name]! * times[j]! - plain.coef[name]!)).toBeLessThan(1e-8 * plain.standardErrors[name]!);
      expect(Math.abs((fit.standardErrors[name]! * times[j]!) / plain.standardErrors[name]! - 1)).toBeLessThan(1e-6);
    });
    expect(Math.abs(fit.logLik - plain.logLik)).toBeLessThan(1e-9);
    return fit;
  };
  await same({ trials: ones });
  await same({ offset: ones.map(() => 0) });
  const twice = (column: Float64Array) => Float64Array.from([...column, ...column]);
  const halved = await glm({
    ...{ design: { names, columns: [twice(ones), twice(x), twice(g)] }, y: twice(y), family: "binomial", firth: true as const },
    weights: new Float64Array(48).fill(0.5),
  });
  for (const name of names) expect(Math.abs(halved.coef[name]! - plain.coef[name]!)).toBeLessThan(1e-8);
  const aliased = await same({ design: { names: [...names, "again"], columns: [ones, x, g, x.map((v) => 2 * v)] } });
  expect(aliased.aliased).toEqual(["again"]);
  const scaled = await same({ design: { names, columns: [ones, x.map((v) => v * 2 ** 300), g.map((v) => v * 2 ** -40)] } }, [
    1,
    2 ** 300,
    2 ** -40,
  ]);
  const [ends, own] = [await scaled.confint({ method: "profile" }), await plain.confint({ method: "profile" })];
  expect(Math.abs(ends.x![1] * 2 ** 300 - own.x![1])).toBeLessThan(1e-7);
  // A column near a million: the intercept's profile, too.
  const far = await glm({ design: { names, columns: [ones, x.map((v) => v + 2 ** 20), g] }, y, family: "binomial", firth: true });
  expect(Math.abs(far.coef.x! - plain.coef.x!)).toBeLessThan(1e-8);
  const moved = await far.confint({ method: "profile" });
  expect(Math.abs(moved.x![0] - own.x![0])).toBeLessThan(1e-7);
  expect(moved["(Intercept)"]![0]).toBeLessThan(far.coef["(Intercept)"]!);
  expect(moved["(Intercept)"]!.every(Number.isFinite)).toBe(true);
});

test("negative binomial with theta: near the Poisson's where theta is large", async () => {
  const g = Float64Array.from({ length: 30 }, (_, i) => (i < 10 ? 1 : 0));
  const y = g.map((inside, i) => (inside ? 0 : i % 4));
  const design = { names: ["(Intercept)", "g"], columns: [new Float64Array(30).fill(1), g] };
  const poisson = await glm({ design, y, family: "poisson", firth: true });
  const nearly = await glm({ design, y, family: "negativeBinomial", theta: 1e9, firth: true });
  // One group's score is solved by (Σy + ½)/n.
  expect(Math.abs(exp(poisson.coef["(Intercept)"]! + poisson.coef.g!) - 0.05)).toBeLessThan(1e-12);
  for (const name of design.names) expect(Math.abs(nearly.coef[name]! - poisson.coef[name]!)).toBeLessThan(1e-7);
  await expect(glm({ design, y, family: "negativeBinomial", firth: true })).rejects.toThrow("theta is needed");
  await expect(poisson.anova()).rejects.toThrow("tests()");
  expect(poisson.summary()).toContain("Firth's correction");
  expect(() => poisson.confint({ level: 2 })).toThrow("level is 2");
});
