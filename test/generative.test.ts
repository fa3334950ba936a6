import { readFileSync } from "node:fs";
import fc from "fast-check";
import { type DiscriminantOptions, fit, type GenerativeFit, generative, type NaiveBayesOptions } from "loglik";
import { describe, expect, test } from "vitest";
import { Random } from "../src/math/random.ts";
import { near } from "./closeness.ts";

type Columns = Record<string, number[]>;
interface Exact {
  readonly logLik: number;
  readonly logPosterior: readonly (readonly number[])[];
}
interface Reference {
  readonly iris: Record<string, number[]> & { readonly Species: string[] };
  readonly fresh: Columns;
  readonly far: Columns;
  readonly exact: Record<Model, Exact>;
  readonly discriminants: readonly {
    readonly model: "lda" | "qda";
    readonly method: "moment" | "mle";
    readonly prior: readonly number[];
    readonly given: boolean;
    readonly posterior: readonly (readonly number[])[];
    readonly confusion: readonly (readonly number[])[];
    readonly scaling?: readonly (readonly number[])[];
    readonly svd?: readonly number[];
    readonly means?: readonly (readonly number[])[];
  }[];
  readonly titanic: {
    readonly data: Record<string, string[]> & { readonly Freq: number[] };
    readonly cells: Record<string, string[]>;
    readonly posterior: readonly (readonly number[])[];
    readonly withoutSex: readonly (readonly number[])[];
  };
  readonly births: Exact & { readonly data: Record<string, number[] | string[]>; readonly estimates: Record<string, number> };
}

const models = ["naiveBayes", "lda", "qda"] as const;
type Model = (typeof models)[number];
const { iris, fresh, far, exact, discriminants, titanic, births }: Reference = JSON.parse(
  readFileSync(new URL("data/generative.json", import.meta.url), "utf8"),
);
const formula = "Species ~ Sepal.Length + Sepal.Width + Petal.Length + Petal.Width";
const names = ["Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width"];
const classes = ["setosa", "versicolor", "virginica"];
const design = { names, columns: names.map((name) => iris[name]!) };

/** Any of the models, by one call. */
function fitted(options: Readonly<Record<string, unknown>> & { readonly model: Model }): Promise<GenerativeFit> {
  return generative(options as unknown as NaiveBayesOptions);
}

function sameRows(found: Record<string, Float64Array>, wanted: readonly (readonly number[])[], relative: number): void {
  wanted.forEach((row, i) => {
    row.forEach((value, k) => {
      near(Object.values(found)[k]![i]!, value, relative * Math.abs(value), `row ${i}, class ${k}`);
    });
  });
}

describe("against 60-digit arithmetic", () => {
  test.each(models)("%s of iris: log-likelihood and log posteriors, far out and next to 0", async (model) => {
    const r = await fitted({ formula, data: iris, model });
    const asked = Object.fromEntries(names.map((name) => [name, [...fresh[name]!, ...far[name]!]]));
    expect(r.status, r.reason).toBe("interior");
    near(r.logLik, exact[model].logLik, 1e-13 * Math.abs(r.logLik), "logLik");
    sameRows(r.logPosterior(asked), exact[model].logPosterior, 1e-11);
  });

  test("naive Bayes with a normal, a gamma, a Poisson and labels", async () => {
    const families = { lwt: "gamma", ftv: "poisson" } as const;
    const r = await generative({ formula: "low ~ age + lwt + race + ftv", data: births.data, model: "naiveBayes", families });
    near(r.logLik, births.logLik, 1e-12 * Math.abs(r.logLik), "logLik");
    expect(Object.keys(births.estimates).every((name) => r.parameters.includes(name))).toBe(true);
    for (const [name, value] of Object.entries(births.estimates)) near(r.estimates[name]!, value, 1e-10 * value, name);
    const first = Object.fromEntries(Object.entries(births.data).map(([name, column]) => [name, column.slice(0, 20)]));
    sameRows(r.logPosterior(first), births.logPosterior, 1e-10);
    // The factors are fits of the catalogue.
    const own = await fit(
      "gamma",
      (births.data.lwt as number[]).filter((_, i) => births.data.low![i] === 1),
    );
    expect(r.fits["1"]!.lwt!.estimates).toEqual(own.estimates);
    expect(r.standardErrors["1:lwt:shape"]).toBe(own.standardErrors.shape);
    expect(r.confint()["1:lwt:shape"]).toEqual(own.confint().shape);
    expect(r.aic).toBe(2 * (1 + 2 * (2 + 2 + 2 + 1)) - 2 * r.logLik);
  });
});

