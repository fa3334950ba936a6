import { betareg, coxph, type Data, hurdle, multinomial, ordinal, survreg, tobit, treg } from "loglik";
import { describe, expect, test } from "vitest";

// What the rows that are left at a limit say, and what columns say that are combinations of others.

describe("separated levels", () => {
  // No b where g is u: there a is certain in the limit, and f, h have to be told by the rows of v alone.
  const f = ["p", "q", "p", "q", "p", "p", "q", "q", "p", "q", "p", "q", "q", "p", "q"];
  const g = ["u", "u", "u", "u", "u", "v", "v", "v", "v", "v", "v", "v", "v", "v", "v"];
  const h = [0.3, 1.2, -0.7, 0.1, 2.2, 0.4, 1.1, -0.3, 0.9, -1.4, -0.6, 1.9, 0.2, 1.3, -0.8];
  const y = ["a", "a", "a", "a", "a", "b", "a", "b", "a", "b", "a", "b", "a", "b", "a"];
  const rest = <T>(values: readonly T[]) => values.filter((_, row) => g[row] === "v");
  const order = [14, 3, 8, 0, 11, 6, 1, 9, 4, 13, 2, 7, 12, 5, 10];
  const shuffled = <T>(values: readonly T[]) => order.map((row) => values[row]!);

  test("what is left has its own maximum, whatever the order of the rows, and what nothing tells is no number", async () => {
    const part = await multinomial({ formula: "y ~ f + h", data: { y: rest(y), f: rest(f), h: rest(h) } });
    expect(part.status).toBe("interior");
    for (const mix of [<T>(values: readonly T[]) => values, shuffled]) {
      const r = await multinomial({ formula: "y ~ f * g + h", data: { y: mix(y), f: mix(f), g: mix(g), h: mix(h) } });
      expect(r.status).toBe("nonexistent");
      expect(r.estimates["b:(Intercept)"]).toBe(Number.NEGATIVE_INFINITY);
      expect(r.estimates["b:gv"]).toBe(Number.POSITIVE_INFINITY);
      expect(r.estimates["b:fq"]).toBeNaN();
      expect(r.estimates["b:fq:gv"]).toBeNaN();
      expect(r.reason).toContain("Nothing tells b:fq, b:fq:gv at the limit.");
      expect(Math.abs(r.estimates["b:h"]! - part.estimates["b:h"]!)).toBeLessThan(1e-10);
      expect(Math.abs(r.logLik - part.logLik)).toBeLessThan(1e-12);
    }
  });

  test("so have ordered levels, of every link", async () => {
    for (const link of ["logit", "probit", "cloglog", "loglog"] as const) {
      const part = await ordinal({ formula: "y ~ f + h", data: { y: rest(y), f: rest(f), h: rest(h) }, link });
      const r = await ordinal({ formula: "y ~ g * f + h", data: { y, f, g, h }, link });
      expect(r.status).toBe("nonexistent");
      expect(r.estimates.gv).toBe(Number.POSITIVE_INFINITY);
      expect(r.estimates.zeta1).toBe(Number.POSITIVE_INFINITY);
      expect(Math.abs(r.estimates.h! - part.estimates.h!)).toBeLessThan(1e-9);
      expect(Math.abs(r.logLik - part.logLik)).toBeLessThan(1e-11);
    }
  });
});

describe("columns that are combinations of those before them, of an odd number of rows", () => {
  const x = [4.1, 5.3, 3.2, 6.8, 5.9, 4.4, 7.1];
  const z = [1, 0, 2, 1, 3, 0, 2];
  // A constant is part of the combination.
  const both = x.map((value, row) => 2 * value - 3 * z[row]! + 1);
  const design = { names: ["(Intercept)", "x", "z", "both"], columns: [x.map(() => 1), x, z, both] };

  test("are left out", async () => {
    const levels = ["a", "b", "a", "b", "a", "b", "b"];
    const shares = [0.2, 0.4, 0.15, 0.7, 0.35, 0.5, 0.6];
    const fits = [
      await ordinal({ design, y: levels }),
      await multinomial({ design, y: ["a", "b", "b", "b", "a", "a", "b"] }),
      await survreg({ design, time: [3, 1, 4, 1.5, 5, 9, 2.6], status: [1, 1, 0, 1, 1, 1, 1] }),
      await betareg({ design, y: shares }),
      await hurdle({
        design,
        zeroDesign: { names: ["(Intercept)"], columns: [x.map(() => 1)] },
        y: [1, 0, 3, 2, 4, 1, 1],
        family: "poisson",
      }),
    ];
    for (const r of fits) expect(r.aliased, r.model).toEqual([r.parameters.find((name) => name.endsWith("both"))]);
  });
});

