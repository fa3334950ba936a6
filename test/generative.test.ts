import { distribution, fit, generative } from "loglik";
import { describe, expect, test } from "vitest";
import { births, design, fitted, formula, fresh, iris, models, names, rowsOf, sameRows } from "./classifying.ts";
import { near } from "./closeness.ts";

describe("discriminants", () => {
  test("differences of the linear functions are log odds", async () => {
    const r = await generative({ design, y: iris.Species, model: "lda" });
    const logs = r.logPosterior(fresh);
    const value = (name: string, row: number) =>
      r.discriminants[name]!["(Intercept)"]! + names.reduce((sum, own) => sum + r.discriminants[name]![own]! * fresh[own]![row]!, 0);
    for (let row = 0; row < 4; row++) {
      const odds = logs.versicolor![row]! - logs.setosa![row]!;
      near(value("versicolor", row) - value("setosa", row), odds, 1e-11 * (1 + Math.abs(odds)), `row ${row}`);
    }
  });

  test("canonical variates are white within the classes", async () => {
    const { scaling, covariance } = await generative({ design, y: iris.Species, model: "lda" });
    for (const a of [0, 1]) {
      for (const b of [0, 1]) {
        let sum = 0;
        for (let i = 0; i < 4; i++) for (let j = 0; j < 4; j++) sum += scaling[i]![a]! * covariance[i]![j]! * scaling[j]![b]!;
        near(sum, a === b ? 1 : 0, 1e-12, `${a} ${b}`);
      }
    }
  });

  test("qda's factors are those of multivariateNormal, errors and all", async () => {
    const r = await generative({ design, y: iris.Species, model: "qda" });
    const rows = names.map((name) => iris[name]!.slice(50, 100));
    const own = await fit("multivariateNormal", rows, { columns: names });
    const part = r.parameters.map((name, i) => [name, i] as const).filter(([name]) => name.startsWith("versicolor:"));
    expect(part.map(([name]) => name.slice("versicolor:".length))).toEqual(own.parameters);
    part.forEach(([name, i], a) => {
      const flat = own.parameters[a]! as "df";
      near(r.estimates[name]!, own.estimates[flat], 1e-14 * Math.abs(own.estimates[flat]), name);
      near(r.standardErrors[name]!, own.standardErrors[flat], 1e-14 * own.standardErrors[flat], name);
      part.forEach(([, j], b) => {
        near(r.vcov[i]![j]!, own.vcov[a]![b]!, 1e-14 * Math.abs(own.vcov[a]![b]!), `${name} ${j}`);
      });
    });
    expect(r.vcov.map((row, i) => Math.sqrt(row[i]!))).toHaveLength(r.parameters.length);
  });

  test("the maximum: no other covariance has a higher log-likelihood", async () => {
    const mle = await generative({ design, y: iris.Species, model: "lda" });
    const moment = await generative({ design, y: iris.Species, model: "lda", method: "moment" });
    expect(mle.logLik).toBeGreaterThan(moment.logLik);
    near(moment.covariance[0]![0]!, (mle.covariance[0]![0]! * 150) / 147, 1e-14, "unbiased");
    expect(moment.reason).toMatch(/not the maximum/);
  });

  test("collinear and shifted columns keep their digits", async () => {
    const shifted = { names, columns: design.columns.map((column, j) => column.map((x) => (x + 1e6 * (j + 1)) * 10 ** (60 * (j - 1)))) };
    for (const model of ["lda", "qda"] as const) {
      const plain = await fitted({ design, y: iris.Species, model });
      const moved = await fitted({ design: shifted, y: iris.Species, model });
      expect(moved.status).toBe("interior");
      sameRows(moved.posterior(), rowsOf(plain.posterior()), 1e-5);
    }
  });
});

