import { readFileSync } from "node:fs";
import fc from "fast-check";
import { type CountOptions, glm, hurdle, zeroInflated } from "loglik";
import { describe, expect, test } from "vitest";
import { unitLinks } from "../src/laws/links.ts";
import { lgamma } from "../src/math/gamma.ts";
import { Random } from "../src/math/random.ts";

// Zero-inflated and hurdle models: what holds of every fit, what R's pscl says of some (scripts/reference/countDetails.R), and what is said
// where there is no maximum.

const fits = { zeroInflated, hurdle } as const;
type Model = keyof typeof fits;
type Link = "logit" | "probit" | "cloglog" | "cauchit";

interface Details {
  readonly data: Readonly<Record<"art" | "fem" | "kid5" | "ment", readonly number[]>>;
  readonly rows: readonly (Record<"response" | "count" | "zero" | "pearson", readonly number[]> & {
    readonly model: Model;
    readonly family: string;
    readonly link: Link;
    readonly logLik: number;
    readonly prob: readonly (readonly number[])[];
  })[];
}

const details: Details = JSON.parse(readFileSync(new URL("data/countDetails.json", import.meta.url), "utf8"));
const articles = details.data as unknown as Record<string, number[]>;

describe("pscl", () => {
  test.each(details.rows.map((row) => [`${row.model} ${row.family} ${row.link}`, row] as const))("%s", async (_, row) => {
    const r = await fits[row.model]({ formula: "art ~ fem + ment | kid5 + ment", data: articles, family: row.family, link: row.link });
    expect(r.status).toBe("interior");
    expect(r.logLik).toBeGreaterThan(row.logLik - 1e-9);
    expect(r.logLik).toBeLessThan(row.logLik + 1e-5);
    const first = Object.fromEntries(Object.entries(articles).map(([name, column]) => [name, column.slice(0, 12)]));
    const near = (found: ArrayLike<number>, expected: readonly number[]) =>
      expected.forEach((value, i) => {
        expect(Math.abs(found[i]! - value)).toBeLessThan(2e-4 * (Math.abs(value) + 1e-3));
      });
    near(r.predict(first), row.response);
    near(r.predict(first, { type: "count" }), row.count);
    near(r.predict(first, { type: "zero" }), row.zero);
    r.predict(first, { type: "prob", at: [0, 1, 2, 3, 4, 5, 6] }).forEach((found, i) => {
      near(found, row.prob[i]!);
    });
    near(r.residuals("pearson"), row.pearson);
    expect(Array.from(r.predict(first))).toEqual(Array.from(r.fitted.subarray(0, 12)));
  });
});

interface Sample {
  readonly x: number[];
  readonly z: number[];
  readonly y: number[];
}

function sample(n: number, seed: number, theta = Number.POSITIVE_INFINITY, inflation = 0): Sample {
  const random = new Random(seed);
  const x = Array.from({ length: n }, () => random.normal());
  const z = Array.from({ length: n }, () => random.normal());
  const y = x.map((value, i) => {
    const mu = Math.exp(0.8 + 0.4 * value) * (theta < Number.POSITIVE_INFINITY ? random.gamma(theta) / theta : 1);
    return random.uniform() < 1 / (1 + Math.exp(-inflation - 0.5 * z[i]!)) ? 0 : random.poisson(mu);
  });
  return { x, z, y };
}

const ones = (n: number) => new Float64Array(n).fill(1);
const designs = ({ x, z, y }: Sample): Pick<CountOptions, "design" | "zeroDesign" | "y"> => ({
  design: { names: ["(Intercept)", "x"], columns: [ones(y.length), x] },
  zeroDesign: { names: ["(Intercept)", "z"], columns: [ones(y.length), z] },
  y,
});

