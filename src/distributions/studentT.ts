import { locationScale, type StandardSums } from "../likelihood/locationScale.ts";
import { isVerdict } from "../likelihood/model.ts";
import { nearlyNormal } from "../likelihood/nearlyNormal.ts";
import { DF_LIMIT, majority, normalLimit, spike } from "../likelihood/ties.ts";
import { reciprocal } from "../math/charts.ts";
import { exp, log, log1p } from "../math/elementary.ts";
import { lbeta, lgammaDifference } from "../math/gamma.ts";
import { betaI, betaQuantileLogit, logBetaI } from "../math/incompleteBeta.ts";
import { logRatio } from "../math/logarithms.ts";
import { digammaDifference, trigammaDifference } from "../math/polygamma.ts";
import { type Family, real } from "./family.ts";

const base = locationScale({
  kernel: "studentT",
  shapeStart: 4,
  shapeLimit: DF_LIMIT,
  quartiles: [-0.74, 0, 0.74],
  sums,
  manyPeaks: true,
  exists: majority,
  others: [
    [0, 1, 1],
    [0, 1, 30],
    [-0.7, 0.5, 1],
    [0.7, 0.5, 1],
  ],
  settle(sample, fixed, theta, relativeScale, value, end) {
    const nowhere = spike(sample, fixed, theta, relativeScale, end);
    return normalLimit(sample, fixed, theta, nowhere ? Number.NEGATIVE_INFINITY : value, end.coarse) ?? nowhere;
  },
});

/**
 * Student t with location, scale and df: density Gamma((df+1)/2) / (Gamma(df/2) sqrt(df pi) scale) (1 + z²/df)^(-(df+1)/2).
 * With free df the likelihood is unbounded as scale → 0 at an observation (for df below k / (n - k), k the number of ties there;
 * Fernández & Steel 1999, Biometrika 86), so the estimate is the interior local maximum. The normal (df = ∞) is the limit where the
 * tails are not heavier than normal. Lange, Little & Taylor (1989), JASA 84, 881.
 */
export const studentT: Family = {
  name: "studentT",
  parameters: [
    { name: "location", domain: "real", shifts: true },
    { name: "scale", domain: "positive" },
    { name: "df", domain: "positive", near: reciprocal },
  ],
  support: real,
  density: "Gamma((df+1)/2) / (Gamma(df/2) sqrt(df pi) scale) (1 + z²/df)^(-(df+1)/2), z = (x - location) / scale",
  source: "Lange, Little & Taylor (1989), JASA 84, 881; Fernández & Steel (1999), Biometrika 86, 153",
  existence: "not if more than half of the values are equal; df = ∞ (normal) where the tails are light",
  contains: {
    normal: { held: { df: Number.POSITIVE_INFINITY }, at: ([mean, sd], { df }) => [mean!, sd!, df!] },
    cauchy: { held: { df: 1 }, at: ([location, scale], { df }) => [location!, scale!, df!] },
  },
  model(sample, fixed) {
    const df = fixed[2];
    if (df === undefined || df <= DF_LIMIT) return base(sample, fixed);
    const found = base(sample, [fixed[0], fixed[1], DF_LIMIT]);
    return isVerdict(found) ? found : nearlyNormal(sample, found, df, DF_LIMIT);
  },
  logPdf(x, [location, scale, df]) {
    const z = Math.abs(x - location!) / scale!;
    const logs = z > 1e8 * (1 + df!) ? 2 * log(z) - log(df!) : log1p((z * z) / df!);
    return lgammaDifference(df! / 2, 0.5) - 0.5 * log(df! * Math.PI) - log(scale!) - 0.5 * (df! + 1) * logs;
  },
  score(x, [location, scale, df]) {
    const z = (x - location!) / scale!;
    const q = 1 + (z * z) / df!;
    const psi = ((df! + 1) / df!) * (z / q);
    const constant = 0.5 * digammaDifference(df! / 2, 0.5) - 0.5 / df!;
    return [psi / scale!, (z * psi - 1) / scale!, constant - 0.5 * log(q) + ((df! + 1) / (2 * df!)) * (1 - 1 / q)];
  },
  slide: (x, [location, scale]) => [1, (x - location!) / scale!, undefined],
  cdf(x, [location, scale, df]) {
    const z = (x - location!) / scale!;
    const tail = 0.5 * upperTail(Math.abs(z), df!);
    return z < 0 ? tail : 1 - tail;
  },
  logCdf: (x, [location, scale, df]) => logUpper(location! - x, scale!, df!),
  logSf: (x, [location, scale, df]) => logUpper(x - location!, scale!, df!),
  quantile(p, [location, scale, df]) {
    // I_x(df/2, 1/2) = 2p with x / (1 - x) = df / z²: the logit keeps the digits of both tails and of the middle.
    const z = Math.sqrt(df!) * exp(-0.5 * betaQuantileLogit(2 * Math.min(p, 1 - p), df! / 2, 0.5));
    return location! + scale! * (p < 0.5 ? -z : z);
  },
  mean: ([location, , df]) => (df! > 1 ? location! : Number.NaN),
  variance: ([, scale, df]) => (df! > 2 ? (scale! * scale! * df!) / (df! - 2) : df! > 1 ? Number.POSITIVE_INFINITY : Number.NaN),
  random: ([location, scale, df], random) => location! + (scale! * random.normal()) / Math.sqrt((2 * random.gamma(df! / 2)) / df!),
};

