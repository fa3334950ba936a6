import fc from "fast-check";
import { clogit, coxph, lm } from "loglik";
import { describe, expect, test } from "vitest";
import { ConditionalLogit } from "../src/cox/conditionalLogit.ts";
import { eventTimesOf } from "../src/cox/eventTimes.ts";
import { PartialLikelihood } from "../src/cox/partialLikelihood.ts";
import { exp, log } from "../src/math/elementary.ts";
import { Random } from "../src/math/random.ts";

/** Rows of survival data, few enough to be looked at one by one. */
interface Small {
  readonly time: number;
  readonly status: number;
  readonly start: number;
  readonly stratum: number;
  readonly weight: number;
  readonly offset: number;
  readonly x: number;
  readonly z: number;
}

const row = fc.record({
  time: fc.integer({ min: 1, max: 6 }),
  status: fc.integer({ min: 0, max: 1 }),
  start: fc.integer({ min: -3, max: 5 }),
  stratum: fc.integer({ min: 0, max: 1 }),
  weight: fc.constantFrom(1, 2, 0.5),
  offset: fc.constantFrom(0, 0, 1, -2),
  x: fc.integer({ min: -3, max: 3 }),
  z: fc.integer({ min: 0, max: 1 }),
});
const samples = fc
  .array(row, { minLength: 2, maxLength: 30 })
  .map((rows) => rows.map((one) => ({ ...one, start: Math.min(one.start, one.time - 1) })));

const logSum = (terms: readonly number[]) => {
  const top = Math.max(...terms);
  return top + log(terms.reduce((sum, term) => sum + exp(term - top), 0));
};

/** The partial likelihood by its definition: each event time of each stratum, each of its events in turn. */
function byDefinition(rows: readonly Small[], ties: "efron" | "breslow", eta: (one: Small) => number): number {
  let total = 0;
  for (const stratum of new Set(rows.map((one) => one.stratum))) {
    const own = rows.filter((one) => one.stratum === stratum);
    for (const time of new Set(own.filter(({ status }) => status === 1).map((one) => one.time))) {
      const risk = own.filter((one) => one.start < time && time <= one.time);
      const events = risk.filter((one) => one.time === time && one.status === 1);
      const mean = events.reduce((sum, { weight }) => sum + weight, 0) / events.length;
      events.forEach((event, l) => {
        const f = ties === "efron" ? l / events.length : 0;
        const share = (one: Small) => (events.includes(one) ? 1 - f : 1);
        total += event.weight * eta(event) - mean * logSum(risk.map((one) => log(one.weight * share(one)) + eta(one)));
      });
    }
  }
  return total;
}

const column = (rows: readonly Small[], name: keyof Small) => Float64Array.from(rows, (one) => one[name]);

function likelihoodOf(rows: readonly Small[], ties: "efron" | "breslow", times = 1): PartialLikelihood {
  const stratum = Int32Array.from(rows, (one) => one.stratum);
  const status = Uint8Array.from(rows, (one) => one.status);
  const at = eventTimesOf({ time: column(rows, "time"), status, start: column(rows, "start"), stratum, strata: 2 });
  const inOrder = (name: keyof Small) => Float64Array.from(at.rows, (i) => rows[i]![name]);
  const z = Float64Array.from([...at.rows].flatMap((i) => [rows[i]!.x * times, rows[i]!.z]));
  return new PartialLikelihood(at, { columns: 2, z, weights: inOrder("weight"), offset: inOrder("offset") }, ties);
}

