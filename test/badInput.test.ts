import { allocate, distribution, type Fit, fit, fitBest, logSumExp, sum, sumLog } from "loglik";
import { expect, test } from "vitest";
import { families, fit as fitTrial, trial } from "./trials.ts";

// What cannot be fitted is refused with place, value and need; what has no maximum says so. Nothing comes back as NaN and "interior".

const x = [1.5, 2.5, 4, 0.5, 3];
// biome-ignore lint/suspicious/noExplicitAny: wrong types are the subject.
const wrong = (value: unknown) => value as any;
const holes = [1, 2, 3, 4];
delete holes[2];

interface Refusal {
  readonly name: string;
  readonly call: () => unknown;
  readonly error: new (...parts: never[]) => Error;
  readonly message: RegExp;
}

const refusal =
  (error: Refusal["error"]) =>
  (name: string, call: () => unknown, message: RegExp): Refusal => ({ name, call, error, message });
const range = refusal(RangeError);
const type = refusal(TypeError);

const refusals: readonly Refusal[] = [
  range("no rows", () => fit("normal", []), /^x is empty; at least one value is needed/),
  range("no rows, typed", () => fit("normal", new Float64Array()), /^x is empty/),
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].flatMap((value) =>
    [0, 1, 2, 3, 4].map((i) =>
      range(`${value} at ${i}`, () => fit("normal", x.with(i, value)), new RegExp(`^x\\[${i}\\] is ${value}; finite values are needed`)),
    ),
  ),
  range("NaN far in", () => fit("normal", new Float64Array(70_001).with(70_000, Number.NaN)), /^x\[70000\] is NaN/),
  range("both infinities", () => fit("cauchy", [1, Infinity, -Infinity]), /^x\[1\] is Infinity/),
  range("below the support", () => fit("gamma", [1, 2, -3]), /^x\[2\] is -3; gamma needs values > 0/),
  range("on an open bound", () => fit("weibull", [1, 0, 3]), /^x\[1\] is 0; weibull needs values > 0/),
  range("negative zero", () => fit("lognormal", [1, -0]), /^x\[1\] is -?0; lognormal needs values > 0/),
  range("a fraction", () => fit("poisson", [1, 2, 2.5]), /^x\[2\] is 2\.5; poisson needs whole numbers >= 0/),
  range("a negative count", () => fit("geometric", [1, -1]), /^x\[1\] is -1; geometric needs whole/),
  range("a huge fraction", () => fit("poisson", [1, 1e9 + 0.5]), /^x\[1\] is 1000000000\.5; poisson/),
  range("neither 0 nor 1", () => fit("bernoulli", [0, 1, 2]), /^x\[2\] is 2; bernoulli needs values 0 or 1/),
  range("above its size", () => fit("binomial", [3, 13], { size: 12 }), /^x\[1\] is 13; binomial needs whole numbers from 0 to size = 12/),
  range(
    "above its row's size",
    () => fit("betaBinomial", [3, 9], { size: [12, 8] }),
    /^x\[1\] is 9; betaBinomial needs whole numbers from 0 to size = 8/,
  ),
  range("no size", () => fit("binomial", [3, 9]), /^size is missing; binomial needs it: a whole number >= 0/),
  range("a size that is no number of trials", () => fit("binomial", [3, 9], { size: 9.5 }), /^size is 9\.5; a whole number >= 0/),
  range("below 1", () => fit("zeta", [1, 0]), /^x\[1\] is 0; zeta needs whole numbers >= 1/),
  range("fixed at 1", () => fit("zeta", [1, 2], { fixed: { s: 1 } }), /^fixed\.s is 1; a number > 1/),
  range("a bound between numbers", () => distribution("discreteUniform", { min: 0.5, max: 3 }), /^parameters\.min is 0\.5; a whole number/),
  type("text", () => fit("normal", wrong([1, "2", 3])), /^x\[1\] is "2"; a number is needed/),
  type("null", () => fit("normal", wrong([1, null])), /^x\[1\] is null; a number/),
  type("undefined", () => fit("normal", wrong([undefined, 1])), /^x\[0\] is undefined/),
  type("a hole", () => fit("normal", holes), /^x\[2\] is undefined/),
  type("a bigint", () => fit("normal", wrong([1, 2n])), /^x\[1\] is 2; a number/),
  type("a Date", () => fit("normal", wrong([1, new Date()])), /^x\[1\] is a Date/),
  type("rows of rows", () => fit("normal", wrong([[1], [2]])), /^x\[0\] is an array/),
  type("BigInt64Array", () => fit("normal", wrong(BigInt64Array.of(1n, 2n))), /^x is a BigInt64Array; a Float64Array/),
  type("no array", () => fit("normal", wrong("1,2,3")), /^x is "1,2,3"; a Float64Array/),
  type("no data", () => fit("normal", wrong(undefined)), /^x is undefined/),
  type("a buffer", () => fit("normal", wrong(new ArrayBuffer(8))), /^x is a ArrayBuffer/),
  type("an iterable", () => fit("normal", wrong(new Set(x))), /^x is a Set/),

  range("weights too short", () => fit("normal", x, { weights: [1, 2] }), /^weights has 2 entries and x has 5/),
  range("weights too long", () => fit("normal", x, { weights: new Float64Array(9) }), /^weights has 9 entries/),
  range("a negative weight", () => fit("normal", x, { weights: [1, 1, 1, -2, 1] }), /^weights\[3\] is -2; weights must be/),
  range("a NaN weight", () => fit("normal", x, { weights: [Number.NaN, 1, 1, 1, 1] }), /^weights\[0\] is NaN/),
  range("an infinite weight", () => fit("normal", x, { weights: [1, 1, Infinity, 1, 1] }), /^weights\[2\] is Infinity/),
  range("all weights 0", () => fit("normal", x, { weights: [0, 0, 0, 0, 0] }), /^All weights are 0/),
  range(
    "weights that sum to infinity",
    () => fit("normal", x, { weights: [1e308, 1e308, 1, 1, 1] }),
    /^The weights sum to Infinity; a sum between/,
  ),
  type("weights as text", () => fit("normal", x, { weights: wrong(["1", 1, 1, 1, 1]) }), /^weights\[0\] is "1"/),
  type("weights as one number", () => fit("normal", x, { weights: wrong(2) }), /^weights is 2; a Float64Array/),
  range("weightType", () => fit("normal", x, { weightType: wrong("freq") }), /^weightType is "freq"; "frequency" or "importance"/),

  range("unknown family", () => fit("gama", x), /^Unknown distribution "gama"; did you mean "gamma"\?/),
  range("other case", () => fit("studentt", x), /did you mean "studentT"\?/),
  range("a name of Object", () => fit("constructor", x), /^Unknown distribution "constructor"/),
  type("no family", () => fit(wrong(undefined), x), /^The distribution is undefined; a name or a family is needed/),
  range("unknown option", () => fit("normal", x, wrong({ weight: x })), /^Unknown option "weight"; did you mean "weights"\?/),
  type("options as null", () => fit("normal", x, wrong(null)), /^options is null; an object is needed/),
  range(
    "unknown parameter",
    () => fit("gamma", x, { fixed: { scale: 1 } }),
    /^fixed\.scale: gamma has no such parameter; it has shape, rate/,
  ),
  range("unknown start", () => fit("gamma", x, { start: { Shape: 1 } }), /^start\.Shape: gamma has no such parameter/),
  range("fixed outside its domain", () => fit("gamma", x, { fixed: { shape: -1 } }), /^fixed\.shape is -1; a number > 0 is needed/),
  range("fixed at 0", () => fit("normal", x, { fixed: { sd: 0 } }), /^fixed\.sd is 0; a number > 0/),
  range("fixed at NaN", () => fit("normal", x, { fixed: { mean: Number.NaN } }), /^fixed\.mean is NaN; a finite number/),
  range("fixed as text", () => fit("normal", x, { fixed: { mean: wrong("0") } }), /^fixed\.mean is "0"; a finite number/),
  range("fixed probability", () => fit("bernoulli", [0, 1], { fixed: { prob: 1 } }), /^fixed\.prob is 1; a number between 0 and 1/),
  range("start outside its domain", () => fit("weibull", x, { start: { shape: 0 } }), /^start\.shape is 0; a number > 0/),
  range("infinite start", () => fit("logistic", x, { start: { location: Infinity } }), /^start\.location is Infinity/),

  range("criterion", () => fitBest(x, { criterion: wrong("AIC") }), /^criterion is "AIC"; "aic", "aicc", "bic" or "logLik"/),
  range("fitBest: option", () => fitBest(x, wrong({ critereon: "aic" })), /^Unknown option "critereon"; did you mean "criterion"\?/),
  range("fitBest: fixed", () => fitBest(x, wrong({ fixed: { mean: 0 } })), /^Unknown option "fixed"/),
  range("fitBest: family", () => fitBest(x, { families: ["normal", "gumble"] }), /did you mean "gumbel"\?/),
  range("fitBest: no rows", () => fitBest([]), /^x is empty/),
  range("sum: NaN", () => sum([1, Number.NaN]), /^x\[1\] is NaN/),
  range("logSumExp: infinity", () => logSumExp([1, Infinity]), /^x\[1\] is Infinity; finite values are needed/),
  range("sum: infinities that cancel", () => sum([Infinity, 2, -Infinity]), /^x\[0\] is Infinity; finite values are needed/),
  range("sumLog: 0", () => sumLog([1, 0]), /^x\[1\] is 0; sumLog needs values > 0/),

  ...[0, 1, -0.5, 95, Number.NaN].map((level) =>
    range(
      `level ${level}`,
      async () => (await fit("normal", x)).confint({ level }),
      new RegExp(`^level is ${level}; a number between 0 and 1 is needed`),
    ),
  ),
  range("interval method", async () => (await fit("normal", x)).confint({ method: wrong("walt") }), /^method is "walt"/),

  range("distribution: name", () => distribution("cauchi"), /did you mean "cauchy"\?/),
  range("distribution: missing", () => distribution("gamma", { shape: 2 }), /^parameters\.rate is missing; gamma needs it/),
  range("distribution: outside", () => distribution("gamma", { shape: 2, rate: 0 }), /^parameters\.rate is 0; a number > 0/),
  range("distribution: unknown", () => distribution("gamma", { shape: 2, scale: 1 }), /^parameters\.scale: gamma has no such/),
  range("distribution: late", () => distribution("gamma").cdf(1, wrong(undefined)), /^parameters\.shape is missing/),
  range("out of order", () => distribution("uniform", { min: 2, max: 1 }), /^parameters\.max is 1; a number above min = 2/),
  range("fixed out of order", () => fit("uniform", x, { fixed: { min: 2, max: 2 } }), /^fixed\.max is 2; a number above min = 2/),
  type("x as text", () => distribution("normal", { mean: 0, sd: 1 }).cdf(wrong("0")), /^x is "0"; a number/),
  ...[-0.1, 1.1, Number.NaN].map((p) =>
    range(
      `p = ${p}`,
      () => distribution("normal", { mean: 0, sd: 1 }).quantile(p),
      new RegExp(`^p is ${p}; a number from 0 to 1 is needed`),
    ),
  ),
  ...[-1, 2.5, Number.NaN].map((n) =>
    range(`n = ${n}`, () => distribution("normal", { mean: 0, sd: 1 }).random(n), new RegExp(`^n is ${n}; a whole number >= 0`)),
  ),
  ...[0, -1, 2.5, Number.NaN].map((n) =>
    range(`allocate(${n})`, () => allocate(n), new RegExp(`^allocate\\(${n}\\): a whole number of at least 1`)),
  ),
  range("allocate(1e10)", () => allocate(1e10), /74\.51 GiB are needed; a WebAssembly memory holds 4 GiB/),
];

