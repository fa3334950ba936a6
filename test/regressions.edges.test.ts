import { clogit, coxph, generative, glm, glmPath, lm, multinomial, ordinal } from "loglik";
import { describe, expect, test } from "vitest";

// What a stranger sends, and what the answer says of it.

describe("options that are none", () => {
  const all = { clogit, coxph, generative, glm, glmPath, lm, multinomial, ordinal };
  test.each(Object.entries(all))("%s", async (_, fit) => {
    for (const options of [undefined, null, "y ~ x"]) {
      await expect((fit as (options: unknown) => Promise<unknown>)(options)).rejects.toThrow(/^options is .*; an object is needed\.$/);
    }
  });
});

describe("limits in the coefficients as given", () => {
  const data = { y: ["a", "b"], x: [1, 2] };

  test("an intercept that stands still beside a centred column runs away beside the column", async () => {
    const r = await multinomial({ formula: "y ~ x", data });
    expect(r.status).toBe("nonexistent");
    expect(r.estimates).toEqual({ "b:(Intercept)": Number.NEGATIVE_INFINITY, "b:x": Number.POSITIVE_INFINITY });
    expect(r.reason).toContain("b:(Intercept) to -infinity");
    expect(r.direction!["b:(Intercept)"]! / r.direction!["b:x"]!).toBeCloseTo(-1.5, 10);
    const o = await ordinal({ formula: "y ~ x", data });
    expect(o.estimates).toEqual({ x: Number.POSITIVE_INFINITY, zeta1: Number.POSITIVE_INFINITY });
  });

  test("and one that moves with it may stand still", async () => {
    // Only the rows at x = 1 are separated; at x = 0 the likelihood has its maximum.
    const y = ["a", "b", "a", "b", "b", "b", "b"];
    const r = await multinomial({ formula: "y ~ x", data: { y, x: [0, 0, 0, 0, 1, 1, 1] } });
    expect(r.estimates["b:x"]).toBe(Number.POSITIVE_INFINITY);
    expect(r.estimates["b:(Intercept)"]).toBeCloseTo(0, 8);
  });
});

describe("negative binomial without a maximum", () => {
  test("nothing but zeros: theta is named, and the deviances are those of the limit", async () => {
    const r = await glm({ formula: "y ~ x", data: { y: [0, 0, 0, 0], x: [1, 2, 3, 4] }, family: "negativeBinomial" });
    expect(r.status).toBe("nonexistent");
    expect(r.parameters).toEqual(["(Intercept)", "x", "theta"]);
    expect(r.estimates.theta).toBeNaN();
    expect([r.deviance, r.nullDeviance]).toEqual([0, 0]);
  });

  test("a Poisson limit has the Poisson's deviances", async () => {
    const given = { formula: "y ~ x", data: { y: [1, 2, 3, 3, 4, 6], x: [1, 2, 3, 4, 5, 6] } };
    const r = await glm({ ...given, family: "negativeBinomial" });
    const limit = await glm({ ...given, family: "poisson" });
    expect(r.status).toBe("boundary");
    expect(r.deviance).toBeCloseTo(limit.deviance, 12);
    expect(r.nullDeviance).toBeCloseTo(limit.nullDeviance, 12);
  });
});

test("a quasi family says that it has no likelihood", async () => {
  const r = await glm({ formula: "y ~ x", data: { y: [1, 0, 3, 7, 2, 9], x: [1, 2, 3, 4, 5, 6] }, family: "quasipoisson" });
  expect(r.status).toBe("interior");
  expect(r.logLik).toBeNaN();
  expect(r.reason).toContain("logLik, aic and bic are NaN");
});

test("new rows that all lack a value are NaN, as those are that stand beside complete ones", async () => {
  const data = { y: [1, 3, 2, 5, 4], b: [0, 1, 0, 1, 1], x: [1, 2, 3, 4, 6], s: ["a", "b", "a", "b", "b"], t: [5, 1, 4, 3, 2] };
  const gap = { x: [Number.NaN] };
  expect((await lm({ formula: "y ~ x", data })).predict(gap)).toEqual(Float64Array.of(Number.NaN));
  const r = await glm({ formula: "y ~ x", data, family: "poisson" });
  expect(r.predict(gap, { se: true })).toEqual({ fit: Float64Array.of(Number.NaN), se: Float64Array.of(Number.NaN) });
  expect((await multinomial({ formula: "s ~ x", data })).predict(gap)).toEqual([null]);
  expect((await ordinal({ formula: "y ~ x", data })).predict(gap)).toEqual([null]);
  expect((await coxph({ formula: "Surv(t, b) ~ x", data })).predict(gap)).toEqual(Float64Array.of(Number.NaN));
  expect((await generative({ formula: "s ~ x", data, model: "lda" })).predict(gap)).toEqual([null]);
});

