import { readFileSync } from "node:fs";
import { type Block, type CovarianceKind, type Design, type GlmFit, glm, type LinearFit, lm } from "loglik";
import { describe, expect, test } from "vitest";

// What R says beside the coefficients: scripts/reference/regressionDetails.R.

type Some = number | readonly number[];
type Square = readonly (readonly number[])[];

interface Row {
  readonly id: string;
  readonly model: "lm" | "glm";
  readonly family: string;
  readonly link: string;
  readonly names: readonly string[];
  readonly columns: readonly (readonly number[])[];
  readonly assign: readonly number[];
  readonly terms: string | readonly string[];
  readonly y: readonly number[];
  readonly trials: readonly number[] | null;
  readonly weights: readonly number[] | null;
  readonly residuals: Readonly<Record<string, readonly number[] | null>>;
  readonly hat: readonly number[];
  readonly cook: readonly number[];
  readonly robust: Readonly<Record<"HC0" | "HC1" | "HC2" | "HC3", Square>> | null;
  readonly cluster: readonly number[] | null;
  readonly clustered: Square | null;
  readonly classical: Square;
  readonly new: readonly (readonly number[])[];
  readonly link_fit: Some;
  readonly link_se: Some;
  readonly response_fit: Some;
  readonly response_se: Some;
  readonly anova: { readonly df: Some; readonly sums: Some; readonly f?: Some; readonly p?: Some | null; readonly residual?: Some };
  readonly linear: { readonly sigma: number; readonly r2: number; readonly adjusted: number; readonly f: readonly number[] } | null;
}

const rows: readonly Row[] = JSON.parse(readFileSync(new URL("data/regressionDetails.json", import.meta.url), "utf8"));
const list = (value: Some | null | undefined): readonly number[] => (value == null ? [] : typeof value === "number" ? [value] : value);

function designOf({ names, columns, assign, terms }: Row): Design {
  const blocks = columns.map(
    (column, j): Block => (names[j] === "(Intercept)" ? { kind: "intercept" } : { kind: "column", values: Float64Array.from(column) }),
  );
  return { rows: columns[0]!.length, names, blocks, assign, terms: [terms].flat() };
}

function fitOf(row: Row): Promise<LinearFit | GlmFit> {
  const { model, y, weights, trials, family, link } = row;
  const data = { design: designOf(row), y, ...(weights && { weights }) };
  return model === "lm" ? lm(data) : glm({ ...data, family, link, ...(trials && { trials }) });
}

/** Close, relative to the largest of the list: R's glm gives the weights of its last but one iteration, which leave 1e-9 of them. */
function expectNear(found: ArrayLike<number>, expected: readonly number[], what: string, relative = 2e-8): void {
  const size = Math.max(...expected.map(Math.abs));
  expect(found.length, what).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(found[i]! - value), `${what}[${i}]: ${found[i]} for ${value}`).toBeLessThanOrEqual(relative * size);
  });
}

describe.each(rows.map((row) => [row.id, row] as const))("%s", (_, row) => {
  test("residuals, leverage and Cook's distances are R's", async () => {
    const fit = await fitOf(row);
    for (const [type, expected] of Object.entries(row.residuals)) {
      if (!expected) continue;
      const found = (fit.residuals as (type: string) => Float64Array)(type);
      expectNear(found, expected, type, type === "quantile" ? 1e-7 : 2e-8);
    }
    expectNear(fit.hatvalues(), row.hat, "leverage");
    expectNear(fit.cooksDistance(), row.cook, "Cook's distance");
  });

  test("covariances are R's: classical, sandwiches, clusters", async () => {
    const fit = await fitOf(row);
    const p = row.names.length;
    const found = (kind: CovarianceKind) =>
      fit
        .vcovOf(kind)
        .slice(0, p)
        .flatMap((line) => line.slice(0, p));
    expectNear(found("classical"), row.classical.flat(), "classical");
    for (const kind of ["HC0", "HC1", "HC2", "HC3"] as const) if (row.robust) expectNear(found(kind), row.robust[kind].flat(), kind);
    if (row.cluster && row.clustered) expectNear(found({ cluster: row.cluster }), row.clustered.flat(), "clusters");
  });

  test("predictions are R's, with their standard errors", async () => {
    const fit = await fitOf(row);
    const newData = { names: row.names, columns: row.new };
    for (const type of ["link", "response"] as const) {
      const found = fit.predict(newData, { type, se: true, covariance: "classical" });
      expectNear(found.fit, list(row[`${type}_fit`]), `${type} fit`);
      expectNear(found.se, list(row[`${type}_se`]), `${type} se`);
    }
    const named = Object.fromEntries(row.names.flatMap((name, j) => (name === "(Intercept)" ? [] : [[name, row.new[j]!]])));
    expectNear(fit.predict(named), list(row.response_fit), "by name");
  });

  test("the table of terms is R's", async () => {
    const fit = await fitOf(row);
    const table = await fit.anova();
    const { df, sums, f, p, residual } = row.anova;
    if ("rSquared" in fit) {
      const found = await fit.anova();
      expectNear(
        found.map((line) => line.df),
        list(df),
        "df",
      );
      expectNear(
        found.map((line) => line.sumOfSquares),
        list(sums),
        "sums of squares",
      );
      expectNear(
        found.map((line) => line.f),
        list(f),
        "F",
      );
      found.forEach((line, i) => {
        expect(Math.abs(line.pValue / list(p)[i]! - 1)).toBeLessThan(1e-8);
      });
      const { sigma, r2, adjusted, f: test } = row.linear!;
      expectNear([fit.sigma, fit.rSquared, fit.adjustedRSquared, fit.fTest.f], [sigma, r2, adjusted, test[0]!], "summary");
      return;
    }
    const lines = table as Awaited<ReturnType<GlmFit["anova"]>>;
    expectNear(
      lines.map((line) => line.residualDeviance),
      list(residual),
      "residual deviances",
    );
    expectNear(
      lines.slice(1).map((line) => line.df),
      list(df),
      "df",
    );
    list(p).forEach((value, i) => {
      if (value > 0) expect(Math.abs(lines[i + 1]!.pValue / value - 1)).toBeLessThan(1e-7);
    });
  });
});

test("the table of coefficients is R's, and the summary prints it", async () => {
  const row = rows.find(({ id }) => id === "lm mtcars")!;
  const fit = (await fitOf(row)) as LinearFit;
  const [intercept, wt] = fit.coefficients();
  // summary(lm(mpg ~ wt + hp, mtcars))
  expectNear([intercept!.statistic, wt!.statistic], [23.28468, -6.12869519], "t", 1e-6);
  expectNear([wt!.pValue], [1.11964729e-6], "p", 1e-6);
  const text = fit.summary();
  const lines = ["wt          -3.87783    0.63273  -6.129 1.12e-06", "error: 2.593 on 29 degrees of freedom", "R-squared:  0.8268,"];
  for (const part of lines) expect(text).toContain(part);
});