/** The log-likelihood as it stands in textbooks. */
function plain(
  model: Model,
  link: Link,
  { x, z, y }: Sample,
  b: readonly number[],
  weights?: readonly number[],
  offset?: readonly number[],
) {
  const theta = b[4];
  const log = (k: number, mu: number) =>
    theta === undefined
      ? k * Math.log(mu) - mu - lgamma(k + 1)
      : lgamma(k + theta) -
        lgamma(theta) -
        lgamma(k + 1) -
        theta * Math.log1p(mu / theta) +
        (k === 0 ? 0 : k * Math.log(mu / (mu + theta)));
  return y.reduce((sum, k, i) => {
    const mu = Math.exp(b[0]! + b[1]! * x[i]! + (offset?.[i] ?? 0));
    const p = unitLinks[link].mu(b[2]! + b[3]! * z[i]!);
    const none = Math.exp(log(0, mu));
    const inflated = k === 0 ? Math.log(p + (1 - p) * none) : Math.log(1 - p) + log(k, mu);
    const taken = k === 0 ? Math.log(1 - p) : Math.log(p) + log(k, mu) - Math.log1p(-none);
    return sum + (weights?.[i] ?? 1) * (model === "hurdle" ? taken : inflated);
  }, 0);
}

const given = fc.record({
  model: fc.constantFrom<Model>("zeroInflated", "hurdle"),
  family: fc.constantFrom("poisson", "negativeBinomial"),
  link: fc.constantFrom<Link>("logit", "probit", "cloglog", "cauchit"),
  seed: fc.integer({ min: 1, max: 1e6 }),
  theta: fc.constantFrom(0.7, 3, Number.POSITIVE_INFINITY),
});

test("scores are 0 at the estimates, by differences of a plain log-likelihood", async () => {
  await fc.assert(
    fc.asyncProperty(given, fc.boolean(), fc.boolean(), async ({ model, family, link, seed, theta }, weighted, shifted) => {
      const data = sample(250, seed, theta);
      const random = new Random(seed + 1);
      const weights = weighted ? data.y.map(() => 1 + random.poisson(1)) : undefined;
      const offset = shifted ? data.y.map(() => 0.5 * random.normal()) : undefined;
      const r = await fits[model]({ ...designs(data), family, link, weights, offset });
      if (r.status !== "interior") {
        expect(["boundary", "nonexistent"]).toContain(r.status);
        return;
      }
      const b = r.parameters.map((name) => r.estimates[name]!);
      const value = (theta: readonly number[]) => plain(model, link, data, theta, weights, offset);
      // Log-gammas of a large theta leave the plain form no digits for differences.
      const large = r.estimates.theta! > 1e4;
      expect(Math.abs(r.logLik - value(b))).toBeLessThan(large ? 1e-4 : 1e-8);
      if (large) return;
      r.parameters.forEach((name, k) => {
        // theta on its logarithm; errors of 1 and more are far from any quadratic.
        const own = name === "theta";
        const error = r.standardErrors[name]! / (own ? b[k]! : 1);
        const unit = Math.min(1, error);
        const at = (step: number) => value(b.map((c, j) => (j !== k ? c : own ? c * Math.exp(step * unit) : c + step * unit)));
        // Central differences of two steps, whose errors cancel to the fourth order.
        const slope = (step: number) => (at(step) - at(-step)) / (2 * step);
        expect(Math.abs(4 * slope(1e-2) - slope(2e-2)) / 3).toBeLessThan(2e-6);
        // On its own the curvature is at least that of the standard error.
        expect(((2 * value(b) - at(1e-2) - at(-1e-2)) / 1e-4) * (error / unit) ** 2).toBeGreaterThan(0.98);
      });
    }),
    { numRuns: 40 },
  );
});

test("a ridge on which the likelihood is not concave takes no hundred steps", async () => {
  const r = await zeroInflated({ ...designs(sample(250, 809410, 0.7)), family: "negativeBinomial" });
  expect(r.status).toBe("interior");
  expect(r.logLik).toBeGreaterThan(-305.72554);
  expect(r.certificate.iterations).toBeLessThan(40);
});