describe("a maximum far out, and none", () => {
  test("a group that is censored on the left, with a scale far below the spread of the others", async () => {
    const y = [0.58, 0.87, 1.36, 0.35, 1.98, 0.22, 0.61, 0.92];
    const g = ["b", "c", "c", "b", "c", "b", "a", "a"];
    const x = [0.5, 2.5, 2, 2, 0, 2.5, 1, 1];
    const lower = y.map((value, row) => (g[row] === "a" ? Number.NEGATIVE_INFINITY : value));
    const upper = y.map((value, row) => (g[row] === "a" ? value + 1 : value));
    for (const unit of [1, 1e-6]) {
      const r = await survreg({
        formula: 'Surv(lower, upper, type = "interval2") ~ x + g',
        data: { lower: lower.map((v) => v * unit), upper: upper.map((v) => v * unit), x, g },
        distribution: "gaussian",
      });
      expect(r.status).toBe("nonexistent");
      expect(r.estimates["(Intercept)"]).toBe(Number.NEGATIVE_INFINITY);
      expect(r.estimates.gb).toBe(Number.POSITIVE_INFINITY);
      const rest = await survreg({
        formula: "y ~ x + g",
        data: { y: y.slice(0, 6).map((v) => v * unit), x: x.slice(0, 6), g: g.slice(0, 6) },
        distribution: "gaussian",
      });
      expect(Math.abs(r.estimates.x! / rest.estimates.x! - 1)).toBeLessThan(1e-10);
      expect(Math.abs(r.logLik - rest.logLik)).toBeLessThan(1e-10);
    }
  });

  test("ends of a search at rows", async () => {
    // 8 of 12 rows lie on a line: their density grows as 1/sigma, and that of the others falls as sigma^df.
    const x = Array.from({ length: 12 }, (_, i) => i);
    const y = x.map((v, i) => (i < 8 ? 2 * v + 1 : [3, 40, -7, 12][i - 8]!));
    const r = await treg({ formula: "y ~ x", data: { x, y }, df: 1 });
    expect(r.status).toBe("nonexistent");
    expect(r.estimates.sigma).toBe(0);
    expect(r.logLik).toBe(Number.POSITIVE_INFINITY);
  });

  test("a level that only one row tells, by a distribution that ends at once", async () => {
    const y = ["L1", "L2", "L4", "L4", "L1", "L4", "L4", "L4", "L2"];
    const x = [1.542, 0.517, 0.55, 0.741, 0.602, -0.002, 0.515, 0.264, 0.496];
    const f = ["a", "b", "c", "a", "c", "a", "c", "a", "a"];
    const g = ["u", "v", "v", "v", "v", "v", "v", "v", "v"];
    const weights = [3, 1, 1, 2, 1, 1, 2, 2, 2];
    const r = await ordinal({ formula: "y ~ x + f + g", data: { y, x, f, g }, weights, link: "cloglog" });
    expect(r.status).toBe("nonexistent");
    expect(r.estimates.gv).toBe(Number.POSITIVE_INFINITY);
  });

  test("of a partial likelihood at 31.6 with a standard error of 3.4e6", async () => {
    const rows: [string, number, number, number, string][] = [
      ["p", 0.2655512731092308, 1, -0.679, "v"],
      ["p", 0.5532228662300581, 0, -0.119, "v"],
      ["p", 1.3057072498569946, 1, -1.309, "u"],
      ["p", 8.32076081318789, 0, 1.76, "v"],
      ["q", 0.0498754710856124, 1, -0.167, "v"],
      ["q", 1.1613181268507675, 0, -0.174, "v"],
      ["q", 4.60461123154323, 0, -0.277, "u"],
      ["q", 13.103960558455672, 0, 0.222, "v"],
      ["q", 18.595773819777463, 0, 0.194, "v"],
      ["r", 0.13069143747296183, 0, -0.126, "u"],
      ["r", 0.8633179237370341, 1, -0.168, "v"],
      ["r", 6.470736298715824, 0, 1.289, "v"],
      ["r", 18.00144166798111, 1, 0.445, "u"],
      ["r", 151.18620713693883, 0, 1.941, "v"],
      ["r", 438.0163046203195, 0, 0.642, "u"],
    ];
    const [s, time, status, x, g] = [0, 1, 2, 3, 4].map((k) => rows.map((row) => row[k]!));
    const r = await coxph({ formula: "Surv(time, status) ~ poly(x, 2) + g + strata(s)", data: { s, time, status, x, g } as Data });
    expect(r.status).toBe("interior");
    expect(r.certificate.decrement).toBeLessThan(1e-8);
  });
});

test("censored to both sides of a separated group, the scale runs away with the coefficients", async () => {
  const x = [-3.45, -10.27, 2.23, -0.41, 1.06, -5.2, 15.47, 3.44, 23.35, -9.89, -7.08, -2.79];
  const f = ["a", "b", "c", "a", "b", "c", "b", "b", "c", "c", "c", "a"];
  const g = ["u", "v", "v", "v", "u", "v", "v", "v", "v", "u", "v", "v"];
  const y = [0, 0, 0, 0, 0, 1.5, 1.5, 1.5, 1.5, 0, 0, 0];
  const r = await tobit({ formula: "y ~ x + f + g", data: { y, x, f, g }, right: 1.5 });
  expect(r.status).toBe("nonexistent");
  expect(r.estimates.scale).toBe(Number.POSITIVE_INFINITY);
});
