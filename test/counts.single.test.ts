import { zeroInflated } from "loglik";
import { expect, test } from "vitest";
import { Random } from "../src/math/random.ts";

// One positive count whose row the columns part from the others: the likelihood's limit is known, and no search has to creep up to it.

const random = new Random(31);
const n = 60;
const x = Array.from({ length: n }, () => random.normal());
const z = Array.from({ length: n }, () => random.normal());

/** The log-likelihood of zero-inflated Poisson counts, by hand. */
function logLik(y: readonly number[], eta: (i: number) => number, zeta: (i: number) => number): number {
  return y.reduce((sum, count, i) => {
    const mu = Math.exp(eta(i));
    const pi = 1 / (1 + Math.exp(-zeta(i)));
    if (count === 0) return sum + Math.log(pi + (1 - pi) * Math.exp(-mu));
    const factorial = Array.from({ length: count }, (_, k) => Math.log(k + 1)).reduce((a, b) => a + b, 0);
    return sum - Math.log1p(Math.exp(zeta(i))) + count * Math.log(mu) - mu - factorial;
  }, 0);
}

test.each([
  ["poisson", 1, 7],
  ["poisson", 5, 20],
  ["negativeBinomial", 9, 33],
] as const)("%s: a count of %i", async (family, count, only) => {
  const y = x.map((_, i) => (i === only ? count : 0));
  const r = await zeroInflated({ formula: "y ~ x", data: { x, y }, family });
  expect([r.status, r.passes < 4]).toEqual(["nonexistent", true]);
  expect(r.reason).toMatch(/^Only one count is positive/);
  const d = r.direction!;
  const along = (far: number) =>
    logLik(
      y,
      (i) => Math.log(count) + far * (d["count:(Intercept)"]! + d["count:x"]! * x[i]!),
      (i) => far * (d["zero:(Intercept)"]! + d["zero:x"]! * x[i]!),
    );
  // It comes to the limit, and lies below everywhere.
  expect(along(1e5)).toBeCloseTo(r.logLik, 6);
  for (const far of [1, 10, 100]) expect(along(far)).toBeLessThan(r.logLik);
});

test("columns that do not part it leave it to the search", async () => {
  const only = 12;
  const twice = [...x, x[only]!];
  const y = twice.map((_, i) => (i === only ? 4 : 0));
  const r = await zeroInflated({ formula: "y ~ x", data: { x: twice, y }, family: "poisson" });
  expect(r.logLik).toBeLessThan(4 * Math.log(4) - 4 - Math.log(24) - 0.1);
});

test("another column for the zeros", async () => {
  const y = x.map((_, i) => (i === 3 ? 2 : 0));
  const r = await zeroInflated({ formula: "y ~ x | z", data: { x, y, z }, family: "poisson" });
  expect(r.logLik).toBeLessThanOrEqual(2 * Math.log(2) - 2 - Math.log(2));
});
