import { readFileSync } from "node:fs";
import fc from "fast-check";
import { distribution, type FitOptions, fit as fitAny, fitBest, gofstat, goodnessOfFit } from "loglik";
import { describe, expect, test } from "vitest";
import { tied } from "../src/empirical/order.ts";
import { condense, condensedAd, condensedKs } from "../src/inference/condensed.ts";
import { discreteEdf, type Tally } from "../src/inference/discreteEdf.ts";
import { edf } from "../src/inference/edf.ts";
import { near } from "./closeness.ts";
import { families, fit, trial, trials } from "./trials.ts";

// The statistics against R's, against their definitions and each other; p-values of data that follow the fit and of data that do not.

const r = JSON.parse(readFileSync("test/data/goodness.json", "utf8"));
const TESTS = ["ks", "cvm", "ad"] as const;
const relative = (found: number, expected: number, tolerance: number, what = "") =>
  near(found, expected, tolerance * Math.abs(expected), what);

const tallied = (sorted: Float64Array): Tally => {
  const { at, weight } = tied(sorted);
  return { values: at, counts: weight };
};

describe("R's ks.test, goftest and nortest", () => {
  // R's own p-values: exact for D, to 1e-5 for W² and to 7e-6 for A², where goftest takes the short formula.
  const accuracy = { ks: 1e-9, cvm: 1e-5, ad: 7e-6 };
  test.each(r.known as { distribution: string; parameters: Record<string, number> }[])("$distribution", async (row) => {
    const g = await goodnessOfFit(await fitAny(row.distribution, r.x, { fixed: row.parameters }), { tests: TESTS });
    for (const name of TESTS) {
      const expected = (row as unknown as Record<string, { statistic: number; pValue: number }>)[name]!;
      relative(g[name]!.statistic, expected.statistic, 1e-12, name);
      near(g[name]!.pValue, expected.pValue, accuracy[name], `p of ${name}`);
      expect(g[name]!.method).toContain("no parameter was estimated");
    }
  });

  test("normality", async () => {
    const { parameters, ...expected } = r.normality;
    const found = gofstat(await fitAny("normal", r.x, { fixed: parameters }));
    for (const name of TESTS) relative(found[name]!, expected[name], 1e-12, name);
  });
});

