import { readFileSync } from "node:fs";
import { type GlmFit, glm, type LinearFit, lm } from "loglik";
import { expect, test } from "vitest";

// Fits by formula, over columns of 1e8 and 1e-8, with everything that R says of them: scripts/reference/formulaFits.R.

type Numbers = readonly number[];

interface Case {
  readonly model: string;
  readonly link: string;
  readonly formula: string;
  readonly weighted: boolean;
  readonly names: readonly string[];
  readonly coef: readonly (number | null)[];
  readonly vcov: readonly Numbers[];
  readonly logLik: number | null;
  readonly deviance: number;
  readonly nullDeviance: number | null;
  readonly dispersion: number;
  readonly dfResidual: number;
  /** Rows in the fit whose weight is not 0. */
  readonly counted: Numbers;
  readonly fitted: Numbers;
  readonly residuals: Readonly<Record<string, Numbers>>;
  readonly hat: Numbers;
  readonly cook: Numbers;
  /** Rows of the data that are predicted again. */
  readonly new: Numbers;
  readonly link_: { readonly fit: Numbers; readonly se: Numbers };
  readonly response: { readonly fit: Numbers; readonly se: Numbers };
  readonly anova: {
    readonly terms: readonly string[];
    readonly df: readonly (number | null)[];
    /** null where there is no mean at 0, and the deviance is infinite. */
    readonly residual: readonly (number | null)[] | null;
    readonly squares: Numbers | null;
  } | null;
  readonly theta: Numbers | null;
  readonly printed: readonly string[];
}

const { data, cases }: { readonly data: Record<string, (number | null)[] & string[]>; readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL("data/formulaFits.json", import.meta.url), "utf8"),
);

function fitOf({ model, link, formula, weighted }: Case): Promise<LinearFit | GlmFit> {
  const given = { formula, data, ...(weighted && { weights: data.w as number[] }) };
  return model === "lm" ? lm(given) : glm({ ...given, family: model, link });
}

/** Close, relative to the largest: R's scoring leaves what it leaves. */
function expectNear(found: ArrayLike<number>, expected: Numbers, what: string, relative = 1e-6): void {
  expect(found.length, what).toBe(expected.length);
  const size = Math.max(...expected.map(Math.abs));
  expected.forEach((value, i) => {
    expect(Math.abs(found[i]! - value), `${what}[${i}]: ${found[i]} for ${value}`).toBeLessThanOrEqual(relative * size);
  });
}

test.each(cases)("$model, $link: $formula", async (row) => {
  const fit = await fitOf(row);
  const { names } = row;
  expect(fit.parameters.slice(0, names.length)).toEqual(names);
  const known = names.filter((_, j) => row.coef[j] !== null);
  expect(fit.aliased).toEqual(names.filter((_, j) => row.coef[j] === null));
  const errors = known.map((_, k) => Math.sqrt(row.vcov[k]![k]!));
  known.forEach((name, k) => {
    expect(Math.abs(fit.coef[name]! - row.coef[names.indexOf(name)]!) / errors[k]!, name).toBeLessThan(1e-6);
  });
  const covariance = fit.vcovOf("classical");
  known.forEach((one, i) => {
    known.forEach((other, j) => {
      const gap = covariance[names.indexOf(one)]![names.indexOf(other)]! - row.vcov[i]![j]!;
      expect(Math.abs(gap) / (errors[i]! * errors[j]!), `covariance of ${one} and ${other}`).toBeLessThan(2e-6);
    });
  });
  const numbers = [fit.deviance, fit.dispersion, fit.dfResidual];
  expectNear(numbers, [row.deviance, row.dispersion, row.dfResidual], "deviance, dispersion, df");
  if (row.nullDeviance !== null) expectNear([fit.nullDeviance], [row.nullDeviance], "null deviance", 1e-8);
  if (row.logLik !== null) expectNear([fit.logLik], [row.logLik], "log-likelihood", 1e-9);
  if (row.theta) expectNear([fit.estimates.theta!, Math.sqrt(covariance.at(-1)!.at(-1)!)], row.theta, "theta", 1e-5);
});

