import { describe, expect, test } from "vitest";
import { type Comparable, compare } from "../src/estimators/compare.ts";
import { comparisonReport } from "../src/report/comparison.ts";
import { counted, decimals, duration, plusMinus, significant } from "../src/report/number.ts";

describe("an estimate with its standard error", () => {
  test.each([
    [2.3512, 0.0572, "2.351 ± 0.057"],
    [2.3512, 0.0999, "2.35 ± 0.10"],
    [2.3512, 0.0095, "2.3512 ± 0.0095"],
    [0.9996, 0.05, "1.000 ± 0.050"],
    [-12345.6, 123.4, "-12346 ± 123"],
    [3, 120, "3 ± 120"],
    [0, 0.25, "0.00 ± 0.25"],
    [1e6, 1e-9, "1000000.000000000 ± 0.000000001"],
    [1.23e-150, 4e-152, "(1.230 ± 0.040)e-150"],
    [1.23e150, 4e151, "(0.1 ± 4.0)e151"],
    [9.99e-6, 1.234e-7, "(9.99 ± 0.12)e-6"],
    [4.9e-324, 4.9e-324, "(4.9 ± 4.9)e-324"],
    [2.5, Number.NaN, "2.50000"],
    [2.5, 0, "2.50000"],
    [Number.POSITIVE_INFINITY, Number.NaN, "Infinity"],
    [Number.NaN, Number.NaN, "–"],
  ])("%d, %d is %s", (estimate, error, text) => expect(plusMinus(estimate, error)).toBe(text));
});

describe("significant digits", () => {
  test.each([
    [1, 6, "1.00000"],
    [99.99996, 6, "100.000"],
    [123456789, 6, "123456789"],
    [1.5e9, 6, "1.50000e9"],
    [0.000123456, 3, "0.000123"],
    [1.234e-5, 3, "1.23e-5"],
    [0, 6, "0"],
    [Number.NEGATIVE_INFINITY, 6, "-Infinity"],
  ])("%d to %d is %s", (value, digits, text) => expect(significant(value, digits)).toBe(text));
});

test("counts, durations and decimals", () => {
  expect([counted(1, "row"), counted(2_000_000, "row"), counted(2, "family", "families")]).toEqual([
    "1 row",
    "2,000,000 rows",
    "2 families",
  ]);
  expect([duration(0.0001), duration(0.0994), duration(0.0996), duration(12.34)]).toEqual(["1 ms", "99 ms", "0.10 s", "12.3 s"]);
  expect([decimals(-1234.567), decimals(Number.NaN), decimals(1e25), decimals(Number.NEGATIVE_INFINITY)]).toEqual([
    "-1234.57",
    "–",
    "1.0000000e+25",
    "-Infinity",
  ]);
});

test("a comparison of fits", async () => {
  const fit = (distribution: string, aic: number, status: Comparable["status"]): Comparable => ({
    distribution,
    discrete: false,
    logLik: 2 - aic / 2,
    aic,
    aicc: aic,
    bic: aic,
    nobs: 10,
    status,
    reason: `${status} it is.`,
  });
  const lines = await comparisonReport(
    compare([fit("weibull", 14, "interior"), fit("gamma", 10, "interior"), fit("lomax", 20, "boundary")]),
  );
  expect(lines).toEqual([
    "family     k  logLik    AIC   ΔAIC  weight  evidence",
    "gamma      2   -3.00  10.00   0.00   0.876      1.00",
    "weibull    2   -5.00  14.00   4.00   0.118      7.39",
    "lomax [1]  2   -8.00  20.00  10.00   0.006       148",
    "",
    "[1] boundary: boundary it is.",
  ]);
});