test("rows in another order, repeated rows and scaled columns change nothing but the scale", async () => {
  await fc.assert(
    fc.asyncProperty(given, fc.constantFrom(1e-8, 1e-3, 1e8), async ({ model, family, link, seed, theta }, scale) => {
      const data = sample(200, seed, theta);
      const random = new Random(seed + 2);
      const weights = data.y.map(() => random.poisson(1.5));
      const one = await fits[model]({ ...designs(data), family, link, weights });
      const order = data.y.flatMap((_, i) => Array.from({ length: weights[i]! }, () => i)).reverse();
      const taken = { x: order.map((i) => scale * data.x[i]!), z: order.map((i) => data.z[i]!), y: order.map((i) => data.y[i]!) };
      const other = await fits[model]({ ...designs(taken), family, link });
      expect(other.status).toBe(one.status);
      expect(Math.abs(other.logLik - one.logLik)).toBeLessThan(1e-7);
      if (one.status !== "interior") return;
      for (const name of one.parameters) {
        const times = name === "count:x" ? scale : 1;
        expect(Math.abs(times * other.estimates[name]! - one.estimates[name]!) / one.standardErrors[name]!).toBeLessThan(1e-6);
        expect((times * other.standardErrors[name]!) / one.standardErrors[name]!).toBeCloseTo(1, 5);
      }
    }),
    { numRuns: 25 },
  );
});

test("a hurdle's zero part is glm's binomial", async () => {
  const data = sample(400, 5, 2);
  const r = await hurdle({ formula: "y ~ x | z", data: { ...data }, family: "negativeBinomial" });
  const part = await glm({ formula: "some ~ z", data: { ...data, some: data.y.map((y) => Number(y > 0)) }, family: "binomial" });
  for (const name of ["(Intercept)", "z"]) {
    expect(r.estimates[`zero:${name}`]).toBeCloseTo(part.estimates[name]!, 9);
    expect(r.standardErrors[`zero:${name}`]).toBeCloseTo(part.standardErrors[name]!, 9);
  }
});

