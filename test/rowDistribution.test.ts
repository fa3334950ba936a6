import { distribution, type VectorDistribution } from "loglik";
import { describe, expect, test } from "vitest";
import { near } from "./closeness.ts";

// Densities of rows: they integrate to 1, variates have the mean and covariance that the formulas say.

const covariance = [
  [1, 0.6],
  [0.6, 2],
];
const cases: [string, VectorDistribution][] = [
  ["multivariateNormal", distribution("multivariateNormal", { mean: [1, -2], covariance })],
  ["multivariateT, df = 9", distribution("multivariateT", { location: [1, -2], scale: covariance, df: 9 })],
  ["dirichlet", distribution("dirichlet", { alpha: [2.5, 4] })],
  ["dirichlet of three", distribution("dirichlet", { alpha: [2, 3.5, 5] })],
];

describe.each(cases)("%s", (name, at) => {
  test("variates have the mean and the covariance", () => {
    const n = 40_000;
    const x = at.random(n, { seed: 7 });
    const mean = at.mean();
    const d = mean.length;
    expect(x.length).toBe(n * d);
    const sum = (f: (row: Float64Array) => number) => {
      let total = 0;
      for (let i = 0; i < n; i++) total += f(x.subarray(i * d, i * d + d));
      return total / n;
    };
    const expected = at.covariance();
    expect(at.variance()).toEqual(expected.map((row, i) => row[i]));
    for (let i = 0; i < d; i++) {
      near(
        sum((row) => row[i]!),
        mean[i]!,
        4 * Math.sqrt(expected[i]![i]! / n),
        `${name}: mean ${i}`,
      );
      for (let j = 0; j < d; j++) {
        const size = Math.sqrt(expected[i]![i]! * expected[j]![j]!);
        near(
          sum((row) => (row[i]! - mean[i]!) * (row[j]! - mean[j]!)),
          expected[i]![j]!,
          0.04 * size,
          `${name}: covariance ${i} ${j}`,
        );
      }
    }
  });

  test("a seed names a stream", () => {
    expect(at.random(3, { seed: 5 })).toEqual(at.random(3, { seed: 5 }));
    expect(at.random(3, { seed: 5 })).not.toEqual(at.random(3, { seed: 6 }));
  });
});

test.each([
  ["multivariateNormal", distribution("multivariateNormal", { mean: [1, -2], covariance })],
  ["multivariateT, df = 9", distribution("multivariateT", { location: [1, -2], scale: covariance, df: 9 })],
  ["multivariateT, df = 1", distribution("multivariateT", { location: [1, -2], scale: covariance, df: 1 })],
])("%s integrates to 1", (_, at) => {
  // The plane through (sinh u, sinh v) of steps on which the trapezoidal rule is exact to rounding.
  const [h, end] = [1 / 16, 24];
  const sinh = (u: number) => (Math.exp(u) - Math.exp(-u)) / 2;
  const cosh = (u: number) => (Math.exp(u) + Math.exp(-u)) / 2;
  let total = 0;
  for (let u = -end; u <= end; u += h) {
    for (let v = -end; v <= end; v += h) total += at.pdf([1 + sinh(u), -2 + sinh(v)]) * cosh(u) * cosh(v);
  }
  near(total * h * h, 1, 1e-8, "integral");
});

test("dirichlet integrates to 1 over the triangle", () => {
  const at = distribution("dirichlet", { alpha: [2, 3.5, 5] });
  // x = s, y = (1 - s) t with s and t by the tanh rule.
  const h = 1 / 32;
  let total = 0;
  for (let a = -7; a <= 7; a += h) {
    for (let b = -7; b <= 7; b += h) {
      const [s, t] = [1 / (1 + Math.exp(-2 * a)), 1 / (1 + Math.exp(-2 * b))];
      const weight = 2 * s * (1 - s) * 2 * t * (1 - t) * (1 - s);
      const row = [s, (1 - s) * t];
      total += at.pdf([...row, 1 - row[0]! - row[1]!]) * weight;
    }
  }
  near(total * h * h, 1, 1e-7, "integral");
});

test("far out, where the square of the distance leaves the doubles' precision", () => {
  const at = distribution("multivariateT", { location: [0], scale: [[1]], df: 2 });
  const t = distribution("studentT", { location: 0, scale: 1, df: 2 });
  for (const x of [0, 1, 1e5, 1e40, 1e120]) near(at.logPdf([x]), t.logPdf(x), 1e-12 * Math.abs(t.logPdf(x)), `${x}`);
});

test("moments that do not exist", () => {
  const at = (df: number) => distribution("multivariateT", { location: [0, 1], scale: covariance, df });
  expect(at(1).mean()).toEqual([Number.NaN, Number.NaN]);
  expect(at(2).variance()).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  expect(at(1).variance()).toEqual([Number.NaN, Number.NaN]);
});
