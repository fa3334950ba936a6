import fc from "fast-check";
import { betareg } from "loglik";
import { describe, expect, test } from "vitest";
import { unitLinks } from "../src/laws/links.ts";
import { lgamma } from "../src/math/gamma.ts";
import { digamma } from "../src/math/polygamma.ts";
import { Random } from "../src/math/random.ts";

// Beta regression: what holds of every fit, and what is refused.

const linkNames = ["logit", "probit", "cloglog", "cauchit", "log", "loglog"] as const;

interface Sample {
  readonly x: number[];
  readonly z: number[];
  readonly y: number[];
}

function sample(n: number, seed: number, link: (typeof linkNames)[number], precision: number): Sample {
  const random = new Random(seed);
  const x = Array.from({ length: n }, () => random.uniform());
  const z = Array.from({ length: n }, () => random.uniform());
  const y = x.map((value, i) => {
    const mu = unitLinks[link].mu(-1 + 0.6 * value);
    const phi = precision * Math.exp(z[i]!);
    const [a, b] = [random.gamma(mu * phi), random.gamma((1 - mu) * phi)];
    return Math.min(1 - 1e-12, Math.max(1e-12, a / (a + b)));
  });
  return { x, z, y };
}

const given = fc.record({
  link: fc.constantFrom(...linkNames),
  precisionLink: fc.constantFrom("log", "identity", "sqrt"),
  seed: fc.integer({ min: 1, max: 1e6 }),
  precision: fc.constantFrom(2, 30, 1e4),
  constant: fc.boolean(),
});

const inverse: Record<string, (zeta: number) => number> = { log: Math.exp, identity: (zeta) => zeta, sqrt: (zeta) => zeta * zeta };

/** The log-likelihood as it stands in textbooks. */
function plain(
  { x, z, y }: Sample,
  link: (typeof linkNames)[number],
  phiOf: (z: number) => number,
  b: readonly number[],
  weights?: readonly number[],
) {
  return y.reduce((sum, t, i) => {
    const mu = unitLinks[link].mu(b[0]! + b[1]! * x[i]!);
    const phi = phiOf(z[i]!);
    const [a, c] = [mu * phi, (1 - mu) * phi];
    return sum + (weights?.[i] ?? 1) * (lgamma(phi) - lgamma(a) - lgamma(c) + (a - 1) * Math.log(t) + (c - 1) * Math.log1p(-t));
  }, 0);
}

test("scores are 0 at the estimates, by differences of a plain log-likelihood", async () => {
  await fc.assert(
    fc.asyncProperty(given, fc.boolean(), async ({ link, precisionLink, seed, precision, constant }, weighted) => {
      const data = sample(150, seed, link, precision);
      const random = new Random(seed);
      const weights = weighted ? data.y.map(() => 1 + random.poisson(1)) : undefined;
      const r = await betareg({ formula: constant ? "y ~ x" : "y ~ x | z", data: { ...data }, link, precisionLink, weights });
      // The log link's means may lie at the edge of its domain.
      if (link === "log" && r.status === "boundary") return;
      expect(r.status).toBe("interior");
      expect(r.parameters).toEqual(["mu:(Intercept)", "mu:x", ...(constant ? ["phi"] : ["phi:(Intercept)", "phi:z"])]);
      const b = r.parameters.map((name) => r.estimates[name]!);
      const value = (c: readonly number[]) =>
        plain(data, link, (z) => (constant ? c[2]! : inverse[precisionLink]!(c[2]! + c[3]! * z)), c, weights);
      expect(Math.abs(r.logLik - value(b)) / (1 + Math.abs(r.logLik))).toBeLessThan(1e-8);
      r.parameters.forEach((name, k) => {
        const at = (step: number) => value(b.map((c, j) => (j === k ? c + step * r.standardErrors[name]! : c)));
        // Central differences of two steps, whose errors cancel to the fourth order.
        const slope = (step: number) => (at(step) - at(-step)) / (2 * step);
        expect(Math.abs(4 * slope(1e-2) - slope(2e-2)) / 3).toBeLessThan(2e-6);
      });
    }),
    { numRuns: 40 },
  );
});

test("rows in another order, repeated rows and scaled columns change nothing but the scale", async () => {
  await fc.assert(
    fc.asyncProperty(given, fc.constantFrom(1e-8, 1e8), async ({ link, seed, precision }, scale) => {
      const data = sample(120, seed, link, precision);
      const random = new Random(seed + 2);
      const weights = data.y.map(() => random.poisson(1.5));
      const one = await betareg({ formula: "y ~ x | z", data: { ...data }, link, weights });
      const order = data.y.flatMap((_, i) => Array.from({ length: weights[i]! }, () => i)).reverse();
      const taken = { x: order.map((i) => scale * data.x[i]!), z: order.map((i) => scale * data.z[i]!), y: order.map((i) => data.y[i]!) };
      const other = await betareg({ formula: "y ~ x | z", data: taken, link });
      expect(other.status).toBe(one.status);
      if (one.status !== "interior") return;
      for (const name of one.parameters) {
        const times = /[xz]$/.test(name) ? scale : 1;
        expect(Math.abs(times * other.estimates[name]! - one.estimates[name]!) / one.standardErrors[name]!).toBeLessThan(1e-6);
        expect((times * other.standardErrors[name]!) / one.standardErrors[name]!).toBeCloseTo(1, 5);
      }
    }),
    { numRuns: 20 },
  );
});

