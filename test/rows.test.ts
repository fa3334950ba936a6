import { allocate, distribution, fit, fitBest } from "loglik";
import { describe, expect, test } from "vitest";
import { near } from "./closeness.ts";

// Rows and labels: what is refused, with place, value and need; limits; and categorical, whose data are labels.

// biome-ignore lint/suspicious/noExplicitAny: wrong types are the subject.
const wrong = (value: unknown) => value as any;
const rows = [1, 2, 3, 5, 4, 1, 0, 2, 2, 7, 1, 3];
const simplex = [0.2, 0.8, 0.5, 0.5, 0.3, 0.7];
const normal = (data: unknown, options?: unknown) => fit("multivariateNormal", wrong(data), wrong(options));
const labels = (data: unknown, options?: unknown) => fit("categorical", wrong(data), wrong(options));

test.each<[string, () => unknown, RegExp]>([
  ["no columns", () => normal(rows), /^columns is missing; rows one after the other need \{ columns: d \}/],
  ["no rows", () => normal([], { columns: 2 }), /^rows is empty; at least one row is needed/],
  ["columns 0", () => normal(rows, { columns: 0 }), /^columns is 0; a whole number >= 1 or an array of names/],
  ["columns 1.5", () => normal(rows, { columns: 1.5 }), /^columns is 1\.5; a whole number/],
  ["no names", () => normal(rows, { columns: [] }), /^columns is empty/],
  ["a name that is none", () => normal(rows, { columns: ["a", 2] }), /^columns\[1\] is 2; a name is needed/],
  ["a name twice", () => normal(rows, { columns: ["a", "a"] }), /^columns is \["a","a"\]; a different name/],
  ["half a row", () => normal(rows.slice(1), { columns: 2 }), /^rows has 11 values, which is no multiple of 2 columns/],
  ["names of other columns", () => normal([rows, rows], { columns: ["a"] }), /^There are 2 columns and columns names 1/],
  ["columns of different lengths", () => normal([rows, [1, 2]]), /^column "2" has 2 rows and column "1" has 12/],
  ["empty columns", () => normal([[], []]), /^The columns are empty/],
  ["NaN in a row", () => normal(rows.with(7, Number.NaN), { columns: ["a", "b"] }), /^row 3, column "b" is NaN; finite values are needed/],
  [
    "Infinity in a column",
    () =>
      normal([
        [1, 2],
        [3, Infinity],
      ]),
    /^row 1, column "2" is Infinity; finite values/,
  ],
  ["text in a row", () => normal(rows.with(3, wrong("7")), { columns: 2 }), /^rows\[3\] is "7"; a number is needed/],
  [
    "text in a column",
    () =>
      normal([
        [1, 2],
        [3, "4"],
      ]),
    /^column "2"\[1\] is "4"; a number is needed/,
  ],
  ["no data", () => normal(undefined, { columns: 2 }), /^rows is undefined/],
  ["weights too short", () => normal(rows, { columns: 2, weights: [1] }), /^weights has 1 entries and there are 6 rows/],
  ["a negative weight", () => normal(rows, { columns: 2, weights: [1, 1, -1, 1, 1, 1] }), /^weights\[2\] is -1; weights must be/],
  ["all weights 0", () => normal(rows, { columns: 2, weights: [0, 0, 0, 0, 0, 0] }), /^All weights are 0/],
  ["weightType", () => normal(rows, { columns: 2, weightType: "freq" }), /^weightType is "freq"/],
  ["an unknown option", () => normal(rows, { column: 2 }), /^Unknown option "column"; did you mean "columns"/],
  ["options as null", () => normal(rows, null), /^options is null/],
  ["a fixed mean", () => normal(rows, { columns: 2, fixed: { mean: 0 } }), /^fixed\.mean: multivariateNormal cannot hold it; none/],
  [
    "a fixed location",
    () => fit("multivariateT", rows, { columns: 2, fixed: { scale: 1 } }),
    /^fixed\.scale: multivariateT .* only df can be/,
  ],
  ["df 0", () => fit("multivariateT", rows, { columns: 2, fixed: { df: 0 } }), /^fixed\.df is 0; a number > 0 is needed/],
  [
    "a zero",
    () => fit("dirichlet", [...simplex, 0, 1, 0, 1], { columns: ["p", "q"] }),
    /^row 3, column "p" is 0; values > 0 .*\(2 rows are refused\)/,
  ],
  [
    "a row that sums to more",
    () => fit("dirichlet", simplex.with(2, 0.6), { columns: 2 }),
    /^row 1 sums to 1\.1; a sum that differs from 1/,
  ],
  ["a simplex of one column", () => fit("dirichlet", [1, 1], { columns: 1 }), /^row 0 has one column; two at least/],
  ["no labels", () => labels([]), /^labels is empty/],
  ["labels that are none", () => labels("a,b"), /^labels is "a,b"; an array/],
  ["a fraction as label", () => labels([1, 2.5]), /^labels\[1\] is 2\.5; a string or a whole number/],
  ["null as label", () => labels(["a", null]), /^labels\[1\] is null/],
  ["an unknown level", () => labels(["a", "c"], { levels: ["a", "b"] }), /^labels\[1\] is "c", which is none of the levels "a", "b"/],
  ["a level twice", () => labels(["a"], { levels: ["a", "a"] }), /^levels\[1\] is "a", which is there before/],
  ["no levels", () => labels(["a"], { levels: [] }), /^levels is/],
  ["weights of labels too short", () => labels(["a", "b"], { weights: [1] }), /^weights has 1 entries and labels has 2/],
  ["a negative weight of a label", () => labels(["a", "b"], { weights: [1, -2] }), /^weights\[1\] is -2/],
  ["columns of labels", () => labels(["a"], { columns: 1 }), /^Unknown option "columns"/],
  [
    "rows in a ranking",
    () => fitBest(rows, { families: ["multivariateNormal"] }),
    /^multivariateNormal is a distribution of rows of finite values/,
  ],
])("%s is refused", async (_, call, message) => {
  await expect(async () => call()).rejects.toThrow(message);
});

