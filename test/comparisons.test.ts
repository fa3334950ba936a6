import { readFileSync } from "node:fs";
import { compare, compareNested, type Fit, fitBest, fit as fitPlain, maximize, type NestedTest, vuong } from "loglik";
import { describe, expect, test } from "vitest";
import { weightedChiSquaresUpper } from "../src/math/weightedChiSquares.ts";
import { near } from "./closeness.ts";
import { families, fit, trial } from "./trials.ts";

// Tests of nested fits, Vuong's test, tables of criteria: against R, and over every pair that the descriptors name.

interface Row {
  readonly kind: "nested" | "vuong";
  readonly first: string;
  readonly second: string;
  readonly x: readonly number[];
  readonly expected: Readonly<Record<string, number>>;
}

const read = <T>(file: string): readonly T[] => JSON.parse(readFileSync(`test/data/${file}.json`, "utf8"));
const rows = read<Row>("tests");

describe.each(rows.filter(({ kind }) => kind === "nested"))("R: $first within $second", ({ first, second, x, expected }) => {
  test("ratio, Wald and score", async () => {
    const { likelihoodRatio, wald, score } = await compareNested(await fit(first, x), await fit(second, x));
    near(likelihoodRatio.statistic, expected.ratio!, 1e-8, "ratio");
    near(likelihoodRatio.pValue, expected.p!, 1e-7 * expected.p!, "p");
    near(wald.statistic, expected.wald ?? Number.NaN, 1e-7 * expected.ratio!, "Wald");
    near(score.statistic, expected.score ?? Number.NaN, 1e-7 * expected.ratio!, "score");
  });
});

describe.each(rows.filter(({ kind }) => kind === "vuong"))("R: $first against $second", ({ first, second, x, expected }) => {
  test("Vuong's z", async () => {
    const [one, other] = [await fit(first, x), await fit(second, x)];
    const v = await vuong(one, other);
    const found = { ratio: v.logLikRatio, variance: v.variance, raw: v.raw.statistic, aic: v.aic.statistic, bic: v.bic.statistic };
    for (const [name, value] of Object.entries({ ...found, pFirst: v.raw.pFirst, n: v.nobs })) {
      near(value, expected[name]!, 1e-7 * Math.abs(expected[name]!), name);
    }
    near(v.distinguishable.pValue, expected.distinguishable!, 1e-6, "distinguishable");
    near(v.raw.pValue, 2 * Math.min(v.raw.pFirst, v.raw.pSecond), 1e-15, "two-sided");
    const back = await vuong(other, one);
    near(back.raw.statistic, -v.raw.statistic, 1e-12, "exchanged");
    near(back.distinguishable.pValue, v.distinguishable.pValue, 1e-9, "exchanged");
  });

  test("rows said to be censored that are not, and repeated ones", async () => {
    const plain = await vuong(await fit(first, x), await fit(second, x));
    const censored = { lower: x, upper: x };
    const partial = await vuong(await fit(first, null, { censored }), await fit(second, null, { censored }));
    near(partial.raw.statistic, plain.raw.statistic, 1e-7, "censored");
    near(partial.distinguishable.pValue, plain.distinguishable.pValue, 1e-7, "censored");
    const weights = x.map(() => 2);
    const twice = await vuong(await fit(first, x, { weights }), await fit(second, x, { weights }));
    near(twice.raw.statistic, Math.SQRT2 * plain.raw.statistic, 1e-8, "weights");
  });
});

test.each(read<{ weights: number[]; x: number; upper: string }>("weightedChiSquares"))(
  "P(Σ w χ² > $x), w = $weights",
  ({ weights, x, upper }) => {
    near(weightedChiSquaresUpper(x, weights), Number(upper), 1e-13, "tail");
  },
);

const pairs = families.flatMap((wider) =>
  Object.keys(wider.contains ?? {}).map((name) => ({ wider, narrower: families.find((family) => family.name === name)! })),
);

