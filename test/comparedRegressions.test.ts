import { readFileSync } from "node:fs";
import {
  betareg,
  clogit,
  compare,
  compareNested,
  coxph,
  distreg,
  fit,
  glm,
  hurdle,
  lm,
  multinomial,
  ordinal,
  type RegressionResult,
  survreg,
  tobit,
  treg,
  vuong,
  zeroInflated,
} from "loglik";
import { beforeAll, describe, expect, test } from "vitest";
import { Random } from "../src/math/random.ts";

// Regressions compared with one another. The figures are R's: scripts/reference/comparisons.R.

interface Reference {
  readonly counts: Record<string, number[]>;
  readonly lung: Record<string, number[]>;
  readonly mtcars: Record<string, number[]>;
  readonly housing: Record<string, (number | string)[]>;
  readonly criteria: Record<string, { readonly logLik: number; readonly aic: number; readonly k: number }>;
  readonly ratios: Record<string, { readonly statistic: number; readonly df: number; readonly p: number }>;
  readonly vuong: Record<string, { readonly raw: number; readonly aic: number; readonly bic: number }>;
}

const reference = JSON.parse(readFileSync(new URL("data/comparisons.json", import.meta.url), "utf8")) as Reference;
const { counts, lung, mtcars } = reference;
const { Freq, ...housing } = reference.housing as Record<"Sat" | "Infl" | "Type" | "Cont", string[]> & { readonly Freq: number[] };
const all = "art ~ fem + mar + kid5 + phd + ment";
const levels = { Sat: ["Low", "Medium", "High"] };
const surv = "Surv(time, status) ~ ";

let fits: Record<string, RegressionResult & { compared: RegressionResult["compared"] }>;

beforeAll(async () => {
  const poisson = { data: counts, family: "poisson" } as const;
  const joint = { data: counts, family: "negativeBinomial" } as const;
  fits = {
    poisson1: await glm({ ...poisson, formula: "art ~ fem + ment" }),
    poisson2: await glm({ ...poisson, formula: all }),
    nb: await glm({ ...joint, formula: all }),
    zip1: await zeroInflated({ ...poisson, formula: `${all} | 1` }),
    zip: await zeroInflated({ ...poisson, formula: `${all} | ment` }),
    zinb: await zeroInflated({ ...joint, formula: `${all} | ment` }),
    hp: await hurdle({ ...poisson, formula: `${all} | ment` }),
    weibull1: await survreg({ data: lung, formula: `${surv}age` }),
    weibull2: await survreg({ data: lung, formula: `${surv}age + sex + ecog` }),
    exponential: await survreg({ data: lung, formula: `${surv}age + sex + ecog`, distribution: "exponential" }),
    cox1: await coxph({ data: lung, formula: `${surv}age` }),
    cox2: await coxph({ data: lung, formula: `${surv}age + sex + ecog` }),
    lm1: await lm({ data: mtcars, formula: "mpg ~ wt" }),
    lm2: await lm({ data: mtcars, formula: "mpg ~ wt + qsec + factor(cyl)" }),
    polr1: await ordinal({ data: housing, levels, formula: "Sat ~ Infl", weights: Freq }),
    polr2: await ordinal({ data: housing, levels, formula: "Sat ~ Infl + Type + Cont", weights: Freq }),
  };
});

