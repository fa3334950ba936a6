import { readFileSync } from "node:fs";
import { distribution, type Fit, fit as fitAny, fitBest, maximize } from "loglik";
import { describe, expect, test } from "vitest";
import { charts } from "../src/math/charts.ts";
import { cases, fitted } from "./agreement.ts";
import { near } from "./closeness.ts";
import { families, fit, trial } from "./trials.ts";

// Profile likelihood: against 50 digits, against R, against closed forms, and by what defines it, over all families.

/** Half the 0.95 quantile of chi-squared with one degree of freedom. */
const HALF = 1.920729410347062;

interface Row {
  readonly case: string;
  /** A parameter, or a function of the distribution. */
  readonly of: string;
  readonly p?: number;
  readonly source?: string;
  readonly interval: readonly [number | null, number | null];
  readonly tolerance?: number;
}

const rowsOf = (file: string) => JSON.parse(readFileSync(new URL(`data/${file}`, import.meta.url), "utf8")) as Row[];

/** A parameter's name, or the mean or a quantile as a function of the parameters. */
function askedIn(r: Fit, { of, p }: Row) {
  if (r.parameters.includes(of)) return of;
  return (values: Readonly<Record<string, number>>) => {
    const at = distribution(r.distribution, values);
    return of === "mean" ? at.mean() : at.quantile(p!);
  };
}

async function intervalOf(row: Row): Promise<readonly [number, number]> {
  const r = await fitted(cases.find(({ id }) => id === row.case)!);
  return (await r.profile(askedIn(r, row), { points: 3 })).interval;
}

describe("intervals", () => {
  test.each(rowsOf("profiles.json"))("$case, $of: 50 digits", async (row) => {
    const found = await intervalOf(row);
    row.interval.forEach((end, i) => {
      const expected = end ?? (i === 0 ? -Infinity : Infinity);
      near(found[i]!, expected, 1e-9 * Math.abs(expected), `end ${i}`);
    });
  });

  test.each(rowsOf("profilesR.json"))("$case, $of: $source", async (row) => {
    const found = await intervalOf(row);
    const [low, high] = row.interval as [number, number];
    near(found[0], low, row.tolerance! * (high - low), "lower end");
    near(found[1], high, row.tolerance! * (high - low), "upper end");
  });

  test("the normal's mean in closed form, the exponential's rate by its equation", async () => {
    const x = distribution("normal", { mean: 3, sd: 2 }).random(17, { seed: 5 });
    const r = await fitAny("normal", x);
    const reach = r.estimates.sd! * Math.sqrt(Math.expm1((2 * HALF) / 17));
    const { mean } = await r.confint({ method: "profile" });
    near(mean![0], r.estimates.mean! - reach, 1e-12, "lower end");
    near(mean![1], r.estimates.mean! + reach, 1e-12, "upper end");
    const e = await fitAny("exponential", x.map(Math.abs));
    // n (u - 1 - log u) is the deficit at u times the estimate.
    for (const end of (await e.confint({ method: "profile" })).rate!) {
      const u = end / e.estimates.rate!;
      near(17 * (u - 1 - Math.log(u)), HALF, 1e-11, "deficit");
    }
  });

  test("no event at all: from 0 to 1.92 per row", async () => {
    const r = await fitAny("poisson", [0, 0, 0, 0]);
    const { lambda } = await r.confint({ method: "profile" });
    expect(lambda![0]).toBe(0);
    near(lambda![1], HALF / 4, 1e-12, "upper end");
  });

  test("far from 0, and in other units", async () => {
    const x = distribution("normal", { mean: 0, sd: 1 }).random(30, { seed: 1 });
    const near0 = await (await fitAny("normal", x)).confint({ method: "profile" });
    const far = await (
      await fitAny(
        "normal",
        x.map((v) => v + 1e9),
      )
    ).confint({ method: "profile" });
    const large = await (
      await fitAny(
        "normal",
        x.map((v) => v * 1e150),
      )
    ).confint({ method: "profile" });
    for (const side of [0, 1]) {
      near(far.mean![side]! - 1e9, near0.mean![side]!, 1e-6, "mean");
      near(far.sd![side]!, near0.sd![side]!, 1e-6, "sd");
      near(large.sd![side]!, near0.sd![side]! * 1e150, 1e140, "sd");
    }
  });

  test("of a large sample, the Wald intervals", async () => {
    const r = await fitAny("gamma", distribution("gamma", { shape: 2.5, rate: 3 }).random(400_000, { seed: 3 }));
    const [wald, profile] = [r.confint(), await r.confint({ method: "profile" })];
    for (const name of r.parameters)
      for (const side of [0, 1]) near(profile[name]![side]!, wald[name]![side]!, 0.005 * r.standardErrors[name]!, name);
  });

  test("frequency weights are repeated rows", async () => {
    const [x, weights] = [
      [1, 2, 4, 7.5],
      [3, 1, 2, 2],
    ];
    const weighted = await (await fitAny("weibull", x!, { weights: weights! })).confint({ method: "profile" });
    const repeated = await (
      await fitAny(
        "weibull",
        x!.flatMap((v, i) => new Array<number>(weights![i]!).fill(v)),
      )
    ).confint({ method: "profile" });
    for (const name of ["shape", "scale"]) for (const side of [0, 1]) near(weighted[name]![side]!, repeated[name]![side]!, 1e-10, name);
  });
});

