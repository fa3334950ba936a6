import { readFileSync } from "node:fs";
import {
  dispersionTest,
  distribution,
  type FitOptions,
  fit as fitAny,
  hill,
  kaplanMeier,
  meanExcess,
  residuals,
  returnLevels,
  threshold,
  turnbull,
  zeroInflationTest,
} from "loglik";
import { describe, expect, test } from "vitest";
import { kolmogorovUpper } from "../src/math/kolmogorov.ts";
import { normalCdf } from "../src/math/normal.ts";
import { near } from "./closeness.ts";
import { fit, trials } from "./trials.ts";

// What stands beside a fit: survival curves against R's survival, Turnbull's estimate against the published one and its own equations,
// residuals that are normal, tests of counts and the tail's diagnostics against their formulas.

const r = JSON.parse(readFileSync("test/data/goodness.json", "utf8"));
const relative = (found: number, expected: number, tolerance: number, what = "") =>
  near(found, expected, tolerance * Math.abs(expected), what);
// biome-ignore lint/suspicious/noExplicitAny: wrong types are the subject.
const wrong = (value: unknown) => value as any;

interface Curve {
  readonly [column: string]: readonly (number | null)[];
}

interface Survived {
  readonly name: string;
  readonly time: number[];
  readonly status: (0 | 1)[];
  readonly entry: number[] | null;
  readonly curves: Record<"log" | "log-log" | "plain", Curve>;
}

const rowsOf = ({ time, status, entry }: Survived) => ({
  censored: { lower: time, upper: time.map((t, i) => (status[i] ? t : Number.POSITIVE_INFINITY)) },
  ...(entry && { truncated: { lower: entry } }),
});

describe("Kaplan-Meier", () => {
  test.each(r.survival as Survived[])("R's survfit: $name", (row) => {
    for (const confType of ["log", "log-log", "plain"] as const) {
      const found = kaplanMeier(rowsOf(row), { confType }) as unknown as Record<string, Float64Array>;
      const expected = row.curves[confType];
      for (const column of ["time", "atRisk", "events", "censored", "survival", "standardError", "lower", "upper"]) {
        expect(found[column]).toHaveLength(expected[column]!.length);
        // R has no number where survival is 0, and none for the standard error there.
        expected[column]!.forEach((value, i) => {
          if (typeof value === "number")
            near(found[column]![i]!, value, 1e-12 * Math.max(1, Math.abs(value)), `${confType} ${column} ${i}`);
          else expect(found.survival![i]).toBe(0);
        });
      }
    }
  });

  test("has the fit beside it, and weights are rows", async () => {
    const row = (r.survival as Survived[])[0]!;
    const { censored } = rowsOf(row);
    const fitted = await fitAny("weibull", null, { censored });
    const found = kaplanMeier(fitted);
    const at = distribution("weibull", fitted.estimates as Record<string, number>);
    found.time.forEach((t, i) => {
      relative(found.fitted![i]!, at.sf(t), 1e-12);
    });
    const twice = { lower: [...row.time, ...row.time], upper: [...censored.upper, ...censored.upper] };
    const weighted = kaplanMeier({ censored, weights: row.time.map(() => 2) });
    expect(weighted.survival).toEqual(kaplanMeier({ censored: twice }).survival);
    expect(found.survival.every((s, i) => Math.abs(s - weighted.survival[i]!) < 1e-12)).toBe(true);
  });
});