describe("as R", () => {
  test.each(Object.entries(reference.criteria))("%s: log-likelihood, AIC and number of parameters", (name, { logLik, aic, k }) => {
    const [row] = compare([fits[name]!]).rows;
    expect(row!.k).toBe(k);
    expect(Math.abs(row!.logLik - logLik)).toBeLessThan(1e-6);
    expect(Math.abs(row!.aic - aic)).toBeLessThan(2e-6);
  });

  // On the boundary R's p-values are those of χ², twice the mixture's.
  const halves = ["poisson2.nb", "poisson2.zip1", "zip.zinb"];
  test.each(Object.entries(reference.ratios))("%s: likelihood ratio", async (names, { statistic, df, p }) => {
    const [narrow, wide] = names.split(".").map((name) => fits[name]!) as [RegressionResult, RegressionResult];
    const { likelihoodRatio: found } = await compareNested(narrow, wide);
    expect(found.df).toBe(df);
    expect(Math.abs(found.statistic - statistic)).toBeLessThan(2e-6);
    if (names === "poisson2.zip") {
      expect(found.pValue).toBeNaN();
      expect(found.reason).toBe("No χ² law: without extra zeros the coefficients of their columns have no values.");
    } else {
      expect(found.pValue / ((halves.includes(names) ? 0.5 : 1) * p)).toBeCloseTo(1, 5);
      expect(found.distribution).toBe(halves.includes(names) ? "½χ²₀ + ½χ²₁" : `chi-squared with ${df} df`);
    }
  });

  test.each(Object.entries(reference.vuong))("%s: Vuong's z, with n - 1 for n", async (names, z) => {
    const [first, second] = names.split(".").map((name) => fits[name]!) as [RegressionResult, RegressionResult];
    const found = await vuong(first, second);
    const times = Math.sqrt((found.nobs - 1) / found.nobs);
    for (const which of ["raw", "aic", "bic"] as const) expect(Math.abs(times * found[which].statistic - z[which])).toBeLessThan(2e-6);
    const back = await vuong(second, first);
    expect(back.bic.statistic).toBeCloseTo(-found.bic.statistic, 12);
    expect(back.raw.pSecond).toBeCloseTo(found.raw.pFirst, 12);
  });

  test("a ranking of all counts", () => {
    const { poisson1, poisson2, nb, zip, zinb, hp } = fits;
    const { rows } = compare([poisson1!, poisson2!, nb!, zip!, zinb!, hp!]);
    expect(rows[0]!.distribution).toBe(`zeroInflated(${all} | ment, negativeBinomial, log/logit)`);
    expect(rows.map(({ fit: { aic } }) => aic)).toEqual(rows.map(({ aic }) => aic).sort((a, b) => a - b));
    expect(rows.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  });
});

describe("restrictions in words", () => {
  const cases = [
    ["poisson1", "poisson2", "mar = 0, kid5 = 0, phd = 0"],
    ["poisson2", "nb", "theta = ∞"],
    ["poisson1", "nb", "mar = 0, kid5 = 0, phd = 0, theta = ∞"],
    ["poisson2", "zip1", "no extra zeros"],
    ["nb", "zinb", "no extra zeros"],
    ["zip1", "zip", "zero:ment = 0"],
    ["exponential", "weibull2", "scale = 1"],
    ["weibull1", "weibull2", "sex = 0, ecog = 0"],
  ] as const;
  test.each(cases)("%s in %s", async (narrow, wide, text) => {
    const { restriction, assumed } = await compareNested(fits[narrow]!, fits[wide]!);
    expect(restriction).toBe(text.replace("sex", "location:sex").replace("ecog", "location:ecog"));
    expect(assumed[0]).toBe("Both fits are taken to be of the same rows: responses agree in each.");
  });

  test("two on a boundary: a statistic without a law", async () => {
    const { likelihoodRatio: found, restriction } = await compareNested(
      fits.poisson2!,
      await zeroInflated({ data: counts, family: "negativeBinomial", formula: `${all} | 1` }),
    );
    expect([restriction, found.df, found.distribution]).toEqual(["no extra zeros, theta = ∞", 2, "unknown"]);
    expect(found.reason).toContain("the share of extra zeros and theta are both on a boundary");
  });

  test("weights are told of", async () => {
    const { assumed } = await compareNested(fits.polr1!, fits.polr2!);
    expect(assumed[1]).toMatch(/^Weights are taken for numbers of rows/);
  });
});

const random = new Random(8);
const n = 240;
const x = Array.from({ length: n }, () => random.normal());
const z = Array.from({ length: n }, () => random.normal());
const noise = Array.from({ length: n }, () => random.normal());
const data = {
  x,
  z,
  y: x.map((value, i) => 1 + 0.5 * value + noise[i]!),
  t: x.map((value, i) => Math.exp(0.3 * value + 0.5 * noise[i]!)),
  status: x.map((_, i) => (i % 5 === 0 ? 0 : 1)),
  p: x.map((value, i) => 1 / (1 + Math.exp(-0.4 * value - 0.7 * noise[i]!))),
  n: x.map((value, i) => (i % 3 === 0 ? 0 : Math.round(Math.exp(0.6 + 0.3 * value + 0.6 * Math.abs(noise[i]!))))),
  b: x.map((value, i) => (value + noise[i]! > 0 ? 1 : 0)),
  g: x.map((value, i) => ["low", "mid", "top"][Math.max(0, Math.min(2, Math.round(1 + value / 2 + noise[i]! / 2)))]!),
  set: x.map((_, i) => Math.floor(i / 4)),
  case: x.map((_, i) => (i % 4 === 2 ? 1 : 0)),
};
const w = x.map((_, i) => i % 4);
const own = { data, weights: w } as const;

/** Of all kinds, with and without weights. */
const kinds: Record<string, () => Promise<RegressionResult>> = {
  lm: () => lm({ formula: "y ~ x", ...own }),
  gaussian: () => glm({ formula: "y ~ x", family: "gaussian", ...own }),
  binomial: () => glm({ formula: "b ~ x", family: "binomial", link: "probit", data }),
  proportions: () => glm({ formula: "p ~ x", family: "binomial", data, weights: w.map((value) => 4 * value) }),
  trials: () => glm({ formula: "n ~ x", family: "binomial", trials: data.n.map((value) => value + 3), ...own }),
  poisson: () => glm({ formula: "n ~ x + offset(z)", family: "poisson", ...own }),
  gamma: () => glm({ formula: "t ~ x", family: "gamma", link: "log", ...own }),
  inverseGaussian: () => glm({ formula: "t ~ x", family: "inverseGaussian", link: "log", ...own }),
  negativeBinomial: () => glm({ formula: "n ~ x", family: "negativeBinomial", ...own }),
  weibull: () => survreg({ formula: "Surv(t, status) ~ x", ...own }),
  strata: () => survreg({ formula: "Surv(t, status) ~ x + strata(b)", distribution: "lognormal", ...own }),
  tobit: () => tobit({ formula: "y ~ x", ...own }),
  treg: () => treg({ formula: "y ~ x", df: 4, ...own }),
  distreg: () => distreg({ weibull: { scale: "~ x", shape: "~ z" }, response: "Surv(t, status)", ...own }),
  counts: () => distreg({ binomial: { prob: "~ x" }, size: data.n.map((value) => value + 3), response: "n", ...own }),
  ordinal: () => ordinal({ formula: "g ~ x", ...own }),
  multinomial: () => multinomial({ formula: "g ~ x", ...own }),
  cells: () => multinomial({ formula: "cbind(n, b, status) ~ x", ...own }),
  zeroInflated: () => zeroInflated({ formula: "n ~ x", family: "poisson", ...own }),
  hurdle: () => hurdle({ formula: "n ~ x | z", family: "negativeBinomial", ...own }),
  betareg: () => betareg({ formula: "p ~ x | z", ...own }),
};

describe("rows", () => {
  test.each(Object.entries(kinds))("%s: their log-likelihoods sum to the fit's", async (_, fitted) => {
    const r = await fitted();
    expect(["interior", "boundary"]).toContain(r.status);
    const { values, weights } = r.compared().rowLogLik()!;
    const sum = values.reduce((total, value, i) => total + (weights ? weights[i]! : 1) * value, 0);
    expect(Math.abs(sum - r.logLik)).toBeLessThan(1e-9 * (1 + Math.abs(r.logLik)));
  });

  test.each(Object.entries(kinds))("%s: a fit ranks beside itself, and is not nested in itself", async (_, fitted) => {
    const [a, b] = [await fitted(), await fitted()];
    expect(compare([a, b]).rows.map(({ weight }) => weight)).toEqual([0.5, 0.5]);
    await expect(compareNested(a, b)).rejects.toThrow("the two are one model, with as many estimated parameters");
    const v = await vuong(a, b);
    expect([v.logLikRatio, v.variance]).toEqual([0, 0]);
  });

  test("a factor against its numbers, and other columns of one space", async () => {
    const whole = { ...data, k: x.map((_, i) => i % 4), sum: x.map((value, i) => value + z[i]!), gap: x.map((value, i) => value - z[i]!) };
    const linear = await lm({ formula: "y ~ k", data: whole });
    const { likelihoodRatio: t } = await compareNested(linear, await lm({ formula: "y ~ factor(k)", data: whole }));
    expect(t.df).toBe(2);
    await compareNested(await lm({ formula: "y ~ x", data: whole }), await lm({ formula: "y ~ sum + gap", data: whole }));
    await expect(compareNested(linear, await lm({ formula: "y ~ sum + gap", data: whole }))).rejects.toThrow(
      "the columns of its mean are not all combinations of those of the second fit's",
    );
  });

  test("the linear model is gaussian, and within Student's t", async () => {
    const g = await glm({ formula: "y ~ x + z", family: "gaussian", data });
    const { likelihoodRatio: t } = await compareNested(await lm({ formula: "y ~ x", data }), g);
    const same = await compareNested(await lm({ formula: "y ~ x", data }), await lm({ formula: "y ~ x + z", data }));
    expect(t.statistic).toBeCloseTo(same.likelihoodRatio.statistic, 9);
    const { restriction } = await compareNested(g, await treg({ formula: "y ~ x + z", data }));
    expect(restriction).toBe("df = ∞");
  });

  test("other parametrisations: a constant precision, a held theta, one scale in strata", async () => {
    const phi = await compareNested(await betareg({ formula: "p ~ x", data }), await betareg({ formula: "p ~ x | z", data }));
    expect([phi.restriction, phi.likelihoodRatio.df]).toEqual(["phi:z = 0", 1]);
    const held = await glm({ formula: "n ~ x", family: "negativeBinomial", theta: 3, data });
    const { restriction } = await compareNested(held, await glm({ formula: "n ~ x", family: "negativeBinomial", data }));
    expect(restriction).toBe("theta = 3");
    const one = await survreg({ formula: "Surv(t, status) ~ x", data });
    const scales = await compareNested(one, await survreg({ formula: "Surv(t, status) ~ x + strata(b)", data }));
    expect(scales.likelihoodRatio.df).toBe(1);
    const fixed = await distreg({ gamma: { mean: "~ x", dispersion: 1 }, response: "t", data });
    const wide = await compareNested(fixed, await distreg({ gamma: { mean: "~ x", dispersion: "~ z" }, response: "t", data }));
    expect([wide.restriction, wide.likelihoodRatio.df]).toEqual(["dispersion = 1", 2]);
    const sets = await clogit({ formula: "case ~ x + strata(set)", data });
    const more = await compareNested(sets, await clogit({ formula: "case ~ x + z + strata(set)", data }));
    expect(more.restriction).toBe("z = 0");
  });
});

describe("refusals", () => {
  const fitted = { formula: "n ~ x", family: "poisson", data } as const;
  const refused: readonly (readonly [string, () => Promise<unknown>, string])[] = [
    ["other rows", async () => compare([fits.poisson1!, fits.lm1!]), "fits of the same rows are needed"],
    [
      "one other response",
      async () => compareNested(await glm(fitted), await glm({ ...fitted, formula: "m ~ x + z", data: { ...data, m: data.n.with(7, 9) } })),
      "response[7] of the rows that count is ",
    ],
    [
      "other weights",
      async () => compare([await glm(fitted), await glm({ ...fitted, weights: w.map((v) => v + 1) })]),
      "weights[1] of the rows that count is 1 for one fit and 2",
    ],
    [
      "masses and densities",
      async () => compare([await lm({ formula: "n ~ x", data }), await glm(fitted)]),
      "gives masses, the other densities",
    ],
    [
      "masses and densities, of a distribution",
      async () => compare([await fit("normal", data.n), await glm(fitted)] as const),
      "One of normal and glm(n ~ x, poisson, log) gives densities, the other masses",
    ],
    ["no likelihood", async () => compare([await glm({ ...fitted, family: "quasipoisson" })]), "has no likelihood"],
    [
      "a partial likelihood",
      async () => compare([await coxph({ formula: "Surv(t, status) ~ x", data }), await survreg({ formula: "Surv(t, status) ~ x", data })]),
      "fits of the same rows",
    ],
    [
      "ties",
      async () => compare([fits.cox1!, await coxph({ data: lung, formula: `${surv}age`, ties: "breslow" })]),
      "has a partial likelihood with ties by efron",
    ],
    [
      "strata",
      async () => compareNested(fits.cox1!, await coxph({ data: lung, formula: `${surv}age + ecog + strata(sex)` })),
      "strata[0] of the rows that count is NaN for one fit",
    ],
    [
      "no rows to Vuong",
      async () => vuong(fits.cox1!, fits.cox2!),
      "a partial likelihood with ties by efron, which is no product over rows",
    ],
    ["penalised", async () => compareNested(await glm({ ...fitted, penalty: { lambda: 1, alpha: 0 } }), await glm(fitted)), "is penalised"],
    [
      "Firth",
      async () =>
        vuong(
          await glm({ formula: "b ~ x", family: "binomial", firth: true, data }),
          await glm({ formula: "b ~ x", family: "binomial", data }),
        ),
      "is penalised",
    ],
    ["the wrong way round", async () => compareNested(fits.poisson2!, fits.poisson1!), "the columns of its mean are not all combinations"],
    ["other families", async () => compareNested(fits.nb!, fits.poisson2!), "poisson does not contain negativeBinomial"],
    ["a hurdle", async () => compareNested(fits.poisson2!, fits.hp!), "vuong compares fits that are not nested"],
    [
      "other links",
      async () => compareNested(await glm({ ...fitted, link: "sqrt" }), await glm({ ...fitted, formula: "n ~ x + z" })),
      "the links of mean are sqrt and log",
    ],
    [
      "offsets",
      async () =>
        compareNested(await glm({ ...fitted, formula: "n ~ x + offset(z)" }), await glm({ ...fitted, formula: "n ~ x + I(x^2)" })),
      "the offsets of mean differ",
    ],
    ["a held scale", async () => compareNested(fits.weibull1!, fits.exponential!), "scale is held at 1 in the second fit"],
    [
      "a distribution",
      async () => compareNested(fits.poisson2! as never, (await fit("poisson", counts.art!)) as never),
      "The second fit is poisson; two regressions",
    ],
    [
      "no maximum",
      async () =>
        compareNested(await glm({ formula: "s ~ x", family: "binomial", data: { x, s: x.map((v) => (v > 0 ? 1 : 0)) } }), fits.nb!),
      "is no maximum (nonexistent)",
    ],
    [
      "simulations",
      async () => compareNested(fits.poisson2! as never, fits.nb! as never, { simulations: 9 }),
      "regressions are not simulated",
    ],
  ];
  test.each(refused)("%s", async (_, call, message) => {
    await expect(call()).rejects.toThrow(message);
  });

  test("a distribution beside a regression of it alone", async () => {
    const rows = compare([await fit("poisson", data.n), await glm({ ...fitted, formula: "n ~ 1" })] as const).rows;
    expect(rows[0]!.aic).toBeCloseTo(rows[1]!.aic, 9);
  });
});