test.each<[string, () => unknown, RegExp]>([
  [
    "no parameters",
    () => distribution("multivariateNormal", wrong(undefined)),
    /^parameters is undefined; multivariateNormal needs .* mean, covariance/,
  ],
  ["no mean", () => distribution("multivariateNormal", { covariance: [[1]] }), /^parameters\.mean is no array/],
  [
    "a covariance of another size",
    () => distribution("multivariateNormal", { mean: [0, 0], covariance: [[1]] }),
    /^parameters\.covariance is no 2 x 2/,
  ],
  [
    "an indefinite covariance",
    () =>
      distribution("multivariateNormal", {
        mean: [0, 0],
        covariance: [
          [1, 2],
          [2, 1],
        ],
      }),
    /not symmetric and positive definite/,
  ],
  [
    "a skew covariance",
    () =>
      distribution("multivariateNormal", {
        mean: [0, 0],
        covariance: [
          [1, 0.5],
          [0.4, 1],
        ],
      }),
    /not symmetric and positive definite/,
  ],
  ["no df", () => distribution("multivariateT", { location: [0], scale: [[1]] }), /^parameters\.df is undefined; a number > 0/],
  ["alpha 0", () => distribution("dirichlet", { alpha: [1, 0] }), /^parameters\.alpha is no array of numbers > 0/],
  ["probabilities that sum to 2", () => distribution("categorical", { prob: { a: 1, b: 1 } }), /^parameters\.prob sums to 2/],
  ["a negative probability", () => distribution("categorical", { prob: { a: -1, b: 2 } }), /^parameters\.prob\[a\] is -1/],
  [
    "cdf of rows",
    () => distribution("multivariateNormal", { mean: [0], covariance: [[1]] }).cdf([0]),
    /^multivariateNormal has no cdf: rows have no order/,
  ],
  ["quantile of rows", () => distribution("dirichlet", { alpha: [1, 2] }).quantile(0.5), /^dirichlet has no quantile/],
  ["cdf of labels", () => distribution("categorical", { prob: { a: 1 } }).cdf("a"), /^categorical has no cdf: labels have no order/],
  ["mean of labels", () => distribution("categorical", { prob: { a: 1 } }).mean(), /^categorical has no mean/],
  [
    "a row too short",
    () =>
      distribution("multivariateNormal", {
        mean: [0, 1],
        covariance: [
          [1, 0],
          [0, 1],
        ],
      }).logPdf([0]),
    /of length 1; 2 numbers/,
  ],
])("%s is refused", (_, call, message) => {
  expect(call).toThrow(message);
});

