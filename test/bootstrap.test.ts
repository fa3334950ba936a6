import { readFileSync } from "node:fs";
import { allocate, type Bootstrap, type BootstrapMethod, type BootstrapOptions, bootstrap, distribution, type Fit, maximize } from "loglik";
import { expect, test } from "vitest";
import { askedOf } from "../src/estimators/asked.ts";
import { POISSON_ROWS, sourceOf, weightsOf } from "../src/estimators/resampling.ts";
import { ResampledSums, resampledWeights } from "../src/wasm/resample.ts";
import { near } from "./closeness.ts";
import { families, fit, trial } from "./trials.ts";

const many = POISSON_ROWS + 777;

/** Weights of a replicate, as the bootstrap of the fit draws them. */
const weightsIn = async (r: Fit, seed: number, b: number) => weightsOf(await sourceOf(askedOf(r)!), seed, b);

test.each(families)("$name: replicates of either kind", async (family) => {
  const { at } = trial(family, 1);
  const r = await fit(family, at.random(60, { seed: 3 }));
  if (!r.parameters.every((name) => Number.isFinite(r.estimates[name]))) return;
  for (const kind of ["nonparametric", "parametric"] as const) {
    const b = await bootstrap(r, { B: kind === "parametric" ? 10 : 50, kind });
    const reasons = Object.values(b.failed.reasons).reduce((sum, count) => sum + count, 0);
    expect(reasons).toBe(b.failed.count);
    for (const name of r.parameters) {
      expect(b.replicates[name]!.filter(Number.isNaN)).toHaveLength(b.failed.count);
      expect(b.standardErrors[name]).toBeGreaterThanOrEqual(0);
      const [low, high] = b.confint({ method: "percentile" })[name]!;
      expect(low).toBeLessThanOrEqual(high);
    }
    expect(JSON.parse(JSON.stringify(b)).estimates).toEqual(r.estimates);
  }
});

// Those that collapse to counts are fits of few values anyway.
test.each(families.filter(({ support }) => !support.whole))("$name: replicates of many rows are maxima", async (family) => {
  const { at } = trial(family, 1);
  const r = await fit(family, at.random(many, { seed: 3 }));
  const b = await bootstrap(r, { B: 2 });
  expect(b.failed.count).toBe(0);
  expect(b.error).toBeLessThan(1e-6);
  // Where it is 0 they are fits themselves.
  if (b.error === 0) return;
  const again = await fit(family, askedOf(r)!.x, { weights: await weightsIn(r, 1, 1) });
  for (const name of r.parameters) near(b.replicates[name]![1]!, again.estimates[name]!, 1e-6 * r.standardErrors[name]!, name);
});

test("exponential: a replicate is the quotient of sums of weights", async () => {
  const x = distribution("exponential", { rate: 2 }).random(many, { seed: 1 });
  const r = await fit("exponential", x);
  const b = await bootstrap(r, { B: 100, seed: 12 });
  for (const replicate of [0, 63, 64, 99]) {
    const weights = resampledWeights(12, replicate, many);
    const [n, sum] = weights.reduce(([count, total], w, i) => [count! + w, total! + w * x[i]!], [0, 0]);
    near(b.replicates.rate![replicate]!, n! / sum!, 1e-11, "rate");
  }
});

test("exponential: the mean's bootstrap distribution has its closed-form moments", async () => {
  const x = distribution("exponential", { rate: 2 }).random(50, { seed: 1 });
  const B = 3000;
  const { replicates } = await bootstrap(await fit("exponential", x), { B, of: { mean: ({ rate }) => 1 / rate! } });
  const moment = (values: Float64Array, k: number, about: number) => values.reduce((sum, v) => sum + (v - about) ** k, 0) / values.length;
  const mean = moment(x, 1, 0);
  const [m2, m3, m4] = [2, 3, 4].map((k) => moment(x, k, mean));
  // Moments of the mean of n independent draws.
  const n = x.length;
  const second = m2! / n;
  const third = m3! / n ** 2;
  const fourth = (m4! + 3 * (n - 1) * m2! * m2!) / n ** 3;
  near(moment(replicates.mean!, 1, 0), mean, 4 * Math.sqrt(second / B), "mean");
  near(moment(replicates.mean!, 2, mean), second, 4 * Math.sqrt((fourth - second * second) / B), "variance");
  near(moment(replicates.mean!, 3, mean), third, 4 * Math.sqrt((15 * second ** 3) / B), "third moment");
});

