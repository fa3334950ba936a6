import { type DistregOptions, distreg, fit, type GlmOptions, glm, lm, survreg } from "loglik";
import { describe, expect, test } from "vitest";
import { Random } from "../src/math/random.ts";

// Models that other functions fit, too; links, offsets and fixed parameters; what new rows are told; what is refused.

const random = new Random(21);
const n = 300;
const x = Float64Array.from({ length: n }, () => random.normal());
const z = Float64Array.from({ length: n }, () => random.uniform());
const g = Array.from(x, (_, i) => ["a", "b", "c"][i % 3]!);
const mean = x.map((value, i) => Math.exp(0.5 + 0.4 * value + (g[i] === "b" ? 0.3 : 0)));
const columns = {
  x,
  z,
  g,
  count: mean.map((mu) => random.poisson(mu * random.gamma(2) * 0.5)),
  positive: mean.map((mu) => (mu * random.gamma(3)) / 3),
  real: x.map((value, i) => 2 - value + Math.exp(-0.5 + z[i]!) * random.normal()),
  share: x.map((value) => 1 / (1 + Math.exp(-0.3 * value - random.normal()))),
  binary: x.map((value) => (random.uniform() < 1 / (1 + Math.exp(-value)) ? 1 : 0)),
};

interface Same {
  readonly parameters: readonly string[];
  readonly estimates: Readonly<Record<string, number>>;
  readonly standardErrors: Readonly<Record<string, number>>;
  readonly logLik: number;
}

async function agree(options: DistregOptions, prefix: string, other: Same, names = other.parameters): Promise<void> {
  const r = await distreg({ data: columns, ...options });
  expect(r.status).toBe("interior");
  expect(Math.abs(r.logLik / other.logLik - 1)).toBeLessThan(1e-8);
  for (const name of names) {
    expect(Math.abs(r.estimates[prefix + name]! - other.estimates[name]!) / other.standardErrors[name]!).toBeLessThan(1e-6);
    expect(r.standardErrors[prefix + name]! / other.standardErrors[name]!).toBeCloseTo(1, 6);
  }
}

const right = "~ x + g";
const model = (response: string, more: object) => glm({ formula: `${response} ${right}`, data: columns, ...more } as unknown as GlmOptions);
const coefficients = ["(Intercept)", "x", "gb", "gc"];

describe("as glm, lm and survreg", () => {
  test("poisson", async () =>
    agree({ poisson: { lambda: right }, response: "count" }, "lambda:", await model("count", { family: "poisson" })));
  test("negative binomial", async () =>
    agree(
      { negativeBinomial: { mu: right }, response: "count" },
      "mu:",
      await model("count", { family: "negativeBinomial" }),
      coefficients,
    ));
  test("gamma by its mean", async () =>
    agree(
      { gamma: { mean: right }, response: "positive" },
      "mean:",
      await model("positive", { family: "gamma", link: "log" }),
      coefficients,
    ));
  test("inverse Gaussian", async () =>
    agree(
      { inverseGaussian: { mu: right }, response: "positive" },
      "mu:",
      await model("positive", { family: "inverseGaussian", link: "log" }),
      coefficients,
    ));
  test("bernoulli", async () =>
    agree({ bernoulli: { prob: right }, response: "binary" }, "prob:", await model("binary", { family: "binomial" })));
  test("bernoulli, probit", async () =>
    agree(
      { bernoulli: { prob: right }, links: { prob: "probit" }, response: "binary" },
      "prob:",
      await model("binary", { family: "binomial", link: "probit" }),
    ));
  test("normal", async () =>
    agree({ normal: { mean: right }, response: "real" }, "mean:", await lm({ formula: `real ${right}`, data: columns }), coefficients));
  test("weibull, the scale's logarithm", async () =>
    agree(
      { weibull: { scale: right }, response: "Surv(positive, binary)" },
      "scale:",
      await survreg({ formula: `Surv(positive, binary) ${right}`, data: columns }),
      coefficients,
    ));
});

test("gamma by shape and rate is the same family", async () => {
  const data = columns;
  const byMean = await distreg({ gamma: { mean: "~ 1", dispersion: "~ x" }, response: "positive", data });
  const byShape = await distreg({ gamma: { shape: "~ x", rate: "~ x" }, response: "positive", data });
  expect(byShape.logLik).toBeGreaterThan(byMean.logLik - 1e-9);
});

