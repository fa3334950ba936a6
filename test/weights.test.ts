import fc from "fast-check";
import type { Fit } from "loglik";
import { expect, test } from "vitest";
import { bits, expectSame, near } from "./closeness.ts";
import { families, fit, isRegular, RUNS, type Trial, thetaOf, trial } from "./trials.ts";

// Frequency weights repeat a row, importance weights weigh it and make the standard errors robust. Over all families.

interface Drawn {
  readonly trial: Trial;
  readonly x: Float64Array;
  /** Whole numbers from 0 to 4, not all 0. */
  readonly counts: Float64Array;
}

const drawn = (family: (typeof families)[number]): fc.Arbitrary<Drawn> =>
  fc.record({ row: fc.nat(3), n: fc.integer({ min: 5, max: 200 }), seed: fc.nat() }).map(({ row, n, seed }) => {
    const at = trial(family, row);
    return {
      trial: at,
      x: at.at.random(n, { seed }),
      counts: Float64Array.from({ length: n }, (_, i) => (i === 2 ? 3 : (i * 7 + seed) % 5)),
    };
  });

function property(name: string, check: (drawn: Drawn) => Promise<void>, of = families): void {
  test.each(of)(`$name: ${name}`, async (family) => {
    await fc.assert(fc.asyncProperty(drawn(family), check), RUNS);
  });
}

property("unit weights are no weights", async ({ trial: { family }, x }) => {
  expectSame(await fit(family, x, { weights: x.map(() => 1) }), await fit(family, x), { relative: 1e-13, inErrors: 1e-10 });
});

property("whole weights repeat rows", async ({ trial: { family }, x, counts }) => {
  const repeated = [...x].flatMap((value, i) => new Array<number>(counts[i]!).fill(value));
  const [weighted, plain] = [await fit(family, x, { weights: counts }), await fit(family, repeated)];
  expectSame(weighted, plain, { inErrors: 1e-10 });
  expect(weighted.nobs).toBe(repeated.length);
  near(weighted.bic, plain.bic, 1e-11 * (1 + Math.abs(plain.bic)), "bic");
});

property("a column twice is weight 2", async ({ trial: { family }, x }) => {
  expectSame(await fit(family, [...x, ...x]), await fit(family, x, { weights: x.map(() => 2) }), { inErrors: 1e-10 });
});

property("a row of weight 0 is absent, whatever its value", async ({ trial: { family }, x, counts }) => {
  const rows = [...x.keys()].filter((i) => counts[i]! > 0);
  const without = await fit(
    family,
    rows.map((i) => x[i]!),
    { weights: rows.map((i) => counts[i]!) },
  );
  expect(bits(await fit(family, x, { weights: counts }))).toEqual(bits(without));
  const absurd = [Number.NaN, Number.POSITIVE_INFINITY, -7.5, 0];
  const spoiled = x.map((value, i) => (counts[i] === 0 ? absurd[i % 4]! : value));
  expect(bits(await fit(family, spoiled, { weights: counts }))).toEqual(bits(without));
});

property("weights of another scale scale the information, and leave robust errors alone", async ({ trial: { family }, x, counts }) => {
  const c = 2 ** 7;
  const scaled = counts.map((count) => count * c);
  const [one, more] = [await fit(family, x, { weights: counts }), await fit(family, x, { weights: scaled })];
  expect(more.status).toBe(one.status);
  for (const name of one.parameters) {
    near(
      more.estimates[name]!,
      one.estimates[name]!,
      1e-12 * Math.abs(one.estimates[name]!) + 1e-10 * (one.standardErrors[name] || 0),
      name,
    );
    near(
      more.standardErrors[name]! * Math.sqrt(c),
      one.standardErrors[name]!,
      1e-7 * one.standardErrors[name]!,
      `standard error of ${name}`,
    );
  }
  // Weights that sum to 1, to n, or to anything.
  const [robust, tiny] = await Promise.all(
    [1, 2 ** -60].map((k) => fit(family, x, { weights: counts.map((count) => count * k), weightType: "importance" })),
  );
  expect(tiny!.status, tiny!.reason).toBe(robust!.status);
  for (const name of one.parameters) {
    const error = robust!.standardErrors[name]!;
    near(tiny!.estimates[name]!, robust!.estimates[name]!, 1e-12 * Math.abs(robust!.estimates[name]!) + 1e-9 * (error || 0), name);
    near(tiny!.standardErrors[name]!, error, 1e-7 * error, `robust error of ${name}`);
  }
  expect(robust!.nobs).toBe(counts.filter((count) => count > 0).length);
});

property(
  "robust errors are the sandwich",
  async ({ trial: { family }, x, counts }) => {
    for (const weights of [counts, x.map(() => 1)]) {
      const bread = await fit(family, x, { weights });
      const robust = await fit(family, x, { weights, weightType: "importance" });
      expect(robust.status).toBe(bread.status);
      if (bread.status !== "interior") continue;
      const theta = thetaOf(family, bread.estimates);
      const expected = sandwich(
        bread,
        [...x].map((value, i) => (weights[i] ? family.score(value, theta).map((s) => s * weights[i]!) : theta.map(() => 0))),
      );
      robust.parameters.forEach((name, i) => {
        near(robust.estimates[name]!, theta[i]!, 1e-12 * Math.abs(theta[i]!) + 1e-9 * bread.standardErrors[name]!, name);
        // The rows' influences may cancel, as where the values that tell of a parameter are all the same: what is left is rounding.
        const rounding = (other: string) => 1e-14 * bread.standardErrors[name]! * bread.standardErrors[other]!;
        near(robust.standardErrors[name]! ** 2, expected[i]![i]!, 2e-6 * expected[i]![i]! + rounding(name), `robust variance of ${name}`);
        robust.parameters.forEach((other, j) => {
          const allowed = 2e-6 * Math.sqrt(expected[i]![i]! * expected[j]![j]!) + rounding(other);
          near(robust.vcov[i]![j]!, expected[i]![j]!, allowed, `vcov[${i}][${j}]`);
        });
      });
    }
  },
  families.filter(isRegular),
);

test.each(families)("$name: weights of very different size", async (family) => {
  const { at } = trial(family, 2);
  const x = at.random(60, { seed: 2 });
  // Rows of weight 1e-12 and below say nothing beside the others, unless they widen the range: a limit may end at the largest value.
  const ends = [Math.min(...x), Math.max(...x)];
  const weights = x.map((value, i) => (i < 20 || ends.includes(value) ? 1 : 10 ** -(12 + i)));
  const heavy = await fit(
    family,
    x.filter((_, i) => weights[i] === 1),
  );
  const all = await fit(family, x, { weights });
  // Where the maximum is a limit of the parameters, a row of any weight may stand in its way: its density may be 0 there.
  if (!isRegular(family)) expect(all.status).toBe(heavy.status);
  else if (heavy.status === "interior") expectSame(all, heavy, { relative: 1e-9, inErrors: 1e-9 });
});

/** V M V with V the covariance of the model and M the sum of outer products of the rows' weighted scores. */
function sandwich({ vcov }: Fit, scores: readonly number[][]): number[][] {
  const p = vcov.length;
  const influences = scores.map((score) => vcov.map((row) => row.reduce((sum, v, k) => sum + v * score[k]!, 0)));
  return Array.from({ length: p }, (_, i) => Array.from({ length: p }, (_, j) => influences.reduce((sum, d) => sum + d[i]! * d[j]!, 0)));
}
