import { exp, expm1, log, log1p } from "../math/elementary.ts";
import { log1mexp, log1pmx } from "../math/logarithms.ts";
import { digammaDifference, trigammaDifference } from "../math/polygamma.ts";
import { deviance, HALF_LOG_2PI, stirlingError } from "../math/stirling.ts";
import { truncatedPoissonBend, truncatedPoissonSlope } from "../math/truncatedPoisson.ts";

// Laws of counts by eta, the logarithm of the mean, and tau, that of theta: A. C. Cameron & P. K. Trivedi, Regression Analysis of Count Data
// (2nd ed., 2013), chapters 3 and 4.

/** What a law leaves of a row: log-mass, its derivatives in eta and tau, and minus its second derivatives. An object a row would cost more. */
export const count = { value: 0, e: 0, t: 0, ee: 0, et: 0, tt: 0 };

/** A law of counts. `floor` is log y! + y - y log y. */
export interface CountLaw {
  /** Takes the logarithm of theta, which all rows share. */
  at(tau: number): void;
  /** log P(Y = y). */
  mass(y: number, floor: number, eta: number): void;
  /** log P(Y = 0). */
  zero(eta: number): void;
  /** log P(Y = y | Y > 0). */
  positive(y: number, floor: number, eta: number): void;
}

/** The logarithm of a mean is below. */
export const HIGHEST = 700;

/** A mean whose square is no double: its law has no zeros, and derivatives are nobody's. */
const LARGEST = 1e150;

function put(value: number, e: number, ee: number, t = 0, et = 0, tt = 0): void {
  count.value = value;
  count.e = e;
  count.ee = ee;
  count.t = t;
  count.et = et;
  count.tt = tt;
}

const poissonLaw: CountLaw = {
  at: () => {},
  mass(y, floor, eta) {
    const mu = exp(eta);
    put(-deviance(y, mu) - floor, y - mu, mu);
  },
  zero(eta) {
    const mu = exp(eta);
    const slope = mu < LARGEST ? mu : 0;
    put(-mu, -slope, slope);
  },
  positive(y, floor, eta) {
    const mu = exp(eta);
    // The mean given that it is positive is 1 + excess: where all counts are 1, nothing is left but the excess.
    const excess = mu * truncatedPoissonSlope(mu);
    put(-deviance(y, mu) - floor - log1mexp(-mu), y - 1 - excess, excess + mu * mu * truncatedPoissonBend(mu));
  },
};

/** Counts up to which what depends on the count and theta alone is kept. */
const TABLE = 1024;

/** The negative binomial with variance mu + mu²/theta: one for each search, as it keeps what belongs to its theta. */
function negativeBinomialLaw(): CountLaw {
  let last = Number.NaN;
  let theta = Number.NaN;
  const known = { value: new Float64Array(TABLE), first: new Float64Array(TABLE), second: new Float64Array(TABLE) };
  const own = { value: 0, first: 0, second: 0 };
  const look = (y: number) => {
    if (y < TABLE && known.value[y] === known.value[y]) {
      own.value = known.value[y]!;
      own.first = known.first[y]!;
      own.second = known.second[y]!;
      return;
    }
    // Loader's saddle-point form (2000): what is left are two deviances.
    own.value =
      stirlingError(y + theta) - stirlingError(theta) - stirlingError(y) - HALF_LOG_2PI + 0.5 * (log(theta / (y + theta)) - log(y));
    own.first = digammaDifference(theta, y);
    own.second = trigammaDifference(theta, y);
    if (y >= TABLE) return;
    known.value[y] = own.value;
    known.first[y] = own.first;
    known.second[y] = own.second;
  };
  const zero = (eta: number) => {
    const mu = exp(eta);
    const x = mu / theta;
    const [p, q] = [theta / (theta + mu), mu / (theta + mu)];
    const t = -theta * (x < 1 ? log1pmx(x) + x * q : log1p(x) - q);
    // -d²l/dtau² = -t - theta² (mu/(theta s) - mu/s²), s = theta + mu.
    put(-theta * log1p(x), -p * mu, p * mu * p, t, p * q * mu, -t - theta * q * q);
  };
  const mass = (y: number, _: number, eta: number) => {
    if (y === 0) return zero(eta);
    look(y);
    const mu = exp(eta);
    const sum = theta + mu;
    const [p, q] = [theta / sum, mu / sum];
    const gap = p * (y - mu);
    const value = own.value - deviance(theta, (y + theta) * p, gap) - deviance(y, (y + theta) * q, -gap);
    const t = theta * (own.first - log1p(mu / theta)) - gap;
    put(value, gap, (y + theta) * q * p, t, -q * gap, -t - theta * (theta * own.second + q + gap / sum));
  };
  return {
    at(tau) {
      if (tau === last) return;
      last = tau;
      theta = exp(tau);
      known.value.fill(Number.NaN);
    },
    mass,
    zero,
    positive(y, floor, eta) {
      zero(eta);
      const { value, e, t, ee, et, tt } = count;
      const odds = 1 / expm1(-value);
      const rest = log1mexp(value);
      const both = odds * (1 + odds);
      mass(y, floor, eta);
      count.value -= rest;
      count.e += odds * e;
      count.t += odds * t;
      count.ee += odds * ee - both * e * e;
      count.et += odds * et - both * e * t;
      count.tt += odds * tt - both * t * t;
    },
  };
}

/** A family of counts as regressions take it. */
export interface CountFamily {
  readonly name: string;
  /** Parameters beside the mean: 1 is theta. */
  readonly own: 0 | 1;
  /** Name of the family that it tends to as theta grows. */
  readonly limit?: string;
  /** A law of its own for each search, as one may keep what belongs to its theta. */
  law(): CountLaw;
}

export const countFamilies = {
  poisson: { name: "poisson", own: 0, law: () => poissonLaw },
  negativeBinomial: { name: "negativeBinomial", own: 1, limit: "poisson", law: negativeBinomialLaw },
} as const satisfies Record<string, CountFamily>;
