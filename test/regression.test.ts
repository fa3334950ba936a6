import fc from "fast-check";
import { type Design, glm, lm } from "loglik";
import { describe, expect, test } from "vitest";
import { exp } from "../src/math/elementary.ts";
import { expit } from "../src/math/logit.ts";
import { Random } from "../src/math/random.ts";

const random = new Random(3);
const draws = (n: number, draw: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => draw(i));
const ones = (n: number) => new Float64Array(n).fill(1);

function sample(n: number, seed: number) {
  const own = new Random(seed);
  const x = draws(n, () => own.normal());
  const z = draws(n, () => own.normal());
  const eta = x.map((value, i) => 0.3 + 0.5 * value - 0.7 * z[i]!);
  const chance = draws(n, () => own.uniform());
  return {
    design: { names: ["(Intercept)", "x", "z"], columns: [ones(n), x, z] },
    binary: eta.map((value, i) => (chance[i]! < expit(value) ? 1 : 0)),
    counts: eta.map((value) => own.poisson((exp(value) * own.gamma(2)) / 2)),
    normal: eta.map((value) => value + own.normal()),
    positive: eta.map((value) => exp(value) * own.gamma(4)),
    weights: draws(n, () => Math.floor(own.uniform() * 4)),
  };
}

describe("what a fit is not changed by", () => {
  const { design, binary, counts, normal, positive, weights } = sample(1500, 5);
  const fits = (over: object, rows = (column: Float64Array) => column) => {
    const given = { names: design.names, columns: design.columns.map(rows) };
    return Promise.all([
      lm({ design: given, y: rows(normal), ...over }),
      glm({ design: given, y: rows(binary), family: "binomial", ...over }),
      glm({ design: given, y: rows(counts), family: "poisson", ...over }),
      glm({ design: given, y: rows(positive), family: "gamma", link: "log", ...over }),
      glm({ design: given, y: rows(counts), family: "negativeBinomial", ...over }),
    ]);
  };

  test("weights of 1: not a bit of lm", async () => {
    const [plain] = await fits({});
    const [weighted] = await fits({ weights: ones(1500) });
    expect(weighted!.toJSON()).toEqual(plain!.toJSON());
  });

  test("whole weights are repeated rows, and rows of weight 0 absent", async () => {
    const repeat = (column: Float64Array) => Float64Array.from([...column].flatMap((x, i) => new Array<number>(weights[i]!).fill(x)));
    const weighted = await fits({ weights });
    const repeated = await fits({}, repeat);
    weighted.slice(1).forEach((fit, k) => {
      for (const name of fit.parameters) {
        const other = repeated[k + 1]!;
        expect(Math.abs(fit.estimates[name]! - other.estimates[name]!)).toBeLessThan(1e-8 * other.standardErrors[name]!);
        expect(Math.abs(fit.standardErrors[name]! / other.standardErrors[name]! - 1)).toBeLessThan(1e-6);
      }
    });
    expect(weighted[1]!.nobs).toBe(weights.filter((w) => w > 0).length);
    expect(weighted[1]!.fitted.length).toBe(1500);
  });

  test("columns times 1e150 or moved by 1e9, up to the same", async () => {
    const plain = await fits({});
    const scaled = {
      names: design.names,
      columns: [design.columns[0]!, design.columns[1]!.map((x) => x * 2 ** 500), design.columns[2]!.map((x) => x + 2 ** 30)],
    };
    // What a double near 2^30 keeps of the column.
    const kept = { names: design.names, columns: [design.columns[0]!, design.columns[1]!, scaled.columns[2]!.map((x) => x - 2 ** 30)] };
    const [moved, same] = [
      await glm({ design: scaled, y: binary, family: "binomial" }),
      await glm({ design: kept, y: binary, family: "binomial" }),
    ];
    expect(plain[1]!.status).toBe("interior");
    expect(Math.abs(moved.estimates.x! * 2 ** 500 - same.estimates.x!)).toBeLessThan(1e-10);
    expect(Math.abs(moved.estimates.z! - same.estimates.z!)).toBeLessThan(1e-10);
    expect(Math.abs(moved.standardErrors.z! / same.standardErrors.z! - 1)).toBeLessThan(1e-9);
    moved.fitted.forEach((mu, i) => {
      expect(Math.abs(mu - same.fitted[i]!)).toBeLessThan(1e-12);
    });
  });

  test("a factor as codes or as columns", async () => {
    const codes = Int32Array.from(binary, (_, i) => (i % 5) - 1);
    const [columns] = [design.columns];
    const names = ["(Intercept)", "x", "g2", "g3", "g4", "g5"];
    const dummies = [0, 1, 2, 3].map((level) => Float64Array.from(codes, (code) => (code === level ? 1 : 0)));
    const assign = [0, 1, 2, 2, 2, 2];
    const blocks: Design["blocks"] = [{ kind: "intercept" }, { kind: "column", values: columns[1]! }, { kind: "levels", codes, count: 4 }];
    const coded: Design = { rows: 1500, names, blocks, assign, terms: ["x", "g"] };
    for (const [family, y] of [
      ["poisson", counts],
      ["binomial", binary],
      ["gamma", positive],
    ] as const) {
      const link = family === "gamma" ? { link: "log" } : {};
      const a = await glm({ design: coded, y, family, ...link });
      const b = await glm({ design: { names, columns: [columns[0]!, columns[1]!, ...dummies] }, y, family, ...link });
      for (const name of names) expect(Math.abs(a.estimates[name]! - b.estimates[name]!)).toBeLessThan(1e-9);
      expect((await a.anova()).map(({ df }) => df).slice(1)).toEqual([1, 4]);
    }
    const [a, b] = [
      await lm({ design: coded, y: normal }),
      await lm({ design: { names, columns: [columns[0]!, columns[1]!, ...dummies] }, y: normal }),
    ];
    for (const name of names) expect(Math.abs(a.estimates[name]! - b.estimates[name]!)).toBeLessThan(1e-12);
  });
});

