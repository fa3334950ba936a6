import { describe, expect, test } from "vitest";
import { design, fitted, formula, fresh, iris } from "./classifying.ts";

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

  test("a signal that is aborted", async () => {
    await expect(fitted({ formula, data: iris, model: "naiveBayes", signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
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