describe("Turnbull", () => {
  const censored = {
    lower: r.breast.left as number[],
    upper: (r.breast.right as number[]).map((u) => (u < 0 ? Number.POSITIVE_INFINITY : u)),
  };

  test("breast cosmesis, radiotherapy: Fay & Shaw (2010, J. Stat. Softw. 36(2), section 3)", () => {
    const published = [
      [4, 5, 0.0463],
      [6, 7, 0.0334],
      [7, 8, 0.0887],
      [11, 12, 0.0708],
      [24, 25, 0.0926],
      [33, 34, 0.0818],
      [38, 40, 0.1209],
      [46, 48, 0.4656],
    ];
    const { lower, upper, mass, converged } = turnbull({ censored });
    expect(converged).toBe(true);
    const carrying = [...mass].flatMap((p, j) => (p > 1e-6 ? [[lower[j], upper[j], Number(p.toFixed(4))]] : []));
    expect(carrying).toEqual(published);
  });

  test.each([1, 2, 3, 4])("is self-consistent, and no mass elsewhere would be more likely (%i)", (seed) => {
    const x = distribution("gamma", { shape: 2, rate: 1 }).random(120, { seed });
    const looks = distribution("uniform", { min: 0, max: 3 }).random(240, { seed });
    const rows = {
      lower: x.map((t, i) => (i % 4 === 0 ? t : Math.max(...[-Infinity, looks[2 * i]!, looks[2 * i + 1]!].filter((look) => look < t)))),
      upper: x.map((t, i) => (i % 4 === 0 ? t : Math.min(...[Infinity, looks[2 * i]!, looks[2 * i + 1]!].filter((look) => look >= t)))),
    };
    const { lower, upper, mass, converged } = turnbull({ censored: rows });
    expect(converged).toBe(true);
    near(
      mass.reduce((sum, p) => sum + p, 0),
      1,
      1e-12,
      "total",
    );
    const holds = (i: number, j: number) => {
      const [a, b] = [rows.lower[i]!, rows.upper[i]!];
      return a === b ? lower[j]! <= b && upper[j] === b : lower[j]! >= a && upper[j]! <= b && upper[j]! > a;
    };
    const shares = Array.from(x, (_, i) => mass.reduce((sum, p, j) => sum + (holds(i, j) ? p : 0), 0));
    mass.forEach((p, j) => {
      const d = shares.reduce((sum, share, i) => sum + (holds(i, j) ? 1 / share : 0), 0) / x.length;
      near(p * d, p, 1e-9, `mass ${j}`);
      expect(d).toBeLessThan(1 + 1e-6);
    });
  });

  test("of right-censored rows it is the product-limit estimate", () => {
    const { time, survival, events } = kaplanMeier(rowsOf((r.survival as Survived[])[0]!));
    const { upper, cumulative } = turnbull(rowsOf((r.survival as Survived[])[0]!));
    time.forEach((t, i) => {
      if (events[i]! > 0) near(1 - cumulative[upper.indexOf(t)]!, survival[i]!, 1e-9, `at ${t}`);
    });
  });
});

describe("residuals", () => {
  /** P(sqrt(n) D > …) of 208 samples: none below 1e-4. */
  const expectNormal = (z: Float64Array) => {
    const sorted = z.slice().sort();
    const n = sorted.length;
    const d = sorted.reduce((most, value, i) => Math.max(most, (i + 1) / n - normalCdf(value), normalCdf(value) - i / n), 0);
    expect(kolmogorovUpper(n, d)).toBeGreaterThan(1e-4);
  };

  test.each(trials)("$name: standard normal", async ({ family, parameters, at }) => {
    const z = residuals(await fit(family, at.random(150, { seed: 21 }), { fixed: parameters }), { seed: 3 });
    expect(z.every(Number.isFinite)).toBe(true);
    expectNormal(z);
  });

  test("of censored, binned and truncated rows", async () => {
    const parameters = { shape: 1.5, scale: 2 };
    const x = distribution("weibull", parameters).random(400, { seed: 5 });
    const of = async (rows: ArrayLike<number> | null, options: FitOptions) =>
      residuals(await fitAny("weibull", rows, { ...options, fixed: parameters }));
    expectNormal(await of(null, { censored: { lower: x.map((t) => (t > 2 ? 2 : t)), upper: x.map((t) => (t > 2 ? Infinity : t)) } }));
    expectNormal(await of(null, { censored: { lower: x.map(Math.floor), upper: x.map((t) => Math.floor(t) + 1) } }));
    expectNormal(
      await of(
        x.filter((t) => t > 1),
        { truncated: { lower: 1 } },
      ),
    );
  });

  test("far out and weighted rows", async () => {
    const fitted = await fitAny("normal", [0, 60, -50, 1], { fixed: { mean: 0, sd: 1 }, weights: [1, 1, 2, 0] });
    const z = residuals(fitted);
    near(z[1]!, 60, 1e-12, "above");
    near(z[2]!, -50, 1e-12, "below");
    expect(z[3]).toBeNaN();
    expect([...residuals(fitted, { type: "pearson" })]).toEqual([0, 60, -50, Number.NaN]);
  });

  test("of counts lie between the probabilities of their ends, the same for a seed", async () => {
    const fitted = await fitAny("binomial", [0, 3, 5, 2], { size: [4, 6, 5, 9] });
    const z = residuals(fitted, { seed: 4 });
    expect(residuals(fitted, { seed: 4 })).toEqual(z);
    [4, 6, 5, 9].forEach((size, i) => {
      const at = distribution("binomial", { ...(fitted.estimates as Record<string, number>), size });
      const k = [0, 3, 5, 2][i]!;
      expect(normalCdf(z[i]!)).toBeGreaterThanOrEqual(at.cdf(k - 1));
      expect(normalCdf(z[i]!)).toBeLessThanOrEqual(at.cdf(k) + 1e-12);
    });
  });
});

