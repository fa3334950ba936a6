import { readFileSync } from "node:fs";
import fc from "fast-check";
import { type SurvregOptions, survreg, tobit } from "loglik";
import { describe, expect, test } from "vitest";
import { Random } from "../src/math/random.ts";

// survreg against R's (scripts/reference/survreg.R), and what holds of any data. Estimates against their maximum in 60 digits:
// regression.reference.test.ts.

interface Row {
  readonly id: string;
  readonly formula: string;
  readonly distribution: string;
  readonly data: Readonly<Record<string, number[]>>;
  readonly new: Readonly<Record<string, number[]>>;
  readonly table: { readonly names: readonly string[]; readonly values: readonly (readonly number[])[] };
  readonly residuals: Readonly<Record<"response" | "deviance", readonly number[]>>;
  /** Of the intercept alone, and of the model. */
  readonly logLik: readonly number[];
  readonly chisq: number;
  readonly lp: readonly number[];
  readonly lp_se: readonly number[];
  readonly response: readonly number[];
  readonly response_se: readonly number[];
  readonly quantile: readonly number[];
  readonly quantile_se: readonly number[];
}

const rows: readonly Row[] = JSON.parse(readFileSync(new URL("data/survreg.json", import.meta.url), "utf8"));

/** R's iteration ends where steps gain less than rounding: some 1e-8 of a standard error from the maximum. */
function near(found: ArrayLike<number>, needed: readonly number[], closeness = 1e-6): void {
  expect(found.length).toBe(needed.length);
  const size = needed.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  needed.forEach((value, i) => {
    expect(Math.abs(found[i]! - value), `entry ${i}: ${found[i]} for ${value}`).toBeLessThan(closeness * size);
  });
}

describe.each(rows.map((row) => [row.id, row] as const))("%s: as in R", (_, row) => {
  const fitted = survreg({ formula: row.formula, data: row.data, distribution: row.distribution });

  test("coefficients, standard errors, z and p", async () => {
    const r = await fitted;
    const table = r.coefficients();
    table.forEach(({ name, estimate, standardError, statistic, pValue }, k) => {
      expect(row.table.names[k]).toBe(name);
      near([estimate, standardError, statistic, pValue], row.table.values[k]!);
    });
    // R prints the scale's logarithm.
    const scales = row.table.values.slice(table.length);
    expect(scales.length).toBe(r.parameters.length - table.length);
    scales.forEach(([logScale, error], k) => {
      const name = r.parameters[table.length + k]!;
      near([Math.log(r.estimates[name]!), r.standardErrors[name]! / r.estimates[name]!], [logScale!, error!]);
    });
  });

  test("log-likelihood and its ratio", async () => {
    const r = await fitted;
    near([r.logLik], [row.logLik[1]!], 1e-9);
    const { statistic, df } = await r.likelihoodRatioTest();
    near([statistic], [row.chisq], 1e-6);
    expect(df).toBe(Object.keys(r.coef).length - 1);
  });

  test("predictions and residuals", async () => {
    const r = await fitted;
    for (const type of ["lp", "response", "quantile"] as const) {
      const { fit, se } = r.predict(row.new, { type, se: true, p: 0.25 });
      near(fit, row[type]);
      near(se, row[`${type}_se`]);
    }
    // R's most probable interval of an extreme value is another one than it should be (center without scale, exp(-exp(width)) for exp(-width)).
    if (row.id !== "intervals weibull" && row.id !== "intervals extreme") {
      for (const type of ["response", "deviance"] as const) near(r.residuals(type), row.residuals[type], 1e-5);
    }
    near(r.fitted, Array.from(r.predict()));
    const [median] = r.predict(row.new, { type: "quantile" });
    expect(r.predict(row.new, { type: "survival", at: median! })[0]).toBeCloseTo(0.5, 12);
  });
});

