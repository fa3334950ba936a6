import { geometric, negativeBinomial, poisson } from "loglik";
import { expect, test } from "vitest";
import { tailBlocks } from "../src/inference/tailBlocks.ts";

// Tails at neighbouring whole numbers, by masses that are added, against each on its own.

test.each([
  { family: poisson, theta: [900] },
  { family: poisson, theta: [3] },
  { family: negativeBinomial, theta: [0.7, 500] },
  { family: geometric, theta: [0.01] },
])("$family.name($theta): tails in blocks are the tails", ({ family, theta }) => {
  const own = {
    logPdf: (x: number) => family.logPdf(x, theta),
    logCdf: (x: number) => family.logCdf(x, theta),
    logSf: (x: number) => family.logSf(x, theta),
    lower: 0,
    upper: Number.POSITIVE_INFINITY,
  };
  const values = Float64Array.from({ length: 2000 }, (_, k) => k);
  const blocks = tailBlocks(own, values);
  for (const k of [...values.filter((k) => k % 7 === 0), 5000, 12, 1999]) {
    expect(blocks.logPdf(k)).toBe(own.logPdf(k));
    for (const tail of ["logCdf", "logSf"] as const) {
      expect(Math.abs(blocks[tail](k) - own[tail](k)), `${tail}(${k})`).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(own[tail](k))));
    }
  }
});
