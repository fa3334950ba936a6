import { readFileSync } from "node:fs";
import { clogit, coxph } from "loglik";
import { describe, expect, test } from "vitest";

// What R's survival says beside the coefficients: scripts/reference/cox.R.

type Numbers = readonly number[];
type Some = number | Numbers;
type Columns = Readonly<Record<string, number[] | string[]>>;

interface Row {
  readonly id: string;
  readonly formula: string;
  readonly ties: "efron" | "breslow";
  readonly data: Columns;
  readonly weights: Numbers | null;
  readonly coef: Some;
  readonly se: Some;
  readonly loglik: Numbers;
  readonly nevent: number;
  readonly martingale: Numbers;
  readonly deviance: Numbers;
  readonly score: readonly Numbers[];
  readonly dfbeta: readonly Numbers[];
  readonly schoenfeld: readonly Numbers[];
  readonly robust: readonly Numbers[];
  readonly cluster: readonly (number | string)[] | null;
  readonly clustered: readonly Numbers[] | null;
  readonly tests: { readonly lr: Numbers; readonly wald: Numbers; readonly score: Numbers };
  readonly time: Numbers;
  readonly hazard: Numbers | null;
  readonly zero: Numbers;
  readonly strata: readonly string[];
  readonly concordance: Numbers;
  readonly value: number;
  readonly value_se: number;
  readonly lp: Numbers;
  readonly sample: Numbers | null;
  readonly new: Columns;
  readonly new_lp: Numbers;
  readonly new_sample: Numbers | null;
  readonly new_risk: Numbers;
  readonly new_zero: Numbers;
  readonly times: Numbers | null;
  /** A row for each time. */
  readonly curves: readonly Numbers[] | null;
}

interface Choice {
  readonly cases: number;
  readonly set: number[];
  readonly x: number[];
  readonly z: number[];
  readonly y: number[];
  readonly coef: Numbers;
  readonly var: readonly Numbers[];
  readonly loglik: Numbers;
  readonly score: number;
}

const given: { readonly cox: readonly Row[]; readonly clogit: readonly Choice[] } = JSON.parse(
  readFileSync(new URL("data/cox.json", import.meta.url), "utf8"),
);
const list = (value: Some): Numbers => (typeof value === "number" ? [value] : value);

/** Close, relative to the largest of the list. */
function expectNear(found: ArrayLike<number>, expected: Numbers, what: string, relative = 2e-9): void {
  const size = Math.max(1e-12, ...expected.map(Math.abs));
  expect(found.length, what).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(found[i]! - value), `${what}[${i}]: ${found[i]} for ${value}`).toBeLessThanOrEqual(relative * size);
  });
}

describe.each(given.cox.map((row) => [row.id, row] as const))("%s", (_, row) => {
  const fitted = coxph({ formula: row.formula, data: row.data, ties: row.ties, ...(row.weights && { weights: row.weights }) });

  test("coefficients and tests", async () => {
    const r = await fitted;
    expect(r.status).toBe("interior");
    expectNear(Object.values(r.coef), list(row.coef), "coef");
    expectNear(Object.values(r.standardErrors), list(row.se), "se");
    expectNear([r.logLikNull, r.logLik], row.loglik, "logLik");
    expect(r.nevent).toBe(row.nevent);
    const { likelihoodRatioTest, waldTest, scoreTest } = r;
    expectNear([likelihoodRatioTest.statistic, likelihoodRatioTest.df, likelihoodRatioTest.pValue], row.tests.lr, "likelihood ratio");
    expectNear([waldTest.statistic, waldTest.df], row.tests.wald, "Wald");
    expectNear([scoreTest.statistic, scoreTest.df, scoreTest.pValue], row.tests.score, "score test");
  });

  test("residuals", async () => {
    const r = await fitted;
    expectNear(r.residuals("martingale"), row.martingale, "martingale");
    expectNear(r.residuals("deviance"), row.deviance, "deviance");
    for (const type of ["score", "dfbeta", "schoenfeld"] as const) {
      Object.values(r.residuals(type)).forEach((column, j) => {
        expectNear(column, row[type][j]!, `${type} ${j}`);
      });
    }
  });

  test("sandwiches", async () => {
    const r = await fitted;
    r.vcovOf("HC0").forEach((own, i) => {
      expectNear(own, row.robust[i]!, `robust ${i}`);
    });
    const scale = r.nobs / (r.nobs - r.parameters.length);
    expectNear(
      r.vcovOf("HC1")[0]!,
      row.robust[0]!.map((value) => value * scale),
      "HC1",
    );
    if (!row.cluster) return;
    const count = new Set(row.cluster).size;
    r.vcovOf({ cluster: row.cluster }).forEach((own, i) => {
      expectNear(
        own.map((value) => (value * (count - 1)) / count),
        row.clustered![i]!,
        `clustered ${i}`,
      );
    });
  });

  test("baseline hazard, concordance", async () => {
    const r = await fitted;
    const { time, hazard, strata } = r.basehaz();
    expectNear(time, row.time, "time");
    if (row.hazard) expectNear(hazard, row.hazard, "hazard");
    expect(strata ?? []).toEqual(row.strata);
    expectNear(r.basehaz({ centered: false }).hazard, row.zero, "hazard at 0");
    const { concordant, discordant, tied, tiedTimes, value, standardError } = r.concordance;
    const [own, other, equal, times, both] = row.concordance as [number, number, number, number, number];
    expect([concordant, discordant, tied, tiedTimes]).toEqual([own, other, equal, times + both]);
    expectNear([value, standardError], [row.value, row.value_se], "concordance");
  });

  test("predictions", async () => {
    const r = await fitted;
    expectNear(r.predict(), row.lp, "lp");
    if (row.sample) expectNear(r.predict(undefined, { reference: "sample" }), row.sample, "lp, sample");
    expectNear(r.predict(row.new), row.new_lp, "new lp");
    if (row.new_sample) expectNear(r.predict(row.new, { reference: "sample" }), row.new_sample, "new lp, sample");
    expectNear(r.predict(row.new, { reference: "zero" }), row.new_zero, "new lp, zero");
    expectNear(r.predict(row.new, { type: "risk" }), row.new_risk, "risk");
    row.times?.forEach((times, k) => {
      expectNear(r.predict(row.new, { type: "survival", times }), row.curves![k]!, `survival at ${times}`);
    });
  });
});

test.each(given.clogit.map((row) => [row.cases, row] as const))("matched sets of %d cases", async (_, row) => {
  const { set, x, z, y } = row;
  const r = await clogit({ formula: "y ~ x + z + strata(set)", data: { set, x, z, y } });
  expectNear(Object.values(r.coef), row.coef, "coef");
  r.vcov.forEach((own, i) => {
    expectNear(own, row.var[i]!, `vcov ${i}`);
  });
  expectNear([r.logLikNull, r.logLik], row.loglik, "logLik");
  expectNear([r.scoreTest.statistic], [row.score], "score test");
  const same = await clogit({ design: { names: ["x", "z"], columns: [x, z] }, y, strata: set.map(String) });
  expect(same.estimates).toEqual(r.estimates);
});