describe.each(["efron", "breslow"] as const)("the partial likelihood, %s", (ties) => {
  test("is its definition, with strata, late entry, weights and offsets", () => {
    fc.assert(
      fc.property(samples, fc.double({ min: -2, max: 2, noNaN: true }), (rows, b) => {
        const { value } = likelihoodOf(rows, ties).evaluate(Float64Array.of(b, -0.3));
        const expected = byDefinition(rows, ties, ({ x, z, offset }) => b * x - 0.3 * z + offset);
        expect(Math.abs(value - expected)).toBeLessThan(1e-11 * (1 + Math.abs(expected)));
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  test("has its derivatives as score and information", () => {
    fc.assert(
      fc.property(samples, fc.double({ min: -2, max: 2, noNaN: true }), (rows, b) => {
        const likelihood = likelihoodOf(rows, ties);
        const at = (x: number, z: number) => likelihood.evaluate(Float64Array.of(x, z));
        const { score, products } = at(b, 0.4);
        const h = 1e-5;
        const [up, down, right, left] = [at(b + h, 0.4), at(b - h, 0.4), at(b, 0.4 + h), at(b, 0.4 - h)];
        const near = (is: number, value: number) => expect(Math.abs(is - value)).toBeLessThan(1e-6 * (1 + Math.abs(value)));
        near(score[0]!, (up.value - down.value) / (2 * h));
        near(score[1]!, (right.value - left.value) / (2 * h));
        near(products.gram[0]!, (down.score[0]! - up.score[0]!) / (2 * h));
        near(products.gram[2]!, (left.score[0]! - right.score[0]!) / (2 * h));
        near(products.gram[3]!, (left.score[1]! - right.score[1]!) / (2 * h));
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  test("predictors of thousands neither overflow nor cancel", () => {
    fc.assert(
      fc.property(samples, (rows) => {
        const { value, score } = likelihoodOf(rows, ties, 1000).evaluate(Float64Array.of(1, 0.2));
        const expected = byDefinition(rows, ties, ({ x, z, offset }) => 1000 * x + 0.2 * z + offset);
        expect(Math.abs(value - expected)).toBeLessThan(1e-11 * (1 + Math.abs(expected)));
        expect(score.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  test("martingale and score residuals add up to 0 at the maximum", async () => {
    await fc.assert(
      fc.asyncProperty(samples, async (rows) => {
        const r = await coxph({
          design: { names: ["x", "z"], columns: [column(rows, "x"), column(rows, "z")] },
          time: column(rows, "time"),
          status: column(rows, "status"),
          start: column(rows, "start"),
          strata: column(rows, "stratum"),
          weights: column(rows, "weight"),
          offset: column(rows, "offset"),
          ties,
        });
        expect(["interior", "nonexistent"]).toContain(r.status);
        if (r.status === "interior") {
          const sum = (values: Float64Array) => values.reduce((total, value, i) => total + rows[i]!.weight * value, 0);
          expect(Math.abs(sum(r.residuals("martingale")))).toBeLessThan(1e-9);
          for (const residuals of Object.values(r.residuals("score"))) expect(Math.abs(sum(residuals))).toBeLessThan(1e-7);
          return;
        }
        // Nowhere is it higher than its supremum, and far out it is as high.
        const likelihood = likelihoodOf(rows, ties);
        for (const [x, z] of [
          [0, 0],
          [3, 3],
          [3, -3],
          [-3, 3],
          [-3, -3],
        ] as const) {
          expect(likelihood.evaluate(Float64Array.of(x, z)).value).toBeLessThan(r.logLik + 1e-9);
        }
        const far = Float64Array.from(["x", "z"], (name) => {
          const estimate = r.estimates[name]!;
          return Math.abs(estimate) === Number.POSITIVE_INFINITY ? 60 * (r.direction![name] ?? 0) : Number.isNaN(estimate) ? 0 : estimate;
        });
        if (Object.keys(r.direction ?? {}).length === 1) expect(likelihood.evaluate(far).value).toBeGreaterThan(r.logLik - 1e-6);
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});

function sample(n: number, seed: number) {
  const random = new Random(seed);
  const draws = (draw: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => draw(i));
  const [x, z] = [draws(() => random.normal()), draws((i) => i % 2)];
  const time = draws((i) => Math.ceil(-20 * log(random.uniform()) * exp(-0.5 * x[i]! + 0.4 * z[i]!)));
  const status = draws(() => (random.uniform() < 0.7 ? 1 : 0));
  return { x, z, time, status, site: Array.from(time, (_, i) => ["north", "south", "west"][i % 3]!) };
}

describe("coxph", () => {
  const data = sample(400, 11);
  const formula = "Surv(time, status) ~ x + z + strata(site)";
  const expectSame = (a: Record<string, number>, b: Record<string, number>, relative = 1e-10) => {
    for (const [name, value] of Object.entries(a)) expect(Math.abs(b[name]! - value)).toBeLessThanOrEqual(relative * Math.abs(value));
  };

  test("by formula and by design, and by any coding of the status", async () => {
    const r = await coxph({ formula, data });
    const { x, z, time, status, site } = data;
    const design = { names: ["x", "z"], columns: [x, z] };
    expect(r.parameters).toEqual(["x", "z"]);
    for (const known of [status, status.map((s) => s + 1), Array.from(status, (s) => s === 1)]) {
      expect((await coxph({ design, time, status: known, strata: site })).toJSON()).toEqual(r.toJSON());
    }
    expect(r.certificate.decrement).toBeLessThan(1e-10);
  });

  test("rows cut in two are the same rows", async () => {
    const { x, z, time, status, site } = data;
    const cut = Array.from(time, (t) => Math.max(0.5, Math.floor(t / 2)));
    const twice = (column: ArrayLike<number>) => [...Array.from(column), ...Array.from(column)];
    const pieces = {
      start: [...cut.map(() => 0), ...cut],
      stop: [...cut, ...time],
      event: [...cut.map(() => 0), ...status],
      x: twice(x),
      z: twice(z),
      site: [...site, ...site],
    };
    for (const ties of ["efron", "breslow"] as const) {
      const whole = await coxph({ formula, data, ties });
      const parts = await coxph({ formula: "Surv(start, stop, event) ~ x + z + strata(site)", data: pieces, ties });
      expectSame(whole.estimates, parts.estimates);
      expectSame(whole.standardErrors, parts.standardErrors);
      expect(Math.abs(whole.logLik - parts.logLik)).toBeLessThan(1e-9);
      const { hazard } = whole.basehaz({ centered: false });
      const split = parts.basehaz({ centered: false });
      expect(Math.abs(split.hazard.at(-1)! / hazard.at(-1)! - 1)).toBeLessThan(1e-10);
    }
  });

  test("columns of any size and place", async () => {
    const { x, z, time, status, site } = data;
    const plain = await coxph({ formula, data });
    const design = { names: ["x", "z"], columns: [x.map((value) => value * 2 ** 400), z.map((value) => value * 2 ** -20 + 2 ** 20)] };
    const moved = await coxph({ design, time, status, strata: site });
    expect(Math.abs(moved.estimates.x! * 2 ** 400 - plain.estimates.x!)).toBeLessThan(1e-10);
    expect(Math.abs(moved.estimates.z! / 2 ** 20 - plain.estimates.z!)).toBeLessThan(1e-8);
    expect(Math.abs(moved.standardErrors.z! / 2 ** 20 - plain.standardErrors.z!)).toBeLessThan(1e-8);
    expect(Math.abs(moved.predict().at(7)! - plain.predict().at(7)!)).toBeLessThan(1e-8);
  });

  test("whole weights are repeated rows for Breslow, and rows of weight 0 absent", async () => {
    const weights = Array.from(data.time, (_, i) => i % 3);
    const repeat = <T>(column: ArrayLike<T>) => Array.from(column).flatMap((value, i) => new Array<T>(weights[i]!).fill(value));
    const { x, z, time, status, site } = data;
    const weighted = await coxph({ formula, data, weights, ties: "breslow" });
    const repeated = await coxph({
      formula,
      data: { x: repeat(x), z: repeat(z), time: repeat(time), status: repeat(status), site: repeat(site) },
      ties: "breslow",
    });
    expectSame(repeated.estimates, weighted.estimates);
    expectSame(repeated.standardErrors, weighted.standardErrors);
    expect(weighted.nobs).toBe(weights.filter((w) => w > 0).length);
    const residuals = weighted.residuals();
    expect(residuals.length).toBe(400);
    expect(Number.isNaN(residuals[0]!)).toBe(true);
    const cluster = Array.from(time, (_, i) => i % 40);
    expect(weighted.vcovOf({ cluster })[0]![0]!).toBeGreaterThan(0);
  });

  test("aliased columns, missing values, a constant", async () => {
    const { x, z } = data;
    const twice = x.map((value, i) => 2 * value - z[i]!);
    const r = await coxph({
      formula: "Surv(time, status) ~ x + z + twice + one + site + strata(site)",
      data: { ...data, twice, one: x.map(() => 1) },
    });
    expect(r.aliased).toEqual(["twice", "one", "sitesouth", "sitewest"]);
    expect(r.status).toBe("interior");
    expectSame((await coxph({ formula, data })).estimates, { x: r.estimates.x!, z: r.estimates.z! });
    const gaps = Array.from(x, (value, i) => (i % 50 === 0 ? null : value));
    const left = await coxph({ formula, data: { ...data, x: gaps } });
    expect([left.nobs, left.omitted]).toEqual([392, 8]);
    expect(left.predict({ ...data, x: gaps })[50]).toBeNaN();
  });

  test("no event before the last is told apart: limits", async () => {
    const { x, time, site } = data;
    const never = Float64Array.from(data.status, (s, i) => (i % 3 === 2 ? 0 : s));
    const given = { x, time, never, site };
    const r = await coxph({ formula: "Surv(time, never) ~ x + site", data: given });
    const rest = await coxph({
      formula: "Surv(time, never) ~ x + site",
      data: { ...given, never: Array.from(never, (s, i) => (i % 3 === 2 ? null : s)) },
    });
    expect(r.status).toBe("nonexistent");
    expect(r.estimates.sitewest).toBe(Number.NEGATIVE_INFINITY);
    expect(r.direction).toEqual({ sitewest: -1 });
    expect(r.reason).toMatch(
      /^Monotone partial likelihood: along -1 sitewest it increases for ever \(sitewest to -Infinity\); it has a supremum, -/,
    );
    expectSame(rest.estimates, { x: r.estimates.x!, sitesouth: r.estimates.sitesouth! }, 1e-8);
    expect(Math.abs(rest.logLik - r.logLik)).toBeLessThan(1e-8);
    expect(r.standardErrors.x).toBeNaN();
    expect(r.predict(undefined, { type: "survival", times: 30 }).every((s) => s >= 0 && s <= 1)).toBe(true);
    const none = await coxph({ formula: "Surv(time, none) ~ x", data: { x, time, none: time.map(() => 0) } });
    expect([none.status, none.logLik, none.nevent]).toEqual(["nonexistent", 0, 0]);
    expect(none.reason).toBe("There are no events: the partial likelihood is 1 whatever the coefficients are.");
  });

  test("the summary is R's", async () => {
    const lines = (await coxph({ formula, data })).summary().split("\n");
    expect(lines.slice(0, 2)).toEqual(["Call:", `coxph(${formula}): Cox's proportional hazards, ties by Efron`]);
    expect(lines[3]).toMatch(/^ {2}n= 400, number of events= \d+$/);
    expect(lines[5]).toMatch(/^ +coef +exp\(coef\) +se\(coef\) +z +Pr\(>\|z\|\)$/);
    expect(lines[9]).toMatch(/^ +exp\(coef\) +exp\(-coef\) +lower .95 +upper .95$/);
    expect(lines[13]).toMatch(/^Concordance= 0\.\d+ {2}\(se = 0\.\d+ \)$/);
    expect(lines[15]).toMatch(/^Wald test {12}= [\d.]+ {2}on 2 df, {3}p=/);
  });

  test("a horizon of survival, by stratum", async () => {
    const r = await coxph({ formula, data });
    const rows = { x: [0, 0, 1], z: [0, 0, 1], site: ["north", "west", "west"] };
    const early = r.predict(rows, { type: "survival", times: 0 });
    expect([...early]).toEqual([1, 1, 1]);
    const later = r.predict(rows, { type: "survival", times: [5, 10, 10] });
    expect(later[0]).toBeGreaterThan(later[1]!);
    const { site, ...rest } = data;
    const design = { names: ["x", "z"], columns: [rest.x, rest.z] };
    const byDesign = await coxph({ design, time: data.time, status: data.status, strata: site });
    const strata = ["north", "west", "west"];
    expect([...byDesign.predict({ x: rows.x, z: rows.z }, { type: "survival", times: [5, 10, 10], strata })]).toEqual([...later]);
    expect(() => byDesign.predict({ x: [1], z: [0] }, {})).toThrow("The fit has strata; newData needs them too, as options.strata.");
    expect(() => byDesign.predict({ x: [1], z: [0] }, { strata: ["east"] })).toThrow('strata[0] is "east", which is none of the fit\'s.');
  });

  const design = { names: ["x"], columns: [[1, 2, 3]] };
  const good = { design, time: [1, 2, 3], status: [1, 0, 1] };
  test.each<[string, object, string]>([
    ["ties", { ...good, ties: "exact" }, 'ties is "exact"; "efron" or "breslow" is needed.'],
    ["status", { ...good, status: [1, 0, 3] }, "status[2] is 3; 0 and 1, 1 and 2, or false and true are needed."],
    ["no status", { design, time: [1, 2, 3] }, "status is undefined; 0 or 1 for each row is needed."],
    ["time", { ...good, time: [1, Number.NaN, 3] }, "time[1] is NaN; finite values are needed."],
    ["length", { ...good, time: [1, 2] }, "time has 2 entries and the design has 3 rows; one per row is needed."],
    ["start", { ...good, start: [0, 2, 0] }, "start[1] is 2 and time[1] is 2; a start before the time is needed."],
    ["strata", { ...good, strata: [1, null, 2] }, "strata[1] is null; a string, a number or a boolean is needed."],
    ["weights", { ...good, weights: [1, -1, 2] }, "weights[1] is -1; weights must be finite and >= 0."],
    ["columns", { ...good, design: { names: ["x"], columns: [[1, Infinity, 2]] } }, 'column "x"[1] is Infinity; finite values are needed.'],
    ["no design", { time: [1], status: [1] }, "Neither formula and data nor design are given; one of them is needed."],
    [
      "response",
      { formula: "x ~ x1", data: { x: [1, 2], x1: [1, 2] } },
      'formula: "x ~ x1" has no times as its response; "Surv(time, status) ~ x" has.',
    ],
    [
      "left",
      { formula: "Surv(t, s, type = 'left') ~ x", data: { t: [1, 2], s: [0, 1], x: [1, 2] } },
      "exact or right-censored ones are needed.",
    ],
    [
      "interaction",
      { formula: "Surv(t, s) ~ x:strata(g)", data: { t: [1, 2], s: [0, 1], x: [1, 2], g: [1, 2] } },
      "strata are a term of their own (position 16)",
    ],
  ])("refuses %s", async (_, options, message) => {
    await expect(coxph(options)).rejects.toThrow(message);
  });

  test("others have no strata", async () => {
    await expect(lm({ formula: "x ~ z + strata(site)", data })).rejects.toThrow("has strata(), which this model does not");
  });
});

/** All choices of m of the rows from `at` on. */
function choices(n: number, m: number, at = 0): number[][] {
  if (m === 0) return [[]];
  if (n - at < m) return [];
  return [...choices(n, m - 1, at + 1).map((rest) => [at, ...rest]), ...choices(n, m, at + 1)];
}

describe("clogit", () => {
  const set = fc.array(
    fc.record({ x: fc.integer({ min: -4, max: 4 }), z: fc.double({ min: -1, max: 1, noNaN: true }), case: fc.boolean() }),
    { minLength: 1, maxLength: 9 },
  );

  test("is its definition, for any number of cases, and has its derivatives", () => {
    fc.assert(
      fc.property(fc.array(set, { minLength: 1, maxLength: 4 }), fc.double({ min: -3, max: 3, noNaN: true }), (sets, b) => {
        const rows = sets.flat();
        const begin = [0];
        for (const one of sets) begin.push(begin.at(-1)! + one.length);
        const z = Float64Array.from(rows.flatMap((one) => [one.x, one.z]));
        const likelihood = new ConditionalLogit(
          { begin: Int32Array.from(begin), chosen: Uint8Array.from(rows, (one) => Number(one.case)) },
          { columns: 2, z, weights: undefined, offset: undefined },
        );
        const at = (x: number, y: number) => likelihood.evaluate(Float64Array.of(x, y));
        let expected = 0;
        for (const one of sets) {
          const eta = one.map((row) => b * row.x + 0.7 * row.z);
          const m = one.filter((row) => row.case).length;
          const total = (of: readonly number[]) => of.reduce((sum, i) => sum + eta[i]!, 0);
          expected += total(one.flatMap((row, i) => (row.case ? [i] : []))) - logSum(choices(one.length, m).map(total));
        }
        const { value, score, products } = at(b, 0.7);
        expect(Math.abs(value - expected)).toBeLessThan(1e-11 * (1 + Math.abs(expected)));
        const h = 1e-5;
        const [up, down, right, left] = [at(b + h, 0.7), at(b - h, 0.7), at(b, 0.7 + h), at(b, 0.7 - h)];
        const near = (is: number, given: number) => expect(Math.abs(is - given)).toBeLessThan(1e-6 * (1 + Math.abs(given)));
        near(score[0]!, (up.value - down.value) / (2 * h));
        near(score[1]!, (right.value - left.value) / (2 * h));
        near(products.gram[0]!, (down.score[0]! - up.score[0]!) / (2 * h));
        near(products.gram[2]!, (left.score[0]! - right.score[0]!) / (2 * h));
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  const random = new Random(9);
  const n = 600;
  const x = Float64Array.from({ length: n }, () => random.normal());
  const group = Array.from({ length: n }, (_, i) => `set ${Math.floor(i / 5)}`);

  test("one case in each set: Cox's model of one time, and McFadden's choice", async () => {
    const chosen = Array.from({ length: n }, (_, i) => (i % 5 === Math.floor(i / 5) % 5 ? 1 : 0));
    const r = await clogit({ formula: "chosen ~ x + strata(group)", data: { chosen, x, group } });
    const cox = await coxph({ formula: "Surv(one, chosen) ~ x + strata(group)", data: { chosen, x, group, one: x.map(() => 1) } });
    expect(Math.abs(r.estimates.x! - cox.estimates.x!)).toBeLessThan(1e-12);
    expect(Math.abs(r.logLik - cox.logLik)).toBeLessThan(1e-10);
    expect(Math.abs(r.standardErrors.x! / cox.standardErrors.x! - 1)).toBeLessThan(1e-10);
    const truths = await clogit({ design: { names: ["x"], columns: [x] }, y: chosen.map((c) => c === 1), strata: group });
    expect(Math.abs(truths.estimates.x! - r.estimates.x!)).toBeLessThan(1e-14);
    const twice = await clogit({ formula: "chosen ~ x + strata(group)", data: { chosen, x, group }, weights: chosen.map(() => 2) });
    expect(Math.abs(twice.logLik - 2 * r.logLik)).toBeLessThan(1e-9);
  });

  test("cases and others change places", async () => {
    const y = Array.from({ length: n }, () => (random.uniform() < 0.4 ? 1 : 0));
    const given = { design: { names: ["x"], columns: [x] }, strata: group };
    const [there, back] = [await clogit({ ...given, y }), await clogit({ ...given, y: y.map((c) => 1 - c) })];
    expect(Math.abs(there.estimates.x! + back.estimates.x!)).toBeLessThan(1e-10);
    expect(Math.abs(there.logLik - back.logLik)).toBeLessThan(1e-9);
  });

  test("a set of thousands does not overflow", async () => {
    const y = Array.from({ length: 3000 }, (_, i) => (i % 3 === 0 ? 1 : 0));
    const wide = Float64Array.from({ length: 3000 }, (_, i) => random.normal() + (y[i] === 1 ? 0.2 : 0));
    const r = await clogit({ design: { names: ["x"], columns: [wide] }, y, strata: y.map(() => 1) });
    expect(r.status).toBe("interior");
    expect(Number.isFinite(r.logLik)).toBe(true);
  });

  test("limits and refusals", async () => {
    const y = Array.from({ length: n }, (_, i) => (i % 5 < 2 ? 1 : 0));
    const data = { y, x, group, mark: y.map((c, i) => (c === 1 && i % 2 === 0 ? 1 : 0)) };
    const r = await clogit({ formula: "y ~ x + mark + strata(group)", data });
    expect(r.status).toBe("nonexistent");
    expect(r.estimates.mark).toBe(Number.POSITIVE_INFINITY);
    expect(Number.isFinite(r.estimates.x!)).toBe(true);
    const none = await clogit({ formula: "y ~ x + strata(y)", data });
    expect(none.reason).toBe("No stratum has both cases and others: the conditional likelihood is 1 whatever the coefficients are.");
    await expect(clogit({ formula: "y ~ x", data })).rejects.toThrow("There are no strata");
    await expect(clogit({ formula: "x ~ y + strata(group)", data })).rejects.toThrow(
      /^y\[0\] is .*; 0 and 1, or false and true, are needed\.$/,
    );
    const weights = y.map((_, i) => (i === 3 ? 2 : 1));
    await expect(clogit({ formula: "y ~ x + strata(group)", data, weights })).rejects.toThrow(
      "weights[3] is 2 in stratum set 0, which has 1, too; one weight for each is needed.",
    );
    expect(() => r.vcovOf("HC0")).toThrow('covariance is "HC0"; clogit has "observed".');
  });
});
