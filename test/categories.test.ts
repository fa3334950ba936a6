import { readFileSync } from "node:fs";
import { multinomial, ordinal } from "loglik";
import { expect, test } from "vitest";

// MASS::polr and nnet::multinom at their defaults (scripts/reference/categories.R), and the examples of docs/categories.md. R stops where
// its optimizer sees no more gain: polr 2e-6 standard errors from the maximum, multinom 8e-5.

interface Answers {
  readonly data: Readonly<Record<string, readonly string[]>> & { readonly Freq: readonly number[] };
  readonly estimates: Readonly<Record<string, number>>;
  readonly se: Readonly<Record<string, number>>;
  readonly deviance: number;
  readonly aic: number;
  readonly probs: readonly (readonly number[])[];
  readonly classes: readonly string[];
}

const { housing, eyes } = JSON.parse(readFileSync(new URL("data/categories.json", import.meta.url), "utf8")) as Record<string, Answers> & {
  readonly housing: Answers;
  readonly eyes: Answers;
};
const levels = {
  Sat: ["Low", "Medium", "High"],
  Infl: ["Low", "Medium", "High"],
  Type: ["Tower", "Apartment", "Atrium", "Terrace"],
  Cont: ["Low", "High"],
};

type Fitted = Awaited<ReturnType<typeof ordinal>> | Awaited<ReturnType<typeof multinomial>>;

function near(r: Fitted, { estimates, se, deviance, aic, probs, classes }: Answers, allowed: number, nameOf = (name: string) => name) {
  for (const [name, value] of Object.entries(estimates)) {
    const own = nameOf(name);
    expect(Math.abs(r.estimates[own]! - value)).toBeLessThan(allowed * r.standardErrors[own]!);
    expect(Math.abs(r.standardErrors[own]! / se[name]! - 1)).toBeLessThan(allowed);
  }
  expect(r.deviance).toBeLessThan(deviance);
  expect(deviance - r.deviance).toBeLessThan(1e-6);
  expect(Math.abs(r.aic - aic)).toBeLessThan(1e-6);
  probs.flat().forEach((p, i) => {
    expect(Math.abs(r.fitted.values[i]! - p)).toBeLessThan(allowed);
  });
  expect(r.predict()).toEqual(classes);
}

test("housing, as polr", async () => {
  const { Freq, ...data } = housing.data;
  const r = await ordinal({ formula: "Sat ~ Infl + Type + Cont", data, weights: Freq, levels });
  near(r, housing, 1e-5, (name) => ({ "Low|Medium": "zeta1", "Medium|High": "zeta2" })[name] ?? name);
  expect(r.nobs).toBe(1681);
  const text = r.summary();
  // summary(polr(Sat ~ Infl + Type + Cont, weights = Freq, data = housing, Hess = TRUE)).
  for (const line of ["ordinal(Sat ~ Infl + Type + Cont,", "Residual Deviance: 3479.149", "zeta1: -0.496"]) expect(text).toContain(line);
  expect(text).toMatch(/InflMedium +0\.56639 +0\.10465 +5\.412/);
  expect(r.residuals().length).toBe(72);
  // optim() of the 14-parameter log-likelihood written out in R, restarted until it moved no more.
  const parallel = await r.parallelTest();
  expect(parallel).toMatchObject({ df: 6, status: "interior" });
  expect(parallel.logLik).toBeCloseTo(-1735.2893500381, 9);
  expect(parallel.statistic).toBeCloseTo(8.570598983, 8);
  expect(parallel.pValue).toBeCloseTo(0.199206, 6);
  const p = r.predict({ Infl: ["High"], Type: ["Tower"], Cont: ["Low"] }, { type: "probs", se: true });
  expect([...p.values].map((x) => x.toFixed(7))).toEqual(["0.1436925", "0.2110836", "0.6452240"]);
  expect([...p.se!].map((x) => x.toFixed(4))).toEqual(["0.0177", "0.0162", "0.0315"]);
});

test("eye colours, as multinom, by weights and by counts", async () => {
  const { Freq, Eye, ...data } = eyes.data;
  const order = { Eye: ["Brown", "Blue", "Hazel", "Green"], Hair: ["Black", "Brown", "Red", "Blond"], Sex: ["Male", "Female"] };
  const r = await multinomial({ formula: "Eye ~ Hair + Sex", data: { ...data, Eye: Eye! }, weights: Freq, levels: order });
  near(r, eyes, 1e-4);
  const count = (level: string) => Freq.filter((_, row) => Eye![row] === level);
  const cells = (name: string) => data[name]!.filter((_, row) => Eye![row] === "Brown");
  const wide = Object.fromEntries(order.Eye.map((level) => [level, count(level)]));
  const bound = await multinomial({
    formula: "cbind(Brown, Blue, Hazel, Green) ~ Hair + Sex",
    data: { ...wide, Hair: cells("Hair"), Sex: cells("Sex") },
    levels: { Hair: order.Hair, Sex: order.Sex },
  });
  expect(bound.nobs).toBe(8);
  expect(Math.abs(bound.deviance / r.deviance - 1)).toBeLessThan(1e-13);
  for (const name of r.parameters) expect(Math.abs(bound.estimates[name]! - r.estimates[name]!)).toBeLessThan(1e-12);
  const p = bound.predict({ Hair: ["Blond"], Sex: ["Female"] }, { type: "probs" });
  expect([...p.values].map((x) => x.toFixed(4))).toEqual(["0.0626", "0.7346", "0.0810", "0.1219"]);
});