/** The deficit with a parameter held; infinite where the likelihood is 0 there. */
async function deficitAt(r: Fit, family: (typeof families)[number], x: Float64Array, name: string, value: number): Promise<number> {
  const held = await fit(family, x, { fixed: { [name]: value } });
  return r.logLik - held.logLik;
}

describe.each(families)("$name", (family) => {
  test("at its ends the profile has fallen by half the quantile, and stays below the maximum in between", async () => {
    for (const row of [1, 2]) {
      const x = trial(family, row).at.random(row === 1 ? 25 : 80, { seed: row });
      const r = await fit(family, x);
      if (r.status !== "interior" && r.status !== "boundary") continue;
      const intervals = await r.confint({ method: "profile" });
      for (const { name, domain } of family.parameters) {
        const [low, high] = intervals[name]!;
        expect(low, name).toBeLessThanOrEqual(high);
        for (const [side, end] of [
          [-1, low],
          [1, high],
        ] as const) {
          if (!charts[domain].holds(end)) continue;
          const deficit = await deficitAt(r, family, x, name, end);
          if (Math.abs(deficit - HALF) < 1e-9) continue;
          // A jump: the last value before it.
          expect(r.status, `${name} = ${end} has deficit ${deficit}`).toBe("boundary");
          expect(deficit).toBeLessThan(HALF);
          const next = domain === "whole" ? end + side : end + side * 1e-9 * Math.max(1, Math.abs(end));
          expect(await deficitAt(r, family, x, name, next)).toBeGreaterThan(HALF);
        }
      }
    }
  });

  test("its curve rises to the estimate and falls from it", async () => {
    const x = trial(family, 1).at.random(40, { seed: 7 });
    const r = await fit(family, x);
    if (r.status !== "interior" && r.status !== "boundary") return;
    const of = r.parameters[0]!;
    const { curve, interval, estimate, note } = await r.profile(of, { points: 9 });
    const tolerance = 1e-9 * (1 + Math.abs(r.logLik));
    curve.forEach(({ value, logLik, estimates }, i) => {
      expect(logLik).toBeLessThanOrEqual(r.logLik + tolerance);
      near(estimates[of]!, value, 1e-9 * Math.abs(value), of);
      const before = curve[i - 1];
      if (!before || note) return;
      expect(value).toBeGreaterThan(before.value);
      const step = logLik - before.logLik;
      expect(value <= estimate ? step : -step, `${of} from ${before.value} to ${value}`).toBeGreaterThanOrEqual(-tolerance);
    });
    expect(curve.map(({ value }) => value)).toEqual(
      expect.arrayContaining([estimate, ...interval.filter((end) => charts[family.parameters[0]!.domain].holds(end))]),
    );
  });
});

