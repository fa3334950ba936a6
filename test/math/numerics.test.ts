/** Random variates by their moments; sums, roots and small matrices by what defines them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pow } from "../../src/math/elementary.ts";
import { Random } from "../../src/math/random.ts";
import { findRoot, smallestInteger } from "../../src/math/roots.ts";
import { Accumulator, sum } from "../../src/math/sum.ts";
import { cholesky, choleskySolve, eigenSymmetric, inversePositiveDefinite, solvePositiveDefinite } from "../../src/math/symmetric.ts";
import { close, holds, real, tuple } from "./property.ts";

describe("random", () => {
  const n = 20000;
  const moments: [string, (r: Random) => number, number, number][] = [
    ["uniform", (r) => r.uniform(), 0.5, 1 / 12],
    ["normal", (r) => r.normal(), 0, 1],
    ["exponential", (r) => r.exponential(), 1, 1],
    ["gamma(0.3)", (r) => r.gamma(0.3), 0.3, 0.3],
    ["gamma(7.5)", (r) => r.gamma(7.5), 7.5, 7.5],
    ["beta(2, 3)", (r) => r.beta(2, 3), 0.4, 0.04],
    ["poisson(3)", (r) => r.poisson(3), 3, 3],
    ["poisson(150)", (r) => r.poisson(150), 150, 150],
  ];
  for (const [name, draw, mean, variance] of moments)
    test(`${name}: mean and variance`, () => {
      const r = new Random(11);
      const x = Float64Array.from({ length: n }, () => draw(r));
      const m = sum(x) / n;
      expect(Math.abs(m - mean)).toBeLessThan(4.5 * Math.sqrt(variance / n));
      expect(Math.abs(sum(x.map((v) => (v - m) * (v - m))) / n / variance - 1)).toBeLessThan(0.08);
    });
  test("a seed names a stream of bits", () => {
    const r = new Random(42);
    expect([r.int32(), r.uniform(), r.normal(), r.gamma(2.5), r.poisson(30)]).toMatchInlineSnapshot(`
      [
        -1343457830,
        0.17170555525436526,
        -1.0086161474047417,
        3.350404060949392,
        31,
      ]
    `);
    expect(new Random(42, 1).int32()).not.toBe(new Random(42).int32());
  });
});

describe("sums, roots, matrices", () => {
  test("compensation", () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2);
    expect(new Accumulator().add(1).add(1e100).add(1).add(-1e100).sum).toBe(2);
    expect([sum([]), sum([1e308, 1e308]), sum([NaN])]).toEqual([0, Infinity, NaN]);
  });
  holds("findRoot inverts", tuple(real(-20, 20)), (x) =>
    close(
      findRoot((t) => t * t * t + t - (x * x * x + x), -30, 40),
      x,
      1e-12,
      Math.max(1, Math.abs(x)),
    ),
  );
  test("findRoot wants a bracket", () => {
    expect(() => findRoot((x) => x * x + 1, -1, 1)).toThrow("f(-1) is 2 and f(1) is 2; a bracket needs values of opposite sign.");
  });
  holds("smallestInteger", tuple(fc.integer({ min: 0, max: 1e9 }), real(-10, 1e9)), (k, start) => {
    expect(smallestInteger((i) => i >= k, start, 0)).toBe(k);
    expect(smallestInteger((i) => i >= k, start, 0, 2e9)).toBe(k);
  });
  const matrix = (p: number, seed: number, spread: number): Float64Array => {
    const r = new Random(seed);
    const b = Float64Array.from({ length: p * (p + 3) }, () => r.normal());
    const scale = Float64Array.from({ length: p }, () => pow(10, Math.round(spread * (2 * r.uniform() - 1))));
    const a = new Float64Array(p * p);
    for (let i = 0; i < p; i++)
      for (let j = 0; j <= i; j++) {
        let s = 0;
        for (let k = 0; k < p + 3; k++) s += b[i * (p + 3) + k]! * b[j * (p + 3) + k]!;
        a[i * p + j] = a[j * p + i] = s * scale[i]! * scale[j]!;
      }
    return a;
  };
  const size = fc.integer({ min: 1, max: 7 });
  const seed = fc.integer({ min: 1, max: 1e6 });
  holds("inverse and solution, scales from 1e-140 to 1e140", tuple(size, seed), (p, s) => {
    const a = matrix(p, s, 140);
    const inverse = inversePositiveDefinite(a, p)!;
    const x = solvePositiveDefinite(a, a.subarray(0, p), p)!;
    for (let i = 0; i < p; i++) {
      close(x[i]!, i === 0 ? 1 : 0, 1e-8, Math.sqrt(a[0]!) / Math.sqrt(a[i * p + i]!));
      for (let j = 0; j < p; j++) {
        let v = 0;
        for (let k = 0; k < p; k++) v += a[i * p + k]! * inverse[k * p + j]!;
        close(v, i === j ? 1 : 0, 1e-8, Math.sqrt(a[i * p + i]!) / Math.sqrt(a[j * p + j]!));
      }
    }
  });
  holds("eigenvectors are orthonormal and diagonalise", tuple(size, seed), (p, s) => {
    const a = matrix(p, s, 0);
    const { values, vectors } = eigenSymmetric(a, p);
    for (let k = 0; k < p; k++) {
      if (k > 0) expect(values[k]!).toBeLessThanOrEqual(values[k - 1]!);
      for (let i = 0; i < p; i++) {
        let av = 0;
        let dot = 0;
        for (let j = 0; j < p; j++) {
          av += a[i * p + j]! * vectors[k * p + j]!;
          dot += vectors[i * p + j]! * vectors[k * p + j]!;
        }
        close(av, values[k]! * vectors[k * p + i]!, 1e-14, values[0]! * p);
        close(dot, i === k ? 1 : 0, 1e-14 * p, 1);
      }
    }
  });
  test("indefinite and singular matrices are refused", () => {
    expect(cholesky(new Float64Array([1, 2, 2, 1]), 2)).toBeNull();
    expect(inversePositiveDefinite(new Float64Array([1, 1, 1, 1]), 2)).toBeNull();
    expect(inversePositiveDefinite(new Float64Array([0]), 1)).toBeNull();
    expect(Array.from(choleskySolve(new Float64Array([2]), [8], 1))).toEqual([2]);
    expect(Array.from(eigenSymmetric(new Float64Array([1e150, 0, 0, -1e-150]), 2).values)).toEqual([1e150, -1e-150]);
  });
});