describe.each(pairs)("$narrower.name within $wider.name", ({ wider, narrower }) => {
  const x = trial(narrower, 1).at.random(150, { seed: 2 });

  test("is found, and every p-value is a probability or has a reason", async () => {
    const [r0, r1] = [await fit(narrower, x), await fit(wider, x)];
    if (r1.status !== "interior" && r1.status !== "boundary") {
      await expect(compareNested(r0, r1)).rejects.toThrow("is no maximum");
      return;
    }
    const { likelihoodRatio, wald, score } = await compareNested(r0, r1);
    for (const { statistic, df, pValue, reason } of [likelihoodRatio, wald, score]) {
      expect(df).toBe(wider.parameters.length - narrower.parameters.length);
      expect(reason).toMatch(/\.$/);
      if (Number.isNaN(pValue)) continue;
      expect(statistic).toBeGreaterThanOrEqual(0);
      expect(pValue).toBeGreaterThan(1e-6);
      expect(pValue).toBeLessThanOrEqual(1);
    }
    await expect(compareNested(r1, r0)).rejects.toThrow("exchange the two");
  });
});

describe.each(families.filter(({ parameters }) => parameters.every(({ domain, rough }) => domain !== "whole" && rough === undefined)))(
  "$name",
  (family) => {
    const { at, parameters } = trial(family, 1);
    const x = at.random(300, { seed: 6 });

    test("one parameter fixed at the truth", async () => {
      const r1 = await fit(family, x);
      if (r1.status !== "interior") return;
      for (const name of r1.parameters) {
        const r0 = await fit(family, x, { fixed: { [name]: parameters[name]! } });
        if (r0.status !== "interior") continue;
        const { restriction, likelihoodRatio, wald, score } = await compareNested(r0, r1);
        expect(restriction).toBe(`${name} = ${parameters[name]}`);
        const applies = ({ pValue }: NestedTest) => !Number.isNaN(pValue);
        if (applies(likelihoodRatio)) expect(likelihoodRatio.pValue).toBeGreaterThan(1e-4);
        if (applies(score)) expect(score.statistic).toBeGreaterThanOrEqual(0);
        if (!applies(wald)) continue;
        // The interval whose level is 1 - p ends at the value.
        const ends = r1.confint({ level: 1 - wald.pValue })[name]!;
        const end = r1.estimates[name]! > parameters[name]! ? ends[0] : ends[1];
        near(end, parameters[name]!, 1e-8 * r1.standardErrors[name]!, "end of the Wald interval");
      }
    });
  },
);