test.each(cases)("rows of $model, $link: $formula", async (row) => {
  const fit = await fitOf(row);
  const ofCounted = (values: Float64Array) => row.counted.map((i) => values[i]!);
  expectNear(fit.fitted, row.fitted, "fitted");
  for (const [kind, expected] of Object.entries(row.residuals)) {
    expectNear(ofCounted((fit.residuals as (kind: string) => Float64Array)(kind)), expected, kind);
  }
  expectNear(ofCounted(fit.hatvalues()), row.hat, "leverage");
  expectNear(ofCounted(fit.cooksDistance()), row.cook, "Cook's distance");
  const newData = Object.fromEntries(Object.entries(data).map(([name, column]) => [name, row.new.map((i) => column[i]!)]));
  for (const [type, expected] of [
    ["link", row.link_],
    ["response", row.response],
  ] as const) {
    const { fit: mean, se } = fit.predict(newData, { type, se: true, covariance: "classical" });
    expectNear(mean, expected.fit, type);
    expectNear(se, expected.se, `errors of ${type}`);
  }
});

test.each(cases.filter(({ anova }) => anova))("terms of $model, $link: $formula", async (row) => {
  const fit = await fitOf(row);
  const { terms, df, residual, squares } = row.anova!;
  if (squares) {
    const table = await (fit as LinearFit).anova();
    const used = table.filter((line) => line.df > 0);
    expect(used.map(({ term }) => term)).toEqual(terms.slice(0, -1));
    expectNear([...used.map(({ sumOfSquares }) => sumOfSquares), fit.deviance], squares, "sums of squares");
  } else {
    const table = await (fit as GlmFit).anova();
    expect(table.map(({ term }) => term)).toEqual(terms);
    expect(table.slice(1).map((line) => line.df)).toEqual(df.slice(1));
    expect(table.map((line) => (Number.isFinite(line.residualDeviance) ? "finite" : line.residualDeviance))).toEqual(
      residual!.map((value) => (value === null ? Number.POSITIVE_INFINITY : "finite")),
    );
    const finite = table.map(({ residualDeviance }) => residualDeviance).filter(Number.isFinite);
    expectNear(
      finite,
      residual!.filter((value) => value !== null),
      "residual deviances",
    );
  }
});

test("residuals of means that are rounded to 1 are not 0/0, and nothing is left of one degree of freedom", async () => {
  const columns = [Float64Array.of(1, 1, 1, 1, 1, 1), Float64Array.of(-1, 0, 1, 2, 3, 40)];
  const fit = await glm({
    design: { names: ["(Intercept)", "x"], columns },
    y: [0, 0, 1, 0, 1, 1],
    family: "binomial",
    link: "cloglog",
  });
  const eta = fit.predict(undefined, { type: "link" })[5]!;
  expect(fit.fitted[5]).toBe(1);
  // (1 - mu)/mu' = e^-eta, and √((1 - mu)/mu) = e^(-e^eta / 2).
  expect(fit.residuals("working")[5]! * Math.exp(eta)).toBeCloseTo(1, 10);
  expect(fit.residuals("pearson")[5]).toBeLessThan(1e-100);
  const short = await lm({ formula: "y ~ x", data: { x: [1, 2, 4], y: [1, 3, 4] } });
  expect([...short.residuals("studentized")]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

test.each(cases)("the table that is printed of $model, $link: $formula", async (row) => {
  const fit = await fitOf(row);
  const own = fit.summary("classical").split("\n");
  const first = row.printed.findIndex((line) => line.startsWith("Coefficients:"));
  const table = row.printed.slice(first);
  expect(own).toEqual(expect.arrayContaining(table.slice(0, table.indexOf(""))));
});