describe("categorical", () => {
  test("shares, sorted levels, covariance", async () => {
    const r = await fit("categorical", ["b", "a", "b", "c", "b", "a", "b", "b", "c", "b"]);
    expect(r.estimates).toEqual({ "prob[a]": 0.2, "prob[b]": 0.6, "prob[c]": 0.2 });
    expect(r.estimates.prob).toEqual([0.2, 0.6, 0.2]);
    near(r.vcov[0]![1]!, -0.012, 1e-15, "covariance");
    near(r.aic, 4 - 2 * r.logLik, 1e-12, "two free parameters");
    const [low, high] = r.confint()["prob[b]"]!;
    expect(low).toBeGreaterThan(0.29);
    expect(high).toBeLessThan(0.86);
  });

  test("numbers are sorted by size, and come from typed arrays too", async () => {
    expect((await fit("categorical", Int32Array.of(10, 9, -1, 9))).parameters).toEqual(["prob[-1]", "prob[9]", "prob[10]"]);
  });

  test("given levels keep their order; those that do not occur have probability 0 and no error", async () => {
    const r = await fit("categorical", ["b", "a", "b"], { levels: ["c", "b", "a"] });
    expect(r.parameters).toEqual(["prob[c]", "prob[b]", "prob[a]"]);
    expect([r.status, r.estimates["prob[c]"], r.standardErrors["prob[c]"]]).toEqual(["interior", 0, 0]);
    expect(r.reason).toMatch(/"c" does not, and has probability 0/);
    expect(r.confint()["prob[c]"]).toEqual([0, 0]);
  });

  test("one level only", async () => {
    const r = await fit("categorical", ["a", "a"]);
    expect([r.status, r.estimates["prob[a]"], r.standardErrors["prob[a]"], r.logLik]).toEqual(["interior", 1, 0, 0]);
  });

  test("weights: frequencies repeat labels, importance weights have robust errors", async () => {
    const [a, b] = [await fit("categorical", ["x", "y"], { weights: [3, 7] }), await fit("categorical", [..."xxxyyyyyyy"])];
    expect(a.toJSON()).toEqual(b.toJSON());
    const r = await fit("categorical", ["x", "y", "x"], { weights: [1, 2, 0.5], weightType: "importance" });
    const p = 1.5 / 3.5;
    near(r.standardErrors["prob[x]"]!, Math.sqrt(1.25 * (1 - p) ** 2 + 4 * p * p) / 3.5, 1e-15, "robust error");
    expect(r.nobs).toBe(3);
  });

  test("a fit's estimates are a distribution", async () => {
    const r = await fit("categorical", ["b", "a", "b", "b"]);
    const at = distribution("categorical", r.estimates);
    expect([at.pdf("a"), at.pdf("b"), at.pdf("c"), at.logPdf("c")]).toEqual([0.25, 0.75, 0, Number.NEGATIVE_INFINITY]);
    const again = await fit("categorical", at.random(20_000, { seed: 2 }));
    near(again.estimates["prob[a]"]!, 0.25, 4 * again.standardErrors["prob[a]"]!, "prob[a]");
  });
});

describe("limits", () => {
  test("light tails: the multivariate t ends at the normal", async () => {
    const uniform = distribution("uniform", { min: 0, max: 1 }).random(900, { seed: 3 });
    const [t, limit] = [await fit("multivariateT", uniform, { columns: 3 }), await fit("multivariateNormal", uniform, { columns: 3 })];
    expect([t.status, t.estimates.df]).toEqual(["boundary", Number.POSITIVE_INFINITY]);
    near(t.logLik, limit.logLik, 1e-11 * 300, "logLik");
    expect(t.estimates.scale).toEqual(limit.estimates.covariance);
  });

  test("a point that holds more than df / (df + d) of the rows", async () => {
    const x = Float64Array.from({ length: 40 }, (_, i) => (i < 24 ? 1 : Math.cos(i * i)));
    const r = await fit("multivariateT", x, { columns: 2, fixed: { df: 1 } });
    expect(r.status).toBe("nonexistent");
    expect((await fit("multivariateT", x, { columns: 2, fixed: { df: 5 } })).status).toBe("interior");
  });

  test("a multivariate t in one dimension is Student's", async () => {
    const x = distribution("studentT", { location: 3, scale: 2, df: 3 }).random(500, { seed: 8 });
    const [a, b] = [await fit("multivariateT", x, { columns: 1 }), await fit("studentT", x)];
    near(a.logLik, b.logLik, 1e-11 * 500, "logLik");
    near(a.estimates.df, b.estimates.df!, 1e-9, "df");
    near(a.standardErrors.df, b.standardErrors.df!, 1e-7, "error of df");
    near(Math.sqrt(a.estimates["scale[1,1]"]!), b.estimates.scale!, 1e-10, "scale");
  });

  test("equal rows: no Dirichlet", async () => {
    expect((await fit("dirichlet", [0.25, 0.75, 0.25, 0.75], { columns: 2 })).status).toBe("nonexistent");
  });

  test("a Dirichlet of two columns is a beta: symmetric rows have symmetric estimates", async () => {
    const r = await fit("dirichlet", [0.1, 0.9, 0.9, 0.1, 0.4, 0.6, 0.6, 0.4], { columns: 2 });
    near(r.estimates["alpha[1]"]!, r.estimates["alpha[2]"]!, 1e-12, "alpha");
  });

  test("columns in the engine's memory", async () => {
    const [a, b] = [allocate(5), allocate(5)];
    a.set([1, 2, 3, 4, 6]);
    b.set([2, 1, 5, 4, 3]);
    const [own, copied] = [await fit("multivariateNormal", [a, b]), await fit("multivariateNormal", [[...a], [...b]])];
    expect(own.toJSON()).toEqual(copied.toJSON());
  });
});
