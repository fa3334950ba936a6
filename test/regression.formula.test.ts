import { glm, lm, modelMatrix } from "loglik";
import { expect, test } from "vitest";
import { casesOf } from "./regressionAgreement.ts";

// Formulas lead to the same fits as the designs they stand for; what they stand for, test/design.test.ts holds.

const n = 60;
const data = {
  y: Array.from({ length: n }, (_, i) => (i === 7 ? Number.NaN : 3 + 0.1 * i + Math.floor((i * 7919) % 11))),
  x: Array.from({ length: n }, (_, i) => ((i * 37) % 17) / 4),
  g: Array.from({ length: n }, (_, i) => ["low", "mid", "high"][i % 3]!),
  win: Array.from({ length: n }, (_, i) => (i * 7919) % 5),
  lose: Array.from({ length: n }, (_, i) => 1 + ((i * 104729) % 4)),
  answer: Array.from({ length: n }, (_, i) => ((i * 7919) % 13 > 5 ? "yes" : "no")),
};
const levels = { g: ["low", "mid", "high"] };

test("lm: the design's fit, without the rows in which a value is missing; new rows with their standard errors", async () => {
  const { names, columns, kept } = modelMatrix("y ~ x * g", data, { levels });
  const direct = await lm({ design: { names, columns }, y: Array.from(kept, (i) => data.y[i]!) });
  const fit = await lm({ formula: "y ~ x * g", data, levels });
  expect([fit.omitted, fit.nobs]).toEqual([1, n - 1]);
  expect(fit.estimates).toEqual(direct.estimates);
  const fresh = { x: [1, Number.NaN, 2], g: ["high", "low", "mid"] };
  const found = fit.predict(fresh, { se: true });
  const same = direct.predict(
    {
      names,
      columns: names.map((name) =>
        modelMatrix("~ x * g", { x: [1, 2, 0], g: ["high", "mid", "low"] }, { levels }).columns[names.indexOf(name)]!.slice(0, 2),
      ),
    },
    { se: true },
  );
  expect(found.fit[1]).toBeNaN();
  expect([found.fit[0], found.fit[2], found.se[0], found.se[2]]).toEqual([...same.fit, ...same.se]);
  expect(() => fit.predict({ x: [1], g: ["new"] })).toThrow("new");
  expect((await fit.anova()).map(({ term, df }) => [term, df])).toEqual([
    ["x", 1],
    ["g", 2],
    ["x:g", 2],
  ]);
});

test("glm: cbind, a factor as the response, offset() and weights", async () => {
  const counts = await glm({ formula: "cbind(win, lose) ~ x", data, family: "binomial" });
  const trials = data.win.map((win, i) => win + data.lose[i]!);
  const { names, columns } = modelMatrix("~ x", data);
  const direct = await glm({ design: { names, columns }, y: data.win, trials, family: "binomial" });
  expect(counts.estimates).toEqual(direct.estimates);
  expect(counts.logLik).toBe(direct.logLik);
  const factor = await glm({ formula: "answer ~ x + g", data, levels, family: "binomial" });
  const binary = await glm({
    formula: "z ~ x + g",
    data: { ...data, z: data.answer.map((a) => (a === "yes" ? 1 : 0)) },
    levels,
    family: "binomial",
  });
  expect(factor.estimates).toEqual(binary.estimates);
  const rate = await glm({ formula: "win ~ g + offset(log(lose))", data, levels, family: "poisson", weights: data.lose });
  expect(rate.status).toBe("interior");
  expect(rate.predict({ g: ["low"], lose: [2] })[0]! / rate.predict({ g: ["low"], lose: [1] })[0]!).toBeCloseTo(2, 12);
});

test("refusals", async () => {
  await expect(lm({ formula: "answer ~ x", data })).rejects.toThrow("lm needs numbers");
  await expect(glm({ formula: "answer ~ x", data, family: "poisson" })).rejects.toThrow("poisson needs whole numbers");
  await expect(glm({ formula: "~ x", data, family: "poisson" })).rejects.toThrow("has no response");
  await expect(lm({ formula: "y ~ x | g", data })).rejects.toThrow("has 2 parts; one is needed");
});

test("mtcars by its formula: the reference's coefficients under R's names", async () => {
  const given = casesOf("lm").find(({ id }) => id === "lm-mtcars-wt-cyl")!;
  const cyl = given.columns[0]!.map((_, i) => 4 + 2 * given.columns[2]![i]! + 4 * given.columns[3]![i]!);
  const fit = await lm({ formula: "mpg ~ wt + factor(cyl)", data: { mpg: [...given.y], wt: [...given.columns[1]!], cyl } });
  for (const [name, value] of Object.entries(given.expected.estimates!)) expect(fit.estimates[name]! / value).toBeCloseTo(1, 10);
});
