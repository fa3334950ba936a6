import fc from "fast-check";
import { type GlmOptions, glm, glmPath, type PenalizedFit } from "loglik";
import { describe, expect, test } from "vitest";
import { exp } from "../src/math/elementary.ts";
import { expit } from "../src/math/logit.ts";
import { Random } from "../src/math/random.ts";

function sample(n: number, p: number, seed: number) {
  const random = new Random(seed);
  const x = Array.from({ length: p }, () => Float64Array.from({ length: n }, () => random.normal()));
  const eta = Float64Array.from({ length: n }, (_, i) => 0.4 + 0.6 * x[0]![i]! - 0.4 * (x[1]?.[i] ?? 0));
  const names = ["(Intercept)", ...x.map((_, j) => `x${j}`)];
  const columns = [new Float64Array(n).fill(1), ...x];
  return {
    design: { names, columns },
    weights: Float64Array.from({ length: n }, () => Math.floor(random.uniform() * 4)),
    responses: {
      gaussian: eta.map((e) => e + random.normal()),
      binomial: eta.map((e) => (random.uniform() < expit(e) ? 1 : 0)),
      poisson: eta.map((e) => random.poisson(exp(e))),
      gamma: eta.map((e) => exp(e) * random.gamma(3)),
      inverseGaussian: eta.map((e) => exp(e) * random.gamma(3)),
      negativeBinomial: eta.map((e) => random.poisson((exp(e) * random.gamma(2)) / 2)),
    },
  };
}

const FAMILIES = ["gaussian", "binomial", "poisson", "gamma", "inverseGaussian", "negativeBinomial"] as const;
const LINKS: Record<string, string> = { gamma: "log", inverseGaussian: "log" };
const { design, responses, weights } = sample(400, 5, 7);
const optionsOf = (family: (typeof FAMILIES)[number]): GlmOptions => ({
  ...{ design, y: responses[family], family },
  ...(LINKS[family] && { link: LINKS[family] }),
});

describe.each(FAMILIES)("%s", (family) => {
  const given = optionsOf(family);

  test("lambda 0 is the fit without penalty", async () => {
    const [plain, zero] = [await glm(given), await glm({ ...given, penalty: { lambda: 0 } })];
    for (const name of plain.parameters) {
      expect(Math.abs(zero.estimates[name]! - plain.estimates[name]!)).toBeLessThan(1e-8 * plain.standardErrors[name]!);
      expect(Math.abs(zero.standardErrors[name]! / plain.standardErrors[name]! - 1)).toBeLessThan(1e-6);
    }
    expect(zero.df).toBe(6);
    expect(zero.penalizedLogLik).toBe(zero.logLik);
    expect(Math.abs(zero.aic - plain.aic)).toBeLessThan(1e-8);
  });

  test.each([0, 0.5, 1])("whole weights are repeated rows: alpha %d", async (alpha) => {
    const repeat = (column: ArrayLike<number>) =>
      Float64Array.from(Array.from(column).flatMap((value, i) => new Array<number>(weights[i]!).fill(value)));
    const penalty = { lambda: 8, alpha };
    const weighted = await glm({ ...given, weights, penalty });
    const long = { names: design.names, columns: design.columns.map(repeat) };
    const repeated = await glm({ ...given, design: long, y: repeat(responses[family]), penalty } as GlmOptions & {
      penalty: typeof penalty;
    });
    for (const name of design.names) expect(Math.abs(weighted.coef[name]! - repeated.coef[name]!)).toBeLessThan(1e-9);
    expect(Math.abs(weighted.df - repeated.df)).toBeLessThan(1e-8);
  });

  test("a path is the fits at its lambdas, the first with nothing in it", async () => {
    const path = await glmPath({ ...given, alpha: 0.8, count: 12 });
    expect(path.status).toBe("interior");
    expect(path.steps[0]!.nonzero).toBe(0);
    expect((await path.fit(0.999 * path.lambdaMax)).df).toBeGreaterThan(1);
    // At the largest lambda itself a coefficient is about to leave 0.
    for (const step of path.steps.slice(1)) {
      expect(step.certificate.decrement).toBeLessThan(1e-9);
      const fit = await path.fit(step.lambda);
      for (const name of path.names) expect(Math.abs(fit.coef[name]! - step.coef[name]!)).toBeLessThan(1e-9);
      expect(Math.abs(fit.deviance / step.deviance - 1)).toBeLessThan(1e-9);
      expect(Math.abs(fit.df - step.df)).toBeLessThan(1e-7);
    }
    const explained = path.steps.map((step) => step.explained);
    // theta changes with lambda, and the deviance with theta.
    if (family !== "negativeBinomial") expect(explained).toEqual(explained.toSorted((a, b) => a - b));
  });
});