describe("definitions", () => {
  const uniform = distribution("uniform", { min: 0, max: 1 });

  test("a weight is that many rows, here and in the condensed sums", () => {
    const row = fc.record({ u: fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), w: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(fc.uniqueArray(row, { minLength: 1, maxLength: 60, selector: ({ u }) => u }), (rows) => {
        rows.sort((a, b) => a.u - b.u);
        const x = Float64Array.from(rows, ({ u }) => u);
        const weights = rows.map(({ w }) => w);
        const repeated = Float64Array.from(rows.flatMap(({ u, w }) => new Array<number>(w).fill(u)));
        const [short, long] = [edf(x, weights, uniform), edf(repeated, undefined, uniform)];
        for (const name of TESTS) near(short[name], long[name], 1e-11 * (1 + long[name]), name);
        const condensed = condense(x, weights);
        near(condensedAd(condensed, uniform), long.ad, 1e-11 * (1 + long.ad), "condensed A²");
        near(condensedKs(condensed, uniform), long.ks, 1e-14, "condensed D");
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  test("W² and A² are integrals of the squared distance", () => {
    const x = Float64Array.of(0.1, 0.15, 0.6, 0.61, 0.9);
    const found = edf(x, undefined, uniform);
    const steps = 200_000;
    let [square, weighted] = [0, 0];
    for (let i = 0; i < steps; i++) {
      const u = (i + 0.5) / steps;
      const gap = x.filter((value) => value <= u).length / x.length - u;
      square += (gap * gap * x.length) / steps;
      weighted += (gap * gap * x.length) / (u * (1 - u)) / steps;
    }
    near(found.cvm, square, 1e-4, "W²");
    near(found.ad, weighted, 1e-3, "A²");
    near(found.ks, 0.25, 1e-15, "D");
  });

  test("a long column in short", () => {
    const x = distribution("gamma", { shape: 2, rate: 1 }).random(50_000, { seed: 3 }).sort();
    const condensed = condense(x, undefined);
    for (const at of [distribution("gamma", { shape: 2, rate: 1 }), distribution("laplace", { location: 2, scale: 1 })]) {
      const found = edf(x, undefined, at);
      near(condensedAd(condensed, at), found.ad, 1e-8 * (1 + found.ad), "A²");
      expect(condensedKs(condensed, at)).toBe(found.ks);
    }
    expect(condensed.lower.at.length).toBeLessThan(x.length / 4);
  });

  test("of counts: sums over whole numbers", () => {
    const values = Float64Array.of(0, 0, 1, 2, 2, 2, 3, 5, 9, 40);
    const at = distribution("poisson", { lambda: 2.5 });
    const found = discreteEdf(tallied(values), { ...at, lower: 0, upper: Number.POSITIVE_INFINITY });
    let [ks, square, weighted] = [0, 0, 0];
    for (let k = 0; k <= 60; k++) {
      const gap = values.filter((value) => value <= k).length / 10 - at.cdf(k);
      ks = Math.max(ks, Math.abs(gap));
      square += 10 * at.pdf(k) * gap * gap;
      if (at.sf(k) > 0) weighted += (10 * at.pdf(k) * gap * gap) / (at.cdf(k) * at.sf(k));
    }
    near(found.ks, ks, 1e-14, "D");
    near(found.cvm, square, 1e-8, "W²");
    relative(found.ad, weighted, 1e-8, "A²");
  });

  test("of heavy-tailed counts: an integral where no row lies", () => {
    const values = Float64Array.of(1, 1, 1, 2, 3, 8, 400);
    const at = distribution("zeta", { s: 1.9 });
    const found = discreteEdf(tallied(values), { ...at, lower: 1, upper: Number.POSITIVE_INFINITY });
    let [square, weighted] = [0, 0];
    for (let k = 1; k <= 3000; k++) {
      const gap = values.filter((value) => value <= k).length / 7 - at.cdf(k);
      square += 7 * at.pdf(k) * gap * gap;
      weighted += (7 * at.pdf(k) * gap * gap) / (at.cdf(k) * at.sf(k));
    }
    relative(found.cvm, square, 1e-3, "W²");
    relative(found.ad, weighted, 1e-3, "A²");
  });

  test("without censoring the product-limit statistics are the others", async () => {
    const x = distribution("weibull", { shape: 1.5, scale: 2 }).random(80, { seed: 2 });
    const fitted = await fitAny("weibull", x);
    // A row censored beyond all others changes nothing but the last step.
    const censored = { lower: x, upper: x };
    const same = gofstat(await fitAny("weibull", null, { censored, fixed: fitted.estimates }));
    const { ks, cvm, ad } = gofstat(fitted);
    relative(same.ks!, ks!, 1e-12);
    const { stepDistances } = await import("../src/inference/edf.ts");
    const sorted = x.slice().sort();
    const steps = { at: sorted, after: sorted.map((_, i) => (i + 1) / 80), until: Number.POSITIVE_INFINITY };
    const found = stepDistances(steps, 80, distribution("weibull", fitted.estimates as { shape: number; scale: number }));
    relative(found.ks, ks!, 1e-12, "D");
    relative(found.cvm, cvm!, 1e-10, "W²");
    relative(found.ad, ad!, 1e-10, "A²");
  });
});

test.each([
  ["normal", "lognormal", Math.exp],
  ["gumbel", "weibull", (x: number) => Math.exp(-x)],
  ["logistic", "loglogistic", Math.exp],
] as const)("a fit of %s and that of %s after a monotone transform are as far from their data", async (one, other, map) => {
  const x = trial(families.find(({ name }) => name === one)!, 1).at.random(60, { seed: 8 });
  const [before, after] = [gofstat(await fitAny(one, x)), gofstat(await fitAny(other, x.map(map)))];
  for (const name of TESTS) relative(after[name]!, before[name]!, 1e-6, name);
});

// At fixed parameters, the true ones, the p-value is uniform; of 4 x 52 samples some lie below 0.01, none below 1e-4.
test.each(trials)("$name: data of the family pass", async ({ family, parameters, at }) => {
  const held = await fit(family, at.random(150, { seed: 11 }), { fixed: parameters });
  const g = await goodnessOfFit(held, { B: family.support.whole ? 19 : 0, tests: family.support.whole ? ["ks"] : TESTS });
  for (const { pValue, method } of [g.ks, g.cvm, g.ad].filter((result) => result !== undefined)) {
    expect(pValue, method).toBeGreaterThan(1e-4);
    expect(pValue).toBeLessThanOrEqual(1);
  }
});

const bootstrapped: readonly { name: string; family: string; options?: FitOptions; x?: ArrayLike<number> | null }[] = [
  { name: "gamma", family: "gamma", x: distribution("gamma", { shape: 2, rate: 1 }).random(100, { seed: 5 }) },
  { name: "poisson", family: "poisson", x: distribution("poisson", { lambda: 4 }).random(100, { seed: 5 }) },
  { name: "beyond its limit", family: "negativeBinomial", x: distribution("poisson", { lambda: 4 }).random(200, { seed: 3 }) },
  { name: "on the circle", family: "vonMises", x: distribution("vonMises", { mu: 3, kappa: 2 }).random(100, { seed: 5 }) },
  {
    name: "one parameter fixed",
    family: "weibull",
    x: distribution("weibull", { shape: 2, scale: 1 }).random(100),
    options: { fixed: { shape: 2 } },
  },
  {
    name: "truncated",
    family: "exponential",
    x: distribution("exponential", { rate: 1 })
      .random(200, { seed: 5 })
      .filter((x) => x > 0.5 && x < 3),
    options: { truncated: { lower: 0.5, upper: 3 } },
  },
  {
    name: "rows with bounds of their own",
    family: "exponential",
    x: distribution("exponential", { rate: 1 })
      .random(50, { seed: 5 })
      .map((x, i) => x + i / 50),
    options: { truncated: { lower: Float64Array.from({ length: 50 }, (_, i) => i / 50) } },
  },
  { name: "bins", family: "normal", x: null, options: { bins: { edges: [-2, -1, 0, 1, 2], counts: [14, 33, 36, 12] } } },
];

describe("the parametric bootstrap", () => {
  test.each(bootstrapped)("$name: data of the family pass", async ({ family, x, options }) => {
    const g = await goodnessOfFit(await fitAny(family, x!, options), { B: 39, method: "bootstrap" });
    const found = [g.ks, g.cvm, g.ad, g.chisq].filter((result) => result !== undefined);
    expect(found.length).toBeGreaterThan(0);
    for (const { pValue, method } of found) {
      expect(pValue, method).toBeGreaterThan(0.025);
      expect(method).toMatch(/^parametric bootstrap, B = 39/);
    }
    if (g.chisq) {
      const { observed, expected, edges } = g.chisq.bins;
      const total = (column: readonly number[]) => column.reduce((sum, value) => sum + value, 0);
      relative(total(observed), g.nobs, 1e-12, "observed");
      relative(total(expected), g.nobs, 1e-9, "expected");
      expect(edges).toHaveLength(observed.length + 1);
      expect(g.chisq.df).toBe(
        Math.max(0, observed.length - 1 - (options?.fixed ? 1 : (await fitAny(family, x!, options)).parameters.length)),
      );
    }
  });

  test("a wrong family does not", async () => {
    const x = distribution("lognormal", { meanlog: 0, sdlog: 1 }).random(300, { seed: 5 });
    const g = await goodnessOfFit(await fitAny("normal", x), { B: 99 });
    for (const result of [g.ks, g.cvm, g.ad, g.chisq]) expect(result!.pValue).toBeLessThanOrEqual(0.01);
  });

  test("a seed gives the same p-values, and progress is told", async () => {
    const fitted = await fitAny("gamma", r.x);
    const done: number[] = [];
    const first = await goodnessOfFit(fitted, { B: 20, seed: 7, onProgress: (progress) => done.push(progress.done) });
    expect(await goodnessOfFit(fitted, { B: 20, seed: 7 })).toEqual(first);
    expect(done).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  test("above 2,000 rows samples have 2,000", async () => {
    const x = distribution("exponential", { rate: 2 }).random(30_000, { seed: 5 });
    const g = await goodnessOfFit(await fitAny("exponential", x), { B: 19, method: "bootstrap" });
    expect(g.replicates).toEqual({ B: 19, rows: 2000, failed: 0 });
    expect(g.ks!.method).toContain("samples of 2000 rows");
    expect(g.ks!.pValue).toBeGreaterThan(0.05);
  });

  test("an end of the support at an observation leaves A² infinite and without p-value", async () => {
    const g = await goodnessOfFit(await fitAny("uniform", r.x), { B: 19 });
    expect(g.ad).toMatchObject({ statistic: Number.POSITIVE_INFINITY, pValue: Number.NaN });
    expect(g.ad!.method).toContain("the statistic is infinite");
    expect(g.ks!.pValue).toBeGreaterThan(0);
  });

  test("rows known between two bounds have statistics, and a reason for no p-value", async () => {
    const x = distribution("weibull", { shape: 1.5, scale: 2 }).random(60, { seed: 5 });
    const censored = { lower: x.map((value) => Math.floor(2 * value) / 2), upper: x.map((value) => Math.floor(2 * value) / 2 + 0.5) };
    const g = await goodnessOfFit(await fitAny("weibull", null, { censored }));
    expect(g.ks!.statistic).toBeGreaterThan(0);
    expect(g.ks!.pValue).toBeNaN();
    expect(g.ks!.method).toMatch(/^no p-value: what decides between which bounds/);
    expect(g.chisq).toBeUndefined();
  });

  test("right-censored rows", async () => {
    const x = distribution("weibull", { shape: 1.5, scale: 2 }).random(80, { seed: 5 });
    const c = distribution("uniform", { min: 0, max: 6 }).random(80, { seed: 6 });
    const censored = { lower: x.map((t, i) => Math.min(t, c[i]!)), upper: x.map((t, i) => (t <= c[i]! ? t : Number.POSITIVE_INFINITY)) };
    const right = await goodnessOfFit(await fitAny("weibull", null, { censored }), { B: 39 });
    for (const name of TESTS) expect(right[name]!.pValue, name).toBeGreaterThan(0.05);
    const wrong = await goodnessOfFit(await fitAny("weibull", null, { censored, fixed: { shape: 0.7 } }), { B: 39 });
    for (const name of TESTS) expect(wrong[name]!.pValue, name).toBeLessThan(0.05);
  });
});

test("gofstat of a ranking: one entry for each fit, empty where there are no estimates", async () => {
  const x = distribution("gamma", { shape: 2, rate: 1 }).random(200, { seed: 5 });
  const { ranking } = await fitBest(x);
  const found = gofstat(ranking, { tests: ["ks", "ad"] });
  expect(found).toHaveLength(ranking.length);
  ranking.forEach((one, i) => {
    if (one.status !== "interior") return;
    expect(found[i]).toEqual(gofstat(one, { tests: ["ks", "ad"] }));
    expect(found[i]!.ks).toBeGreaterThan(0);
  });
  expect(found.filter(({ ks }) => ks === undefined).length).toBe(ranking.length - found.filter(({ ks }) => ks! >= 0).length);
});

describe("refused", () => {
  // biome-ignore lint/suspicious/noExplicitAny: wrong types are the subject.
  const wrong = (value: unknown) => value as any;
  const gamma = () => fitAny("gamma", r.x);
  const poisson = (options: FitOptions) => fitAny("poisson", [0, 1, 2, 3], options);
  const refusals: readonly (readonly [string, () => unknown, RegExp])[] = [
    ["no fit", () => goodnessOfFit(wrong({ estimates: {} })), /^goodnessOfFit needs a fit of a distribution of numbers/],
    ["null", () => goodnessOfFit(wrong(null)), /^goodnessOfFit needs a fit/],
    ["an unknown option", async () => goodnessOfFit(await gamma(), wrong({ b: 9 })), /^Unknown option "b"/],
    ["an unknown test", async () => goodnessOfFit(await gamma(), { tests: wrong(["kolmogorov"]) }), /^tests has "kolmogorov"/],
    ["no tests", async () => goodnessOfFit(await gamma(), { tests: [] }), /^tests is an array; an array of ks/],
    ["B", async () => goodnessOfFit(await gamma(), { B: -1 }), /^B is -1; a whole number >= 0/],
    ["seed", async () => goodnessOfFit(await gamma(), { seed: Number.NaN }), /^seed is NaN/],
    ["method", async () => goodnessOfFit(await gamma(), { method: wrong("table") }), /^method is "table"/],
    ["one cell", async () => goodnessOfFit(await gamma(), { bins: 1 }), /^bins is 1; a whole number >= 2/],
    ["edges out of order", async () => goodnessOfFit(await gamma(), { bins: [1, 3, 2] }), /^bins\[2\] is 2; numbers in increasing order/],
    [
      "importance weights",
      async () => goodnessOfFit(await poisson({ weights: [1, 1, 2, 1], weightType: "importance" })),
      /importance weights have no/,
    ],
    ["a fit without estimates", async () => goodnessOfFit(await fitAny("normal", [1, 1, 1])), /status "nonexistent"/],
    [
      "distances of bins",
      async () => gofstat(await fitAny("normal", null, { bins: { edges: [0, 1, 2, 3], counts: [3, 5, 2] } })),
      /^gofstat: bins have no/,
    ],
    [
      "censored counts",
      async () =>
        goodnessOfFit(await poisson({}).then(() => fitAny("poisson", null, { censored: { lower: [0, 2, 3], upper: [0, 2, Infinity] } }))),
      /poisson is discrete and some rows are censored/,
    ],
    ["a size for each row", async () => goodnessOfFit(await fitAny("binomial", [1, 2, 3], { size: [4, 5, 6] })), /size is one per row/],
  ];
  test.each(refusals)("%s", async (_, call, message) => {
    await expect(Promise.resolve().then(call)).rejects.toThrow(message);
  });

  test("an aborted signal stops the simulation", async () => {
    const control = new AbortController();
    const running = goodnessOfFit(await gamma(), { signal: control.signal, onProgress: ({ done }) => done === 3 && control.abort() });
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
  });
});
