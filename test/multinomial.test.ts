import fc from "fast-check";
import { glm, type MultinomialOptions, multinomial } from "loglik";
import { describe, expect, test } from "vitest";
import { exp, log } from "../src/math/elementary.ts";
import { Random } from "../src/math/random.ts";
import { casesOf } from "./regressionAgreement.ts";

const column = (rows: number, draw: (row: number) => number) => Float64Array.from({ length: rows }, (_, row) => draw(row));

/** Levels 1, 2, …, all of which occur, with chances that depend on two columns. */
function sample(rows: number, levels: number, seed: number) {
  const random = new Random(seed);
  const [x, z] = [column(rows, () => random.normal()), column(rows, () => random.normal())];
  const y = column(rows, (row) => {
    if (row < levels) return row + 1;
    const sizes = Array.from({ length: levels }, (_, k) => exp(((k % 3) - 1) * 0.7 * x[row]! + (k % 2) * 0.6 * z[row]!));
    let u = random.uniform() * sizes.reduce((sum, size) => sum + size, 0);
    let k = 0;
    while (k < levels - 1 && u > sizes[k]!) u -= sizes[k++]!;
    return k + 1;
  });
  return { design: { names: ["(Intercept)", "x", "z"], columns: [new Float64Array(rows).fill(1), x, z] }, x, z, y };
}

const sizes = fc.record({ rows: fc.integer({ min: 200, max: 400 }), levels: fc.integer({ min: 2, max: 5 }), seed: fc.nat(1e6) });
type Fitted = Awaited<ReturnType<typeof multinomial>>;

function near(one: Fitted, other: Fitted, logLik = other.logLik) {
  for (const name of one.parameters) {
    expect(Math.abs(one.estimates[name]! - other.estimates[name]!)).toBeLessThan(1e-7 * one.standardErrors[name]!);
    expect(Math.abs(one.standardErrors[name]! / other.standardErrors[name]! - 1)).toBeLessThan(1e-5);
  }
  expect(Math.abs(one.logLik / logLik - 1)).toBeLessThan(1e-12);
}

describe("properties", () => {
  test("the score equations, in plain sums: Σ x (y - p) = 0", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ({ rows, levels, seed }) => {
        const { design, y } = sample(rows, levels, seed);
        const r = await multinomial({ design, y });
        expect(r.status).toBe("interior");
        const sums = new Float64Array(r.parameters.length);
        let logLik = 0;
        for (let i = 0; i < rows; i++) {
          const etas = Array.from({ length: levels }, (_, k) =>
            k === 0 ? 0 : design.names.reduce((sum, name, j) => sum + r.estimates[`${k + 1}:${name}`]! * design.columns[j]![i]!, 0),
          );
          const total = etas.reduce((sum, eta) => sum + exp(eta), 0);
          logLik += etas[y[i]! - 1]! - log(total);
          for (let k = 1; k < levels; k++) {
            const gap = (y[i] === k + 1 ? 1 : 0) - exp(etas[k]!) / total;
            design.columns.forEach((values, j) => {
              sums[(k - 1) * 3 + j]! += gap * values[i]!;
            });
          }
        }
        for (const sum of sums) expect(Math.abs(sum)).toBeLessThan(1e-8);
        expect(Math.abs(logLik / r.logLik - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 25 },
    );
  });

  test("another base: differences of coefficients", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ({ rows, levels, seed }) => {
        const { design, y } = sample(rows, levels, seed);
        const order = Array.from({ length: levels }, (_, k) => levels - k);
        const [one, other] = await Promise.all([multinomial({ design, y }), multinomial({ design, y, levels: order })]);
        const of = (r: Fitted, level: number, name: string) => r.estimates[`${level}:${name}`] ?? 0;
        for (const name of design.names) {
          for (const level of order) {
            const expected = of(one, level, name) - of(one, levels, name);
            expect(Math.abs(of(other, level, name) - expected)).toBeLessThan(1e-7);
          }
        }
        expect(Math.abs(one.logLik / other.logLik - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 15 },
    );
  });

  test("identical rows as weights or as counts, and rows in any order", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ({ rows, levels, seed }) => {
        const { y } = sample(rows, levels, seed);
        // Columns of few values, so that rows are alike.
        const [a, b] = [y.map((_, i) => i % 3), y.map((_, i) => i % 4)];
        const one = await multinomial({ formula: "y ~ a + b", data: { y, a, b } });
        fc.pre(one.status === "interior");
        const backwards = await multinomial({ formula: "y ~ a + b", data: { y: y.toReversed(), a: a.toReversed(), b: b.toReversed() } });
        near(one, backwards);
        const cells = Array.from({ length: 12 }, (_, cell) => ({ a: cell % 3, b: cell % 4 }));
        const count = (cell: { a: number; b: number }, level: number) =>
          y.filter((k, i) => k === level && a[i] === cell.a && b[i] === cell.b).length;
        const wide = { a: cells.map((cell) => cell.a), b: cells.map((cell) => cell.b) };
        const counts = Object.fromEntries(Array.from({ length: levels }, (_, k) => [`n${k + 1}`, cells.map((cell) => count(cell, k + 1))]));
        const bound = await multinomial({ formula: `cbind(${Object.keys(counts).join(", ")}) ~ a + b`, data: { ...wide, ...counts } });
        expect(bound.levels).toEqual(Object.keys(counts));
        expect(Math.abs(bound.deviance / one.deviance - 1)).toBeLessThan(1e-12);
        for (const name of one.parameters) {
          expect(Math.abs(one.estimates[name]! - bound.estimates[`n${name}`]!)).toBeLessThan(1e-7 * one.standardErrors[name]!);
          expect(Math.abs(one.standardErrors[name]! / bound.standardErrors[`n${name}`]! - 1)).toBeLessThan(1e-5);
        }
        const long = cells.flatMap((cell) => Array.from({ length: levels }, (_, k) => ({ ...cell, y: k + 1, weight: count(cell, k + 1) })));
        const of = (name: "a" | "b" | "y" | "weight") => long.map((row) => row[name]);
        near(one, await multinomial({ formula: "y ~ a + b", data: { a: of("a"), b: of("b"), y: of("y") }, weights: of("weight") }));
      }),
      { numRuns: 15 },
    );
  });

  test("two levels are a binomial glm, of single observations and of counts", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ({ rows, seed }) => {
        const { design, x, y } = sample(rows, 2, seed);
        const offset = x.map((value) => 0.2 * value);
        const weights = x.map((_, i) => i % 3);
        const r = await multinomial({ design, y, offset, weights });
        const g = await glm({ design, y: y.map((level) => level - 1), family: "binomial", offset, weights });
        const random = new Random(seed);
        const data = { x, f: x.map(() => random.poisson(2)), s: x.map((value) => random.poisson(exp(0.3 * value))) };
        const cells = await multinomial({ formula: "cbind(f, s) ~ x", data });
        const counts = await glm({ formula: "cbind(s, f) ~ x", data, family: "binomial" });
        for (const [one, other] of [
          [r, g],
          [cells, counts],
        ] as const) {
          expect(Math.abs(one.logLik / other.logLik - 1)).toBeLessThan(1e-12);
          one.parameters.forEach((name, k) => {
            const same = other.parameters[k]!;
            expect(Math.abs(one.estimates[name]! - other.estimates[same]!)).toBeLessThan(1e-7 * other.standardErrors[same]!);
            expect(Math.abs(one.standardErrors[name]! / other.standardErrors[same]! - 1)).toBeLessThan(1e-5);
          });
        }
        expect(Math.abs(r.vcovOf("HC0")[1]![1]! / g.vcovOf("HC0")[1]![1]! - 1)).toBeLessThan(1e-5);
        const pearson = g.residuals("pearson");
        r.residuals("pearson").values.forEach((value, i) => {
          if (i % 2 && weights[i >> 1]) expect(value).toBeCloseTo(pearson[i >> 1]!, 8);
        });
      }),
      { numRuns: 15 },
    );
  });
});

