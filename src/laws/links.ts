import { exp, expm1, log, log1p } from "../math/elementary.ts";
import { log1mexp } from "../math/logarithms.ts";
import { expit, logit } from "../math/logit.ts";
import { normalCdf, normalEnds, normalQuantile, normalTails } from "../math/normal.ts";
import { atan, tanpi } from "../math/trig.ts";

// Links: eta = g(mu). P. McCullagh & J. A. Nelder, Generalized Linear Models (2nd ed., 1989), chapters 2 and 4.

/** A mean that may be any number, or any positive one, as a function of eta. */
export interface Link {
  readonly name: string;
  eta(mu: number): number;
  mu(eta: number): number;
  /** mu, dmu/deta and d²mu/deta², left in `at`. */
  derivatives(eta: number): void;
  /** d(mu''/mu')/deta. */
  bendSlope(eta: number): number;
  /** Whether eta belongs to a mean: for inverse, 1/mu^2 and sqrt it must be positive. */
  valid(eta: number): boolean;
  /** The ends of what belongs to means. */
  readonly ends: readonly [number, number];
}

/** A mean between 0 and 1, with what keeps its digits at both ends. */
export interface UnitLink extends Link {
  /**
   * log mu, log(1 - mu), mu'/mu, mu'/(1 - mu), mu''/mu', left in `tails`.
   *
   * @param y - The response that they are for: of 0 the first logarithm is not needed and may be NaN, of 1 the second.
   */
  tails(eta: number, y?: number): void;
}

/** What `derivatives` leaves: an object for each row would cost more than the row. */
export const at = { mu: 0, first: 0, second: 0 };

/** What `tails` leaves. */
export const tails = { logMu: 0, logRest: 0, lower: 0, upper: 0, bend: 0 };

type Domain = Pick<Link, "valid" | "ends">;

const any: Domain = { valid: () => true, ends: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] };
const between = (from: number, to: number): Domain => ({ valid: (eta) => eta > from && eta < to, ends: [from, to] });
const positive = between(0, Number.POSITIVE_INFINITY);

function put(mu: number, first: number, second: number): void {
  at.mu = mu;
  at.first = first;
  at.second = second;
}

function putTails(logMu: number, logRest: number, lower: number, upper: number, bend: number): void {
  tails.logMu = logMu;
  tails.logRest = logRest;
  tails.lower = lower;
  tails.upper = upper;
  tails.bend = bend;
}

const identity: Link = {
  name: "identity",
  eta: (mu) => mu,
  mu: (eta) => eta,
  derivatives: (eta) => put(eta, 1, 0),
  bendSlope: () => 0,
  ...any,
};

const logarithm: Link = {
  name: "log",
  eta: log,
  mu: exp,
  derivatives: (eta) => {
    const mu = exp(eta);
    put(mu, mu, mu);
  },
  bendSlope: () => 0,
  ...any,
};

const inverse: Link = {
  name: "inverse",
  eta: (mu) => 1 / mu,
  mu: (eta) => 1 / eta,
  derivatives: (eta) => {
    const mu = 1 / eta;
    put(mu, -mu * mu, 2 * mu * mu * mu);
  },
  bendSlope: (eta) => 2 / (eta * eta),
  ...positive,
};

const inverseSquare: Link = {
  name: "1/mu^2",
  eta: (mu) => 1 / (mu * mu),
  mu: (eta) => 1 / Math.sqrt(eta),
  derivatives: (eta) => {
    const mu = 1 / Math.sqrt(eta);
    const cube = mu / eta;
    put(mu, -0.5 * cube, (0.75 * cube) / eta);
  },
  bendSlope: (eta) => 1.5 / (eta * eta),
  ...positive,
};

const root: Link = {
  name: "sqrt",
  eta: Math.sqrt,
  mu: (eta) => eta * eta,
  derivatives: (eta) => put(eta * eta, 2 * eta, 2),
  bendSlope: (eta) => -1 / (eta * eta),
  ...positive,
};