describe("special cases", () => {
  const x = trial(families.find(({ name }) => name === "exponential")!, 1).at.random(200, { seed: 4 });
  const of = (name: string, options = {}) => fitPlain(name, x, options);

  test("more is fixed on both sides", async () => {
    const wide = await of("gamma");
    expect((await compareNested(await of("exponential", { fixed: { rate: 1 } }), wide)).likelihoodRatio.df).toBe(2);
    const { restriction, likelihoodRatio } = await compareNested(
      await of("exponential"),
      await of("generalizedGamma", { fixed: { power: 1 } }),
    );
    expect([restriction, likelihoodRatio.df]).toEqual(["shape = 1", 1]);
    await expect(compareNested(await of("exponential"), await of("gamma", { fixed: { shape: 2 } }))).rejects.toThrow(
      "exponential is not nested in gamma: shape is fixed at 2 in the wider fit, and exponential is not; vuong compares fits that are not nested.",
    );
    await expect(compareNested(await of("exponential"), await of("gamma", { fixed: { shape: 1 } }))).rejects.toThrow("no parameter free");
    await expect(compareNested(await of("exponential"), await of("gamma", { fixed: { rate: 1 } }))).rejects.toThrow("rate is fixed at 1");
  });

  test("censored rows", async () => {
    const upper = x.map((value, i) => (i % 4 === 0 ? Number.POSITIVE_INFINITY : value));
    const censored = { lower: x, upper };
    const of = (name: string) => fitPlain(name, null, { censored });
    const { likelihoodRatio, wald, score } = await compareNested(await of("exponential"), await of("weibull"));
    expect(likelihoodRatio.pValue).toBeGreaterThan(0.01);
    near(wald.statistic, likelihoodRatio.statistic, 0.2 * likelihoodRatio.statistic + 0.05, "Wald");
    near(score.statistic, likelihoodRatio.statistic, 0.2 * likelihoodRatio.statistic + 0.05, "score");
  });

  test("a normal within a skew-normal has no χ² law, and a simulated one", async () => {
    const y = trial(families.find(({ name }) => name === "normal")!, 1).at.random(60, { seed: 4 });
    const [r0, r1] = [await fitPlain("normal", y), await fitPlain("skewNormal", y)];
    for (const narrow of [r0, await fitPlain("skewNormal", y, { fixed: { alpha: 0 } })]) {
      const { likelihoodRatio } = await compareNested(narrow, r1);
      expect(likelihoodRatio.pValue).toBeNaN();
      expect(likelihoodRatio.reason).toContain("the information is singular");
    }
    const { likelihoodRatio } = await compareNested(r0, r1, { simulations: 19, seed: 3 });
    expect(likelihoodRatio.distribution).toBe("simulated, 19 samples");
    expect(likelihoodRatio.pValue * 20).toBeCloseTo(Math.round(likelihoodRatio.pValue * 20), 12);
    expect((await compareNested(r0, r1, { simulations: 19, seed: 3 })).likelihoodRatio).toEqual(likelihoodRatio);
  });

  test("two boundaries, importance weights, a fit on a boundary", async () => {
    const z = trial(families.find(({ name }) => name === "zeroInflatedNegativeBinomial")!, 2).at.random(300, { seed: 4 });
    const two = await compareNested(await fitPlain("poisson", z), await fitPlain("zeroInflatedNegativeBinomial", z));
    expect(two.likelihoodRatio).toMatchObject({
      pValue: Number.NaN,
      reason: expect.stringContaining("size and pi are both on a boundary"),
    });
    const weighted = { weights: x.map(() => 1), weightType: "importance" };
    const robust = await compareNested(await of("exponential", weighted), await of("gamma", weighted));
    expect(robust.likelihoodRatio.reason).toContain("Importance weights make no likelihood");
    expect(robust.wald.pValue).toBeGreaterThan(0);
    const alone = Array.from({ length: 40 }, (_, i) => i % 2);
    const limit = await fitPlain("negativeBinomial", alone);
    expect(limit.status).toBe("boundary");
    const beyond = await compareNested(limit, await fitPlain("zeroInflatedNegativeBinomial", alone));
    expect(beyond.likelihoodRatio.reason).toContain("the narrower fit itself lies on a boundary, size = Infinity");
    await expect(vuong(limit, await fitPlain("geometric", alone))).rejects.toThrow("negativeBinomial at its limit");
  });

  test("what cannot be compared is refused", async () => {
    const [r0, r1] = [await of("exponential"), await of("gamma")];
    const refused = (a: unknown, b: unknown) => expect(compareNested(a as Fit, b as Fit)).rejects;
    const own = await maximize({ parameters: { m: { start: 0 } }, logLik: ({ m }) => -(m! ** 2) });
    await refused(own, r1).toThrow('The first fit is "maximize"; a fit of a distribution is needed');
    await refused(r0, undefined).toThrow("The second fit is undefined; a fit of a distribution is needed");
    await refused(r0, await fitPlain("gamma", [...x.slice(0, -1), 9.5])).toThrow(/x\[199\] is .* for one fit and 9\.5 for the other/);
    await refused(r0, await fitPlain("gamma", x.slice(1))).toThrow("x has 200 entries for one fit and 199 for the other");
    await refused(r0, await of("gamma", { weights: x.map(() => 1) })).toThrow(
      "weights is not given for one fit and a column for the other",
    );
    await refused(r0, await of("lognormal")).toThrow("lognormal does not contain exponential; vuong compares fits that are not nested.");
    await refused(r0, await fitPlain("gamma", x, { upper: { shape: 9 } })).toThrow("gamma was fitted within bounds");
    const two = [2, 2];
    await refused(await fitPlain("exponential", two), await fitPlain("weibull", two)).toThrow("weibull, is no maximum (nonexistent)");
    await expect(compareNested(r0, r1, { simulations: 0.5 })).rejects.toThrow("simulations is 0.5; a whole number >= 1 is needed.");
    await expect(compareNested(r0, r1, { simulation: 9 } as object)).rejects.toThrow('did you mean "simulations"');
    const counts = [1, 2, 3, 4, 2];
    await expect(vuong(await fitPlain("poisson", counts), await fitPlain("gamma", counts))).rejects.toThrow(
      "gives masses, the other densities",
    );
  });
});