/** What glm's coefficients leave of the conditions of a maximum, from the rows. */
function violationOf(fit: PenalizedFit, columns: readonly Float64Array[], y: Float64Array): number {
  const { lambda, alpha, factors } = fit.penalty;
  const mu = fit.fitted;
  return Math.max(
    ...columns.map((column, j) => {
      const score = column.reduce((sum, x, i) => sum + x * (y[i]! - mu[i]!), 0);
      const b = Object.values(fit.coef)[j]!;
      const [ridge, lasso] = [lambda * (1 - alpha) * factors[j]!, lambda * alpha * factors[j]!];
      return b === 0 ? Math.max(0, Math.abs(score) - lasso) : Math.abs(score - ridge * b - lasso * Math.sign(b));
    }),
  );
}

test("the conditions of Karush, Kuhn and Tucker hold, whatever the penalty", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 10000 }),
      fc.constantFrom("binomial" as const, "poisson" as const, "gaussian" as const),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.array(fc.constantFrom(0, 0.5, 1, 3), { minLength: 6, maxLength: 6 }),
      async (seed, family, alpha, size, factors) => {
        const own = sample(60, 5, seed);
        const y = own.responses[family];
        const penalty = { lambda: 10 ** size, alpha, factors, standardize: false };
        const fit = await glm({ design: own.design, y, family, penalty });
        if (fit.status === "nonexistent") return;
        expect(fit.status).toBe("interior");
        expect(violationOf(fit, own.design.columns, y)).toBeLessThan(1e-8);
        expect(fit.certificate.scoreNorm).toBeLessThan(1e-8);
      },
    ),
    { numRuns: 60 },
  );
});

test("columns of any size and place: with standardize, the same fit", async () => {
  const scale = [1, 2 ** 27, 2 ** -27, 1, 2 ** 400, 1];
  const shift = [0, 0, 0, 2 ** 20, 0, 0];
  const near = design.columns.map((column, j) => column.map((x) => x + shift[j]! - shift[j]!));
  const moved = design.columns.map((column, j) => column.map((x) => (x + shift[j]!) * scale[j]!));
  for (const family of ["binomial", "gaussian"] as const) {
    const y = responses[family];
    for (const alpha of [0, 0.5, 1]) {
      const penalty = { lambda: 10, alpha };
      const plain = await glm({ design: { names: design.names, columns: near }, y, family, penalty });
      const fit = await glm({ design: { names: design.names, columns: moved }, y, family, penalty });
      design.names.forEach((name, j) => {
        if (j > 0) expect(Math.abs(fit.coef[name]! * scale[j]! - plain.coef[name]!)).toBeLessThan(1e-9);
      });
      expect(Math.abs(fit.logLik - plain.logLik)).toBeLessThan(1e-8);
    }
  }
});

test("ridge with more columns than rows, and twice the same column", async () => {
  const own = sample(12, 30, 3);
  const y = own.responses.binomial;
  const ridge = await glm({ design: own.design, y, family: "binomial", penalty: { lambda: 1, alpha: 0, standardize: false } });
  expect(ridge.status).toBe("interior");
  expect(violationOf(ridge, own.design.columns, y)).toBeLessThan(1e-9);
  expect(ridge.df).toBeLessThan(12);
  const lasso = await glm({ design: own.design, y, family: "binomial", penalty: { lambda: 0.5, standardize: false } });
  expect(lasso.status).toBe("interior");
  expect(violationOf(lasso, own.design.columns, y)).toBeLessThan(1e-9);
  const twins = { names: ["(Intercept)", "a", "b"], columns: [design.columns[0]!, design.columns[1]!, design.columns[1]!] };
  const both = await glm({ design: twins, y: responses.poisson, family: "poisson", penalty: { lambda: 5, alpha: 0 } });
  expect(both.aliased).toEqual([]);
  expect(Math.abs(both.coef.a! - both.coef.b!)).toBeLessThan(1e-9);
  const one = await glm({ design: twins, y: responses.poisson, family: "poisson", penalty: { lambda: 5 } });
  expect(one.status).toBe("interior");
  expect(
    violationOf(
      { ...one, fitted: one.fitted, penalty: { ...one.penalty, lambda: 0 } } as PenalizedFit,
      [twins.columns[0]!],
      responses.poisson,
    ),
  ).toBeLessThan(1e-8);
});

