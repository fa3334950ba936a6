import { betareg, hurdle, multinomial, ordinal, survreg } from "loglik";
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
