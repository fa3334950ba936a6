import { finite, type Range } from "../data/range.ts";
import { log } from "../math/elementary.ts";
import { lgamma } from "../math/gamma.ts";
import { logBetaI, logBetaIComplement } from "../math/incompleteBeta.ts";
import { logGammaP, logGammaQ } from "../math/incompleteGamma.ts";
import { logInverseGaussianTail } from "../math/inverseGaussianTail.ts";
import { log1pmx, logRatio } from "../math/logarithms.ts";
import { negativeBinomialLogMass, negativeBinomialTails } from "../math/negativeBinomial.ts";
import { logNormalCdf } from "../math/normal.ts";
import { logMinusDigamma, logMinusDigammaDerivative } from "../math/polygamma.ts";
import { poissonTails } from "../math/saddlePoint.ts";
import { deviance, HALF_LOG_2PI, stirlingError } from "../math/stirling.ts";
import type { Tails } from "../math/wholeValued.ts";
import { unitLinks } from "./links.ts";
import type { OwnParameter } from "./ownParameter.ts";

// Families of generalised linear models by their variance function and unit deviance (McCullagh & Nelder 1989, table 2.1), with the
// log-likelihood in full. `own` is the family's own parameter: theta of the negative binomial.

export interface GlmFamily {
  readonly name: string;
  /** Links that make sense, the default first. */
  readonly links: readonly string[];
  /** What a response may be. */
  readonly support: string;
  readonly range: Range;
  /** The ends of the family's means. */
  readonly means: readonly [number, number];
  /** Whether mu is a mean of the family. */
  holdsMean(mu: number): boolean;
  /** A mean near y inside the domain, to start from. */
  near(y: number, weight: number): number;
  variance(mu: number, own: number): number;
  /** dV/dmu. */
  slope(mu: number, own: number): number;
  /** d²V/dmu². */
  curvature(mu: number, own: number): number;
  /** d(y, mu) >= 0, twice the log-likelihood's deficit at dispersion 1. */
  deviance(y: number, mu: number, own: number): number;
  /** Name of the parameter that stands beside the coefficients, if there is one, and how it follows from the fitted means. */
  readonly parameter?: OwnParameter;
  /** Whether that parameter is estimated together with the coefficients. */
  readonly joint?: true;
  /** log-likelihood of a row at dispersion 1, where there is no parameter of the family's own. */
  logMass?(y: number, mu: number, weight: number, own: number): number;
  /** log P(Y <= y) and log P(Y > y), for quantile residuals; `own` as in `parameter`. */
  tails(y: number, mu: number, own: number, weight: number): Tails;
  readonly discrete: boolean;
  /** Responses and means are proportions of trials. */
  readonly proportions?: true;
  /** Links for which the rows are worked out in a kernel, and which. */
  readonly kernels?: Readonly<Record<string, "logistic" | "logPoisson" | "probit">>;
}

const counts: Range = { ...finite, from: 0, whole: true };
const positive: Range = { ...finite, from: Number.MIN_VALUE };
const POSITIVE = [0, Number.POSITIVE_INFINITY] as const;
const isPositive = (mu: number) => mu > 0 && mu < Number.POSITIVE_INFINITY;

const gaussian: GlmFamily = {
  name: "gaussian",
  links: ["identity", "log", "inverse"],
  support: "finite values",
  range: finite,
  means: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  holdsMean: Number.isFinite,
  near: (y) => y,
  variance: () => 1,
  slope: () => 0,
  curvature: () => 0,
  deviance: (y, mu) => (y - mu) * (y - mu),
  discrete: false,
  // sigma² = D/n; weights are inverse variances, as R's are.
  parameter: {
    name: "sigma",
    estimate: ({ deviance: d, rows }) => Math.sqrt(d / rows),
    dispersion: (sigma) => sigma * sigma,
    standardError: (sigma, { rows }) => sigma / Math.sqrt(2 * rows),
    logLik: (sigma, { rows, logWeights }) => -rows * (log(sigma) + HALF_LOG_2PI + 0.5) + 0.5 * logWeights,
    rowLogLik: (sigma, d) => -log(sigma) - HALF_LOG_2PI - 0.5 * (d / sigma / sigma),
    byRows: true,
  },
  tails: (y, mu, sigma, weight) => {
    const z = ((y - mu) * Math.sqrt(weight)) / sigma;
    return { lower: logNormalCdf(z), upper: logNormalCdf(-z) };
  },
};

