import { compare, compareNested, distribution, type FitOptions, fit as fitAny, fitBest, type Prior, vuong } from "loglik";
import { describe, expect, test } from "vitest";
import { near } from "./closeness.ts";
import { families, fit, isRegular, trial } from "./trials.ts";

// Priors: modes that conjugate families have in closed form, likelihoods without a maximum that a prior gives one, and over all families
// that a flat prior changes nothing and that the posterior is at its highest.

const sum = (x: readonly number[]) => x.reduce((total, value) => total + value, 0);
const counts = [0, 2, 1, 3, 1, 0, 4, 2, 7];
const lives = [0.4, 1.3, 2.2, 2.9, 5.1, 7.7, 3.3];
const flips = [1, 0, 0, 1, 1, 0, 1, 1, 1, 0, 1];
const gammaPrior: Prior = { distribution: "gamma", shape: 3, rate: 1.5 };
const betaPrior: Prior = { distribution: "beta", shape1: 2.5, shape2: 4 };
const n = lives.length;
const precision = n / 4 + 1 / 0.25;

interface Conjugate {
  readonly name: string;
  readonly family: string;
  readonly x: readonly number[];
  readonly options: FitOptions;
  readonly mode: number;
  /** Negative second derivative of the log-posterior at the mode. */
  readonly information: number;
}

const lambda = (2 + sum(counts)) / (1.5 + counts.length);
const rate = (2 + n) / (1.5 + sum(lives));
const prob = (1.5 + sum(flips)) / (4.5 + flips.length);
const success = (1.5 + counts.length) / (4.5 + counts.length + sum(counts));
const share = (1.5 + sum(counts)) / (4.5 + 8 * counts.length);
const inUnit = (a: number, b: number, p: number) => a / p ** 2 + b / (1 - p) ** 2;

const conjugates: readonly Conjugate[] = [
  {
    name: "poisson, gamma",
    family: "poisson",
    x: counts,
    options: { prior: { lambda: gammaPrior } },
    mode: lambda,
    information: (2 + sum(counts)) / lambda ** 2,
  },
  {
    name: "exponential, gamma",
    family: "exponential",
    x: lives,
    options: { prior: { rate: gammaPrior } },
    mode: rate,
    information: (2 + n) / rate ** 2,
  },
  {
    name: "gamma of known shape, gamma",
    family: "gamma",
    x: lives,
    options: { fixed: { shape: 2 }, prior: { rate: gammaPrior } },
    mode: (2 + 2 * n) / (1.5 + sum(lives)),
    information: (1.5 + sum(lives)) ** 2 / (2 + 2 * n),
  },
  {
    name: "bernoulli, beta",
    family: "bernoulli",
    x: flips,
    options: { prior: { prob: betaPrior } },
    mode: prob,
    information: inUnit(1.5 + sum(flips), 3 + flips.length - sum(flips), prob),
  },
  {
    name: "geometric, beta",
    family: "geometric",
    x: counts,
    options: { prior: { prob: betaPrior } },
    mode: success,
    information: inUnit(1.5 + counts.length, 3 + sum(counts), success),
  },
  {
    name: "binomial, beta",
    family: "binomial",
    x: counts,
    options: { size: 8, prior: { prob: betaPrior } },
    mode: share,
    information: inUnit(1.5 + sum(counts), 3 + 8 * counts.length - sum(counts), share),
  },
  {
    name: "normal of known sd, normal",
    family: "normal",
    x: lives,
    options: { fixed: { sd: 2 }, prior: { mean: { distribution: "normal", mean: -1, sd: 0.5 } } },
    mode: (sum(lives) / 4 - 1 / 0.25) / precision,
    information: precision,
  },
];

