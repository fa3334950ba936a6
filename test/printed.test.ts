// Numbers as R writes them: test/data/printed.json is what R wrote (scripts/reference/printed.R).

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formatted, general, pValues, zapped } from "../src/regression/printed.ts";

/** Numbers are written with 17 digits, all that a double has. */
interface Row {
  readonly x: string[];
  readonly digits: [number];
  readonly format: string[];
  readonly general: string[];
  readonly zapped: string[];
  readonly p: string[];
  readonly pdigits: [number];
  readonly pval: string[];
}

const rows = (JSON.parse(readFileSync("test/data/printed.json", "utf8")) as Row[]).map((row) => ({
  ...row,
  x: row.x.map(Number),
  zapped: row.zapped.map(Number),
  p: row.p.map(Number),
  digits: row.digits[0],
  pdigits: row.pdigits[0],
}));

describe("400 groups of numbers, seeded", () => {
  test("format()", () => {
    for (const { x, digits, format } of rows) expect([x, digits, formatted(x, digits)]).toEqual([x, digits, format]);
  });

  test("formatC()", () => {
    for (const { x, digits, general: texts } of rows) expect(x.map((value) => general(value, digits))).toEqual(texts);
  });

  test("zapsmall()", () => {
    // R's powers of ten beyond 22 are off by a last bit, and so are its results.
    const near = (found: number, value: number) => Math.abs(found - value) <= 4e-16 * Math.abs(value);
    for (const { x, digits, zapped: values } of rows) expect(zapped(x, digits).every((found, i) => near(found, values[i]!))).toBe(true);
  });

  test("format.pval()", () => {
    for (const { p, pdigits, pval } of rows) {
      const found = pValues(p, pdigits);
      expect([p, pdigits, found]).toEqual([p, pdigits, pval]);
    }
  });
});

test("what is no number", () => expect(formatted([Number.NaN, Infinity, -Infinity, 1.5], 3)).toEqual(["NA", "Inf", "-Inf", "1.5"]));
