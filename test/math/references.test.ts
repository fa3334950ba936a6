/**
 * src/math against 40-digit values (mpmath 1.2.1; data/special holds arguments and results as bits), and the rule that
 * makes its results the same in every engine.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { besselRatio, besselRatioSlope } from "../../src/math/bessel.ts";
import { exp, expm1, log, log1p } from "../../src/math/elementary.ts";
import { lbeta, lgamma } from "../../src/math/gamma.ts";
import { betaI, betaIComplement } from "../../src/math/incompleteBeta.ts";
import { gammaP, gammaQ } from "../../src/math/incompleteGamma.ts";
import { log2, log10 } from "../../src/math/logarithms.ts";
import { erf, erfc, erfcx, logNormalCdf, normalQuantile } from "../../src/math/normal.ts";
import { digamma, trigamma } from "../../src/math/polygamma.ts";
import { ULP } from "./property.ts";

const folder = new URL("../../src/math/", import.meta.url);
const special = (name: string): [string[], string, string][] =>
  JSON.parse(readFileSync(new URL(`../data/special/${name}.json`, import.meta.url), "utf8"));
const bits = new DataView(new ArrayBuffer(8));
const fromBits = (hex: string): number => {
  bits.setBigUint64(0, BigInt(`0x${hex}`));
  return bits.getFloat64(0);
};
/** Doubles in order as integers, so that neighbours differ by one, through zero and the subnormals. */
const ordinal = (x: number): bigint => {
  bits.setFloat64(0, x);
  const b = bits.getBigInt64(0);
  return b < 0n ? -(b & 0x7fffffffffffffffn) : b;
};
const ulps = (x: number, y: number): number => {
  const d = ordinal(x) - ordinal(y);
  return Number(d < 0n ? -d : d);
};
const ulpError = (x: number, y: number): number => (Object.is(x, y) || (x === 0 && y === 0) ? 0 : ulps(x, y));
/** |x - y| / max(1, |y|): for functions with zeros between the doubles, where an ulp of the value means nothing. */
const mixedError = (x: number, y: number): number => (Object.is(x, y) ? 0 : Math.abs(x - y) / Math.max(1, Math.abs(y)));
/**
 * Relative error, less what one ulp of the exponent explains: a tail of size exp(-700) has 700 ulp of it.
 * Subnormal results are granted their spacing.
 */
const tailError = (x: number, y: number): number => (x === y ? 0 : (Math.abs(x - y) - 5e-324) / (Math.abs(y) * Math.max(1, -Math.log(y))));

/** Function, measure, allowed error. Measured maxima are about two thirds of what is allowed. */
const rows: [string, (...x: number[]) => number, typeof ulpError, number][] = [
  ["exp", exp, ulpError, 1],
  ["log", log, ulpError, 1],
  ["log2", log2, ulpError, 1],
  ["log10", log10, ulpError, 1],
  ["log1p", log1p, ulpError, 1],
  ["expm1", expm1, ulpError, 1],
  ["erf", erf, ulpError, 3],
  ["erfc", erfc, ulpError, 4],
  ["erfcx", erfcx, ulpError, 4],
  ["logNormalCdf", logNormalCdf, ulpError, 4],
  ["normalQuantile", normalQuantile, ulpError, 4],
  ["trigamma", trigamma, ulpError, 4],
  ["digamma", digamma, mixedError, 4 * ULP],
  ["lgamma", lgamma, mixedError, 8 * ULP],
  ["lbeta", lbeta, mixedError, 4 * ULP],
  ["gammaP", gammaP, tailError, 8 * ULP],
  ["gammaQ", gammaQ, tailError, 8 * ULP],
  ["besselRatio", (x) => Math.sign(x) * besselRatio(Math.abs(x)), ulpError, 14],
  ["besselRatioSlope", (x) => besselRatioSlope(Math.abs(x)), mixedError, 8 * ULP],
  ["betaI", betaI, tailError, 6 * ULP],
  ["betaIComplement", betaIComplement, tailError, 6 * ULP],
];

describe("40-digit references", () => {
  for (const [name, f, error, allowed] of rows)
    test(`${name} within ${allowed >= 1 ? `${allowed} ulp` : allowed.toExponential(1)}`, () => {
      let worst = 0;
      let at: unknown;
      for (const [argumentBits, resultBits] of special(name)) {
        const x = argumentBits.map(fromBits);
        const found = f(...x);
        const expected = fromBits(resultBits);
        const e = error(found, expected);
        if (!(e <= worst)) {
          worst = e;
          at = { x, found, expected, error: e };
        }
      }
      expect(worst, JSON.stringify(at)).toBeLessThanOrEqual(allowed);
    });
});

describe("the same bits in every engine", () => {
  const allowed = new Set(["sqrt", "abs", "floor", "round", "trunc", "min", "max", "sign", "imul"]);
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".ts")))
    test(`${file} uses only exactly specified operations and imports src/math only`, () => {
      const code = readFileSync(new URL(file, folder), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
      const used = [...code.matchAll(/\bMath\s*\.\s*(\w+)/g)].map((m) => m[1]!);
      expect(used.filter((name) => !allowed.has(name))).toEqual([]);
      expect(code.match(/\*\*|\bMath\s*[^.\s\w]/g) ?? []).toEqual([]);
      expect([...code.matchAll(/from "([^"]+)"/g)].map((m) => m[1]!).filter((path) => !/^\.\/\w+\.ts$/.test(path))).toEqual([]);
    });
});