test.each(refusals)("$name is refused", async ({ call, error, message }) => {
  const caught = await Promise.resolve()
    .then(call)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  expect(caught).toBeInstanceOf(error);
  expect((caught as Error).message).toMatch(message);
});

const thin: readonly { name: string; rows: (value: number) => number[] }[] = [
  { name: "one row", rows: (value) => [value] },
  { name: "two equal rows", rows: (value) => [value, value] },
  { name: "a thousand equal rows", rows: (value) => new Array(1000).fill(value) },
  { name: "one row of 0", rows: () => [0] },
  { name: "one row of 1e100", rows: () => [1e100] },
];

test.each(families.flatMap((family) => thin.map((shape) => ({ family, ...shape, title: `${family.name}, ${shape.name}` }))))(
  "$title: a clear status, never NaN",
  async ({ family, rows }) => {
    const x = rows(trial(family, 1).at.quantile(0.7));
    if (!x.every((value) => family.logPdf(value, trial(family, 1).theta) > -Infinity || value !== 0)) return;
    const r = await fitTrial(family, x).catch((reason: unknown) => reason as Error);
    if (r instanceof Error) expect(r.message).toMatch(new RegExp(`^x\\[0\\] is .*; ${family.name} needs `));
    else honest(r);
  },
);

test.each(families)("$name: an aborted signal stops the fit, before it starts and after", async (family) => {
  const { at } = trial(family, 2);
  const before = fitTrial(family, at.random(100), { signal: AbortSignal.abort() });
  await expect(before).rejects.toMatchObject({ name: "AbortError" });
  const reason = new Error("enough");
  await expect(fitTrial(family, at.random(100), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test("a fit of a million rows stops where its progress is reported, and the engine goes on", async () => {
  const x = trial(families.find(({ name }) => name === "weibull")!, 2).at.random(1_000_000);
  const control = new AbortController();
  let reports = 0;
  const onProgress = () => {
    reports++;
    control.abort();
  };
  await expect(fit("weibull", x, { signal: control.signal, onProgress })).rejects.toMatchObject({ name: "AbortError" });
  expect(reports).toBe(1);
  // A timer gets its turn between passes, too.
  const late = new AbortController();
  setTimeout(() => late.abort(), 1);
  await expect(fit("weibull", x, { signal: late.signal })).rejects.toMatchObject({ name: "AbortError" });
  await expect(fitBest(x, { signal: AbortSignal.timeout(1) })).rejects.toMatchObject({ name: "TimeoutError" });
  expect((await fit("weibull", x)).status).toBe("interior");
});

/** Whether a result without an error says what it is. */
function honest(r: Fit): void {
  expect(["interior", "boundary", "nonexistent"]).toContain(r.status);
  expect(r.reason).toMatch(/\S/);
  expect(r.logLik).not.toBeNaN();
  const numbers = [...Object.values(r.estimates), ...Object.values(r.standardErrors), ...r.vcov.flat()];
  if (r.status === "interior") for (const value of numbers) expect(value).not.toBeNaN();
  else expect(Object.values(r.standardErrors).every(Number.isNaN)).toBe(true);
}