const poisson: GlmFamily = {
  name: "poisson",
  kernels: { log: "logPoisson" },
  links: ["log", "identity", "sqrt"],
  support: "whole numbers >= 0",
  range: counts,
  means: POSITIVE,
  holdsMean: isPositive,
  near: (y) => y + 0.1,
  variance: (mu) => mu,
  slope: () => 1,
  curvature: () => 0,
  deviance: (y, mu) => 2 * deviance(y, mu),
  discrete: true,
  logMass: (y, mu, weight) => -weight * (deviance(y, mu) + logCount(y)),
  tails: (y, mu) => (y < 0 ? BELOW : poissonTails(y, mu)),
};

const BELOW: Tails = { lower: Number.NEGATIVE_INFINITY, upper: 0 };

/** log(y!) + y - y log y: what the deviance leaves of the log-mass of a count. */
export function logCount(y: number): number {
  return y === 0 ? 0 : stirlingError(y) + HALF_LOG_2PI + 0.5 * log(y);
}

/** A proportion y of `weight` trials. */
const binomial: GlmFamily = {
  name: "binomial",
  proportions: true,
  kernels: { logit: "logistic", probit: "probit" },
  links: Object.keys(unitLinks),
  support: "proportions between 0 and 1",
  range: { from: 0, to: 1 },
  means: [0, 1],
  holdsMean: (mu) => mu >= 0 && mu <= 1,
  near: (y, weight) => (weight * y + 0.5) / (weight + 1),
  variance: (mu) => mu * (1 - mu),
  slope: (mu) => 1 - 2 * mu,
  curvature: () => -2,
  deviance: (y, mu) => 2 * (deviance(y, mu) + deviance(1 - y, 1 - mu)),
  discrete: true,
  tails: (y, mu, _, weight) => {
    const count = Math.round(y * weight);
    if (count < 0) return BELOW;
    if (count >= weight) return { lower: 0, upper: Number.NEGATIVE_INFINITY };
    return { lower: logBetaIComplement(count + 1, weight - count, mu), upper: logBetaI(count + 1, weight - count, mu) };
  },
};

/** log C(n, k) of a binomial's row; a count that is whole up to rounding is taken as whole, and 0/1 responses have none. */
export function logChoose(n: number, count: number): number {
  const nearest = Math.round(count);
  const k = Math.abs(count - nearest) <= 1e-9 * Math.max(1, count) ? nearest : count;
  if (k <= 0 || k >= n) return 0;
  return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);
}

const gamma: GlmFamily = {
  name: "gamma",
  links: ["inverse", "log", "identity"],
  support: "values > 0",
  range: positive,
  means: POSITIVE,
  holdsMean: isPositive,
  near: (y) => y,
  variance: (mu) => mu * mu,
  slope: (mu) => 2 * mu,
  curvature: () => 2,
  deviance: (y, mu) => {
    const gap = (y - mu) / mu;
    // Next to -1, 1 + gap has lost the digits of a response far below its mean.
    return -2 * (gap < -0.5 ? logRatio(y, mu) - gap : log1pmx(gap));
  },
  discrete: false,
  // log shape - ψ(shape) = D/(2 Σw).
  parameter: {
    name: "shape",
    estimate: ({ deviance: d, weight }) => shapeOf(d / (2 * weight)),
    dispersion: (shape) => 1 / shape,
    standardError: (shape, { weight }) => 1 / Math.sqrt(-weight * logMinusDigammaDerivative(shape)),
    logLik: (shape, { weight, deviance: d, logResponse }) =>
      weight * (0.5 * log(shape) - HALF_LOG_2PI - stirlingError(shape)) - 0.5 * shape * d - logResponse,
    rowLogLik: (shape, d, y) => 0.5 * log(shape) - HALF_LOG_2PI - stirlingError(shape) - 0.5 * shape * d - log(y),
  },
  tails: (y, mu, shape) => {
    const x = (shape * y) / mu;
    return { lower: logGammaP(shape, x), upper: logGammaQ(shape, x) };
  },
};