test("scales and centers of columns do not matter", async () => {
  const { design, x, z, y } = sample(500, 4, 3);
  const one = await multinomial({ design, y });
  const columns = [design.columns[0]!, x.map((value) => 3e9 + 1e8 * value), z.map((value) => 1e-8 * value)];
  const other = await multinomial({ design: { ...design, columns }, y });
  for (const level of [2, 3, 4]) {
    const [mine, theirs] = [one.estimates, other.estimates];
    expect(Math.abs(1e8 * theirs[`${level}:x`]! - mine[`${level}:x`]!)).toBeLessThan(1e-9);
    expect(Math.abs(1e-8 * theirs[`${level}:z`]! - mine[`${level}:z`]!)).toBeLessThan(1e-11);
  }
});

test("predictions and their errors by the delta method", async () => {
  const { x, z, y } = sample(400, 4, 9);
  const r = await multinomial({ formula: "y ~ x + z", data: { x, z, y } });
  const rows = { x: [0.3, -2], z: [1, 0.5] };
  const [probs, eta] = [r.predict(rows, { type: "probs", se: true }), r.predict(rows, { type: "link", se: true })];
  const theta = r.parameters.map((name) => r.estimates[name]!);
  const at = (t: readonly number[], row: number, k: number) =>
    k === 0 ? 0 : t[3 * k - 3]! + t[3 * k - 2]! * rows.x[row]! + t[3 * k - 1]! * rows.z[row]!;
  const p = (t: readonly number[], row: number, k: number) =>
    exp(at(t, row, k)) / [0, 1, 2, 3].reduce((sum, j) => sum + exp(at(t, row, j)), 0);
  const error = (of: (t: readonly number[]) => number) => {
    const slopes = theta.map((value, k) => (of(theta.with(k, value + 1e-5)) - of(theta.with(k, value - 1e-5))) / 2e-5);
    return Math.sqrt(slopes.reduce((sum, a, i) => sum + slopes.reduce((own, b, j) => own + a * b * r.vcov[i]![j]!, 0), 0));
  };
  for (let row = 0; row < 2; row++) {
    for (let k = 0; k < 4; k++) {
      expect(probs.values[row * 4 + k]).toBeCloseTo(p(theta, row, k), 12);
      expect(probs.se![row * 4 + k]! / error((t) => p(t, row, k))).toBeCloseTo(1, 6);
      if (k === 0) continue;
      expect(eta.values[row * 3 + k - 1]).toBeCloseTo(at(theta, row, k), 12);
      expect(eta.se![row * 3 + k - 1]! / error((t) => at(t, row, k))).toBeCloseTo(1, 6);
    }
  }
  expect(r.predict(rows)).toEqual([0, 1].map((row) => r.levels[[0, 1, 2, 3].sort((a, b) => p(theta, row, b) - p(theta, row, a))[0]!]));
  expect(() => r.predict(rows, { type: "cumprobs" as "probs" })).toThrow(/"class", "probs" or "link" is needed/);
});