describe("there is no maximum", () => {
  const y = ["a", "a", "a", "b", "b", "b", "b"];
  const spread = [1, 2, 4, 8, 9, 7, 5];
  const other = [3, 1, 2, 5, 5, 5, 5];

  test("qda: a class of too few rows, of one row, or with a constant column", async () => {
    const r = await generative({ design: { names: ["u", "v"], columns: [spread, other] }, y, model: "qda" });
    expect(r).toMatchObject({ status: "nonexistent", logLik: Number.POSITIVE_INFINITY });
    expect(r.reason).toMatch(/^class "b": Column "v" is constant/);
    expect(r.predict()).toEqual(y.map(() => null));
    const few = await generative({ design: { names: ["u", "v", "w"], columns: [spread, other, [1, 5, 2, 0, 3, 1, 9]] }, y, model: "qda" });
    expect(few.reason).toMatch(/class "a": 3 rows lie in a plane of fewer than 3 dimensions/);
    const one = await generative({ design: { names: ["u"], columns: [[1, 2, 4]] }, y: ["a", "a", "b"], model: "qda" });
    expect(one.reason).toMatch(/class "b": One row has no spread/);
  });

  test("lda: a column that is constant within every class, a combination of columns", async () => {
    const constant = [1, 1, 1, 5, 5, 5, 5];
    const r = await generative({ design: { names: ["u", "v"], columns: [spread, constant] }, y, model: "lda" });
    expect(r.status).toBe("nonexistent");
    expect(r.reason).toMatch(/Column "v" is constant within every class/);
    const sums = spread.map((x, i) => x + other[i]!);
    const collinear = await generative({ design: { names: ["u", "v", "s"], columns: [spread, other, sums] }, y, model: "lda" });
    expect(collinear.reason).toMatch(/Column "s" is a linear combination/);
    // Constant in one class only does no harm, nor does a class of one row.
    expect((await generative({ design: { names: ["u", "v"], columns: [spread, other] }, y, model: "lda" })).status).toBe("interior");
    const alone = await generative({ design: { names: ["u"], columns: [[1, 2, 4, 9]] }, y: ["a", "a", "a", "b"], model: "lda" });
    expect(alone.status).toBe("interior");
  });

  test("naive Bayes names class and column", async () => {
    const r = await generative({ design: { names: ["u", "v"], columns: [spread, other] }, y, model: "naiveBayes" });
    expect(r).toMatchObject({ status: "nonexistent", logLik: Number.POSITIVE_INFINITY });
    expect(r.reason).toMatch(/^class "b", column "v": All values are equal/);
    expect(r.fits.b!.u!.status).toBe("interior");
    expect(r.standardErrors["b:u:mean"]).toBeGreaterThan(0);
  });

  test("a Poisson mean of 0 is a boundary, and predicts", async () => {
    const r = await generative({
      design: { names: ["visits"], columns: [[0, 0, 0, 2, 1, 3, 0]] },
      y,
      model: "naiveBayes",
      families: { visits: "poisson" },
    });
    expect(r.status).toBe("boundary");
    expect(r.predict({ visits: [0, 1] })).toEqual(["a", "b"]);
    expect(r.posterior({ visits: [1] })).toEqual({ a: Float64Array.of(0), b: Float64Array.of(1) });
  });
});

test("at a limit, an infinite parameter, new values have the density of the family that is the limit", async () => {
  const y = [..."aaaaaabbbbbb"];
  const visits = [1, 2, 1, 2, 1, 2, 0, 9, 3, 1, 20, 2];
  const r = await generative({
    design: { names: ["visits"], columns: [visits] },
    y,
    model: "naiveBayes",
    families: { visits: "negativeBinomial" },
  });
  expect(r.status).toBe("boundary");
  expect(r.estimates["a:visits:size"]).toBe(Number.POSITIVE_INFINITY);
  const [a, b] = [distribution("poisson", { lambda: 1.5 }), distribution("negativeBinomial", r.fits.b!.visits!.estimates as never)];
  const logs = r.logPosterior({ visits: [2] });
  near(logs.a![0]! - logs.b![0]!, a.logPdf(2) - b.logPdf(2), 1e-12, "log odds");
});