/** The shape with log shape - ψ(shape) = s, by Newton's method from Minka's start (2002); the left side falls from infinity to 0. */
function shapeOf(s: number): number {
  if (!(s > 0)) return Number.POSITIVE_INFINITY;
  let shape = (3 - s + Math.sqrt((s - 3) * (s - 3) + 24 * s)) / (12 * s);
  for (let i = 0; i < 50; i++) {
    // In 1/shape the equation is nearly straight.
    const value = logMinusDigamma(shape) - s;
    const inverse = 1 / shape + value / (shape * shape * logMinusDigammaDerivative(shape));
    const next = inverse > 0 ? 1 / inverse : 2 * shape;
    const done = Math.abs(next - shape) <= 1e-15 * shape;
    shape = next;
    if (done) break;
  }
  return shape;
}

const inverseGaussian: GlmFamily = {
  name: "inverseGaussian",
  links: ["1/mu^2", "inverse", "identity", "log"],
  support: "values > 0",
  range: positive,
  means: POSITIVE,
  holdsMean: isPositive,
  near: (y) => y,
  variance: (mu) => mu * mu * mu,
  slope: (mu) => 3 * mu * mu,
  curvature: (mu) => 6 * mu,
  deviance: (y, mu) => {
    const gap = mu === Number.POSITIVE_INFINITY ? -1 : (y - mu) / mu;
    return gap * (gap / y);
  },
  discrete: false,
  parameter: {
    name: "lambda",
    estimate: ({ deviance: d, weight }) => weight / d,
    dispersion: (lambda) => 1 / lambda,
    standardError: (lambda, { weight }) => lambda * Math.sqrt(2 / weight),
    logLik: (lambda, { weight, deviance: d, logResponse }) =>
      weight * (0.5 * log(lambda) - HALF_LOG_2PI) - 1.5 * logResponse - 0.5 * lambda * d,
    rowLogLik: (lambda, d, y) => 0.5 * log(lambda) - HALF_LOG_2PI - 1.5 * log(y) - 0.5 * lambda * d,
  },
  tails: (y, mu, lambda) => ({
    lower: logInverseGaussianTail(y, mu, lambda, false),
    upper: logInverseGaussianTail(y, mu, lambda, true),
  }),
};

const negativeBinomial: GlmFamily = {
  name: "negativeBinomial",
  links: ["log", "identity", "sqrt"],
  support: "whole numbers >= 0",
  range: counts,
  means: POSITIVE,
  holdsMean: isPositive,
  near: (y) => y + (y === 0 ? 1 / 6 : 0),
  variance: (mu, theta) => mu + (mu * mu) / theta,
  slope: (mu, theta) => 1 + (2 * mu) / theta,
  curvature: (_, theta) => 2 / theta,
  deviance: (y, mu, theta) => 2 * (deviance(y, mu) - deviance(y + theta, mu + theta, mu - y)),
  discrete: true,
  joint: true,
  logMass: (y, mu, weight, theta) => weight * negativeBinomialLogMass(y, theta, mu),
  tails: (y, mu, theta) => (y < 0 ? BELOW : negativeBinomialTails(y, theta, mu)),
};

/** Families by name; the quasi families have the same means and variances, and a free dispersion instead of a likelihood. */
export const families = { gaussian, binomial, poisson, gamma, inverseGaussian, negativeBinomial } as const;