test("other links: an identity for a scale, a log for a mean", async () => {
  const plain = await distreg({ normal: { mean: "~ 1", sd: "~ g" }, response: "real", data: columns });
  const linear = await distreg({ normal: { mean: "~ 1", sd: "~ g" }, links: { sd: "identity" }, response: "real", data: columns });
  expect(linear.logLik).toBeCloseTo(plain.logLik, 9);
  expect(linear.estimates["sd:(Intercept)"]! + linear.estimates["sd:gb"]!).toBeCloseTo(
    Math.exp(plain.estimates["sd:(Intercept)"]! + plain.estimates["sd:gb"]!),
    8,
  );
  const positive = await distreg({ normal: { mean: "~ g" }, links: { mean: "log" }, response: "positive", data: columns });
  const same = await distreg({ normal: { mean: "~ g" }, response: "positive", data: columns });
  expect(positive.logLik).toBeCloseTo(same.logLik, 9);
  positive.fitted.forEach((value, i) => {
    expect(value).toBeCloseTo(same.fitted[i]!, 8);
  });
});

test("numbers hold parameters, as fixed does", async () => {
  const r = await distreg({ studentT: { location: "~ 1", df: 4 }, response: "real", data: columns });
  const plain = await fit("studentT", columns.real, { fixed: { df: 4 } });
  expect(r.parameters).toEqual(["location:(Intercept)", "scale:(Intercept)"]);
  expect(r.logLik).toBeCloseTo(plain.logLik, 9);
  expect(r.estimates["location:(Intercept)"]).toBeCloseTo(plain.estimates.location!, 8);
});

test("offsets: of a formula in any parameter, of the option in the first", async () => {
  const shifted = { ...columns, moved: columns.real.map((value, i) => value + 10 * z[i]!) };
  const plain = await distreg({ normal: { mean: "~ x", sd: "~ z" }, response: "real", data: columns });
  const inFormula = await distreg({ normal: { mean: "~ x + offset(10 * z)", sd: "~ z" }, response: "moved", data: shifted });
  const asOption = await distreg({
    normal: { mean: "~ x", sd: "~ z" },
    response: "moved",
    data: shifted,
    offset: z.map((value) => 10 * value),
  });
  const inSd = await distreg({ normal: { mean: "~ x", sd: "~ z + offset(2 * z)" }, response: "real", data: columns });
  for (const r of [inFormula, asOption]) {
    expect(r.logLik).toBeCloseTo(plain.logLik, 9);
    expect(r.estimates["mean:x"]).toBeCloseTo(plain.estimates["mean:x"]!, 8);
  }
  expect(inSd.estimates["sd:z"]! + 2).toBeCloseTo(plain.estimates["sd:z"]!, 8);
});

test("without an intercept, and with columns of any scale", async () => {
  const plain = await distreg({ gumbel: { location: "~ x", scale: "~ z" }, response: "real", data: columns });
  const columns8 = {
    ...columns,
    x: x.map((value) => 1e8 * value),
    z: z.map((value) => 1e-8 * value),
    real: columns.real.map((value) => 1e8 * value),
  };
  const scaled = await distreg({ gumbel: { location: "~ x", scale: "~ z" }, response: "real", data: columns8 });
  expect(scaled.logLik + n * Math.log(1e8)).toBeCloseTo(plain.logLik, 7);
  expect(scaled.estimates["location:x"]).toBeCloseTo(plain.estimates["location:x"]!, 8);
  const levels = await distreg({ gumbel: { location: "~ 0 + g" }, response: "real", data: columns });
  const coded = await distreg({ gumbel: { location: "~ g" }, response: "real", data: columns });
  expect(levels.logLik).toBeCloseTo(coded.logLik, 9);
});

test("an extreme value distribution whose location moves", async () => {
  const quantile = (p: number, location: number) => location + (2 / 0.1) * ((-Math.log(p)) ** -0.1 - 1);
  const y = x.map((value) => quantile(random.uniform(), 10 + 3 * value));
  const r = await distreg({ generalizedExtremeValue: { location: "~ x" }, response: "y", data: { x, y } });
  expect(r.status).toBe("interior");
  expect(Math.abs(r.estimates["location:x"]! - 3) / r.standardErrors["location:x"]!).toBeLessThan(4);
  const plain = await distreg({ generalizedExtremeValue: { location: "~ 1" }, response: "y", data: { y } });
  expect(r.logLik - plain.logLik).toBeGreaterThan(50);
});