test.each(conjugates)("$name: the mode in closed form", async ({ family, x, options, mode, information }) => {
  const r = await fitAny(family, x, options);
  const [name, prior] = Object.entries(options.prior!)[0]!;
  expect(r.status, r.reason).toBe("interior");
  near(r.estimates[name]!, mode, 1e-12 * Math.abs(mode), name);
  near(r.standardErrors[name]!, information ** -0.5, 1e-9 * information ** -0.5, "standard error");
  const { distribution: of, ...parameters } = prior;
  const logPrior = distribution(of as string, parameters as Record<string, number>).logPdf(mode);
  near(r.logPrior!, logPrior, 1e-11, "logPrior");
  near(r.logPosterior!, r.logLik + logPrior, 1e-10, "logPosterior");
  expect(r.aic).toBe(2 - 2 * r.logLik);
  // Many rows come the same way.
  const many = await fitAny(family, Array.from({ length: 300 }, () => x).flat(), {
    ...options,
    weights: new Float64Array(300 * x.length).fill(1 / 300),
  });
  near(many.estimates[name]!, mode, 1e-12 * Math.abs(mode), name);
});

describe("a likelihood without a maximum", () => {
  test("zeros alone", async () => {
    const r = await fitAny("poisson", [0, 0, 0, 0], { prior: { lambda: gammaPrior } });
    expect(r.status).toBe("interior");
    near(r.estimates.lambda!, 2 / 5.5, 1e-9, "lambda");
    const wins = await fitAny("bernoulli", [1, 1, 1], { prior: { prob: betaPrior } });
    near(wins.estimates.prob!, 4.5 / 7.5, 1e-9, "prob");
  });

  test("equal values", async () => {
    const r = await fitAny("weibull", [2, 2, 2, 2, 2], { prior: { shape: gammaPrior } });
    expect(r.status, r.reason).toBe("interior");
    near(r.estimates.scale!, 2, 1e-8, "scale");
    // (2 + 5) / shape = 1.5: at scale = 2 nothing else depends on the shape.
    near(r.estimates.shape!, 7 / 1.5, 1e-7, "shape");
  });

  test("a prior that does not help", async () => {
    const r = await fitAny("poisson", [0, 0, 0], { prior: { lambda: { distribution: "gamma", shape: 0.5, rate: 1 } } });
    expect(r.status).toBe("nonexistent");
    const equal = await fitAny("normal", [2, 2, 2], { prior: { sd: { distribution: "halfCauchy", scale: 1 } } });
    expect(equal).toMatchObject({ status: "nonexistent", logPosterior: Number.POSITIVE_INFINITY, estimates: { mean: 2, sd: 0 } });
  });
});

test("rows that are known in part: right-censored lives, by hand", async () => {
  const upper = lives.map((value, i) => (i % 3 === 0 ? Number.POSITIVE_INFINITY : value));
  const r = await fitAny("exponential", null, { censored: { lower: lives, upper }, prior: { rate: gammaPrior } });
  near(r.estimates.rate!, (2 + upper.filter(Number.isFinite).length) / (1.5 + sum(lives)), 1e-9, "rate");
});

test("a location with kinks goes where the prior draws it", async () => {
  const r = await fitAny("laplace", [2, 3, 2.5, 7, 9], { prior: { location: { distribution: "normal", mean: 0, sd: 0.5 } } });
  // Below every row: location / 0.25 = 5 / scale and scale = mean - location.
  expect(r.estimates.location).toBeLessThan(2);
  near(4 * r.estimates.location!, 5 / r.estimates.scale!, 1e-4, "score");
  near(r.estimates.scale!, 4.7 - r.estimates.location!, 1e-6, "scale");
});

test("the highest of two peaks, whichever side it lies on", async () => {
  // Cauchy observations far from the prior: the posterior has a peak at each.
  const far = (scale: number) =>
    fitAny("normal", [9.5, 10, 10.5], { fixed: { sd: 1 }, prior: { mean: { distribution: "cauchy", location: 0, scale } } });
  expect((await far(1)).estimates.mean).toBeGreaterThan(9);
  const wide = await fitAny("cauchy", [99, 101], { fixed: { scale: 1 }, prior: { location: { distribution: "normal", mean: 0, sd: 1 } } });
  expect(wide.estimates.location).toBeLessThan(1);
});

