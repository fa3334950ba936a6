import { fit, threshold } from "loglik";
import { expect, test } from "vitest";
import { families, trial } from "./trials.ts";

// Parameters within bounds: a maximum inside is the maximum; otherwise the highest point of the faces, and it says which bound holds.

const x = [0.4, 1.3, 2.2, 2.9, 5.1, 7.7, 3.3];

test("bounds that hold nothing change nothing", async () => {
  const plain = await fit("gamma", x);
  expect((await fit("gamma", x, { lower: { shape: 0.1 }, upper: { rate: 50 } })).toJSON()).toEqual(plain.toJSON());
});

test("an active bound is the fit with that value fixed, on the boundary", async () => {
  const held = await fit("gamma", x, { fixed: { shape: 3 } });
  const r = await fit("gamma", x, { lower: { shape: 3 } });
  expect(r).toMatchObject({
    status: "boundary",
    estimates: held.estimates,
    logLik: held.logLik,
    reason: expect.stringContaining("shape is at its lower bound 3"),
  });
  expect(Object.values(r.standardErrors)).toEqual([Number.NaN, Number.NaN]);
  expect(r.confint()).toEqual({ shape: [Number.NaN, Number.NaN], rate: [Number.NaN, Number.NaN] });
  expect(r.aic).toBe(4 - 2 * held.logLik);
});

test("a second bound may be met on the way along the first", async () => {
  const r = await fit("gamma", x, { lower: { shape: 3, rate: 2 } });
  const both = await fit("gamma", x, { fixed: { shape: 3, rate: 2 } });
  const one = await fit("gamma", x, { fixed: { rate: 2 } });
  expect(r.logLik).toBe(Math.max(both.logLik, one.estimates.shape! >= 3 ? one.logLik : -Infinity));
  expect(r.status).toBe("boundary");
});

test("a bounded maximum may exist where an unbounded one does not", async () => {
  const r = await fit("normal", [2, 2, 2], { lower: { sd: 0.5 } });
  expect(r).toMatchObject({ status: "boundary", estimates: { mean: 2, sd: 0.5 } });
  const t = await fit("studentT", trial(families.find(({ name }) => name === "normal")!, 1).at.random(300), { upper: { df: 30 } });
  expect(t.estimates.df).toBeLessThanOrEqual(30);
});

test("bounds together with censored rows", async () => {
  const censored = { lower: [1, 2, 3, 4], upper: [1, 2, Infinity, 4] };
  const r = await fit("weibull", null, { censored, upper: { shape: 1 } });
  const exponential = await fit("exponential", null, { censored });
  expect(r.logLik).toBeCloseTo(exponential.logLik, 10);
});

const refusals: readonly [string, Parameters<typeof fit>[2] & object, RegExp][] = [
  ["an unknown parameter", { lower: { scale: 1 } }, /^lower\.scale: gamma has no such parameter/],
  ["no number", { upper: { shape: Number.NaN } }, /^upper\.shape is NaN; a number is needed/],
  ["crossed bounds", { lower: { shape: 2 }, upper: { shape: 1 } }, /^lower\.shape is 2 and upper\.shape is 1; lower must be below upper/],
  ["a fixed value outside", { fixed: { shape: 1 }, lower: { shape: 2 } }, /^fixed\.shape is 1; a number from 2 to Infinity is needed/],
];

test.each(refusals)("%s is refused", async (_, options, message) => {
  await expect(fit("gamma", x, options)).rejects.toThrow(message);
});

test("excesses over a threshold", () => {
  expect(threshold([1, 5, 3, 9], 3)).toEqual(Float64Array.of(2, 6));
  expect(() => threshold([1, 2], 2)).toThrow("threshold is 2; one below the largest of x is needed, 2.");
  expect(() => threshold([1, Number.NaN], 0)).toThrow("x[1] is NaN; finite values are needed.");
});