test("a separated level: what runs away is named, and the rest comes to its limit", async () => {
  const { columns, names, y, responseLevels: levels } = casesOf("multinomial").find(({ id }) => id === "nonexist-multinom-iris")!;
  const r = await multinomial({ design: { names, columns }, y, levels: levels! });
  expect(r.status).toBe("nonexistent");
  expect(r.reason).toMatch(/levels are separated.*virginica:Petal\.Width to \+infinity/);
  // Among the other two, a binomial glm.
  const rest = y.flatMap((level, row) => (level > 1 ? [row] : []));
  const g = await glm({
    design: { names, columns: columns.map((values) => rest.map((row) => values[row]!)) },
    y: rest.map((row) => y[row]! - 2),
    family: "binomial",
  });
  expect(Math.abs(r.logLik - g.logLik)).toBeLessThan(1e-6);
  rest.forEach((row, i) => {
    expect(Math.abs(r.fitted.values[row * 3 + 2]! - g.fitted[i]!)).toBeLessThan(1e-6);
  });
  // A column that separates one level alone.
  const { x, y: levelsOf } = sample(300, 3, 4);
  const only = levelsOf.map((level, i) => (level === 2 && i % 2 ? 1 : 0));
  const one = await multinomial({ formula: "y ~ x + only", data: { y: levelsOf, x, only } });
  expect(one.reason).toMatch(/run away \(2:only to \+infinity\)/);
  expect(one.estimates["2:only"]).toBe(Number.POSITIVE_INFINITY);
  // The rows with `only` are certain to be of level 2 whatever this is.
  expect(one.estimates["3:only"]).toBeNaN();
  expect(one.reason).toContain("Nothing tells 3:only at the limit.");
});

test("20 levels of 30 columns", async () => {
  const random = new Random(1);
  const { x, z, y } = sample(4000, 20, 6);
  const noise = Array.from({ length: 27 }, () => x.map(() => random.normal()));
  const design = { names: ["(Intercept)", "x", "z", ...noise.map((_, j) => `n${j}`)], columns: [x.map(() => 1), x, z, ...noise] };
  const r = await multinomial({ design, y });
  expect(r.status).toBe("interior");
  expect(r.parameters.length).toBe(570);
  expect(r.certificate.decrement).toBeLessThan(1e-9);
  expect(r.passes).toBeLessThan(12);
});

test("a factor of many levels, combinations of columns, levels without a row", async () => {
  const { x, y } = sample(6000, 3, 7);
  const g = Array.from(x, (_, i) => `g${i % 80}`);
  const r = await multinomial({ formula: "y ~ x + g", data: { x, y, g } });
  expect(r.status).toBe("interior");
  expect(r.parameters.length).toBe(162);
  const twice = await multinomial({ formula: "y ~ x + I(2 * x)", data: { x, y }, levels: [1, 2, 3, 4] });
  expect(twice.aliased).toEqual(["2:I(2 * x)", "3:I(2 * x)"]);
  expect(twice.emptyLevels).toEqual(["4"]);
  expect(twice.nobs).toBe(6000);
});

test.each<[unknown, RegExp]>([
  [{ formula: "y ~ x", data: { y: ["a", "b"], x: [1, 2] }, levels: ["a"] }, /y\[1\] is "b", which is none of levels: "a"/],
  [{ formula: "cbind(a, b) ~ x", data: { a: [1, 2], b: [0, 0], x: [1, 2] } }, /has the level "a" alone; at least two levels are needed/],
  [
    { formula: "cbind(a, b) ~ x", data: { a: [1, 2], b: [1, 0], x: [1, 2] }, levels: ["a", "c"] },
    /levels has "c"; the formula binds "a", "b"/,
  ],
  [{}, /Neither formula and data nor design are given/],
])("refused: %#", async (options, message) => {
  await expect(multinomial(options as MultinomialOptions)).rejects.toThrow(message);
});

test("glm takes two columns of counts", async () => {
  const given = { formula: "cbind(a, b, x) ~ x", data: { a: [1, 2], b: [1, 3], x: [1, 2] }, family: "binomial" };
  await expect(glm(given)).rejects.toThrow(/binds 3 columns; two are needed: cbind\(successes, failures\)/);
});