test.each(["gaussian", "binomial", "poisson"])("%s: of a column and its copies the lasso keeps the first, and no more", async (family) => {
  const [one, a, b] = design.columns as [Float64Array, Float64Array, Float64Array];
  const columns = [one, a, b, a.slice(), a.map((value) => -value), b.map((value) => 3 * value + 1)];
  const copies = { names: ["(Intercept)", "a", "b", "a2", "a3", "b2"], columns };
  const own = { y: responses[family as "poisson"], family: family as "poisson" };
  const path = await glmPath({ design: copies, ...own, count: 30 });
  const alone = await glmPath({ design: { names: ["(Intercept)", "a", "b"], columns: [one, a, b] }, ...own, lambdas: path.lambdas });
  path.steps.forEach(({ coef, nonzero }, k) => {
    expect([coef.a2, coef.a3, coef.b2]).toEqual([0, 0, 0]);
    expect(nonzero).toBe(alone.steps[k]!.nonzero);
    for (const name of ["a", "b"]) expect(Math.abs(coef[name]! - alone.steps[k]!.coef[name]!)).toBeLessThan(1e-8);
  });
});

test("a formula with factors, an offset and missing values; new rows", async () => {
  const n = 120;
  const random = new Random(11);
  const data = {
    y: Float64Array.from({ length: n }, () => random.poisson(3)),
    x: Float64Array.from({ length: n }, (_, i) => (i === 5 ? Number.NaN : random.normal())),
    g: Array.from({ length: n }, (_, i) => "abc"[i % 3]!),
    size: Float64Array.from({ length: n }, () => random.uniform()),
  };
  const formula = "y ~ x + g + offset(log(size))";
  const fit = await glm({ formula, data, family: "poisson", penalty: { lambda: 3, alpha: 0.5, factors: { x: 0 } } });
  expect(fit.omitted).toBe(1);
  expect(fit.penalty.factors).toEqual([0, 0, 1, 1]);
  expect(fit.coef.x).not.toBe(0);
  const again = fit.predict({ x: data.x.slice(0, 5), g: data.g.slice(0, 5), size: data.size.slice(0, 5) });
  expect(Math.max(...again.map((mu, i) => Math.abs(mu - fit.fitted[i]!)))).toBeLessThan(1e-12);
  expect(fit.summary()).toContain("effective degrees of freedom");
  const path = await glmPath({ formula, data, family: "poisson" });
  expect(path.names).toEqual(fit.parameters);
  const [first, second, third] = [
    await path.cv({ folds: 5, seed: 3 }),
    await path.cv({ folds: 5, seed: 3 }),
    await path.cv({ folds: 5, seed: 4 }),
  ];
  expect(first).toEqual(second);
  expect(first.folds).not.toEqual(third.folds);
  expect(first.lambda1se).toBeGreaterThanOrEqual(first.lambdaMin);
  expect((await path.fit(first.lambdaMin)).status).toBe("interior");
});

test("of the lasso no standard errors, of ridge those of the penalised information", async () => {
  const lasso = await glm({ design, y: responses.binomial, family: "binomial", penalty: { lambda: 5 } });
  expect(Object.values(lasso.standardErrors).every(Number.isNaN)).toBe(true);
  expect([...lasso.vcov, ...lasso.vcovOf("expected"), ...lasso.vcovOf("HC0")].flat().every(Number.isNaN)).toBe(true);
  expect(lasso.reason).toContain("no standard errors");
  const ridge = await glm({ design, y: responses.binomial, family: "binomial", penalty: { lambda: 5, alpha: 0 } });
  const plain = await glm({ design, y: responses.binomial, family: "binomial" });
  for (const name of design.names.slice(1)) expect(ridge.standardErrors[name]!).toBeLessThan(plain.standardErrors[name]!);
  expect(Math.abs(ridge.hatvalues().reduce((a, b) => a + b, 0) - ridge.df)).toBeLessThan(1e-8);
  await expect(ridge.anova()).rejects.toThrow("no analysis of deviance");
});

