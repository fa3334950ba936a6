import { type DiscriminantOptions, fit, generative } from "loglik";
import { describe, expect, test } from "vitest";
import {
  births,
  classes,
  discriminants,
  exact,
  far,
  fitted,
  formula,
  fresh,
  iris,
  models,
  names,
  sameRows,
  titanic,
} from "./classifying.ts";
import { near } from "./closeness.ts";

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
