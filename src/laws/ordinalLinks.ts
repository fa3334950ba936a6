import { exp, expm1, log, log1p } from "../math/elementary.ts";
import { log1mexp } from "../math/logarithms.ts";
import { logNormalCdf, normalHazard } from "../math/normal.ts";
import { atan } from "../math/trig.ts";
import { type UnitLink, unitLinks } from "./links.ts";

// Probabilities of intervals, F(b) - F(a), of the distributions that are behind an ordered response: their logarithms and derivatives in
// forms that do not cancel, however narrow the interval and however far out. P. McCullagh, Regression models for ordinal data (1980).

/** The distribution of the latent variable. */
export interface OrdinalLink {
  /** `mu` is F, `eta` its inverse, `tails` what the ends need. */
  readonly ends: UnitLink;
  /** log(F(b) - F(a)) and its derivatives for a < b, left in `between`. */
  fill(a: number, b: number): void;
}

/** What `fill` leaves: the logarithm, its derivatives in b and in a, and the negative second ones. */
export const between = { l: 0, upper: 0, lower: 0, upperUpper: 0, lowerLower: 0, upperLower: 0 };

/** From f(b)/P and f(a)/P, and f'/f at both. */
function put(l: number, atB: number, atA: number, bendB: number, bendA: number): void {
  between.l = l;
  between.upper = atB;
  between.lower = -atA;
  between.upperUpper = atB * (atB - bendB);
  between.lowerLower = atA * (atA + bendA);
  between.upperLower = -atA * atB;
}

/** F(b) - F(a) = F(b) (1 - F(a)) (1 - e^(a - b)). */
function logistic(a: number, b: number): void {
  const ratio = 1 / expm1(b - a);
  const [small, other] = [exp(-Math.abs(a)), exp(-Math.abs(b))];
  const [p, q] = [1 / (1 + small), 1 / (1 + other)];
  const inner = a > 0 ? p : small * p;
  const outer = b > 0 ? other * q : q;
  const bend = ratio * (1 + ratio);
  between.l = Math.min(b, 0) - log1p(other) - Math.max(a, 0) - log1p(small) - log1p(ratio);
  between.upper = outer + ratio;
  between.lower = -inner - ratio;
  between.upperUpper = other * q * q + bend;
  between.lowerLower = small * p * p + bend;
  between.upperLower = -bend;
}

/** Below this, (b - a)(1 + |middle|), an interval of the normal is integrated: eight nodes are exact to 1e-17. */
const NARROW = 1;
const ABSCISSAE = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363];
const WEIGHTS = [0.362683783378362, 0.31370664587788727, 0.22238103445337448, 0.10122853629037626];
const LOG_SQRT_2PI = 0.9189385332046727;

function normal(a: number, b: number): void {
  const middle = 0.5 * a + 0.5 * b;
  // The side of the lower tail, where digits are.
  if (middle > 0) {
    normalBelow(-b, -a);
    mirror();
  } else normalBelow(a, b);
}

function normalBelow(a: number, b: number): void {
  const middle = 0.5 * a + 0.5 * b;
  const half = 0.5 * b - 0.5 * a;
  if (2 * half * (1 - middle) < NARROW) {
    // F(b) - F(a) = φ(m) ∫ e^(-m t - t²/2) dt: of the pair of nodes ±t, twice e^(-t²/2) cosh(m t).
    let sum = 0;
    for (let k = 0; k < 4; k++) {
      const t = half * ABSCISSAE[k]!;
      const e = exp(middle * t);
      sum += WEIGHTS[k]! * exp(-0.5 * t * t) * (e + 1 / e);
    }
    const integral = half * sum;
    // φ(b)/φ(m) = e^(-m h - h²/2), φ(a)/φ(m) = e^(m h - h²/2).
    const down = exp(-0.5 * half * half) / integral;
    const tilt = exp(middle * half);
    put(-0.5 * middle * middle - LOG_SQRT_2PI + log(integral), down / tilt, down * tilt, -b, -a);
    return;
  }
  const below = logNormalCdf(b);
  const gap = logNormalCdf(a) - below;
  const share = -expm1(gap);
  put(below + log1mexp(gap), normalHazard(b) / share, (normalHazard(a) * exp(gap)) / share, -b, -a);
}

/** From (-b, -a) to (a, b), of the distribution seen from its other side. */
function mirror(): void {
  const { upper, lower, upperUpper, lowerLower } = between;
  between.upper = -lower;
  between.lower = -upper;
  between.upperUpper = lowerLower;
  between.lowerLower = upperUpper;
}

/** 1 - F(x) = exp(-e^x): F(b) - F(a) = exp(-e^a) (1 - exp(-(e^b - e^a))). */
function smallest(a: number, b: number): void {
  const [low, high] = [exp(a), exp(b)];
  const mass = low > 0 && b - a < 700 ? low * expm1(b - a) : high;
  const grown = expm1(mass);
  // The logarithm of a mass below the doubles.
  const l = mass > 1e-290 ? log1mexp(-mass) : a + logOfExpm1(b - a);
  const atB = mass > 1e-290 ? (grown < Infinity ? high / grown : 0) : -1 / expm1(a - b);
  const atA = mass > 1e-290 ? low / -expm1(-mass) : 1 / expm1(b - a);
  put(l - low, atB, atA, atB > 0 ? 1 - high : 0, 1 - low);
  // f(a)/P - e^a without their difference.
  between.lowerLower = atA * (1 + (mass > 1e-290 ? low / grown : atA));
}

/** log(e^x - 1), x > 0. */
function logOfExpm1(x: number): number {
  return x + log1mexp(-x);
}

function largest(a: number, b: number): void {
  smallest(-b, -a);
  mirror();
}

/** F(b) - F(a) is the angle of 1 + ab and b - a, in half-turns. */
function cauchy(a: number, b: number): void {
  const [rise, run] = [b - a, 1 + a * b];
  const angle = Math.abs(run) <= rise ? Math.PI / 2 - atan(run / rise) : run > 0 ? atan(rise / run) : Math.PI - atan(rise / -run);
  const [sizeA, sizeB] = [1 + a * a, 1 + b * b];
  put(log(angle / Math.PI), 1 / (sizeB * angle), 1 / (sizeA * angle), (-2 * b) / sizeB, (-2 * a) / sizeA);
}

/** By name, R's polr's words: cloglog is the smallest extreme value's distribution, loglog the largest's. */
export const ordinalLinks = {
  logit: { ends: unitLinks.logit, fill: logistic },
  probit: { ends: unitLinks.probit, fill: normal },
  cloglog: { ends: unitLinks.cloglog, fill: smallest },
  loglog: { ends: unitLinks.loglog, fill: largest },
  cauchit: { ends: unitLinks.cauchit, fill: cauchy },
} as const satisfies Record<string, OrdinalLink>;
