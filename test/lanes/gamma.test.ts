import { expect, test } from "vitest";
import { build } from "../build.ts";
import * as precise from "../precise/gamma.ts";
import { worstIn } from "./measure.ts";
import { lanesOf } from "./module.ts";
import { pointsIn, random } from "./points.ts";
import type { LaneRow, Range } from "./table.ts";

const run = await lanesOf(build);
const range = (low: number, high: number, ulp: number, spacing?: "log"): Range => ({
  of: [spacing ? [low, high, spacing] : [low, high]],
  ulp,
});

// The table counts lgamma's error in ulps of max(1, |value|). Above 0 it is as small in ulps of the value, zeros at 1 and 2 included.
const lgamma: LaneRow = { function: "lgamma", precise: "gamma", goal: 2.5, ranges: [], values: [] };

test.each([
  [0.9, 1.1],
  [0.97, 1.03],
  [1.9, 2.1],
  [1.95, 2.05],
  [0.4, 2.6],
])(`${build}: lgamma on [%d, %d] within 2.5 ulp of its value`, (low, high) => {
  const { ulp, x } = worstIn(lgamma, range(low, high, 2.5), precise.lgamma, [run], 16_384, 3);
  expect(ulp, `at ${x}`).toBeLessThanOrEqual(2.5);
});

test(`${build}: lgamma is lgammaTerm less the logarithm of lgammaFactor`, () => {
  for (const part of [range(0, 5, 1), range(1e-300, 1e300, 1, "log")]) {
    const [x] = pointsIn(part, 4096, random(4));
    const value = run("lgamma", x!);
    const term = run("lgammaTerm", x!);
    run("lgammaFactor", x!).forEach((factor, i) => {
      const size = Math.max(1, Math.abs(term[i]!), Math.abs(Math.log(factor)));
      expect(Math.abs(term[i]! - Math.log(factor) - value[i]!) / size, `at ${x![i]}`).toBeLessThan(6 * 2 ** -52);
    });
  }
});
