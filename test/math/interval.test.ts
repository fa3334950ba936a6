import { catalogue, distribution, type FixedDistribution, logSumExp } from "loglik";
import { expect, test } from "vitest";
import { logInterval } from "../../src/math/interval.ts";
import rows from "../data/intervals.json" with { type: "json" };

// Probabilities of intervals against 300-digit references, scripts/reference/intervals.py; then what no reference is needed for.

interface Row {
  readonly distribution: keyof typeof catalogue;
  readonly theta: readonly number[];
  readonly a: number | null;
  readonly b: number | null;
  readonly logP: string;
}

function at(name: Row["distribution"], theta: readonly number[]): FixedDistribution {
  return distribution(name, Object.fromEntries(catalogue[name].parameters.map((parameter, i) => [parameter.name, theta[i]!])));
}

test.each(rows as readonly Row[])("$distribution ($theta): ($a, $b]", ({ distribution: name, theta, a, b, logP }) => {
  const found = logInterval(at(name, theta), a ?? Number.NEGATIVE_INFINITY, b ?? Number.POSITIVE_INFINITY, catalogue[name].support.whole);
  const expected = Number(logP);
  expect(Math.abs(found - expected), `${found} for ${logP}`).toBeLessThan(1e-12 * Math.max(1, Math.abs(expected)));
  // A probability near 1 is known by its complement.
  if (expected > -1e-3) expect(Math.abs(found / expected - 1)).toBeLessThan(1e-12);
});

const normal = at("normal", [0, 1]);
const whole = at("poisson", [7]);

test("an interval without probability has logarithm -Infinity", () => {
  const uniform = at("uniform", [0, 1]);
  expect(logInterval(uniform, 1, 2, false)).toBe(Number.NEGATIVE_INFINITY);
  expect(logInterval(uniform, -5, 0, false)).toBe(Number.NEGATIVE_INFINITY);
  expect(logInterval(whole, 2.1, 2.9, true)).toBe(Number.NEGATIVE_INFINITY);
  expect(logInterval(normal, 2, 2, false)).toBe(Number.NEGATIVE_INFINITY);
  expect(logInterval(normal, 3, 2, false)).toBe(Number.NEGATIVE_INFINITY);
});

test("the whole line has probability 1", () => {
  expect(logInterval(normal, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, false)).toBeCloseTo(0, 15);
});

test("one mass of a count is its logPdf", () => {
  for (const k of [0, 1, 7, 40, 900]) expect(logInterval(whole, k - 1, k, true)).toBeCloseTo(whole.logPdf(k), 11);
});

test("parts add up to the whole, however they are computed", async () => {
  for (const [a, b] of [
    [-39, -37],
    [-1, 1e-3],
    [4, 6],
    [-0.02, 0.7],
  ] as const) {
    for (const parts of [2, 10, 1000]) {
      const ends = Array.from({ length: parts + 1 }, (_, i) => a + ((b - a) * i) / parts);
      const logs = ends.slice(1).map((end, i) => logInterval(normal, ends[i]!, end, false));
      expect(Math.abs((await logSumExp(logs)) - logInterval(normal, a, b, false))).toBeLessThan(1e-12);
    }
  }
});