describe("against R", () => {
  test.each(discriminants)("MASS's $model, method $method, prior given: $given", async (wanted) => {
    const { model, method, prior, given } = wanted;
    const options = {
      formula,
      data: iris,
      model,
      method,
      ...(given && { prior: Object.fromEntries(classes.map((c, k) => [c, prior[k]!])) }),
    };
    const r = await generative(options as DiscriminantOptions<"lda">);
    sameRows(r.posterior(fresh), wanted.posterior, 1e-9);
    expect(r.confusion().counts).toEqual(wanted.confusion);
    if (model === "qda") return;
    wanted.svd!.forEach((value, i) => {
      near(r.singularValues[i]!, value, 1e-11 * value, `svd ${i}`);
      const sign = Math.sign(wanted.scaling![3]![i]! * r.scaling[3]![i]!);
      for (const [j, row] of wanted.scaling!.entries()) near(sign * r.scaling[j]![i]!, row[i]!, 1e-10, `scaling ${j} ${i}`);
    });
    wanted.means!.forEach((row, k) => {
      row.forEach((value, j) => {
        near(r.means[classes[k]!]![j]!, value, 1e-14 * value, "means");
      });
    });
  });

  test("e1071's naiveBayes of labels with weights, and with one missing", async () => {
    const { Freq, ...data } = titanic.data;
    const r = await generative({ formula: "Survived ~ Class + Sex + Age", data, weights: Freq, model: "naiveBayes" });
    expect(r.nobs).toBe(2201);
    sameRows(r.posterior(titanic.cells), titanic.posterior, 1e-12);
    sameRows(r.posterior({ ...titanic.cells, Sex: titanic.cells.Sex!.map(() => null) }), titanic.withoutSex, 1e-12);
  });
});

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

describe("refusals", () => {
  const bad: [string, object, RegExp][] = [
    ["model", { model: "ldaa" }, /model is "ldaa"; did you mean "lda"/],
    ["option", { model: "lda", familys: {} }, /Unknown option "familys"/],
    ["method", { model: "lda", method: "t" }, /method is "t"; "mle" or "moment"/],
    ["prior", { model: "lda", prior: { setosa: 1 } }, /prior.versicolor is undefined; a probability above 0/],
    ["prior's sum", { model: "lda", prior: { setosa: 0.5, versicolor: 0.5, virginica: 0.5 } }, /prior sums to 1.5/],
    ["prior's class", { model: "lda", prior: { rose: 1 } }, /prior.rose: the rows have no such class/],
    ["weights", { model: "qda", weights: iris.Species.map((_, i) => (i === 3 ? -1 : 1)) }, /weights\[3\] is -1/],
    ["family's column", { model: "naiveBayes", families: { Sepal: "gamma" } }, /families.Sepal: there is no such column/],
    ["family", { model: "naiveBayes", families: { "Sepal.Width": "gama" } }, /did you mean "gamma"/],
    ["support", { model: "naiveBayes", families: { "Sepal.Width": "poisson" } }, /Sepal.Width is 3.5 in row 0; poisson needs whole/],
    ["interaction", { model: "naiveBayes", formula: "Species ~ Sepal.Length * Sepal.Width" }, /interaction Sepal.Length:Sepal.Width/],
    ["response", { model: "lda", formula: "~ Sepal.Length" }, /has no response/],
    ["bar", { model: "lda", formula: "Species ~ Sepal.Length | Sepal.Width" }, /has 2 parts; one is needed/],
    ["variables", { model: "qda", formula: "Species ~ 1" }, /has no variable after the ~/],
  ];
  test.each(bad)("%s", async (_, options, message) => {
    await expect(fitted({ formula, data: iris, ...options } as never)).rejects.toThrow(message);
  });

  test("of designs", async () => {
    const at = (given: object) => fitted({ design, y: iris.Species, model: "lda", ...given } as never);
    await expect(at({ y: ["a"] })).rejects.toThrow(/y has 1 entries and the design has 150 rows/);
    await expect(at({ y: iris.Species.map(() => "a") })).rejects.toThrow(/All rows have the class "a"/);
    await expect(at({ design: { names: ["u"], columns: [iris.Species] } })).rejects.toThrow(/holds labels; lda needs numbers/);
    const holes = iris["Sepal.Width"]!.map((x, i) => (i === 5 ? Number.NaN : x));
    await expect(at({ design: { names: ["u"], columns: [holes] } })).rejects.toThrow(/design.columns\[0\]\[5\] is NaN; finite/);
    const r = await at({});
    expect(() => r.predict({ "Sepal.Width": [3] })).toThrow(/newData has no column "Sepal.Length"/);
    expect(() => r.confusion(fresh, ["setosa", "rose", "setosa", "setosa"])).toThrow(/labels\[1\] is "rose"/);
  });
});