test("ten thousand levels: score 0 in each, and no matrix of them", async () => {
  const [n, levels] = [60_000, 10_000];
  const codes = Int32Array.from({ length: n }, (_, i) => (i < levels ? i : Math.floor(random.uniform() * levels)) - 1);
  const x = draws(n, () => random.normal());
  const effects = draws(levels, () => 0.3 * random.normal());
  const y = draws(n, (i) => 1 + random.poisson(exp(1 + 0.2 * x[i]! + (codes[i]! < 0 ? 0 : effects[codes[i]!]!))));
  const names = ["(Intercept)", "x", ...Array.from({ length: levels - 1 }, (_, l) => `g${l + 1}`)];
  const blocks: Design["blocks"] = [{ kind: "intercept" }, { kind: "column", values: x }, { kind: "levels", codes, count: levels - 1 }];
  const design: Design = { rows: n, names, blocks, assign: names.map((_, j) => Math.min(j, 2)), terms: ["x", "g"] };
  const fit = await glm({ design, y, family: "poisson" });
  expect(fit.status).toBe("interior");
  const sums = new Float64Array(levels);
  fit.fitted.forEach((mu, i) => {
    sums[codes[i]! + 1]! += y[i]! - mu;
  });
  expect(Math.max(...sums.map(Math.abs))).toBeLessThan(1e-7);
  expect(Math.abs(fit.standardErrors.x! - 1 / Math.sqrt(n * 2.7)) / fit.standardErrors.x!).toBeLessThan(0.5);
  expect(() => fit.vcov).toThrow("covariances of 10001 parameters");
}, 60_000);

test("a million rows: three evaluations after a subsample, and the same to the last bit again", async () => {
  const { design, binary } = sample(300_000, 9);
  const [first, second] = [await glm({ design, y: binary, family: "binomial" }), await glm({ design, y: binary, family: "binomial" })];
  expect(first.certificate.evaluations).toBeLessThanOrEqual(3);
  expect(first.certificate.subsampleEvaluations).toBeGreaterThan(0);
  expect(first.certificate.decrement).toBeLessThan(1e-8);
  expect(second.toJSON()).toEqual(first.toJSON());
});