/** A unit link from its tails. */
function unit(
  name: string,
  eta: UnitLink["eta"],
  mu: UnitLink["mu"],
  fill: UnitLink["tails"],
  bendSlope: UnitLink["bendSlope"],
  domain: Domain = any,
): UnitLink {
  return {
    name,
    eta,
    mu,
    tails: fill,
    bendSlope,
    derivatives: (x) => {
      fill(x);
      const mean = exp(tails.logMu);
      const first = mean < 0.5 ? tails.lower * mean : tails.upper * exp(tails.logRest);
      put(mean, first, tails.bend * first);
    },
    ...domain,
  };
}

const logistic = unit(
  "logit",
  logit,
  expit,
  (eta) => {
    // One exponential and one logarithm make all five.
    const u = exp(-Math.abs(eta));
    const [large, small, near] = [1 / (1 + u), u / (1 + u), -log1p(u)];
    const far = near - Math.abs(eta);
    if (eta < 0) putTails(far, near, large, small, large - small);
    else putTails(near, far, small, large, small - large);
  },
  (eta) => -2 * expit(eta) * expit(-eta),
);

const probit = unit(
  "probit",
  normalQuantile,
  normalCdf,
  (eta, y) => {
    normalTails(eta, y !== 0, y !== 1);
    putTails(normalEnds.logLower, normalEnds.logUpper, normalEnds.hazardLower, normalEnds.hazardUpper, -eta);
  },
  () => -1,
);

const cloglog = unit(
  "cloglog",
  (mu) => log(-log1p(-mu)),
  (eta) => -expm1(-exp(eta)),
  (eta, y) => {
    const rate = exp(eta);
    const logMu = y === 0 ? Number.NaN : rate < 1e-300 ? eta : log1mexp(-rate);
    putTails(logMu, -rate, rate < 1e-300 ? 1 : rate > 700 ? 0 : rate / expm1(rate), rate, 1 - rate);
  },
  (eta) => -exp(eta),
);

/** Gumbel's distribution function: the complementary log-log link seen from the other side. */
const loglog = unit(
  "loglog",
  (mu) => -log(-log(mu)),
  (eta) => exp(-exp(-eta)),
  (eta, y) => {
    cloglog.tails(-eta, y === undefined ? y : 1 - y);
    const { logMu, logRest, lower, upper, bend } = tails;
    putTails(logRest, logMu, upper, lower, -bend);
  },
  (eta) => -exp(-eta),
);

const cauchit = unit(
  "cauchit",
  (mu) => tanpi(mu - 0.5),
  (eta) => below(eta),
  (eta, y) => {
    const [mu, rest] = [below(eta), below(-eta)];
    const first = 1 / (Math.PI * (1 + eta * eta));
    putTails(
      y === 0 ? Number.NaN : mu < 0.5 ? log(mu) : log1p(-rest),
      y === 1 ? Number.NaN : rest < 0.5 ? log(rest) : log1p(-mu),
      first / mu,
      first / rest,
      (-2 * eta) / (1 + eta * eta),
    );
  },
  (eta) => (2 * (eta * eta - 1)) / ((1 + eta * eta) * (1 + eta * eta)),
);

/** Cauchy's distribution function; below -1 without the difference of two halves. */
function below(eta: number): number {
  return eta < -1 ? atan(-1 / eta) / Math.PI : 0.5 + atan(eta) / Math.PI;
}

const unitLog = unit(
  "log",
  log,
  exp,
  (eta) => putTails(eta, log1mexp(eta), 1, exp(eta) / -expm1(eta), 1),
  () => 0,
  between(Number.NEGATIVE_INFINITY, 0),
);

const unitIdentity = unit(
  "identity",
  (mu) => mu,
  (eta) => eta,
  (eta) => putTails(log(eta), log1p(-eta), 1 / eta, 1 / (1 - eta), 0),
  () => 0,
  between(0, 1),
);

/** Links for means that are numbers or positive numbers. */
export const links = { identity, log: logarithm, inverse, "1/mu^2": inverseSquare, sqrt: root } as const;

/** Links for means between 0 and 1. */
export const unitLinks = { logit: logistic, probit, cloglog, loglog, cauchit, log: unitLog, identity: unitIdentity } as const;