describe("functions of the parameters", () => {
  const x = distribution("gamma", { shape: 2, rate: 0.5 }).random(30, { seed: 11 });

  test("a parameter as a function is the parameter, its logarithm the logarithm", async () => {
    for (const name of ["gamma", "weibull", "studentT", "generalizedPareto"]) {
      const r = await fitAny(name, x);
      if (r.status !== "interior") continue;
      for (const of of r.parameters) {
        const plain = await r.profile(of, { points: 5 });
        const same = await r.profile((v) => v[of]!, { points: 5 });
        plain.interval.forEach((end, i) => {
          // A ridge that a function is followed along ends where the family's limit is looked at instead.
          if (Number.isFinite(end)) near(same.interval[i]!, end, 1e-9 * Math.abs(end), `${name}, ${of}`);
        });
      }
      const { shape } = await r.confint({ method: "profile" });
      if (!shape || !(shape[0] > 0)) continue;
      const logs = await r.profile((v) => Math.log(v.shape!), { points: 3 });
      logs.interval.forEach((end, i) => {
        near(Math.exp(end), shape[i]!, 1e-9 * shape[i]!, `log shape of ${name}`);
      });
    }
  });

  test("the curve's points have the function's value and the deficit of their interval", async () => {
    const r = await fitAny("gamma", x);
    const mean = (v: Readonly<Record<string, number>>) => v.shape! / v.rate!;
    const { of, curve, interval, estimate, logLik } = await r.profile(mean);
    expect(of).toBe("mean");
    expect(curve).toHaveLength(41);
    for (const { value, estimates } of curve) near(mean(estimates), value, 1e-9 * value, "mean");
    for (const end of interval) near(logLik - curve.find(({ value }) => value === end)!.logLik, HALF, 1e-9, "deficit");
    near(
      estimate,
      x.reduce((sum, v) => sum + v / x.length, 0),
      1e-12,
      "mean",
    );
  });

  /** The level at which an interval of another fit of the same rows has its ends as far below this one's maximum. */
  const levelFor = (r: Fit, other: Fit) =>
    2 * distribution("normal", { mean: 0, sd: 1 }).cdf(Math.sqrt(2 * (HALF + other.logLik - r.logLik))) - 1;

  test("where the ridge meets a bound, the end lies on it", async () => {
    const mean = (v: Readonly<Record<string, number>>) => v.shape! / v.rate!;
    const free = await fitAny("gamma", x);
    const shape = 0.97 * free.estimates.shape!;
    const bounded = await fitAny("gamma", x, { lower: { shape } });
    const { interval, curve } = await bounded.profile(mean);
    const unbounded = (await free.profile(mean)).interval;
    const held = await fitAny("gamma", x, { fixed: { shape } });
    const rates = (await held.profile("rate", { level: levelFor(free, held), points: 3 })).interval;
    near(interval[0], shape / rates[1], 1e-9, "lower end");
    near(interval[1], shape / rates[0], 1e-9, "upper end");
    expect(interval[0]).toBeGreaterThan(unbounded[0]);
    expect(curve).toHaveLength(41);
    near(bounded.logLik - curve.find(({ value }) => value === interval[0])!.logLik, HALF, 1e-9, "deficit");
  });

  test("where a parameter runs away on the ridge, the end lies at the family's limit", async () => {
    const light = distribution("studentT", { location: 0, scale: 1, df: 30 }).random(100, { seed: 2 });
    const [t, normal] = [await fitAny("studentT", light), await fitAny("normal", light)];
    // The 0.99 quantile by its series in 1/df.
    const z = 2.3263478740408408;
    const [low] = (await t.profile((v) => v.location! + v.scale! * (z + (z ** 3 + z) / (4 * v.df!)), { points: 3 })).interval;
    const limit = await normal.profile((v) => v.mean! + z * v.sd!, { level: levelFor(t, normal), points: 3 });
    near(low, limit.interval[0], 1e-5, "lower end");
    // Levelling off, a function that levels off too ends where it does.
    expect((await t.profile((v) => 1 / v.df!, { points: 3 })).interval[0]).toBe(0);
    expect((await t.profile((v) => v.df!, { points: 3 })).interval[1]).toBe(Number.POSITIVE_INFINITY);
  });

  test("of censored rows, too", async () => {
    const censored = { lower: x, upper: x.map((v) => (v > 6 ? Number.POSITIVE_INFINITY : v)) };
    const r = await fitAny("weibull", null, { censored });
    const { interval } = await r.profile((v) => v.scale! * Math.LN2 ** (1 / v.shape!), { points: 3 });
    const plain = await r.profile("scale", { points: 3 });
    expect(interval[0]).toBeGreaterThan(0.5 * plain.interval[0]);
    const same = await r.profile((v) => Math.log(v.scale!), { points: 3 });
    same.interval.forEach((end, i) => {
      near(Math.exp(end), plain.interval[i]!, 1e-8 * plain.interval[i]!, "scale");
    });
  });
});