describe("counts", () => {
  const x = [0, 0, 0, 1, 3, 2, 0, 5, 1, 0, 0, 4, 2, 0, 1, 7];

  test("dispersion of the Poisson is Fisher's index", async () => {
    const found = await dispersionTest(await fitAny("poisson", x), { B: 199 });
    const mean = 26 / 16;
    relative(found.dispersion, x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / mean / 15, 1e-12);
    expect(found.pValue).toBeLessThan(0.02);
    const other = await dispersionTest(await fitAny("negativeBinomial", x), { B: 39 });
    expect(other.pValue).toBeGreaterThan(0.05);
  });

  test("dispersion where rows have sizes of their own", async () => {
    const size = Array.from({ length: 40 }, (_, i) => 2 + (i % 5));
    const y = size.map((n, i) => distribution("binomial", { prob: 0.4, size: n }).random(1, { seed: i })[0]!);
    const { dispersion, pValue } = await dispersionTest(await fitAny("binomial", y, { size }), { B: 39 });
    expect(dispersion).toBeGreaterThan(0.5);
    expect(pValue).toBeGreaterThan(0.05);
  });

  test("zeros: the score test of van den Broek", async () => {
    const found = zeroInflationTest(await fitAny("poisson", x));
    const [n, mean] = [16, 26 / 16];
    const p0 = Math.exp(-mean);
    relative(found.expected, n * p0, 1e-12);
    relative(found.statistic ** 2, (7 - n * p0) ** 2 / (n * p0 * (1 - p0) - n * mean * p0 * p0), 1e-12);
    expect(found.observed).toBe(7);
    expect(found.pValue).toBeLessThan(0.05);
  });
});

describe("the tail", () => {
  const x = [1, 5, 2, 8, 3, 13, 4];

  test("mean excesses", () => {
    const { threshold: u, meanExcess: e, exceedances, upper } = meanExcess(x, { thresholds: [3, 0, 4.5] });
    expect([...u]).toEqual([3, 0, 4.5]);
    expect([...exceedances]).toEqual([4, 7, 3]);
    relative(e[0]!, (1 + 2 + 5 + 10) / 4, 1e-14);
    relative(e[1]!, 36 / 7, 1e-14);
    relative(upper[2]! - e[2]!, 1.959963984540054 * Math.sqrt(16.333333333333332 / 3), 1e-12);
    expect([...meanExcess(x).threshold]).toEqual([1, 2, 3, 4]);
  });

  test("Hill's estimate is the mean of logarithms", () => {
    const { k, shape, threshold: u, alpha, standardError } = hill(x, { k: [3, 1] });
    expect([...k]).toEqual([3, 1]);
    expect([...u]).toEqual([4, 8]);
    relative(shape[0]!, (Math.log(5 / 4) + Math.log(8 / 4) + Math.log(13 / 4)) / 3, 1e-14);
    relative(shape[1]!, Math.log(13 / 8), 1e-14);
    relative(alpha[1]! * shape[1]!, 1, 1e-14);
    relative(standardError[0]!, shape[0]! / Math.sqrt(3), 1e-14);
    expect([...hill([-1, 0, ...x]).k]).toEqual([2, 3, 4, 5, 6]);
  });

  test("return levels of Port Pirie: R's evd", async () => {
    const { x: maxima, periods, level, standardError } = r.returnLevels;
    const found = returnLevels(await fitAny("generalizedExtremeValue", maxima), { periods });
    // evd's optimiser stops some 1e-4 standard errors from the maximum.
    periods.forEach((_: number, i: number) => {
      relative(found.level[i]!, level[i], 1e-4);
      relative(found.standardError[i]!, standardError[i], 2e-3);
    });
    expect(found.observed.level).toEqual(Float64Array.from(maxima).sort());
    relative(found.observed.period[maxima.length - 1]!, maxima.length + 1, 1e-9);
  });

  test("return levels of an exponential: the delta method by hand", async () => {
    const y = distribution("exponential", { rate: 0.5 }).random(50, { seed: 2 });
    const over = threshold(y, 1);
    const fitted = await fitAny("exponential", over);
    const { level, standardError } = returnLevels(fitted, { periods: [100], rate: 3, threshold: 1 });
    const scale = 1 / fitted.estimates.rate!;
    relative(level[0]!, 1 + scale * Math.log(300), 1e-12);
    relative(standardError[0]!, (Math.log(300) * scale) / Math.sqrt(over.length), 1e-8);
  });
});

