import { readFileSync } from "node:fs";
import { glmPath } from "loglik";
import { describe, expect, test } from "vitest";

// Whole paths against R's glmnet (scripts/reference/glmnet.R). Its lambda is per observation: ours is that times the sum of the weights.

interface Case {
  readonly id: string;
  readonly family: string;
  readonly link: string;
  readonly alpha: number;
  readonly standardize: boolean;
  readonly names: readonly string[];
  readonly columns: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly factors: readonly number[];
  readonly weights: readonly number[] | null;
  readonly offset: readonly number[] | null;
  readonly lambda: readonly number[];
  readonly beta: readonly (readonly number[])[];
  readonly nonzero: readonly number[];
  readonly explained: readonly number[];
  readonly cv: null | {
    readonly folds: readonly number[];
    readonly mean: readonly number[];
    readonly se: readonly number[];
    readonly lambdaMin: number;
    readonly lambda1se: number;
  };
}

const cases: readonly Case[] = JSON.parse(readFileSync(new URL("data/penalties.json", import.meta.url), "utf8"));

/** glmnet's own coefficients leave so much of the conditions: it stops by the change of the deviance. */
const NEAR = 5e-6;

describe.each(cases.map((given) => [given.id, given] as const))("%s", (_, given) => {
  const { family, link, alpha, standardize, names, columns, y, factors, weights, offset } = given;
  const total = weights ? weights.reduce((a, b) => a + b, 0) : y.length;
  const options = {
    ...{ design: { names, columns }, y, family, link, alpha, standardize, factors },
    ...(weights && { weights }),
    ...(offset && { offset }),
    ...(family === "negativeBinomial" && { theta: 1.5 }),
  };
  const lambdas = given.lambda.map((lambda) => lambda * total);

  test("the same coefficients at every lambda", async () => {
    const path = await glmPath({ ...options, lambdas });
    expect(path.status).toBe("interior");
    path.steps.forEach(({ coef, certificate, nonzero, explained }, k) => {
      // glmnet's first ridge is that of an infinite lambda.
      if (alpha === 0 && k === 0) return;
      names.forEach((name, j) => {
        const size = Math.max(...given.beta.map((beta) => Math.abs(beta[j]!)));
        expect(Math.abs(coef[name]! - given.beta[k]![j]!), `${name} at ${k}`).toBeLessThan(NEAR * size);
      });
      expect(certificate.decrement).toBeLessThan(1e-9);
      expect(Math.abs(explained - given.explained[k]!)).toBeLessThan(1e-6);
      if (k > 0) expect(nonzero).toBe(given.nonzero[k]);
    });
  });

  test("the same largest lambda", async () => {
    const path = await glmPath({ ...options, count: 3 });
    expect(Math.abs(path.lambdaMax / lambdas[0]! - 1)).toBeLessThan(1e-6);
    expect(path.steps[0]!.nonzero).toBe(alpha === 0 ? names.length - 1 : factors.filter((f, j) => j > 0 && f === 0).length);
  });

  if (given.cv)
    test("the same cross-validation", async () => {
      const cv = given.cv!;
      const path = await glmPath({ ...options, lambdas });
      const found = await path.cv({ folds: cv.folds });
      found.mean.forEach((mean, k) => {
        expect(Math.abs(mean / cv.mean[k]! - 1)).toBeLessThan(1e-5);
        expect(Math.abs(found.se[k]! / cv.se[k]! - 1)).toBeLessThan(1e-4);
      });
      expect(Math.abs(found.lambdaMin / total / cv.lambdaMin - 1)).toBeLessThan(1e-12);
      expect(Math.abs(found.lambda1se / total / cv.lambda1se - 1)).toBeLessThan(1e-12);
    });
});
