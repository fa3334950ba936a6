import { distreg, type Fit, type FitOptions, fit } from "loglik";
import { describe, expect, test } from "vitest";
import { Random } from "../src/math/random.ts";
import { trials } from "./trials.ts";

// A regression whose parameters are constants is the fit of the sample: for every family whose likelihood is smooth, of exact, censored and
// truncated rows, with weights.

const smooth = trials.filter(
  ({ family, name }, i) =>
    !family.parameters.some(({ rough, domain }) => rough || domain === "whole") &&
    // One trial of each.
    trials.findIndex((other) => other.family === family) === i - 2 &&
    name !== "",
);

function same(found: Awaited<ReturnType<typeof distreg>>, plain: Fit, closeness: number): void {
  expect(found.status).toBe("interior");
  expect(Math.abs(found.logLik - plain.logLik)).toBeLessThan(1e-9 * (1 + Math.abs(plain.logLik)));
  for (const name of plain.parameters) {
    const error = plain.standardErrors[name]!;
    const [value] = found.predict(undefined, { type: "parameter", parameter: name });
    expect(Math.abs(value! - plain.estimates[name]!) / error).toBeLessThan(closeness);
    const own = found.standardErrors[`${name}:(Intercept)`]!;
    const lp = found.estimates[`${name}:(Intercept)`]!;
    // By the delta method.
    const slope = Math.abs(value! - lp) < 1e-12 * Math.abs(lp) ? 1 : slopeAt(name, value!, plain);
    expect(Math.abs((own * slope) / error - 1)).toBeLessThan(1e-6);
  }
}

function slopeAt(name: string, value: number, { distribution }: Fit): number {
  const { domain } = trials.find(({ family }) => family.name === distribution)!.family.parameters.find((one) => one.name === name)!;
  return { positive: value, aboveOne: value - 1, unit: value * (1 - value), real: 1, whole: 1 }[domain];
}

describe.each(smooth.map((trial) => [trial.name, trial] as const))("%s", (_, trial) => {
  const { family, at } = trial;
  const x = Float64Array.from(at.random(120, { seed: 5 }));
  const constants = Object.fromEntries((family.constants ?? []).map(({ name }, k) => [name, trial.theta[family.parameters.length + k]!]));
  const models = Object.fromEntries(family.parameters.map(({ name }) => [name, { names: ["(Intercept)"], columns: [x.map(() => 1)] }]));

  test("exact rows", async () => {
    const plain = await fit(family.name, x, constants as FitOptions);
    if (plain.status !== "interior") return;
    same(await distreg({ family: family.name, parameters: models, y: x, ...constants }), plain, 1e-6);
  });

  // On a circle rows are arcs.
  if (family.support.period === undefined)
    test("censored rows with weights", async () => {
      const random = new Random(8);
      const step = family.support.whole ? 1 : at.quantile(0.6) - at.quantile(0.4);
      const lower = x.map((value, i) => (i % 4 === 1 ? -Infinity : i % 4 === 2 ? value - step : value));
      const upper = x.map((value, i) => (i % 4 === 3 && value < at.quantile(1) ? Infinity : value));
      const weights = x.map(() => 1 + Math.floor(3 * random.uniform()));
      const plain = await fit(family.name, null, { censored: { lower, upper }, weights, ...constants } as FitOptions);
      if (plain.status !== "interior") return;
      same(await distreg({ family: family.name, parameters: models, lower, upper, weights, ...constants }), plain, 1e-6);
    });

  if (family.support.period === undefined)
    test("truncated rows", async () => {
      const [low, high] = [at.quantile(0.2) - (family.support.whole ? 1 : 0), at.quantile(0.9)];
      const seen = x.filter((value) => value > low && value <= high);
      const truncated = { lower: low, upper: high };
      const plain = await fit(family.name, seen, { truncated, ...constants } as FitOptions);
      if (plain.status !== "interior") return;
      const columns = [seen.map(() => 1)];
      const parameters = Object.fromEntries(family.parameters.map(({ name }) => [name, { names: ["(Intercept)"], columns }]));
      same(await distreg({ family: family.name, parameters, y: seen, truncated, ...constants }), plain, 1e-6);
    });
});
