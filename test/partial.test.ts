import { distribution, type Fit, type FitOptions, fitBest } from "loglik";
import { expect, test } from "vitest";
import { intervals } from "../src/data/censoring.ts";
import { isMissing, tailsOf } from "../src/estimators/problem.ts";
import { partsOf } from "../src/likelihood/partialRows.ts";
import { PartsValue } from "../src/likelihood/partialSums.ts";
import { logInterval } from "../src/math/interval.ts";
import { bits, expectSame, near } from "./closeness.ts";
import { families, fit, isRegular, named, supportOf, type Trial, thetaOf, trial, trials } from "./trials.ts";

// Rows that are known in part only, for every family: what a fit reports is the likelihood that its cdf and density say, its estimate is
// where that is highest, and saying the same in another way gives the same.

const N = 600;

interface Rows {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** A third exact, the others known to lie left, right or between quantiles. */
function mixed({ at, family }: Trial, n = N): Rows {
  const x = at.random(n, { seed: 5 });
  const { whole } = family.support;
  const [low, middle, high] = [0.3, 0.55, 0.8].map((p) => at.quantile(p));
  const below = (value: number) => (whole ? Math.ceil(value) - 1 : value);
  // On a circle nothing lies left or right: the outer cells end where it is cut open.
  const [first, last] = family.support.period === undefined ? [-Infinity, Infinity] : [at.quantile(0), at.quantile(1)];
  const ends = [first!, below(low!), below(middle!), below(high!), last!];
  const cell = (value: number) => ends.findIndex((end, i) => value > end && value <= ends[i + 1]!);
  const lower = x.map((value, i) => (i % 3 === 0 ? value : ends[cell(value)]!));
  return { lower, upper: x.map((value, i) => (i % 3 === 0 ? value : ends[cell(value) + 1]!)) };
}

/** The log-likelihood by the family's own functions. */
function logLikOf({ family }: Trial, theta: readonly number[], { lower, upper }: Rows, after = -Infinity, until = Infinity): number {
  const tails = {
    logPdf: (x: number) => family.logPdf(x, theta),
    logCdf: (x: number) => family.logCdf!(x, theta),
    logSf: (x: number) => family.logSf!(x, theta),
    ...(family.logBetween && { logBetween: (a: number, b: number) => family.logBetween!(a, b, theta) }),
  };
  const seen = logInterval(tails, after, until, family.support.whole);
  let sum = 0;
  lower.forEach((a, i) => {
    const b = upper[i]!;
    sum += (a === b ? tails.logPdf(a) : logInterval(tails, Math.max(a, after), Math.min(b, until), family.support.whole)) - seen;
  });
  return sum;
}

const smooth = trials.filter(({ family }) => isRegular(family) && family.parameters.every(({ rough }) => rough === undefined));

async function expectHighest(trial: Trial, r: Fit, options: FitOptions, x: ArrayLike<number> | null): Promise<void> {
  const { family } = trial;
  const at = (theta: readonly number[]) => fit(family, x, { ...options, fixed: named(family, theta) });
  for (const [i, { name }] of family.parameters.entries()) {
    for (const size of [-0.3, -0.01, 0.01, 0.3]) {
      const theta = family.parameters.map((parameter, j) => r.estimates[parameter.name]! + (i === j ? size * r.standardErrors[name]! : 0));
      const there = await at(theta);
      expect(there.logLik, `${name} ${size} errors away`).toBeLessThanOrEqual(r.logLik + 1e-11 * Math.abs(r.logLik));
      // A standard error away the likelihood has fallen by about a half.
      if (Math.abs(size) < 0.1 && family.parameters.length === 1)
        near(2 * (r.logLik - there.logLik), size * size, 0.05 * size * size, `curvature in ${name}`);
    }
  }
}

test.each(smooth)("$name: censored rows", async (trial) => {
  const censored = mixed(trial);
  const r = await fit(trial.family, null, { censored });
  expect(["interior", "boundary"], r.reason).toContain(r.status);
  if (r.status !== "interior") return;
  near(r.logLik, logLikOf(trial, thetaOf(trial.family, r.estimates), censored), 1e-11 * Math.abs(r.logLik), "logLik");
  expect(r.certificate.decrement).toBeLessThan(1e-8);
  for (const { name } of trial.family.parameters) {
    expect(Math.abs(r.estimates[name]! - trial.parameters[name]!), name).toBeLessThan(5 * r.standardErrors[name]!);
  }
  await expectHighest(trial, r, { censored }, null);
});

test.each(smooth)("$name: truncated rows", async (trial) => {
  const { at, family } = trial;
  const [lower, upper] = [at.quantile(0.1), at.quantile(0.95)];
  const x = at.random(2 * N, { seed: 8 }).filter((value) => value > lower && value <= upper);
  if (new Set(x).size < 3) return;
  const truncated = { lower, upper };
  const r = await fit(family, x, { truncated });
  expect(["interior", "boundary"], r.reason).toContain(r.status);
  if (r.status !== "interior") return;
  near(
    r.logLik,
    logLikOf(trial, thetaOf(family, r.estimates), { lower: x, upper: x }, lower, upper),
    1e-11 * (N + Math.abs(r.logLik)),
    "logLik",
  );
  await expectHighest(trial, r, { truncated }, x);
  // The same bounds, one per row.
  const each = { lower: x.map(() => lower), upper: x.map(() => upper) };
  expectSame(await fit(family, x, { truncated: each }), r, { relative: 1e-9, inErrors: 1e-7, errors: 1e-6 });
});

test.each(trials)("$name: rows that are all known exactly, and bounds that exclude nothing", async (trial) => {
  const { at, family } = trial;
  const x = at.random(N, { seed: 6 });
  const plain = await fit(family, x);
  for (const [given, options] of [
    [null, { censored: { lower: x, upper: x } }],
    [x, { truncated: { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY } }],
  ] as const) {
    const r = await fit(family, given, options);
    if (plain.status !== "interior" || r.status !== "interior") {
      // A limit is the same limit; a maximum at a kink is told as one on the boundary here.
      if (plain.status === "boundary") near(r.logLik, plain.logLik, 1e-6 * (1 + Math.abs(plain.logLik)), "logLik");
      continue;
    }
    expectSame(r, plain, { relative: 1e-9, inErrors: 1e-7, errors: 1e-6, logLik: 1e-11 });
  }
});

test.each(families)("$name: bins, weights and repeated rows say the same", async (family) => {
  const one = trial(family, 2);
  const { lower, upper } = mixed(one, 90);
  const counts = lower.map((_, i) => (i * 7) % 4);
  const rows = [...lower.keys()].flatMap((i) => new Array<number>(counts[i]!).fill(i));
  const repeated = { lower: rows.map((i) => lower[i]!), upper: rows.map((i) => upper[i]!) };
  const spoiled = { lower: lower.map((value, i) => (counts[i] === 0 ? Number.NaN : value)), upper };
  const [weighted, plain] = [
    await fit(family, null, { censored: spoiled, weights: counts }),
    await fit(family, null, { censored: repeated }),
  ];
  expect(weighted.status, weighted.reason).toBe(plain.status);
  expect(weighted.nobs).toBe(plain.nobs);
  if (plain.status === "interior") expectSame(weighted, plain, { relative: 1e-8, inErrors: 1e-6, errors: 1e-6, logLik: 1e-10 });

  const quantiles = [0.1, 0.3, 0.5, 0.7, 0.9].map((p) => one.at.quantile(p)).map((q) => (family.support.whole ? Math.floor(q) : q));
  const { lower: first, upper: last } = supportOf(family);
  const outer = family.support.period === undefined ? [-Infinity, Infinity] : [0, 1].map(one.at.quantile);
  const edges = [outer[0]!, ...new Set(quantiles), outer[1]!];
  if (edges.length < 4 + family.parameters.length || edges[1]! <= first || edges.at(-2)! >= last) return;
  const own = edges.slice(1).map((_, i) => 20 + 5 * i);
  const bins = await fit(family, null, { bins: { edges, counts: own } });
  const cells = await fit(family, null, { censored: { lower: edges.slice(0, -1), upper: edges.slice(1) }, weights: own });
  expect(bits(bins)).toEqual(bits(cells));
});

test.each(families.filter(({ support }) => support.period !== undefined))(
  "$name: arcs may lie anywhere around the circle",
  async (family) => {
    const period = family.support.period!;
    const censored = mixed(trial(family, 1), 300);
    const r = await fit(family, null, { censored });
    for (const angle of [0.5, 2.5, 2 * period]) {
      const turned = { lower: censored.lower.map((a) => a + angle), upper: censored.upper.map((b) => b + angle) };
      const there = await fit(family, null, { censored: turned });
      const back = { ...there.estimates, mu: there.estimates.mu! - angle };
      expectSame({ ...there, estimates: back }, r, { relative: 1e-9, inErrors: 1e-7, errors: 1e-6, logLik: 1e-11 });
    }
    const open = { lower: censored.lower, upper: censored.upper.map((b, i) => (i === 4 ? Infinity : b)) };
    await expect(fit(family, null, { censored: open })).rejects.toThrow(/^Row 4 of censored .* both ends of an arc are needed/);
    await expect(fit(family, Float64Array.of(1, 2, 3), { truncated: { lower: 0 } })).rejects.toThrow(/x\[0\] is 1; .* both ends/);
  },
);

test.each(["weibull", "lognormal", "gamma", "logistic", "cauchy"])(
  "%s: many censored rows, at nodes and at their own places",
  async (name) => {
    const family = families.find((one) => one.name === name)!;
    const one = trial(family, 2);
    const [x, c] = [one.at.random(12_000, { seed: 1 }), one.at.random(12_000, { seed: 2 })];
    const censored = {
      lower: x.map((value, i) => Math.min(value, c[i]!)),
      upper: x.map((value, i) => (value <= c[i]! ? value : Infinity)),
    };
    const r = await fit(family, null, { censored });
    expect(r.status, r.reason).toBe("interior");
    near(r.logLik, logLikOf(one, thetaOf(family, r.estimates), censored), 1e-12 * Math.abs(r.logLik), "logLik");
    // Some 6,000 distinct censored rows; an end far out instead of an open one keeps each at its place.
    const far = {
      lower: censored.lower,
      upper: censored.upper.map((value) => (value === Infinity ? one.at.quantile(1 - 1e-15) * 1e3 : value)),
    };
    const raw = await fit(family, null, { censored: far });
    if (name !== "cauchy") expectSame(r, raw, { relative: 1e-9, inErrors: 1e-7, errors: 1e-6, logLik: 1e-11 });
  },
);

/** Seen at random inspections: intervals that are all different, narrow ones among them, some of them open. */
function inspected({ at, family }: Trial, n: number): Rows {
  const uniform = distribution("uniform", { min: 0, max: 1 });
  const [x, place, size] = [at.random(n, { seed: 1 }), uniform.random(n, { seed: 2 }), uniform.random(n, { seed: 3 })];
  const spread = at.quantile(0.75) - at.quantile(0.25);
  const width = (i: number) => spread * (i % 10 === 0 ? 1e-4 : 2 * size[i]! ** 2);
  const first = supportOf(family).lower;
  return {
    lower: x.map((value, i) => (value - place[i]! * width(i) <= first ? -Infinity : value - place[i]! * width(i))),
    upper: x.map((value, i) => value + (1 - place[i]!) * width(i)),
  };
}

test.each(["weibull", "normal", "gamma"])("%s: many intervals, at nodes and at their own places", async (name) => {
  const family = families.find((one) => one.name === name)!;
  const one = trial(family, 2);
  const censored = inspected(one, 12_000);
  const r = await fit(family, null, { censored });
  expect(r.status, r.reason).toBe("interior");
  const support = supportOf(family);
  const parts = partsOf(intervals(null, { censored }), support, family.name, 0);
  const theta = thetaOf(family, r.estimates);
  const values = [0, 1, 2].map((fineness) => new PartsValue(parts, support.lower === 0, fineness, true));
  const [own, ...lumped] = values.map((value) => value.at(tailsOf(family, theta), theta.length));
  const errors = family.parameters.map((parameter) => r.standardErrors[parameter.name]!);
  near(r.logLik, own!.value, 1e-12 * Math.abs(own!.value), "logLik");
  // A score is zero to a part of the rounding of its terms: in standard errors, 1e-9.
  own!.score.forEach((slope, i) => {
    if (!isMissing(family, theta)[i]) near(slope * errors[i]!, 0, 1e-9, `score of ${family.parameters[i]!.name}`);
  });
  const resolved = values.slice(1).map((value) => value.isResolved(tailsOf(family, theta)));
  expect(resolved).toContain(true);
  lumped.forEach((sketch, i) => {
    if (!resolved[i]) return;
    near(sketch.value, own!.value, 1e-12 * Math.abs(own!.value), "value");
    sketch.score.forEach((slope, k) => {
      near(slope * errors[k]!, own!.score[k]! * errors[k]!, 1e-9, `score of ${family.parameters[k]!.name} at nodes`);
    });
  });
});

test("robust errors of censored rows: unit weights, and another scale of weights", async () => {
  for (const name of ["weibull", "normal", "poisson"]) {
    const family = families.find((one) => one.name === name)!;
    const censored = mixed(trial(family, 2), 900);
    const plain = await fit(family, null, { censored });
    const robust = await fit(family, null, { censored, weights: censored.lower.map(() => 1), weightType: "importance" });
    const scaled = await fit(family, null, { censored, weights: censored.lower.map(() => 2 ** 20), weightType: "importance" });
    expectSame(scaled, robust, { relative: 1e-9, inErrors: 1e-6, errors: 1e-5, logLik: Number.POSITIVE_INFINITY });
    for (const parameter of plain.parameters) {
      // The model is right, so the sandwich estimates the same covariance.
      near(robust.standardErrors[parameter]!, plain.standardErrors[parameter]!, 0.15 * plain.standardErrors[parameter]!, parameter);
    }
  }
});

test("exponential, right-censored: the rate is the number of events over all time, to rounding", async () => {
  for (const [rows, unit] of [
    [1, 1],
    [60, 1],
    [60, 2 ** -300],
    [1500, 1],
  ] as const) {
    const lower = Float64Array.from({ length: rows }, (_, i) => (1 + ((i * 13) % 61)) * unit);
    const upper = lower.map((value, i) => (i % 3 === 0 ? value : Number.POSITIVE_INFINITY));
    const r = await fit("exponential", null, { censored: { lower, upper } });
    const [events, time] = [Math.ceil(rows / 3), lower.reduce((sum, value) => sum + value, 0)];
    // A last step below 1e-13 standard errors is not taken.
    near(r.estimates.rate!, events / time, 1e-14 * (events / time), `rate of ${rows} rows`);
    near(r.standardErrors.rate!, Math.sqrt(events) / time, 1e-10 * (events / time), "its error");
  }
});

test("scale and offset: intervals at 1e-150, at 1e150 and next to 1e9", async () => {
  const one = trial(families.find(({ name }) => name === "weibull")!, 2);
  const rows = mixed(one);
  const plain = await fit("weibull", null, { censored: rows });
  for (const c of [2 ** -498, 2 ** 498]) {
    const r = await fit("weibull", null, { censored: { lower: rows.lower.map((v) => v * c), upper: rows.upper.map((v) => v * c) } });
    near(r.estimates.shape!, plain.estimates.shape!, 1e-9 * plain.estimates.shape!, "shape");
    near(r.estimates.scale! / c, plain.estimates.scale!, 1e-9 * plain.estimates.scale!, "scale");
  }
  const edges = [1, 2, 3, 4, 5, 6].map((edge) => 1e9 + edge);
  const near9 = await fit("normal", null, { bins: { edges, counts: [3, 10, 14, 9, 2] } });
  const near0 = await fit("normal", null, { bins: { edges: edges.map((edge) => edge - 1e9), counts: [3, 10, 14, 9, 2] } });
  near(near9.estimates.mean! - 1e9, near0.estimates.mean!, 1e-6, "mean");
  near(near9.estimates.sd!, near0.estimates.sd!, 1e-8, "sd");
  near(near9.standardErrors.mean!, near0.standardErrors.mean!, 1e-7, "error");
});

test("no maximum: the limit is named", async () => {
  const none = await fit("exponential", null, { censored: { lower: [3, 5, 8], upper: [Infinity, Infinity, Infinity] } });
  expect(none).toMatchObject({ status: "boundary", estimates: { rate: 0 } });
  expect(none.reason).toContain("rate → 0");
  const uniformLike = await fit("exponential", [0.2, 1.1, 1.9, 1.4], { truncated: { upper: 2 } });
  expect(uniformLike).toMatchObject({ status: "boundary", estimates: { rate: 0 } });
  const x = trial(families.find(({ name }) => name === "normal")!, 1)
    .at.random(400, { seed: 2 })
    .filter((v) => v > 0);
  const light = await fit("studentT", x, { truncated: { lower: 0 } });
  expect(["boundary", "interior"]).toContain(light.status);
});

test("standard errors are withheld where the likelihood is irregular, censored rows or not", async () => {
  const ended = families.filter(({ irregular, unbounded }) => irregular && unbounded);
  for (const family of ended) {
    for (const n of [60, 400, 2000]) {
      for (const shape of [-0.8, -1.4]) {
        // A tail that ends, every seventh row censored.
        const values = family.parameters.map(({ name, domain }) => (name === "shape" ? shape : domain === "positive" ? 1 : 0));
        const { quantile } = distribution(family.name, named(family, values));
        const x = Float64Array.from({ length: n }, (_, i) => quantile((i + 0.5) / n));
        const censored = { lower: x, upper: x.map((value, i) => (i % 7 === 3 ? Number.POSITIVE_INFINITY : value)) };
        for (const r of [await fit(family, x), await fit(family, null, { censored })]) {
          const expected = shape > -1 ? { status: "boundary", word: "irregular" } : { status: "nonexistent", word: "without bound" };
          expect(r.status, `${family.name}, ${n} rows: ${r.reason}`).toBe(expected.status);
          expect(r.reason).toContain(expected.word);
          expect(Object.values(r.standardErrors)).toEqual(r.parameters.map(() => Number.NaN));
        }
      }
    }
  }
  expect(ended.length).toBeGreaterThan(0);
});

test("fitBest ranks families of censored rows, and says which cannot hold them", async () => {
  const one = trial(families.find(({ name }) => name === "gamma")!, 2);
  const { ranking, best, skipped } = await fitBest(null, { censored: mixed(one) });
  expect(best!.logLik).toBeGreaterThanOrEqual(ranking.find(({ distribution }) => distribution === "gamma")!.logLik - 10);
  expect(skipped.find(({ distribution }) => distribution === "poisson")!.reason).toMatch(
    /^Row 0 of censored .* poisson needs whole numbers/,
  );
  for (const r of ranking.filter(({ status }) => status === "interior")) expect(r.certificate.decrement, r.distribution).toBeLessThan(1e-8);
  await expect(fitBest(null, { censored: { lower: [2], upper: [1] } })).rejects.toThrow("lower must not be above upper");
});