function sample(n: number, seed: number) {
  const random = new Random(seed);
  const x = Float64Array.from({ length: n }, () => random.normal());
  const g = Array.from(x, (_, i) => ["a", "b", "c"][i % 3]!);
  const time = x.map((value) => Math.exp(1 + 0.5 * value + 0.6 * Math.log(random.exponential())));
  const end = x.map(() => 4 * random.exponential());
  return { x, g, time: time.map((t, i) => Math.min(t, end[i]!)), status: time.map((t, i) => (t <= end[i]! ? 1 : 0)) };
}

const DISTRIBUTIONS = ["weibull", "exponential", "rayleigh", "lognormal", "loglogistic", "gaussian", "logistic", "extreme", "t"];

test.each(DISTRIBUTIONS)("%s: formula, times and ends say the same, however columns are scaled and moved", async (distribution) => {
  const { x, time, status } = sample(400, 3);
  const plain = await survreg({ formula: "Surv(time, status) ~ x", data: { x, time, status }, distribution });
  expect(plain.status).toBe("interior");
  const names = ["(Intercept)", "x"];
  const upper = time.map((value, i) => (status[i] === 1 ? value : Infinity));
  for (const [scale, center] of [
    [1, 0],
    [1e8, 0],
    [1e-8, 0],
    [1, 1e6],
  ] as const) {
    const columns = [x.map(() => 1), x.map((value) => scale * value + center)];
    const forms: SurvregOptions[] = [
      { design: { names, columns }, time, status, distribution },
      { design: { names, columns }, lower: time, upper, distribution },
    ];
    for (const form of forms) {
      const r = await survreg(form);
      expect(r.logLik).toBeCloseTo(plain.logLik, 9);
      expect((r.estimates.x! * scale) / plain.estimates.x!).toBeCloseTo(1, 8);
      expect((r.standardErrors.x! * scale) / plain.standardErrors.x!).toBeCloseTo(1, 7);
    }
  }
});

test.each(DISTRIBUTIONS)("%s: times in other units", async (distribution) => {
  const { x, time, status } = sample(200, 9);
  const plain = await survreg({ formula: "Surv(time, status) ~ x", data: { x, time, status }, distribution });
  const events = status.reduce((sum, value) => sum + value, 0);
  for (const unit of [1e8, 1e-8]) {
    const r = await survreg({ formula: "Surv(time, status) ~ x", data: { x, time: time.map((t) => unit * t), status }, distribution });
    expect(r.status).toBe("interior");
    expect(r.logLik + events * Math.log(unit)).toBeCloseTo(plain.logLik, 7);
  }
});

test("weights are repetitions, and rows of weight 0 are absent whatever they hold", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(...DISTRIBUTIONS), async (seed, distribution) => {
      const { x, time, status } = sample(60, seed);
      const weights = x.map((_, i) => i % 4);
      const places = [...x.keys()].flatMap((i) => new Array<number>(i % 4).fill(i));
      const pick = (column: Float64Array) => Float64Array.from(places, (i) => column[i]!);
      const spoilt = time.map((value, i) => (i % 4 === 0 ? -7 : value));
      const weighted = await survreg({ formula: "Surv(time, status) ~ x", data: { x, time: spoilt, status }, weights, distribution });
      const repeated = await survreg({
        formula: "Surv(time, status) ~ x",
        data: { x: pick(x), time: pick(time), status: pick(status) },
        distribution,
      });
      expect(weighted.status).toBe(repeated.status);
      expect(weighted.logLik).toBeCloseTo(repeated.logLik, 9);
      for (const name of weighted.parameters) {
        expect(Math.abs(weighted.estimates[name]! - repeated.estimates[name]!) / repeated.standardErrors[name]!).toBeLessThan(1e-7);
        expect(weighted.standardErrors[name]! / repeated.standardErrors[name]!).toBeCloseTo(1, 6);
      }
      expect(Number.isNaN(weighted.residuals()[0])).toBe(true);
    }),
    { numRuns: 20, seed: 5 },
  );
});