test("the weights have the moments of Poisson(1), and those of two replicates nothing to do with one another", () => {
  const n = 2 ** 19;
  const [v, w] = [resampledWeights(1, 0, n), resampledWeights(1, 1, n)];
  const mean = (of: (i: number) => number) => v.reduce((sum, _, i) => sum + of(i), 0) / n;
  const error = (variance: number) => 4.5 * Math.sqrt(variance / n);
  near(
    mean((i) => v[i]!),
    1,
    error(1),
    "mean",
  );
  near(
    mean((i) => (v[i]! - 1) ** 2),
    1,
    error(3),
    "variance",
  );
  near(
    mean((i) => (v[i]! - 1) ** 3),
    1,
    error(24),
    "third moment",
  );
  near(
    mean((i) => Number(v[i] === 0)),
    Math.exp(-1),
    error(0.24),
    "none",
  );
  near(
    mean((i) => (v[i]! - 1) * (w[i]! - 1)),
    0,
    error(1),
    "covariance of replicates",
  );
  near(
    mean((i) => (v[i]! - 1) * (v[(i + 1) % n]! - 1)),
    0,
    error(1),
    "covariance of neighbours",
  );
  near(
    mean((i) => (v[i]! - 1) * (v[(i + 512) % n]! - 1)),
    0,
    error(1),
    "covariance of blocks",
  );
});

test("the same sums however rows are cut", async () => {
  const n = 3000;
  const x = distribution("normal", { mean: 1, sd: 2 }).random(n, { seed: 2 });
  const turn = async () => undefined;
  const [whole, cut] = [new ResampledSums(4, 70, 2), new ResampledSums(4, 70, 2)];
  await whole.add(0, [x, x.map((value) => value * value)], turn);
  for (const [from, to] of [
    [0, 512],
    [512, 2048],
    [2048, n],
  ] as const) {
    const part = x.subarray(from, to);
    await cut.add(from, [part, part.map((value) => value * value)], turn);
  }
  for (const b of [0, 63, 64, 69]) expect(cut.of(b)).toEqual(whole.of(b));
  const weights = resampledWeights(4, 69, n);
  near(
    whole.of(69)[1]!,
    weights.reduce((sum, w, i) => sum + w * x[i]!, 0),
    1e-9,
    "sum",
  );
  expect(whole.of(69)[0]).toBe(weights.reduce((sum, w) => sum + w, 0));
});

test.each([40, many])("one seed, one result: %i rows", async (n) => {
  const x = distribution("gamma", { shape: 2, rate: 3 }).random(n, { seed: 5 });
  const own = allocate(n);
  own.set(x);
  const of = async (values: ArrayLike<number>, options: BootstrapOptions) =>
    (await bootstrap(await fit("gamma", values), { B: 70, ...options })).replicates;
  const first = await of(x, { seed: 3 });
  expect(await of([...x], { seed: 3 })).toEqual(first);
  expect(await of(own, { seed: 3, onProgress: () => undefined, signal: new AbortController().signal })).toEqual(first);
  const fewer = await of(x, { seed: 3, B: 20 });
  expect(fewer.shape).toEqual(first.shape!.subarray(0, 20));
  expect((await of(x, { seed: 4 })).shape).not.toEqual(first.shape);
  expect((await of(x, { seed: 3.5 })).shape).not.toEqual(first.shape);
});

// Both builds, every engine.
test("the bits of a seed", async () => {
  const x = Float64Array.from({ length: many }, (_, i) => 1 + ((i * 7919) % 10007) / 1000);
  const { replicates } = await bootstrap(await fit("gamma", x), { B: 3, seed: 2 });
  expect([...replicates.shape!, ...replicates.rate!]).toMatchInlineSnapshot(`
    [
      3.4011295558807593,
      3.369727099897614,
      3.386045369738876,
      0.5681492980110289,
      0.5619845109794417,
      0.5643465334630483,
    ]
  `);
});

test("standard errors are those of the sandwich where the model is wrong", async () => {
  const x = distribution("gamma", { shape: 3, rate: 1 }).random(500, { seed: 8 });
  const r = await fit("exponential", x);
  const robust = await fit("exponential", x, { weights: x.map(() => 1), weightType: "importance" });
  const B = 1500;
  const { standardErrors } = await bootstrap(r, { B });
  near(standardErrors.rate!, robust.standardErrors.rate!, (4 / Math.sqrt(2 * B)) * robust.standardErrors.rate!, "standard error");
  expect(standardErrors.rate!).toBeLessThan(0.7 * r.standardErrors.rate!);
  const parametric = await bootstrap(r, { B, kind: "parametric" });
  near(parametric.standardErrors.rate!, r.standardErrors.rate!, (4 / Math.sqrt(2 * B)) * r.standardErrors.rate!, "parametric");
});