/** P(|T| > z) = I_{df/(df+z²)}(df/2, 1/2). */
function upperTail(z: number, df: number): number {
  // I_x(a, b) is x^a / (a B(a, b)) where x is tiny; x = df/z² itself may underflow.
  if (z > 1e150) return exp(0.5 * df * (log(df) - 2 * log(z)) - log(0.5 * df) - lbeta(0.5 * df, 0.5));
  return betaI(df / 2, 0.5, df / (df + z * z), (z * z) / (df + z * z));
}

/** log P(T - location > distance). */
function logUpper(distance: number, scale: number, df: number): number {
  const logBoth = logUpperTail(Math.abs(distance), scale, df);
  return distance > 0 ? logBoth - log(2) : log1p(-0.5 * exp(logBoth));
}

/** log P(|T - location| > distance). */
function logUpperTail(distance: number, scale: number, df: number): number {
  const z = distance / scale;
  if (z > 1e150) return 0.5 * df * (log(df) - 2 * logRatio(distance, scale)) - log(0.5 * df) - lbeta(0.5 * df, 0.5);
  return logBetaI(df / 2, 0.5, df / (df + z * z), (z * z) / (df + z * z));
}

/** From the kernel's totals: log q, g, r g, z r, z r g with q = 1 + z²/v, r = 1/q, g = 1 - r; v the degrees of freedom. */
function sums([logs, gap, bend, zr, zBend]: Float64Array, n: number, v: number): StandardSums {
  const tail = (v + 1) / v;
  // C(v) = lgamma((v+1)/2) - lgamma(v/2) - log(v pi) / 2, the constant of the log-density, and its derivatives.
  const half = v / 2;
  const constant = lgammaDifference(half, 0.5) - 0.5 * log(v * Math.PI);
  const first = 0.5 * digammaDifference(half, 0.5) - 0.5 / v;
  const second = 0.25 * trigammaDifference(half, 0.5) + 0.5 / (v * v);
  return {
    value: n * constant - 0.5 * (v + 1) * logs!,
    psi: tail * zr!,
    zPsi: (v + 1) * gap!,
    curvature: tail * (n - gap! - 2 * bend!),
    zCurvature: tail * (zr! - 2 * zBend!),
    zzCurvature: (v + 1) * (2 * bend! - gap!),
    shape: [
      n * first - 0.5 * logs! + 0.5 * tail * gap!,
      n * second + (0.5 * gap!) / v - (0.5 * gap!) / (v * v) - (0.5 * tail * bend!) / v,
      (tail * zBend! - zr! / v) / v,
      gap! - tail * bend!,
    ],
  };
}