describe("refused", () => {
  const refusals: readonly (readonly [string, () => unknown, RegExp])[] = [
    ["residuals of no fit", () => residuals(wrong({})), /^residuals needs a fit/],
    ["a type of residual", async () => residuals(await fitAny("normal", [1, 2]), { type: wrong("raw") }), /^type is "raw"/],
    [
      "Pearson without variance",
      async () => residuals(await fitAny("cauchy", [1, 2, 4, 9]), { type: "pearson" }),
      /^residuals: cauchy has no finite/,
    ],
    [
      "residuals of bins",
      async () => residuals(await fitAny("normal", null, { bins: { edges: [0, 1, 2, 3], counts: [3, 5, 2] } })),
      /rows in bins/,
    ],
    [
      "Kaplan-Meier of intervals",
      () => kaplanMeier({ censored: { lower: [1, 2], upper: [2, 4] } }),
      /^kaplanMeier needs rows that are known or right/,
    ],
    ["level", () => kaplanMeier({ censored: { lower: [1], upper: [1] } }, { level: 95 }), /^level is 95/],
    ["Turnbull, truncated", () => turnbull({ censored: { lower: [1], upper: [1] }, truncated: { lower: 0 } }), /^turnbull: truncated rows/],
    ["Turnbull, option", () => turnbull(wrong({ censored: { lower: [1], upper: [1] }, weigths: [1] })), /^Unknown option "weigths"/],
    ["dispersion of a density", async () => dispersionTest(await fitAny("normal", [1, 2])), /^dispersionTest: normal is continuous/],
    [
      "zeros that are fitted",
      async () => zeroInflationTest(await fitAny("zeroInflatedPoisson", [0, 0, 0, 0, 1, 2, 3])),
      /estimates the share of zeros itself/,
    ],
    ["zeros that cannot be", async () => zeroInflationTest(await fitAny("zeroTruncatedPoisson", [1, 1, 2, 3])), /is never 0/],
    [
      "alternative",
      async () => zeroInflationTest(await fitAny("poisson", [0, 1]), { alternative: wrong("more") }),
      /^alternative is "more"/,
    ],
    ["a threshold too high", () => meanExcess([1, 2, 3], { thresholds: [2.5] }), /^thresholds\[0\] is 2\.5/],
    ["mean excess of NaN", () => meanExcess([1, Number.NaN]), /^x\[1\] is NaN/],
    ["k", () => hill([1, 2, 3], { k: [3] }), /^k\[0\] is 3; a whole number from 1 to 2/],
    ["nothing positive", () => hill([-1, -2, -3]), /hill needs at least two/],
    [
      "a period too short",
      async () => returnLevels(await fitAny("gumbel", [1, 2, 4]), { periods: [1] }),
      /^periods\[0\] is 1; a finite number above/,
    ],
  ];
  test.each(refusals)("%s", async (_, call, message) => {
    await expect(Promise.resolve().then(call)).rejects.toThrow(message);
  });
});
