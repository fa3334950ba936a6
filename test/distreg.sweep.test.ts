import { describe, expect, test } from "vitest";
import { caseOf, type Kind, outcomeOf, smooth } from "./distregCases.ts";

// Every smooth family with a covariate in every parameter: a maximum is one by differences of the catalogue's log-densities, as likely as the
// truth and as all rows alike; what is none says so.

const N = 100;
/** The tails of these take a millisecond a row; generalizedNormal's shape moves them by no closed form, and close to uniform differences fail. */
const whole = ["skewNormal", "vonMises", "zeroTruncatedNegativeBinomial", "zeroInflatedNegativeBinomial", "generalizedNormal", "bernoulli"];
/** Its location creeps to that of Gumbel's limit in truncated rows, where no search ends. */
const creeping = "weibull3";

const kindsOf = (name: string, i: number): readonly Kind[] => {
  if (whole.includes(name)) return ["complete"];
  if (name === creeping) return ["complete", "interval"];
  return ["complete", (["right", "interval", "truncated"] as const)[i % 3]!];
};

describe.each(smooth.map((family, i) => [family.name, family, kindsOf(family.name, i)] as const))("%s", (_, family, kinds) => {
  test.each(kinds)("%s rows", async (kind) => {
    const found = await outcomeOf(caseOf(family, 2, kind, N, 5));
    expect(["interior", "boundary", "nonexistent"]).toContain(found.status);
    if (found.status !== "interior") {
      expect(found.reason).toMatch(/limit|bound|irregular|no maximum/);
      return;
    }
    expect(found.score).toBeLessThan(1e-5);
    expect(found.gap).toBeLessThan(1e-10);
    expect(found.overTruth).toBeGreaterThan(-1e-7);
    if (!Number.isNaN(found.overConstant)) expect(found.overConstant).toBeGreaterThan(-1e-7);
  });
});
