import fc from "fast-check";
import type { Fit } from "loglik";
import { expect, test } from "vitest";
import { type Action, scaling, shifting } from "./actions.ts";
import { expectSame, near } from "./closeness.ts";
import { families, fit, RUNS, supportOf, type Trial, thetaOf, trial } from "./trials.ts";

// What must not change a fit, or change it in a known way. Over all families, random parameters, sizes and samples.

interface Drawn {
  readonly trial: Trial;
  readonly x: Float64Array;
}

/** A sample of the family, or of its neighbour among the families with the same support: fits are of wrong models, too. */
const drawn = (family: (typeof families)[number]): fc.Arbitrary<Drawn> =>
  fc
    .record({ row: fc.nat(3), source: fc.nat(), other: fc.boolean(), n: fc.integer({ min: 4, max: 300 }), seed: fc.nat() })
    .map(({ row, source, other, n, seed }) => {
      const alike = families.filter((one) => supportOf(one).text === supportOf(family).text);
      const from = other ? alike[source % alike.length]! : family;
      return { trial: trial(family, row), x: trial(from, row).at.random(n, { seed }) };
    });

function property(name: string, check: (drawn: Drawn, number: number) => Promise<void>, of = families): void {
  test.each(of)(`$name: ${name}`, async (family) => {
    await fc.assert(fc.asyncProperty(drawn(family), fc.nat({ max: 2 ** 20 }), check), RUNS);
  });
}

property("order does not matter", async ({ trial: { family }, x }, seed) => {
  expectSame(await fit(family, shuffled(x, seed)), await fit(family, x), { inErrors: 1e-11 });
});

property("the start does not matter", async ({ trial: { family, parameters }, x }) => {
  const first = await fit(family, x);
  expectSame(await fit(family, x, { start: parameters }), first);
  if (first.status !== "interior") return;
  const [name] = first.parameters as [string];
  expectSame(await fit(family, x, { start: { [name]: first.estimates[name]! } }), first);
});

property("a parameter fixed at its estimate leaves the others where they are", async ({ trial: { family }, x }, number) => {
  const first = await fit(family, x);
  if (first.status !== "interior") return;
  const held = first.parameters[number % first.parameters.length]!;
  const second = await fit(family, x, { fixed: { [held]: first.estimates[held]! } });
  expect(second.status, second.reason).toBe("interior");
  expect(second.standardErrors[held]).toBe(0);
  near(second.logLik, first.logLik, 1e-12 * (Math.abs(first.logLik) + x.length), "logLik");
  for (const name of first.parameters) {
    near(second.estimates[name]!, first.estimates[name]!, 1e-8 * first.standardErrors[name]!, name);
    expect(second.standardErrors[name]).toBeLessThanOrEqual(first.standardErrors[name]! * (1 + 1e-6));
  }
  near(second.aic, first.aic - 2, 1e-12 * (Math.abs(first.logLik) + x.length), "aic");
});

property(
  "every subset of parameters fixed gives a clear status and no higher likelihood",
  async ({ trial: { family, parameters }, x }, number) => {
    const free = await fit(family, x);
    const names = free.parameters.filter((_, i) => (number >> i) & 1);
    const fixed = Object.fromEntries(names.map((name) => [name, parameters[name]!]));
    const held = await fit(family, x, { fixed });
    // With all of them fixed the likelihood itself may be 0.
    const theta = thetaOf(family, parameters);
    if (names.length === family.parameters.length && x.some((value) => family.logPdf(value, theta) === Number.NEGATIVE_INFINITY)) return;
    expect(held.status, held.reason).not.toBe("failed");
    expect(held.estimates).toMatchObject(fixed);
    // A local maximum may lie lower than others.
    if (held.status === "interior" && free.status !== "nonexistent" && !family.local) {
      expect(held.logLik).toBeLessThanOrEqual(free.logLik + 1e-12 * (Math.abs(free.logLik) + x.length));
    }
  },
);

property("an interior maximum is certified", async ({ trial: { family }, x }) => {
  const r = await fit(family, x);
  expect(r.status, r.reason).not.toBe("failed");
  if (r.status !== "interior") return;
  expect(r.certificate.decrement).toBeLessThan(1e-8);
  expect(Math.min(...r.certificate.eigenvalues)).toBeGreaterThan(0);
  const theta = thetaOf(family, r.estimates);
  const sum = x.reduce((total, value) => total + family.logPdf(value, theta), 0);
  near(r.logLik, sum, 1e-11 * (Math.abs(sum) + x.length), "logLik");
});

const scaled = families.filter(scaling);
const shifted = families.filter(shifting);

test("scale and location families are recognised", () => {
  expect(scaled.map(({ name }) => name)).toContain("weibull");
  expect(shifted.map(({ name }) => name)).toContain("logistic");
  // On a circle there is no other unit.
  expect(scaled).toEqual(expect.arrayContaining(shifted.filter(({ support }) => support.period === undefined)));
});

property(
  "data times a power of two from 1e-150 to 1e150",
  async ({ trial: { family }, x }, number) => {
    const c = 2 ** ((number % 997) - 498);
    const [before, after] = [
      await fit(family, x),
      await fit(
        family,
        x.map((value) => value * c),
      ),
    ];
    const expected = moved(before, scaling(family)!, c);
    expect(after.status, after.reason).toBe(before.status);
    after.parameters.forEach((name, i) => {
      // What is computed from x itself keeps its bits while squares are doubles; what is computed from log x rounds.
      const exact = shifted.includes(family) && Math.abs(Math.log2(c)) <= 400;
      const rounding = exact ? 0 : 1e-13 * Math.abs(expected[i]!) + 1e-10 * (after.standardErrors[name] || 0);
      near(after.estimates[name]!, expected[i]!, rounding, name);
    });
    near(after.logLik, before.logLik - x.length * Math.log(c), 1e-12 * x.length * (1 + Math.abs(Math.log(c))), "logLik");
  },
  scaled,
);

property(
  "data plus an offset",
  async ({ trial: { family }, x }, number) => {
    const c = [1e9, -1e9, 1e6, -123456.75][number % 4]!;
    const there = x.map((value) => value + c);
    const back = there.map((value) => value - c);
    const [before, after] = [await fit(family, back), await fit(family, there)];
    const expected = moved(before, shifting(family)!, c);
    expect(after.status, after.reason).toBe(before.status);
    // The location is a double near c; nothing else may lose more than its last digits.
    after.parameters.forEach((name, i) => {
      // On the boundary an iteration may have ended, too: a thousandth of the estimate stands for the error that is not stated.
      const error = before.standardErrors[name] || (before.status === "boundary" ? 1e-3 * Math.abs(before.estimates[name]!) : 0);
      near(after.estimates[name]!, expected[i]!, 4e-16 * Math.abs(expected[i]!) + 1e-9 * error, name);
      near(after.standardErrors[name]!, before.standardErrors[name]!, 1e-7 * error, `standard error of ${name}`);
    });
    near(after.logLik, before.logLik, 1e-12 * (Math.abs(before.logLik) + x.length), "logLik");
  },
  shifted,
);

function moved(r: Fit, action: Action, c: number): number[] {
  return action(
    r.parameters.map((name) => r.estimates[name]!),
    c,
  );
}

/** Fisher–Yates by a linear congruential generator. */
function shuffled(x: Float64Array, seed: number): Float64Array {
  const out = x.slice();
  let state = seed;
  for (let i = out.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = state % (i + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}