describe("tables of criteria", () => {
  const x = trial(families.find(({ name }) => name === "gamma")!, 2).at.random(80, { seed: 9 });

  test("order, differences, weights, ratios", async () => {
    const fits = await Promise.all(["lognormal", "gamma", "weibull", "exponential"].map((name) => fitPlain(name, x)));
    for (const criterion of ["aic", "aicc", "bic"] as const) {
      const { rows } = compare(fits, { criterion });
      const best = Math.min(...fits.map((fit) => fit[criterion]));
      expect(rows.map(({ fit }) => fit[criterion])).toEqual(fits.map((fit) => fit[criterion]).sort((a, b) => a - b));
      near(
        rows.reduce((sum, { weight }) => sum + weight, 0),
        1,
        1e-14,
        "weights",
      );
      for (const row of rows) {
        expect(row.delta).toBe(row[criterion] - best);
        near(rows[0]!.weight / row.weight, row.evidenceRatio, 1e-12 * row.evidenceRatio, "ratio");
      }
    }
    expect(Object.fromEntries(compare(fits).rows.map(({ distribution, k }) => [distribution, k]))).toEqual({
      exponential: 1,
      gamma: 2,
      lognormal: 2,
      weibull: 2,
    });
    expect(compare([await fitPlain("gamma", x, { fixed: { shape: 2 } })]).rows[0]).toMatchObject({ k: 1, delta: 0, weight: 1 });
  });

  test("all that were ranked, without a maximum last", async () => {
    const { ranking } = await fitBest(x);
    const { rows } = compare(ranking);
    expect(rows.map(({ fit }) => fit)).toHaveLength(ranking.length);
    const none = compare([await fitPlain("weibull", [2, 2]), await fitPlain("exponential", [2, 2])]).rows;
    expect(none.map(({ distribution, weight, delta }) => [distribution, weight, delta])).toEqual([
      ["exponential", 1, 0],
      ["weibull", 0, Number.NaN],
    ]);
  });

  test("refusals", async () => {
    const [a, b] = [await fitPlain("gamma", x), await fitPlain("weibull", x.slice(1))];
    expect(() => compare([a, b])).toThrow("x has 80 entries for one fit and 79 for the other");
    expect(() => compare([])).toThrow("an array of fits is needed");
    expect(() => compare([a, 7 as unknown as Fit])).toThrow("fits[1] is 7; a fit is needed.");
    expect(() => compare([a], { criterion: "logLik" as "aic" })).toThrow('criterion is "logLik"; "aic", "aicc" or "bic" is needed.');
    const counts = [1, 2, 3, 4, 2];
    const mixed = [await fitPlain("poisson", counts), await fitPlain("gamma", counts)];
    expect(() => compare(mixed)).toThrow("the two cannot be compared");
    const own = await maximize({ parameters: { m: { start: 0 } }, logLik: ({ m }) => -(m! ** 2), nobs: 7 });
    expect(() => compare([a, own])).toThrow("gamma was fitted to 80 rows and maximize to 7");
  });
});