describe("the delta method", () => {
  const x = distribution("gamma", { shape: 2, rate: 0.5 }).random(30, { seed: 11 });

  test("equals its closed forms", async () => {
    const gamma = await fitAny("gamma", x);
    const { shape, rate } = gamma.estimates as { shape: number; rate: number };
    const [[a, b], [, c]] = gamma.vcov as [[number, number], [number, number]];
    const mean = gamma.estimate((v) => v.shape! / v.rate!);
    near(mean.value, shape / rate, 0, "mean");
    near(
      mean.standardError,
      Math.sqrt(a / rate ** 2 - (2 * b * shape) / rate ** 3 + (c * shape ** 2) / rate ** 4),
      1e-12 * mean.standardError,
      "mean",
    );
    near(mean.interval[1] - mean.value, 1.959963984540054 * mean.standardError, 1e-12, "interval");
    const lognormal = await fitAny("lognormal", x);
    const [m, s] = [lognormal.standardErrors.meanlog!, lognormal.standardErrors.sdlog!];
    const found = lognormal.estimate((v) => Math.exp(v.meanlog! + v.sdlog! ** 2 / 2));
    near(found.standardError, found.value * Math.hypot(m, s * lognormal.estimates.sdlog!), 1e-12 * found.standardError, "lognormal mean");
  });

  test("derivatives are exact whatever the scale, and never ask outside the domain", async () => {
    for (const unit of [1e-150, 1e-9, 1, 1e9, 1e150]) {
      const r = await fitAny(
        "weibull",
        x.map((v) => v * unit),
      );
      const log = r.estimate((v) => {
        expect(v.scale).toBeGreaterThan(0);
        return Math.log(v.scale!);
      });
      near(log.standardError, r.standardErrors.scale! / r.estimates.scale!, (unit === 1 ? 1e-12 : 5e-12) * log.standardError, "log scale");
      const power = r.estimate((v) => v.shape! ** 7);
      near(power.standardError, 7 * r.estimates.shape! ** 6 * r.standardErrors.shape!, 1e-11 * power.standardError, "power");
    }
    const two = await fitAny("gamma", x.subarray(0, 3));
    const wide = two.estimate((v) => distribution("gamma", v).quantile(0.5));
    expect(wide.standardError).toBeGreaterThan(0);
  });

  test("of what is fixed, of a limit, of your own likelihood, of rows", async () => {
    const held = await fitAny("gamma", x, { fixed: { rate: 0.5 } });
    near(held.estimate((v) => v.shape! / v.rate!).standardError, 2 * held.standardErrors.shape!, 1e-12, "mean");
    expect(held.estimate((v) => v.rate!)).toEqual({ value: 0.5, standardError: 0, interval: [0.5, 0.5] });
    const none = (await fitAny("poisson", [0, 0])).estimate((v) => 3 * v.lambda!);
    expect(none).toEqual({ value: 0, standardError: Number.NaN, interval: [Number.NaN, Number.NaN] });
    const own = await maximize({ parameters: { a: { start: 1, lower: 0 } }, logLik: ({ a }) => 8 * Math.log(a!) - 2 * a! });
    near(own.estimate((v) => 1 / v.a!).standardError, own.standardErrors.a! / own.estimates.a! ** 2, 1e-12, "own");
    const rows = Array.from({ length: 15 }, (_, i) => [x[i]!, x[i]! + x[i + 15]!]).flat();
    const normal = await fitAny("multivariateNormal", rows, { columns: ["a", "b"] });
    const correlation = normal.estimate((v) => v.covariance[0]![1]! / Math.sqrt(v.covariance[0]![0]! * v.covariance[1]![1]!));
    near(correlation.standardError, (1 - correlation.value ** 2) / Math.sqrt(15), 1e-9, "correlation");
    expect(normal.estimate((v) => v["mean[a]"]!).standardError).toBeCloseTo(normal.standardErrors["mean[a]"]!, 12);
    expect(() => normal.estimate((v) => v.mean[0]!, { level: 2 })).toThrow(/^level is 2/);
    expect(() => normal.estimate(() => "1" as unknown as number)).toThrow(/returned 1; a number is needed/);
  });
});

