import { exp, expm1, log, log1p } from "../math/elementary.ts";
import type { LogTails } from "../math/interval.ts";
import { log1mexpexp, log1pexp } from "../math/logarithms.ts";
import { logit } from "../math/logit.ts";
import { logNormalCdf, logNormalUpper, normalHazard, normalQuantile } from "../math/normal.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";

// Standard laws of W in y = location + scale W: J. F. Lawless, Statistical Models and Methods for Lifetime Data (2nd ed., 2003), ch. 6. Each
// function leaves a logarithm and its first two derivatives in `at`, in forms that keep their digits in both tails.

/** A distribution of the line without parameters. */
export interface StandardLaw {
  /** The logarithm of the density. */
  density(z: number): void;
  /** log P(W > z). */
  upper(z: number): void;
  /** log P(W <= z). */
  lower(z: number): void;
  /** The same three without derivatives. */
  readonly tails: LogTails;
  /** Lower end of the most probable of the intervals of this width; 0 for the mode. */
  densest(width: number): number;
  /** The z with P(W <= z) = p. */
  quantile(p: number): number;
}

/** What a law's functions leave: an object for each row would cost more than the row. */
export const at = { value: 0, first: 0, second: 0 };

function put(value: number, first: number, second: number): void {
  at.value = value;
  at.first = first;
  at.second = second;
}

/** log W is Gumbel's for minima: log of Weibull's and the exponential's times. */
export const extremeValue: StandardLaw = {
  density(z) {
    const u = exp(z);
    put(z - u, 1 - u, -u);
  },
  upper(z) {
    const u = exp(z);
    put(-u, -u, -u);
  },
  lower(z) {
    const u = exp(z);
    const first = u < 1e-300 ? 1 : u > 700 ? 0 : u / expm1(u);
    // 1 - u/(1 - e^-u): its series where the two are close.
    const bend = u < 0.05 ? -(u / 2) * (1 + (u / 6) * (1 - (u * u) / 60)) : 1 + u / expm1(-u);
    put(log1mexpexp(z), first, first === 0 ? 0 : first * bend);
  },
  tails: {
    logPdf: (z) => z - exp(z),
    logSf: (z) => -exp(z),
    logCdf: log1mexpexp,
  },
  densest: (width) => (width === 0 ? 0 : log(width / expm1(width))),
  quantile: (p) => log(-log1p(-p)),
};

/** Beyond it φ/Φ is taken from its series. */
const FAR = 100;

/** log Φ(-x) and its derivatives in x. */
function normalTail(x: number): void {
  const hazard = normalHazard(-x);
  // φ/Φ(-x) - x = 1/x - 2/x³ + 10/x⁵ - …, where the difference has lost its digits.
  const r = 1 / (x * x);
  const excess = x > FAR ? (1 - r * (2 - r * (10 - 74 * r))) / x : hazard - x;
  put(logNormalCdf(-x), -hazard, -hazard * excess);
}

export const normal: StandardLaw = {
  density: (z) => put(-0.5 * z * z - HALF_LOG_2PI, -z, -1),
  upper: normalTail,
  lower(z) {
    normalTail(-z);
    at.first = -at.first;
  },
  tails: {
    logPdf: (z) => -0.5 * z * z - HALF_LOG_2PI,
    logSf: logNormalUpper,
    logCdf: logNormalCdf,
  },
  densest: (width) => -width / 2,
  quantile: normalQuantile,
};

export const logistic: StandardLaw = {
  density(z) {
    const u = exp(-Math.abs(z));
    const f = u / ((1 + u) * (1 + u));
    const rise = (1 - u) / (1 + u);
    put(-Math.abs(z) - 2 * log1pexp(-Math.abs(z)), z > 0 ? -rise : rise, -2 * f);
  },
  upper(z) {
    const u = exp(-Math.abs(z));
    put(-log1pexp(z), -(z > 0 ? 1 : u) / (1 + u), -u / ((1 + u) * (1 + u)));
  },
  lower(z) {
    logistic.upper(-z);
    at.first = -at.first;
  },
  tails: {
    logPdf: (z) => -Math.abs(z) - 2 * log1pexp(-Math.abs(z)),
    logSf: (z) => -log1pexp(z),
    logCdf: (z) => -log1pexp(-z),
  },
  densest: (width) => -width / 2,
  quantile: logit,
};

/** The law of -W. */
export function reflected(law: StandardLaw): StandardLaw {
  const turned = (ask: (z: number) => void) => (z: number) => {
    ask(-z);
    at.first = -at.first;
  };
  return {
    density: turned(law.density),
    upper: turned(law.lower),
    lower: turned(law.upper),
    tails: {
      logPdf: (z) => law.tails.logPdf(-z),
      logSf: (z) => law.tails.logCdf(-z),
      logCdf: (z) => law.tails.logSf(-z),
    },
    densest: (width) => -law.densest(width) - width,
    quantile: (p) => -law.quantile(1 - p),
  };
}
