import { type Criterion, distribution, type Fit, fit, fitBest } from "loglik";
import { expect, test } from "vitest";
import { bits } from "./closeness.ts";
import { constantsOf, families, named, trial, trials } from "./trials.ts";

// All families whose support holds the data, ranked.

const positive = distribution("weibull", { shape: 2, scale: 3 }).random(2000, { seed: 3 });
const counts = distribution("negativeBinomial", { size: 2, mu: 6 }).random(2000, { seed: 3 });
const names = (fits: readonly Fit[]) => fits.map((r) => r.distribution).sort();

test.each(["aic", "aicc", "bic", "logLik"] as const)(
  "the ranking goes by %s, and fits come before non-fits",
  async (criterion: Criterion) => {
    const { best, ranking } = await fitBest(positive, { criterion });
    expect(best).toBe(ranking[0]);
    const isFit = ranking.map(({ status }) => status === "interior" || status === "boundary");
    expect(isFit).toEqual(isFit.toSorted((a, b) => Number(b) - Number(a)));
    const values = ranking.filter((_, i) => isFit[i]).map((r) => (criterion === "logLik" ? -r.logLik : r[criterion]));
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  },
);

test("aic is the default", async () => {
  expect((await fitBest(positive)).ranking.map(bits)).toEqual((await fitBest(positive, { criterion: "aic" })).ranking.map(bits));
});

test("every family is either ranked or skipped, with the reason that fit would give", async () => {
  for (const x of [positive, counts, positive.map((value) => value - 3), Float64Array.of(0, 1, 1, 0)]) {
    const { ranking, skipped } = await fitBest(x);
    expect([...names(ranking), ...skipped.map((one) => one.distribution)].sort()).toEqual(families.map(({ name }) => name).sort());
    for (const { distribution: name, reason } of skipped) {
      expect(reason).toMatch(new RegExp(`^(x\\[\\d+\\] is .*|\\w+ is missing); ${name} needs .`));
      // A density of the circle may be fitted to angles that go round more often than its comparison allows.
      const { period } = families.find((family) => family.name === name)!.support;
      if (period === undefined) await expect(fit(name, x)).rejects.toThrow(reason);
    }
  }
});

test("a ranked fit is the fit alone, but for the passes it shares", async () => {
  for (const x of [positive, counts]) {
    for (const r of (await fitBest(x)).ranking) {
      const { passes, ...alone } = (await fit(r.distribution, x)).toJSON();
      const { passes: shared, ...ranked } = r.toJSON();
      expect(ranked).toEqual(alone);
      expect(shared).toBeLessThanOrEqual(passes as number);
    }
  }
});

test("discrete families need whole numbers; continuous ones take them, too", async () => {
  const discrete = families.filter(({ support }) => support.whole && support.upper > 1).map(({ name }) => name);
  expect((await fitBest(positive)).skipped.map((one) => one.distribution)).toEqual(expect.arrayContaining(discrete));
  const { ranking, best } = await fitBest(counts);
  const fromZero = families.filter(({ name, support, constants }) => discrete.includes(name) && support.lower <= 0 && !constants);
  expect(names(ranking)).toEqual(expect.arrayContaining([...fromZero.map(({ name }) => name), "normal"]));
  expect(best!.distribution).toBe("negativeBinomial");
});

test("a sample's own family is first or as good as the first", async () => {
  for (const { family, at } of families.map((one) => trial(one, 2))) {
    const x = at.random(2000, { seed: 21 });
    const alike = families.filter(({ support }) => support.whole === family.support.whole).map(({ name }) => name);
    const { ranking } = await fitBest(x, { families: alike, criterion: "logLik", ...constantsOf(family) });
    const own = ranking.find((r) => r.distribution === family.name)!;
    expect(["interior", "boundary"]).toContain(own.status);
    // No wrong model beats the truth by chance by more than a few units; a larger one may be a little higher.
    expect(own.logLik).toBeGreaterThan(ranking[0]!.logLik - 10);
  }
});

test("a sample is at least as likely at its own family's estimates as at the truth", async () => {
  for (const { family, theta, at } of trials) {
    const x = at.random(4000, { seed: 21 });
    const own = await fit(family, x, constantsOf(family));
    expect(["interior", "boundary"]).toContain(own.status);
    expect(own.logLik).toBeGreaterThanOrEqual((await fit(family, x, { fixed: named(family, theta), ...constantsOf(family) })).logLik);
  }
});

test("weights count for all families", async () => {
  const half = positive.map((_, i) => i % 2);
  const kept = positive.filter((_, i) => i % 2 === 1);
  const [weighted, plain] = [await fitBest(positive, { weights: half }), await fitBest(kept, { weights: kept.map(() => 1) })];
  expect(weighted.ranking.map(bits)).toEqual(plain.ranking.map(bits));
  const robust = await fitBest(positive, { weights: half, weightType: "importance", families: ["weibull", "gamma"] });
  const own = await fit("weibull", positive, { weights: half, weightType: "importance" });
  expect(robust.best!.standardErrors).toEqual(own.standardErrors);
  // A row of weight 0 outside a family's support does not skip it.
  const outside = Float64Array.from([-1, ...kept]);
  const { skipped } = await fitBest(outside, { weights: [0, ...kept.map(() => 1)], families: ["weibull", "gamma"] });
  expect(skipped).toEqual([]);
});

test("families can be chosen, by name or as they are", async () => {
  const { ranking } = await fitBest(positive, { families: ["gamma", trial(families[0]!, 0).family, "normal"] });
  expect(names(ranking)).toEqual(expect.arrayContaining(["gamma", "normal"]));
  expect(await fitBest(positive, { families: [] })).toEqual({ best: undefined, ranking: [], skipped: [] });
});

test("where nothing fits there is no best", async () => {
  const { best, ranking } = await fitBest([2.5, 2.5, 2.5], { families: ["normal", "gamma", "laplace", "weibull"] });
  expect(best).toBeUndefined();
  expect(ranking.map(({ status }) => status)).toEqual(["nonexistent", "nonexistent", "nonexistent", "nonexistent"]);
});

test("progress names the family", async () => {
  const seen = new Set<string>();
  await fitBest(positive, { families: ["weibull", "logistic"], onProgress: (progress) => seen.add(progress.distribution) });
  expect([...seen].sort()).toEqual(["logistic", "weibull"]);
});