describe("what was asked of the fit holds for its profile", () => {
  const x = distribution("gamma", { shape: 2, rate: 0.5 }).random(30, { seed: 11 });

  test("fixed parameters, bounds", async () => {
    const held = await fitAny("gamma", x, { fixed: { rate: 0.5 } });
    const intervals = await held.confint({ method: "profile" });
    expect(intervals.rate).toEqual([0.5, 0.5]);
    expect(intervals.shape![1] - intervals.shape![0]).toBeLessThan(1);
    const free = await (await fitAny("gamma", x)).confint({ method: "profile" });
    const bounded = await fitAny("gamma", x, { lower: { shape: 1.5 }, upper: { rate: 10 } });
    const within = await bounded.confint({ method: "profile" });
    expect(within.shape![0]).toBe(1.5);
    near(within.shape![1], free.shape![1], 1e-10, "upper end");
    // A bound that holds the maximum is the interval's end.
    const at = await fitAny("gamma", x, { upper: { shape: 1.5 } });
    expect(at.status).toBe("boundary");
    const { shape } = await at.confint({ method: "profile" });
    expect(shape![1]).toBe(1.5);
    near(await held1(at, x, shape![0]), HALF, 1e-9, "deficit");
  });

  const held1 = async (r: Fit, data: Float64Array, shape: number) => r.logLik - (await fitAny("gamma", data, { fixed: { shape } })).logLik;

  test("of the best of several families, of a level", async () => {
    const { best } = await fitBest(x, { families: ["gamma", "weibull"] });
    const [name] = best!.parameters as [string];
    const [narrow, wide] = [await best!.profile(name, { level: 0.5, points: 3 }), await best!.profile(name, { level: 0.99, points: 3 })];
    expect(narrow.interval[0]).toBeGreaterThan(wide.interval[0]);
    expect(narrow.interval[1]).toBeLessThan(wide.interval[1]);
  });

  test("your own likelihood", async () => {
    const r = await fitAny("weibull", x);
    const own = await maximize({
      parameters: { shape: { start: 1, lower: 0 }, scale: { start: 1, lower: 0 } },
      logLik: ({ shape: k, scale: s }) =>
        x.reduce((sum, xi) => sum + Math.log(k! / s!) + (k! - 1) * Math.log(xi / s!) - (xi / s!) ** k!, 0),
    });
    const [expected, found] = [await r.confint({ method: "profile" }), await own.confint({ method: "profile" })];
    for (const name of r.parameters) for (const side of [0, 1]) near(found[name]![side]!, expected[name]![side]!, 1e-8, name);
    const median = (v: Readonly<Record<string, number>>) => v.scale! * Math.LN2 ** (1 / v.shape!);
    const [a, b] = [await r.profile(median, { points: 3 }), await own.profile(median, { points: 3 })];
    for (const side of [0, 1]) near(b.interval[side]!, a.interval[side]!, 1e-8, "median");
    const cut = await maximize({
      parameters: { low: { start: 0 }, high: { start: 1, above: "low" } },
      logLik: ({ low, high }) => -((low! - 1) ** 2) - (high! - 3) ** 2,
    });
    const { high } = await cut.confint({ method: "profile" });
    near(high![1], 3 + Math.sqrt(HALF), 1e-7, "upper end");
  });

  test("a surface has the maximum inside and the profile of its rows", async () => {
    const r = await fitAny("generalizedExtremeValue", x);
    const { x: shapes, y: scales, logLik } = await r.surface("shape", "scale", { points: 6 });
    expect(shapes).toEqual([...shapes].sort((a, b) => a - b));
    const [i, j] = [2, 3];
    const fixed = { shape: shapes[j]!, scale: scales[i]! };
    near(logLik[i]![j]!, (await fitAny("generalizedExtremeValue", x, { fixed })).logLik, 1e-9, "logLik");
    expect(Math.max(...logLik.flat())).toBeLessThanOrEqual(r.logLik);
    const edge = [...logLik[0]!, ...logLik.at(-1)!, ...logLik.map((row) => row[0]!), ...logLik.map((row) => row.at(-1)!)];
    // Outside the joint region all along the edge.
    expect(Math.max(...edge)).toBeLessThan(r.logLik + Math.log(0.05));
  });
});