test("delayed entry: by Surv(start, stop, status) and by truncated", async () => {
  const { x, time, status } = sample(500, 4);
  const start = time.map((value, i) => (i % 2 === 0 ? 0 : 0.6 * value));
  const counting = await survreg({ formula: "Surv(start, time, status) ~ x", data: { x, time, status, start } });
  const truncated = await survreg({ formula: "Surv(time, status) ~ x", data: { x, time, status }, truncated: { lower: start } });
  expect(counting.estimates).toEqual(truncated.estimates);
  // An exponential forgets: the time since entry has the same rate.
  const forgetful = await survreg({ formula: "Surv(start, time, status) ~ 1", data: { time, status, start }, distribution: "exponential" });
  const since = time.map((value, i) => value - start[i]!);
  const events = status.reduce((sum, value) => sum + value, 0);
  expect(forgetful.estimates["(Intercept)"]).toBeCloseTo(Math.log(since.reduce((sum, value) => sum + value, 0) / events), 12);
});

test("quantile and Cox-Snell residuals of true parameters are those of their laws", async () => {
  const { x, time, status } = sample(4000, 6);
  const r = await survreg({ formula: "Surv(time, status) ~ x", data: { x, time, status } });
  const quantiles = r.residuals("quantile");
  const mean = quantiles.reduce((sum, value) => sum + value, 0) / 4000;
  expect(Math.abs(mean)).toBeLessThan(0.05);
  expect(quantiles.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4000).toBeCloseTo(1, 1);
  const total = r.residuals("coxSnell").reduce((sum, value) => sum + value, 0);
  expect(total / status.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
});

test("no events in a group: the coefficient is named, the rest is its limit", async () => {
  const { g, time } = sample(90, 7);
  const status = time.map((_, i) => (g[i] === "c" ? 0 : 1));
  const r = await survreg({ formula: "Surv(time, status) ~ g", data: { g, time, status } });
  expect(r.status).toBe("nonexistent");
  expect(r.reason).toContain("gc to +infinity");
  expect(r.estimates.gc).toBe(Infinity);
  expect(Number.isNaN(r.standardErrors["(Intercept)"])).toBe(true);
  const rest = [...time.keys()].filter((i) => g[i] !== "c");
  const pick = <T>(column: ArrayLike<T>) => rest.map((i) => column[i]!);
  const others = await survreg({ formula: "Surv(time, status) ~ g", data: { g: pick(g), time: pick(time), status: pick(status) } });
  expect(r.logLik).toBeCloseTo(others.logLik, 6);
  expect(r.estimates.gb).toBeCloseTo(others.estimates.gb!, 5);
});

test.each(["weibull", "lognormal", "gaussian", "logistic", "t"])("%s: rows on their predictors have no maximum", async (distribution) => {
  const x = Float64Array.from({ length: 12 }, (_, i) => i - 4);
  const y = x.map((value) => 2 + 0.25 * value);
  const time = distribution === "weibull" || distribution === "lognormal" ? y.map(Math.exp) : y;
  const r = await survreg({ formula: "Surv(time, status) ~ x", data: { x, time, status: x.map(() => 1) }, distribution });
  expect(r.status).toBe("nonexistent");
  expect(r.reason).toMatch(/scale goes to 0/);
  expect(r.estimates.scale).toBe(0);
  expect(r.logLik).toBe(Infinity);
});

test("all censored, aliased columns, missing values", async () => {
  const { x, time, status } = sample(80, 2);
  const never = await survreg({ formula: "Surv(time, status) ~ x", data: { x, time, status: status.map(() => 0) } });
  expect([never.status, never.estimates["(Intercept)"]]).toEqual(["nonexistent", Infinity]);
  expect(never.logLik).toBeCloseTo(0, 5);
  const within = await survreg({
    formula: 'Surv(a, b, type = "interval2") ~ x',
    data: { x, a: x.map((v) => v - 1), b: x.map((v) => v + 1) },
    distribution: "gaussian",
  });
  expect([within.status, within.estimates.scale]).toEqual(["nonexistent", 0]);
  const twice = await survreg({ formula: "Surv(time, status) ~ x + z", data: { x, z: x.map((v) => 3 * v), time, status } });
  expect(twice.aliased).toEqual(["z"]);
  expect(twice.status).toBe("interior");
  const gaps = await survreg({ formula: "Surv(time, status) ~ x", data: { x: x.map((v, i) => (i < 5 ? NaN : v)), time, status } });
  expect([gaps.omitted, gaps.nobs]).toEqual([5, 75]);
});

test("tobit: limits on both sides are intervals that are open", async () => {
  const { x } = sample(300, 11);
  const random = new Random(1);
  const y = x.map((value) => Math.min(2, Math.max(0, 0.8 + value + random.normal())));
  const r = await tobit({ formula: "y ~ x", data: { x, y }, left: 0, right: 2 });
  const lower = y.map((value) => (value <= 0 ? -Infinity : value));
  const upper = y.map((value) => (value >= 2 ? Infinity : value));
  const same = await survreg({
    formula: 'Surv(lower, upper, type = "interval2") ~ x',
    data: { x, lower, upper },
    distribution: "gaussian",
  });
  expect(r.estimates).toEqual(same.estimates);
});

test.each([
  [{ distribution: "weibul" }, 'distribution is "weibul"; did you mean "weibull"?'],
  [{ scale: -1 }, "scale is -1; a number > 0 is needed to fix it."],
  [{ df: 3 }, 'df is given for weibull; distribution: "t" has degrees of freedom.'],
  [{ time: [1, 0, 2] }, "Row 1 ends at 0; weibull needs times > 0."],
  [{ status: [1, 3, 1] }, "status[1] is 3; 0 and 1, 1 and 2, or false and true are needed."],
  [{ time: [1, NaN, 2] }, "Row 1 is NaN; a finite value, or a lower end below the upper with one of them finite, is needed."],
  [{ time: undefined }, "There is no response: y, time and status, or lower and upper are needed, one number per row."],
  [{ truncated: { lower: 1.5 } }, "Row 0 is 1; it lies outside its truncation bounds, (1.5, Infinity], where it could not have been seen."],
])("%j: %s", async (wrong, message) => {
  const design = { names: ["(Intercept)"], columns: [[1, 1, 1]] };
  await expect(survreg({ design, time: [1, 2, 3], status: [1, 1, 1], ...wrong })).rejects.toThrow(message);
});

test("any few rows end with a status, and what is interior has errors", async () => {
  const end = fc.double({ min: 0.01, max: 50, noNaN: true });
  const row = fc.tuple(end, end, fc.constantFrom("exact", "right", "left", "between"), fc.integer({ min: -3, max: 3 }));
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 3, maxLength: 12 }), fc.constantFrom(...DISTRIBUTIONS), async (given, distribution) => {
      const ends = given.map(([a, b, kind]) => {
        if (kind === "exact" || a === b) return [a, a];
        if (kind === "right") return [a, Infinity];
        return kind === "left" ? [-Infinity, a] : [Math.min(a, b), Math.max(a, b)];
      });
      const columns = [given.map(() => 1), given.map(([, , , x]) => x)];
      const [lower, upper] = [ends.map(([a]) => a!), ends.map(([, b]) => b!)];
      const r = await survreg({ design: { names: ["(Intercept)", "x"], columns }, lower, upper, distribution });
      expect(r.reason.length).toBeGreaterThan(10);
      expect(Number.isNaN(r.logLik)).toBe(false);
      if (r.status !== "interior") return;
      for (const name of r.parameters) {
        if (r.aliased.includes(name)) continue;
        expect(Number.isFinite(r.estimates[name])).toBe(true);
        expect(r.standardErrors[name]).toBeGreaterThan(0);
      }
      expect(r.residuals("quantile").every(Number.isFinite)).toBe(true);
    }),
    { numRuns: Number(process.env.LOGLIK_RUNS ?? 150), seed: 6 },
  );
});
