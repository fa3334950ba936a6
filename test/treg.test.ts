import { lm, survreg, treg } from "loglik";
import { expect, test } from "vitest";
import { distribution } from "../src/estimators/distribution.ts";
import { Random } from "../src/math/random.ts";

// Student's t around a predictor. The references are in regression.reference.test.ts.

function sample(n: number, df: number, seed: number) {
  const random = new Random(seed);
  const x = Float64Array.from({ length: n }, () => random.normal());
  const errors = distribution("studentT", { location: 0, scale: 1, df }).random(n, { seed });
  return { x, y: x.map((value, i) => 2 + 3 * value + errors[i]!) };
}

test.each([1, 1e8, 1e-8])("responses times %d", async (unit) => {
  const { x, y } = sample(500, 3, 4);
  const plain = await treg({ formula: "y ~ x", data: { x, y } });
  const r = await treg({ formula: "y ~ x", data: { x, y: y.map((value) => unit * value) } });
  expect(r.status).toBe("interior");
  expect(r.logLik + 500 * Math.log(unit)).toBeCloseTo(plain.logLik, 7);
  expect(r.estimates.df).toBeCloseTo(plain.estimates.df!, 6);
  expect(r.estimates.x! / unit).toBeCloseTo(plain.estimates.x!, 7);
});

test("df held: as survreg's t, whose scale is sigma", async () => {
  const { x, y } = sample(200, 4, 9);
  const r = await treg({ formula: "y ~ x", data: { x, y }, df: 4 });
  const same = await survreg({ formula: "Surv(y) ~ x", data: { x, y }, distribution: "t", df: 4 });
  expect(r.parameters).toEqual(["(Intercept)", "x", "sigma"]);
  expect(r.logLik).toBeCloseTo(same.logLik, 9);
  expect(r.estimates.sigma).toBeCloseTo(same.estimates.scale!, 9);
  expect(r.standardErrors.sigma! / same.standardErrors.scale!).toBeCloseTo(1, 8);
});

test("tails no heavier than the normal's: the limit is least squares", async () => {
  const random = new Random(5);
  const x = Float64Array.from({ length: 150 }, () => random.normal());
  const y = x.map((value) => 1 + value + random.uniform());
  const r = await treg({ formula: "y ~ x", data: { x, y } });
  const plain = await lm({ formula: "y ~ x", data: { x, y } });
  expect([r.status, r.estimates.df]).toEqual(["boundary", Infinity]);
  expect(r.logLik).toBeCloseTo(plain.logLik, 9);
  expect(r.estimates.x).toBeCloseTo(plain.estimates.x!, 9);
  expect(r.estimates.sigma).toBeCloseTo(plain.estimates.sigma!, 9);
  expect(r.predict({ x: [0] })[0]).toBeCloseTo(plain.predict({ x: [0] })[0]!, 9);
  expect(r.residuals("quantile").every(Number.isFinite)).toBe(true);
});

test("outliers do not lead it astray", async () => {
  const { x, y } = sample(400, 5, 2);
  const spoilt = y.map((value, i) => (i < 40 ? value + 100 : value));
  const r = await treg({ formula: "y ~ x", data: { x, y: spoilt } });
  expect(r.status).toBe("interior");
  expect(Math.abs(r.estimates.x! - 3)).toBeLessThan(0.3);
  const { fit, se } = r.predict({ x: [0, 1] }, { se: true });
  expect(fit[1]! - fit[0]!).toBeCloseTo(r.estimates.x!, 12);
  expect(se[0]).toBeCloseTo(r.standardErrors["(Intercept)"]!, 12);
  expect(r.residuals("scaled")[7]).toBeCloseTo(r.residuals()[7]! / r.estimates.sigma!, 12);
});

test("many rows, weights, refusals", async () => {
  const { x, y } = sample(300_000, 6, 3);
  const r = await treg({ formula: "y ~ x", data: { x, y } });
  expect(r.status).toBe("interior");
  expect(Math.abs(r.estimates.df! - 6) / r.standardErrors.df!).toBeLessThan(4);
  const data = { x: x.slice(0, 50), y: y.slice(0, 50) };
  const weighted = await treg({ formula: "y ~ x", data, weights: data.x.map((_, i) => (i < 25 ? 0 : 2)), df: 3 });
  expect(weighted.nobs).toBe(25);
  await expect(treg({ formula: "y ~ x", data, df: 0 })).rejects.toThrow("df is 0; a number > 0 is needed.");
  await expect(treg({ formula: "Surv(y, x > 0) ~ x", data })).rejects.toThrow("is censored; exact rows are needed");
});
