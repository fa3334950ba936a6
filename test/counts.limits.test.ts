import { hurdle, zeroInflated } from "loglik";
import { describe, expect, test } from "vitest";
import { Random } from "../src/math/random.ts";

// Counts whose likelihood has no maximum inside, and what cannot be fitted at all.

const random = new Random(3);
const x = Array.from({ length: 300 }, () => random.normal());
const g = x.map(() => (random.uniform() < 0.5 ? "a" : "b"));
const y = x.map((value) => (random.uniform() < 0.3 ? 0 : random.poisson(Math.exp(0.7 + 0.5 * value))));
const data = { x, g, y };
const changed = (to: (value: number, i: number) => number) => ({ ...data, y: y.map(to) });
const positive = changed((value) => value + 1);

describe("theta", () => {
  test.each([
    ["zeroInflated", zeroInflated],
    ["hurdle", hurdle],
  ])("%s: counts that vary no more than Poisson's are Poisson's", async (_, fit) => {
    const r = await fit({ formula: "y ~ x | g", data, family: "negativeBinomial" });
    const limit = await fit({ formula: "y ~ x | g", data, family: "poisson" });
    expect(r.status).toBe("boundary");
    expect(r.reason).toMatch(/theta tends to infinity, and the limit is the Poisson fit/);
    expect(r.estimates).toEqual({ ...limit.estimates, theta: Number.POSITIVE_INFINITY });
    expect(r.logLik).toBe(limit.logLik);
    expect(Object.values(r.standardErrors).every(Number.isNaN)).toBe(true);
    expect(Array.from(r.fitted)).toEqual(Array.from(limit.fitted));
  });

  test("hurdle: the logarithmic distribution", async () => {
    const source = new Random(11);
    const counts = Array.from({ length: 300 }, () => {
      const many = [1, 1, 1, 1, 1, 1, 2, 2, 40, 80, 3, 7, 500, 1, 1, 1][Math.floor(source.uniform() * 16)]!;
      return source.uniform() < 0.4 ? 0 : many;
    });
    const r = await hurdle({ formula: "y ~ 1 | 1", data: { y: counts }, family: "negativeBinomial" });
    expect([r.status, r.estimates.theta, r.estimates["count:(Intercept)"]]).toEqual(["boundary", 0, Number.NEGATIVE_INFINITY]);
    expect(r.reason).toMatch(/the limit is the logarithmic distribution/);
    // That of log-series counts: p = -log(1 - q) (1 - q)/q times the mean is 1.
    const some = counts.filter((count) => count > 0);
    const mean = some.reduce((a, b) => a + b, 0) / some.length;
    let [low, high] = [1e-9, 1 - 1e-12];
    for (let i = 0; i < 200; i++) {
      const q = (low + high) / 2;
      if (q / (-Math.log1p(-q) * (1 - q)) < mean) low = q;
      else high = q;
    }
    const series = some.reduce((sum, k) => sum + k * Math.log(low) - Math.log(k) - Math.log(-Math.log1p(-low)), 0);
    const share = some.length / 300;
    const whole = series + some.length * Math.log(share) + (300 - some.length) * Math.log(1 - share);
    expect(Math.abs(r.logLik - whole)).toBeLessThan(1e-8);
  });
});

describe("inflation", () => {
  test.each(["poisson", "negativeBinomial"])("%s: without zeros it tends to 0, and the counts alone are left", async (family) => {
    const r = await zeroInflated({ formula: "y ~ x | g", data: positive, family });
    expect(r.status).toBe("boundary");
    expect(r.reason).toMatch(
      /No count is 0: the inflation tends to 0, and the limit is the fit of the counts alone. Nothing tells zero:gb/,
    );
    expect(r.estimates["zero:(Intercept)"]).toBe(Number.NEGATIVE_INFINITY);
    expect(r.estimates["zero:gb"]).toBeNaN();
    expect(Array.from(r.predict(undefined, { type: "zero" })).every((pi) => pi === 0)).toBe(true);
    expect(Array.from(r.fitted)).toEqual(Array.from(r.predict(undefined, { type: "count" })));
  });

  test.each(["logit", "probit", "cloglog", "cauchit"])("%s: fewer zeros than the counts' own", async (link) => {
    const fewer = changed((value, i) => (value === 0 && i % 6 !== 0 ? 1 : value));
    const r = await zeroInflated({ formula: "y ~ x | 1", data: fewer, family: "poisson", link });
    const { glm } = await import("loglik");
    const alone = await glm({ formula: "y ~ x", data: fewer, family: "poisson" });
    expect(r.status).toBe("boundary");
    expect(Math.abs(r.logLik - alone.logLik)).toBeLessThan(1e-9);
    expect(r.estimates["count:x"]).toBeCloseTo(alone.estimates.x!, 9);
  });

  test("a group without zeros separates: the column is named", async () => {
    const r = await zeroInflated({
      formula: "y ~ x | g",
      data: changed((value, i) => (g[i] === "b" && value === 0 ? 1 : value)),
      family: "poisson",
    });
    expect(r.status).toBe("nonexistent");
    expect(r.reason).toMatch(/zero:gb to -infinity/);
    expect(r.direction).toEqual({ "zero:gb": -1 });
  });
});