/** Rows about two to four means that a seed draws. */
const tables = fc.record({ seed: fc.integer({ min: 1, max: 1e6 }), d: fc.integer({ min: 1, max: 4 }), k: fc.integer({ min: 2, max: 4 }) });

function table({ seed, d, k }: { readonly seed: number; readonly d: number; readonly k: number }) {
  const random = new Random(seed);
  const n = k * (d + 8);
  const y = Array.from({ length: n }, (_, i) => `c${i % k}`);
  const columns = Array.from({ length: d }, () => Array.from({ length: n }, (_, i) => random.normal() + (i % k) * random.uniform()));
  return { random, y, columns, names: columns.map((_, j) => `x${j}`) };
}

function rowsOf(posterior: Record<string, Float64Array>): number[][] {
  const arrays = Object.values(posterior);
  return Array.from(arrays[0]!, (_, i) => arrays.map((array) => array[i]!));
}

describe.each(models)("properties of %s", (model) => {
  const property = (holds: (made: ReturnType<typeof table>) => Promise<void>) =>
    fc.assert(
      fc.asyncProperty(tables, (shape) => holds(table(shape))),
      { numRuns: 25 },
    );

  test("posteriors sum to 1 and are those of the log posteriors", () =>
    property(async ({ y, columns, names: own }) => {
      const r = await fitted({ design: { names: own, columns }, y, model });
      for (const row of rowsOf(r.posterior()))
        near(
          row.reduce((sum, p) => sum + p),
          1,
          1e-14,
          "sum",
        );
      const logs = r.logPosterior();
      for (const [name, array] of Object.entries(r.posterior()))
        array.forEach((p, i) => {
          near(p, Math.exp(logs[name]![i]!), 1e-13 * p, "e^log");
        });
    }));

  test("classes of other names, rows and columns in another order change nothing", () =>
    property(async ({ random, y, columns, names: own }) => {
      const r = await fitted({ design: { names: own, columns }, y, model });
      const order = y.map((_, i) => i).sort(() => random.uniform() - 0.5);
      const renamed = order.map((i) => `z${9 - Number(y[i]!.slice(1))}`);
      const turned = columns.map((column) => order.map((i) => column[i]!)).reverse();
      const other = await fitted({ design: { names: [...own].reverse(), columns: turned }, y: renamed, model });
      near(other.logLik, r.logLik, 1e-11 * (y.length + Math.abs(r.logLik)), "logLik");
      const [a, b] = [rowsOf(r.logPosterior()), rowsOf(other.logPosterior())];
      order.forEach((i, at) => {
        a[i]!.forEach((value, k) => {
          near(b[at]![a[i]!.length - 1 - k]!, value, 1e-9 * (1 + Math.abs(value)), "posterior");
        });
      });
    }));

  test("columns in other units, and for lda and qda mixed, leave posteriors alone", () =>
    property(async ({ random, y, columns, names: own }) => {
      const r = await fitted({ design: { names: own, columns }, y, model });
      const mixed = columns.map((column, j) => {
        const [a, b] = [10 ** (6 * random.uniform() - 3), 10 * random.normal()];
        const also = model === "naiveBayes" || j === 0 ? undefined : columns[0];
        return column.map((x, i) => a * (x + (also ? 0.5 * also[i]! : 0)) + b * a);
      });
      const other = await fitted({ design: { names: own, columns: mixed }, y, model });
      const [a, b] = [rowsOf(r.logPosterior()), rowsOf(other.logPosterior())];
      a.forEach((row, i) => {
        row.forEach((value, k) => {
          near(b[i]![k]!, value, 1e-8 * (1 + Math.abs(value)), "posterior");
        });
      });
    }));

  test("a prior given is not estimated, and moves log odds by its own", () =>
    property(async ({ y, columns, names: own }) => {
      const options = { design: { names: own, columns }, y, model };
      const r = await fitted(options);
      const total = r.classes.reduce((sum, _, k) => sum + k + 1, 0);
      const prior = Object.fromEntries(r.classes.map((name, k) => [name, (k + 1) / total]));
      const other = await fitted({ ...options, prior });
      expect(other.standardErrors[`prior[${r.classes[0]}]`]).toBe(0);
      near(other.aic + 2 * other.logLik, r.aic + 2 * r.logLik - 2 * (r.classes.length - 1), 1e-9, "free parameters");
      const [a, b] = [rowsOf(r.logPosterior()), rowsOf(other.logPosterior())];
      a.forEach((row, i) => {
        near(b[i]![1]! - b[i]![0]!, row[1]! - row[0]! + Math.log(2), 1e-9 * (1 + Math.abs(row[1]! - row[0]!)), "odds");
      });
    }));
});
