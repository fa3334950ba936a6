import { allocate, distribution, type Fit, fitBest, init, logSumExp, sum, sumLog } from "loglik";
import { expect, test } from "vitest";
import { bytes } from "./build.ts";
import { bits, expectSame, near } from "./closeness.ts";
import { families, fit, isRegular, trial } from "./trials.ts";

// Columns of any length, wherever they lie, however many are fitted at once.

/** Around tiles of 65,536 rows, and past four of them, where a subsample is the start. */
const LENGTHS = [1, 2, 3, 5, 65_535, 65_536, 65_537, 131_073, 262_144, 262_145, 400_001];
const longest = new Map(families.map((family) => [family, trial(family, 2).at.random(LENGTHS.at(-1)!, { seed: 12 })]));

test.each(families)("$name: every row counts once, whatever the length", async (family) => {
  const x = longest.get(family)!;
  const { theta, parameters } = trial(family, 2);
  let total = 0;
  let rest = 0;
  let row = 0;
  for (const n of LENGTHS) {
    for (; row < n; row++) {
      const term = family.logPdf(x[row]!, theta);
      const next = total + term;
      rest += Math.abs(total) >= Math.abs(term) ? total - next + term : term - next + total;
      total = next;
    }
    const fixed = await fit(family, x.subarray(0, n), { fixed: parameters });
    near(fixed.logLik, total + rest, 1e-12 * (Math.abs(total) + n), `logLik of ${n} rows`);
    expect(fixed.nobs).toBe(n);
  }
});

test.each(families)("$name: a column in the engine's memory has the bits of a plain array", async (family) => {
  for (const n of [7, 300_001]) {
    const x = longest.get(family)!.subarray(0, n);
    const column = allocate(n);
    column.set(x);
    const weights = allocate(n).map((_, i) => 1 + (i % 3));
    const own = allocate(n);
    own.set(weights);
    const [plain, placed, weighted, both, half] = await Promise.all([
      fit(family, x),
      fit(family, column),
      fit(family, x, { weights }),
      fit(family, column, { weights: own }),
      fit(family, column, { weights }),
    ]);
    expect(bits(placed)).toEqual(bits(plain));
    expect(bits(both)).toEqual(bits(weighted));
    expect(bits(half)).toEqual(bits(weighted));
    expect(identical(column, x)).toBe(true);
    expect(bits(await fit(family, [...x.subarray(0, 7)]))).toEqual(bits(await fit(family, column.subarray(0, 7))));
  }
});

test.each(families)("$name: the start from a subsample does not move the estimate", async (family) => {
  const x = longest.get(family)!.subarray(0, 262_145);
  const few = await fit(family, x);
  expectSame(await fit(family, x, { start: few.status === "interior" ? few.estimates : {} }), few, { errors: 2e-6 });
  const sorted = await fit(family, x.slice().sort());
  expectSame(sorted, few, { errors: 2e-6, inErrors: 1e-7 });
  if (isRegular(family)) expect(few.certificate.decrement).toBeLessThan(1e-8);
});

test("a fit needs less than 1 MiB beside its column, whatever is fitted", async () => {
  const n = 3_000_000;
  const x = allocate(n);
  x.set(distribution("poisson", { lambda: 5000 }).random(n, { seed: 3 }));
  expect(x.buffer.byteLength - 8 * n).toBeLessThanOrEqual(2 ** 20);
  // Subsample, histogram of counts, selection of the median and tiles' rows: what does not fit would throw.
  const { ranking } = await fitBest(x);
  expect(ranking.map(({ distribution }) => distribution)).toEqual(expect.arrayContaining(["poisson", "laplace", "studentT", "weibull"]));
});

test.each(["weibull", "logistic", "gumbel", "studentT"])("%s: a million rows take four passes at most", async (name) => {
  const family = families.find((one) => one.name === name)!;
  for (const seed of [1, 2]) {
    const { at, parameters } = trial(family, 2);
    const r = await fit(family, at.random(1_000_000, { seed }));
    expect(r.status).toBe("interior");
    expect(r.passes).toBeLessThanOrEqual(4);
    expect(r.certificate.decrement).toBeLessThan(1e-8);
    for (const key of r.parameters) expect(Math.abs(r.estimates[key]! - parameters[key]!) / r.standardErrors[key]!).toBeLessThan(4.5);
  }
});