interface Sampled extends Record<BootstrapMethod, readonly [number, number]> {
  readonly distribution: string;
  readonly parameter: string;
  readonly x: readonly number[];
  readonly B: number;
  readonly standardError: number;
  readonly bias: number;
  /** Standard deviations of the above between runs of B, in order. */
  readonly errors: readonly number[];
}
const { sampled }: { sampled: readonly Sampled[] } = JSON.parse(readFileSync("test/data/bootstrap.json", "utf8"));

test.each(sampled)("$distribution: intervals of R's boot, within Monte-Carlo error", async (row) => {
  const B = 4000;
  const b = await bootstrap(await fit(row.distribution, row.x), { B, seed: 2 });
  const ends = (["percentile", "basic", "bca"] as const).flatMap((method) => {
    const found = b.confint({ method })[row.parameter]!;
    return found.map((end, i) => [end, row[method][i]!, `${method} ${i}`] as const);
  });
  const { standardErrors, bias } = b;
  const all = [
    ...ends,
    [standardErrors[row.parameter]!, row.standardError, "standard error"],
    [bias[row.parameter]!, row.bias, "bias"],
  ] as const;
  all.forEach(([found, expected, what], i) => {
    near(found, expected, 5 * row.errors[i]! * Math.sqrt(row.B / B), what);
  });
});

test("replicates without a maximum are counted, with the reason", async () => {
  const b = await bootstrap(await fit("gamma", [1, 1, 1, 1, 1, 2]), { B: 600 });
  // (5/6)^6 of them have no 2, and 6^-6 nothing else.
  near(b.failed.count / 600, (5 / 6) ** 6, 4 * Math.sqrt((0.335 * 0.665) / 600), "failed");
  expect(Object.keys(b.failed.reasons)).toEqual([expect.stringContaining("All values are equal")]);
  expect(b.replicates.shape!.filter(Number.isNaN)).toHaveLength(b.failed.count);
  expect(b.standardErrors.shape).toBeGreaterThan(0);
  const lost = await bootstrap(await fit("exponential", [1, 2, 3]), {
    B: 40,
    of: { gap: ({ rate }) => (rate! > 0.5 ? Number.NaN : rate!) },
  });
  expect(Object.keys(lost.failed.reasons)).toEqual(["gap is NaN."]);
  expect(lost.failed.count).toBeGreaterThan(5);
  await expect(bootstrap(await fit("gamma", [1, 1, 1, 1, 1 + 1e-9]), { B: 2, seed: 1 })).rejects.toThrow(
    /2 of 2 replicates have no maximum/,
  );
});

test("weights: frequencies repeat rows, importances weigh them", async () => {
  const x = [0.3, 1.2, 2.5, 0.7, 4.1];
  const counts = [3, 5, 4, 6, 2];
  const repeated = x.flatMap((value, i) => new Array<number>(counts[i]!).fill(value));
  const B = 1500;
  const error = 5 / Math.sqrt(2 * B);
  const options = { B, of: { mean: ({ rate }: Record<string, number>) => 1 / rate! } };
  const weighted = await bootstrap(await fit("exponential", x, { weights: counts }), options);
  const plain = await bootstrap(await fit("exponential", repeated), options);
  near(weighted.standardErrors.mean!, plain.standardErrors.mean!, 1.5 * error * plain.standardErrors.mean!, "repeated");
  near(weighted.confint().mean![0], plain.confint().mean![0], 0.1 * plain.standardErrors.mean!, "lower end");
  const important = await bootstrap(await fit("exponential", x, { weights: counts, weightType: "importance" }), options);
  expect(important.standardErrors.mean!).toBeGreaterThan(1.5 * plain.standardErrors.mean!);
  const fractions = await bootstrap(await fit("exponential", x, { weights: counts.map((count) => count + 0.25) }), options);
  near(fractions.standardErrors.mean!, plain.standardErrors.mean!, 0.2 * plain.standardErrors.mean!, "fractions");
});