describe("what has no maximum is named", () => {
  const x = [1, 2, 3, 4, 5, 6, 7, 8];
  const design = { names: ["(Intercept)", "x"], columns: [ones(8), x] };

  test("complete separation: columns and direction", async () => {
    const fit = await glm({ design, y: x.map((value) => (value > 4 ? 1 : 0)), family: "binomial" });
    expect(fit.status).toBe("nonexistent");
    expect(fit.separation?.kind).toBe("complete");
    expect(fit.separation?.direction.x).toBe(1);
    expect(fit.estimates.x).toBe(Number.POSITIVE_INFINITY);
    expect(fit.logLik).toBe(0);
    expect(fit.reason).toMatch(/^Complete separation: along .*x to \+Infinity/);
    expect(Object.values(fit.standardErrors).every(Number.isNaN)).toBe(true);
  });

  test("quasi-complete separation in one direction leaves the other estimates", async () => {
    const g = [0, 0, 0, 0, 0, 1, 1, 1];
    const y = [0, 1, 0, 1, 1, 1, 1, 1];
    const both = { names: ["(Intercept)", "x", "g"], columns: [ones(8), x, g] };
    const fit = await glm({ design: both, y, family: "binomial" });
    const rest = await glm({
      design: { names: ["(Intercept)", "x"], columns: [ones(5), x.slice(0, 5)] },
      y: y.slice(0, 5),
      family: "binomial",
    });
    expect(fit.separation).toEqual({ kind: "quasi-complete", direction: { g: 1 }, rows: 3 });
    expect(fit.estimates.x).toBeCloseTo(rest.estimates.x!, 10);
    expect(fit.logLik).toBeCloseTo(rest.logLik, 10);
    expect(fit.fitted[7]).toBeCloseTo(1, 10);
  });

  test("two cells of nothing but zeros", async () => {
    const [b, c] = [
      [0, 0, 0, 1, 1, 0, 0, 0],
      [0, 0, 0, 0, 0, 1, 1, 0],
    ];
    const cells = { names: ["(Intercept)", "b", "c"], columns: [ones(8), b, c] };
    const fit = await glm({ design: cells, y: [1, 2, 3, 0, 0, 0, 0, 2], family: "poisson" });
    expect([fit.status, fit.estimates.b, fit.estimates.c]).toEqual(["nonexistent", Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    expect(fit.estimates["(Intercept)"]).toBeCloseTo(Math.log(2), 10);
  });

  test("an aliased column, by name, as R has it", async () => {
    const twice = {
      names: ["(Intercept)", "x", "twice", "z"],
      columns: [ones(8), x, x.map((value) => 0.1 + 2 * value), [1, 0, 0, 1, 1, 0, 1, 0]],
    };
    const y = [1, 0, 1, 0, 0, 1, 1, 0];
    for (const fit of [await lm({ design: twice, y }), await glm({ design: twice, y, family: "binomial" })]) {
      expect(fit.status).toBe("interior");
      expect(fit.aliased).toEqual(["twice"]);
      expect(fit.estimates.twice).toBeNaN();
      expect(fit.reason).toContain("left out: twice");
      expect(fit.dfResidual).toBe(5);
      expect(fit.predict({ x: [2], twice: [0], z: [1] })[0]).toBeCloseTo(fit.predict({ x: [2], twice: [9], z: [1] })[0]!, 12);
    }
  });

  test("as many coefficients as rows, an exact fit, counts that vary too little", async () => {
    const two = { names: ["(Intercept)", "x"], columns: [ones(2), [1, 2]] };
    expect((await lm({ design: two, y: [1, 5] })).status).toBe("nonexistent");
    const exact = await glm({ design, y: x.map((value) => exp(0.1 * value)), family: "gamma", link: "log" });
    expect([exact.status, exact.logLik]).toEqual(["nonexistent", Number.POSITIVE_INFINITY]);
    const even = await glm({ design, y: [3, 3, 4, 3, 4, 4, 4, 5], family: "negativeBinomial" });
    expect([even.status, even.estimates.theta]).toEqual(["boundary", Number.POSITIVE_INFINITY]);
    const poisson = await glm({ design, y: [3, 3, 4, 3, 4, 4, 4, 5], family: "poisson" });
    expect(even.logLik).toBeCloseTo(poisson.logLik, 12);
  });
});

describe("refusals name place, value and need", () => {
  const design = { names: ["(Intercept)", "x"], columns: [ones(3), [1, 2, 4]] };
  test.each([
    [{ y: [1, 2, Number.NaN] }, "y[2] is NaN; finite values are needed."],
    [{ y: [1, 2] }, "y has 2 entries and the design has 3 rows"],
    [
      { y: [0, 2, 1], family: "binomial" },
      "y[1] is 2; binomial needs proportions between 0 and 1 (for numbers of successes, give their trials).",
    ],
    [{ y: [0, 2, 1], family: "binomial", trials: [1, 1, 1] }, "y[1] is 2; 0 to 1, its trials, is needed."],
    [{ y: [0, 1.5, 1], family: "poisson" }, "y[1] is 1.5; poisson needs whole numbers >= 0."],
    [{ y: [0, 1.5, 1], family: "gamma" }, "y[0] is 0; gamma needs values > 0."],
    [{ y: [0, 1, 1], family: "Gamma" }, 'family is "Gamma"; one of gaussian, binomial, poisson, gamma'],
    [{ y: [0, 1, 1], family: "poisson", link: "logit" }, 'link is "logit"; poisson takes log, identity, sqrt.'],
    [{ y: [0, 1, 1], family: "poisson", weights: [1, -1, 1] }, "weights[1] is -1; weights must be finite and >= 0."],
    [{ y: [0, 1, 1], family: "poisson", theta: 2 }, "theta is 2; poisson has no theta."],
  ])("%j", async (options, message) => {
    await expect(glm({ design, family: "gaussian", ...options })).rejects.toThrow(message);
  });

  test("of a design", async () => {
    const y = [1, 2, 3];
    const bad = { names: ["a", "b"], columns: [ones(3), [1, Number.POSITIVE_INFINITY, 2]] };
    await expect(lm({ design: bad, y })).rejects.toThrow('column "b"[1] is Infinity; finite values are needed.');
    await expect(lm({ design: { names: ["a"], columns: [] }, y })).rejects.toThrow("design has 1 names and 0 columns");
    await expect(lm({ design: { names: ["a", "a"], columns: [y, y] }, y })).rejects.toThrow("a different name for each column");
    const fit = await lm({ design, y: [1, 2, 4.5] });
    expect(() => fit.predict({ z: [1] })).toThrow('newData has no column "x"');
    expect(() => fit.residuals("raw" as "response")).toThrow('The type of residuals is "raw"');
  });
});

test("whatever the data, an answer with a status, or a refusal", async () => {
  const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true }));
  const family = fc.constantFrom("gaussian", "binomial", "poisson", "gamma", "inverseGaussian", "negativeBinomial", "quasipoisson");
  const rows = fc.array(fc.tuple(value, value, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(rows, family, async (table, name) => {
      const y = table.map(([, , count]) =>
        name === "binomial" ? Math.min(1, count) : name === "gamma" || name === "inverseGaussian" ? count + 0.5 : count,
      );
      const columns = [ones(table.length), table.map(([a]) => a), table.map(([, b]) => b)];
      const fit = await glm({ design: { names: ["(Intercept)", "a", "b"], columns }, y, family: name }).catch((error) => error);
      if (fit instanceof RangeError) return;
      expect(["interior", "boundary", "nonexistent", "failed"]).toContain(fit.status);
      expect(fit.reason.length).toBeGreaterThan(10);
      if (fit.status !== "interior") return;
      for (const parameter of fit.parameters) {
        if (fit.aliased.includes(parameter)) continue;
        expect(Number.isFinite(fit.estimates[parameter])).toBe(true);
        expect(fit.standardErrors[parameter]).toBeGreaterThan(0);
      }
    }),
    { numRuns: 200, seed: 12 },
  );
});
