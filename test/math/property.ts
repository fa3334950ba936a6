/** What the tests of src/math share: generators of magnitudes and one comparison that says what it found. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { exp } from "../../src/math/elementary.ts";

export const ULP = 2.220446049250313e-16;
const runs = { numRuns: 300, seed: 20240 };
export const real = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
/** Magnitudes spread evenly over decades. */
export const decades = (min: number, max: number): fc.Arbitrary<number> => real(min, max).map((e) => exp(2.302585092994046 * e));
export const signed = (a: fc.Arbitrary<number>): fc.Arbitrary<number> => fc.tuple(a, fc.boolean()).map(([x, s]) => (s ? x : -x));
export const close = (found: number, expected: number, tolerance: number, scale = Math.abs(expected)): void => {
  if (found === expected) return;
  expect(Math.abs(found - expected), `found ${found}, expected ${expected}`).toBeLessThanOrEqual(tolerance * scale);
};
export const holds = (name: string, a: fc.Arbitrary<number[]>, f: (...x: number[]) => void): void =>
  test(name, () =>
    fc.assert(
      fc.property(a, (x) => f(...x)),
      runs,
    ),
  );
export const tuple = (...a: fc.Arbitrary<number>[]): fc.Arbitrary<number[]> => fc.tuple(...a);