test("clusters are drawn whole", async () => {
  const x = distribution("exponential", { rate: 1 }).random(300, { seed: 4 });
  const twice = [...x, ...x];
  const cluster = twice.map((_, i) => `c${i % x.length}`);
  const B = 1500;
  const r = await fit("exponential", twice, { cluster });
  const b = await bootstrap(r, { B });
  // One seed draws clusters as it draws rows: the very replicates of the rows without their copies.
  const plain = await bootstrap(await fit("exponential", x), { B });
  for (const i of [0, 700, B - 1]) near(b.replicates.rate![i]!, plain.replicates.rate![i]!, 1e-12, "replicate");
  near(b.standardErrors.rate!, r.standardErrors.rate!, (5 / Math.sqrt(2 * B)) * r.standardErrors.rate!, "standard error");
  b.confint().rate!.forEach((end, i) => {
    near(end, plain.confint().rate![i]!, 0.02 * b.standardErrors.rate!, "end");
  });
  await expect(bootstrap(r, { kind: "parametric" })).rejects.toThrow(/depend on one another in clusters/);
});

test("a robust covariance changes nothing, and a prior is one of every replicate", async () => {
  const x = distribution("gamma", { shape: 2, rate: 1 }).random(80, { seed: 4 });
  const plain = await bootstrap(await fit("gamma", x), { B: 50 });
  const robust = await bootstrap(await fit("gamma", x, { covariance: "robust" }), { B: 50 });
  expect(robust.replicates).toEqual(plain.replicates);
  robust.confint().shape!.forEach((end, i) => {
    near(end, plain.confint().shape![i]!, 1e-9, "end");
  });
  const long = distribution("gamma", { shape: 2, rate: 1 }).random(many, { seed: 4 });
  const r = await fit("gamma", long, { prior: { shape: { distribution: "gamma", shape: 4e4, rate: 1e4 } } });
  const b = await bootstrap(r, { B: 2 });
  expect(b.error).toBe(0);
  near(b.replicates.shape![1]!, r.estimates.shape!, 5 * r.standardErrors.shape!, "shape");
});

test("rows with few values are drawn as counts", async () => {
  const x = distribution("poisson", { lambda: 4 }).random(20000, { seed: 1 });
  const r = await fit("poisson", x);
  const source = await sourceOf(askedOf(r)!);
  expect(source.rows).toBeLessThan(30);
  expect((await weightsOf(source, 1, 0)).reduce((sum, count) => sum + count, 0)).toBe(20000);
  const { standardErrors } = await bootstrap(r, { B: 1000 });
  near(standardErrors.lambda!, r.standardErrors.lambda!, 0.1 * r.standardErrors.lambda!, "standard error");
});

test("censored rows: an exponential's replicate is deaths over time", async () => {
  const x = distribution("exponential", { rate: 1 }).random(40, { seed: 2 });
  const lower = x.map((value) => Math.min(value, 1));
  const upper = x.map((value) => (value > 1 ? Number.POSITIVE_INFINITY : value));
  const r = await fit("exponential", null, { censored: { lower, upper } });
  const b = await bootstrap(r, { B: 30, seed: 6 });
  const weights = await weightsIn(r, 6, 29);
  const deaths = weights.reduce((sum, w, i) => sum + (x[i]! <= 1 ? w : 0), 0);
  const time = weights.reduce((sum, w, i) => sum + w * lower[i]!, 0);
  near(b.replicates.rate![29]!, deaths / time, 1e-8, "rate");
  const [low, high] = b.confint().rate!;
  expect(low).toBeLessThan(r.estimates.rate!);
  expect(high).toBeGreaterThan(r.estimates.rate!);
});

test.each([60, 2500])("%i rows without scores: the jackknife gives the same BCa intervals", async (n) => {
  const x = distribution("exponential", { rate: 1 }).random(n, { seed: 2 });
  const scored = await fit("exponential", x);
  // The same likelihood, of rows that could not be negative.
  const truncated = await fit("exponential", x, { truncated: { lower: 0 } });
  const [a, b] = [await bootstrap(scored, { B: 100 }), await bootstrap(truncated, { B: 100 })];
  a.confint().rate!.forEach((end, i) => {
    near(end, b.confint().rate![i]!, 0.02 * a.standardErrors.rate!, "end");
  });
  expect(a.confint().rate![0]).not.toBe(a.confint({ method: "percentile" }).rate![0]);
});