describe("refusals", () => {
  const x = [0.4, 1.3, 2.2, 2.9, 5.1, 7.7, 3.3];
  const ask = async (work: (r: Fit) => Promise<unknown>, options = {}) => work(await fitAny("gamma", x, options));
  const refusals: readonly [string, () => Promise<unknown>, RegExp][] = [
    ["an unknown parameter", () => ask((r) => r.profile("scale")), /^Unknown parameter "scale"; did you mean .* Known: shape, rate/],
    ["a fixed one", () => ask((r) => r.profile("shape"), { fixed: { shape: 2 } }), /^shape is fixed at 2/],
    ["neither name nor function", () => ask((r) => r.profile(3 as unknown as string)), /^The profile is asked of 3/],
    ["a level", () => ask((r) => r.confint({ method: "profile", level: 1 })), /^level is 1/],
    ["points", () => ask((r) => r.profile("shape", { points: 2.5 })), /^points is 2\.5/],
    ["a constant function", () => ask((r) => r.profile(() => 7)), /does not depend on the parameters/],
    ["a function without a value", () => ask((r) => r.profile((v) => Math.log(-v.shape!))), /^function is NaN at the estimates/],
    ["a function of no number", () => ask((r) => r.profile(() => "7" as unknown as number)), /returned 7; a number is needed/],
    ["two times one parameter", () => ask((r) => r.surface("shape", "shape")), /two parameters are needed/],
    ["importance weights", () => ask((r) => r.confint({ method: "profile" }), { weights: x, weightType: "importance" }), /sandwich/],
    [
      "clusters",
      () => ask((r) => r.profile("shape"), { cluster: [1, 1, 2, 2, 3, 3, 4] }),
      /^With rows that depend on one another .* sandwich/,
    ],
    [
      "priors",
      () => ask((r) => r.profile("shape"), { prior: { shape: { distribution: "gamma", shape: 2, rate: 1 } } }),
      /^The estimate is the mode of a posterior/,
    ],
    [
      "a distribution of rows",
      async () => (await fitAny("multivariateNormal", [1, 2, 2, 1, 3, 5, 4, 4], { columns: 2 })).confint({ method: "profile" as "wald" }),
      /^method is "profile"; "wald" is needed/,
    ],
    ["no maximum", async () => (await fitAny("normal", [2, 2])).confint({ method: "profile" }), /A profile needs a maximum/],
    ["a function at a limit", async () => (await fitAny("poisson", [0, 0])).profile((v) => 2 * v.lambda!), /a maximum inside/],
  ];
  test.each(refusals)("%s", async (_, work, message) => {
    await expect(work()).rejects.toThrow(message);
  });

  test("data that changed since the fit", async () => {
    const data = Float64Array.from(x);
    const r = await fitAny("gamma", data);
    data[0] = 100;
    await expect(r.profile("shape")).rejects.toThrow(/^The data have changed/);
  });

  test("a signal", async () => {
    await expect(ask((r) => r.profile("shape", { signal: AbortSignal.abort() }))).rejects.toThrow(/abort/i);
  });
});