describe("hurdle", () => {
  test("without zeros: the truncated counts alone", async () => {
    const r = await hurdle({ formula: "y ~ x | g", data: positive, family: "poisson" });
    expect([r.status, r.estimates["zero:(Intercept)"]]).toEqual(["boundary", Number.POSITIVE_INFINITY]);
    expect(r.estimates["zero:gb"]).toBeNaN();
  });

  test("a group without zeros separates", async () => {
    const r = await hurdle({
      formula: "y ~ x | g",
      data: changed((value, i) => (g[i] === "b" && value === 0 ? 1 : value)),
      family: "poisson",
    });
    expect([r.status, r.estimates["zero:gb"]]).toEqual(["nonexistent", Number.POSITIVE_INFINITY]);
  });

  test("a group of zeros alone says nothing of the counts", async () => {
    const r = await hurdle({ formula: "y ~ x + g | x", data: changed((value, i) => (g[i] === "b" ? 0 : value)), family: "poisson" });
    expect([r.status, r.aliased]).toEqual(["interior", ["count:gb"]]);
  });

  test.each(["poisson", "negativeBinomial"])("%s: no count above 1", async (family) => {
    const r = await hurdle({ formula: "y ~ x", data: changed((value) => Math.min(1, value)), family });
    expect([r.status, r.estimates["count:(Intercept)"]]).toEqual(["nonexistent", Number.NEGATIVE_INFINITY]);
    expect(r.reason).toMatch(/No count is above 1: nothing tells how large the positive ones are/);
  });
});

describe.each([
  ["zeroInflated", zeroInflated],
  ["hurdle", hurdle],
])("%s", (_, fit) => {
  test.each(["poisson", "negativeBinomial"])("%s: nothing but zeros", async (family) => {
    const r = await fit({ formula: "y ~ x", data: changed(() => 0), family });
    expect([r.status, r.logLik]).toEqual(["nonexistent", 0]);
    expect(r.reason).toMatch(/^All counts are 0: /);
    expect(Object.values(r.estimates).every(Number.isNaN)).toBe(true);
  });

  test("one positive count", async () => {
    const r = await fit({ formula: "y ~ 1", data: changed((value, i) => (i === 7 ? 3 : 0 * value)), family: "poisson" });
    expect(r.status).toBe("interior");
    // 3 = lambda/(1 - e^-lambda), and one of 300 is positive.
    expect(r.estimates["count:(Intercept)"]).toBeCloseTo(Math.log(2.8214393721220787), 10);
    const more = await fit({ formula: "y ~ x", data: changed((value, i) => (i === 7 ? 3 : 0 * value)), family: "poisson" });
    if (more.status !== "interior") expect(more.reason).toMatch(/Only one count is positive/);
  });

  test.each([
    [{ family: "gamma" }, 'family is "gamma"; "poisson" or "negativeBinomial" is needed.'],
    [{ link: "log" }, 'link is "log"; one of logit, probit, cloglog, cauchit is needed.'],
    [{ y: [0, 1.5, 2] }, "y[1] is 1.5; whole numbers >= 0 are needed."],
    [{ y: [0, 1, -2] }, "y[2] is -2; whole numbers >= 0 are needed."],
    [{ y: [0, 1] }, "y has 2 entries and the design has 3 rows; one per row is needed."],
    [{ y: undefined }, "Neither formula and data nor y are given; one of them is needed."],
    [{ design: undefined }, "Neither formula and data nor design are given; one of them is needed."],
    [{ zeroDesign: { names: ["z"], columns: [[1, 2]] } }, "zeroDesign has 2 rows and design has 3; as many are needed."],
    [{ weights: [1, -1, 1] }, "weights[1] is -1"],
    [{ offset: [0, Number.NaN, 0] }, "offset[1] is NaN; finite values are needed."],
    [{ formula: "y ~ x | x | x", data: { y: [0, 1, 2], x: [1, 2, 3] } }, 'formula: "y ~ x | x | x" has 3 parts; one or two are needed.'],
    [{ formula: "~ x", data: { x: [1, 2, 3] } }, 'formula: "~ x" has no response; "y ~ x" has one.'],
    [{ formula: "y ~ x", data: { y: ["a", "b", "a"], x: [1, 2, 3] } }, "has a response that is not numbers; numbers are needed."],
    [{ formula: "y ~ x", data: { y: [0, 1, 0.5], x: [1, 2, 3] } }, "The response[2] is 0.5; whole numbers >= 0 are needed."],
  ])("refuses %j", async (wrong, message) => {
    const rows = "formula" in wrong ? {} : { design: { names: ["(Intercept)"], columns: [[1, 1, 1]] }, y: [0, 1, 2] };
    await expect(fit({ ...rows, family: "poisson", ...wrong })).rejects.toThrow(message);
  });
});

// Above some rows theta is asked whether it runs away before it is let to.
test.each([
  ["zeroInflated", zeroInflated, 21_000],
  ["hurdle", hurdle, 50_000],
])("%s of many rows: Poisson's, or not", async (_, fit, n) => {
  const source = new Random(5);
  const z = Array.from({ length: n }, () => source.normal());
  const counts = (theta: number) =>
    z.map((value) => {
      const mu = Math.exp(0.5 + 0.3 * value) * (theta < Number.POSITIVE_INFINITY ? source.gamma(theta) / theta : 1);
      return source.uniform() < 0.3 ? 0 : source.poisson(mu);
    });
  // Fewer large counts than a Poisson has: less spread.
  const even = counts(Number.POSITIVE_INFINITY).map((count, i) => (count > 4 && i % 2 === 0 ? count - 1 : count));
  const limit = await fit({ formula: "y ~ z | 1", data: { y: even, z }, family: "negativeBinomial" });
  expect([limit.status, limit.estimates.theta]).toEqual(["boundary", Number.POSITIVE_INFINITY]);
  const own = await fit({ formula: "y ~ z | 1", data: { y: counts(3), z }, family: "negativeBinomial" });
  expect(own.status).toBe("interior");
  expect(Math.abs(own.estimates.theta! / 3 - 1)).toBeLessThan(0.2);
});