test("bins, truncated rows, constants, fixed parameters and bounds are those of the fit", async () => {
  const inside = (b: Bootstrap, name: string) => {
    const [low, high] = b.confint()[name]!;
    expect(low).toBeLessThanOrEqual(b.estimates[name]!);
    expect(high).toBeGreaterThanOrEqual(b.estimates[name]!);
    expect(b.failed.count).toBe(0);
  };
  const bins = { edges: [0, 1, 2, 3, 5], counts: [12, 20, 9, 4] };
  const binned = await bootstrap(await fit("gamma", null, { bins }), { B: 60 });
  inside(binned, "shape");
  const x = distribution("normal", { mean: 1, sd: 1 })
    .random(80, { seed: 3 })
    .filter((value) => value > 0);
  inside(await bootstrap(await fit("normal", x, { truncated: { lower: 0 } }), { B: 60 }), "sd");
  const size = Float64Array.from({ length: 50 }, (_, i) => 3 + (i % 5));
  const successes = size.map((n, i) => (i * 7) % (n + 1));
  for (const kind of ["nonparametric", "parametric"] as const) {
    inside(await bootstrap(await fit("binomial", successes, { size }), { B: 60, kind }), "prob");
  }
  const held = await bootstrap(await fit("gamma", x, { fixed: { shape: 2 } }), { B: 60 });
  expect(held.standardErrors.shape).toBe(0);
  expect(held.confint().shape).toEqual([2, 2]);
  inside(held, "rate");
  const bounded = await bootstrap(await fit("gamma", x, { upper: { shape: 2 } }), { B: 60 });
  expect(Math.max(...bounded.replicates.shape!)).toBeLessThanOrEqual(2);
});

test("stops on its signal, and tells how far it is", async () => {
  const x = distribution("studentT", { location: 0, scale: 1, df: 4 }).random(many, { seed: 1 });
  for (const values of [x, x.subarray(0, 300)]) {
    const r = await fit("studentT", values);
    const told: number[] = [];
    await bootstrap(r, { B: 60, onProgress: ({ done, B }) => told.push(done / B) });
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    const stopped = new AbortController();
    stopped.abort();
    await expect(bootstrap(r, { signal: stopped.signal })).rejects.toThrow(/abort/i);
    const soon = new AbortController();
    let last = 0;
    const running = bootstrap(r, {
      B: 1e6,
      signal: soon.signal,
      onProgress({ done }) {
        last = done;
        soon.abort();
      },
    });
    await expect(running).rejects.toThrow(/abort/i);
    expect(last).toBeLessThan(1e6);
    // The engine is free again.
    expect((await fit("normal", values)).status).toBe("interior");
  }
});

test("what cannot be used is refused", async () => {
  const r = await fit("gamma", [1, 2, 3, 4]);
  const refusals: [unknown, RegExp][] = [
    [{ B: 1 }, /^B is 1; a whole number from 2/],
    [{ B: 10.5 }, /^B is 10.5/],
    [{ seed: Number.NaN }, /^seed is NaN; a finite number/],
    [{ kind: "wild" }, /^kind is "wild"; "nonparametric" or "parametric"/],
    [{ of: 3 }, /^of is 3; a function/],
    [{ of: { mean: 3 } }, /^of.mean is 3; a function/],
    [{ of: { shape: () => 1 } }, /^of.shape has the name of a parameter/],
    [{ of: { mean: () => Number.NaN } }, /^of.mean is NaN at the estimates/],
    [{ b: 100 }, /^Unknown option "b"; did you mean "B"/],
    [null, /^options is null/],
  ];
  for (const [options, message] of refusals) await expect(bootstrap(r, options as BootstrapOptions)).rejects.toThrow(message);
  await expect(bootstrap(await fit("gamma", [2, 2]))).rejects.toThrow(/^The fit has status "nonexistent": .* Finite estimates are needed/);
  const own = await maximize({ parameters: { mu: { start: 0 } }, logLik: ({ mu }) => -mu! * mu! });
  await expect(bootstrap(own)).rejects.toThrow(/one that `fit` made of numbers is needed/);
  const censored = await fit("exponential", null, { censored: { lower: [1, 2], upper: [1, Number.POSITIVE_INFINITY] } });
  await expect(bootstrap(censored, { kind: "parametric" })).rejects.toThrow(/^kind is "parametric" and rows are censored/);
  const important = await fit("exponential", [1, 2], { weights: [1, 2], weightType: "importance" });
  await expect(bootstrap(important, { kind: "parametric" })).rejects.toThrow(/^kind is "parametric" and weights are importances/);
  const b = await bootstrap(r, { B: 20 });
  expect(() => b.confint({ level: 2 })).toThrow(/^level is 2/);
  expect(() => b.confint({ method: "wald" as BootstrapMethod })).toThrow(/^method is "wald"; "bca", "percentile", "basic" is needed/);
});