describe("rows", () => {
  test("formula and design, numbers and typed arrays, a weight of 2 and a row twice", async () => {
    for (const model of models) {
      const r = await fitted({ formula, data: iris, model });
      const typed = { names, columns: names.map((name) => Float64Array.from(iris[name]!)) };
      expect((await fitted({ design: typed, y: iris.Species, model })).toJSON()).toEqual(r.toJSON());
      const twice = { names, columns: design.columns.map((column) => [...column, ...column.slice(0, 70)]) };
      const a = await fitted({ design: twice, y: [...iris.Species, ...iris.Species.slice(0, 70)], model });
      const b = await fitted({ design, y: iris.Species, weights: iris.Species.map((_, i) => (i < 70 ? 2 : 1)), model });
      near(a.logLik, b.logLik, 1e-12 * Math.abs(a.logLik), "logLik");
      expect(b.nobs).toBe(220);
      for (const name of a.parameters) near(b.standardErrors[name]!, a.standardErrors[name]!, 1e-11, name);
      expect(b.confusion().counts).toEqual(a.confusion().counts);
    }
  });

  test("rows of weight 0 are absent, their classes too", async () => {
    for (const model of models) {
      const weights = iris.Species.map((name) => (name === "setosa" ? 0 : 1));
      const r = await fitted({ formula, data: iris, model, weights });
      expect(r.classes).toEqual(["versicolor", "virginica"]);
      expect(r.predict()).toHaveLength(150);
      expect(
        r
          .confusion()
          .counts.flat()
          .reduce((sum, n) => sum + n),
      ).toBe(100);
    }
  });

  test("missing values: the formula's policy in fitting; in prediction naive Bayes leaves them out", async () => {
    const data = { ...iris, "Sepal.Width": iris["Sepal.Width"]!.map((x, i) => (i % 50 === 7 ? Number.NaN : x)) };
    for (const model of models) {
      const r = await fitted({ formula, data, model });
      expect(r.omitted).toBe(3);
      expect(r.nobs).toBe(147);
      const answers = r.predict();
      expect(answers).toHaveLength(150);
      expect(answers[7]).toBe(model === "naiveBayes" ? "setosa" : null);
      await expect(fitted({ formula, data, model, na: "fail" })).rejects.toThrow(/Sepal\.Width\[7\] is NaN/);
    }
    const bayes = await fitted({ formula, data: iris, model: "naiveBayes" });
    const without = await fitted({ formula: "Species ~ Sepal.Length + Petal.Length + Petal.Width", data: iris, model: "naiveBayes" });
    sameRows(
      bayes.posterior({ ...fresh, "Sepal.Width": [Number.NaN, Number.NaN, Number.NaN, Number.NaN] }),
      rowsOf(without.posterior(fresh)),
      1e-12,
    );
    // With nothing known, the prior is left.
    const nothing = Object.fromEntries(names.map((name) => [name, [Number.NaN]]));
    near(bayes.posterior(nothing).setosa![0]!, 1 / 3, 1e-15, "prior");
  });

  test("lda takes factors as R's model.matrix codes them", async () => {
    const data = { ...births.data, low: (births.data.low as number[]).map((x) => (x ? "yes" : "no")) };
    const r = await generative({ formula: "low ~ age + race", data, model: "lda" });
    expect(r.columns).toEqual(["age", "raceother", "racewhite"]);
    expect(r.predict({ age: [20], race: ["black"] })).toHaveLength(1);
  });

  test("columns of text are categorical, and numbers may be", async () => {
    const columns = [
      ["x", "y", "y", "x", "y", "y"],
      [true, false, true, true, true, false],
      [1, 1, 2, 2, 3, 3],
    ] as never;
    const y = ["a", "a", "a", "b", "b", "b"];
    const options = { model: "naiveBayes", families: { n: "categorical" } } as const;
    const r = await generative({ design: { names: ["t", "b", "n"], columns }, y, ...options });
    expect(r.estimates["a:t:prob[y]"]).toBeCloseTo(2 / 3, 15);
    expect(r.estimates["b:b:prob[TRUE]"]).toBeCloseTo(2 / 3, 15);
    expect(r.estimates["b:n:prob[1]"]).toBe(0);
    expect(r.reason).toMatch(/class "b", column "n": .*"1" does not/);
    expect(r.predict({ t: ["x"], b: [true], n: [1] })).toEqual(["a"]);
    expect(() => r.predict({ t: ["z"], b: [true], n: [1] })).toThrow(/t is "z" in row 0, which is none of the fit's levels "x", "y"/);
  });
});