test("profile intervals are refused by what has none", async () => {
  const r = await lm({ formula: "y ~ x", data: { y: [1, 3, 2, 5], x: [1, 2, 3, 4] } });
  expect(() => r.confint({ method: "profile" as "wald" })).toThrow(
    'method is "profile"; "wald" is needed, as this fit has no other intervals.',
  );
});

describe("gamma regressions far from the normal", () => {
  // Σ log density with log Γ(shape) from the recurrence and Stirling's series at 30.
  const logGamma = (x: number): number => {
    if (x < 30) return logGamma(x + 1) - Math.log(x);
    const u = 1 / x;
    return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + u / 12 - u ** 3 / 360 + u ** 5 / 1260 - u ** 7 / 1680;
  };
  const x = Array.from({ length: 60 }, (_, i) => i / 30 - 1);

  test.each([0.5, 2, 5, 12, 40])("responses of e^(%d z): the log-likelihood is that of the densities", async (spread) => {
    const y = x.map((value, i) => Math.exp(0.4 * value + spread * Math.sin(37 * i)));
    const r = await glm({ formula: "y ~ x", data: { x, y }, family: "gamma", link: "log" });
    expect(r.status).toBe("interior");
    const a = r.estimates.shape!;
    const { fitted } = r;
    const terms = y.map((value, i) => {
      const z = value / fitted[i]!;
      return a * Math.log(a * z) - a * z - Math.log(value) - logGamma(a);
    });
    const logLik = terms.reduce((sum, term) => sum + term, 0);
    expect(Math.abs(r.logLik - logLik)).toBeLessThan(1e-11 * (1 + terms.reduce((sum, term) => sum + Math.abs(term), 0)));
  });
});

describe("no maximum within, and no column to blame", () => {
  const x = [1, 2, 3, 4, 5, 6];

  test("at the edge of an identity's or a logarithm's means both estimates are there", async () => {
    const counts = await glm({ formula: "y ~ x", data: { y: [0, 0, 1, 2, 3, 9], x }, family: "poisson", link: "identity" });
    const shares = await glm({ formula: "y ~ x", data: { y: [0, 0, 1, 0, 1, 1], x }, family: "binomial", link: "log" });
    for (const r of [counts, shares]) {
      expect(r.status).toBe("boundary");
      expect(r.aliased).toEqual([]);
      expect(Object.values(r.estimates).every(Number.isFinite)).toBe(true);
      expect(r.reason).not.toContain("Combinations");
    }
  });

  test("a log link's binomial of nothing but zeros", async () => {
    const r = await glm({ formula: "y ~ 1", data: { y: [0, 0, 0] }, family: "binomial", link: "log" });
    expect([r.status, r.estimates["(Intercept)"], r.logLik, r.deviance]).toEqual(["nonexistent", Number.NEGATIVE_INFINITY, 0, 0]);
  });

  test("means that tend to 0, where the responses lie below", async () => {
    for (const y of [[-1, -2, 4, 9, -30, 1], x.map((value) => -value), [0, 0, 0, 0, 0, 0]]) {
      const r = await glm({ formula: "y ~ x", data: { y, x }, family: "gaussian", link: "log" });
      expect(r.status).toBe("failed");
      expect(r.aliased).toEqual([]);
      expect(r.standardErrors.x).toBeNaN();
    }
  });
});

test("places that are none in the order of levels are named", async () => {
  const design = { names: ["x"], columns: [[1, 2, 3, 4, 5, 6]] };
  const levels = ["lo", "mid", "top"];
  await expect(ordinal({ design, y: [1, 2, 3, 2, 4, 1], levels })).rejects.toThrow(
    "y[4] is 4; a level, or its place from 1 to 3 in levels, is needed.",
  );
  await expect(multinomial({ design, y: [0, 1, 2, 1, 2, 0], levels })).rejects.toThrow("y[0] is 0; a level, or its place from 1 to 3");
});