// Bounded angles, whole parameters: what is regular anyway.
describe.each(families.filter(isRegular))("$name", (family) => {
  const at = trial(family, 1);
  const x = at.at.random(80, { seed: 3 });

  test("a prior that is nearly flat changes nearly nothing", async () => {
    const free = await fit(family, x);
    if (free.status !== "interior") return;
    const name = family.parameters.findIndex(({ domain }) => domain !== "whole");
    const { domain } = family.parameters[name]!;
    const flat: Prior = domain === "unit" ? { distribution: "beta", shape1: 1, shape2: 1 } : { distribution: "normal", mean: 0, sd: 1e9 };
    const r = await fit(family, x, { prior: { [family.parameters[name]!.name]: domain === "unit" ? flat : { ...flat } } });
    expect(r.status, r.reason).toBe("interior");
    for (const parameter of free.parameters) {
      near(r.estimates[parameter]!, free.estimates[parameter]!, 1e-6 * free.standardErrors[parameter]!, parameter);
      near(r.standardErrors[parameter]!, free.standardErrors[parameter]!, 1e-5 * free.standardErrors[parameter]!, "standard error");
    }
    near(r.logLik, free.logLik, 1e-10 * (80 + Math.abs(free.logLik)), "logLik");
  });
});

describe("refusals", () => {
  const refused = (prior: unknown, options: FitOptions = {}) =>
    fitAny("gamma", lives, { ...options, prior: prior as Record<string, Prior> });

  test.each<[unknown, string]>([
    [7, "prior is 7; an object is needed: { shape: { distribution, … } }."],
    [{ sd: gammaPrior }, "prior.sd: gamma has no such parameter; it has shape, rate."],
    [{ shape: 3 }, "prior.shape is 3; an object is needed"],
    [{ shape: {} }, "prior.shape.distribution is missing"],
    [{ shape: { distribution: "gama", shape: 2, rate: 1 } }, 'Unknown distribution "gama"; did you mean "gamma"?'],
    [{ shape: { distribution: "gamma", shape: 2 } }, "prior.shape.rate is missing; gamma needs it."],
    [{ shape: { distribution: "gamma", shape: 2, rate: -1 } }, "prior.shape.rate is -1; a number > 0 is needed."],
    [{ shape: { distribution: "gamma", shape: 2, scale: 1 } }, "prior.shape.scale: gamma has no such parameter"],
    [{ shape: { distribution: "poisson", lambda: 2 } }, "prior.shape is poisson; a distribution with a smooth density is needed."],
    [{ shape: { distribution: "uniform", min: 0, max: 5 } }, "prior.shape is uniform; a distribution with a smooth density is needed."],
    [
      { shape: { distribution: "beta", shape1: 2, shape2: 2 } },
      "prior.shape is beta, of values from 0 to 1; a distribution of every value that shape may take",
    ],
  ])("%j", async (prior, text) => {
    await expect(refused(prior)).rejects.toThrow(text);
  });

  test("with what else excludes it", async () => {
    await expect(refused({ shape: gammaPrior }, { fixed: { shape: 2 } })).rejects.toThrow("a fixed parameter has no prior");
    await expect(refused({ shape: gammaPrior }, { upper: { shape: 2 } })).rejects.toThrow("prior and upper are both given");
    await expect(fitBest(lives, { prior: {} } as object)).rejects.toThrow('Unknown option "prior"');
    const [map, plain] = [await refused({ shape: gammaPrior }), await fitAny("exponential", lives)];
    await expect(compareNested(plain, map)).rejects.toThrow("has priors");
    await expect(vuong(plain, map)).rejects.toThrow("has priors");
    expect(() => compare([plain, map])).toThrow("has priors");
  });
});