test("a precision of 1e12 keeps its digits: the score equations of the logit", async () => {
  const random = new Random(4);
  const x = Array.from({ length: 60 }, () => random.normal());
  const y = x.map((value) => 1 / (1 + Math.exp(-(0.3 + 0.5 * value + 1e-6 * random.normal()))));
  const r = await betareg({ formula: "y ~ x", data: { x, y } });
  expect(r.status).toBe("interior");
  expect(r.estimates.phi).toBeGreaterThan(1e11);
  expect(Math.abs(r.estimates["mu:x"]! - 0.5)).toBeLessThan(1e-6);
});

test("one constant mean and precision are a beta distribution's", async () => {
  const { y } = sample(200, 3, "logit", 20);
  const r = await betareg({ design: { names: ["(Intercept)"], columns: [new Float64Array(200).fill(1)] }, y });
  const mu = 1 / (1 + Math.exp(-r.estimates["mu:(Intercept)"]!));
  const [a, b] = [mu * r.estimates.phi!, (1 - mu) * r.estimates.phi!];
  const average = (of: (t: number) => number) => y.reduce((sum, t) => sum + of(t), 0) / 200;
  expect(digamma(a) - digamma(a + b)).toBeCloseTo(average(Math.log), 10);
  expect(digamma(b) - digamma(a + b)).toBeCloseTo(
    average((t) => Math.log1p(-t)),
    10,
  );
});

describe("answers", () => {
  const data = sample(1000, 8, "logit", 20);
  const row = { x: [0.25], z: [0.5] };

  test("predictions and their standard errors", async () => {
    const r = await betareg({ formula: "y ~ x | z", data: { ...data } });
    const b = r.parameters.map((name) => r.estimates[name]!);
    const mean = (c: readonly number[]) => 1 / (1 + Math.exp(-(c[0]! + 0.25 * c[1]!)));
    const phi = (c: readonly number[]) => Math.exp(c[2]! + 0.5 * c[3]!);
    const value = {
      response: mean,
      link: (c: readonly number[]) => c[0]! + 0.25 * c[1]!,
      precision: phi,
      variance: (c: readonly number[]) => (mean(c) * (1 - mean(c))) / (1 + phi(c)),
    };
    for (const type of ["response", "link", "precision", "variance"] as const) {
      const { fit, se } = r.predict(row, { type, se: true });
      expect(fit[0]! / value[type](b)).toBeCloseTo(1, 12);
      const slopes = b.map((_, k) => {
        const at = (step: number) => value[type](b.map((c, j) => (j === k ? c + step : c)));
        return (at(1e-5) - at(-1e-5)) / 2e-5;
      });
      const { vcov } = r;
      const variance = slopes.reduce((sum, s, i) => sum + slopes.reduce((part, t, j) => part + s * t * vcov[i]![j]!, 0), 0);
      expect(se[0]! / Math.sqrt(variance)).toBeCloseTo(1, 6);
    }
    const [low, high] = [0.025, 0.975].map((at) => r.predict(undefined, { type: "quantile", at }));
    const inside = data.y.filter((t, i) => t > low![i]! && t < high![i]!).length;
    expect(Math.abs(inside / 1000 - 0.95)).toBeLessThan(0.03);
    expect(Array.from(r.predict({ x: data.x, z: data.z }))).toEqual(Array.from(r.fitted));
  });

  test("residuals", async () => {
    const r = await betareg({ formula: "y ~ x | z", data: { ...data } });
    for (const type of ["quantile", "pearson"] as const) {
      const found = r.residuals(type);
      expect(Math.abs(found.reduce((a, b) => a + b, 0) / 1000)).toBeLessThan(0.1);
      expect(Math.abs(found.reduce((a, b) => a + b * b, 0) / 1000 - 1)).toBeLessThan(0.12);
    }
    expect(Array.from(r.residuals("response"))).toEqual(Array.from(r.fitted, (mu, i) => data.y[i]! - mu));
    expect(r.summary()).toContain("betareg(y ~ x | z, family = beta, link = logit/log)");
    expect(r.pseudoRSquared).toBeGreaterThan(0);
  });
});

describe("no maximum", () => {
  test.each([
    ["equal responses", { y: [0.3, 0.3, 0.3, 0.3], x: [1, 2, 3, 4] }, "y ~ 1"],
    ["as many coefficients as rows", { y: [0.2, 0.4], x: [1, 2] }, "y ~ x"],
    ["a row of its own, with a precision of its own", { y: [0.2, 0.4, 0.3, 0.6], x: [1, 2, 2, 2] }, "y ~ x | x"],
  ])("%s", async (_, data, formula) => {
    const r = await betareg({ formula, data });
    expect([r.status, r.logLik]).toEqual(["nonexistent", Number.POSITIVE_INFINITY]);
    expect(r.reason).toMatch(/The mean can follow responses exactly/);
    expect(Object.values(r.standardErrors).every(Number.isNaN)).toBe(true);
  });
});

test.each([
  [{ y: [0.2, 0, 0.4] }, "y[1] is 0; betareg needs values strictly between 0 and 1. Whether a response is 0 or 1 can be fitted apart"],
  [{ y: [0.2, 0.5, 1.5] }, "y[2] is 1.5; betareg needs values strictly between 0 and 1."],
  [{ link: "identity" }, 'link is "identity"; one of logit, probit, cloglog, cauchit, log, loglog is needed.'],
  [{ precisionLink: "inverse" }, 'precisionLink is "inverse"; one of log, identity, sqrt is needed.'],
  [{ precisionDesign: { names: ["z"], columns: [[1, 2]] } }, "precisionDesign has 2 rows and design has 3; as many are needed."],
])("refuses %j", async (wrong, message) => {
  const fine = { design: { names: ["(Intercept)"], columns: [[1, 1, 1]] }, y: [0.1, 0.2, 0.4] };
  await expect(betareg({ ...fine, ...wrong })).rejects.toThrow(message);
});