test("a separated limit beyond an offset of any size has the limit's deviance", async () => {
  const data = { y: [0, 0, 0, 1, 1, 1], x: [1, 2, 3, 4, 5, 6] };
  const r = await glm({ formula: "y ~ x", data, family: "binomial", offset: data.x.map(() => 1e6) });
  expect([r.status, r.logLik, r.deviance]).toEqual(["nonexistent", 0, 0]);
});

test("a negative binomial whose Poisson ends at an edge begins inside it", async () => {
  const data = { y: [0, 2, 0, 7, 0, 20, 1, 0, 0, 1], x: [1, 2, 3, 4, 5, 6.5, 7, 8, 2, 3] };
  const r = await glm({ formula: "y ~ x", data, family: "negativeBinomial", link: "identity" });
  expect(r.status).not.toBe("interior");
  expect(r.aliased).toEqual([]);
  expect(r.estimates.x).toBeGreaterThan(0);
});

test("a response whose squares overflow is no maximum in closed form", async () => {
  const r = await lm({ formula: "y ~ x", data: { y: [1e200, 2e200, 3.5e200, 2.5e200], x: [1, 2, 3, 4] } });
  expect(r.status).toBe("failed");
  expect(r.reason).toContain("beyond the doubles");
  expect(r.standardErrors.x).toBeNaN();
});

test("a level that is separated under a link with an end like exp(-e^x) is none of a finite coefficient", async () => {
  const y = ["c", "b", "a", "c", "b", "c", "a", "b", "b", "b", "a", "b", "a", "c", "c"];
  const g = ["u", "u", "w", "v", "u", "u", "w", "w", "u", "u", "u", "w", "u", "v", "u"];
  for (const link of ["logit", "probit", "cloglog", "loglog"] as const) {
    const r = await ordinal({ formula: "y ~ g", data: { y, g }, link });
    expect(r.status).toBe("nonexistent");
    expect(r.estimates.gv).toBe(Number.POSITIVE_INFINITY);
    expect(r.estimates.gw).toBeLessThan(0);
    expect(Object.keys(r.direction!)).toEqual(["gv"]);
    const rest = y.flatMap((_, i) => (g[i] === "v" ? [] : [i]));
    const without = await ordinal({ formula: "y ~ g", data: { y: rest.map((i) => y[i]!), g: rest.map((i) => g[i]!) }, link });
    expect(Math.abs(r.logLik - without.logLik)).toBeLessThan(1e-9);
  }
});

test("two groups that are separated each for itself", async () => {
  const data = { y: ["a", "a", "a", "b", "a", "a", "c", "b"], g: ["u", "v", "w", "v", "v", "u", "v", "v"] };
  for (const link of ["logit", "probit", "cloglog", "loglog"] as const) {
    expect((await ordinal({ formula: "y ~ g", data, link })).status).toBe("nonexistent");
  }
});

test("an inverse link's mean that tends to 0", async () => {
  const y = [-0.16, -0.29, -0.18, 0.035];
  expect((await glm({ formula: "y ~ 1", data: { y }, family: "gaussian", link: "inverse" })).status).not.toBe("interior");
});

test("a response in any unit has a maximum, slopes of 0 too", async () => {
  for (const unit of [1e-15, 1, 1e15]) {
    const y = [1, 2, 2, 1].map((value) => unit * value);
    const r = await glm({ formula: "y ~ x", data: { y, x: [1, 2, 3, 4] }, family: "gaussian" });
    expect(r.status).toBe("interior");
  }
});

test("a monotone partial likelihood with an offset, where the search ends before it is asked", async () => {
  const offset = [1.94, 1.68, 1.63, -0.31, -0.49, 0.53, -0.88];
  const data = { time: [7, 2, 3, 3, 1, 4, 8], status: [1, 1, 1, 1, 1, 1, 1], g: ["u", "u", "v", "u", "w", "v", "v"] };
  const r = await coxph({ formula: "Surv(time, status) ~ g", data, offset });
  expect([r.status, r.estimates.gw]).toEqual(["nonexistent", Number.POSITIVE_INFINITY]);
  expect(r.estimates.gv).toBeCloseTo(0.48, 1);
});