test("what new rows are told", async () => {
  const r = await distreg({ weibull: { scale: "~ x", shape: "~ g" }, response: "positive", data: columns });
  const rows = { x: [0, 1], g: ["a", "c"] };
  const [shape, scale] = ["shape", "scale"].map((parameter) => r.predict(rows, { type: "parameter", parameter }));
  const lp = r.predict(rows, { type: "lp", parameter: "shape" });
  const { fit: same, se } = r.predict(rows, { type: "parameter", parameter: "shape", se: true });
  expect([...same]).toEqual([...shape!]);
  expect(se[0]! / shape![0]!).toBeCloseTo(r.standardErrors["shape:(Intercept)"]!, 10);
  const median = r.predict(rows, { type: "quantile" });
  for (const i of [0, 1]) {
    expect(Math.log(shape![i]!)).toBeCloseTo(lp[i]!, 12);
    expect(median[i]).toBeCloseTo(scale![i]! * Math.log(2) ** (1 / shape![i]!), 12);
  }
  expect(r.predict(rows, { type: "survival", at: median })[1]).toBeCloseTo(0.5, 12);
  const quantiles = r.residuals();
  expect(Math.abs(quantiles.reduce((sum, value) => sum + value, 0) / n)).toBeLessThan(0.15);
  expect(r.summary()).toContain("distreg(positive ~ x | g, family = weibull, link = log/log)");
});

test("a binomial whose sizes come one per row", async () => {
  const size = x.map((_, i) => 1 + (i % 7));
  const y = x.map(
    (value, i) => Array.from({ length: size[i]! }, () => random.uniform()).filter((u) => u < 1 / (1 + Math.exp(-value))).length,
  );
  const r = await distreg({ binomial: { prob: "~ x" }, size, response: "y", data: { x, y } });
  const same = await glm({ formula: "cbind(y, n - y) ~ x", data: { x, y, n: size }, family: "binomial" });
  expect(r.logLik).toBeCloseTo(same.logLik, 9);
  expect(r.estimates["prob:x"]).toBeCloseTo(same.estimates.x!, 9);
});

test.each([
  [{ normal: { mu: "~ x" } }, 'normal has no parameter "mu"'],
  [{ normal: { mean: "x" } }, 'mean: "x" does not begin with "~".'],
  [{ normal: { mean: "~ x", sd: -1 } }, "sd is -1; a number > 0 is needed."],
  [{ normal: { mean: 0, sd: 1 } }, "All parameters of normal are numbers; one is needed that is estimated."],
  [{ laplace: { location: "~ x" } }, "laplace: the likelihood is not smooth in location; a number is needed for it."],
  [{ normal: { mean: "~ x" }, links: { sd: "logit" } }, 'links.sd is "logit"; one of identity, log'],
  [{ normal: { mean: "~ x" }, links: { scale: "log" } }, "links.scale: normal has predictors of mean, sd."],
  [{ gamma: { mean: "~ x" } }, "gamma needs values > 0."],
  [{ normale: { mean: "~ x" } }, 'Unknown distribution "normale"; did you mean "normal"?'],
  [{}, "No family is given"],
])("%j: %s", async (wrong, message) => {
  const data = { x, real: columns.real };
  await expect(distreg({ response: "real", data, ...wrong } as DistregOptions)).rejects.toThrow(message);
});

test("a limit of the family: counts that vary no more than a Poisson's", async () => {
  const count = x.map((value) => Math.round(Math.exp(1 + 0.3 * value)));
  const r = await distreg({ negativeBinomial: { mu: "~ x" }, response: "count", data: { x, count } });
  const poisson = await distreg({ poisson: { lambda: "~ x" }, response: "count", data: { x, count } });
  expect([r.status, r.estimates["size:(Intercept)"]]).toEqual(["boundary", Infinity]);
  expect(r.reason).toContain("that of poisson");
  expect(r.logLik).toBeCloseTo(poisson.logLik, 5);
  expect(r.estimates["mu:x"]).toBeCloseTo(poisson.estimates["lambda:x"]!, 5);
});