test("separation along columns that are not penalised is named; along penalised ones there is a maximum", async () => {
  const x = Float64Array.from({ length: 20 }, (_, i) => i);
  const z = Float64Array.from({ length: 20 }, (_, i) => (i * 7) % 5);
  const y = x.map((v) => (v > 9 ? 1 : 0));
  const own = { names: ["(Intercept)", "x", "z"], columns: [new Float64Array(20).fill(1), x, z] };
  const penalised = await glm({ design: own, y, family: "binomial", penalty: { lambda: 1, alpha: 0.5 } });
  expect(penalised.status).toBe("interior");
  const open = await glm({ design: own, y, family: "binomial", penalty: { lambda: 1, alpha: 0, factors: { x: 0 } } });
  expect(open.status).toBe("nonexistent");
  expect(open.estimates.x).toBe(Number.POSITIVE_INFINITY);
  const path = await glmPath({ design: own, y: y.map(() => 1), family: "binomial" });
  expect(path.status).toBe("nonexistent");
  expect(path.steps).toEqual([]);
});

test("counts that vary no more than a Poisson's along a path", async () => {
  const y = Float64Array.from({ length: 400 }, (_, i) => 2 + (i % 3));
  const path = await glmPath({ design, y, family: "negativeBinomial", count: 5 });
  expect(path.status).toBe("boundary");
  for (const step of path.steps) expect(step.theta).toBe(Number.POSITIVE_INFINITY);
});

test("what cannot be is refused", async () => {
  const y = responses.binomial;
  const attempt = (penalty: object, family = "binomial") => glm({ design, y, family, penalty: penalty as { lambda: number } });
  await expect(attempt({ lambda: -1 })).rejects.toThrow("penalty.lambda is -1; a finite number >= 0 is needed.");
  await expect(attempt({})).rejects.toThrow("penalty.lambda is undefined");
  await expect(attempt({ lambda: 1, alpha: 2 })).rejects.toThrow("alpha is 2; a number from 0 (ridge) to 1 (lasso) is needed.");
  await expect(attempt({ lambda: 1, factors: [1, 2] })).rejects.toThrow("factors has 2 entries and the design has 6 columns");
  await expect(attempt({ lambda: 1, factors: { w: 1 } })).rejects.toThrow('factors names "w"; the columns are');
  await expect(attempt({ lambda: 1, factors: { x1: -1 } })).rejects.toThrow("factors of x1 is -1; a finite number >= 0 is needed.");
  await expect(attempt({ lambda: 1, standardize: 1 })).rejects.toThrow("standardize is 1; true or false is needed.");
  await expect(attempt({ lambda: 1 }, "quasibinomial")).rejects.toThrow("quasibinomial, which has no likelihood");
  await expect(glm({ design, y, family: "binomial", firth: true, penalty: { lambda: 1 } })).rejects.toThrow("Both penalty and firth");
  await expect(glm({ design, y: responses.gamma, family: "gamma", firth: true })).rejects.toThrow("gamma has a parameter beside");
  await expect(glmPath({ design, y, family: "binomial", lambdas: [1, -2] })).rejects.toThrow("lambdas[1] is -2");
  await expect(glmPath({ design, y, family: "binomial", count: 1 })).rejects.toThrow("count is 1");
  await expect(glmPath({ design, y, family: "binomial", ratio: 2 })).rejects.toThrow("ratio is 2");
  await expect(glmPath({ design, y, family: "binomial", factors: design.names.map(() => 0) })).rejects.toThrow("No column is penalised");
  const path = await glmPath({ design, y, family: "binomial", count: 2 });
  await expect(path.cv({ folds: 1 })).rejects.toThrow("folds is 1; a whole number from 2 to 400, the rows, is needed.");
  await expect(path.cv({ folds: [1, 2] })).rejects.toThrow("folds has 2 entries and the data have 400 rows");
  await expect(path.cv({ seed: Number.NaN })).rejects.toThrow("seed is NaN");
});