describe.each(["zeroInflated", "hurdle"] as const)("%s answers", (model) => {
  const data = sample(2000, 8, 2);
  const fit = fits[model];

  test("standard errors of predictions are the delta method's", async () => {
    const r = await fit({ formula: "y ~ x | z", data: { ...data }, family: "negativeBinomial" });
    const row = { x: [0.3], z: [-0.4] };
    const b = r.parameters.map((name) => r.estimates[name]!);
    const link = unitLinks.logit;
    const value = {
      response: (c: readonly number[]) => {
        const [mu, p] = [Math.exp(c[0]! + 0.3 * c[1]!), link.mu(c[2]! - 0.4 * c[3]!)];
        return model === "hurdle" ? (p * mu) / (1 - (1 + mu / c[4]!) ** -c[4]!) : (1 - p) * mu;
      },
      count: (c: readonly number[]) => Math.exp(c[0]! + 0.3 * c[1]!),
      zero: (c: readonly number[]) => {
        const [mu, p] = [Math.exp(c[0]! + 0.3 * c[1]!), link.mu(c[2]! - 0.4 * c[3]!)];
        return model === "hurdle" ? p / (1 - (1 + mu / c[4]!) ** -c[4]!) : p;
      },
    };
    for (const type of ["response", "count", "zero"] as const) {
      const { fit: found, se } = r.predict(row, { type, se: true });
      expect(found[0]).toBeCloseTo(value[type](b), 12);
      const slopes = b.map((_, k) => {
        const at = (step: number) => value[type](b.map((c, j) => (j === k ? c + step : c)));
        return (at(1e-5) - at(-1e-5)) / 2e-5;
      });
      const { vcov } = r;
      const variance = slopes.reduce((sum, s, i) => sum + slopes.reduce((part, t, j) => part + s * t * vcov[i]![j]!, 0), 0);
      expect(se[0]! / Math.sqrt(variance)).toBeCloseTo(1, 6);
    }
  });

  test("quantile residuals are standard normal, Pearson residuals have mean 0 and variance 1", async () => {
    const r = await fit({ formula: "y ~ x | z", data: { ...data }, family: "negativeBinomial" });
    for (const type of ["quantile", "pearson"] as const) {
      const found = r.residuals(type);
      const mean = found.reduce((a, b) => a + b, 0) / 2000;
      const variance = found.reduce((a, b) => a + b * b, 0) / 2000;
      expect(Math.abs(mean)).toBeLessThan(0.1);
      expect(Math.abs(variance - 1)).toBeLessThan(0.15);
    }
    expect(Array.from(r.residuals("quantile"))).toEqual(Array.from(r.residuals("quantile", { seed: 1 })));
    expect(Array.from(r.residuals("response"))).toEqual(Array.from(r.fitted, (mu, i) => data.y[i]! - mu));
  });

  test("probabilities add up to 1, and to the mean", async () => {
    const r = await fit({ formula: "y ~ x | z", data: { ...data }, family: "negativeBinomial" });
    const at = Array.from({ length: 400 }, (_, k) => k);
    const [row] = r.predict({ x: [0], z: [0] }, { type: "prob", at });
    expect(row!.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
    expect(row!.reduce((sum, p, k) => sum + k * p, 0)).toBeCloseTo(r.predict({ x: [0], z: [0] })[0]!, 8);
    expect(r.predict(undefined, { type: "prob" })[0]!.length).toBe(Math.max(...data.y) + 1);
  });

  test("one part of a formula is that of both; rows with missing values are left out and predicted as NaN; offsets are the counts'", async () => {
    const holes = { ...data, x: data.x.map((value, i) => (i === 3 ? Number.NaN : value)) };
    const one = await fit({ formula: "y ~ x + offset(z)", data: holes, family: "poisson" });
    const two = await fit({ formula: "y ~ x + offset(z) | x", data: holes, family: "poisson" });
    expect(one.parameters).toEqual(["count:(Intercept)", "count:x", "zero:(Intercept)", "zero:x"]);
    expect(one.estimates).toEqual(two.estimates);
    expect(one.omitted).toBe(1);
    const rows = { x: [0, Number.NaN], z: [0.5, 0] };
    const [first, second] = one.predict(rows, { type: "count" });
    expect(first).toBeCloseTo(Math.exp(one.estimates["count:(Intercept)"]! + 0.5), 12);
    expect(second).toBeNaN();
    expect(one.predict(rows, { type: "zero" })[0]).toBeGreaterThan(0);
    const other = await fit({ ...designs(data), zeroDesign: undefined, offset: data.z, family: "poisson" });
    expect(other.parameters).toEqual(one.parameters);
    expect(() => other.predict({ x: [1] })).toThrow("The fit has an offset; newData needs one too, as options.offset.");
  });

  test("sandwiches, intervals and the summary", async () => {
    const r = await fit({ formula: "y ~ x | z", data: { ...data }, family: "negativeBinomial" });
    const robust = r.vcovOf("HC0");
    r.parameters.forEach((name, k) => {
      expect(Math.sqrt(robust[k]![k]!) / r.standardErrors[name]!).toBeCloseTo(1, 0);
      const [low, high] = r.confint()[name]!;
      expect(low < r.estimates[name]! && r.estimates[name]! < high).toBe(true);
    });
    expect(r.vcovOf("HC1")[0]![0]).toBeCloseTo((robust[0]![0]! * 2000) / (2000 - r.parameters.length), 10);
    expect(r.vcovOf({ cluster: data.y.map((_, i) => i) })[0]![0]).toBeCloseTo((robust[0]![0]! * 2000) / 1999, 10);
    expect(r.summary()).toContain(`${model}(y ~ x | z, family = negativeBinomial, link = log/logit)`);
  });
});