test("fits at the same time, of one column and of several, give what they give alone", async () => {
  const columns = families.map((family) => longest.get(family)!.subarray(0, 20_000));
  const alone: Fit[] = [];
  for (const [i, family] of families.entries()) alone.push(await fit(family, columns[i]!));
  const together = await Promise.all([...families, ...families].map((family, i) => fit(family, columns[i % columns.length]!)));
  expect(together.map(bits)).toEqual([...alone, ...alone].map(bits));
  const column = allocate(20_000);
  column.set(columns[families.findIndex(({ name }) => name === "gamma")]!);
  const positive = ["gamma", "weibull", "lognormal", "exponential", "loglogistic"];
  const once = await Promise.all(positive.map((name) => fit(name, column)));
  const again = await Promise.all([fitBest(column, { families: positive }), ...positive.map((name) => fit(name, column))]);
  expect(again.slice(1).map((r) => bits(r as Fit))).toEqual(once.map(bits));
});

test("columns allocated while fits run, and after fits that need larger memories, keep their contents", async () => {
  const source = distribution("weibull", { shape: 2, scale: 3 });
  const columns: { view: Float64Array; copy: Float64Array }[] = [];
  const allocateOne = (n: number) => {
    const copy = source.random(n, { seed: columns.length });
    const view = allocate(n);
    view.set(copy);
    columns.push({ view, copy });
    return view;
  };
  const first = allocateOne(1000);
  const running = fit("weibull", first, {
    signal: new AbortController().signal,
    onProgress: () => {
      allocateOne(500);
    },
  });
  for (let i = 0; i < 5; i++) {
    await Promise.resolve();
    allocateOne(2000);
  }
  await running;
  await fit("weibull", source.random(3_000_000));
  await Promise.all(columns.map(({ view }) => fit("logistic", view)));
  allocateOne(300_000);
  await Promise.all(columns.map(({ view }) => fitBest(view, { weights: view.map(() => 1), families: ["laplace", "weibull", "studentT"] })));
  expect(columns.length).toBeGreaterThan(7);
  expect(columns.every(({ view, copy }) => identical(view, copy))).toBe(true);
});

test("a fresh engine's first fits need larger memories one after the other", async () => {
  const tied = Float64Array.from({ length: 16_384 }, (_, i) => (i % 4 === 0 ? 3 * Math.sin(i) : 7));
  for (const name of ["cauchy", "studentT", "laplace", "poisson"]) {
    await init({ bytes: await bytes() });
    const r = await fit(name, name === "poisson" ? tied.map(Math.abs).map(Math.round) : tied);
    expect(r.status, r.reason).toBe({ cauchy: "nonexistent", studentT: "nonexistent", laplace: "interior", poisson: "interior" }[name]);
  }
});

test("repeated fits have the same bits", async () => {
  for (const family of families) {
    const x = longest.get(family)!.subarray(0, 300_000);
    expect(bits(await fit(family, x))).toEqual(bits(await fit(family, x)));
  }
});

test("sums lose nothing to their length", async () => {
  const x = Float64Array.from({ length: 131_073 }, (_, i) => 2 ** 40 + (i % 7) + 0.25);
  expect(await sum(x)).toBe(131_073 * (2 ** 40 + 0.25) + [...x.keys()].reduce((total, i) => total + (i % 7), 0));
  const signed = x.map((value, i) => (i % 2 ? value : -value) * 1e3);
  const exact = [...signed].reduce((total, value) => total + BigInt(value * 4), 0n);
  near(await sum(signed), Number(exact) / 4, 2 ** -52 * 131_073 * 2 ** 50, "sum");
  const positive = Float64Array.from({ length: 65_537 }, (_, i) => 2 ** ((i % 2001) - 1000));
  const exponents = positive.reduce((total, value) => total + Math.log2(value), 0);
  near(await sumLog(positive), exponents * Math.LN2, 1e-15 * Math.abs(exponents) + 1e-9, "sumLog");
});

test("the logarithm of a sum of exponentials: of any length, shifted at will, past the range of exp", async () => {
  for (const n of [1, 2, 3, 513, 65_537]) {
    const x = Float64Array.from({ length: n }, (_, i) => Math.sin(i) * (i % 5 ? 3 : 900));
    const max = x.reduce((a, b) => Math.max(a, b));
    const expected = max + Math.log(x.reduce((total, value) => total + Math.exp(value - max), 0));
    near(await logSumExp(x), expected, 1e-13 * Math.abs(expected), `${n} rows`);
    near(
      await logSumExp(x.map((value) => value + 2 ** 40)),
      expected + 2 ** 40,
      // x itself is rounded by the shift.
      2 ** -12,
      `${n} shifted rows`,
    );
  }
  expect(await logSumExp([-1e308, 1e308])).toBe(1e308);
});

test("weights that put more than half on one value, seen once by rows", async () => {
  const weights = [1, 1, 1, 1, 100];
  for (const name of ["cauchy", "studentT"]) expect((await fit(name, [1, 2, 3, 4, 5], { weights })).status).toBe("nonexistent");
});

/** Bit by bit; toEqual takes a second for a column. */
function identical(a: Float64Array, b: Float64Array): boolean {
  return Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));
}
